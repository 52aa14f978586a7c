"""Model values → the JSON records that the contract fixes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from shapely.geometry.base import BaseGeometry

    from geoincidents.model import (
        Actor,
        Claim,
        EventLocation,
        Incident,
        IncidentCollection,
        Location,
        Mention,
        Provenance,
        Report,
        Response,
        TimeInterval,
        Unresolved,
        Verification,
    )

    #: Gives the footprint of a gazetteer feature by its id, or None.
    Footprints = Callable[[str], BaseGeometry | None]

Record = dict[str, Any]

#: Quotes are cut here, so that an export never republishes a text.
QUOTE_LIMIT = 300
COORDINATE_DECIMALS = 6
#: Grid to which footprints are rounded: 1e-6 degrees is about 11 cm.
FOOTPRINT_GRID = 10.0**-COORDINATE_DECIMALS


def quote(text: str, limit: int = QUOTE_LIMIT) -> str:
    """Cut a quote to `limit` characters, showing that it was cut.

    >>> quote("a long sentence", 8)
    'a long…'
    """
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def geometry_record(geometry: BaseGeometry | None) -> Record | None:
    """GeoJSON geometry (lon, lat), coordinates rounded to `COORDINATE_DECIMALS`."""
    if geometry is None or geometry.is_empty:
        return None
    import shapely

    # Rounding again changes nothing, which snapping to a grid does not promise.
    chosen = shapely.transform(geometry, lambda points: points.round(COORDINATE_DECIMALS))
    if not shapely.is_valid(chosen):
        chosen = shapely.set_precision(geometry, FOOTPRINT_GRID, mode="valid_output")
    rounded: Record = _rounded(shapely.geometry.mapping(chosen))
    return rounded


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, COORDINATE_DECIMALS)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    return value


def footprint(location: Location, footprints: Footprints | None) -> BaseGeometry | None:
    """The location's own geometry, else its gazetteer feature's, else None."""
    if location.geometry is not None:
        return location.geometry
    if footprints is None or location.feature_id is None:
        return None
    return footprints(location.feature_id)


def location_record(location: Location | None) -> Record:
    """The fields from `name` to `evidence`; all None where there is no location."""
    if location is None:
        return dict.fromkeys(_LOCATION_FIELDS) | {"evidence": []}
    return {
        "name": location.name,
        "feature_id": location.feature_id,
        "feature_code": location.feature_code,
        "country": location.country,
        "country_name": location.country_name,
        "admin1": location.admin1,
        "lat": round(location.lat, COORDINATE_DECIMALS),
        "lon": round(location.lon, COORDINATE_DECIMALS),
        "precision": location.precision,
        "uncertainty_m": round(location.uncertainty_m),
        "confidence": round(location.confidence, 3),
        "relation": location.relation,
        "evidence": list(location.evidence),
    }


_LOCATION_FIELDS = (
    "name",
    "feature_id",
    "feature_code",
    "country",
    "country_name",
    "admin1",
    "lat",
    "lon",
    "precision",
    "uncertainty_m",
    "confidence",
    "relation",
    "evidence",
)


def mention_record(
    mention: Mention, *, geometry: bool = False, footprints: Footprints | None = None
) -> Record:
    """One mention as `geoparse` prints it; `geometry` adds its footprint."""
    record: Record = {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "kind": mention.kind,
        "role": mention.role,
        **location_record(mention.location),
    }
    record["relation"] = record["relation"] or mention.relation
    record["evidence"] = [*mention.evidence, *record["evidence"]]
    if mention.unresolved:
        record["unresolved"] = mention.unresolved
    if geometry:
        place = mention.location
        shape = footprint(place, footprints) if place is not None else None
        record["geometry"] = geometry_record(shape) or point_record(place)
    return record


def point_record(location: Location | None) -> Record | None:
    """GeoJSON point of a location's representative point, or None."""
    if location is None:
        return None
    x, y = (round(v, COORDINATE_DECIMALS) for v in (location.lon, location.lat))
    return {"type": "Point", "coordinates": [x, y]}


def time_record(time: TimeInterval | None) -> Record:
    """`time_start` to `time_text`, ISO 8601 with offset; None where unknown."""
    return {
        "time_start": time.start.isoformat() if time else None,
        "time_end": time.end.isoformat() if time else None,
        "time_precision": time.precision if time else None,
        "time_text": time.text if time else None,
    }


