"""Incidents → a CSV table of ACLED's or UCDP GED's columns."""

from __future__ import annotations

import contextlib
import csv
import json
from dataclasses import replace
from typing import TYPE_CHECKING, TextIO

from geoincidents.errors import ReportError
from geoincidents.tables import acled, ucdp
from geoincidents.tables.schema import (
    COLUMNS_KEY,
    NEWLINE_KEY,
    ROW_KEY,
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
    """Write a collection as one of the tables; see `write_acled`, `write_ucdp`.

    Rows that were read keep their order; incidents from elsewhere follow them.
    """
    ours = [item for item in collection.incidents if item.extra.get(SCHEMA_KEY) == name]
    header = _header(ours, name)
    crlf = any(item.extra.get(NEWLINE_KEY) == "\r\n" for item in ours)
    reports = {report.id: report for report in collection.reports}
    rows = csv.writer(stream, lineterminator="\r\n" if crlf else "\n")
    rows.writerow(header)
    for incident in sorted(collection.incidents, key=lambda item: _row_number(item, name)):
        cells = _cells(incident, name, reports)
        rows.writerow([cells.get(column, "") for column in header])


def _row_number(incident: Incident, name: SchemaName) -> tuple[bool, int]:
    number = incident.extra.get(ROW_KEY, "")
    read = incident.extra.get(SCHEMA_KEY) == name and number.isdecimal()
    return not read, int(number) if read else 0


def _header(read: Iterable[Incident], name: SchemaName) -> list[str]:
    """The header as it was read; without one, the table's own."""
    known: dict[str, None] = {}
    for text in dict.fromkeys(item.extra.get(COLUMNS_KEY, "[]") for item in read):
        with contextlib.suppress(ValueError, TypeError):
            known.update(dict.fromkeys(map(str, json.loads(text))))
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
    before = _ROWS[name](replace(was, id=incident.id), {**reports, report.id: report})
    return {**read, **{key: cell for key, cell in now.items() if before.get(key) != cell}}
