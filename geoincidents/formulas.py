"""Cells that no spreadsheet takes for a formula, and back."""

from __future__ import annotations

from typing import Any

#: A cell that opens with one of these runs as a formula in a spreadsheet.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_GUARD = "'"


def guarded(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula; `unguarded` takes the guard off.

    >>> guarded("=1+1")
    "'=1+1"
    """
    if isinstance(value, str) and value.startswith((*_FORMULA_STARTS, _GUARD)):
        return _GUARD + value
    return value


def unguarded(value: str) -> str:
    """What stood in a cell before it was guarded.

    >>> unguarded(guarded("=1+1"))
    '=1+1'
    """
    if value.startswith(_GUARD) and value[1:].startswith((*_FORMULA_STARTS, _GUARD)):
        return value[1:]
    return value
