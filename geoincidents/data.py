"""Where the shipped data lies: inside an installed wheel, or beside a checkout.

A look-up of one place needs a file or two and no more: `data_file` names them as plain
text, since pathlib alone takes a third as long to import as Python takes to start.
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

from geoincidents.errors import GazetteerError

if TYPE_CHECKING:
    from pathlib import Path


@cache
def data_file(*parts: str) -> str:
    """Path, as text, of a shipped file or folder: ``data_file("gazetteer", "lexicon")``.

    Raises
    ------
    GazetteerError
        When the file is in neither place: the installation is damaged.
    """
    package = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120
    for root in (os.path.join(package, "_data"), os.path.dirname(package)):  # noqa: PTH118, PTH120
        path = os.path.join(root, *parts)  # noqa: PTH118
        if os.path.exists(path):  # noqa: PTH110
            return path
    raise GazetteerError(
        f"The shipped file {'/'.join(parts)} is missing; install geoincidents again."
    )


def data_path(*parts: str) -> Path:
    """The same as a `Path`."""
    from pathlib import Path

    return Path(data_file(*parts))
