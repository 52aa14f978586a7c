"""JSON and newline-delimited JSON: many reports a file, or incidents already made."""

from __future__ import annotations

import json
from itertools import chain
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from geoincidents.errors import ReportError
from geoincidents.model import Report, Span
from geoincidents.records import collection_from_record
from geoincidents.reports.columns import mapping_of, shown
from geoincidents.reports.decoding import decode_utf8
from geoincidents.reports.plain import make_report
from geoincidents.reports.registry import Notice, Problem, reader
from geoincidents.reports.source import MAX_LINE
from geoincidents.reports.telegram import is_telegram, telegram_reports

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geoincidents.model import IncidentCollection
    from geoincidents.reports.source import Line, Source

_TEXT_KEYS = ("title", "published", "publisher", "url", "language", "timezone")


_RECORD_FAULTS = (
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)
#: Lines that are looked at before the first report is made, to know the fields there are.
_AHEAD = 50
_AHEAD_BYTES = 8_000_000


@reader(".ndjson", ".jsonl")
def read_ndjson(source: Source) -> Iterator[Report | Problem | Notice]:
    """Yield the report of each line; a line that is none is a problem of its own."""
    lines, mapping = fields_of(source.lines(), source.name, source.columns)
    if any(key != head for key, head in mapping.items()):
        yield Notice(source.name, shown(mapping, source.name))
    stem = PurePath(source.name).stem
    for number, data in lines:
        where = f"{source.name}, line {number}"
        if data is not None and not data.strip():
            continue
        try:
            row = renamed(json_of_line(data, where), mapping)
            yield report_from_json(row, where, f"{stem}-{number}")
        except ReportError as error:
            yield Problem(where, str(error))


def fields_of(
    lines: Iterator[Line], name: str, given: Mapping[str, str]
) -> tuple[Iterator[Line], dict[str, str]]:
    """The lines again, and which of their fields is read as which of ours, by the first of them.

    Raises
    ------
    UsageError
        When a field that the user named is in none of the first lines.
    """
    ahead: list[Line] = []
    size = 0
    heads: dict[str, None] = {}
    for line in lines:
        ahead.append(line)
        size += len(line.data or b"")
        heads |= dict.fromkeys(_keys(line))
        if len(ahead) >= _AHEAD or size > _AHEAD_BYTES:
            break
    mapping = mapping_of(list(heads), given, name) if heads else {}
    return chain(ahead, lines), mapping


def _keys(line: Line) -> list[str]:
    try:
        row = json.loads(line.data or b"null")
    except (ValueError, RecursionError):
        return []
    return list(row) if isinstance(row, dict) else []


def renamed(row: Any, mapping: Mapping[str, str]) -> Any:
    """An object with its fields under our names."""
    if not isinstance(row, dict):
        return row
    return row | {key: row[head] for key, head in mapping.items() if head in row}


def json_of_line(data: bytes | None, where: str) -> Any:
    """What a line holds as JSON.

    Raises
    ------
    ReportError
        When it is too long, not UTF-8, or no JSON.
    """
    if data is None:
        raise ReportError(
            f"{where}: longer than {MAX_LINE // 1_000_000} MB, so no report; passed over."
        )
    return load_json(decode_utf8(data, where), where)


@reader(".json")
def read_json(source: Source) -> Iterator[Report | IncidentCollection | Problem | Notice]:
    """Yield the reports of a JSON list, one report, or the incidents of an export."""
    name = source.name
    value = load_json(source.text(), name)
    if isinstance(value, dict) and "incidents" in value:
        yield collection_of(value, name)
        return
    if is_telegram(value):
        yield from telegram_reports(value)
        return
    rows = value if isinstance(value, list) else [value]
    heads = dict.fromkeys(key for row in rows[:_AHEAD] if isinstance(row, dict) for key in row)
    mapping = mapping_of(list(heads), source.columns, name) if heads else {}
    if any(key != head for key, head in mapping.items()):
        yield Notice(name, shown(mapping, name))
    for number, row in enumerate(rows, start=1):
        where = f"{name}, item {number}"
        try:
            stem = f"{PurePath(name).stem}-{number}"
            yield report_from_json(renamed(row, mapping), where, stem)
        except ReportError as error:
            yield Problem(where, str(error))


def collection_of(value: dict[str, Any], name: str) -> IncidentCollection:
    """The incidents and reports of an export's own record.

    Raises
    ------
    ReportError
        When a field that cannot be done without is missing or of another form.
    """
    try:
        return collection_from_record(value)
    except _RECORD_FAULTS as error:
        lacks = isinstance(error, KeyError)
        reason = f"it lacks {error.args[0]!r}" if lacks else str(error)
        raise ReportError(
            f"{name}: not an export of incidents ({reason}); write it again."
        ) from None


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
    except ValueError:
        raise ReportError(
            f"{where}: holds a number too long to be one; mend or remove it."
        ) from None


def report_from_json(row: Any, where: str, default_id: str) -> Report:
    """A report from a JSON object with at least `text`.

    Raises
    ------
    ReportError
        When it is no object, has no text, or its mentions are not spans of the text.
    """
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise ReportError(
            f'{where}: not a report; it needs an object with "text" '
            "(or name its field with --columns text=FIELD)."
        )
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
