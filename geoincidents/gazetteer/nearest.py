"""The nearest of many points to each of many others, exactly, with numpy alone.

The points are sorted into square cells at three sizes. A query looks at the
nine cells about it; what it finds is the nearest for certain when it is nearer
than the edge of those nine, else the next, coarser size is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

#: Sizes of cells in degrees; each divides 360.
_SIZES = (0.08, 0.4, 2.0)
#: Queries worked on at once: bounds the memory of their candidates.
_CHUNK = 8_192


class NearestPoint:
    """Points in degrees, ready to be asked."""

    def __init__(self, lons: NDArray[np.float64], lats: NDArray[np.float64]) -> None:
        self._levels = [_Level(lons, lats, size) for size in _SIZES]

    def query(self, lons: NDArray[np.float64], lats: NDArray[np.float64]) -> NDArray[np.intp]:
        """Index of the nearest point to each; -1 where none is within the coarsest cells.

        Distances are compared on the plane that touches the sphere at the query.
        """
        found = np.full(len(lons), -1, np.intp)
        rest = np.arange(len(lons))
        for level in self._levels:
            unsure = []
            for start in range(0, len(rest), _CHUNK):
                chunk = rest[start : start + _CHUNK]
                nearest, sure = level.query(lons[chunk], lats[chunk])
                found[chunk] = nearest
                unsure.append(chunk[~sure])
            rest = np.concatenate(unsure) if unsure else rest[:0]
        return found


class _Level:
    def __init__(self, lons: NDArray[np.float64], lats: NDArray[np.float64], size: float) -> None:
        self._size = size
        self._columns = round(360 / size)
        cells = self._row(lats) * self._columns + self._column(lons)
        self._order = np.argsort(cells, kind="stable").astype(np.int32)
        self._cells = cells[self._order]
        self._lons = lons[self._order].astype(np.float32)
        self._lats = lats[self._order].astype(np.float32)

    def _row(self, lats: NDArray[np.float64]) -> NDArray[np.int64]:
        return np.floor((lats + 90) / self._size).astype(np.int64) + 1

    def _column(self, lons: NDArray[np.float64]) -> NDArray[np.int64]:
        return np.floor((lons + 180) / self._size).astype(np.int64) % self._columns

    def query(
        self, lons: NDArray[np.float64], lats: NDArray[np.float64]
    ) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """Nearest point in the nine cells about each query, and whether it is for certain."""
        owners, members = self._candidates(self._row(lats), self._column(lons))
        scale = np.cos(np.radians(lats))
        nearest = np.full(len(lons), -1, np.intp)
        least = np.full(len(lons), np.inf)
        if len(owners):
            squares = self._squares(owners, members, lons, lats, scale)
            starts = np.flatnonzero(np.diff(owners, prepend=-1))
            asked = owners[starts]
            least[asked] = np.minimum.reduceat(squares, starts)
            hits = np.flatnonzero(squares == least[owners])
            nearest[owners[hits[::-1]]] = self._order[members[hits[::-1]]]
        return nearest, least <= (self._size * scale) ** 2

    def _squares(
        self,
        owners: NDArray[np.int64],
        members: NDArray[np.int64],
        lons: NDArray[np.float64],
        lats: NDArray[np.float64],
        scale: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        across = self._lons[members] - lons[owners]
        across = (across + 180) % 360 - 180
        up = self._lats[members] - lats[owners]
        return (across * scale[owners]) ** 2 + up**2

    def _candidates(
        self, rows: NDArray[np.int64], columns: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Pairs of query and point, sorted by query."""
        cells = np.stack(list(self._about(rows, columns)), axis=1)
        starts = np.searchsorted(self._cells, cells, side="left")
        counts = np.searchsorted(self._cells, cells, side="right") - starts
        flat = counts.ravel()
        owners = np.repeat(np.repeat(np.arange(len(rows)), cells.shape[1]), flat)
        before = np.cumsum(flat) - flat
        members = np.repeat(starts.ravel() - before, flat) + np.arange(len(owners))
        return owners, members

    def _about(
        self, rows: NDArray[np.int64], columns: NDArray[np.int64]
    ) -> Iterator[NDArray[np.int64]]:
        for up in (-1, 0, 1):
            for right in (-1, 0, 1):
                yield (rows + up) * self._columns + (columns + right) % self._columns
