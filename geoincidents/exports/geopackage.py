"""GeoPackage: all layers in one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoincidents.exports.layers import BUILDERS
from geoincidents.exports.ogr import fixed_clock, write_layer
from geoincidents.exports.registry import WriteOptions, writer

if TYPE_CHECKING:
    from pathlib import Path

    from geoincidents.model import IncidentCollection


@writer("gpkg", ".gpkg")
def write_geopackage(collection: IncidentCollection, path: Path, options: WriteOptions) -> None:
    """Write every layer and attribute table, whichever layer was named."""
    with fixed_clock():
        for name, build in BUILDERS.items():
            layer = build(collection, options.footprints)
            shape = {"GEOMETRY_NAME": "geom"} if layer.geometries is not None else {}
            write_layer(
                layer,
                path,
                "GPKG",
                append=name != "incidents",
                layer_options={"FID": "fid", **shape},
            )
