"""Parts of a place: its centre, its outskirts, its northern side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoincidents.expressions.anchoring import anchor_part
from geoincidents.expressions.footprints import (
    AREAS,
    Anchor,
    Footprint,
    Setting,
    area_of,
    kilometres,
    make_footprint,
    outline_of,
)
from geoincidents.expressions.grammar import compass_of
from geoincidents.expressions.refusals import NotApplicableError

if TYPE_CHECKING:
    from geoincidents.expressions.tree import Compass, Node
    from geoincidents.expressions.uncertainty import Uncertainty
    from geoincidents.model import Precision


def centre(node: Node, setting: Setting) -> Footprint:
    """Place "the centre of X": a disc in a town, the middle of a province."""
    from geoincidents.geodesy import circle, middle_of

    anchor = anchor_part(node, setting)
    polygon = outline_of(anchor, setting)
    if polygon is not None:
        share = setting.table.get("part", "central_area_share")
        area = middle_of(polygon, share)
        return make_footprint(area, anchor, "part_of", f"central {anchor.name}", precision="region")
    if anchor.precision in {"site", "neighbourhood"}:
        return site_of(anchor, setting)
    radius = setting.table.scaled("part", anchor.extent_m, "centre_")
    return make_footprint(
        circle(anchor.lon, anchor.lat, radius),
        anchor,
        "part_of",
        f"{anchor.name} centre",
        precision="neighbourhood",
        prefer=(anchor.lon, anchor.lat),
        evidence=(f'"centre": {kilometres(radius)} about its point',),
    )


def site_of(anchor: Anchor, setting: Setting) -> Footprint:
    """Place a named site: a disc of its extent."""
    from geoincidents.geodesy import circle

    radius = anchor.extent_m or setting.table.get("site", "radius")
    area = circle(anchor.lon, anchor.lat, radius)
    point = (anchor.lon, anchor.lat)
    return make_footprint(
        area, anchor, "site_of", anchor.name, precision=anchor.precision, prefer=point
    )


def outskirts(node: Node, setting: Setting, prefix: str = "outskirts_") -> Footprint:
    """Place "the outskirts of X": a ring at its edge, or one side of it."""
    from geoincidents.geodesy import ring, sector

    anchor, compass = anchor_part(node, setting), compass_of(node)
    if anchor.precision in AREAS:
        raise NotApplicableError
    table = setting.table.tables["part"]
    inner = table[f"{prefix}inner_share"] * anchor.extent_m
    outer = table[f"{prefix}outer_share"] * anchor.extent_m + table[f"{prefix}margin"]
    if compass:
        half = setting.table.get("compass", "half_span_side")
        area = sector(
            anchor.lon, anchor.lat, compass.bearing_deg, half, inner_m=inner, outer_m=outer
        )
    else:
        area = ring(anchor.lon, anchor.lat, inner, outer)
    side = f"{compass.wind} " if compass else ""
    evidence = (f"from {kilometres(inner)} to {kilometres(outer)} about its point",)
    name = f"{anchor.name}, {side}{prefix.strip('_')}"
    return make_footprint(area, anchor, "part_of", name, evidence=evidence)


def suburbs(node: Node, setting: Setting) -> Footprint:
    """Place "the suburbs of X"."""
    return outskirts(node, setting, "suburbs_")


def side(node: Node, setting: Setting) -> Footprint:
    """Place "northern X": the side of a country, a province or a town."""
    from geoincidents.geodesy import side_of

    anchor, compass = anchor_part(node, setting), compass_of(node)
    if compass is None or anchor.precision in {"site", "sea"}:
        raise NotApplicableError
    polygon = area_of(anchor, setting)
    name = f"{anchor.name}, {compass.wind}"
    if polygon is None:
        return _side_of_town(anchor, compass, setting, name)
    share = _share(compass, setting.table, is_far=bool(node.get("far")))
    area = side_of(polygon, compass.bearing_deg, share)
    precision: Precision = "region" if anchor.precision in AREAS else "neighbourhood"
    evidence = (f'"{compass.wind}": the {share:.0%} of its area on that side',)
    return make_footprint(area, anchor, "part_of", name, precision=precision, evidence=evidence)


def _side_of_town(anchor: Anchor, compass: Compass, setting: Setting, name: str) -> Footprint:
    from geoincidents.geodesy import sector

    half = setting.table.get("compass", "half_span_side")
    area = sector(
        anchor.lon, anchor.lat, compass.bearing_deg, half, inner_m=0.0, outer_m=anchor.extent_m
    )
    evidence = (f'"{compass.wind}": ±{half:g}° of its extent',)
    return make_footprint(
        area, anchor, "part_of", name, precision="neighbourhood", evidence=evidence
    )


def _share(compass: Compass, table: Uncertainty, *, is_far: bool) -> float:
    if is_far:
        return table.get("part", "far_area_share")
    key = "side_area_share" if len(compass.wind) == 1 else "corner_area_share"
    return table.get("part", key)
