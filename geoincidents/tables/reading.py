"""A CSV table → incidents that keep every cell."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from geoincidents.errors import EmptyReportError, ReportError
from geoincidents.model import IncidentCollection
from geoincidents.tables import acled, ucdp
from geoincidents.tables.schema import (
    COLUMNS_KEY,
    NEWLINE_KEY,
    ROW_KEY,
    SCHEMA_KEY,
    SCHEMAS,
    SchemaName,
    schema,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike

    from geoincidents.model import Incident, Report

_PARSERS = {"acled": acled.incident_of, "ucdp": ucdp.incident_of}
_BOM = "\ufeff"


def read_acled(path: str | PathLike[str]) -> IncidentCollection:
    """Incidents of a CSV file with ACLED's columns.

    Raises
    ------
    ReportError
        When it cannot be read, or is not such a table.
    """
    return _read(path, "acled")


def read_ucdp(path: str | PathLike[str]) -> IncidentCollection:
    """Incidents of a CSV file with UCDP GED's columns.

    Raises
    ------
    ReportError
        When it cannot be read, or is not such a table.
    """
    return _read(path, "ucdp")


def _read(path: str | PathLike[str], name: SchemaName) -> IncidentCollection:
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise ReportError(f"{path}: cannot be read ({error.strerror}).") from None
    return read_table(data, str(path), expected=name)


def schema_of(header: Iterable[str]) -> SchemaName | None:
    """Which table a header belongs to, or None."""
    found = set(header)
    return next((name for name in SCHEMAS if found.issuperset(schema(name)["signature"])), None)


def read_table(data: bytes, name: str, *, expected: SchemaName | None = None) -> IncidentCollection:
    """Incidents of a CSV table, one a row, in order; each row is a report of its own.

    Parameters
    ----------
    data
        The file's bytes, UTF-8.
    name
        The file as shown to people.
    expected
        The table it must be; by default its header tells.

    Raises
    ------
    ReportError
        When it is no such table, or a row is too short, too long or has no date.
    """
    text = _decoded(data, name)
    newline = "\r\n" if text.partition("\n")[0].endswith("\r") else "\n"
    header, rows = _parsed(text, name)
    kind = schema_of(header)
    if kind is None or (expected is not None and kind != expected):
        wanted = " or ".join(SCHEMAS) if expected is None else expected
        needed = ", ".join(schema(expected or "acled")["signature"])
        raise ReportError(f"{name}: not a table of {wanted}; it needs the columns {needed}.")
    marks = {SCHEMA_KEY: kind, COLUMNS_KEY: json.dumps(header), NEWLINE_KEY: newline}
    incidents: list[Incident] = []
    reports: list[Report] = []
    seen: set[str] = set()
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            raise ReportError(
                f"{name}, row {number}: {len(row)} cells under {len(header)} columns; mend it."
            )
        cells = dict(zip(header, row, strict=True))
        incident, report = _PARSERS[kind](cells, f"{name}, row {number}")
        if incident.id in seen:
            incident = replace(incident, id=f"{incident.id}-row{number}")
        seen.add(incident.id)
        incident.extra.update(cells | marks | {ROW_KEY: str(number)})
        incidents.append(incident)
        reports.append(report)
    return IncidentCollection(tuple(incidents), tuple(reports))


def _decoded(data: bytes, name: str) -> str:
    try:
        text = data.decode("utf-8").removeprefix(_BOM)
    except UnicodeDecodeError as error:
        raise ReportError(
            f"{name}: not UTF-8 (offset {error.start}); save the table as UTF-8."
        ) from None
    if not text.strip():
        raise EmptyReportError(f"{name}: the file is empty; export the table again.")
    return text


def _parsed(text: str, name: str) -> tuple[list[str], list[list[str]]]:
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row]
    except csv.Error as error:
        raise ReportError(f"{name}: not a CSV table ({error}); export it again.") from None
    header = rows[0]
    if len(set(header)) != len(header):
        twice = sorted({column for column in header if header.count(column) > 1})
        raise ReportError(f"{name}: the column {twice[0]!r} stands there twice; rename one.")
    return header, rows[1:]
