"""Low, best and high, as the contract defines them."""

from __future__ import annotations

import pytest

from geoincidents.linking import link
from geoincidents.model import Estimate


@pytest.fixture
def estimate(make_event, make_toll):
    """Estimates of one incident from claims given as (n, published, more)."""

    def run(*claims, measure="killed"):
        events = [
            make_event(
                f"r{i}",
                claims=(make_toll(f"r{i}", 50, measure, n, **more),),
                published=published,
            )
            for i, (n, published, more) in enumerate(claims)
        ]
        (incident,) = link(events)
        return incident.estimates.get(measure), incident

    return run


def test_updates_give_low_best_and_high(estimate):
    found, _ = estimate(
        (14, "2024-11-17", {"claimant": "the ministry"}),
        (21, "2024-11-18", {"claimant": "Ivan Petrenko"}),
        (24, "2024-11-19", {"claimant": "Ivan Petrenko"}),
    )
    assert found == Estimate(14, 24, 24)


def test_best_is_the_latest_and_not_the_largest(estimate):
    found, _ = estimate((24, "2024-11-18", {}), (22, "2024-11-19", {}))
    assert found == Estimate(22, 22, 24)


def test_the_larger_wins_a_tie(estimate):
    found, _ = estimate((21, "2024-11-18", {}), (24, "2024-11-18", {}))
    assert found.best == 24


def test_a_bare_date_ties_with_every_hour_of_its_day(estimate):
    found, _ = estimate((24, "2024-11-18", {}), (14, "2024-11-18T09:00:00+02:00", {}))
    assert found.best == 24


def test_hours_of_one_day_are_told_apart_across_zones(estimate):
    found, _ = estimate(
        (24, "2024-11-18T10:00:00+02:00", {}), (23, "2024-11-18T09:00:00+00:00", {})
    )
    assert found.best == 23


def test_as_of_goes_before_publication(estimate):
    found, _ = estimate(
        (20, "2024-11-20", {"as_of": "2024-11-17T18:00:00+02:00"}), (23, "2024-11-18", {})
    )
    assert found.best == 23


@pytest.mark.parametrize(
    ("qualifier", "low", "high", "counted"),
    [
        ("exact", 9, 9, 9),
        ("at_least", 9, None, 9),
        ("over", 9, None, 9),
        ("about", 9, 9, 9),
        ("up_to", None, 9, 9),
        ("up_to", 0, 9, 9),
    ],
)
def test_every_kind_of_figure_counts_as_its_number(make_event, qualifier, low, high, counted):
    from geoincidents.model import Claim, Provenance

    claim = Claim("killed", low, high, qualifier, Provenance("a", 1, 2, "9"), published="2024")
    (incident,) = link([make_event("a", claims=(claim,))])
    assert incident.estimates["killed"] == Estimate(counted, counted, counted)


def test_a_range_counts_with_both_ends(estimate):
    found, _ = estimate((30, "2024-11-18", {"min": 20}))
    assert found == Estimate(20, 30, 30)


def test_vague_words_count_as_nothing(estimate):
    found, incident = estimate((None, "2024-11-18", {"text": "dozens"}))
    assert found is None
    assert incident.claims[0].qualifier == "vague"


def test_a_sub_count_is_no_rival(make_event, make_toll):
    part = make_toll("a", 60, "killed", 2, is_part=True, subject="children")
    (incident,) = link([make_event("a", killed=14, claims=(part,))])
    assert incident.estimates["killed"] == Estimate(14, 14, 14)


def test_a_claim_of_another_scope_stays_out_of_a_citys_toll(make_event, make_toll):
    campaign = make_toll("a", 60, "killed", 39, scope="Ukraine")
    (incident,) = link([make_event("a", "Sumy", killed=4, claims=(campaign,))])
    assert incident.estimates["killed"] == Estimate(4, 4, 4)


def test_a_claim_of_the_incidents_own_scope_counts_and_a_citys_share_does_not(
    make_event, make_toll
):
    campaign = make_toll("a", 60, "killed", 39, scope="Ukraine")
    share = make_toll("a", 90, "killed", 16, scope="Sumy")
    wave = ("Ukraine", "Sumy", "Poltava", "Chernihiv")
    (incident,) = link([make_event("a", wave, claims=(campaign, share))])
    assert incident.estimates["killed"] == Estimate(39, 39, 39)


def test_no_casualties_is_a_figure(estimate):
    found, _ = estimate((0, "2024-11-17", {}))
    assert found == Estimate(0, 0, 0)


def test_a_toll_beyond_mankind_is_flagged_and_not_counted(estimate):
    found, incident = estimate((10**12, "2024-11-17", {}))
    assert found is None
    assert "exceeds mankind" in incident.flags[0]


def test_a_claimants_later_figure_supersedes_the_earlier(estimate):
    _, incident = estimate(
        (21, "2024-11-18", {"claimant": "Governor Ivan Petrenko"}),
        (24, "2024-11-19", {"claimant": "Petrenko"}),
    )
    by_number = {claim.max: claim for claim in incident.claims}
    assert by_number[24].supersedes == "r0:50-59"
    assert by_number[21].supersedes is None


def test_two_claimants_do_not_supersede_each_other(estimate):
    _, incident = estimate(
        (21, "2024-11-18", {"claimant": "the mayor"}),
        (24, "2024-11-19", {"claimant": "the army"}),
    )
    assert {claim.supersedes for claim in incident.claims} == {None}


def test_damage_spans_what_is_claimed(make_event, make_toll):
    told = [
        make_event("a", claims=(make_toll("a", 50, "damaged:cars", 30, qualifier="over"),)),
        make_event("b", claims=(make_toll("b", 50, "damaged:cars", 53),)),
        make_event("c", claims=(make_toll("c", 50, "damaged:windows", 130, qualifier="over"),)),
    ]
    (incident,) = link(told)
    assert incident.damage == {"cars": (30, 53), "windows": (130, None)}
    assert incident.estimates == {}
