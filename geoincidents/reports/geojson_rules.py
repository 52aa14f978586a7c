"""GeoJSON held against RFC 7946, feature by feature: no silent acceptance, no guessing.

The file never reaches GDAL, which follows content and not the name.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from geoincidents.errors import ReportError

#: RFC 7946 § 7.1: members that would change an object's meaning.
_FOREIGN = {
    "Feature": ("coordinates", "geometries", "features"),
    "FeatureCollection": ("coordinates", "geometries", "geometry", "properties"),
    "geometry": ("geometry", "properties", "features"),
}
#: § 11.2: more digits than this say nothing.
_MAX_DECIMALS = 6
_MAX_DEPTH = 64


@dataclass(slots=True)
class GeoJSON:
    """What a file holds: features fit to be used, and each fault by feature."""

    features: list[dict[str, Any]] = field(default_factory=list)
    #: Faults for which a feature, or the whole, was refused.
    refused: list[str] = field(default_factory=list)
    #: What RFC 7946 advises against, in features that were taken.
    advised: list[str] = field(default_factory=list)


class _FaultError(Exception):
    """Why something is not GeoJSON."""


def parse_geojson(text: str, name: str) -> GeoJSON:
    """Features of a GeoJSON text; a bare geometry is a feature without properties.

    Raises
    ------
    ReportError
        When the text is no JSON at all, or too deep.
    """
    root = _load(text, name)
    out = GeoJSON()
    try:
        _read_root(root, out)
    except _FaultError as fault:
        out.refused.append(f"{name}: {fault}.")
    return out


def _load(text: str, name: str) -> Any:
    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in items]
        if len(set(keys)) < len(keys):
            twice = next(key for key in keys if keys.count(key) > 1)
            raise ReportError(f'{name}: the member "{twice}" stands twice in one object; mend it.')
        return dict(items)

    def constant(word: str) -> Any:
        raise ReportError(f"{name}: {word} is no JSON number; mend it.")

    try:
        return json.loads(text, object_pairs_hook=pairs, parse_constant=constant)
    except json.JSONDecodeError as error:
        raise ReportError(f"{name}: not JSON ({error.msg} at character {error.pos}).") from None
    except RecursionError:
        raise ReportError(f"{name}: nested too deeply to be GeoJSON.") from None
    except ValueError:
        raise ReportError(f"{name}: holds a number too long to be one; mend it.") from None


def _read_root(root: Any, out: GeoJSON) -> None:
    if not isinstance(root, dict):
        raise _FaultError("the root is no object")
    kind = root.get("type")
    if kind == "FeatureCollection":
        _check_members(root, "FeatureCollection", out, "the collection")
        if not isinstance(root.get("features"), list):
            raise _FaultError('"features" is no list')
        for number, feature in enumerate(root["features"], start=1):
            _take(feature, f"feature {number}", out)
    elif kind == "Feature":
        _take(root, "the feature", out)
    else:
        bare = {"type": "Feature", "properties": None, "geometry": root}
        _take(bare, "the geometry", out)


def _take(feature: Any, where: str, out: GeoJSON) -> None:
    try:
        _check_feature(feature, where, out)
    except _FaultError as fault:
        out.refused.append(f"{where}: {fault}.")
    else:
        out.features.append(feature)


def _check_feature(feature: Any, where: str, out: GeoJSON) -> None:
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise _FaultError('its "type" is not "Feature"')
    _check_members(feature, "Feature", out, where)
    if "geometry" not in feature:
        raise _FaultError('it has no member "geometry"')
    if "properties" not in feature or not isinstance(feature["properties"], dict | None):
        raise _FaultError('its "properties" is neither an object nor null')
    key = feature.get("id")
    if key is not None and (isinstance(key, bool) or not isinstance(key, str | int | float)):
        raise _FaultError('its "id" is neither text nor a number')
    if feature["geometry"] is not None:
        _check_geometry(feature["geometry"], where, out)


def _check_members(value: dict[str, Any], kind: str, out: GeoJSON, where: str) -> None:
    for member in _FOREIGN[kind]:
        if member in value:
            raise _FaultError(f'a member "{member}" changes its meaning (RFC 7946, 7.1)')
    if "bbox" in value:
        _check_bbox(value["bbox"])
    if "crs" in value:
        out.advised.append(f'{where}: "crs" is no longer part of GeoJSON; taken as WGS84')


def _check_bbox(bbox: Any) -> None:
    if not isinstance(bbox, list) or len(bbox) not in {4, 6} or not all(map(_is_number, bbox)):
        raise _FaultError('its "bbox" is not four or six numbers')


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _check_geometry(geometry: Any, where: str, out: GeoJSON, depth: int = 0) -> None:
    if not isinstance(geometry, dict):
        raise _FaultError("its geometry is no object")
    _check_members(geometry, "geometry", out, where)
    kind = geometry.get("type")
    if kind == "GeometryCollection":
        _check_collection(geometry, where, out, depth)
        return
    if kind is None:
        raise _FaultError('it has no "type"')
    if not isinstance(kind, str) or kind not in _CHECKS:
        raise _FaultError(f"{kind!r} is not a type of geometry")
    if not isinstance(geometry.get("coordinates"), list):
        raise _FaultError('its "coordinates" is no list')
    _CHECKS[kind](geometry["coordinates"], where, out)


def _check_collection(geometry: dict[str, Any], where: str, out: GeoJSON, depth: int) -> None:
    parts = geometry.get("geometries")
    if not isinstance(parts, list):
        raise _FaultError('its "geometries" is no list')
    if depth >= _MAX_DEPTH:
        raise _FaultError("its collections are nested too deeply")
    if depth:
        out.advised.append(f"{where}: a collection stands inside another")
    if len(parts) == 1:
        out.advised.append(f"{where}: a collection of one geometry")
    for part in parts:
        _check_geometry(part, where, out, depth + 1)


def _check_position(position: Any, where: str, out: GeoJSON) -> None:
    if not isinstance(position, list) or not all(map(_is_number, position)):
        raise _FaultError("a position is not a list of numbers")
    if len(position) not in {2, 3}:
        raise _FaultError(f"a position has {len(position)} numbers instead of two or three")
    lon, lat = position[:2]
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        out.advised.append(f"{where}: {lon}, {lat} is not a position on Earth in degrees")
    if any(isinstance(v, float) and round(v, _MAX_DECIMALS) != v for v in position[:2]):
        out.advised.append(f"{where}: more than {_MAX_DECIMALS} decimals")


def _check_line(line: Any, where: str, out: GeoJSON) -> None:
    if not isinstance(line, list) or len(line) < 2:
        raise _FaultError("a line has fewer than two positions")
    _check_points(line, where, out)


def _check_points(points: Any, where: str, out: GeoJSON) -> None:
    if not isinstance(points, list):
        raise _FaultError("its points are no list")
    for point in points:
        _check_position(point, where, out)


def _check_polygon(rings: Any, where: str, out: GeoJSON) -> None:
    if not isinstance(rings, list):
        raise _FaultError("its rings are no list")
    for number, ring in enumerate(rings):
        _check_ring(ring, where, out, outer=number == 0)


def _check_ring(ring: Any, where: str, out: GeoJSON, *, outer: bool) -> None:
    if not isinstance(ring, list) or len(ring) < 4:
        raise _FaultError("a ring has fewer than four positions")
    _check_points(ring, where, out)
    if ring[0] != ring[-1]:
        raise _FaultError("a ring does not end where it starts")
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
    if area and (area > 0) != outer:
        out.advised.append(f"{where}: a ring winds the other way than RFC 7946 asks")


def _check_lines(lines: Any, where: str, out: GeoJSON) -> None:
    if not isinstance(lines, list):
        raise _FaultError("its lines are no list")
    for line in lines:
        _check_line(line, where, out)


def _check_polygons(polygons: Any, where: str, out: GeoJSON) -> None:
    if not isinstance(polygons, list):
        raise _FaultError("its polygons are no list")
    for polygon in polygons:
        _check_polygon(polygon, where, out)


_CHECKS = {
    "Point": _check_position,
    "MultiPoint": _check_points,
    "LineString": _check_line,
    "MultiLineString": _check_lines,
    "Polygon": _check_polygon,
    "MultiPolygon": _check_polygons,
}
