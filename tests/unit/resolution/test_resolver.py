"""Resolution among places that share a name."""

import re

import pytest

from geoincidents.model import Mention, Report
from geoincidents.resolution import location_of, rank, resolve, resolve_name


def report_of(marked, **fields):
    """A report and its mentions from a text with the names in [brackets]."""
    text, mentions, at = "", [], 0
    for match in re.finditer(r"\[([^\]]+)\]", marked):
        text += marked[at : match.start()]
        mentions.append(
            Mention(len(text), len(text) + len(match[1]), match[1], "toponym", names=(match[1],))
        )
        text += match[1]
        at = match.end()
    return Report("r", text + marked[at:], **fields), tuple(mentions)


def ids(marked, gazetteer, **hints):
    report, mentions = report_of(marked)
    found = resolve(report, mentions, gazetteer, **hints)
    return [m.location.feature_id if m.location else None for m in found]


def test_the_capital_wins_without_context(gazetteer):
    assert ids("A fire broke out in [Paris].", gazetteer) == ["geonames:Paris-IDF"]


def test_a_state_after_a_comma_holds_the_name_before_it(gazetteer):
    assert ids("A fire broke out in Paris, Texas.", gazetteer) == []
    assert ids("A fire broke out in [Paris], Texas.", gazetteer) == ["geonames:Paris-TX"]
    assert ids("[Paris], [Texas], is small.", gazetteer) == ["geonames:Paris-TX", "geonames:TX"]


def test_an_abbreviated_state_holds_too(gazetteer):
    assert ids("PARIS, Tex. (AP) A fire in [Paris], Tex. today", gazetteer) == ["geonames:Paris-TX"]


def test_a_name_placed_once_stays_there(gazetteer):
    marked = "A fire in [Paris], Texas. Later, [Paris] was calm."
    assert ids(marked, gazetteer) == ["geonames:Paris-TX"] * 2


def test_a_country_hint_decides(gazetteer):
    assert ids("A fire in [Paris].", gazetteer, country="Canada") == ["geonames:Paris-ON"]
    assert ids("A fire in [Paris].", gazetteer, country="US") == ["geonames:Paris-TX"]


def test_a_place_nearby_decides(gazetteer):
    assert ids("A fire in [Paris].", gazetteer, near="Dallas") == ["geonames:Paris-TX"]
    assert ids("A fire in [Paris].", gazetteer, near=(-80.4, 43.2)) == ["geonames:Paris-ON"]


def test_a_state_is_told_from_a_namesake_country_by_its_town(gazetteer):
    assert ids("in [Athens], [Georgia], on Monday", gazetteer)[1] == "geonames:GA"


def test_abbreviations_and_demonyms_mean_the_country(gazetteer):
    marked = "The [USA] and [U.S.] and [Ukrainian] and [Ukrainians]"
    assert ids(marked, gazetteer) == ["geonames:US"] * 2 + ["geonames:UA"] * 2


def test_a_type_word_asks_for_the_province(gazetteer):
    assert ids("in the [Kharkiv region]", gazetteer) == ["geonames:KHA"]
    report, (mention,) = report_of("[Kharkiv] and Sumy oblasts")
    elliptic = Mention(0, 7, "Kharkiv", "toponym", names=("Kharkiv",), type_hint="admin1")
    assert resolve(report, [elliptic], gazetteer)[0].location.feature_id == "geonames:KHA"
    assert resolve(report, [mention], gazetteer)[0].location.feature_id == "geonames:Kharkiv-KHA"


def test_an_unknown_name_keeps_its_reason(gazetteer):
    report, mentions = report_of("in [Qwertyville]")
    (found,) = resolve(report, mentions, gazetteer)
    assert found.location is None
    assert "gazetteer" in found.unresolved


def test_deictics_take_what_they_stand_for(gazetteer):
    report, (city,) = report_of("[Kharkiv] was hit. The city burns, says the region.")
    the_city = Mention(19, 27, "The city", "deictic", antecedent=0, type_hint="settlement")
    region = Mention(40, 50, "the region", "deictic", antecedent=0, type_hint="admin1")
    lost = Mention(51, 52, "x", "deictic", antecedent=99)
    found = resolve(report, [city, the_city, region, lost], gazetteer)
    assert found[1].location.feature_id == "geonames:Kharkiv-KHA"
    assert found[2].location.feature_id == "geonames:KHA"
    assert found[3].location is None
    assert found[3].unresolved


def test_the_regional_capital_is_the_seat_of_the_region(gazetteer):
    report, (region,) = report_of("[Kharkiv Oblast] and the regional capital")
    seat = Mention(19, 39, "the regional capital", "deictic", antecedent=0,
                   type_hint="settlement", relation="capital_of")  # fmt: skip
    found = resolve(report, [region, seat], gazetteer)
    assert found[1].location.feature_id == "geonames:Kharkiv-KHA"


