"""Shapefile in a zip: a part for points, lines and polygons, with the names that were cut."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from geoincidents.exports.layers import KINDS, layer_parts
from geoincidents.exports.ogr import write_stream
from geoincidents.exports.registry import WriteOptions, writer
from geoincidents.exports.zips import write_zip

if TYPE_CHECKING:
    import pyarrow as pa
    from shapely.geometry.base import BaseGeometry

    from geoincidents.exports.columns import ColumnType
    from geoincidents.exports.layers import Layer
    from geoincidents.model import IncidentCollection

#: Bytes that a column of text holds.
_TEXT_LIMIT = 254
_NAME_LIMIT = 10
#: Suffix of a part, and the geometry type its features are written as.
_PARTS = {"point": "MultiPoint", "line": "MultiLineString", "polygon": "MultiPolygon"}


@writer("shapefile", ".shp.zip")
def write_shapefile(collection: IncidentCollection, path: Path, options: WriteOptions) -> None:
    """Write one layer as `_point`, `_line` and `_polygon` parts, and the mapping of names."""
    names = [column.name for column in KINDS[options.layer].columns]
    mapping = short_names(names)
    with TemporaryDirectory(dir=path.parent) as folder:
        for part in layer_parts(options.layer, collection, options.footprints):
            for suffix, kind in _PARTS.items():
                _write_part(part, list(mapping.values()), suffix, kind, Path(folder))
        (Path(folder) / f"{options.layer}_columns.csv").write_text(_mapping_table(mapping), "utf-8")
        files = sorted(Path(folder).iterdir())
        write_zip(path, ((file.name, file.open("rb")) for file in files))


def short_names(names: list[str]) -> dict[str, str]:
    """Names of at most ten characters, each its own.

    >>> short_names(["event_type", "time_precision", "time_precise"])
    {'event_type': 'event_type', 'time_precision': 'time_preci', 'time_precise': 'time_prec1'}
    """
    taken: dict[str, str] = {}
    for name in names:
        short, number = name[:_NAME_LIMIT], 0
        while short in taken.values():
            number += 1
            short = name[: _NAME_LIMIT - len(str(number))] + str(number)
        taken[name] = short
    return taken


def _write_part(layer: Layer, names: list[str], suffix: str, kind: str, folder: Path) -> None:
    """Add the rows whose geometry has parts of one kind to the shapefile of that kind."""
    shapes = layer.geometries or [None] * len(layer)
    found = [_of_kind(shape, kind) for shape in shapes]
    # Rows without geometry go with the points, so that no row is lost.
    kept = [
        n for n, s in enumerate(found) if s is not None or (suffix == "point" and shapes[n] is None)
    ]
    if not kept:
        return
    import pyarrow as pa
    import shapely

    from geoincidents.exports.arrow import GEOMETRY

    path = folder / f"{layer.name}_{suffix}.shp"
    arrays = [
        _array([values[n] for n in kept], kind)
        for values, (_, kind) in zip(layer.values, layer.columns, strict=True)
    ]
    arrays.append(pa.array(shapely.to_wkb([found[n] for n in kept]), pa.binary()))
    batch = pa.RecordBatch.from_arrays(arrays, names=[*names, GEOMETRY])
    write_stream(
        pa.RecordBatchReader.from_batches(batch.schema, [batch]),
        path,
        "ESRI Shapefile",
        layer=path.stem,
        append=path.exists(),
        geometry_type=kind,
        layer_options={"ENCODING": "UTF-8", "DBF_DATE_LAST_UPDATE": "2000-01-01"},
    )


def _array(values: list[Any], kind: ColumnType) -> pa.Array:
    """A shapefile's dates have no time: times go out as ISO 8601 text."""
    import pyarrow as pa

    from geoincidents.exports.arrow import text_array

    if kind == "datetime":
        return text_array([value and value.isoformat() for value in values])
    if kind == "boolean":
        return text_array([None if value is None else str(value).lower() for value in values])
    if kind == "text":
        return text_array([value and _cut(value) for value in values])
    return pa.array(values, pa.int64() if kind == "integer" else pa.float64())


def _cut(text: str) -> str:
    """Text cut between two characters to what a column holds."""
    data = text.encode("utf-8", "replace")
    return data[:_TEXT_LIMIT].decode("utf-8", "ignore")


def _of_kind(shape: BaseGeometry | None, kind: str) -> BaseGeometry | None:
    """The part of a geometry that is of one kind, as a multi-geometry; None where there is none."""
    import shapely

    if shape is None:
        return None
    simple = kind.removeprefix("Multi")
    parts = [p for p in shapely.get_parts(shape) if p.geom_type in {simple, "LinearRing"}]
    makers = {
        "Point": shapely.multipoints,
        "LineString": shapely.multilinestrings,
        "Polygon": shapely.multipolygons,
    }
    return makers[simple](parts) if parts else None


def _mapping_table(mapping: dict[str, str]) -> str:
    stream = io.StringIO()
    rows = csv.writer(stream, lineterminator="\n")
    rows.writerows([("column", "name"), *((short, name) for name, short in mapping.items())])
    return stream.getvalue()
