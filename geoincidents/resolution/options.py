"""What a written name may mean: options, each with the features that no context changes."""

from __future__ import annotations

from functools import cache
from math import floor, log10
from typing import TYPE_CHECKING, NamedTuple

from geoincidents.resolution.names import Reading, has_type, home_countries, read_name, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geoincidents.gazetteer import Gazetteer
    from geoincidents.model import Feature, NameHit, Precision

#: ``(name, value)``; the sum of value times weight is the score.
Part = tuple[str, float]

_KEPT = 40
#: People that make a settlement the namesake of a unit, when it is not its seat.
_CITY = 100_000
_PIECE, _BARE = "only a piece of the name", "type word is not part of the name"
_FEW_PEOPLE = 5_000
_SHORT = "named without its type word"
#: Degrees between the points of a unit and of the city it lies about.
_BESIDE = 2.0
_KEPT_OF_PIECES = 16
#: Degrees of the grid that tells what lies near, and of the wider one.
_GRID = 1.5
_WIDE = 4.0
#: Languages whose reports are at home in few countries; English ones may be from anywhere.
_FAR_FROM_ENGLISH = frozenset({"ru", "uk"})
_AT_HOME: Part = ("at home where the language is", 1.0)
_LARGE_NAMESAKE: Part = ("bears a large city's name", 1.0)
#: Kinds that have no people, and forms of a name that are its bearer's own.
_PEOPLELESS = frozenset({"sea", "region", "site"})
_OWN_FORMS = frozenset({"main", "official", "common"})
_UNIT_KINDS = frozenset({"country", "admin1", "admin2"})


class Option(NamedTuple):
    """A feature that a name may mean, made ready for weighing.

    `within` are the keys of what it lies in, itself included: a country's code,
    a first- and a second-level unit's feature id, "" where unknown. `key` is its
    own key when it is such a unit. `cells` are the four corners about it of a grid
    of 1.5 degrees, `cell` the nearest of them, `wide` its cell of four degrees.
    `level` is the kind of unit for the weights of
    context, "place" for all else, and for a unit that bears its city's name: what
    lies about them cannot tell these two apart.
    """

    feature: Feature
    kind: str
    within: tuple[str, str, str]
    key: str | None
    cell: tuple[int, int]
    cells: tuple[tuple[int, int], ...]
    wide: tuple[int, int]
    parts: tuple[Part, ...]
    level: str = "place"
    form: str = "main"


def answer_class(option: Option) -> str:
    """How an option came to be one, which tells how far its share can be trusted.

    "piece": only a piece of the name is known; "bare": its type word is not part
    of any known name; "small": a place of few people; "known": all else.
    """
    names = {name for name, _ in option.parts}
    if _PIECE in names:
        return "piece"
    if _BARE in names:
        return "bare"
    is_small = option.level == "place" and option.feature.population < _FEW_PEOPLE
    return "small" if is_small else "known"


def kind_of(feature: Feature) -> str:
    """The kind that weights speak of: capitals and seats apart from other settlements."""
    if feature.precision == "settlement":
        return {"PPLC": "capital", "PPLA": "seat"}.get(feature.code, "settlement")
    return feature.precision


def keys_of(feature: Feature, kind: str) -> tuple[tuple[str, str, str], str | None]:
    """Keys of the country, first- and second-level unit it lies in ("" unknown), and its own."""
    country = feature.country or ""
    if kind == "country":
        return (country, "", ""), country or feature.id
    first, second = feature.admin1_id or "", feature.admin2_id or ""
    if kind == "admin1":
        return (country, feature.id, ""), feature.id
    if kind == "admin2":
        return (country, first, feature.id), feature.id
    return (country, first, second), None


def _agreement(hint: Precision | None, kind: str) -> list[Part]:
    if hint is None:
        return []
    place = "settlement" if kind in {"capital", "seat"} else kind
    if place == hint:
        return [(f"type word agrees: {hint}", 1.0)]
    if {place, hint} <= {"admin1", "admin2"}:
        return [("type word of another level", 1.0)]
    return [(f"type word disagrees: {hint}", 1.0)]


@cache
def _kind_part(kind: str) -> Part:
    return (f"kind: {kind}", 1.0)


@cache
def _form_part(form: str, bearer: str) -> Part:
    return (f"name form: {form} ({bearer})", 1.0)


