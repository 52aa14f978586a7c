"""What a merged incident bears: actors, responses, verification, ids; and how it is undone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geoincidents.errors import UsageError
from geoincidents.linking import link, merge, unmerge
from geoincidents.model import Actor, Provenance, Report, Response, Verification


def response(report, kind="rescue", actor=None, **more):
    return Response(kind, Provenance(report, 300, 310, "rescuers"), actor, **more)


def actor(report, role, name, by=None):
    return Actor(role, name, by, Provenance(report, 400, 410, name))


def test_the_same_response_is_told_once_and_the_fuller_telling_wins(make_event):
    told = [
        make_event("a", responses=(response("a", "air_defence", "the army"),)),
        make_event("b", responses=(response("b", "air_defence", "The Army", quantity=7),)),
        make_event("c", responses=(response("c", "medical", "the army"),)),
    ]
    (incident,) = link(told)
    assert sorted((r.kind, r.quantity) for r in incident.responses) == [
        ("air_defence", 7),
        ("medical", None),
    ]


def test_what_a_telling_leaves_out_agrees_with_what_another_adds(make_event):
    told = [
        make_event("a", responses=(response("a", "alert"),)),
        make_event("b", responses=(response("b", "alert", "the governor"),)),
        make_event("c", responses=(response("c", "alert", "the mayor"),)),
    ]
    (incident,) = link(told)
    assert {r.actor for r in incident.responses} == {"the governor", "the mayor"}


def test_responses_of_different_numbers_stay_two(make_event):
    told = [
        make_event(name, responses=(response(name, "air_defence", "the army", quantity=n),))
        for name, n in (("a", 7), ("b", 9))
    ]
    assert len(link(told)[0].responses) == 2


def test_rival_accounts_make_an_incident_disputed(make_event):
    told = [
        make_event("a", actors=(actor("a", "accused", "Ukraine", "the governor"),)),
        make_event("b", actors=(actor("b", "accused", "air defence", "a source"),)),
    ]
    (incident,) = link(told)
    assert incident.verification.status == "disputed"


def test_a_denial_makes_an_accusation_disputed(make_event):
    told = [
        make_event("a", actors=(actor("a", "accused", "Ukraine", "the governor"),)),
        make_event("b", actors=(actor("b", "denied", "Ukraine"),)),
    ]
    assert link(told)[0].verification.status == "disputed"


def test_different_tolls_alone_are_no_dispute(make_event):
    (incident,) = link([make_event("a", killed=3), make_event("b", killed=4)])
    assert incident.verification.status == "claimed"


@pytest.mark.parametrize(
    ("one", "two", "merged"),
    [
        ("confirmed", "unverified", "confirmed"),
        ("claimed", "unverified", "unverified"),
        ("disputed", "confirmed", "disputed"),
        ("claimed", "claimed", "claimed"),
    ],
)
def test_verification_keeps_to_the_reports_words(make_event, one, two, merged):
    quote = Provenance("b", 500, 520, "could not be checked")
    told = [
        make_event("a", verification=Verification(one)),
        make_event("b", verification=Verification(two, (quote,))),
    ]
    (incident,) = link(told)
    assert incident.verification == Verification(merged, (quote,))


def test_more_reports_make_it_surer(make_event):
    one = link([make_event("a")])[0].confidence
    three = link([make_event(name, text=f"report {name}") for name in "abc"])[0].confidence
    assert one < three < 1


def test_the_hour_told_by_one_report_is_the_incidents(make_event, make_interval):
    told = [make_event("a"), make_event("b", day=make_interval("2024-11-17T20:00", "hour", 1))]
    assert link(told)[0].time.precision == "hour"


def test_every_location_keeps_its_source(make_event):
    (incident,) = link([make_event("a", "Sumy"), make_event("b", "Sumy railway station")])
    assert {(p.location.name, p.source.report_id) for p in incident.locations} == {
        ("Sumy", "a"),
        ("Sumy railway station", "b"),
    }


class TestIds:
    def test_an_id_does_not_hang_on_what_reports_are_called(self, make_event):
        text = "shells fell on Sumy"
        ids = {
            link([make_event(name, text=text)], reports=[Report(name, text, sha256="ab" * 32)])[
                0
            ].id
            for name in ("a", "/home/x/b.txt")
        }
        assert len(ids) == 1

    def test_the_earliest_publication_founds(self, make_event):
        early = make_event("a", published="2024-11-17")
        late = make_event("b", published="2024-11-19")
        assert link([late, early])[0].id == link([early])[0].id

    def test_two_incidents_of_one_span_have_two_ids(self, make_event):
        told = [make_event("a", name, text="shells fell") for name in ("Sumy", "Konotop")]
        assert len({incident.id for incident in link(told)}) == 2

    def test_an_id_stays_when_an_earlier_report_turns_up(self, make_event):
        known = link([make_event("b", published="2024-11-19")])
        (incident,) = link([make_event("a", published="2024-11-17")], known=known)
        assert incident.id == known[0].id
        assert incident.reports == ("a", "b")


class TestKnown:
    def test_a_new_report_joins_or_founds(self, make_event):
        known = link([make_event("a", killed=3)])
        news = [make_event("b", killed=5, published="2024-11-19"), make_event("c", "Poltava")]
        joined, founded = link(news, known=known)
        if founded.id == known[0].id:
            joined, founded = founded, joined
        assert joined.id == known[0].id
        assert joined.estimates["killed"].best == 5
        assert founded.reports == ("c",)

    def test_incidents_of_two_runs_that_are_one_are_merged_and_the_other_id_is_kept(
        self, make_event
    ):
        (first,) = link([make_event("a", killed=3, published="2024-11-17")])
        (second,) = link([make_event("b", killed=3, published="2024-11-18")])
        (incident,) = link((), known=[second, first])
        assert incident.id == first.id
        assert incident.former_ids == (second.id,)

    def test_the_same_incident_given_twice_is_one(self, make_event):
        known = link([make_event("a"), make_event("b", "Poltava")])
        assert link((), known=[*known, *known]) == known

    def test_a_known_incident_grows_when_two_files_tell_different_parts_of_it(self, make_event):
        (first,) = link([make_event("a")])
        (more,) = link([make_event("b")], known=[first])
        (incident,) = link((), known=[more, first])
        assert (incident.id, incident.reports) == (first.id, ("a", "b"))


class TestUndo:
    def test_what_was_unmerged_stays_apart(self, make_event):
        (incident,) = link([make_event("a", killed=3), make_event("b", killed=4)])
        rest, split = unmerge(incident, ["b"])
        assert (rest.id, rest.reports) == (incident.id, ("a",))
        assert split.reports == ("b",)
        assert split.estimates["killed"].best == 4
        assert rest.estimates["killed"].best == 3
        assert {i.id for i in link((), known=[split, rest])} == {rest.id, split.id}

    def test_a_merge_by_hand_lifts_the_bar(self, make_event):
        (incident,) = link([make_event("a", killed=3), make_event("b", killed=4)])
        rest, split = unmerge(incident, ["b"])
        again = merge(rest, split)
        assert again.id == incident.id
        assert again.former_ids == (split.id,)
        assert again.apart_from == ()
        assert again.estimates == incident.estimates

    def test_unmerging_gives_the_same_id_each_time(self, make_event):
        (incident,) = link([make_event("a", killed=3), make_event("b", killed=4)])
        assert unmerge(incident, ["b"]) == unmerge(incident, {"b"})

    @pytest.mark.parametrize("reports", [[], ["a", "b"], ["unknown"]])
    def test_none_or_all_of_the_reports_cannot_be_set_apart(self, make_event, reports):
        (incident,) = link([make_event("a"), make_event("b")])
        with pytest.raises(UsageError, match="some of its reports"):
            unmerge(incident, reports)

    def test_a_reason_outlives_only_the_reports_it_names(self, make_event):
        dates = {"a": "2024-11-18", "b": "2024-11-19", "c": "2024-11-20"}
        (incident,) = link([make_event(n, killed=3, published=day) for n, day in dates.items()])
        rest, _ = unmerge(incident, ["c"])
        assert not any("Report c" in sentence for sentence in rest.merged_because)
        assert any("Report b" in sentence for sentence in rest.merged_because)


def test_rows_of_one_dataset_are_never_merged_for_its_coders_told_them_apart(make_event):
    rows = [
        replace(link([make_event(name, killed=3)])[0], extra={"table:schema": table})
        for name, table in (("a", "acled"), ("b", "acled"), ("c", "ucdp"))
    ]
    assert len(link((), known=rows[:2])) == 2
    assert len(link((), known=rows[1:])) == 1


def test_a_table_row_keeps_its_columns_when_a_report_joins(make_event):
    (row,) = link([make_event("a")])
    row = replace(row, extra={"notes": "as coded"})
    (incident,) = link([make_event("b")], known=[row])
    assert incident.extra == {"notes": "as coded"}
