"""The words in which a gazetteer is asked and answers, besides the model's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from geoincidents.model import Feature

#: Who decides the country of a disputed place: ISO 3166-2 prefixes, or each source.
BoundaryPolicy = Literal["de_jure", "source"]
#: A feature's place: number of the layer, ordinal in it.
Place = tuple[int, int]


class Reverse(NamedTuple):
    """What lies at a point: the nearest settlement, the units that hold it."""

    settlement: Feature | None
    admin1: Feature | None
    country: Feature | None
