"""First-level units: GeoNames' list of them, with Natural Earth's polygons and names."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from math import cos, radians
from typing import TYPE_CHECKING

import shapely

from geoincidents.gazetteer.sources.boundaries import Unit, inner_point, merged
from geoincidents.gazetteer.sources.curated import read_table, values
from geoincidents.gazetteer.sources.drafts import Draft
from geoincidents.gazetteer.sources.names import is_usable, name_key, script_of, without_type
from geoincidents.gazetteer.sources.settlements import distance_km

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geoincidents.gazetteer.sources.packages import Sources

#: A unit below this area, most of whose people live in one city, is that city.
_CITY_UNIT_KM2 = 17_000.0
_CITY_UNIT_SHARE = 0.6
#: Countries whose first-level units are plain names even where a city bears the same.
_PLAIN_NAMES = frozenset({"US", "CA", "AU", "DE", "AT", "CH", "MX", "BR"})
#: Population above which a city is meant before the unit of its name.
_LARGE_CITY = 300_000
_SEATS = ("PPLC", "PPLA")
_KM_PER_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Seats:
    """The settlements of each first-level unit, and which of them is its seat."""

    members: dict[str, list[Draft]]
    seat: dict[str, Draft]

    @classmethod
    def of(cls, settlements: Iterable[Draft]) -> Seats:
        """Group settlements by the code in `admin1`."""
        members: dict[str, list[Draft]] = defaultdict(list)
        for draft in settlements:
            if draft.admin1 and draft.precision == "settlement":
                members[draft.admin1].append(draft)
        seat = {}
        for code, drafts in members.items():
            seats = [d for c in _SEATS for d in drafts if d.code == c]
            if seats:
                seat[code] = max(seats, key=lambda d: (d.code == "PPLA", d.population))
        return cls(members, seat)


def read_first_level(
    sources: Sources, units: Iterable[Unit], seats: Seats
) -> tuple[dict[str, Draft], dict[str, list[Unit]]]:
    """First-level units by GeoNames code, and the polygons that each is made of."""
    names = {row["code"]: row["name"] for row in json.loads(sources.read("cities-json", "admin1"))}
    polygons: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        polygons[unit.code or unit.key].append(unit)
    ids = _geonames_ids(sources)
    points = {row["code"]: (float(row["lon"]), float(row["lat"])) for row in _point_rows()}
    drafts: dict[str, Draft] = {}
    taken: set[str] = set()
    for code in sorted({*names, *polygons}):
        parts = polygons.get(code, [])
        draft = _draft(code, names.get(code), parts, seats, points.get(code))
        if draft is None:
            continue
        draft.id = _choose_id(code, parts, ids, taken)
        taken.add(draft.id)
        drafts[code] = draft
    add_russian_names(sources, drafts)
    add_curated_names(drafts, {seat.id: seat for seat in seats.seat.values()})
    return drafts, dict(polygons)


def _point_rows() -> Iterable[Mapping[str, str]]:
    return read_table("points", "code", "lat", "lon")


def _geonames_ids(sources: Sources) -> dict[str, str]:
    ids = {}
    for country in json.loads(sources.read("iso3166-2-db", "regions")).values():
        for region in country["regions"]:
            number = (region.get("reference") or {}).get("geonames")
            if region.get("admin") and number:
                ids[f"{country['iso']}.{region['admin']}"] = f"geonames:{number}"
    return ids


def _choose_id(code: str, parts: list[Unit], ids: Mapping[str, str], taken: set[str]) -> str:
    only = parts[0].properties if len(parts) == 1 else {}
    number = only.get("gn_id")
    exact = only.get("gn_level") == 1 and only.get("gn_a1_code") in {code, None, ""}
    found = f"geonames:{number}" if exact and isinstance(number, int) and number > 0 else None
    for candidate in (found, ids.get(code)):
        if candidate and candidate not in taken:
            return candidate
    return f"gi:admin1/{code.lower()}"


def _draft(
    code: str,
    name: str | None,
    parts: list[Unit],
    seats: Seats,
    point: tuple[float, float] | None,
) -> Draft | None:
    members = seats.members.get(code, [])
    if not parts and not members:
        return None
    draft = Draft(id="", name=name or _own_name(parts[0]), code="ADM1", precision="admin1",
                  lat=0.0, lon=0.0, country=parts[0].country if parts else code[:2],
                  population=sum(member.population for member in members),
                  source="GeoNames" + (", Natural Earth 10m" if parts else ""),
                  licence="CC-BY-4.0")  # fmt: skip
    if not draft.name:
        return None
    _place(draft, parts, members, point)
    seat = seats.seat.get(code)
    if seat is not None:
        draft.capital = seat.id
    _name(draft, parts, seat, members)
    return draft


def _own_name(unit: Unit) -> str:
    return unit.text("name_en") or unit.text("name") or unit.text("woe_name")


def _place(
    draft: Draft, parts: list[Unit], members: list[Draft], point: tuple[float, float] | None
) -> None:
    """Point, polygon and extent: GeoNames' point, else the centre of the polygon or members."""
    if parts:
        geometry = merged(part.geometry for part in parts)
        draft.geometry = shapely.to_wkb(geometry)
        draft.lon, draft.lat = inner_point(geometry)
        filed = {part.filed_under for part in parts} - {draft.country}
        draft.source_country = filed.pop() if len(filed) == 1 else None
        draft.codes = tuple(part.iso for part in parts if part.iso and "~" not in part.iso)[:1]
    else:
        draft.lon, draft.lat = weighted_centre(members)
        draft.extent_m = reach_of_m(draft, members)
    if point is not None:
        draft.lon, draft.lat = point