def _form_parts(
    hit: NameHit, kind: str, names: frozenset[str], hint: Precision | None
) -> list[Part]:
    parts = [_form_part(hit.form, kind if kind in _UNIT_KINDS else "place")]
    own = hit.feature.name.casefold()
    if own in names or (hint == "admin1" and any(own.startswith(name) for name in names)):
        parts.append(("bears the name itself", 1.0))
    return parts


def _size_parts(feature: Feature, kind: str, largest: int) -> list[Part]:
    size = log10(feature.population + 1)
    if kind in {"country", "admin1", "admin2"}:
        return [(f"people in the {kind}", size / 7)]
    if kind in {"capital", "seat", "settlement", "neighbourhood"}:
        gap = log10((feature.population + 1) / (largest + 1))
        return [("people", size / 7), ("people, against the largest namesake", max(gap, -4.0) / 4)]
    return [(f"reach of the {kind}", log10(feature.extent_m / 1000 + 1) / 3)]


def _stage_parts(stage: str, reading: Reading, kind: str, words: int) -> list[Part]:
    parts: list[Part] = []
    if stage == "bare" and not reading.is_part:
        parts.append((_BARE, 1.0))
    if reading.is_part:
        parts.append((f"a part of it: {'unit' if kind in _UNIT_KINDS else 'place'}", 1.0))
    if stage == "pieces":
        parts.append((_PIECE, 1.0))
        parts.append(("words of the piece", words / 4))
        parts.append((f"piece: {kind}", 1.0))
    return parts


class _Found(NamedTuple):
    hit: NameHit
    stage: str
    words: int


def _look_up(names: Iterable[str], stage: str, gazetteer: Gazetteer, language: str) -> list[_Found]:
    found = []
    for name in names:
        words = name.count(" ") + 1
        found += [_Found(hit, stage, words) for hit in gazetteer.lookup(name, language=language)]
    return found


def _search(reading: Reading, gazetteer: Gazetteer, language: str) -> list[_Found]:
    """Full names; then bare ones when no full name is of the kind asked for; then pieces."""
    found = _look_up(reading.full, "full", gazetteer, language)
    asked = reading.type_hint
    if not found or (asked and all(one.hit.feature.precision != asked for one in found)):
        found += _look_up(reading.bare, "bare", gazetteer, language)
    if asked == "admin1" and found and all(one.hit.feature.precision != asked for one in found):
        found += _regions_of(found, gazetteer)
    if not found:
        found = _look_up(reading.pieces, "pieces", gazetteer, language)
        found = [one for one in found if _is_telling(one.hit)]
    return found


def _regions_of(found: list[_Found], gazetteer: Gazetteer) -> list[_Found]:
    """The first-level units that the cities found are the seats of."""
    regions = []
    for one in found[:3]:
        unit = gazetteer.admin1_of(one.hit.feature)
        if unit is not None and one.hit.feature.code in {"PPLA", "PPLC"}:
            regions.append(_Found(_borne_by(unit, one.hit), "bare", one.words))
    return regions


def _borne_by(unit: Feature, hit: NameHit) -> NameHit:
    """The same hit, had the unit borne the name."""
    return type(hit)(unit, hit.name, hit.form, hit.language, hit.period)


def _is_telling(hit: NameHit) -> bool:
    """A piece of a name tells where it is only if it is a place that many know."""
    return hit.feature.precision in _UNIT_KINDS or hit.feature.population >= 15_000


def _distinct(found: list[_Found]) -> list[_Found]:
    """One row a feature, its first; the most populous kept when there are too many."""
    rows = {one.hit.feature.id: one for one in reversed(found)}
    kept = list(reversed(rows.values()))
    limit = _KEPT_OF_PIECES if kept and kept[0].stage == "pieces" else _KEPT
    if len(kept) <= limit:
        return kept
    return sorted(kept, key=_prominence, reverse=True)[:limit]


def _prominence(one: _Found) -> tuple[bool, int, str]:
    feature = one.hit.feature
    return feature.precision in _UNIT_KINDS, feature.population, feature.id


