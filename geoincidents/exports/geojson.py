"""GeoJSON (RFC 7946): one layer as a FeatureCollection, streamed feature by feature."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from geoincidents.exports.layers import BUILDERS
from geoincidents.exports.registry import WriteOptions, writer
from geoincidents.records.writing import geometry_record

if TYPE_CHECKING:
    from pathlib import Path

    from geoincidents.model import IncidentCollection


@writer("geojson", ".geojson")
def write_geojson(collection: IncidentCollection, path: Path, options: WriteOptions) -> None:
    """Write one layer; polygons are wound as RFC 7946 asks."""
    from shapely import orient_polygons

    layer = BUILDERS[options.layer](collection, options.footprints)
    names = [name for name, _ in layer.columns]
    shapes = layer.geometries or (None,) * len(layer.rows)
    with path.open("w", encoding="utf-8", newline="\n", errors="backslashreplace") as stream:
        stream.write(f'{{"type":"FeatureCollection","name":"{layer.name}","features":[')
        for number, (row, shape) in enumerate(zip(layer.rows, shapes, strict=True)):
            feature = {
                "type": "Feature",
                "geometry": geometry_record(orient_polygons(shape) if shape is not None else None),
                "properties": dict(zip(names, row, strict=True)),
            }
            text = json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
            stream.write(("," if number else "") + "\n" + text)
        stream.write("\n]}\n")
