"""Second-level units: GeoNames' names and codes, with what is known of where they lie.

A unit's place is, in this order: the polygon of a county of the United States or of
a finer Natural Earth unit of that name; its settlements; the settlement whose name it
bears. A unit of which none is known is left out.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING

import shapely

from geoincidents.gazetteer.sources.boundaries import Unit, inner_point
from geoincidents.gazetteer.sources.curated import read_table, values
from geoincidents.gazetteer.sources.drafts import Draft
from geoincidents.gazetteer.sources.names import name_key, without_type
from geoincidents.gazetteer.sources.topojson import polygons
from geoincidents.gazetteer.sources.units import reach_of_m, weighted_centre

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from shapely.geometry.base import BaseGeometry

    from geoincidents.gazetteer.sources.packages import Sources

#: Counties that papers name without the word ("in Logan and Boone counties").
_COUNTY = re.compile(r"\s+(?:County|Parish|Borough|Census Area)$")
_BARE_COUNTIES = frozenset({"US", "CA", "KE", "IE", "LR"})
_RAION = re.compile(r"\s+(?:rayon|raion|district)$", re.IGNORECASE)
#: GeoNames' second-level codes of these countries are ids of the units themselves.
_CODES_ARE_IDS = frozenset({"RU"})
_SMALLEST_EXTENT_M = 8000.0
#: Radius of a district of Ukraine, Russia or Belarus of which only the seat is known.
_USUAL_DISTRICT_M = 25_000.0
#: Countries whose districts are named by the adjective of their seat (Rylsk, Rylskiy Rayon).
_ADJECTIVAL = frozenset({"UA", "RU", "BY"})
_ADJECTIVE = re.compile(r"(?:in|ov|yev|ev|iv|an|yan|en)?s[’']?k(?:iy|yi|yy|y|ii|i|oy|oi)$")
_ENDING = re.compile(r"(?:iy|yi|yy|ii|y|i)$")
_SHORTEST_STEM = 4


class Places:
    """Where second-level units lie, by code and by name."""

    def __init__(
        self,
        settlements: Iterable[Draft],
        counties: Mapping[str, BaseGeometry],
        finer: Mapping[tuple[str, str], Unit],
    ) -> None:
        self.counties = counties
        self.finer = finer
        self.members: dict[str, list[Draft]] = defaultdict(list)
        self.named: dict[tuple[str | None, str], Draft] = {}
        for draft in settlements:
            if draft.admin2:
                self.members[draft.admin2].append(draft)
            for text in (draft.name, *(name.text for name in draft.names.values())):
                key = (draft.admin1, name_key(text))
                if key not in self.named or self.named[key].population < draft.population:
                    self.named[key] = draft
        self.by_stem: dict[tuple[str | None, str], list[tuple[str, Draft]]] = defaultdict(list)
        for (first, name), draft in self.named.items():
            if draft.country in _ADJECTIVAL:
                self.by_stem[first, name[:_SHORTEST_STEM]].append((name, draft))

    def namesake(self, draft: Draft) -> Draft | None:
        """The settlement whose name the unit bears, or whose adjective its name is."""
        bare = name_key(without_type(draft.name))
        found = self.named.get((draft.admin1, bare))
        if found is None and draft.country in _ADJECTIVAL:
            found = self.named.get((draft.admin1, _ENDING.sub("", bare)))
        stem = _ADJECTIVE.sub("", bare)
        if found is None and stem != bare and len(stem) >= _SHORTEST_STEM:
            near = [
                place
                for key, place in self.by_stem.get((draft.admin1, stem[:_SHORTEST_STEM]), ())
                if key.startswith(stem) and len(key) <= len(stem) + 4
            ]
            found = max(near, key=lambda place: place.population, default=None)
        return found


def read_second_level(
    sources: Sources, units: Iterable[Unit], settlements: Iterable[Draft]
) -> dict[str, Draft]:
    """Second-level units by GeoNames code, or by Natural Earth's where GeoNames has none.

    `admin1` still holds GeoNames' first-level code.
    """
    units = list(units)
    places = Places(settlements, read_counties(sources, units), finer_units(units))
    drafts: dict[str, Draft] = {}
    for row in json.loads(sources.read("cities-json", "admin2")):
        draft = _draft(row["code"], row["name"])
        if _place(draft, row["code"], places):
            drafts[row["code"]] = draft
    known = {(draft.admin1, name_key(without_type(draft.name))) for draft in drafts.values()}
    for (code, key), unit in places.finer.items():
        if (code, key) not in known:
            drafts[unit.key] = _finer_draft(code, unit)
    for draft in drafts.values():
        add_district_names(draft)
    add_curated_districts(drafts, places)
    return drafts


def read_counties(sources: Sources, units: Iterable[Unit]) -> dict[str, BaseGeometry]:
    """Polygons of the counties of the United States by GeoNames code ("US.AL.001")."""
    states = {
        unit.text("fips")[2:]: unit.code
        for unit in units
        if unit.country == "US" and unit.text("fips")
    }
    topology = json.loads(sources.read("us-atlas", "counties"))
    records = [(str(record["id"]), shape) for record, shape in polygons(topology, "counties")]
    simple = shapely.coverage_simplify([shape for _, shape in records], 0.01)
    return {
        f"{states[number[:2]]}.{number[2:]}": shape
        for (number, _), shape in zip(records, simple, strict=True)
        if number[:2] in states
    }


def finer_units(units: Iterable[Unit]) -> dict[tuple[str, str], Unit]:
    """Natural Earth units smaller than GeoNames' first level, by its code and their name."""
    siblings: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        if unit.code:
            siblings[unit.code].append(unit)
    return {
        (code, name_key(without_type(unit.text("name")))): unit
        for code, group in siblings.items()
        if len(group) > 1
        for unit in group
        if unit.text("name")
    }


