"""The gazetteer: open it, look names up, search, ask what lies where.

Look-ups read a memory-mapped file with the standard library alone; geometry
loads shapely when it is first asked for.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from geoincidents.gazetteer.answers import BoundaryPolicy, Reverse
from geoincidents.gazetteer.gazetteer import Gazetteer
from geoincidents.gazetteer.names import fold
from geoincidents.gazetteer.store import Store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["BoundaryPolicy", "Gazetteer", "Reverse", "fold", "open_gazetteer"]

_EMBEDDED = ("gazetteer", "built", "world.gazetteer")


def open_gazetteer(
    path: str | Path | None = None,
    *,
    layers: Sequence[str | Path] = (),
    boundary_policy: BoundaryPolicy = "de_jure",
) -> Gazetteer:
    """Open a gazetteer; the same one again costs nothing.

    Parameters
    ----------
    path
        A gazetteer file; None for the one that is shipped. A layer, as ``gazetteer
        add`` writes it, is opened on top of the shipped one.
    layers
        Further files on top, the first of them winning over the others and over `path`.
    boundary_policy
        "de_jure": a place's country is its ISO 3166-2 prefix. "source": the
        source's own filing.

    Raises
    ------
    GazetteerError
        When a file is missing, truncated or altered.
    """
    return _opened(str(path) if path else None, tuple(map(str, layers)), boundary_policy)


@lru_cache(maxsize=8)
def _opened(
    path: str | None, layers: tuple[str, ...], boundary_policy: BoundaryPolicy
) -> Gazetteer:
    stores = [Store(layer) for layer in (*layers, *([path] if path else []))]
    if not stores or stores[-1].is_layer or path is None:
        stores.append(Store(_embedded()))
    return Gazetteer(stores, boundary_policy=boundary_policy)


def _embedded() -> str:
    from geoincidents.data import data_file

    return data_file(*_EMBEDDED)
