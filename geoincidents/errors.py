"""The exceptions a caller can meet.

::

    GeoincidentsError              any of the below; its text is one clear sentence
    ├── ReportError                a report that cannot be read (exit status 1)
    │   └── EmptyReportError       a report without text
    ├── UsageError                 wrong use: an unknown format, a missing file (exit status 2)
    └── OperationError             right use that could not be done (exit status 3)
        ├── GazetteerError         a gazetteer that is missing, truncated or altered
        ├── ExportError            an output that could not be written
        └── SourceError            a source of gazetteer data that is damaged
"""

from __future__ import annotations

from typing import ClassVar


class GeoincidentsError(Exception):
    """Any error of this library; its text says what is wrong and what to do."""

    exit_status: ClassVar[int] = 3


class ReportError(GeoincidentsError):
    """A report that cannot be read; the others still are."""

    exit_status: ClassVar[int] = 1


class EmptyReportError(ReportError):
    """A report without text."""


class UsageError(GeoincidentsError):
    """Wrong use: an unknown format, a missing file, a contradiction of options."""

    exit_status: ClassVar[int] = 2


class OperationError(GeoincidentsError):
    """Right use that could not be done: a full disk, a lost connection."""


class GazetteerError(OperationError):
    """A gazetteer that is missing, truncated or altered."""


class ExportError(OperationError):
    """An output that could not be written; what stood there before still does."""


class SourceError(OperationError):
    """A source of gazetteer data that is damaged or of another form."""
