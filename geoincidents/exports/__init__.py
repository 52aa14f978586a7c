"""Incidents → GIS files: one writer a file, each replaced whole or not at all.

Importing a writer registers it, so each format is named here once.
"""

from geoincidents.exports.flatgeobuf import write_flatgeobuf
from geoincidents.exports.geojson import write_geojson
from geoincidents.exports.geopackage import write_geopackage
from geoincidents.exports.json_document import write_json
from geoincidents.exports.registry import WriteOptions, formats, write
from geoincidents.exports.tabular import write_csv

__all__ = [
    "WriteOptions",
    "formats",
    "write",
    "write_csv",
    "write_flatgeobuf",
    "write_geojson",
    "write_geopackage",
    "write_json",
]