def weighted_centre(members: list[Draft]) -> tuple[float, float]:
    """Centre of settlements as lon, lat, weighted by the root of their population."""
    weights = [max(1.0, member.population**0.5) for member in members]
    total = sum(weights)
    lon = sum(w * m.lon for w, m in zip(weights, members, strict=True)) / total
    lat = sum(w * m.lat for w, m in zip(weights, members, strict=True)) / total
    return lon, lat


def reach_of_m(draft: Draft, members: list[Draft]) -> float:
    """Radius in metres about a unit's point that holds nineteen in twenty of its settlements.

    A margin of 3 km stands for the land about the outermost ones.
    """
    distances = sorted(distance_km(draft, member) for member in members)
    return 1000.0 * (distances[min(len(distances) - 1, int(0.95 * len(distances)))] + 3.0)


def _is_city(parts: list[Unit], seat: Draft | None, members: list[Draft]) -> bool:
    if seat is None or not parts:
        return False
    share = seat.population / max(1, sum(member.population for member in members))
    degrees = sum(part.geometry.area for part in parts)
    area = degrees * _KM_PER_DEGREE**2 * cos(radians(seat.lat))
    return share >= _CITY_UNIT_SHARE and area < _CITY_UNIT_KM2 and seat.population > 300_000


def _name(draft: Draft, parts: list[Unit], seat: Draft | None, members: list[Draft]) -> None:
    bare = without_type(draft.name)
    city_names = _all_names(seat) if seat else set()
    largest = max(members, key=lambda member: member.population, default=None)
    if largest is not None and largest.population > _LARGE_CITY:
        # New York is the city before it is the state, though Albany is the seat.
        city_names |= _all_names(largest)
    kind = _type_word(draft.country, parts)
    is_city = _is_city(parts, seat, members)
    names = {draft.name, bare, *(text for part in parts for text in _unit_names(part, len(parts)))}
    if is_city:
        draft.precision = "settlement"
        draft.name = draft.name if name_key(draft.name) not in city_names else f"City of {bare}"
        names = {name for name in names if name_key(name) not in city_names}
    elif draft.country not in _PLAIN_NAMES and name_key(draft.name) in city_names and kind:
        draft.name = f"{bare} {kind}"
    if kind and not is_city:
        draft.add_name(f"{bare} {kind}", "official", "en")
    for name in sorted(names):
        draft.add_name(name)
    for part in parts if len(parts) == 1 else ():
        _add_translations(draft, part, city_names, is_city=is_city)


