"""Tables kept by hand in ``gazetteer/curated``: one row a fact, several values split by ``|``."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from geoincidents.data import data_path
from geoincidents.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator


def read_table(name: str, *needed: str) -> Iterator[dict[str, str]]:
    """Rows of ``gazetteer/curated/<name>.csv``, each cell stripped.

    Raises
    ------
    SourceError
        When a needed column is missing, or a row has more cells than the header.
    """
    path = data_path("gazetteer", "curated", f"{name}.csv")
    with path.open(newline="", encoding="utf-8") as stream:
        reader = csv.DictReader(stream)
        missing = set(needed) - set(reader.fieldnames or ())
        if missing:
            raise SourceError(f"{path.name} lacks the column {', '.join(sorted(missing))}.")
        for row in reader:
            if None in row or None in row.values():
                raise SourceError(f"{path.name}, line {reader.line_num}: wrong number of cells.")
            yield {key: value.strip() for key, value in row.items()}


def values(cell: str) -> tuple[str, ...]:
    """Values of a cell, split at ``|``."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())
