"""Which places of a clause were hit, sent from, defended or helped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geoincidents.extraction.patterns import phrases, table, whole
from geoincidents.extraction.sentences import dateline_end
from geoincidents.model import PRECISION_ORDER, EventLocation, Provenance

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geoincidents.extraction.clauses import Clause
    from geoincidents.model import Location, LocationRole, Mention

#: Expressions that name where it happened more closely than their anchors do.
_CLOSER = frozenset(
    {
        "offset",
        "distance_from",
        "near",
        "direction_of",
        "part_of",
        "between",
        "along",
        "site_of",
        "capital_of",
        "off_coast",
        "intersection",
        "border_zone",
    }
)
#: Expressions whose anchors are not where it happened.
_AWAY = frozenset({"offset", "distance_from", "off_coast", "between"})
_BORDERS = frozenset({"distance_from_border", "near_border"})
_EARTH_M = 111_195.0
#: One town under two entries of a gazetteer.
_SAME_TOWN_M = 1_500.0


def rank(location: Location) -> int:
    """Order locations by precision; 0 is a site."""
    return PRECISION_ORDER.index(location.precision)


def apart_m(one: Location, other: Location) -> float:
    """Distance of two representative points in metres, good to one in a hundred nearby."""
    from math import cos, hypot, radians

    across = abs(one.lon - other.lon)
    across = min(across, 360 - across) * cos(radians((one.lat + other.lat) / 2))
    return hypot(one.lat - other.lat, across) * _EARTH_M


def covers(big: Location, small: Location) -> bool:
    """Tell whether one place is, or holds, the other."""
    if big.feature_id is not None and big.feature_id == small.feature_id and not big.relation:
        return True
    abroad = bool(big.country and small.country and big.country != small.country)
    if abroad or rank(big) < rank(small) or big.precision in {"region", "sea"}:
        return (
            not abroad
            and big.precision in {"region", "sea"}
            and apart_m(big, small) <= big.uncertainty_m
        )
    if big.precision == "country":
        return big.country is not None and big.country == small.country
    if big.precision == "admin1" and small.precision != "admin1":
        return _in_unit(big, small)
    if big.precision == "admin2":
        return apart_m(big, small) <= max(big.uncertainty_m, 40_000)
    near = max(big.uncertainty_m + small.uncertainty_m, 3_000)
    near = _SAME_TOWN_M if _two_towns(big, small) else near
    return apart_m(big, small) <= min(near, 25_000)


def _two_towns(one: Location, two: Location) -> bool:
    """Tell whether these are two settlements by name, however near they lie."""
    named = all(p.precision == "settlement" and p.feature_id and not p.relation for p in (one, two))
    return named and one.feature_id != two.feature_id


def _in_unit(unit: Location, place: Location) -> bool:
    if unit.country != place.country:
        return False
    if unit.feature_id and place.admin1_id:
        return unit.feature_id == place.admin1_id or _encloses(unit, place)
    return bool(unit.admin1 and unit.admin1 == place.admin1) or _encloses(unit, place)


def _encloses(unit: Location, city: Location) -> bool:
    """A city that is its own first-level unit lies within the unit around it."""
    same = bool(city.name and unit.name and unit.name.startswith(city.name))
    return same and apart_m(unit, city) <= max(unit.uncertainty_m, 60_000)


def share_place(these: Iterable[Location], those: Iterable[Location]) -> bool:
    """Tell whether two sets of places have one in common, or one within another."""
    others = list(those)
    return any(covers(a, b) or covers(b, a) for a in these for b in others)


def provenance(report_id: str, text: str, start: int, end: int, limit: int = 300) -> Provenance:
    """Quote a span of a report, at most `limit` characters of it."""
    end = min(end, start + limit)
    return Provenance(report_id, start, end, text[start:end])


def place_mentions(clause: Clause, text: str, *, struck: bool) -> dict[LocationRole, list[Mention]]:
    """Sort a clause's resolved places by what happened there.

    Parameters
    ----------
    clause
        The clause.
    text
        The report's text.
    struck
        It tells of an attack or of people hurt, so that a place without a role
        may be taken as where that was.
    """
    found: dict[LocationRole, list[Mention]] = {"target": [], "launch": [], "response": []}
    spare: list[Mention] = []
    head = clause.start + dateline_end(clause.text)
    for mention in clause.mentions:
        before = text[clause.start : mention.start]
        in_head = mention.start < head and clause.start == clause.sentence.start
        if in_head or not _is_place(clause, mention, before):
            continue
        if _matches_end(clause, "launch", before):
            found["launch"].append(mention)
        elif mention.kind == "demonym":
            if _people_of(clause, text, mention):
                spare.append(mention)
        elif _matches_end(clause, "response", before):
            found["response"].append(mention)
        elif mention.role in {"event", "actor"}:
            found["target"].append(mention)
        elif struck and _told_as_place(clause, text, mention):
            spare.append(mention)
    found["target"] = _without_containers(found["target"], text) or spare[:3]
    spans = _expressions(clause, text, found)
    found["target"] = _without_anchors(_closest(found["target"]), spans) + spans
    return found


def _is_place(clause: Clause, mention: Mention, before: str) -> bool:
    """Tell a place something may have happened in from speakers and descriptions."""
    if mention.location is None or mention.kind == "expression" or _points_on(mention):
        return False
    if any(w.start <= mention.start and mention.end <= w.end for w in clause.times):
        return False
    if _only_quoted(clause, mention) or _describes(clause, mention):
        return False
    if mention.role == "actor" and not suffers(clause, mention):
        return False
    if phrases(clause.sentence.language, "claims", "speakers").fullmatch(mention.text):
        return False
    return not (_ends_with(clause, "descriptive", before) or _after_since(clause, before))


def _only_quoted(clause: Clause, mention: Mention) -> bool:
    """A place cried or named in a quotation that tells of no deed itself."""
    around = [(a, b) for a, b in clause.sentence.quotes() if a < mention.start < b]
    if not around or any(
        t.kind != "effect" and a < t.start < b for a, b in around for t in clause.triggers
    ):
        return False
    return any(t.kind != "effect" for t in clause.triggers)


def _describes(clause: Clause, mention: Mention) -> bool:
    """The name only describes somebody ("the Britain-based observatory")."""
    tail = clause.text[mention.end - clause.start :]
    words = phrases(clause.sentence.language, "claims", "places", "compound").pattern
    return re.match(r"[-–]" + words, tail, re.IGNORECASE) is not None


def _points_on(mention: Mention) -> bool:
    """Tell whether a deictic was given an antecedent that only comes after it."""
    return mention.antecedent is not None and mention.antecedent > mention.start


def suffers(clause: Clause, mention: Mention) -> bool:
    """The name of a place leads words of what befell it ("… was shelled")."""
    after = clause.text[mention.end - clause.start :]
    pattern = phrases(clause.sentence.language, "claims", "places", "struck_after")
    return (
        mention.kind == "toponym"
        and re.match(r"\s+" + pattern.pattern, after, re.IGNORECASE) is not None
    )


def without_actors(
    places: dict[LocationRole, list[Mention]],
    clause: Clause,
    doers: list[tuple[int, int]],
    speaker: str | None,
) -> dict[LocationRole, list[Mention]]:
    """Leave out states that are said to have done it, and those in a speaker's name."""
    spans = list(doers)
    at = clause.text.find(speaker) if speaker else -1
    if speaker and at >= 0:
        spans.append((clause.start + at, clause.start + at + len(speaker)))

    def acts(mention: Mention) -> bool:
        state = mention.location is not None and mention.location.precision == "country"
        return state and any(a <= mention.start < b for a, b in spans)

    kept = [m for m in places.get("target", []) if m.kind != "toponym" or not acts(m)]
    return {**places, "target": kept}


