"""Shapes of features, and the boundaries that they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoincidents.gazetteer.shapes import unpack

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geoincidents.gazetteer.gazetteer import Gazetteer
    from geoincidents.model import Feature

#: Degrees within which two boundaries are one where they share no vertices.
_GAP = 0.0005
#: Shorter shared lines, in degrees, are corners.
_CORNER = 0.002


class Geometries:
    """Geometry on top of a gazetteer; every shape is unpacked once."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._shapes: dict[str, BaseGeometry | None] = {}
        self._borders: dict[tuple[str, str], BaseGeometry | None] = {}
        self._outlines: dict[str, BaseGeometry] = {}

    def of(self, feature_id: str) -> BaseGeometry | None:
        """Shape of a feature by its id."""
        if feature_id not in self._shapes:
            self._shapes[feature_id] = self._made(self._gazetteer.feature(feature_id))
        return self._shapes[feature_id]

    def _made(self, feature: Feature) -> BaseGeometry | None:
        if feature.precision == "country" and feature.country:
            units = [self.own(unit) for unit in self._gazetteer.admin1s(feature.country)]
            if polygons := [unit for unit in units if unit is not None]:
                return _union(polygons)
        own = self.own(feature)
        if own is not None:
            return own
        parts = [self.of(part.id) for part in self._gazetteer.parts(feature)]
        polygons = [part for part in parts if part is not None]
        return _union(polygons) if polygons else None

    def own(self, feature: Feature) -> BaseGeometry | None:
        """Shape that the file itself holds for a feature."""
        packed = self._gazetteer.packed_shape(feature.id)
        return unpack(packed) if packed else None

    def border(self, a: str, b: str) -> BaseGeometry | None:
        """Shared boundary of two countries by code, or of two units by id."""
        pair = (a, b) if a <= b else (b, a)
        if pair not in self._borders:
            self._borders[pair] = self._shared(*pair)
        return self._borders[pair]

    def _shared(self, a: str, b: str) -> BaseGeometry | None:
        units_a, units_b = self._members(a), self._members(b)
        lines = [
            _common(self._outline(u), self._outline(v))
            for u in units_a
            for v in self._gazetteer.touching(u)
            if v in units_b
        ]
        lines = [line for line in lines if line is not None]
        if not lines:
            return None
        merged = shapely.line_merge(shapely.union_all(lines))
        return merged if merged.length > _CORNER else None

    def _members(self, key: str) -> set[str]:
        if ":" in key:
            return {key}
        admin1s = (unit.id for unit in self._gazetteer.admin1s(key))
        units = {unit for unit in admin1s if self._gazetteer.packed_shape(unit)}
        return units or {self._gazetteer.country(key).id}

    def _outline(self, feature_id: str) -> BaseGeometry:
        outline = self._outlines.get(feature_id)
        if outline is None:
            shape = self.own(self._gazetteer.feature(feature_id))
            outline = self._outlines[feature_id] = shapely.boundary(shape)
        return outline

    def neighbours(self, feature: Feature) -> tuple[Feature, ...]:
        """Countries, or first-level units, that share more than a corner with one."""
        gazetteer = self._gazetteer
        if feature.precision == "country" and feature.country:
            found = {
                gazetteer.feature(other).country
                for unit in self._members(feature.country)
                for other in self._gazetteer.touching(unit)
            }
            codes = sorted(code for code in found if code and code != feature.country)
            return tuple(
                gazetteer.country(code)
                for code in codes
                if self.border(feature.country, code) is not None
            )
        others = [gazetteer.feature(other) for other in sorted(gazetteer.touching(feature.id))]
        return tuple(
            other
            for other in others
            if other.code == feature.code and self.border(feature.id, other.id) is not None
        )


def _common(a: BaseGeometry, b: BaseGeometry) -> BaseGeometry | None:
    """Lines that two outlines share: exactly, else within the gap."""
    shared = _lines(shapely.intersection(a, b))
    if shared is None:
        shared = _lines(shapely.intersection(a, shapely.buffer(b, _GAP)))
    return shared


def _lines(geometry: BaseGeometry) -> BaseGeometry | None:
    parts = shapely.get_parts(geometry)
    lines = parts[np.isin(shapely.get_type_id(parts), (1, 2, 5))]
    return shapely.multilinestrings(shapely.get_parts(lines)) if len(lines) else None


def _union(polygons: list[BaseGeometry]) -> BaseGeometry:
    if len(polygons) == 1:
        return polygons[0]
    try:
        joined = shapely.coverage_union_all(polygons)  # ten times as fast, where edges match
    except shapely.errors.GEOSException:
        return shapely.union_all(polygons)
    return joined if shapely.is_valid(joined) else shapely.union_all(polygons)
