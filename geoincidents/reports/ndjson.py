"""JSON and newline-delimited JSON: many reports a file, or incidents already made."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from geoincidents.errors import ReportError
from geoincidents.model import Report, Span
from geoincidents.records import collection_from_record
from geoincidents.reports.decoding import decode
from geoincidents.reports.plain import make_report
from geoincidents.reports.registry import Problem, reader
from geoincidents.reports.telegram import is_telegram, telegram_reports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoincidents.model import IncidentCollection

_TEXT_KEYS = ("title", "published", "publisher", "url", "language", "timezone")


@reader(".ndjson", ".jsonl")
def read_ndjson(data: bytes, name: str) -> Iterator[Report | Problem]:
    """Yield the report of each line; a line that is none is a problem of its own."""
    for number, line in enumerate(decode(data, name).split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{name}, line {number}"
        try:
            yield report_from_json(load_json(line, where), where, f"{PurePath(name).stem}-{number}")
        except ReportError as error:
            yield Problem(where, str(error))


@reader(".json")
def read_json(data: bytes, name: str) -> Iterator[Report | IncidentCollection | Problem]:
    """Yield the reports of a JSON list, one report, or the incidents of an export."""
    value = load_json(decode(data, name), name)
    if isinstance(value, dict) and "incidents" in value:
        try:
            yield collection_from_record(value)
        except (KeyError, TypeError, ValueError) as error:
            raise ReportError(
                f"{name}: not an export of incidents ({error}); write it again."
            ) from None
        return
    if is_telegram(value):
        yield from telegram_reports(value)
        return
    rows = value if isinstance(value, list) else [value]
    for number, row in enumerate(rows, start=1):
        where = f"{name}, item {number}"
        try:
            yield report_from_json(row, where, f"{PurePath(name).stem}-{number}")
        except ReportError as error:
            yield Problem(where, str(error))


def load_json(text: str, where: str) -> Any:
    """Parse JSON, or say where it breaks.

    Raises
    ------
    ReportError
        When it is not JSON, or nested deeper than a parser can follow.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ReportError(
            f"{where}: not JSON ({error.msg} at character {error.pos}); mend or remove it."
        ) from None
    except RecursionError:
        raise ReportError(f"{where}: nested too deeply to be a report; remove it.") from None


def report_from_json(row: Any, where: str, default_id: str) -> Report:
    """A report from a JSON object with at least `text`.

    Raises
    ------
    ReportError
        When it is no object, has no text, or its mentions are not spans of the text.
    """
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise ReportError(f'{where}: not a report; it needs an object with "text".')
    metadata = {key: str(row[key]) for key in _TEXT_KEYS if row.get(key)}
    metadata |= {"id": str(row["id"])} if row.get("id") is not None else {}
    metadata |= {"graphic": "true"} if row.get("graphic") is True else {}
    report = make_report(row["text"], metadata, default_id=default_id)
    if row.get("mentions") is None:
        return report
    return _with_mentions(report, row["mentions"], where)


def _with_mentions(report: Report, mentions: Any, where: str) -> Report:
    from dataclasses import replace

    try:
        spans = tuple(Span(int(m["start"]), int(m["end"])) for m in mentions)
    except (KeyError, TypeError, ValueError):
        raise ReportError(f'{where}: "mentions" needs objects with "start" and "end".') from None
    for span in spans:
        if not 0 <= span.start < span.end <= len(report.text):
            raise ReportError(f"{where}: the mention {span.start}–{span.end} is not in the text.")
    return replace(report, mentions=spans)
