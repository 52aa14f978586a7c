"""From a reading to its footprint: which rule is placed by which shape."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geoincidents.expressions import around, borders, lines, naming, parts
from geoincidents.expressions.anchoring import EVALUATORS, anchor_of
from geoincidents.expressions.footprints import (
    AREAS,
    Footprint,
    Setting,
    make_footprint,
    outline_of,
)
from geoincidents.expressions.refusals import NotApplicableError, UnreadableError

if TYPE_CHECKING:
    from geoincidents.expressions.tree import AnchorTree, Node

EVALUATORS.update(
    {
        "offset": around.offset,
        "distance_from": around.distance_from,
        "within": around.within,
        "direction": around.direction,
        "near": around.near,
        "approach": around.approach,
        "outside": around.outside,
        "border_distance": borders.border_distance,
        "border_inside": borders.border_inside,
        "border_within": borders.border_within,
        "border_units": borders.border_units,
        "along_border": borders.along_border,
        "border_itself": borders.along_border,
        "near_border": borders.near_border,
        "part_side": parts.side,
        "part_centre": parts.centre,
        "main_square": parts.centre,
        "outskirts": parts.outskirts,
        "suburbs": parts.suburbs,
        "between": lines.between,
        "midway": lines.midway,
        "road": lines.road,
        "river": lines.river,
        "off_coast": lines.off_coast,
        "at_sea": lines.at_sea,
        "coast": lines.coast,
        "coordination": naming.coordination,
        "span": naming.coordination,
        "capital": naming.capital,
        "site": naming.site,
        "intersection": naming.intersection,
        "refused": naming.refused,
        "travel_time": naming.travel_time,
    }
)


def place(node: Node, setting: Setting, clip: AnchorTree | None = None) -> Footprint:
    """Place a reading; `clip` is the area that "… in X" confines it to.

    Raises
    ------
    UnreadableError
        When it cannot be placed; the text is the reason.
    NotApplicableError
        When the reading does not fit the features it names.
    """
    if clip is None:
        footprint = EVALUATORS[node.rule](node, setting)
        return _checked(footprint, setting) if node.get("distance") else footprint
    area = anchor_of(clip, setting)
    polygon = outline_of(area, setting)
    if polygon is None:
        raise NotApplicableError
    inside = replace(setting, vantage=area, country=area.country or setting.country)
    whole = EVALUATORS[node.rule](node, inside)
    kept = whole.geometry.intersection(polygon)
    if kept.is_empty:
        raise UnreadableError(f'no part of "{whole.name}" lies in {area.name}')
    point = (whole.lon, whole.lat)
    evidence = (*whole.evidence, f"clipped to {area.name}")
    clipped = make_footprint(
        kept,
        area,
        whole.relation,
        f"{whole.name}, {area.name}",
        precision=whole.precision,
        prefer=point,
    )
    return replace(clipped, evidence=evidence)


def _checked(footprint: Footprint, setting: Setting) -> Footprint:
    """Compare what is said of a place with where the place is."""
    subject = setting.subject
    if subject is None or subject.precision in AREAS:
        return footprint
    gap = naming.gap_m(footprint.geometry, subject)
    if gap <= subject.extent_m:
        return replace(footprint, evidence=(*footprint.evidence, f"consistent with {subject.name}"))
    flag = (
        f"contradiction: {subject.name} lies {gap / 1000:.0f} km outside "
        f'"{footprint.name}" by the gazetteer'
    )
    return replace(footprint, flags=(*footprint.flags, flag), confidence=footprint.confidence / 2)
