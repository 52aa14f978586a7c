"""Where the shipped data lies: inside an installed wheel, or beside a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from geoincidents.errors import GazetteerError


@cache
def data_path(*parts: str) -> Path:
    """Path of a shipped file or folder, such as ``data_path("gazetteer", "lexicon")``.

    Raises
    ------
    GazetteerError
        When the file is in neither place: the installation is damaged.
    """
    package = Path(__file__).parent
    for root in (package / "_data", package.parent):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise GazetteerError(
        f"The shipped file {'/'.join(parts)} is missing; install geoincidents again."
    )
