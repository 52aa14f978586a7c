"""What `locate` found, as the contract's GeoJSON features."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geoincidents.expressions.outline import round_outline
from geoincidents.records.writing import geometry_record, location_record

if TYPE_CHECKING:
    from geoincidents.expressions.answers import LocateResult
    from geoincidents.gazetteer import Gazetteer
    from geoincidents.model import Location

_WITH_POLYGON = frozenset({"admin1", "admin2", "country", "region"})


def feature_records(result: LocateResult, gazetteer: Gazetteer) -> list[dict[str, Any]]:
    """Return a GeoJSON feature for each answer and alternative, the answers first.

    The properties are a mention's fields from `name` to `evidence`, and `chosen`.
    """
    return [
        *(_feature(location, gazetteer, chosen=True) for location in result.chosen),
        *(_feature(location, gazetteer, chosen=False) for location in result.alternatives),
    ]


def _feature(location: Location, gazetteer: Gazetteer, *, chosen: bool) -> dict[str, Any]:
    geometry = location.geometry
    if geometry is None and chosen and location.feature_id and location.precision in _WITH_POLYGON:
        geometry = gazetteer.geometry(location.feature_id)
    properties = {**location_record(location), "chosen": chosen}
    shape = geometry_record(geometry) if geometry is not None else None
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": shape or _plain_geometry(location, with_extent=chosen),
    }


def _plain_geometry(location: Location, *, with_extent: bool) -> dict[str, Any]:
    """Return the circle that a named place fills, or its point alone."""
    ring = with_extent and round_outline(location.lon, location.lat, location.uncertainty_m)
    if ring:
        return {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Point", "coordinates": [location.lon, location.lat]}