def find_options(
    names: tuple[str, ...], gazetteer: Gazetteer, language: str, type_hint: Precision | None
) -> tuple[Option, ...]:
    """Every option for a name given in forms `names`, best known first, without scores."""
    reading, found = _first_found(names, gazetteer, language, type_hint)
    rows = _distinct(found)
    own = frozenset(tidy(form).casefold() for form in (*names, *reading.full, *reading.bare))
    largest = max((one.hit.feature.population for one in rows if _is_place(one)), default=0)
    home = home_countries(language) if language in _FAR_FROM_ENGLISH else frozenset()
    options = [_option(one, reading, own, largest, home) for one in rows]
    cities = {
        level: [option.feature for option in options if _is_city(option, level)]
        for level in ("admin1", "admin2")
    }
    is_city = any(
        option.feature.population >= _CITY and option.form in _OWN_FORMS
        for option in options
        if option.kind not in _UNIT_KINDS
    )
    return tuple(
        _told_from_large(option)
        if is_city and option.kind in _PEOPLELESS
        else _told_from_city(option, cities.get(option.kind, []))
        for option in options
    )


def _told_from_large(option: Option) -> Option:
    """A river or range of a large city's name is mostly called by its kind, not the city."""
    return option._replace(parts=(*option.parts, _LARGE_NAMESAKE))


def _is_city(option: Option, level: str) -> bool:
    """Whether a unit of a level may be named after it: a large place, or the seat of such units."""
    if option.kind in {"capital", "seat"}:
        return True
    is_seat = level == "admin2" and option.feature.code.startswith("PPLA")
    return option.kind == "settlement" and (option.feature.population >= _CITY or is_seat)


def _told_from_city(option: Option, cities: list[Feature]) -> Option:
    """A unit that bears the name of its own city is mostly not what a bare name means."""
    if any(_is_about(option.feature, city) for city in cities):
        short = any(name == _SHORT for name, _ in option.parts)
        named = "is short for the unit of a city so named" if short else "bears its city's name"
        parts = (*option.parts, (named, 1.0))
        return option._replace(parts=parts, level="place")
    return option


def _is_about(unit: Feature, city: Feature) -> bool:
    """Whether a unit holds a city, or lies about one that is a unit of its own."""
    if unit.id in {city.admin1_id, city.admin2_id}:
        return True
    near = abs(unit.lat - city.lat) < _BESIDE and abs(unit.lon - city.lon) < _BESIDE
    return unit.country == city.country and near


def _first_found(
    names: tuple[str, ...], gazetteer: Gazetteer, language: str, type_hint: Precision | None
) -> tuple[Reading, list[_Found]]:
    """What the best form gives, and worse forms only while the kind asked for is missing."""
    found: list[_Found] = []
    reading = Reading(())
    for name in names:
        reading = read_name(name, language, type_hint)
        more = _search(reading, gazetteer, language)
        found += [one for one in more if one.stage != "pieces"] or ([] if found else more)
        asked = reading.type_hint
        if any(one.stage != "pieces" for one in found) and (
            asked is None or any(one.hit.feature.precision == asked for one in found)
        ):
            break
    if any(one.stage != "pieces" for one in found):
        found = [one for one in found if one.stage != "pieces"]
    return reading, found


def _is_place(one: _Found) -> bool:
    return one.hit.feature.precision not in _UNIT_KINDS


def _option(
    one: _Found, reading: Reading, own: frozenset[str], largest: int, home: frozenset[str]
) -> Option:
    feature = one.hit.feature
    kind = kind_of(feature)
    within, key = keys_of(feature, kind)
    parts = [
        _kind_part(kind),
        *_size_parts(feature, kind, largest),
        *_form_parts(one.hit, kind, own, reading.type_hint),
        *_agreement(reading.type_hint, kind),
        *_stage_parts(one.stage, reading, kind, one.words),
    ]
    if kind in {"admin1", "admin2"} and not reading.type_hint and has_type(feature.name):
        parts.append((_SHORT, 1.0))
    if within[0] in home and kind != "country":
        parts.append(_AT_HOME)
    up, right = feature.lat / _GRID, feature.lon / _GRID
    row, col = floor(up), floor(right)
    cells = ((row, col), (row, col + 1), (row + 1, col), (row + 1, col + 1))
    cell = (round(up), round(right))
    wide = (floor(feature.lat / _WIDE), floor(feature.lon / _WIDE))
    level = kind if kind in _UNIT_KINDS else "place"
    return Option(feature, kind, within, key, cell, cells, wide, tuple(parts), level, one.hit.form)
