"""Reports: what was published, where and when."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a report's text, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Report:
    """One news report: its text and what is known of where it came from.

    `published` is as given, ISO 8601, a bare date or a date-time with offset;
    None when nothing is known. `mentions`, where given, are the only spans to
    resolve: recognition is skipped.
    """

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    timezone: str | None = None
    mentions: tuple[Span, ...] | None = None
    graphic: bool = False
    sha256: str = ""
    #: Offset at which the prose begins, after a block of ``key: value`` lines.
    body_start: int = 0
    #: What was read of `published`: "metadata", "dateline", "byline", "update" or "".
    published_from: str = ""
    #: File it was read from, as shown to people.
    origin: str = ""
