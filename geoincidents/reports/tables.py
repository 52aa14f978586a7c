"""CSV: tables of incidents with ACLED's or UCDP GED's columns, or one report a row."""

from __future__ import annotations

import csv
import io
from pathlib import PurePath
from typing import TYPE_CHECKING

from geoincidents.errors import ReportError
from geoincidents.reports.decoding import decode
from geoincidents.reports.plain import make_report
from geoincidents.reports.registry import Problem, reader
from geoincidents.tables import read_table, schema_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoincidents.model import IncidentCollection, Report

#: Our field: the heads under which people keep it, the surest first.
COLUMNS = {
    "text": ("text", "body", "content", "article", "message", "description"),
    "id": ("id", "report_id", "doc_id", "guid"),
    "title": ("title", "headline"),
    "published": ("published", "published_at", "date", "datetime", "time", "timestamp"),
    "publisher": ("publisher", "outlet", "source", "channel"),
    "url": ("url", "link"),
    "language": ("language", "lang"),
}


@reader(".csv")
def read_csv(data: bytes, name: str) -> Iterator[Report | IncidentCollection | Problem]:
    """Yield the incidents of a known table, else the report of each row."""
    text = decode(data, name)
    rows = csv.reader(io.StringIO(text, newline=""))
    header = next(rows)
    if schema_of(header):
        yield read_table(data, name)
        return
    mapping = guess_columns(header)
    if "text" not in mapping:
        heads = ", ".join(COLUMNS["text"])
        raise ReportError(f"{name}: no column holds the reports' text; call one of them {heads}.")
    for number, row in enumerate(rows, start=2):
        fields = {key: row[i] for key, i in mapping.items() if i < len(row)}
        body = fields.pop("text", "")
        if not body.strip():
            yield Problem(name, f"{name}, row {number}: has no text; passed over.")
            continue
        yield make_report(body, fields, default_id=f"{PurePath(name).stem}-{number}")


def guess_columns(header: list[str]) -> dict[str, int]:
    """Which column holds which field of a report, by its head.

    >>> guess_columns(["Link", "Headline", "Body"])
    {'text': 2, 'title': 1, 'url': 0}
    """
    heads = [head.strip().lower() for head in header]
    found = {}
    for key, names in COLUMNS.items():
        places = [heads.index(name) for name in names if name in heads]
        if places:
            found[key] = places[0]
    return found
