"""Files, folders and streams → reports, naming each that cannot be read.

Importing a reader registers it, so each format is named here once.
"""

from geoincidents.reports.columns import columns_from
from geoincidents.reports.flatgeobuf import read_flatgeobuf
from geoincidents.reports.geojson import read_geojson, read_geojson_lines
from geoincidents.reports.geopackage import read_geopackage
from geoincidents.reports.kml import read_kml
from geoincidents.reports.ndjson import read_json, read_ndjson
from geoincidents.reports.plain import read_plain
from geoincidents.reports.reading import ReadResult, read_reports
from geoincidents.reports.registry import Notice, Problem, reader, supported_suffixes
from geoincidents.reports.shapefiles import read_shapefiles
from geoincidents.reports.source import Source
from geoincidents.reports.tables import read_csv, read_parquet, read_spreadsheet
from geoincidents.reports.web import read_feed, read_page

__all__ = [
    "Notice",
    "Problem",
    "ReadResult",
    "Source",
    "columns_from",
    "read_csv",
    "read_feed",
    "read_flatgeobuf",
    "read_geojson",
    "read_geojson_lines",
    "read_geopackage",
    "read_json",
    "read_kml",
    "read_ndjson",
    "read_page",
    "read_parquet",
    "read_plain",
    "read_reports",
    "read_shapefiles",
    "read_spreadsheet",
    "reader",
    "supported_suffixes",
]
