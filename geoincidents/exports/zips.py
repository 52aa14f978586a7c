"""Zip archives that are the same for the same members: no clock goes into them."""

from __future__ import annotations

import shutil
import zipfile
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

#: The oldest time a zip can hold.
_TIME = (1980, 1, 1, 0, 0, 0)
#: From here on a member needs the larger form of a zip's entries.
_LARGE = 2**31 - 1
_BLOCK = 1 << 20


def write_zip(path: Path, members: Iterable[tuple[str, BinaryIO]]) -> None:
    """Write members by name in the order given, each copied from its stream, which is closed."""
    # An archive that opened its file itself would try to end it once more when it is dropped.
    with path.open("wb") as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            about = zipfile.ZipInfo(name, _TIME)
            about.compress_type = zipfile.ZIP_DEFLATED
            large = data.seek(0, 2) >= _LARGE
            data.seek(0)
            with data, archive.open(about, "w", force_zip64=large) as member:
                shutil.copyfileobj(data, member, _BLOCK)
