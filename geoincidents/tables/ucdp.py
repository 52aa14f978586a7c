"""One row of UCDP GED ↔ one incident."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geoincidents.errors import ReportError
from geoincidents.model import (
    Actor,
    Claim,
    Estimate,
    EventLocation,
    Incident,
    Location,
    Provenance,
    Report,
    Verification,
)
from geoincidents.tables import cells
from geoincidents.tables.common import main_place, named_actor, report_of, toll
from geoincidents.tables.schema import countries, country_codes, schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geoincidents.model import Precision, TimePrecision
    from geoincidents.tables.common import Reports

#: Radius in metres that where_prec leaves open; 2 is "within about 25 km".
_RADIUS_M = {
    "settlement": 5_000.0,
    "vicinity": 25_000.0,
    "admin2": 40_000.0,
    "admin1": 120_000.0,
    "region": 150_000.0,
    "country": 500_000.0,
    "sea": 200_000.0,
}
#: Deaths by side: parts of the total, no rivals of it.
_SIDES = {
    "deaths_a": "side a",
    "deaths_b": "side b",
    "deaths_civilians": "civilians",
    "deaths_unknown": "unknown",
}
#: PRIO-GRID: cells of half a degree, counted from the south-west, row by row.
_GRID_DEGREES, _GRID_COLUMNS = 0.5, 720


def incident_of(row: Mapping[str, str], where: str) -> tuple[Incident, Report]:
    """Incident and report of a row.

    Raises
    ------
    ReportError
        When the row has no readable date.
    """
    start, end = cells.day(row["date_start"]), cells.day(row.get("date_end", ""))
    if start is None:
        raise ReportError(f"{where}: date_start {row['date_start']!r} is no date; mend it.")
    codes = schema("ucdp")
    precision: TimePrecision = codes["time"]["read"].get(_code(row, "date_prec"), "day")
    event_type, sub_event_type = codes["kind"]["read"].get(
        _code(row, "type_of_violence"), codes["kind"]["read"]["1"]
    )
    report = _report(row)
    source = Provenance(report.id, 0, len(report.text), report.text)
    incident = Incident(
        id=report.id,
        event_type=event_type,
        sub_event_type=sub_event_type,
        time=cells.interval(start, end or start, precision, row["date_start"]),
        locations=_locations(row, source),
        claims=_claims(row, source),
        estimates=_estimates(row),
        actors=_actors(row, source),
        weapons=(),
        responses=(),
        verification=Verification("claimed"),
        reports=(report.id,),
        sources=(source,),
        confidence=0.9,
    )
    return incident, report


def _code(row: Mapping[str, str], column: str) -> str:
    return str(cells.integer(row.get(column, "")))


def _report(row: Mapping[str, str]) -> Report:
    days = [day for cell in row.get("source_date", "").split(";") if (day := cells.day(cell))]
    return report_of(
        f"ucdp:{cells.integer(row.get('id', '')) or row.get('id', '')}",
        row.get("source_headline") or row.get("source_article", ""),
        publisher=row.get("source_office", ""),
        published=min(days).date().isoformat() if days else None,
    )


def _locations(row: Mapping[str, str], source: Provenance) -> tuple[EventLocation, ...]:
    spot = cells.position(row.get("latitude", ""), row.get("longitude", ""))
    if spot is None:
        return ()
    precision: Precision = schema("ucdp")["precision"]["read"].get(
        _code(row, "where_prec"), "region"
    )
    location = Location(
        name=row.get("where_coordinates") or None,
        lat=spot[0],
        lon=spot[1],
        precision=precision,
        uncertainty_m=_RADIUS_M[precision],
        confidence=0.9,
        country=country_codes().get(row.get("country", "")),
        country_name=row.get("country") or None,
        admin1=row.get("adm_1") or None,
        admin2=row.get("adm_2") or None,
        evidence=(f"UCDP where_prec {row['where_prec']}",),
    )
    return (EventLocation("target", location, source),)


def _estimates(row: Mapping[str, str]) -> dict[str, Estimate]:
    best = cells.integer(row["best"])
    if best is None:
        return {}
    low, high = (cells.integer(row.get(name, "")) for name in ("low", "high"))
    return {"killed": Estimate(best if low is None else low, best, best if high is None else high)}


def _claims(row: Mapping[str, str], source: Provenance) -> tuple[Claim, ...]:
    """The best figure as the total, its bounds, and the deaths of each side as its parts."""
    claims = []
    for estimate in _estimates(row).values():
        claims.append(Claim("killed", estimate.best, estimate.best, "exact", source))
        if (estimate.low, estimate.high) != (estimate.best, estimate.best):
            claims.append(Claim("killed", estimate.low, estimate.high, "about", source))
    for column, subject in _SIDES.items():
        deaths = cells.integer(row.get(column, ""))
        if deaths:
            part = Claim("killed", deaths, deaths, "exact", source, subject=subject, is_part=True)
            claims.append(part)
    return tuple(claims)


def _actors(row: Mapping[str, str], source: Provenance) -> tuple[Actor, ...]:
    by = row.get("source_original") or None
    sides = []
    if row.get("side_a"):
        sides.append(Actor("accused", row["side_a"], by, source))
    if row.get("side_b"):
        sides.append(Actor("target", row["side_b"], by, source))
    return tuple(sides)


def row_of(incident: Incident, reports: Reports) -> dict[str, str]:
    """Cells of UCDP GED's columns that an incident can fill; the others are left out."""
    codes, place, killed = schema("ucdp"), main_place(incident), toll(incident, "killed")
    row = {
        "id": incident.id.removeprefix("ucdp:"),
        "code_status": "Clear",
        "type_of_violence": str(codes["kind"]["write"].get(incident.event_type, "")),
        "side_a": named_actor(incident, "claimed", "accused"),
        "side_b": named_actor(incident, "target"),
        "number_of_sources": str(len(incident.reports)),
        "event_clarity": "1" if len(incident.locations) == 1 else "2",
        **_source_cells(incident, reports),
        **_death_cells(incident),
        "best": str(killed.best) if killed else "0",
        "high": str(killed.high) if killed else "0",
        "low": str(killed.low) if killed else "0",
    }
    if incident.time is not None:
        row |= {
            "year": str(incident.time.start.year),
            "date_prec": str(codes["time"]["write"][incident.time.precision]),
            "date_start": incident.time.start.date().isoformat(),
            "date_end": incident.time.end.date().isoformat(),
        }
    return row | (_place_cells(place) if place is not None else {})


