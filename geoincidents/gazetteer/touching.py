"""Find which units share a boundary."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geoincidents.gazetteer.layout import FEATURE, PRECISIONS, U32
from geoincidents.gazetteer.shapes import unpack

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

#: Degrees within which two boundaries are one: what simplification may leave open.
_GAP = 0.0005


def write_touching(work: Path, units: int) -> None:
    """Write pairs of unit ordinals, both ways, sorted, for admin-1 and countries."""
    ordinals, polygons = _polygons(work, units)
    pairs = np.empty((0, 2), "<u4")
    if polygons:
        tree = shapely.STRtree(polygons)
        left, right = tree.query(polygons, predicate="dwithin", distance=_GAP)
        apart = left != right
        pairs = np.asarray(ordinals, "<u4")[np.stack([left[apart], right[apart]], axis=1)]
        pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    (work / "touching").write_bytes(np.ascontiguousarray(pairs, "<u4").tobytes())


def _polygons(work: Path, units: int) -> tuple[list[int], list[BaseGeometry]]:
    records = (work / "features").read_bytes()[: units * FEATURE.size]
    ordinals, polygons = [], []
    with (work / "shapes").open("rb") as shapes:
        for ordinal, record in enumerate(FEATURE.iter_unpack(records)):
            if not record[-1] or PRECISIONS[record[-3]] == "admin2":
                continue
            shapes.seek(record[-1] - 1)
            (length,) = U32.unpack(shapes.read(4))
            geometry = unpack(shapes.read(length))
            if geometry.geom_type.endswith("Polygon"):
                ordinals.append(ordinal)
                polygons.append(geometry)
    return ordinals, polygons
