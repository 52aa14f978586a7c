"""What a saved page says of its article: JSON-LD first, then OpenGraph and meta, then its marks."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from geoincidents.reports.dating import publication_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.html import HtmlElement

#: schema.org's types of an article end so: NewsArticle, ReportageNewsArticle, BlogPosting.
_ARTICLE = re.compile(r"(?:Article|Posting|Report|WebPage)$")
_MAX_NODES = 2000
_UNIX = re.compile(r"\d{10}(?:\d{3})?")
#: Where a page says when it was published, the surest first; a last change is none of them.
_PUBLISHED = (
    '//meta[@property="article:published_time" or @name="article:published_time"]/@content',
    '//meta[@itemprop="datePublished"]/@content',
    '//time[@itemprop="datePublished" or @pubdate]/@datetime',
    '//*[@itemprop="datePublished"]/@datetime',
    '//meta[@name="date" or @name="pubdate" or @name="publish-date" or @name="publish_date" '
    'or @name="parsely-pub-date" or @name="sailthru.date" or @name="DC.date.issued" '
    'or @name="dcterms.created" or @property="og:published_time" or @name="mediator_published_time"'
    "]/@content",
    "//article//time/@datetime",
    "//time/@datetime",
    "//article//time",
    "//time",
)
_TITLE = (
    '//meta[@property="og:title" or @name="og:title"]/@content',
    '//meta[@name="twitter:title"]/@content',
    "//article//h1",
    "//h1",
    "//title",
)
_OUTLET = (
    '//meta[@property="og:site_name" or @name="og:site_name"]/@content',
    '//*[@itemprop="publisher"]//*[@itemprop="name"]/@content',
    '//*[@itemprop="publisher"]//*[@itemprop="name"]',
    '//meta[@name="application-name"]/@content',
)
_URL = ('//link[@rel="canonical"]/@href', '//meta[@property="og:url"]/@content')
_LANGUAGE = ("/html/@lang", '//meta[@property="og:locale"]/@content')


def page_metadata(tree: HtmlElement) -> dict[str, str]:
    """Title, outlet, address, time of publication and language; "" for what is not told."""
    data = _linked_data(tree)
    url = _told(data, "url", _web) or _first(tree, _URL, _web)
    outlet = _publisher(data) or _first(tree, _OUTLET) or (urlsplit(url).hostname or "")
    return {
        "title": _told(data, "headline") or _first(tree, _TITLE),
        "publisher": outlet.removeprefix("www."),
        "url": url,
        "published": _told(data, "datePublished", instant) or _first(tree, _PUBLISHED, instant),
        "language": (_told(data, "inLanguage", _language) or _first(tree, _LANGUAGE, _language)),
    }


def instant(text: str) -> str:
    """A time as ISO 8601, however a page spells it; "" where it is none.

    >>> instant("Sat, 03 Feb 2024 08:00:00 +0200")
    '2024-02-03T08:00:00+02:00'
    >>> instant("3 лютого 2024, 10:15")
    '2024-02-03T10:15:00+00:00'
    """
    text = text.strip()
    if not any(char.isdigit() for char in text):
        return ""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return _unix(text) or _spelt(text)
    return text if len(text) == len("2024-02-03") else moment.isoformat()


def _unix(text: str) -> str:
    if not _UNIX.fullmatch(text):
        return ""
    return datetime.fromtimestamp(int(text[:10]), UTC).isoformat()


def _spelt(text: str) -> str:
    try:
        moment = parsedate_to_datetime(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()
    except (ValueError, TypeError, IndexError):
        found = publication_date(text)
        return found.iso if found else ""


def _language(text: str) -> str:
    """The code alone: "uk" of "uk-UA"."""
    return re.split(r"[-_]", text.strip())[0].lower()


def _web(text: str) -> str:
    """An address of the web; anything else is none."""
    return text if urlsplit(text).scheme in {"http", "https"} else ""


def _plain(text: str) -> str:
    return " ".join(text.split())


def _first(tree: HtmlElement, paths: tuple[str, ...], shape: Callable[[str], str] = _plain) -> str:
    """What the first of these paths finds that makes sense."""
    for path in paths:
        for found in tree.xpath(path):
            text = found if isinstance(found, str) else found.text_content()
            if value := _made(text, shape):
                return value
    return ""


def _made(text: str, shape: Callable[[str], str]) -> str:
    try:
        return shape(_plain(text))
    except (ValueError, OverflowError):
        return ""


def _linked_data(tree: HtmlElement) -> list[dict[str, Any]]:
    """The articles that the page describes in JSON-LD, news before pages."""
    found = []
    for script in tree.xpath('//script[@type="application/ld+json"]'):
        try:
            value = json.loads(script.text_content(), strict=False)
        except (ValueError, RecursionError):
            continue
        found += [node for node in _nodes(value) if any(map(_ARTICLE.search, _types(node)))]
    return sorted(found, key=lambda node: "WebPage" in _types(node))


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Objects of a document: it may be one, a list, or a graph."""
    left, seen = [value], 0
    while left and seen < _MAX_NODES:
        seen += 1
        node = left.pop(0)
        if isinstance(node, list):
            left = [*node, *left]
        elif isinstance(node, dict):
            yield node
            left = [*(node[key] for key in ("@graph", "mainEntity") if key in node), *left]


def _types(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [
        kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)
    ]


def _told(data: list[dict[str, Any]], key: str, shape: Callable[[str], str] = _plain) -> str:
    for node in data:
        value = node.get(key)
        if isinstance(value, str) and (made := _made(value, shape)):
            return made
    return ""


def _publisher(data: list[dict[str, Any]]) -> str:
    for node in data:
        for value in _as_list(node.get("publisher")):
            name = value.get("name") if isinstance(value, dict) else value
            if isinstance(name, str) and name.strip():
                return _plain(name)
    return ""


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
