"""One row of ACLED ↔ one incident."""

from __future__ import annotations

from datetime import UTC, datetime
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
from geoincidents.tables.common import main_place, named_actor, report_of, sources_told, toll
from geoincidents.tables.schema import countries, country_codes, schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geoincidents.model import ActorRole, Precision, TimePrecision
    from geoincidents.tables.common import Reports

#: Radius in metres that ACLED's codes leave open: a town, its surroundings, a province.
_RADIUS_M = {"settlement": 5_000.0, "vicinity": 25_000.0, "admin1": 120_000.0}
#: Who demonstrates says so; who attacks is said to.
_OPEN_EVENTS = frozenset({"Protests", "Riots"})


def incident_of(row: Mapping[str, str], where: str) -> tuple[Incident, Report]:
    """Incident and report of a row.

    Raises
    ------
    ReportError
        When the row has no readable date.
    """
    start = cells.day(row["event_date"])
    if start is None:
        raise ReportError(f"{where}: event_date {row['event_date']!r} is no date; mend it.")
    codes = schema("acled")["time"]["read"]
    precision: TimePrecision = codes.get(str(cells.integer(row.get("time_precision", ""))), "day")
    report = _report(row)
    source = Provenance(report.id, 0, len(report.text), report.text)
    killed = cells.integer(row.get("fatalities", ""))
    claims = (
        ()
        if killed is None
        else (Claim("killed", killed, killed, "exact", source, published=report.published),)
    )
    incident = Incident(
        id=report.id,
        event_type=row.get("event_type", ""),
        sub_event_type=row["sub_event_type"],
        time=cells.interval(start, None, precision, row["event_date"]),
        locations=_locations(row, source),
        claims=claims,
        estimates={} if killed is None else {"killed": Estimate(killed, killed, killed)},
        actors=_actors(row, source),
        weapons=(),
        responses=(),
        verification=Verification("claimed"),
        reports=(report.id,),
        sources=(source,),
        confidence=0.9,
    )
    return incident, report


def _report(row: Mapping[str, str]) -> Report:
    stamp = cells.number(row.get("timestamp", ""))
    try:
        published = None if stamp is None else datetime.fromtimestamp(stamp, UTC).isoformat()
    except (OverflowError, ValueError, OSError):
        published = None
    return report_of(
        f"acled:{row['event_id_cnty']}",
        row.get("notes", ""),
        publisher=row.get("source", ""),
        published=published,
    )


def _locations(row: Mapping[str, str], source: Provenance) -> tuple[EventLocation, ...]:
    spot = cells.position(row.get("latitude", ""), row.get("longitude", ""))
    if spot is None:
        return ()
    codes = schema("acled")["precision"]["read"]
    precision: Precision = codes.get(str(cells.integer(row["geo_precision"])), "settlement")
    iso = str(cells.integer(row.get("iso", "")) or "")
    location = Location(
        name=row.get("location") or None,
        lat=spot[0],
        lon=spot[1],
        precision=precision,
        uncertainty_m=_RADIUS_M[precision],
        confidence=0.9,
        country=country_codes().get(iso) or country_codes().get(row.get("country", "")),
        country_name=row.get("country") or None,
        admin1=row.get("admin1") or None,
        admin2=row.get("admin2") or None,
        evidence=(f"ACLED geo_precision {row['geo_precision']}",),
    )
    return (EventLocation("target", location, source),)


def _actors(row: Mapping[str, str], source: Provenance) -> tuple[Actor, ...]:
    first: ActorRole = "claimed" if row.get("event_type") in _OPEN_EVENTS else "accused"
    roles: tuple[tuple[ActorRole, str], ...] = ((first, "actor1"), ("target", "actor2"))
    by = row.get("source") or None
    return tuple(Actor(role, row[key], by, source) for role, key in roles if row.get(key))


def row_of(incident: Incident, reports: Reports) -> dict[str, str]:
    """Cells of ACLED's columns that an incident can fill; the others are left out."""
    codes, place = schema("acled"), main_place(incident)
    time, killed = incident.time, toll(incident, "killed")
    row = {
        "event_id_cnty": incident.id.removeprefix("acled:"),
        "disorder_type": codes["disorder_of_sub_event"].get(
            incident.sub_event_type, codes["disorder"].get(incident.event_type, "")
        ),
        "event_type": incident.event_type,
        "sub_event_type": incident.sub_event_type,
        "actor1": named_actor(incident, "claimed", "accused"),
        "actor2": named_actor(incident, "target"),
        "source": sources_told(incident, reports),
        "notes": " ".join(dict.fromkeys(source.text for source in incident.sources)),
        # one figure, the most conservative, as ACLED's codebook asks; none told is none
        "fatalities": str(killed.low) if killed else "0",
    }
    if time is not None:
        row |= {
            "event_date": time.start.date().isoformat(),
            "year": str(time.start.year),
            "time_precision": str(codes["time"]["write"][time.precision]),
        }
    return row | (_place_cells(place) if place is not None else {})


def _place_cells(place: Location) -> dict[str, str]:
    country = countries().get(place.country or "", {})
    code = schema("acled")["precision"]["write"][place.precision]
    return {
        "iso": str(country.get("numeric", "")),
        "region": country.get("acled_region", ""),
        "country": place.country_name or country.get("name", ""),
        "admin1": place.admin1 or "",
        "admin2": place.admin2 or "",
        "location": place.name or "",
        "latitude": cells.plain(place.lat),
        "longitude": cells.plain(place.lon),
        "geo_precision": str(code),
    }
