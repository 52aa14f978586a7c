"""Shapes about one place: offsets, rings, sectors, nearness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoincidents.expressions.anchoring import anchor_part, distance_part
from geoincidents.expressions.footprints import (
    AREAS,
    Anchor,
    Footprint,
    Setting,
    kilometres,
    make_footprint,
    number_evidence,
    outline_of,
)
from geoincidents.expressions.grammar import compass_of
from geoincidents.expressions.refusals import NotApplicableError
from geoincidents.expressions.uncertainty import point_radius

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geoincidents.expressions.tree import Compass, Node, Quantity


def offset(node: Node, setting: Setting) -> Footprint:
    """Place "20 km north of X": the sector that holds every reading of it."""
    from geoincidents.geodesy import destination, sector

    anchor, quantity, compass = (
        anchor_part(node, setting),
        distance_part(node, setting),
        _compass(node),
    )
    low, high = quantity.span(vagueness(quantity, setting))
    half_span = half_span_deg(compass, setting)
    spread = anchor.extent_m + (high - low) / 2
    middle = (low + high) / 2 if quantity.qualifier == "up_to" else quantity.distance_m
    near, far = max(0.0, low - anchor.extent_m), high + anchor.extent_m
    area = sector(anchor.lon, anchor.lat, compass.bearing_deg, half_span, inner_m=near, outer_m=far)
    point = destination(anchor.lon, anchor.lat, compass.bearing_deg, middle)
    radius = point_radius(middle, max(spread, far - middle), half_span)
    evidence = (
        *_number_evidence(quantity, low, high),
        f'compass word "{compass.wind}": ±{half_span:g}°',
    )
    name = f"{quantity.label} {compass.wind} of {anchor.name}"
    return make_footprint(
        area, anchor, "offset", name, prefer=point, uncertainty_m=radius, evidence=evidence
    )


def distance_from(node: Node, setting: Setting) -> Footprint:
    """Place "5 km from X": a ring, since no direction is given."""
    anchor, quantity = anchor_part(node, setting), distance_part(node, setting)
    low, high = quantity.span(vagueness(quantity, setting))
    area = _ring(anchor, low, high, setting)
    evidence = (*_number_evidence(quantity, low, high), "no direction is given: a ring")
    name = f"{quantity.label} from {anchor.name}"
    return make_footprint(area, anchor, "distance_from", name, evidence=evidence)


def within(node: Node, setting: Setting) -> Footprint:
    """Place "within 5 km of X": a disc."""
    anchor, quantity = anchor_part(node, setting), distance_part(node, setting)
    _, high = quantity.span(vagueness(quantity, setting))
    area = _ring(anchor, 0.0, high, setting)
    name = f"within {quantity.label} of {anchor.name}"
    point = (anchor.lon, anchor.lat)
    return make_footprint(area, anchor, "distance_from", name, prefer=point)


def direction(node: Node, setting: Setting) -> Footprint:
    """Place "north of X": a sector with an end that grows with X."""
    from geoincidents.geodesy import sector

    anchor, compass = anchor_part(node, setting), _compass(node)
    beyond = setting.table.scaled("direction", anchor.extent_m)
    half_span = half_span_deg(compass, setting)
    polygon = outline_of(anchor, setting)
    area: BaseGeometry
    if polygon is not None:
        from geoincidents.geodesy import buffer

        depth = setting.table.get("near", "area_depth") * 2
        half_span = setting.table.get("compass", "half_span_side")
        reach = anchor.extent_m + depth
        wedge = sector(
            anchor.lon, anchor.lat, compass.bearing_deg, half_span, inner_m=0.0, outer_m=2 * reach
        )
        area = buffer(polygon, depth).difference(polygon).intersection(wedge)
    else:
        reach = anchor.extent_m + beyond
        area = sector(
            anchor.lon, anchor.lat, compass.bearing_deg, half_span, inner_m=0.0, outer_m=reach
        )
    evidence = (
        f'compass word "{compass.wind}": ±{half_span:g}°',
        f"no distance is given: as far as {kilometres(reach)}",
    )
    name = f"{compass.wind} of {anchor.name}"
    return make_footprint(area, anchor, "direction_of", name, evidence=evidence)


def near(node: Node, setting: Setting, prefix: str = "") -> Footprint:
    """Place "near X": a disc that grows with the extent of X."""
    from geoincidents.geodesy import buffer, circle

    anchor = anchor_part(node, setting)
    polygon = outline_of(anchor, setting)
    if polygon is not None:
        depth = setting.table.get("near", "area_depth")
        area = buffer(polygon.boundary, depth)
        name = f"near {anchor.name}"
        return make_footprint(
            area, anchor, "near", name, evidence=(f"band of {kilometres(depth)}",)
        )
    margin = setting.table.scaled("near", anchor.extent_m, prefix)
    area = circle(anchor.lon, anchor.lat, anchor.extent_m + margin)
    return make_footprint(
        area,
        anchor,
        "near",
        f"near {anchor.name}",
        prefer=(anchor.lon, anchor.lat),
        evidence=(f'"near": {kilometres(margin)} beyond its extent',),
    )


def approach(node: Node, setting: Setting) -> Footprint:
    """Place "on approach to X", "around X"."""
    return near(node, setting, "approach_")


def outside(node: Node, setting: Setting) -> Footprint:
    """Place "outside X", said of a settlement."""
    if anchor_part(node, setting).precision in AREAS:
        raise NotApplicableError
    return near(node, setting)


def vagueness(quantity: Quantity, setting: Setting) -> float:
    """Return the share that a qualifier adds to a distance."""
    return float(setting.table.tables["qualifier"].get(quantity.qualifier, 0.0))


def half_span_deg(compass: Compass, setting: Setting) -> float:
    """Return half of the span of a compass word."""
    winds = "half_span_16_winds" if compass.is_fine else "half_span_8_winds"
    return setting.table.get("compass", winds)


def _compass(node: Node) -> Compass:
    compass = compass_of(node)
    if compass is None:
        raise NotApplicableError
    return compass


def _ring(anchor: Anchor, low: float, high: float, setting: Setting) -> BaseGeometry:
    from geoincidents.geodesy import band, buffer, ring

    polygon = outline_of(anchor, setting)
    if polygon is not None:
        return band(polygon, low, high) if low > 0 else buffer(polygon, high).difference(polygon)
    inner = max(0.0, low - anchor.extent_m) if low > 0 else 0.0
    return ring(anchor.lon, anchor.lat, inner, high + anchor.extent_m)


def _number_evidence(quantity: Quantity, low: float, high: float) -> tuple[str, ...]:
    told = number_evidence(quantity, low, high)
    return told if quantity.qualifier == "exact" else (*told, f'qualifier "{quantity.qualifier}"')
