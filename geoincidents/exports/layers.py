"""Incidents → flat tables with a geometry column: the layers every GIS format writes.

Column names are the contract's field names, flat; lists are JSON text; geometry
is WGS84 in lon, lat order.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from geoincidents.model import PRECISION_ORDER
from geoincidents.records.writing import (
    claim_record,
    footprint,
    location_record,
    mention_record,
    provenance_record,
    report_record,
    response_record,
    time_record,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shapely.geometry.base import BaseGeometry

    from geoincidents.model import EventLocation, Incident, IncidentCollection, Location
    from geoincidents.records.writing import Footprints, Record

ColumnType = Literal["text", "integer", "real", "datetime", "boolean"]
#: Measures that have columns of their own in the flat layers.
TOLLS = ("killed", "injured", "missing", "displaced")


@dataclass(frozen=True, slots=True)
class Layer:
    """A table: typed columns, rows as tuples, and one geometry a row (or none at all)."""

    name: str
    columns: tuple[tuple[str, ColumnType], ...]
    rows: tuple[tuple[Any, ...], ...]
    geometries: tuple[BaseGeometry | None, ...] | None


def as_json(value: Any) -> str | None:
    """Lists and tables as compact JSON text; None where they are empty."""
    if not value:
        return None
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def main_places(incident: Incident) -> tuple[EventLocation, ...]:
    """The most precise places that an incident is drawn at: its targets, else where it was met."""
    for roles in (("target",), ("intercept",), ("response",)):
        places = [place for place in incident.locations if place.role in roles]
        if places:
            best = min(PRECISION_ORDER.index(p.location.precision) for p in places)
            return tuple(p for p in places if PRECISION_ORDER.index(p.location.precision) == best)
    return ()


def place_geometry(location: Location, footprints: Footprints | None) -> BaseGeometry:
    """A location's footprint, else its representative point."""
    from shapely import Point

    shape = footprint(location, footprints)
    if shape is None or shape.is_empty:
        return Point(location.lon, location.lat)
    return shape


def incident_geometry(incident: Incident, footprints: Footprints | None) -> BaseGeometry | None:
    """Union of the incident's most precise targets; None where it has no place."""
    from shapely import union_all

    places = main_places(incident)
    if not places:
        return None
    return union_all([place_geometry(place.location, footprints) for place in places])


_INCIDENT_COLUMNS: tuple[tuple[str, ColumnType], ...] = (
    ("id", "text"),
    ("event_type", "text"),
    ("sub_event_type", "text"),
    ("time_start", "datetime"),
    ("time_end", "datetime"),
    ("time_precision", "text"),
    ("time_text", "text"),
    ("name", "text"),
    ("country", "text"),
    ("country_name", "text"),
    ("admin1", "text"),
    ("admin2", "text"),
    ("lat", "real"),
    ("lon", "real"),
    ("precision", "text"),
    ("uncertainty_m", "integer"),
    *((f"{toll}_{end}", "integer") for toll in TOLLS for end in ("low", "best", "high")),
    ("weapons", "text"),
    ("actors", "text"),
    ("damage", "text"),
    ("responses", "text"),
    ("verification", "text"),
    ("claims", "integer"),
    ("reports", "text"),
    ("confidence", "real"),
    ("former_ids", "text"),
    ("flags", "text"),
)


def _incident_row(incident: Incident) -> tuple[Any, ...]:
    places = main_places(incident)
    location = places[0].location if places else None
    place = location_record(location) | {"admin2": location.admin2 if location else None}
    estimates = incident.estimates
    values: Record = {
        "id": incident.id,
        "event_type": incident.event_type,
        "sub_event_type": incident.sub_event_type,
        **time_record(incident.time),
        **{key: place[key] for key, _ in _INCIDENT_COLUMNS[7:16]},
        **{
            f"{toll}_{end}": getattr(estimates[toll], end) if toll in estimates else None
            for toll in TOLLS
            for end in ("low", "best", "high")
        },
        "weapons": as_json(list(incident.weapons)),
        "actors": as_json([{"role": a.role, "name": a.name, "by": a.by} for a in incident.actors]),
        "damage": as_json({what: list(span) for what, span in sorted(incident.damage.items())}),
        "responses": as_json(sorted({response.kind for response in incident.responses})),
        "verification": incident.verification.status,
        "claims": len(incident.claims),
        "reports": as_json(list(incident.reports)),
        "confidence": round(incident.confidence, 3),
        "former_ids": as_json(list(incident.former_ids)),
        "flags": as_json(list(incident.flags)),
    }
    return tuple(values[name] for name, _ in _INCIDENT_COLUMNS)


def incidents_layer(collection: IncidentCollection, footprints: Footprints | None) -> Layer:
    """One feature an incident, at its best footprint."""
    return Layer(
        "incidents",
        _INCIDENT_COLUMNS,
        tuple(_incident_row(incident) for incident in collection.incidents),
        tuple(incident_geometry(incident, footprints) for incident in collection.incidents),
    )