def provenance_record(source: Provenance) -> Record:
    """Report and span a value came from, with the words quoted."""
    return {
        "report_id": source.report_id,
        "start": source.start,
        "end": source.end,
        "text": quote(source.text),
    }


def claim_record(claim: Claim) -> Record:
    """One claim as the contract has it."""
    return {
        "measure": claim.measure,
        "min": claim.min,
        "max": claim.max,
        "qualifier": claim.qualifier,
        "subject": claim.subject,
        "claimant": claim.claimant,
        "as_of": claim.as_of,
        "includes": [list(span) for span in claim.includes],
        "is_part": claim.is_part,
        "supersedes": claim.supersedes,
        "scope": claim.scope,
        "recap": claim.recap,
        "published": claim.published,
        **provenance_record(claim.source),
    }


def _event_location_record(place: EventLocation, footprints: Footprints | None) -> Record:
    shape = footprint(place.location, footprints)
    return {
        "role": place.role,
        **location_record(place.location),
        "admin1_id": place.location.admin1_id,
        "admin2": place.location.admin2,
        "admin2_id": place.location.admin2_id,
        "geometry": geometry_record(shape) or point_record(place.location),
        **provenance_record(place.source),
    }


def response_record(response: Response) -> Record:
    """One response as the contract has it."""
    return {
        "kind": response.kind,
        "actor": response.actor,
        "location": location_record(response.location) if response.location else None,
        "time": time_record(response.time) if response.time else None,
        "quantity": response.quantity,
        **provenance_record(response.source),
    }


def _actor_record(actor: Actor) -> Record:
    return {
        "role": actor.role,
        "name": actor.name,
        "by": actor.by,
        **provenance_record(actor.source),
    }


def _verification_record(verification: Verification) -> Record:
    quotes = [provenance_record(source) for source in verification.quotes]
    return {"status": verification.status, "quotes": quotes}


def incident_record(incident: Incident, footprints: Footprints | None = None) -> Record:
    """One incident as `export --format json` writes it."""
    return {
        "id": incident.id,
        "event_type": incident.event_type,
        "sub_event_type": incident.sub_event_type,
        **time_record(incident.time),
        "locations": [_event_location_record(p, footprints) for p in incident.locations],
        "claims": [claim_record(claim) for claim in incident.claims],
        "estimates": {
            measure: {"low": e.low, "best": e.best, "high": e.high}
            for measure, e in sorted(incident.estimates.items())
        },
        "actors": [_actor_record(actor) for actor in incident.actors],
        "weapons": list(incident.weapons),
        "damage": {
            what: {"min": low, "max": high} for what, (low, high) in sorted(incident.damage.items())
        },
        "responses": [response_record(response) for response in incident.responses],
        "verification": _verification_record(incident.verification),
        "reports": list(incident.reports),
        "confidence": round(incident.confidence, 3),
        "former_ids": list(incident.former_ids),
        "apart_from": list(incident.apart_from),
        "in_passing": incident.in_passing,
        "merged_because": list(incident.merged_because),
        "flags": list(incident.flags),
        "sources": [provenance_record(source) for source in incident.sources],
        "extra": dict(sorted(incident.extra.items())),
    }


def report_record(report: Report, *, with_text: bool = False) -> Record:
    """What an export says of a report; its text only when asked for."""
    record: Record = {
        "id": report.id,
        "title": report.title,
        "publisher": report.publisher,
        "url": report.url,
        "published": report.published,
        "published_from": report.published_from,
        "language": report.language,
        "graphic": report.graphic,
        "sha256": report.sha256,
    }
    return record | {"text": report.text} if with_text else record


def _unresolved_record(item: Unresolved) -> Record:
    return {
        "report_id": item.report_id,
        "start": item.start,
        "end": item.end,
        "text": quote(item.text),
        "reason": item.reason,
    }


def collection_record(
    collection: IncidentCollection,
    *,
    footprints: Footprints | None = None,
    with_text: bool = False,
) -> Record:
    """``{"incidents", "reports", "unresolved"}``, the whole of an export."""
    return {
        "incidents": [incident_record(i, footprints) for i in collection.incidents],
        "reports": [report_record(r, with_text=with_text) for r in collection.reports],
        "unresolved": [_unresolved_record(u) for u in collection.unresolved],
    }
