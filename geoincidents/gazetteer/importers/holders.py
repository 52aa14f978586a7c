"""Say which country and first-level unit a row lies in, from another gazetteer's boundaries."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geoincidents.gazetteer.gazetteer import Gazetteer
    from geoincidents.gazetteer.rows import Row

_UNPLACED = frozenset({"country", "region", "sea"})


def placed(rows: Iterable[Row], base: Gazetteer) -> Iterator[Row]:
    """Fill in `country` and `admin1` where a row does not tell them.

    Rows of countries, regions and seas stay as they are: they lie in many. Rows are
    asked for one by one, so that the ledger still knows the line of each.
    """
    for row in rows:
        if row.admin1 or row.precision in _UNPLACED or not _on_globe(row):
            yield row
            continue
        held = base.reverse(row.lon, row.lat)
        yield row._replace(
            country=row.country or (held.country.country if held.country else None),
            admin1=held.admin1.id if held.admin1 and row.precision != "admin1" else None,
        )


def _on_globe(row: Row) -> bool:
    return -90 <= row.lat <= 90 and -180 <= row.lon <= 180
