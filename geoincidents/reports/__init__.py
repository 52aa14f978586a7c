"""Files, folders and streams → reports, naming each that cannot be read.

Importing a reader registers it, so each format is named here once.
"""

from geoincidents.reports.geojson import read_geojson, read_geojson_lines
from geoincidents.reports.ndjson import read_json, read_ndjson
from geoincidents.reports.plain import read_plain
from geoincidents.reports.reading import ReadResult, read_reports
from geoincidents.reports.registry import Problem, reader, supported_suffixes
from geoincidents.reports.tables import read_csv, read_parquet, read_spreadsheet
from geoincidents.reports.web import read_feed, read_page

__all__ = [
    "Problem",
    "ReadResult",
    "read_csv",
    "read_feed",
    "read_geojson",
    "read_geojson_lines",
    "read_json",
    "read_ndjson",
    "read_page",
    "read_parquet",
    "read_plain",
    "read_reports",
    "read_spreadsheet",
    "reader",
    "supported_suffixes",
]
