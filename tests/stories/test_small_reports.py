"""Whole small reports: every event of each, by kind, day, places, counts and doers."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest


@dataclass(frozen=True)
class Told:
    """What a report should tell of one event."""

    kind: str
    day: str
    places: set[str]
    tolls: dict[str, int] = field(default_factory=dict)
    doers: set[tuple[str, str]] = field(default_factory=set)
    responses: set[str] = field(default_factory=set)


SHELLING = "Shelling/artillery/missile attack"
AIR = "Air/drone strike"
BOMB = "Remote explosive/landmine/IED"
DOWNED = "Disrupted weapons use"

REPORTS = {
    "drones launched, some shot down, some that hit": (
        "Russia launched 45 drones at Ukraine overnight; 30 were shot down, the air force said. "
        "In Harv one person was killed and three were wounded, the governor wrote.",
        [
            Told(
                AIR,
                "2024-03-12",
                {"Harv"},
                {"launched": 45, "intercepted": 30, "killed": 1, "injured": 3},
                {("accused", "Russia")},
                {"air_defence"},
            )
        ],
    ),
    "a count that rose later than the deed": (
        "The death toll from a bombing at a market in Maiduk rose to 16 on Wednesday, police "
        "said. The Islamic State group claimed responsibility for Tuesday's attack.",
        [
            Told(
                BOMB,
                "2024-03-12",
                {"Maiduk"},
                {"killed": 16},
                {("claimed", "Islamic State group")},
            )
        ],
    ),
    "a count told of a possessive day": (
        "The toll of Monday's drone attack on Harv has risen to two, the mayor said on Wednesday.",
        [Told(AIR, "2024-03-11", {"Harv"}, {"killed": 2})],
    ),
    "the evening of the same day": (
        "Shelling of Harv on March 10 killed four people. In the evening of the same day two "
        "missiles struck Dobro, injuring seven people.",
        [
            Told(SHELLING, "2024-03-10", {"Harv"}, {"killed": 4}),
            Told(SHELLING, "2024-03-10", {"Dobro"}, {"launched": 2, "injured": 7}),
        ],
    ),
    "another strike on a town close by": (
        "An air strike hit a house in Nabat on Tuesday, killing six people. Another strike in "
        "Bekaat killed three people on Tuesday.",
        [
            Told(AIR, "2024-03-12", {"Nabat"}, {"killed": 6}),
            Told(AIR, "2024-03-12", {"Bekaat"}, {"killed": 3}),
        ],
    ),
    "a claim in a sentence of its own": (
        "Gunmen attacked a barracks in Tessal on Tuesday, killing eight soldiers. JNIM claimed "
        "responsibility.",
        [
            Told(
                "Attack",
                "2024-03-12",
                {"Tessal"},
                {"killed": 8},
                {("accused", "Gunmen"), ("claimed", "JNIM")},
            )
        ],
    ),
    "a group that is blamed in a sentence of its own": (
        "Two bombs hit a camp near Tessal on Tuesday, killing twelve people. The Ukrainian army "
        "blamed the M23 rebels.",
        [
            Told(
                BOMB,
                "2024-03-12",
                {"Tessal"},
                {"launched": 2, "killed": 12},
                {("accused", "M23")},
            )
        ],
    ),
    "an accuser is not accused": (
        "A drone attack on Harv on Tuesday killed two people. The Ukrainian army accused Russia "
        "of targeting homes.",
        [Told(AIR, "2024-03-12", {"Harv"}, {"killed": 2}, {("accused", "Russia")})],
    ),
    "a steps' sub-count is a part": (
        "Rockets struck Orsk on Tuesday, killing three people. Another 20 people were injured, "
        "four of them children.",
        [Told(SHELLING, "2024-03-12", {"Orsk"}, {"killed": 3, "injured": 20})],
    ),
    "a town that was shelled, and a ministry of a country, in Russian": (
        "Орск обстреляли днём 12 марта. По данным МЧС Russia, погибли пять человек, в том числе "
        "один ребёнок, ранены 30 человек.",
        [Told(SHELLING, "2024-03-12", {"Orsk"}, {"killed": 5, "injured": 30})],
    ),
    "a woman with her age, in Ukrainian": (
        "Учора обстріляли Харв з артилерії. Загинула 70-річна жінка, ще двоє людей поранені.",
        [Told(SHELLING, "2024-03-12", {"Harv"}, {"killed": 1, "injured": 2})],
    ),
}

NOTHING = {
    "storm": "A storm struck Harv on Tuesday, killing two people and injuring five. Hail "
    "bombarded cars in Dobro and 40 houses were damaged.",
    "football": "Harv came under heavy fire from the Dobro attack on Tuesday before two late "
    "strikes sank the hosts 3-1. The striker bombed forward all evening.",
    "market": "Shares in Harv were hammered on Tuesday as a strike by bank staff hit trading, "
    "and analysts warned of an explosion in prices.",
    "exercise": "The army fired missiles off Lymna on Tuesday in an annual live-fire exercise.",
    "court": "A court in Dobro on Tuesday sentenced a man to life in prison for the 2015 attacks "
    "that killed 130 people.",
    "anniversary": "Harv on Tuesday marked the anniversary of the 1995 bombing that killed 20 "
    "people. Residents laid flowers.",
}


def as_told(event) -> Told:
    tolls: dict[str, int] = {}
    for claim in event.claims:
        if not claim.is_part and claim.min is not None:
            tolls.setdefault(claim.measure, claim.min)
    places = {p.location.name for p in event.locations if p.role != "launch"}
    doers = {(a.role, a.name) for a in event.actors}
    responses = {r.kind for r in event.responses}
    day = event.time.start.date().isoformat()
    return Told(event.sub_event_type, day, places, tolls, doers, responses)


@pytest.mark.parametrize("name", REPORTS)
def test_a_small_report_tells_exactly_these_events(tell, name):
    text, expected = REPORTS[name]
    assert [as_told(event) for event in tell(text).events] == expected


@pytest.mark.parametrize("name", NOTHING)
def test_a_report_without_violence_tells_no_event(tell, name):
    assert tell(NOTHING[name]).events == ()


def test_alerts_for_combat_drones_elsewhere_are_no_clash(tell):
    text = (
        "On Tuesday evening missiles hit Harv, injuring nine people. Air raid alerts were "
        "declared in Lymna later that night because of combat drones."
    )
    first, second = tell(text).events
    assert as_told(first).tolls == {"injured": 9}
    assert (second.event_type, second.sub_event_type) == ("Strategic developments", "Other")
    assert as_told(second).places == {"Lymna"}


def test_drones_shot_down_before_a_strike_are_told_apart_from_it(tell):
    text = (
        "Shelling of Orsk on Tuesday killed six people. Early on Tuesday, before the strike, the "
        "ministry said that 12 drones had been shot down over Lymna."
    )
    first, second = tell(text).events
    assert as_told(first).tolls == {"killed": 6}
    assert second.sub_event_type == DOWNED
    assert as_told(second).tolls == {"intercepted": 12}
