"""GeoJSON (RFC 7946): one layer as a FeatureCollection, streamed feature by feature."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from geoincidents.exports.layers import BUILDERS
from geoincidents.exports.registry import WriteOptions, writer
from geoincidents.records.writing import geometry_record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geoincidents.exports.layers import Layer
    from geoincidents.model import IncidentCollection


def feature_texts(layer: Layer) -> Iterator[str]:
    """Each row as a GeoJSON feature on one line, polygons wound as RFC 7946 asks."""
    from shapely import orient_polygons

    names = [name for name, _ in layer.columns]
    shapes = layer.geometries or (None,) * len(layer.rows)
    for row, shape in zip(layer.rows, shapes, strict=True):
        feature = {
            "type": "Feature",
            "geometry": geometry_record(orient_polygons(shape) if shape is not None else None),
            "properties": dict(zip(names, row, strict=True)),
        }
        yield json.dumps(feature, ensure_ascii=False, separators=(",", ":"))


@writer("geojson", ".geojson")
def write_geojson(collection: IncidentCollection, path: Path, options: WriteOptions) -> None:
    """Write one layer."""
    layer = BUILDERS[options.layer](collection, options.footprints)
    with path.open("w", encoding="utf-8", newline="\n", errors="backslashreplace") as stream:
        stream.write(f'{{"type":"FeatureCollection","name":"{layer.name}","features":[')
        for number, text in enumerate(feature_texts(layer)):
            stream.write(("," if number else "") + "\n" + text)
        stream.write("\n]}\n")
