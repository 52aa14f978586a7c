"""Newline-delimited GeoJSON: one feature a line, for streams and very large files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoincidents.exports.geojson import feature_texts
from geoincidents.exports.layers import layer_parts
from geoincidents.exports.registry import WriteOptions, writer

if TYPE_CHECKING:
    from pathlib import Path

    from geoincidents.model import IncidentCollection


@writer("geojsonl", ".geojsonl", ".geojsons")
def write_geojson_lines(collection: IncidentCollection, path: Path, options: WriteOptions) -> None:
    """Write one layer, a feature a line."""
    with path.open("w", encoding="utf-8", newline="\n", errors="backslashreplace") as stream:
        for part in layer_parts(options.layer, collection, options.footprints):
            stream.writelines(text + "\n" for text in feature_texts(part))
