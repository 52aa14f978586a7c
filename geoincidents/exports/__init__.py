"""Incidents → GIS files: one writer a file, each replaced whole or not at all.

Importing a writer registers it, so each format is named here once.
"""

from geoincidents.exports.flatgeobuf import write_flatgeobuf
from geoincidents.exports.geojson import write_geojson
from geoincidents.exports.geojson_lines import write_geojson_lines
from geoincidents.exports.geopackage import write_geopackage
from geoincidents.exports.geoparquet import write_geoparquet
from geoincidents.exports.json_document import write_json
from geoincidents.exports.kml import write_kml
from geoincidents.exports.postgis import write_postgis
from geoincidents.exports.registry import WriteOptions, formats, write
from geoincidents.exports.shapefile import write_shapefile
from geoincidents.exports.spreadsheet import write_spreadsheet
from geoincidents.exports.tabular import write_csv

__all__ = [
    "WriteOptions",
    "formats",
    "write",
    "write_csv",
    "write_flatgeobuf",
    "write_geojson",
    "write_geojson_lines",
    "write_geopackage",
    "write_geoparquet",
    "write_json",
    "write_kml",
    "write_postgis",
    "write_shapefile",
    "write_spreadsheet",
]
