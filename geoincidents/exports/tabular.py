"""CSV: one layer as a table with WKT, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

from geoincidents.exports.hxl import hashtags
from geoincidents.exports.layers import KINDS, layer_parts
from geoincidents.exports.registry import WriteOptions, writer
from geoincidents.formulas import guarded
from geoincidents.records.writing import COORDINATE_DECIMALS
from geoincidents.tables import write_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geoincidents.exports.layers import Layer
    from geoincidents.model import IncidentCollection


@writer("csv", ".csv")
def write_csv(collection: IncidentCollection, path: Path, options: WriteOptions) -> None:
    """Write one layer as UTF-8 CSV, its geometry as WKT in a last column `geometry`.

    With a schema the columns are that table's own instead.
    """
    if options.schema:
        with path.open("w", encoding="utf-8", newline="") as stream:
            write_table(collection, stream, options.schema)
        return
    with path.open("w", encoding="utf-8", newline="", errors="backslashreplace") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(heads(options.layer))
        if options.hxl:
            rows.writerow(hashtags(heads(options.layer)))
        for part in layer_parts(options.layer, collection, options.footprints):
            rows.writerows(_cells(part))


def heads(layer: str) -> list[str]:
    """Names of a layer's columns as a table has them, its geometry last."""
    kind = KINDS[layer]
    names = [column.name for column in kind.columns]
    return [*names, "geometry"] if kind.spatial else names


def _cells(part: Layer) -> Iterator[list[Any]]:
    texts = wkt_texts(part)
    for number, row in enumerate(part.rows):
        cells = [guarded(value) for value in row]
        yield cells if texts is None else [*cells, texts[number]]


def wkt_texts(part: Layer) -> list[str | None] | None:
    """Geometries as WKT with rounded coordinates; None for a table without any."""
    import numpy as np
    import shapely

    if part.geometries is None:
        return None
    shapes = np.array(part.geometries, dtype=object)
    texts: list[str | None] = shapely.to_wkt(
        shapes, rounding_precision=COORDINATE_DECIMALS
    ).tolist()
    return texts