def _source_cells(incident: Incident, reports: Reports) -> dict[str, str]:
    told = [reports[name] for name in incident.reports if name in reports]
    offices = [report.publisher or report.id for report in told]
    dates = [(report.published or "")[:10] for report in told]
    headlines = [(report.title or "").replace(";", ",") for report in told]
    articles = zip(offices, dates, headlines, strict=True)
    claimants = dict.fromkeys(claim.claimant for claim in incident.claims if claim.claimant)
    return {
        "source_article": ";".join(f'"{",".join(article)}"' for article in articles),
        "source_office": ";".join(offices),
        "source_date": ";".join(dates),
        "source_headline": ";".join(headlines),
        "source_original": "; ".join(claimants),
    }


def _death_cells(incident: Incident) -> dict[str, str]:
    """Deaths by side where they are told; what no side is told for is unknown."""
    by_side = {
        column: sum(c.min or 0 for c in incident.claims if c.is_part and c.subject == subject)
        for column, subject in _SIDES.items()
    }
    if not any(by_side.values()) and (killed := toll(incident, "killed")):
        by_side["deaths_unknown"] = killed.best
    return {column: str(deaths) for column, deaths in by_side.items()}


def _place_cells(place: Location) -> dict[str, str]:
    country = countries().get(place.country or "", {})
    lon, lat = cells.plain(place.lon), cells.plain(place.lat)
    return {
        "where_prec": str(schema("ucdp")["precision"]["write"][place.precision]),
        "where_coordinates": place.name or "",
        "adm_1": place.admin1 or "",
        "adm_2": place.admin2 or "",
        "latitude": lat,
        "longitude": lon,
        "geom_wkt": f"POINT ({lon} {lat})",
        "priogrid_gid": str(priogrid(place.lat, place.lon)),
        "country": country.get("ucdp") or place.country_name or "",
        "country_id": str(country.get("gw", "")),
        "region": country.get("ucdp_region", ""),
    }


def priogrid(lat: float, lon: float) -> int:
    """Number of the PRIO-GRID cell of a position in degrees (Tollefsen et al. 2012).

    >>> priogrid(50.45, 30.52333)
    202022
    """
    row = min(math.floor((lat + 90) / _GRID_DEGREES), 359)
    column = min(math.floor((lon + 180) / _GRID_DEGREES), _GRID_COLUMNS - 1)
    return row * _GRID_COLUMNS + column + 1
