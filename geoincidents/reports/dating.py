"""When a report was published, read from its own head where no metadata says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING

from geoincidents.lexicon import LANGUAGES, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Only the head of a report tells of its publication; later dates are the story's.
HEAD_CHARACTERS = 2500
#: Every date holds one, its other parts within so many characters on either side.
_YEAR = re.compile(r"\d{4}")
_ABOUT_YEAR = 50
#: A dateline stands at the start of a paragraph, its date within so many characters.
_DATELINE_REACH = 60


@dataclass(frozen=True, slots=True)
class PublicationDate:
    """An ISO 8601 date or date-time, and what told it."""

    iso: str
    source: str


@cache
def _month_numbers() -> dict[str, int]:
    return {
        word: number
        for language in LANGUAGES
        for number, words in enumerate(vocabulary(language, "dates")["months"], start=1)
        for word in words
    }


def _words(key: str) -> str:
    words = {word for language in LANGUAGES for word in vocabulary(language, "dates")[key]}
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@cache
def _date_pattern() -> re.Pattern[str]:
    months = "|".join(sorted(map(re.escape, _month_numbers()), key=len, reverse=True))
    return re.compile(
        rf"""\b(?:
            (?P<iso_year>\d{{4}})-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)
            | (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month>{months})\.?,?\s+(?P<year>\d{{4}})
            | (?P<us_month>{months})\.?\s+(?P<us_day>\d{{1,2}})(?:st|nd|rd|th)?,?
              \s+(?P<us_year>\d{{4}})
            | (?P<dot_day>\d{{1,2}})\.(?P<dot_month>\d{{1,2}})\.(?P<dot_year>\d{{4}})
        )\b
        (?:[T,]?\s*(?:at\s+)?(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::[0-5]\d)?
           (?P<zone>Z|[+-]\d\d:?\d\d)?)?""",
        re.IGNORECASE | re.VERBOSE,
    )


def _iso(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    for prefix in ("iso_", "", "us_", "dot_"):
        if groups[prefix + "year"]:
            break
    month = groups[prefix + "month"]
    number = int(month) if month.isdigit() else _month_numbers()[month.lower()]
    try:
        day = date(int(groups[prefix + "year"]), number, int(groups[prefix + "day"]))
    except ValueError:
        return None
    if groups["hour"] is None:
        return day.isoformat()
    return _date_time(day, groups)


def _date_time(day: date, groups: dict[str, str | None]) -> str:
    # A publication time without a zone is taken as UTC, as wire services print it.
    moment = datetime(
        day.year,
        day.month,
        day.day,
        int(groups["hour"] or 0),
        int(groups["minute"] or 0),
        tzinfo=UTC,
    )
    zone = groups["zone"]
    if not zone or zone in "Zz":
        return moment.isoformat()
    return datetime.fromisoformat(moment.isoformat()[:-6] + zone).isoformat()


def _source(line: str, at: int, length: int) -> str | None:
    """What kind of line tells the date: the head's own, a byline, a dateline, an update."""
    before, after = line[:at], line[at + length :]
    if re.search(rf"(?:{_words('update')})\b", before, re.IGNORECASE):
        return "update"
    if re.fullmatch(rf"\W*(?:{_words('published')})?\W*", before, re.IGNORECASE):
        return "line" if before.strip() or len(after.strip()) <= _DATELINE_REACH else None
    if (
        re.match(rf"\W*(?:{_words('byline')})\b", before, re.IGNORECASE)
        and len(after) < _DATELINE_REACH
    ):
        return "byline"
    if at <= _DATELINE_REACH and re.match(r"\s*(?:\([^)]{1,40}\))?\s*[-–—:]", after):
        return "dateline"
    return None


def _dates(line: str) -> Iterator[re.Match[str]]:
    """Dates in a line: looked for about what may be a year, since a date may be of many kinds."""
    past = 0
    for year in _YEAR.finditer(line):
        start = max(past, year.start() - _ABOUT_YEAR)
        match = _date_pattern().search(line, start, year.end() + _ABOUT_YEAR)
        if match is not None:
            past = match.end()
            yield match


def publication_date(text: str) -> PublicationDate | None:
    r"""The date a report's head gives for itself, or None.

    A line, a byline or a dateline beats the date of a last update.

    Examples
    --------
    >>> publication_date("Last update: March 3, 2024\nKyiv, 2 March 2024 (X) - Text")
    PublicationDate(iso='2024-03-02', source='dateline')
    """
    found: list[PublicationDate] = []
    offset = 0
    for line in text[:HEAD_CHARACTERS].split("\n"):
        for match in _dates(line):
            source = _source(line, match.start(), match.end() - match.start())
            iso = _iso(match) if source else None
            if source and iso:
                found.append(PublicationDate(iso, source))
        offset += len(line) + 1
    return min(found, key=lambda item: item.source == "update", default=None)
