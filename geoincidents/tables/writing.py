"""Incidents → a CSV table of ACLED's or UCDP GED's columns."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, TextIO

from geoincidents.errors import ReportError
from geoincidents.tables import acled, ucdp
from geoincidents.tables.schema import (
    COLUMNS_KEY,
    NEWLINE_KEY,
    SCHEMA_KEY,
    SchemaName,
    columns,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geoincidents.model import Incident, IncidentCollection
    from geoincidents.tables.common import Reports

_ROWS = {"acled": acled.row_of, "ucdp": ucdp.row_of}
_PARSERS = {"acled": acled.incident_of, "ucdp": ucdp.incident_of}


def write_acled(collection: IncidentCollection, stream: TextIO) -> None:
    """Write ACLED's 31 columns, and unknown ones that were read, as CSV.

    `stream` must leave line ends alone (``newline=""``).
    """
    write_table(collection, stream, "acled")


def write_ucdp(collection: IncidentCollection, stream: TextIO) -> None:
    """Write UCDP GED's 49 columns, and unknown ones that were read, as CSV.

    `stream` must leave line ends alone (``newline=""``).
    """
    write_table(collection, stream, "ucdp")


def write_table(collection: IncidentCollection, stream: TextIO, name: SchemaName) -> None:
    """Write a collection as one of the tables; see `write_acled`, `write_ucdp`."""
    ours = [item for item in collection.incidents if item.extra.get(SCHEMA_KEY) == name]
    header = _header(ours, name)
    newline = next((item.extra[NEWLINE_KEY] for item in ours), "\n")
    reports = {report.id: report for report in collection.reports}
    rows = csv.writer(stream, lineterminator=newline)
    rows.writerow(header)
    for incident in collection.incidents:
        cells = _cells(incident, name, reports)
        rows.writerow([cells.get(column, "") for column in header])


def _header(read: Iterable[Incident], name: SchemaName) -> list[str]:
    """The header as it was read; without one, the table's own."""
    known: dict[str, None] = {}
    for text in dict.fromkeys(item.extra.get(COLUMNS_KEY, "[]") for item in read):
        known.update(dict.fromkeys(json.loads(text)))
    return list(known or columns(name))


def _cells(incident: Incident, name: SchemaName, reports: Reports) -> dict[str, str]:
    """Cells as they were read, but for those that the incident contradicts by now."""
    now = _ROWS[name](incident, reports)
    read = incident.extra
    if read.get(SCHEMA_KEY) != name:
        return now
    try:
        was, report = _PARSERS[name](read, incident.id)
    except (ReportError, KeyError):
        return {**read, **now}
    before = _ROWS[name](was, {**reports, report.id: report})
    return {**read, **{key: cell for key, cell in now.items() if before.get(key) != cell}}
