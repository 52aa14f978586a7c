"""FlatGeobuf: one layer, indexed, for streaming from a plain web server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoincidents.exports.layers import KINDS
from geoincidents.exports.ogr import write_stream
from geoincidents.exports.registry import WriteOptions, writer

if TYPE_CHECKING:
    from pathlib import Path

    from geoincidents.model import IncidentCollection


@writer("flatgeobuf", ".fgb")
def write_flatgeobuf(collection: IncidentCollection, path: Path, options: WriteOptions) -> None:
    """Write one layer, indexed unless a row has no place: the index has no room for such."""
    from geoincidents.exports.arrow import batches

    stream = batches(options.layer, collection, options.footprints)
    placed = all(item.places for item in KINDS[options.layer].items(collection))
    index = {"SPATIAL_INDEX": "YES" if placed else "NO"}
    write_stream(stream, path, "FlatGeobuf", layer=options.layer, layer_options=index)
