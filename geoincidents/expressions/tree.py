"""The small tree that a spatial expression is read into."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geoincidents.model import Mention, Precision


#: How a qualifier is written before a number.
_SIGNS = {"about": "~", "over": ">", "at_least": "≥", "up_to": "≤"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A stated distance in metres: its centre, and what its wording leaves open.

    `rounding_m` is half of the last significant unit, or half of the width of a range.
    """

    distance_m: float
    rounding_m: float
    qualifier: str
    text: str

    @property
    def label(self) -> str:
        """Return the distance for a name, in any language's text: "~40 km", ">5 km"."""
        number = self.distance_m / 1000
        said = f"{number:.3g} km" if number >= 1 else f"{self.distance_m:.0f} m"
        return _SIGNS.get(self.qualifier, "") + said

    def span(self, vagueness: float) -> tuple[float, float]:
        """Return the least and the greatest distance it can mean, without the anchor.

        `vagueness` is the share that the qualifier adds.
        """
        widen = self.distance_m * vagueness
        if self.qualifier == "up_to":
            return 0.0, self.distance_m + self.rounding_m
        if self.qualifier in {"over", "at_least"}:
            return self.distance_m, self.distance_m + self.rounding_m + widen
        spread = self.rounding_m + widen
        return max(0.0, self.distance_m - spread), self.distance_m + spread


@dataclass(frozen=True, slots=True)
class Compass:
    """A compass word: its bearing, and whether it is one of sixteen winds."""

    bearing_deg: float
    wind: str

    @property
    def is_fine(self) -> bool:
        """Tell a word of the 16-wind rose, such as "SSE"."""
        return len(self.wind) == 3


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """A name in the text, resolved or to be resolved.

    `mention` is the resolved mention of a report; in `locate` it is None and `names` are
    looked up. `type_hint` is what a type word beside it asks for.
    """

    start: int
    end: int
    text: str
    names: tuple[str, ...] = ()
    type_hint: Precision | None = None
    mention: Mention | None = None
    is_adjective: bool = False


@dataclass(frozen=True, slots=True)
class Deictic:
    """A place the text has named before, "the city", "the region"; `kind` is its precision."""

    start: int
    end: int
    kind: Precision


@dataclass(frozen=True, slots=True)
class Node:
    """One rule's reading of a stretch of text; `parts` are the parts the form names."""

    rule: str
    start: int
    end: int
    parts: dict[str, Any] = field(default_factory=dict)

    def get(self, label: str) -> Any:
        """Return a part, or None when the form that matched has none of that name."""
        return self.parts.get(label)


#: What can anchor an expression.
AnchorTree = PlaceRef | Deictic | Node
