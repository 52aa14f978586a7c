"""The contract's JSON records → model values, for incidents read back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from geoincidents.model import (
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
from geoincidents.model.kinds import (
    ActorRole,
    LocationRole,
    Precision,
    Qualifier,
    ResponseKind,
    TimePrecision,
    VerificationStatus,
)
from geoincidents.records.fields import (
    Record,
    count,
    count_or_none,
    number,
    records,
    table,
    text,
    text_or_none,
    texts,
    word,
)

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


def collection_from_record(record: Record) -> IncidentCollection:
    """Read back what `collection_record` wrote.

    Raises
    ------
    KeyError, TypeError, ValueError
        When a field that cannot be done without is missing, or one is of another form.
    """
    return IncidentCollection(
        incidents=tuple(incident_from_record(item) for item in records(record, "incidents")),
        reports=tuple(report_from_record(item) for item in records(record, "reports")),
        unresolved=tuple(_unresolved(item) for item in records(record, "unresolved")),
    )


def report_from_record(record: Record) -> Report:
    """A report as exports list it; its text may be absent."""
    return Report(
        id=str(record["id"]),
        text=text_or_none(record, "text") or "",
        title=text_or_none(record, "title"),
        published=text_or_none(record, "published"),
        publisher=text_or_none(record, "publisher"),
        url=text_or_none(record, "url"),
        language=text_or_none(record, "language"),
        graphic=bool(record.get("graphic", False)),
        sha256=text_or_none(record, "sha256") or "",
        published_from=text_or_none(record, "published_from") or "",
    )


def incident_from_record(record: Record) -> Incident:
    """One incident of `export --format json`."""
    return Incident(
        id=str(record["id"]),
        event_type=text(record, "event_type"),
        sub_event_type=text(record, "sub_event_type"),
        time=_time(record),
        locations=tuple(_event_location(item) for item in records(record, "locations")),
        claims=tuple(_claim(item) for item in records(record, "claims")),
        estimates={key: _estimate(item) for key, item in table(record, "estimates").items()},
        actors=tuple(_actor(item) for item in records(record, "actors")),
        weapons=texts(record, "weapons"),
        responses=tuple(_response(item) for item in records(record, "responses")),
        verification=_verification(table(record, "verification")),
        reports=texts(record, "reports"),
        sources=tuple(_provenance(item) for item in records(record, "sources")),
        damage={
            what: (count_or_none(item, "min"), count_or_none(item, "max"))
            for what, item in table(record, "damage").items()
        },
        confidence=number(record, "confidence", 0.5),
        former_ids=texts(record, "former_ids"),
        apart_from=texts(record, "apart_from"),
        in_passing=bool(record.get("in_passing", False)),
        merged_because=texts(record, "merged_because"),
        flags=texts(record, "flags"),
        extra={key: str(value) for key, value in table(record, "extra").items()},
    )


def _unresolved(record: Record) -> Unresolved:
    source = _provenance(record)
    return Unresolved(
        source.report_id, source.start, source.end, source.text, text(record, "reason")
    )


def _estimate(record: Record) -> Estimate:
    return Estimate(count(record, "low"), count(record, "best"), count(record, "high"))


def _time(record: Record | None) -> TimeInterval | None:
    start = text_or_none(record, "time_start") if record else None
    if not record or not start:
        return None
    end = text_or_none(record, "time_end") or start
    precision = word(record, "time_precision", TimePrecision, "day")
    words = text_or_none(record, "time_text") or ""
    return TimeInterval(
        datetime.fromisoformat(start), datetime.fromisoformat(end), precision, words
    )


def _provenance(record: Record) -> Provenance:
    start, end = count(record, "start"), count(record, "end")
    return Provenance(text(record, "report_id"), start, end, text(record, "text"))


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
    lat, lon = number(record, "lat"), number(record, "lon")
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"lat {lat}, lon {lon} is not a position on Earth")
    optional = (
        "feature_id",
        "feature_code",
        "country",
        "country_name",
        "admin1",
        "admin1_id",
        "admin2",
        "admin2_id",
    )
    return Location(
        name=text_or_none(record, "name"),
        lat=lat,
        lon=lon,
        precision=word(record, "precision", Precision),
        uncertainty_m=number(record, "uncertainty_m", 0.0),
        confidence=number(record, "confidence", 0.0),
        relation=text_or_none(record, "relation"),  # type: ignore[arg-type]
        geometry=_geometry(record.get("geometry")),
        evidence=texts(record, "evidence"),
        **{key: text_or_none(record, key) for key in optional},
    )


def _event_location(record: Record) -> EventLocation:
    role = word(record, "role", LocationRole)
    return EventLocation(role, location_from_record(record), _provenance(record))


def _claim(record: Record) -> Claim:
    optional = ("subject", "claimant", "as_of", "supersedes", "scope", "published")
    return Claim(
        measure=text(record, "measure"),
        min=count_or_none(record, "min"),
        max=count_or_none(record, "max"),
        qualifier=word(record, "qualifier", Qualifier),
        source=_provenance(record),
        includes=tuple((int(span[0]), int(span[1])) for span in record.get("includes") or ()),
        is_part=bool(record.get("is_part")),
        recap=bool(record.get("recap")),
        **{key: text_or_none(record, key) for key in optional},
    )


def _actor(record: Record) -> Actor:
    role = word(record, "role", ActorRole)
    return Actor(role, text(record, "name"), text_or_none(record, "by"), _provenance(record))


def _response(record: Record) -> Response:
    place = table(record, "location")
    return Response(
        kind=word(record, "kind", ResponseKind),
        source=_provenance(record),
        actor=text_or_none(record, "actor"),
        location=location_from_record(place) if place.get("lat") is not None else None,
        time=_time(table(record, "time")),
        quantity=count_or_none(record, "quantity"),
    )


def _verification(record: Record) -> Verification:
    quotes = tuple(_provenance(item) for item in records(record, "quotes"))
    return Verification(word(record, "status", VerificationStatus, "unverified"), quotes)
