"""Plain text and Markdown: one report a file, perhaps opened by ``key: value`` lines."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING

from geoincidents.model import Report
from geoincidents.reports.dating import publication_date
from geoincidents.reports.registry import reader
from geoincidents.reports.source import MAX_REPORT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoincidents.reports.source import Source

_HEADER_LINE = re.compile(r"([A-Za-z][\w -]{0,30}?)[ \t]*:[ \t]*(.*)")
_HEADER_KEYS = frozenset(
    {
        "id",
        "title",
        "published",
        "date",
        "publisher",
        "outlet",
        "url",
        "language",
        "timezone",
        "graphic",
        "note",
    }
)
_TRUE = frozenset({"true", "yes", "1"})


@reader(".txt", ".md")
def read_plain(source: Source) -> Iterator[Report]:
    """Yield the one report of a text file."""
    text = source.text(MAX_REPORT)
    metadata, body_start = split_metadata(text)
    yield make_report(text, metadata, body_start=body_start, default_id=PurePath(source.name).stem)


def split_metadata(text: str) -> tuple[dict[str, str], int]:
    r"""The ``key: value`` lines closed by ``---`` that may open a text, and where its prose begins.

    Examples
    --------
    >>> split_metadata("title: A night\n---\nText")
    ({'title': 'A night'}, 19)
    """
    metadata: dict[str, str] = {}
    offset = 0
    for line in text.split("\n"):
        offset += len(line) + 1
        if line.strip() == "---":
            if metadata:
                return metadata, offset
            continue
        match = _HEADER_LINE.fullmatch(line.strip())
        if not match or match[1].lower() not in _HEADER_KEYS:
            return {}, 0
        metadata[match[1].lower()] = match[2].strip().strip("\"'")
    return {}, 0


def make_report(
    text: str, metadata: dict[str, str], *, body_start: int = 0, default_id: str
) -> Report:
    """A report from its text and what is known of it; the head's own date fills a missing one."""
    published = metadata.get("published") or metadata.get("date")
    source = "metadata" if published else ""
    if not published and (found := publication_date(text)):
        published, source = found.iso, found.source
    return Report(
        id=metadata.get("id") or default_id,
        text=text,
        title=metadata.get("title") or None,
        published=published or None,
        publisher=metadata.get("publisher") or metadata.get("outlet") or None,
        url=metadata.get("url") or None,
        language=metadata.get("language") or None,
        timezone=metadata.get("timezone") or None,
        graphic=metadata.get("graphic", "").lower() in _TRUE,
        sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        body_start=body_start,
        published_from=source,
    )
