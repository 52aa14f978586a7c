"""Incidents back from PostGIS, whole: each row keeps its record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geoincidents.databases import redacted, transaction
from geoincidents.errors import ReportError
from geoincidents.reports.ndjson import collection_of

if TYPE_CHECKING:
    from geoincidents.model import IncidentCollection

SCHEMES = ("postgresql://", "postgres://")
_INCIDENTS = "SELECT record FROM geoincidents.incidents ORDER BY time_start, id"
_REPORTS = (
    "SELECT id, title, publisher, url, published, language, sha256 "
    "FROM geoincidents.reports ORDER BY id"
)
_EXISTS = "SELECT to_regclass('geoincidents.incidents') IS NOT NULL"


def read_database(address: str) -> IncidentCollection:
    """The incidents and reports of a database that `export` wrote.

    Raises
    ------
    ReportError
        When the database holds no incidents of ours, or records of another form.
    OperationError
        When it cannot be reached.
    """
    with transaction(address) as connection:
        if not _scalar(connection.execute(_EXISTS)):
            raise ReportError(f"{redacted(address)}: holds no incidents; export some to it first.")
        incidents = [record for (record,) in connection.execute(_INCIDENTS)]
        rows = connection.execute(_REPORTS)
        heads = [column.name for column in rows.description or ()]
        reports = [dict(zip(heads, row, strict=True)) for row in rows]
    return collection_of({"incidents": incidents, "reports": reports}, redacted(address))


def _scalar(cursor: Any) -> Any:
    row = cursor.fetchone()
    return row[0] if row else None
