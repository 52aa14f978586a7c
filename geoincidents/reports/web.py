"""Saved web pages and feeds: the article's text without the page around it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from geoincidents.errors import ReportError
from geoincidents.reports.decoding import decode
from geoincidents.reports.plain import make_report
from geoincidents.reports.registry import Problem, reader
from geoincidents.reports.source import MAX_REPORT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoincidents.model import Report
    from geoincidents.reports.source import Source

#: Where a page says when it was published, the surest first; the extractor keeps the day only.
_TIMES = (
    'meta[property="article:published_time"]',
    'meta[name="article:published_time"]',
    'meta[itemprop="datePublished"]',
    'meta[name="date"]',
    "time[datetime]",
)
#: An entity that a feed defines itself can unfold without end.
_ENTITY = re.compile(rb"<!(?:ENTITY|DOCTYPE[^>\[]*\[)", re.IGNORECASE)


@reader(".html", ".htm")
def read_page(source: Source) -> Iterator[Report]:
    """Yield the article of a saved page, with its title, outlet and time of publication."""
    import lxml.html
    import trafilatura

    name, html = source.name, source.text(MAX_REPORT)
    tree = lxml.html.fromstring(html.encode("utf-8"), parser=lxml.html.HTMLParser(encoding="utf-8"))
    document = trafilatura.bare_extraction(html, with_metadata=True, include_comments=False)
    found = document.as_dict() if isinstance(document, trafilatura.settings.Document) else {}
    text = str(found.get("text") or "")
    if not text.strip():
        raise ReportError(f"{name}: no article was found on the page; save its text instead.")
    metadata = {
        "title": str(found.get("title") or ""),
        "publisher": str(found.get("sitename") or ""),
        "url": str(found.get("url") or ""),
        "published": _published(tree) or str(found.get("date") or ""),
        "language": str(found.get("language") or ""),
    }
    yield make_report(text, metadata, default_id=PurePath(name).stem)


def _published(tree: Any) -> str:
    for selector in _TIMES:
        for element in tree.xpath(_as_xpath(selector)):
            value = element.get("content") or element.get("datetime") or ""
            try:
                return datetime.fromisoformat(value.strip()).isoformat()
            except ValueError:
                continue
    return ""


def _as_xpath(selector: str) -> str:
    """The few selectors above as XPath.

    >>> _as_xpath('meta[name="date"]')
    '//meta[@name="date"]'
    """
    tag, _, condition = selector.rstrip("]").partition("[")
    return f"//{tag}[@{condition}]"


@reader(".xml", ".rss", ".atom")
def read_feed(source: Source) -> Iterator[Report | Problem]:
    """Yield the report of each entry of an RSS or Atom feed."""
    import feedparser

    name, data = source.name, source.whole(MAX_REPORT)
    if _ENTITY.search(data[:100_000]):
        raise ReportError(f"{name}: defines XML entities of its own; refused.")
    feed = feedparser.parse(decode(data, name).encode("utf-8"))
    if not feed.entries:
        raise ReportError(f"{name}: no entries of a feed in it; give RSS or Atom.")
    for number, entry in enumerate(feed.entries, start=1):
        text = _entry_text(entry)
        if not text.strip():
            yield Problem(name, f"{name}, entry {number}: has no text; passed over.")
            continue
        metadata = {
            "title": entry.get("title", ""),
            "publisher": feed.feed.get("title", ""),
            "url": entry.get("link", ""),
            "published": _entry_time(entry),
        }
        yield make_report(text, metadata, default_id=f"{PurePath(name).stem}-{number}")


def _entry_text(entry: Any) -> str:
    """Title and body of an entry, without tags."""
    import lxml.html

    body = entry.content[0].value if entry.get("content") else entry.get("summary", "")
    plain = lxml.html.fromstring(f"<div>{body}</div>").text_content() if body.strip() else ""
    return "\n\n".join(part.strip() for part in (entry.get("title", ""), plain) if part.strip())


def _entry_time(entry: Any) -> str:
    parts = entry.get("published_parsed") or entry.get("updated_parsed")
    if not parts:
        return ""
    year, month, day, hour, minute, second = parts[:6]
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC).isoformat()
