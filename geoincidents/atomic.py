"""Write beside, sync, replace: what stood there before stands until the new is whole."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from geoincidents.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a fresh path beside `path`; on leaving without an error it takes its place.

    Raises
    ------
    ExportError
        When the folder or the file cannot be written, or the disk is full.
    """
    path = Path(path)
    try:
        with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as folder:
            fresh = Path(folder) / path.name
            yield fresh
            _sync(fresh)
            fresh.replace(path)
            with suppress(OSError):
                _sync(path.parent)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ExportError(f"{path}: cannot be written ({reason}); nothing was changed.") from error


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_text(path: Path, text: str) -> None:
    """Write a text as UTF-8 with LF, whole or not at all."""
    with replacing(path) as fresh:
        fresh.write_text(text, encoding="utf-8", newline="\n", errors="surrogatepass")
