"""Geometry as it is packed in a gazetteer file: quantised, delta-coded, deflated.

Two units that share a boundary share its vertices exactly, before packing and
after: every vertex is rounded to the same grid of a millionth of a degree.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

#: Grid steps in a degree: 0.11 m at the equator.
STEPS = 1_000_000
#: A part wider than this many degrees has been drawn round the wrong side of the globe,
#: unless it lies about a pole.
_WIDEST = 180.0
_POLAR = 60.0
_HEAD = struct.Struct("<BBI")


def pack(geometry: BaseGeometry) -> bytes:
    """Write a geometry of one kind (no collections) as bytes."""
    kind, coordinates, offsets = shapely.to_ragged_array([geometry])
    steps = np.rint(np.asarray(coordinates)[:, :2] * STEPS).astype("<i4")
    deltas = np.diff(steps, axis=0, prepend=np.zeros((1, 2), "<i4")).astype("<i4")
    planes = np.ascontiguousarray(deltas.T).view("u1").reshape(-1, 4).T
    parts = [_HEAD.pack(int(kind), len(offsets), len(steps))]
    for each in offsets:
        parts += [struct.pack("<I", len(each)), np.asarray(each, "<i4").tobytes()]
    return zlib.compress(b"".join([*parts, planes.tobytes()]), 9)


def unpack(packed: bytes) -> BaseGeometry:
    """Read what `pack` wrote."""
    data = zlib.decompress(packed)
    kind, levels, count = _HEAD.unpack_from(data)
    at = _HEAD.size
    offsets = []
    for _ in range(levels):
        (length,) = struct.unpack_from("<I", data, at)
        offsets.append(np.frombuffer(data, "<i4", length, at + 4).astype(np.int64))
        at += 4 + 4 * length
    planes = np.frombuffer(data, "u1", count * 8, at).reshape(4, count * 2)
    deltas = np.ascontiguousarray(planes.T).view("<i4").reshape(2, count)
    coordinates = np.ascontiguousarray(np.cumsum(deltas, axis=1, dtype=np.int64).T) / STEPS
    return shapely.from_ragged_array(shapely.GeometryType(kind), coordinates, tuple(offsets))[0]


def quantise(wkb: bytes) -> BaseGeometry:
    """Geometry of a row, on the grid and valid, of one kind.

    Raises
    ------
    ValueError
        When it is no geometry, empty, out of range, or spans more than half the
        globe: a polygon over the antimeridian has to come in two parts.
    """
    geometry = _read(wkb)
    steps = _on_grid(geometry)
    if not shapely.is_valid(steps):
        steps = _on_grid(shapely.make_valid(steps, method="structure", keep_collapsed=False))
    if steps.geom_type == "GeometryCollection":
        steps = _widest(steps)
    if steps.is_empty:
        raise ValueError("its geometry is empty")
    return steps


def _read(wkb: bytes) -> BaseGeometry:
    try:
        geometry = shapely.force_2d(shapely.from_wkb(wkb))
    except shapely.errors.GEOSException as error:
        raise ValueError(f"its geometry cannot be read: {error}") from None
    if geometry is None or geometry.is_empty:
        raise ValueError("its geometry is empty")
    if not np.isfinite(shapely.get_coordinates(geometry)).all():
        raise ValueError("its geometry has coordinates that are no numbers")
    west, south, east, north = geometry.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        raise ValueError("its geometry leaves the globe: longitudes end at 180, latitudes at 90")
    for part in shapely.get_parts(geometry):
        if part.bounds[2] - part.bounds[0] > _WIDEST and abs(part.bounds[1]) < _POLAR:
            raise ValueError("its geometry crosses the antimeridian uncut; split it at 180 degrees")
    return geometry


def _on_grid(geometry: BaseGeometry) -> BaseGeometry:
    return shapely.transform(geometry, lambda xy: np.rint(xy * STEPS) / STEPS)


def _widest(geometry: BaseGeometry) -> BaseGeometry:
    """Of a mixed collection, the parts of the highest dimension."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    dimensions = shapely.get_dimensions(parts)
    kept = parts[dimensions == dimensions.max()]
    return shapely.union_all(kept)


def reach_m(geometry: BaseGeometry, lon: float, lat: float) -> float:
    """Greatest distance in metres from a point to a vertex, by the haversine."""
    xy = np.radians(shapely.get_coordinates(geometry))
    lon0, lat0 = np.radians(lon), np.radians(lat)
    sines = (
        np.sin((xy[:, 1] - lat0) / 2) ** 2
        + np.cos(lat0) * np.cos(xy[:, 1]) * np.sin((xy[:, 0] - lon0) / 2) ** 2
    )
    return float(2 * 6_371_008.8 * np.arcsin(np.sqrt(sines.max())))
