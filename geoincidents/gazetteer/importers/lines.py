"""Lines of a table inside a zip archive, or beside one."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from geoincidents.errors import SourceError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator


def read_lines(path: str | Path) -> Iterator[tuple[int, str]]:
    """Yield the number and text of each line, from one.

    Parameters
    ----------
    path
        A ``.zip`` as GeoNames publishes it, or the table taken out of one.

    Raises
    ------
    UsageError
        When there is no such file.
    SourceError
        When the archive is broken, holds no table, or the text is no UTF-8.
    """
    path = Path(path)
    if not path.is_file():
        raise UsageError(f"There is no file {path}; give the dump that you downloaded.")
    if zipfile.is_zipfile(path):
        yield from _zipped(path)
    elif path.suffix.casefold() == ".zip":
        raise SourceError(f"{path} is a broken zip archive; download it again.")
    else:
        with path.open("rb") as stream:
            yield from _decoded(stream, str(path))


def _zipped(path: Path) -> Iterator[tuple[int, str]]:
    number = 0
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_member(archive, path)) as stream:
            for number, line in _decoded(stream, f"{path}"):
                yield number, line
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise SourceError(
            f"{path} is a broken zip archive after line {number} ({error}); download it again."
        ) from None


def _member(archive: zipfile.ZipFile, path: Path) -> str:
    tables = [
        name
        for name in archive.namelist()
        if name.endswith(".txt") and not name.casefold().startswith(("readme", "iso-language"))
    ]
    own = f"{path.stem}.txt"
    if own in tables:
        return own
    if len(tables) != 1:
        raise SourceError(f"{path} should hold the table {own}; it holds {tables or 'none'}.")
    return tables[0]


def _decoded(stream: object, name: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(stream, start=1):  # type: ignore[arg-type, var-annotated]
        try:
            yield number, line.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            raise SourceError(f"{name}, line {number}: this is no UTF-8 text.") from None
