"""Layers as Arrow record batches, for every writer that streams columns.

Text is made fit for UTF-8, geometry is WKB, times are UTC instants.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from geoincidents.exports.layers import KINDS, layer_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoincidents.exports.columns import ColumnType
    from geoincidents.exports.layers import Layer
    from geoincidents.model import IncidentCollection
    from geoincidents.records.writing import Footprints

GEOMETRY = "geometry"
_TYPES: dict[ColumnType, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "real": pa.float64(),
    "datetime": pa.timestamp("ms", "UTC"),
    "boolean": pa.bool_(),
}


def schema_of(layer: str) -> pa.Schema:
    """Fields of a layer, its geometry as WKB last."""
    kind = KINDS[layer]
    fields = [pa.field(column.name, _TYPES[column.kind]) for column in kind.columns]
    if kind.spatial:
        fields.append(pa.field(GEOMETRY, pa.binary()))
    return pa.schema(fields)


def batches(
    layer: str, collection: IncidentCollection, footprints: Footprints | None
) -> pa.RecordBatchReader:
    """A layer as a stream of batches, made one after another as they are asked for."""
    schema = schema_of(layer)
    parts = layer_parts(layer, collection, footprints)
    return pa.RecordBatchReader.from_batches(schema, (to_batch(part, schema) for part in parts))


def to_batch(part: Layer, schema: pa.Schema) -> pa.RecordBatch:
    """One part of a layer as a batch."""
    return pa.RecordBatch.from_arrays(list(_arrays(part)), schema=schema)


def _arrays(part: Layer) -> Iterator[pa.Array]:
    import numpy as np
    import shapely

    for values, (_, kind) in zip(part.values, part.columns, strict=True):
        yield text_array(values) if kind == "text" else pa.array(values, _TYPES[kind])
    if part.geometries is not None:
        yield pa.array(shapely.to_wkb(np.array(part.geometries, dtype=object)), pa.binary())


def text_array(values: list[Any]) -> pa.Array:
    """Text as UTF-8 without what many readers cut it at or cannot hold.

    NUL characters go; half of a surrogate pair becomes "?".
    """
    try:
        array = pa.array(values, pa.string())
    except UnicodeEncodeError:
        return pa.array(list(map(_clean, values)), pa.string())
    data = array.buffers()[2]
    if data is not None and b"\0" in memoryview(data).tobytes():
        return pa.array(list(map(_clean, values)), pa.string())
    return array


def _clean(value: str | None) -> str | None:
    if value is None:
        return None
    return value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