def _all_names(draft: Draft) -> set[str]:
    return {name_key(draft.name), *(name_key(name.text) for name in draft.names.values())}


def _type_word(country: str | None, parts: list[Unit]) -> str:
    if country in {"UA", "RU", "BY", "KZ", "KG", "BG"}:
        kinds = {part.text("type") for part in parts}
        if not parts or any("blast" in kind or "obl" in kind.casefold() for kind in kinds):
            return "Oblast"
    word = parts[0].text("type_en").split("|")[0].split("/")[0] if parts else "Province"
    return word if word and word[:1].isupper() and len(word) < 30 else "Province"


def _unit_names(unit: Unit, siblings: int) -> Iterable[str]:
    if siblings > 1:
        return
    alternates = unit.text("name_alt").split("|")
    for text in (unit.text("name"), unit.text("name_en"), unit.text("woe_name"), *alternates):
        if is_usable(text) and text[-1] not in "£¤" and script_of(text) == "latin":
            yield text


def _add_translations(draft: Draft, unit: Unit, city_names: set[str], *, is_city: bool) -> None:
    for language in ("ru", "uk"):
        text = unit.text(f"name_{language}")
        if not text or (is_city and name_key(text) in city_names):
            continue
        same_as_city = name_key(text) in city_names
        draft.add_name(text, "alternate" if same_as_city else "official", language)
    if unit.text("abbrev"):
        draft.add_name(unit.text("abbrev"), "abbreviation", "en")
    if unit.country in {"US", "CA", "AU"} and unit.text("postal"):
        draft.add_name(unit.text("postal"), "code", "en")


def add_russian_names(sources: Sources, drafts: Mapping[str, Draft]) -> None:
    """Russian names of units that Natural Earth does not name in Russian."""
    for country in json.loads(sources.read("iso3166-2-db", "regions")).values():
        for region in country["regions"]:
            draft = drafts.get(f"{country['iso']}.{region.get('admin')}")
            text = region.get("names", {}).get("ru", "")
            if draft is not None and draft.precision == "admin1" and script_of(text) == "cyrillic":
                draft.add_name(text, "alternate", "ru")


def add_curated_names(drafts: Mapping[str, Draft], cities: Mapping[str, Draft]) -> None:
    """Names of first-level units from ``admin1.csv``: official, common, short, abbreviated."""
    for row in read_table("admin1", "code", "main", "en", "ru", "uk", "short"):
        draft = drafts.get(row["code"])
        if draft is None:
            continue
        if row["main"]:
            draft.add_name(draft.name)
            draft.name = row["main"]
        if row["main"].endswith(" City"):
            make_city(draft, cities[draft.capital] if draft.capital else None)
        for language in ("en", "ru", "uk"):
            draft.add_names(values(row[language]), "official", language)
        city = cities.get(draft.capital or "")
        seat_names = _all_names(city) if city is not None else set()
        for text in values(row["short"]):
            # A city is meant before the unit about it, unless the words say "oblast".
            draft.add_name(text, "alternate" if name_key(text) in seat_names else "common")
        draft.add_names(values(row.get("abbreviation", "")), "abbreviation")


def make_city(draft: Draft, city: Draft | None) -> None:
    """Make a unit that is a city a settlement, found by its own names but not the city's."""
    draft.precision = "settlement"
    own = _all_names(city) if city is not None else set()
    for entry, name in list(draft.names.items()):
        if name_key(name.text) in own:
            del draft.names[entry]


def first_level_codes(sources: Sources) -> set[str]:
    """GeoNames' codes of the first-level units of the world ("UA.07")."""
    return {row["code"] for row in json.loads(sources.read("cities-json", "admin1"))}
