"""The placements of one report: what is said twice with the same meaning is placed once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geoincidents.expressions.evaluate import place
from geoincidents.expressions.refusals import NotApplicableError, UnreadableError
from geoincidents.expressions.tree import Deictic, Node, PlaceRef

if TYPE_CHECKING:
    from collections.abc import Hashable

    from geoincidents.expressions.footprints import Footprint, Setting
    from geoincidents.expressions.tree import AnchorTree
    from geoincidents.model import Precision

_DEICTIC: tuple[Precision, ...] = ("settlement", "admin1", "country")
Refusal = tuple[type[Exception], str]


class Placements:
    """Places readings, and remembers by their meaning what they came to."""

    def __init__(self) -> None:
        self._made: dict[Hashable, Footprint | Refusal] = {}

    def place(self, node: Node, setting: Setting, clip: AnchorTree | None = None) -> Footprint:
        """Place a reading as `evaluate.place` does, with its errors."""
        meaning = (
            _meaning(node, setting),
            _meaning(clip, setting),
            (setting.vantage, setting.country, setting.opponents, setting.subject, setting.hosts),
            tuple(map(setting.deictic, _DEICTIC)),
        )
        if meaning not in self._made:
            self._made[meaning] = _placed(node, setting, clip)
        made = self._made[meaning]
        if isinstance(made, tuple):
            kind, reason = made
            raise kind(reason)
        return made


def _placed(node: Node, setting: Setting, clip: AnchorTree | None) -> Footprint | Refusal:
    try:
        return place(node, setting, clip)
    except (NotApplicableError, UnreadableError) as error:
        return type(error), str(error)


def _meaning(part: Any, setting: Setting) -> Hashable:
    """Return what a part of a reading comes to, wherever in the text it stands."""
    if isinstance(part, PlaceRef):
        return part.text, part.type_hint, setting.resolve(part)
    if isinstance(part, Deictic):
        return part.kind
    if isinstance(part, Node):
        labelled = ((label, _meaning(each, setting)) for label, each in part.parts.items())
        return part.rule, *labelled
    if isinstance(part, tuple):
        return tuple(_meaning(each, setting) for each in part)
    if isinstance(part, UnreadableError):
        return str(part)
    known: Hashable = part
    return known
