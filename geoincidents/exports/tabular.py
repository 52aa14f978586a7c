"""CSV: one layer as a table with WKT, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from geoincidents.exports.layers import BUILDERS
from geoincidents.exports.registry import WriteOptions, writer
from geoincidents.formulas import guarded
from geoincidents.records.writing import COORDINATE_DECIMALS
from geoincidents.tables import write_table

if TYPE_CHECKING:
    from pathlib import Path

    from geoincidents.model import IncidentCollection


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