def _matches_end(clause: Clause, key: str, before: str) -> bool:
    pattern = phrases(clause.sentence.language, "claims", "places", key)
    tail = before[-90:]
    return (
        re.search(pattern.pattern + r"\s*(?:the\s+|an?\s+|[\w'’]+['’]s\s+)?$", tail, re.IGNORECASE)
        is not None
    )


def _ends_with(clause: Clause, key: str, before: str) -> bool:
    """Tell whether the words just before a place end in a phrase of the lexicon."""
    pattern = phrases(clause.sentence.language, "claims", "places", key)
    return re.search(pattern.pattern + r"\s*$", before[-60:], re.IGNORECASE) is not None


def _after_since(clause: Clause, before: str) -> bool:
    """A place in "since the invasion of …" dates the war, it was not hit."""
    return phrases(clause.sentence.language, "times", "ignore_after").search(before) is not None


def _people_of(clause: Clause, text: str, mention: Mention) -> bool:
    pattern = phrases(clause.sentence.language, "claims", "places", "people_of")
    return (
        re.match(
            r"\s+(?:[\w-]+\s+)?" + pattern.pattern, text[mention.end : clause.end], re.IGNORECASE
        )
        is not None
    )


def _told_as_place(clause: Clause, text: str, mention: Mention) -> bool:
    """A place without a role is where it was when a preposition leads to it."""
    language = clause.sentence.language
    words = table(language, "claims", "places", "prepositions") or ("in", "at", "near")
    before = text[clause.start : mention.start]
    leads = re.search(
        whole(words).pattern + r"\s+(?:the\s+)?(?:[\w-]+\s+){0,3}$", before, re.IGNORECASE
    )
    titled = re.match(
        r"(?:['’]s)?\s+" + phrases(language, "claims", "speakers").pattern,
        text[mention.end :],
        re.IGNORECASE,
    )
    return bool(leads) and not titled and mention.location is not None