def test_other_names_draw_a_doubtful_one(gazetteer):
    marked = "Shells fell on [Kharkiv Oblast], in [Kharkiv] and on [Pisky]."
    assert ids(marked, gazetteer)[2] == "geonames:Pisky-KHA"


def test_a_publisher_named_after_a_place_is_at_home_there(gazetteer):
    def found(publisher):
        report, mentions = report_of("A fire broke out in [Gaza].", publisher=publisher)
        return resolve(report, mentions, gazetteer)[0].location.admin1_id

    assert found("Sumy Today") == "geonames:SUM"
    assert found("The Ontario Post") == "geonames:ON"


@pytest.mark.parametrize(("language", "country"), [("uk", "UA"), ("ru", "UA")])
def test_a_report_in_a_language_of_few_countries_is_at_home_in_them(gazetteer, language, country):
    mentions = (Mention(0, 4, "Gaza", "toponym", language=language, names=("Gaza",)),)
    found = resolve(Report("r", "Gaza"), mentions, gazetteer)[0].location
    assert found.country == country
    assert "at home where the language is" in found.evidence


def test_the_order_of_mentions_is_kept_and_expressions_pass(gazetteer):
    report, mentions = report_of("[Paris] and [Kyiv]")
    expression = Mention(0, 5, "Paris", "expression")
    found = resolve(report, [expression, *mentions], gazetteer)
    assert found[0] is expression
    assert [m.text for m in found] == ["Paris", "Paris", "Kyiv"]


def test_candidates_are_kept_when_asked_for(gazetteer):
    report, mentions = report_of("in [Paris]")
    (found,) = resolve(report, mentions, gazetteer, keep_candidates=True)
    assert found.candidates[0].feature.admin1 == "Île-de-France"
    assert len(found.candidates) == 3
    assert all(c.reasons for c in found.candidates)
    assert not resolve(report, mentions, gazetteer)[0].candidates


def test_candidates_fall_in_score_and_stay_probabilities(gazetteer):
    scores = [c.score for c in rank("Paris", gazetteer)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


@pytest.mark.parametrize(
    ("text", "hints", "expected"),
    [
        ("Paris", {}, "geonames:Paris-IDF"),
        ("Paris, Texas", {}, "geonames:Paris-TX"),
        ("Paris town", {"country": "united states"}, "geonames:Paris-TX"),
        ("Pisky", {"admin1": "Kharkiv oblast"}, "geonames:Pisky-KHA"),
        ("Pisky village", {"country": "UA", "admin1": "Sumy"}, "geonames:Pisky-SUM"),
        ("Piskx", {"country": "Ukrainw", "admin1": "Sumi Oblast"}, "geonames:Pisky-SUM"),
        ("Kyiv", {"country": "Ukraine", "admin1": "Kyiv City"}, "geonames:Kyiv-KY"),
    ],
)
def test_one_name_with_what_is_known_of_it(gazetteer, text, hints, expected):
    assert resolve_name(text, gazetteer, **hints)[0].feature.id == expected


def test_a_country_given_leaves_out_the_rest(gazetteer):
    assert resolve_name("Dallas", gazetteer, country="UA") == ()
    assert {c.feature.country for c in resolve_name("Paris", gazetteer, country="FR")} == {"FR"}


def test_no_typo_is_undone_without_a_hint(gazetteer):
    assert resolve_name("Piskx", gazetteer) == ()
    assert resolve_name("", gazetteer) == ()


def test_a_location_reaches_as_far_as_its_place(gazetteer):
    small = location_of(gazetteer.feature("geonames:Pisky-KHA"))
    large = location_of(gazetteer.feature("geonames:Kyiv-KY"))
    assert 500 <= small.uncertainty_m < large.uncertainty_m < 30_000
    assert location_of(gazetteer.feature("geonames:KHA")).uncertainty_m > 50_000


def test_the_same_input_gives_the_same_answer(gazetteer):
    report, mentions = report_of("[Paris], [Pisky], [Athens] and [Georgia] and [Paris]")
    assert resolve(report, mentions, gazetteer) == resolve(report, mentions, gazetteer)


def test_ten_thousand_mentions_of_one_name_are_one_decision(gazetteer):
    text = "Paris " * 10_000
    mentions = [Mention(at, at + 5, "Paris", "toponym") for at in range(0, len(text), 6)]
    found = resolve(Report("r", text), mentions, gazetteer)
    assert {m.location.feature_id for m in found} == {"geonames:Paris-IDF"}


def test_look_alike_letters_and_invisible_ones_are_read_through(gazetteer):
    for written in ("Kһarkiv", "Khar\u200bkiv", "\u202eKharkiv"):
        assert rank(written, gazetteer)[0].feature.name == "Kharkiv"


def test_spans_that_are_no_names_stay_unresolved(gazetteer):
    for written in ("", " ", "\ud800", "☃️", "'", "x" * 5000):
        report = Report("r", written)
        mention = Mention(0, len(written), written, "toponym")
        assert resolve(report, [mention], gazetteer)[0].unresolved
