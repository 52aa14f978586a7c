"""Which column of a table holds which field of a report: given, else guessed, and shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geoincidents.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

#: Our field: the heads under which people keep it, the surest first.
HEADS = {
    "text": ("text", "body", "content", "article", "message", "description"),
    "id": ("id", "report_id", "doc_id", "guid"),
    "title": ("title", "headline"),
    "published": (
        *("published", "published_at", "publication_date", "date", "datetime"),
        *("time", "timestamp"),
    ),
    "publisher": ("publisher", "outlet", "source", "channel"),
    "url": ("url", "link"),
    "language": ("language", "lang"),
    "timezone": ("timezone",),
}
_PART = re.compile(rf",\s*(?=(?:{'|'.join(HEADS)})\s*=)")


def columns_from(asked: Iterable[str]) -> dict[str, str]:
    """Columns by field, from texts such as ``title=Headline,text=Body``.

    A column's name may hold commas and equals signs.

    Raises
    ------
    UsageError
        When a part is no pair, or names a field that reports do not have.

    Examples
    --------
    >>> columns_from(["title=Headline, short,text=Body"])
    {'title': 'Headline, short', 'text': 'Body'}
    """
    found = {}
    for part in (part for text in asked for part in _PART.split(text)):
        key, equals, head = part.partition("=")
        if not equals or key.strip() not in HEADS:
            raise UsageError(
                f"--columns {part}: give FIELD=COLUMN, the field one of {', '.join(HEADS)}."
            )
        found[key.strip()] = head.strip()
    return found


def mapping_of(header: Sequence[str], given: Mapping[str, str], name: str) -> dict[str, str]:
    """Which column holds which field: as given, and for the rest by the columns' heads.

    Raises
    ------
    UsageError
        When a column that was given is not there.

    Examples
    --------
    >>> mapping_of(["Link", "Headline", "Body"], {}, "a.csv")
    {'text': 'Body', 'title': 'Headline', 'url': 'Link'}
    """
    absent = [head for head in given.values() if head not in header]
    if absent:
        there = ", ".join(head for head in header if head)
        raise UsageError(f"{name}: has no column {absent[0]!r}; it has {there}.")
    heads = {head.strip().lower(): head for head in reversed(header)}
    guessed = {
        key: heads[found]
        for key, names in HEADS.items()
        if (found := next((each for each in names if each in heads), None))
    }
    taken = set(given.values())
    guessed = {key: head for key, head in guessed.items() if head not in taken}
    chosen = {**guessed, **given}
    return {key: chosen[key] for key in HEADS if key in chosen}


def shown(mapping: Mapping[str, str], name: str) -> str:
    """One sentence that names which column became what.

    >>> shown({"text": "Body", "title": "Headline"}, "a.csv")
    "a.csv: read column 'Body' as text, 'Headline' as title (--columns FIELD=COLUMN changes that)."
    """
    pairs = ", ".join(f"{head!r} as {key}" for key, head in mapping.items())
    return f"{name}: read column {pairs} (--columns FIELD=COLUMN changes that)."
