"""Single fields of a record, each of the type that the contract gives it, or refused by name."""

from __future__ import annotations

import math
from typing import Any, get_args

Record = dict[str, Any]

#: Up to here a count is exact in every format that it may be written to.
_MAX_COUNT = 2**53


def text(record: Record, key: str) -> str:
    """A text that must be there.

    Raises
    ------
    KeyError, TypeError
        When it is missing, or no text.
    """
    value = record[key]
    if not isinstance(value, str):
        raise TypeError(f"{key} is no text")
    return value


def text_or_none(record: Record, key: str) -> str | None:
    """A text, or None where it is missing."""
    return None if record.get(key) is None else text(record, key)


def texts(record: Record, key: str) -> tuple[str, ...]:
    """A list of texts; empty where it is missing."""
    value = record.get(key)
    found = [] if value is None else value
    if not isinstance(found, list | tuple) or not all(isinstance(item, str) for item in found):
        raise TypeError(f"{key} is no list of texts")
    return tuple(found)


def records(record: Record, key: str) -> list[Record]:
    """A list of records; empty where it is missing."""
    found = record.get(key)
    found = [] if found is None else found
    if not isinstance(found, list | tuple) or not all(isinstance(item, dict) for item in found):
        raise TypeError(f"{key} is no list of objects")
    return list(found)


def table(record: Record, key: str) -> Record:
    """An object; empty where it is missing."""
    found = record.get(key)
    found = {} if found is None else found
    if not isinstance(found, dict):
        raise TypeError(f"{key} is no object")
    return found


def count(record: Record, key: str) -> int:
    """A whole number that must be there.

    Raises
    ------
    KeyError, TypeError
        When it is missing, no whole number, or larger than any count.
    """
    value = record[key]
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > _MAX_COUNT:
        raise TypeError(f"{key} is no count")
    return value


def count_or_none(record: Record, key: str) -> int | None:
    """A whole number, or None where it is missing."""
    return None if record.get(key) is None else count(record, key)


def number(record: Record, key: str, default: float | None = None) -> float:
    """A finite number; without a default it must be there.

    Raises
    ------
    KeyError, TypeError
        When it is missing, or no number to reckon with.
    """
    value: Any = record[key] if default is None else record.get(key)
    value = default if value is None else value
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    if not plain or not math.isfinite(value):
        raise TypeError(f"{key} is no number")
    return float(value)


def word(record: Record, key: str, vocabulary: Any, default: str | None = None) -> Any:
    """One of the words of a closed vocabulary (a `Literal`).

    Raises
    ------
    KeyError, TypeError, ValueError
        When it is missing, no text, or another word.
    """
    if default is not None and record.get(key) is None:
        return default
    value = text(record, key)
    words = get_args(vocabulary)
    if value not in words:
        raise ValueError(f"{key} is {value[:40]!r} and none of {', '.join(words)}")
    return value
