"""CSV: one layer as a table with WKT, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

from geoincidents.exports.layers import BUILDERS
from geoincidents.exports.registry import WriteOptions, writer
from geoincidents.records.writing import COORDINATE_DECIMALS
from geoincidents.tables import write_table

if TYPE_CHECKING:
    from pathlib import Path

    from geoincidents.model import IncidentCollection

#: A cell that opens with one of these runs as a formula in a spreadsheet.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_GUARD = "'"


def guarded(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula; `unguarded` takes the guard off.

    >>> guarded("=1+1")
    "'=1+1"
    """
    if isinstance(value, str) and value.startswith((*_FORMULA_STARTS, _GUARD)):
        return _GUARD + value
    return value


def unguarded(value: str) -> str:
    """What stood in a cell before it was guarded.

    >>> unguarded(guarded("=1+1"))
    '=1+1'
    """
    if value.startswith(_GUARD) and value[1:].startswith((*_FORMULA_STARTS, _GUARD)):
        return value[1:]
    return value


@writer("csv", ".csv")
def write_csv(collection: IncidentCollection, path: Path, options: WriteOptions) -> None:
    """Write one layer as UTF-8 CSV, its geometry as WKT in a last column `geometry`.

    With a schema the columns are that table's own instead.
    """
    import shapely

    if options.schema:
        with path.open("w", encoding="utf-8", newline="") as stream:
            write_table(collection, stream, options.schema)
        return
    layer = BUILDERS[options.layer](collection, options.footprints)
    heads = [name for name, _ in layer.columns]
    spatial = layer.geometries is not None
    shapes = layer.geometries or (None,) * len(layer.rows)
    with path.open("w", encoding="utf-8", newline="", errors="backslashreplace") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow([*heads, "geometry"] if spatial else heads)
        for row, shape in zip(layer.rows, shapes, strict=True):
            cells = [guarded(value) for value in row]
            if spatial:
                cells.append(
                    shapely.to_wkt(shape, rounding_precision=COORDINATE_DECIMALS) if shape else None
                )
            rows.writerow(cells)
