"""Shapefile in a zip: a part for points, lines and polygons, with the names that were cut."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from geoincidents.exports.layers import BUILDERS, Layer
from geoincidents.exports.ogr import write_layer
from geoincidents.exports.registry import WriteOptions, writer

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geoincidents.model import IncidentCollection

_NAME_LIMIT = 10
#: The oldest time a zip can hold: the same input gives the same bytes.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
#: Suffix of a part, and the geometry type its features are written as.
_PARTS = {"point": "MultiPoint", "line": "MultiLineString", "polygon": "MultiPolygon"}


@writer("shapefile", ".shp.zip")
def write_shapefile(collection: IncidentCollection, path: Path, options: WriteOptions) -> None:
    """Write one layer as `_point`, `_line` and `_polygon` parts, and the mapping of names."""
    layer = BUILDERS[options.layer](collection, options.footprints)
    mapping = short_names([name for name, _ in layer.columns])
    columns = tuple(
        # A shapefile's dates have no time: times go out as ISO 8601 text.
        (mapping[name], "text" if kind in {"datetime", "boolean"} else kind)
        for name, kind in layer.columns
    )
    short = replace(layer, columns=columns, rows=tuple(map(_as_text, layer.rows)))
    with TemporaryDirectory(dir=path.parent) as folder:
        for part, kind in _PARTS.items():
            _write_part(short, part, kind, Path(folder))
        (Path(folder) / f"{layer.name}_columns.csv").write_text(_mapping_table(mapping), "utf-8")
        _zip(Path(folder), path)


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


def _as_text(row: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(str(value).lower() if isinstance(value, bool) else value for value in row)


def _write_part(layer: Layer, part: str, kind: str, folder: Path) -> None:
    shapes = layer.geometries or (None,) * len(layer.rows)
    kept = [
        (row, shape)
        for row, whole in zip(layer.rows, shapes, strict=True)
        if (shape := _of_kind(whole, kind)) is not None
    ]
    # Rows without geometry go with the points, so that no row is lost.
    if part == "point":
        kept += [(row, None) for row, s in zip(layer.rows, shapes, strict=True) if s is None]
    if not kept:
        return
    rows, found = zip(*kept, strict=True)
    write_layer(
        Layer(f"{layer.name}_{part}", layer.columns, rows, found),
        folder / f"{layer.name}_{part}.shp",
        "ESRI Shapefile",
        geometry_type=kind,
        layer_options={"ENCODING": "UTF-8", "DBF_DATE_LAST_UPDATE": "2000-01-01"},
    )


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


def _zip(folder: Path, path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            archive.writestr(zipfile.ZipInfo(file.name, _ZIP_TIME), file.read_bytes())
