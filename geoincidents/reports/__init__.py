"""Files, folders and streams → reports, naming each that cannot be read."""

from geoincidents.reports.reading import ReadResult, read_reports
from geoincidents.reports.registry import Problem, reader, supported_suffixes

__all__ = ["Problem", "ReadResult", "read_reports", "reader", "supported_suffixes"]