_PLACE_COLUMNS: tuple[tuple[str, ColumnType], ...] = (
    ("name", "text"),
    ("feature_id", "text"),
    ("feature_code", "text"),
    ("country", "text"),
    ("country_name", "text"),
    ("admin1", "text"),
    ("lat", "real"),
    ("lon", "real"),
    ("precision", "text"),
    ("uncertainty_m", "integer"),
    ("confidence", "real"),
    ("relation", "text"),
    ("evidence", "text"),
)
_SOURCE_COLUMNS: tuple[tuple[str, ColumnType], ...] = (
    ("report_id", "text"),
    ("start", "integer"),
    ("end", "integer"),
    ("text", "text"),
)


def _row(columns: tuple[tuple[str, ColumnType], ...], record: Record) -> tuple[Any, ...]:
    values = (record.get(name) for name, _ in columns)
    return tuple(as_json(v) if isinstance(v, list | dict) else v for v in values)


def locations_layer(collection: IncidentCollection, footprints: Footprints | None) -> Layer:
    """One feature an incident and place, with its role."""
    columns: tuple[tuple[str, ColumnType], ...] = (
        ("incident_id", "text"),
        ("role", "text"),
        *_PLACE_COLUMNS,
        ("admin2", "text"),
        *_SOURCE_COLUMNS,
    )
    rows, shapes = [], []
    for incident in collection.incidents:
        for place in incident.locations:
            record = location_record(place.location) | provenance_record(place.source)
            record |= {
                "incident_id": incident.id,
                "role": place.role,
                "admin2": place.location.admin2,
            }
            rows.append(_row(columns, record))
            shapes.append(place_geometry(place.location, footprints))
    return Layer("locations", columns, tuple(rows), tuple(shapes))


def responses_layer(collection: IncidentCollection, footprints: Footprints | None) -> Layer:
    """One feature a response; without a place of its own it has no geometry."""
    columns: tuple[tuple[str, ColumnType], ...] = (
        ("incident_id", "text"),
        ("kind", "text"),
        ("actor", "text"),
        ("quantity", "integer"),
        ("time_start", "datetime"),
        ("time_end", "datetime"),
        ("time_precision", "text"),
        ("time_text", "text"),
        ("name", "text"),
        ("precision", "text"),
        *_SOURCE_COLUMNS,
    )
    rows, shapes = [], []
    for incident in collection.incidents:
        for response in incident.responses:
            record = response_record(response) | time_record(response.time)
            record |= {"incident_id": incident.id}
            if response.location is not None:
                record |= {k: location_record(response.location)[k] for k in ("name", "precision")}
            rows.append(_row(columns, record))
            place = response.location
            shapes.append(place_geometry(place, footprints) if place is not None else None)
    return Layer("responses", columns, tuple(rows), tuple(shapes))


def claims_table(collection: IncidentCollection) -> Layer:
    """One row a claim."""
    columns: tuple[tuple[str, ColumnType], ...] = (
        ("incident_id", "text"),
        ("measure", "text"),
        ("min", "integer"),
        ("max", "integer"),
        ("qualifier", "text"),
        ("subject", "text"),
        ("claimant", "text"),
        ("as_of", "text"),
        ("includes", "text"),
        ("supersedes", "text"),
        ("scope", "text"),
        ("recap", "boolean"),
        *_SOURCE_COLUMNS,
    )
    rows = (
        _row(columns, claim_record(claim) | {"incident_id": incident.id})
        for incident in collection.incidents
        for claim in incident.claims
    )
    return Layer("claims", columns, tuple(rows), None)


def reports_table(collection: IncidentCollection) -> Layer:
    """One row a report, without its text."""
    names = ("id", "title", "publisher", "url", "published", "language", "sha256")
    columns: tuple[tuple[str, ColumnType], ...] = tuple((name, "text") for name in names)
    rows = (_row(columns, report_record(report)) for report in collection.reports)
    return Layer("reports", columns, tuple(rows), None)


def mentions_table(collection: IncidentCollection) -> Layer:
    """One row a mention, resolved or not."""
    columns: tuple[tuple[str, ColumnType], ...] = (
        ("report_id", "text"),
        *_SOURCE_COLUMNS[1:],
        ("kind", "text"),
        ("role", "text"),
        *_PLACE_COLUMNS,
    )
    return Layer("mentions", columns, tuple(_mention_rows(collection, columns)), None)


def _mention_rows(
    collection: IncidentCollection, columns: tuple[tuple[str, ColumnType], ...]
) -> Iterator[tuple[Any, ...]]:
    for report_id, mentions in collection.mentions.items():
        for mention in mentions:
            yield _row(columns, mention_record(mention) | {"report_id": report_id})


BUILDERS: dict[str, Callable[[IncidentCollection, Footprints | None], Layer]] = {
    "incidents": incidents_layer,
    "locations": locations_layer,
    "responses": responses_layer,
    "claims": lambda collection, _: claims_table(collection),
    "reports": lambda collection, _: reports_table(collection),
    "mentions": lambda collection, _: mentions_table(collection),
}
