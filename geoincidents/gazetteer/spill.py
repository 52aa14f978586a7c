"""Split a stream of lines into files, holding few of them open and little in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

#: Bytes that wait for one part before they are written.
_WAITING = 1 << 16


class Spill:
    """Lines by part, each part a file; opened only while it is written.

    Parameters
    ----------
    folder, name
        Parts are the files ``<name>-<part>`` in the folder.
    parts
        How many; memory grows with it, by 64 KiB each.
    """

    def __init__(self, folder: Path, name: str, parts: int) -> None:
        self._paths = [folder / f"{name}-{part}" for part in range(parts)]
        self._waiting: list[list[bytes]] = [[] for _ in range(parts)]
        self._sizes = [0] * parts

    def put(self, part: int, line: bytes) -> None:
        """Add a line, its line feed included."""
        self._waiting[part].append(line)
        self._sizes[part] += len(line)
        if self._sizes[part] > _WAITING:
            self._write(part)

    def _write(self, part: int) -> None:
        with self._paths[part].open("ab") as stream:
            stream.writelines(self._waiting[part])
        self._waiting[part] = []
        self._sizes[part] = 0

    def take(self, part: int) -> list[bytes]:
        """All lines of a part, in the order they came; the part is gone then."""
        waiting, self._waiting[part] = self._waiting[part], []
        path = self._paths[part]
        if not path.exists():
            return waiting
        with path.open("rb") as stream:
            lines = stream.readlines()
        path.unlink()
        return lines + waiting
