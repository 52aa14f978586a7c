"""What a build refuses, written down where the user finds it: file, line and why."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Self

from geoincidents.errors import SourceError

if TYPE_CHECKING:
    from io import TextIOWrapper
    from pathlib import Path

#: A source of which more than this share is refused is another kind of file.
_MOST_REFUSED = 0.05
_FEW = 1000


class Ledger:
    """Where a reader is in its source, and the rows that could not be taken.

    A reader sets `file` and `line` before it yields a row, so that whatever the
    store finds wrong with that row can be named.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file = ""
        self.line = 0
        self.refused = 0
        self._stream: TextIOWrapper | None = None
        path.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def at(self, file: str, line: int) -> None:
        """Say where the reader is."""
        self.file, self.line = file, line

    def refuse(self, what: str, why: str) -> None:
        """Write down one row that is not taken.

        Raises
        ------
        SourceError
            When so many are refused that the file must be of another form.
        """
        if self._stream is None:
            self._stream = self.path.open("w", newline="", encoding="utf-8")
            csv.writer(self._stream).writerow(["file", "line", "what", "why"])
        csv.writer(self._stream).writerow([self.file, self.line or "", what, why])
        self.refused += 1
        if self.refused > _FEW and self.refused > self.line * _MOST_REFUSED:
            raise SourceError(
                f"{self.file} is not what it should be: {self.refused} of its first {self.line} "
                f"rows are refused, the last because {why}. Nothing was built; see {self.path}."
            )
