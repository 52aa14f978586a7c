"""Rows of any table → one report a row."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from geoincidents.errors import ReportError
from geoincidents.reports.cells import missing
from geoincidents.reports.columns import HEADS, mapping_of, shown
from geoincidents.reports.plain import make_report
from geoincidents.reports.registry import Notice, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geoincidents.model import Report
    from geoincidents.reports.source import Source

    Row = dict[str, Any]


def reports_from_rows(
    header: Sequence[str], rows: Iterable[Row], source: Source
) -> Iterator[Report | Problem | Notice]:
    """The report of each row, and first which column was read as what.

    Raises
    ------
    ReportError
        When no column holds the reports' text.
    UsageError
        When a column that the user named is not there.
    """
    name, stem = source.name, PurePath(source.name).stem
    mapping = mapping_of(header, source.columns, name)
    if "text" not in mapping:
        heads, wanted = ", ".join(filter(None, header)), ", ".join(HEADS["text"])
        raise ReportError(
            f"{name}: no column holds the reports' text; name one with --columns text=COLUMN, "
            f"or call it one of {wanted}; the columns are {heads}."
        )
    yield Notice(name, shown(mapping, name))
    number = 1
    for number, row in enumerate(rows, start=2):
        fields = {key: _text(row.get(head)) for key, head in mapping.items()}
        body = fields.pop("text")
        if not body.strip():
            if not all(map(missing, row.values())):
                yield Problem(name, f"{name}, row {number}: has no text; passed over.")
            continue
        yield make_report(body, fields, default_id=f"{stem}-{number}")
    if number == 1:
        yield Problem(name, f"{name}: has heads and no rows; there is nothing to read.")


def without_hashtags(rows: Iterator[Row]) -> Iterator[Row]:
    """Rows without the one of HXL hashtags that may stand below the heads."""
    first = next(rows, None)
    if first is None:
        return
    told = [cell for cell in first.values() if not missing(cell)]
    if not told or not all(isinstance(cell, str) and cell.startswith("#") for cell in told):
        yield first
    yield from rows


def _text(value: Any) -> str:
    if missing(value):
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)