def _without_containers(mentions: list[Mention], text: str) -> list[Mention]:
    """Drop "Russia" of "Russia's Belgorod" and "Texas" of "Odessa, Texas"."""
    held = {m.container for m in mentions if m.container is not None}
    kept = []
    for mention in mentions:
        tail = text[mention.end : mention.end + 40]
        possessive = re.match(r"['’]s?\s", tail)
        finer = any(
            o.start > mention.end
            and o.start - mention.end < 40
            and o.location
            and mention.location
            and covers(mention.location, o.location)
            for o in mentions
        )
        if mention.start in held or (possessive and finer):
            continue
        kept.append(mention)
    return kept


def _closest(mentions: list[Mention]) -> list[Mention]:
    """Drop a country when finer places of it are named beside it."""
    fine = [m.location for m in mentions if m.location and m.location.precision != "country"]
    return [
        m
        for m in mentions
        if m.location is not None
        and (m.location.precision != "country" or not any(covers(m.location, f) for f in fine))
    ]


def _expressions(
    clause: Clause, text: str, found: dict[LocationRole, list[Mention]]
) -> list[Mention]:
    launched = [m.start for m in found["launch"]]
    kept = []
    for mention in clause.mentions:
        if mention.kind != "expression" or mention.location is None:
            continue
        relation = mention.relation or mention.location.relation
        if _ends_with(clause, "descriptive", text[clause.start : mention.start]):
            continue
        inner = [m for m in clause.mentions if m.kind != "expression" and _inside(m, mention)]
        if any(_points_on(m) for m in inner):
            continue
        if any(mention.start <= at < mention.end for at in launched):
            continue
        struck = {m.start for m in found["target"]}
        if inner and all(m.role == "actor" and m.start not in struck for m in inner):
            continue
        if (relation in _BORDERS and not found["target"]) or (
            relation in _CLOSER and _is_target(inner, mention, found)
        ):
            kept.append(mention)
    return kept


def _without_anchors(mentions: list[Mention], expressions: list[Mention]) -> list[Mention]:
    """Drop "Aden" of "50 nautical miles off Aden": it is only measured from."""
    away = [e for e in expressions if (e.relation or (e.location and e.location.relation)) in _AWAY]
    return [m for m in mentions if not any(_inside(m, e) for e in away)]


def _inside(small: Mention, big: Mention) -> bool:
    return big.start <= small.start and small.end <= big.end


def _is_target(
    inner: list[Mention], mention: Mention, found: dict[LocationRole, list[Mention]]
) -> bool:
    """An expression is where it was when an anchor is, or when it stands in its own right."""
    targets = {m.start for m in found["target"]}
    if any(m.start in targets or m.kind == "deictic" for m in inner):
        return True
    return not inner or (mention.role == "event" and not targets)


def event_locations(
    mentions: dict[LocationRole, list[Mention]], report_id: str, text: str, role: LocationRole
) -> list[EventLocation]:
    """Turn mentions into places of an event; `role` is what a target is here."""
    return [
        EventLocation(
            role if as_role == "target" else as_role,
            m.location,
            provenance(report_id, text, m.start, m.end),
        )
        for as_role, listed in mentions.items()
        for m in listed
        if m.location is not None
    ]