def _draft(code: str, name: str) -> Draft:
    country, first, number = code.split(".", 2)
    own_id = country in _CODES_ARE_IDS and number.isdecimal()
    return Draft(
        id=f"geonames:{number}" if own_id else f"gi:admin2/{code.lower()}",
        name=name,
        code="ADM2",
        precision="admin2",
        lat=0.0,
        lon=0.0,
        country=country,
        admin1=f"{country}.{first}",
        source="GeoNames",
        licence="CC-BY-4.0",
    )


def _place(draft: Draft, code: str, places: Places) -> bool:
    members = places.members.get(code, [])
    namesake = places.namesake(draft)
    finer = places.finer.get((draft.admin1 or "", name_key(without_type(draft.name))))
    shape = places.counties.get(code) or (finer.geometry if finer else None)
    if shape is not None:
        _set_polygon(draft, shape)
    elif members:
        draft.lon, draft.lat = weighted_centre(members)
        least = _USUAL_DISTRICT_M if draft.country in _ADJECTIVAL else _SMALLEST_EXTENT_M
        draft.extent_m = max(least, reach_of_m(draft, members))
    elif namesake is not None:
        draft.lon, draft.lat = namesake.lon, namesake.lat
        adjectival = draft.country in _ADJECTIVAL
        draft.extent_m = _USUAL_DISTRICT_M if adjectival else _SMALLEST_EXTENT_M
    else:
        return False
    if namesake is not None:
        draft.capital = namesake.id
    bears_city_name = namesake is not None and name_key(draft.name) == name_key(namesake.name)
    draft.population = 0 if bears_city_name else sum(member.population for member in members)
    return True


def _set_polygon(draft: Draft, shape: BaseGeometry) -> None:
    draft.geometry = shapely.to_wkb(shape)
    draft.lon, draft.lat = inner_point(shape)


def _finer_draft(code: str, unit: Unit) -> Draft:
    draft = Draft(
        id=f"gi:admin2/{unit.key.lower()}",
        name=unit.text("name"),
        code="ADM2",
        precision="admin2",
        lat=0.0,
        lon=0.0,
        country=unit.country,
        admin1=code,
        source="Natural Earth 10m",
        licence="LicenseRef-public-domain",
        codes=(unit.iso,) if unit.iso and "~" not in unit.iso else (),
    )
    _set_polygon(draft, unit.geometry)
    draft.add_names((text for text in unit.text("name_alt").split("|") if text), "alternate")
    for language in ("en", "ru", "uk"):
        draft.add_name(unit.text(f"name_{language}"), "common", language)
    return draft


def add_district_names(draft: Draft) -> None:
    """Spell out what a district is called besides: raion, rayon, district; a county's bare name."""
    if draft.country in _BARE_COUNTIES and _COUNTY.search(draft.name):
        draft.add_name(_COUNTY.sub("", draft.name), "alternate", "en")
    if draft.country not in _ADJECTIVAL:
        return
    bare = _RAION.sub("", draft.name)
    if bare != draft.name:
        for kind in ("Raion", "District", "Rayon"):
            draft.add_name(f"{bare} {kind}", "official", "en")


def add_curated_districts(drafts: dict[str, Draft], places: Places) -> None:
    """Names of Ukrainian and Russian districts from ``districts.csv``.

    A row gives the adjective in each language; the names follow from it. A row without
    a GeoNames code belongs to no district of GeoNames, and lies about its seat.
    """
    for row in read_table("districts", "code", "seat", "en", "ru", "uk", "kinds"):
        draft = drafts.get(row["code"])
        if draft is None:
            draft = _about_seat(row, places)
            if draft is None:
                continue
            drafts[row["code"]] = draft
        _curated_names(draft, row)


def _about_seat(row: Mapping[str, str], places: Places) -> Draft | None:
    first = row["code"].rsplit(".", 1)[0]
    seat = places.named.get((first, name_key(row["seat"])))
    if seat is None:
        return None
    draft = _draft(row["code"], row["seat"])
    draft.lon, draft.lat = seat.lon, seat.lat
    draft.extent_m = _USUAL_DISTRICT_M
    draft.capital = seat.id
    draft.source = f"{draft.source}, geoincidents curated"
    return draft


def _curated_names(draft: Draft, row: Mapping[str, str]) -> None:
    english = f"{values(row['en'])[0]} {'District' if draft.country == 'RU' else 'Raion'}"
    if draft.name not in {row["seat"], english}:
        draft.add_name(draft.name)
    draft.name = english
    for text, language in _district_names(row):
        draft.add_name(text, "official", language)
    draft.add_names(values(row["en"]), "alternate", "en")


def _district_names(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    kinds = _KINDS[row["kinds"] or "raion"]
    for language, words in kinds.items():
        for adjective in values(row[language]):
            for word in words:
                yield f"{adjective} {word}", language


_URBAN = {
    "en": ("urban district", "urban okrug", "municipal district", "District", "Raion"),
    "ru": ("городской округ", "муниципальный округ", "район"),
    "uk": ("міський округ", "муніципальний округ", "район"),
}
_RURAL = {
    "en": ("District", "Raion", "municipal district"),
    "ru": ("район", "муниципальный район", "муниципальный округ"),
    "uk": ("район",),
}
_KINDS = {"urban": _URBAN, "raion": _RURAL}
