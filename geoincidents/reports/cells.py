"""Cells of a layer back into values: numbers told as text, lists as JSON, nulls of any kind."""

from __future__ import annotations

import json
import math
from typing import Any

#: JSON text that a format has cut is searched for its last whole item this often.
_MAX_TRIES = 100
#: Up to here a number told as a real one is exact.
_MAX_COUNT = 2**53


def missing(value: Any) -> bool:
    """None, an empty cell, or a table's not-a-number.

    >>> [missing(value) for value in (None, "", float("nan"), 0)]
    [True, True, True, False]
    """
    return value is None or (isinstance(value, str) and not value) or value != value  # noqa: PLR0124


def told(value: Any) -> Any:
    """The value itself; None where it is missing."""
    return None if missing(value) else value


def number(value: Any, default: float | None = None) -> Any:
    """A finite number in degrees, metres or shares, or the default where it is missing.

    Raises
    ------
    ValueError
        When it is something else.
    """
    if missing(value):
        return default
    found = float(value)
    if not math.isfinite(found):
        raise ValueError(f"{value} is no number to reckon with")
    return found


def whole(value: Any) -> int | None:
    """A whole number, however spelt ("3", "3.0"), or None where it is missing.

    Raises
    ------
    ValueError
        When it is something else, or larger than any count.
    """
    if missing(value):
        return None
    found = float(str(value))
    if not abs(found) <= _MAX_COUNT:
        raise ValueError(f"{str(value)[:20]} is no count")
    return int(found)


def texts(value: Any) -> list[str]:
    """The texts of the list that a cell holds as JSON."""
    return [item for item in items(value) if isinstance(item, str)]


def items(value: Any) -> list[Any]:
    """The list that a cell holds as JSON; of one that was cut, its whole items.

    >>> items('["drone","miss')
    ['drone']
    """
    found = _json(value, "]")
    return found if isinstance(found, list) else []


def table(value: Any) -> dict[str, Any]:
    """The object that a cell holds as JSON; of one that was cut, its whole members."""
    found = _json(value, "}")
    return found if isinstance(found, dict) else {}


def _json(value: Any, closing: str) -> Any:
    if not isinstance(value, str):
        return value
    ends = [len(value)]
    while ends[-1] > 0 and len(ends) <= _MAX_TRIES:
        ends.append(value.rfind(",", 0, ends[-1]))
    for number_of_try, end in enumerate(ends):
        try:
            return json.loads(value if not number_of_try else value[: max(end, 0)] + closing)
        except (ValueError, RecursionError):
            continue
    return None
