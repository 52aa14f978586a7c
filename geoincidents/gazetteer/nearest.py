"""The nearest of many points to each of many others, exactly, with numpy alone.

The points are sorted into square cells at five sizes. A query looks at the
nine cells about it; what it finds is the nearest for certain when it is nearer
than the edge of those nine, else the next, coarser size is asked. Beyond
`FARTHEST` there is no nearest: a point at sea is of no town.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Sizes of cells in degrees, each a divisor of 360, and how many queries are worked on
#: at once: the coarser the cells, the more candidates wait in memory.
_LEVELS = ((0.08, 8192), (0.2, 4096), (0.5, 2048), (1.2, 512), (3.0, 256))


#: Degrees of latitude beyond which a point is near nothing: 67 km.
FARTHEST = 0.6


class NearestPoint:
    """Points in degrees, ready to be asked."""

    def __init__(self, lons: NDArray[np.float32], lats: NDArray[np.float32]) -> None:
        self._levels = [_Level(lons, lats, *level) for level in _LEVELS]

    def query(self, lons: NDArray[np.float64], lats: NDArray[np.float64]) -> NDArray[np.intp]:
        """Index of the nearest point to each; -1 where none is within `FARTHEST`.

        Distances are compared on the plane that touches the sphere at the query.
        """
        found = np.full(len(lons), -1, np.intp)
        rest = np.arange(len(lons))
        scale = np.cos(np.radians(lats))
        for level in self._levels:
            unsure = [rest[:0]]
            for start in range(0, len(rest), level.chunk):
                chunk = rest[start : start + level.chunk]
                nearest, reach = level.query(lons[chunk], lats[chunk])
                edge = level.size * scale[chunk]
                near = reach <= np.minimum(edge, FARTHEST)
                found[chunk[near]] = nearest[near]
                unsure.append(chunk[~near & (edge < FARTHEST)])
            rest = np.concatenate(unsure)
        return found


class _Level:
    def __init__(
        self, lons: NDArray[np.float32], lats: NDArray[np.float32], size: float, chunk: int
    ) -> None:
        self.size = size
        self.chunk = chunk
        self._columns = round(360 / size)
        # A column more at either side holds the points from beyond the antimeridian.
        self._stride = self._columns + 2
        rows, columns = self._row(lats), self._column(lons)
        east, west = np.flatnonzero(columns == 0), np.flatnonzero(columns == self._columns - 1)
        points = np.concatenate([np.arange(len(lons)), east, west])
        beyond = [columns, columns[east] + self._columns, columns[west] - self._columns]
        cells = rows[points] * self._stride + np.concatenate(beyond) + 1
        order = np.argsort(cells, kind="stable")
        self._order = points[order].astype(np.int32)
        self._cells = cells[order].astype(np.int32)
        self._lons, self._lats = lons, lats

    def _row(self, lats: NDArray[np.floating]) -> NDArray[np.int64]:
        rows: NDArray[np.int64] = np.floor((lats + 90) / self.size).astype(np.int64)
        return rows + 1

    def _column(self, lons: NDArray[np.floating]) -> NDArray[np.int64]:
        columns: NDArray[np.int64] = np.floor((lons + 180) / self.size).astype(np.int64)
        return columns % self._columns

    def query(
        self, lons: NDArray[np.float64], lats: NDArray[np.float64]
    ) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Nearest point in the nine cells about each query, and how far it is, in degrees."""
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
        return nearest, np.sqrt(least)

    def _squares(
        self,
        owners: NDArray[np.int64],
        members: NDArray[np.int64],
        lons: NDArray[np.float64],
        lats: NDArray[np.float64],
        scale: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        points = self._order[members]
        across = self._lons[points] - lons[owners]
        across = (across + 180) % 360 - 180
        up = self._lats[points] - lats[owners]
        return (across * scale[owners]) ** 2 + up**2

    def _candidates(
        self, rows: NDArray[np.int64], columns: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Pairs of query and point, sorted by query: in three rows, three cells side by side."""
        west = np.stack([(rows + up) * self._stride + columns for up in (-1, 0, 1)], axis=1)
        starts = np.searchsorted(self._cells, west.astype(np.int32))
        counts = np.searchsorted(self._cells, (west + 3).astype(np.int32)) - starts
        flat = counts.ravel()
        owners = np.repeat(np.arange(len(rows)), counts.sum(axis=1))
        before = np.cumsum(flat) - flat
        members = np.repeat(starts.ravel() - before, flat) + np.arange(len(owners))
        return owners, members
