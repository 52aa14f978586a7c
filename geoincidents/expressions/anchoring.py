"""From the parts of a reading to anchors and distances."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoincidents.expressions.footprints import Anchor, Setting, as_anchor
from geoincidents.expressions.refusals import UnreadableError
from geoincidents.expressions.tree import AnchorTree, Deictic, Node, PlaceRef, Quantity

if TYPE_CHECKING:
    from collections.abc import Callable

    from geoincidents.expressions.footprints import Footprint

    Evaluator = Callable[[Node, Setting], Footprint]

#: Filled by `evaluate`, which stands above the shapes that need it.
EVALUATORS: dict[str, Evaluator] = {}
_KINDS = {"settlement": "settlement", "admin1": "region", "country": "country"}


def anchor_part(node: Node, setting: Setting, label: str = "anchor") -> Anchor:
    """Return the anchor under a label, or the place spoken of when the words name none.

    Raises
    ------
    UnreadableError
        When it does not resolve, or nothing was spoken of.
    """
    tree = node.get(label)
    if tree is None:
        return deictic_anchor("settlement", setting)
    return anchor_of(tree, setting)


def anchor_of(tree: AnchorTree, setting: Setting) -> Anchor:
    """Return the anchor that a tree stands for."""
    if isinstance(tree, PlaceRef):
        return anchors_of(tree, setting)[0]
    if isinstance(tree, Deictic):
        return deictic_anchor(tree.kind, setting)
    return as_anchor(EVALUATORS[tree.rule](tree, setting))


def anchors_of(ref: PlaceRef, setting: Setting) -> tuple[Anchor, ...]:
    """Return every place that a name can mean, best first."""
    found = setting.resolve(ref)
    if not found:
        raise UnreadableError(f'the place "{ref.text}" does not resolve')
    return found


def deictic_anchor(kind: str, setting: Setting) -> Anchor:
    """Return the place that "the city" or "the region" means here."""
    anchor = setting.deictic(kind)  # type: ignore[arg-type]
    if anchor is None:
        raise UnreadableError(f"the text does not say which {_KINDS.get(kind, 'place')} is meant")
    return anchor


def distance_part(node: Node, setting: Setting) -> Quantity:
    """Return the stated distance.

    Raises
    ------
    UnreadableError
        When it is negative, or longer than any way on Earth.
    """
    quantity = node.get("distance")
    if isinstance(quantity, UnreadableError):
        raise quantity
    if quantity.distance_m > setting.table.get("number", "greatest_distance"):
        raise UnreadableError(f'no two places on Earth are "{quantity.text}" apart')
    checked: Quantity = quantity
    return checked


def choices_of(tree: AnchorTree, setting: Setting) -> tuple[Anchor, ...]:
    """Return every anchor that a tree can stand for, best first."""
    if isinstance(tree, PlaceRef):
        return anchors_of(tree, setting)
    return (anchor_of(tree, setting),)
