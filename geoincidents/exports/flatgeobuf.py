"""FlatGeobuf: one layer, indexed, for streaming from a plain web server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoincidents.exports.layers import BUILDERS
from geoincidents.exports.ogr import write_layer
from geoincidents.exports.registry import WriteOptions, writer

if TYPE_CHECKING:
    from pathlib import Path

    from geoincidents.model import IncidentCollection


@writer("flatgeobuf", ".fgb")
def write_flatgeobuf(collection: IncidentCollection, path: Path, options: WriteOptions) -> None:
    """Write one layer."""
    write_layer(BUILDERS[options.layer](collection, options.footprints), path, "FlatGeobuf")
