"""Zip archives of others: nothing is unpacked to disk, and no more than is bearable to memory."""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from geoincidents.errors import ReportError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoincidents.reports.source import Source

#: An archive that unpacks to more is no file of reports.
_MAX_UNPACKED = 1_000_000_000
_MAX_RATIO = 200
#: Below so many bytes any ratio is harmless.
_SMALL = 1_000_000
_MAX_MEMBERS = 10_000
#: What Python's reader of archives and of what is in them makes of forged bytes.
_FAULTS = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(NotImplementedError, RuntimeError, ValueError, LookupError),
)
_DRIVE = re.compile(r"[A-Za-z]:")


@contextmanager
def opened(source: Source, what: str) -> Iterator[zipfile.ZipFile]:
    """An archive whose members have been checked; `what` it is shown as, "workbook".

    Raises
    ------
    ReportError
        When it is no archive, is cut short, would unpack to far more than it is, or
        a member's path leads out of it.
    """
    try:
        with zipfile.ZipFile(source.stream) as archive:
            _check(archive, source.name)
            yield archive
    except _FAULTS as error:
        raise ReportError(
            f"{source.name}: not a readable {what} ({error}); save it again."
        ) from None


def _check(archive: zipfile.ZipFile, name: str) -> None:
    members = archive.infolist()
    if len(members) > _MAX_MEMBERS:
        raise ReportError(f"{name}: an archive of {len(members):,} files; refused.")
    for member in members:
        if _leads_out(member.filename):
            raise ReportError(f"{name}: the path {member.filename!r} leads out of it; refused.")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise ReportError(f"{name}: {member.filename!r} is a link and no file; refused.")
    size = sum(member.file_size for member in members)
    packed = max(sum(member.compress_size for member in members), _SMALL)
    if size > _MAX_UNPACKED or size > _MAX_RATIO * packed:
        raise ReportError(f"{name}: would unpack to {size:,} bytes; refused.")


def _leads_out(path: str) -> bool:
    r"""Whether a member's path is absolute or climbs.

    >>> _leads_out("../a.shp"), _leads_out("C:\\a.shp"), _leads_out("layers/a.shp")
    (True, True, False)
    """
    parts = PurePosixPath(path.replace("\\", "/"))
    return parts.is_absolute() or ".." in parts.parts or _DRIVE.match(path) is not None
