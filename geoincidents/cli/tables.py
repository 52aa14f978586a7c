"""Plain tables for people: columns as wide as they need, within the terminal."""

from __future__ import annotations

import shutil
import sys
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP = "  "
#: No column is squeezed below this, however narrow the terminal.
_MIN_WIDTH = 8


def print_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under their heads, cutting the widest column to fit a terminal."""
    cells = [tuple(map(_plain, row)) for row in (heads, *rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(heads))]
    if sys.stdout.isatty():
        widths = _fitted(widths, shutil.get_terminal_size().columns)
    for row in cells:
        line = _GAP.join(_cut(cell, width) for cell, width in zip(row, widths, strict=True))
        sys.stdout.write(line.rstrip() + "\n")


def _plain(text: str) -> str:
    """Without control characters: a name cannot move the cursor of a terminal."""
    return "".join(" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in text)


def _fitted(widths: list[int], columns: int) -> list[int]:
    fitted = list(widths)
    while sum(fitted) + len(_GAP) * (len(fitted) - 1) > columns and max(fitted) > _MIN_WIDTH:
        fitted[fitted.index(max(fitted))] -= 1
    return fitted


def _cut(text: str, width: int) -> str:
    return text.ljust(width) if len(text) <= width else text[: width - 1] + "…"
