"""Write beside, sync, replace: what stood there before stands until the new is whole."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from geoincidents.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Iterator


#: Beside a database that a program has open; what replaces it would be taken for the old one.
_OPEN_MARKS = ("-wal", "-journal")


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a fresh path beside `path`; on leaving without an error it takes its place.

    Raises
    ------
    ExportError
        When the folder or the file cannot be written, the disk is full, or another
        program has the file open as a database.
    """
    path = Path(path)
    _check_not_open(path)
    try:
        with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as folder:
            fresh = Path(folder) / path.name
            yield fresh
            _sync(fresh)
            fresh.replace(path)
            with suppress(OSError):
                _sync(path.parent)
    except OSError as error:
        reason = error.strerror or _in_words(error, path)
        raise ExportError(f"{path}: cannot be written ({reason}); nothing was changed.") from error


def _check_not_open(path: Path) -> None:
    for mark in _OPEN_MARKS:
        beside = path.with_name(path.name + mark)
        if beside.exists():
            raise ExportError(
                f"{path}: another program has it open ({beside.name} is beside it); close it "
                "there, or delete that file if none has; nothing was changed."
            )


def _in_words(error: OSError, path: Path) -> str:
    """What a library says without a number, and the usual cause: how much room there is."""
    told = re.sub(rf"\S*/(?=\.?{re.escape(path.name)})", "", str(error).strip().rstrip("."))
    free = shutil.disk_usage(path.parent).free / 2**20
    return f"{told}; {free:,.1f} MiB are free on that disk"


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
