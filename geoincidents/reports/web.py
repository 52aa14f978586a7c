"""Saved web pages and feeds: the article's text without the page around it."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from geoincidents.errors import EmptyReportError, ReportError
from geoincidents.reports.decoding import decode
from geoincidents.reports.page_metadata import page_metadata
from geoincidents.reports.plain import make_report
from geoincidents.reports.registry import Problem, reader
from geoincidents.reports.source import MAX_REPORT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoincidents.model import Report
    from geoincidents.reports.source import Source

#: What a page says of its own encoding, near its beginning.
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset=["']?([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE)
_HEAD_BYTES = 4096
_TEXT_CHARSET = re.compile(
    r"(?:utf-|windows-|cp|iso-?8859-|koi8|mac|gb|big5|euc-|shift|ibm)", re.IGNORECASE
)
#: An entity that a feed defines itself can unfold without end.
_ENTITY = re.compile(r"<!(?:ENTITY|DOCTYPE[^>\[]*\[)", re.IGNORECASE)
#: What a feed says of its encoding, which it no longer has once it is text.
_PROLOG = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_XML_CHARSET = re.compile(rb"""\A\s*<\?xml[^>]{0,100}encoding=["']([A-Za-z0-9_:.-]{1,40})""")


@reader(".html", ".htm")
def read_page(source: Source) -> Iterator[Report]:
    """Yield the article of a saved page, with its title, outlet and time of publication."""
    import lxml.html
    import trafilatura

    name, html = source.name, _declared(source, _CHARSET)
    tree = lxml.html.fromstring(html.encode("utf-8"), parser=lxml.html.HTMLParser(encoding="utf-8"))
    document = trafilatura.bare_extraction(html, with_metadata=True, include_comments=False)
    found = document.as_dict() if isinstance(document, trafilatura.settings.Document) else {}
    text = str(found.get("text") or "")
    if not text.strip():
        raise ReportError(f"{name}: no article was found on the page; save its text instead.")
    metadata = page_metadata(tree)
    guessed = {"title": "title", "publisher": "sitename", "url": "url", "published": "date"}
    for key, guess in guessed.items():
        metadata[key] = metadata[key] or str(found.get(guess) or "")
    yield make_report(text, metadata, default_id=PurePath(name).stem)


def _declared(source: Source, declaration: re.Pattern[bytes]) -> str:
    """Text in UTF-8, else in the encoding that it declares for itself near its beginning."""
    data = source.whole(MAX_REPORT)
    try:
        return decode(data, source.name)
    except EmptyReportError:
        raise
    except ReportError:
        charset = declaration.search(data[:_HEAD_BYTES])
        if charset is None:
            raise
        return _in_charset(data, charset[1].decode("ascii"), source.name)


def _in_charset(data: bytes, charset: str, name: str) -> str:
    # Python's other codecs may take without end.
    text = None
    if _TEXT_CHARSET.match(charset):
        with suppress(LookupError, UnicodeError):
            text = data.decode(charset)
    if text is None:
        raise ReportError(f"{name}: not in {charset}, which it says it is; save it as UTF-8.")
    return text.replace("\r\n", "\n")


@reader(".xml", ".rss", ".atom")
def read_feed(source: Source) -> Iterator[Report | Problem]:
    """Yield the report of each entry of an RSS or Atom feed."""
    import feedparser

    name, text = source.name, _declared(source, _XML_CHARSET)
    if _ENTITY.search(text):
        raise ReportError(f"{name}: defines XML entities of its own; refused.")
    # As a stream: a mere text would be taken for the path of a file, or an address, to open.
    feed = feedparser.parse(BytesIO(_PROLOG.sub("", text).encode("utf-8", "replace")))
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
