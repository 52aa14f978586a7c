"""The contract's JSON records → model values, for incidents read back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from geoincidents.model import (
    PRECISION_ORDER,
    Actor,
    Claim,
    Estimate,
    EventLocation,
    Incident,
    IncidentCollection,
    Location,
    Provenance,
    Report,
    Response,
    TimeInterval,
    Unresolved,
    Verification,
)

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Record = dict[str, Any]


def collection_from_record(record: Record) -> IncidentCollection:
    """Read back what `collection_record` wrote.

    Raises
    ------
    KeyError, TypeError, ValueError
        When a field that cannot be done without is missing or of another form.
    """
    return IncidentCollection(
        incidents=tuple(incident_from_record(item) for item in record["incidents"]),
        reports=tuple(report_from_record(item) for item in record.get("reports", ())),
        unresolved=tuple(Unresolved(**item) for item in record.get("unresolved", ())),
    )


def report_from_record(record: Record) -> Report:
    """A report as exports list it; its text may be absent."""
    return Report(
        id=str(record["id"]),
        text=record.get("text", ""),
        title=record.get("title"),
        published=record.get("published"),
        publisher=record.get("publisher"),
        url=record.get("url"),
        language=record.get("language"),
        graphic=bool(record.get("graphic", False)),
        sha256=record.get("sha256") or "",
        published_from=record.get("published_from") or "",
    )


def incident_from_record(record: Record) -> Incident:
    """One incident of `export --format json`."""
    damage = record.get("damage") or {}
    return Incident(
        id=str(record["id"]),
        event_type=record["event_type"],
        sub_event_type=record["sub_event_type"],
        time=_time(record),
        locations=tuple(_event_location(item) for item in record.get("locations", ())),
        claims=tuple(_claim(item) for item in record.get("claims", ())),
        estimates={key: Estimate(**item) for key, item in record.get("estimates", {}).items()},
        actors=tuple(_actor(item) for item in record.get("actors", ())),
        weapons=tuple(record.get("weapons", ())),
        responses=tuple(_response(item) for item in record.get("responses", ())),
        verification=_verification(record.get("verification") or {}),
        reports=tuple(record.get("reports", ())),
        sources=tuple(_provenance(item) for item in record.get("sources", ())),
        damage={what: (item.get("min"), item.get("max")) for what, item in damage.items()},
        confidence=float(record.get("confidence", 0.5)),
        former_ids=tuple(record.get("former_ids", ())),
        apart_from=tuple(record.get("apart_from", ())),
        in_passing=bool(record.get("in_passing", False)),
        merged_because=tuple(record.get("merged_because", ())),
        flags=tuple(record.get("flags", ())),
        extra=dict(record.get("extra", {})),
    )


def _time(record: Record | None) -> TimeInterval | None:
    if not record or not record.get("time_start"):
        return None
    start = datetime.fromisoformat(record["time_start"])
    end = datetime.fromisoformat(record.get("time_end") or record["time_start"])
    return TimeInterval(
        start, end, record.get("time_precision") or "day", record.get("time_text") or ""
    )


def _provenance(record: Record) -> Provenance:
    return Provenance(record["report_id"], record["start"], record["end"], record["text"])


def _geometry(record: Record | BaseGeometry | None) -> BaseGeometry | None:
    """A footprint from GeoJSON, or a shape already; a point adds nothing."""
    if not record:
        return None
    if not isinstance(record, dict):
        return None if record.geom_type == "Point" else record
    if record.get("type") == "Point":
        return None
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    try:
        return shape(record)
    except (ShapelyError, AttributeError) as error:
        raise ValueError(f"a geometry that cannot be read: {error}") from None


def location_from_record(record: Record) -> Location:
    """A location from the fields of a mention; longitude and latitude in degrees."""
    lat, lon = float(record["lat"]), float(record["lon"])
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"lat {lat}, lon {lon} is not a position on Earth")
    if record["precision"] not in PRECISION_ORDER:
        raise ValueError(f"{record['precision']!r} is not a precision")
    optional = (
        "feature_id",
        "feature_code",
        "country",
        "country_name",
        "admin1",
        "admin1_id",
        "admin2",
        "admin2_id",
        "relation",
    )
    return Location(
        name=record.get("name"),
        lat=lat,
        lon=lon,
        precision=record["precision"],
        uncertainty_m=float(record.get("uncertainty_m") or 0),
        confidence=float(record.get("confidence") or 0),
        geometry=_geometry(record.get("geometry")),
        evidence=tuple(record.get("evidence") or ()),
        **{key: record.get(key) for key in optional},
    )


def _event_location(record: Record) -> EventLocation:
    return EventLocation(record["role"], location_from_record(record), _provenance(record))


def _claim(record: Record) -> Claim:
    optional = ("subject", "claimant", "as_of", "supersedes", "scope", "published")
    return Claim(
        measure=record["measure"],
        min=record["min"],
        max=record["max"],
        qualifier=record["qualifier"],
        source=_provenance(record),
        includes=tuple((span[0], span[1]) for span in record.get("includes") or ()),
        is_part=bool(record.get("is_part")),
        recap=bool(record.get("recap")),
        **{key: record.get(key) for key in optional},
    )


def _actor(record: Record) -> Actor:
    return Actor(record["role"], record["name"], record.get("by"), _provenance(record))


def _response(record: Record) -> Response:
    place = record.get("location")
    return Response(
        kind=record["kind"],
        source=_provenance(record),
        actor=record.get("actor"),
        location=location_from_record(place) if place and place.get("lat") is not None else None,
        time=_time(record.get("time")),
        quantity=record.get("quantity"),
    )


def _verification(record: Record) -> Verification:
    quotes = tuple(_provenance(item) for item in record.get("quotes", ()))
    return Verification(record.get("status", "unverified"), quotes)
