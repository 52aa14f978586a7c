"""Geometry of files that others may have made: WKB, WKT and coordinates → fit shapes.

WGS84, lon, lat. What is no geometry, or lies outside the Earth, is refused; what
crosses itself is mended; heights are dropped.
"""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

#: Collections inside collections deeper than this are an attack on the parser's stack.
_MAX_DEPTH = 32
_COLLECTION = 7
_SINGLE = (1, 2, 3)
_EWKB_FLAGS = {0x80000000: 1, 0x40000000: 1, 0x20000000: 0}
_SRID_FLAG = 0x20000000


def shape_from_wkb(data: bytes) -> BaseGeometry | None:
    """A geometry from well-known binary; None where it is empty.

    Raises
    ------
    ValueError
        When it is no geometry, too deep, or outside the Earth.
    """
    import shapely

    _check_depth(data)
    try:
        return fit(shapely.from_wkb(data))
    except shapely.errors.GEOSException as error:
        raise ValueError(_reason(error)) from None


def shape_from_wkt(text: str) -> BaseGeometry | None:
    """A geometry from well-known text; None where it is empty.

    Raises
    ------
    ValueError
        When it is no geometry, too deep, or outside the Earth.
    """
    import shapely

    # Only collections nest; their number bounds the depth.
    if len(re.findall("COLLECTION", text, re.IGNORECASE)) > _MAX_DEPTH:
        raise ValueError("its geometry is nested too deeply")
    try:
        return fit(shapely.from_wkt(text))
    except shapely.errors.GEOSException as error:
        raise ValueError(_reason(error)) from None


def fit(shape: BaseGeometry | None) -> BaseGeometry | None:
    """The shape flat, valid and on Earth; None where there is none or it is empty.

    Raises
    ------
    ValueError
        When its coordinates are no degrees of longitude and latitude.
    """
    import shapely

    if shape is None or shape.is_empty:
        return None
    flat = shapely.force_2d(shape) if shape.has_z else shape
    # Bounds pass over what is not a number.
    if not bool(shapely.get_coordinates(flat).__abs__().__le__((180.0, 90.0)).all()):
        raise ValueError("its geometry is not in degrees of longitude and latitude (EPSG:4326)")
    return flat if shapely.is_valid(flat) else shapely.make_valid(flat)


def _reason(error: Exception) -> str:
    return f"its geometry cannot be read: {str(error).splitlines()[0][:100]}"


def _check_depth(data: bytes) -> None:
    """Walk a collection's heads, since the parser itself follows any depth."""
    try:
        if struct.unpack_from(_order(data, 0) + "I", data, 1)[0] & 0xFF in _SINGLE:
            return
        _walk(data)
    except struct.error:
        raise ValueError("its geometry is cut short") from None


def _order(data: bytes, at: int) -> str:
    return "<" if data[at : at + 1] == b"\x01" else ">"


def _walk(data: bytes) -> None:
    """Pass over a tree of geometries part by part; `left` are the parts each open level lacks."""
    at, left = 0, [1]
    while left:
        if not left[-1]:
            left.pop()
            continue
        left[-1] -= 1
        order = _order(data, at)
        kind, count = struct.unpack_from(order + "II", data, at + 1)
        dimensions = 2 + sum(n for flag, n in _EWKB_FLAGS.items() if kind & flag)
        thousands = (kind & 0xFFFFFFF) // 1000
        dimensions += (0, 1, 1, 2)[thousands] if thousands <= 3 else 0
        simple = (kind & 0xFFFFFFF) % 1000
        at += 5
        if kind & _SRID_FLAG:
            at += 4
            count = struct.unpack_from(order + "I", data, at)[0] if simple != 1 else 0
        if simple not in _SINGLE:
            at += 4
            left.append(count)
            if len(left) > _MAX_DEPTH:
                raise ValueError("its geometry is nested too deeply")
        else:
            at = _after_single(data, at, order, simple, 8 * dimensions)


def _after_single(data: bytes, at: int, order: str, kind: int, size: int) -> int:
    """Offset after a point, a line or a polygon whose head ends at `at`."""
    if kind == 1:
        return at + size
    count = struct.unpack_from(order + "I", data, at)[0]
    at += 4
    if kind == 2:
        return int(at + count * size)
    for _ in range(count):
        at += 4 + struct.unpack_from(order + "I", data, at)[0] * size
    return at
