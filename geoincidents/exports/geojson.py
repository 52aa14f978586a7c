"""GeoJSON (RFC 7946): one layer as a FeatureCollection, streamed part by part."""

from __future__ import annotations

from json.encoder import encode_basestring
from math import isfinite
from typing import TYPE_CHECKING, Any

from geoincidents.exports.layers import layer_parts
from geoincidents.exports.registry import WriteOptions, writer
from geoincidents.records.writing import COORDINATE_DECIMALS, FOOTPRINT_GRID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geoincidents.exports.columns import ColumnType
    from geoincidents.exports.layers import Layer
    from geoincidents.model import IncidentCollection


def _real(value: float) -> str:
    return repr(value) if isfinite(value) else "null"


_ENCODERS: dict[ColumnType, Callable[[Any], str]] = {
    "text": encode_basestring,
    "integer": repr,
    "real": _real,
    "datetime": lambda value: f'"{value.isoformat()}"',
    "boolean": lambda value: "true" if value else "false",
}


def feature_texts(layer: Layer) -> Iterator[str]:
    """Each row as a GeoJSON feature on one line, polygons wound as RFC 7946 asks."""
    keys = (encode_basestring(name).replace("%", "%%") for name, _ in layer.columns)
    members = ",".join(f"{key}:%s" for key in keys)
    template = '{"type":"Feature","geometry":%s,"properties":{' + members + "}}"
    columns = (
        _encoded(values, _ENCODERS[kind])
        for values, (_, kind) in zip(layer.values, layer.columns, strict=True)
    )
    shapes = geometry_texts(layer.geometries or [None] * len(layer))
    return map(template.__mod__, zip(shapes, *columns, strict=True))


def _encoded(values: list[Any], encode: Callable[[Any], str]) -> list[str]:
    return ["null" if value is None else encode(value) for value in values]


def geometry_texts(shapes: list[BaseGeometry | None]) -> list[str]:
    """Geometries as GeoJSON, coordinates rounded; "null" for none and for empty ones."""
    import numpy as np
    import shapely

    whole = np.array(shapes, dtype=object)
    rounded = shapely.transform(whole, lambda points: points.round(COORDINATE_DECIMALS))
    # Rounding again changes nothing, which snapping to a grid does not promise.
    broken = ~(shapely.is_valid(rounded) | shapely.is_missing(rounded))
    rounded[broken] = shapely.set_precision(whole[broken], FOOTPRINT_GRID, mode="valid_output")
    rounded[shapely.is_empty(rounded)] = None
    texts = shapely.to_geojson(shapely.orient_polygons(rounded))
    return ["null" if text is None else text for text in texts.tolist()]


@writer("geojson", ".geojson")
def write_geojson(collection: IncidentCollection, path: Path, options: WriteOptions) -> None:
    """Write one layer."""
    lead = "\n"
    with path.open("w", encoding="utf-8", newline="\n", errors="backslashreplace") as stream:
        stream.write(f'{{"type":"FeatureCollection","name":"{options.layer}","features":[')
        for part in layer_parts(options.layer, collection, options.footprints):
            if texts := ",\n".join(feature_texts(part)):
                stream.write(lead + texts)
                lead = ",\n"
        stream.write("\n]}\n")
