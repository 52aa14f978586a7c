"""Distances from borders, zones along them: on the proper side, within the right country."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from geoincidents.expressions.anchoring import (
    anchor_part,
    anchors_of,
    deictic_anchor,
    distance_part,
)
from geoincidents.expressions.border_lines import BorderLine, border_of, only_border
from geoincidents.expressions.footprints import (
    AREAS,
    Anchor,
    Footprint,
    Setting,
    area_of,
    kilometres,
    make_footprint,
    number_evidence,
)
from geoincidents.expressions.refusals import NotApplicableError, UnreadableError
from geoincidents.expressions.tree import Node, Quantity

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geoincidents.model import Relation


def border_distance(node: Node, setting: Setting) -> Footprint:
    """Place "40 km from the border": a band on the side that the text is on."""
    quantity = distance_part(node, setting)
    border = border_of(node.get("border"), setting)
    return _distance_band(quantity, border, setting)


def border_inside(node: Node, setting: Setting) -> Footprint:
    """Place "15 km inside A", "… from the border of B"."""
    quantity = distance_part(node, setting)
    host = anchors_of(node.get("host"), setting)[0]
    if host.precision not in AREAS:
        raise NotApplicableError
    tree = node.get("border")
    border = border_of(tree, setting, host) if tree else only_border(host, setting)
    return _distance_band(quantity, border, setting)


def border_within(node: Node, setting: Setting) -> Footprint:
    """Place "within 10 km of the border"."""
    quantity = distance_part(node, setting)
    border = border_of(node.get("border"), setting)
    depth = quantity.distance_m + setting.table.get("border", "line_accuracy")
    said = f'"{quantity.text}" of the {border.name}'
    name = f"within {quantity.label} of the {border.name}"
    return _zone(border, depth, setting, relation="border_zone", name=name, said=said)


def near_border(node: Node, setting: Setting) -> Footprint:
    """Place "near the border"."""
    border = border_of(node.get("border"), setting)
    depth = setting.table.get("border", "near_depth")
    said = f'"near": {kilometres(depth)} deep'
    name = f"near the {border.name}"
    return _zone(border, depth, setting, relation="near_border", name=name, said=said)


def along_border(node: Node, setting: Setting) -> Footprint:
    """Place "along the border between A and B": a strip on both sides, or on the host's."""
    tree = node.get("border")
    border = border_of(tree or Node("border", node.start, node.end, node.parts), setting)
    depth = setting.table.get("border", "along_depth")
    said = f'"along": {kilometres(depth)} to each side'
    name = f"along the {border.name}"
    return _zone(border, depth, setting, relation="border_zone", name=name, said=said)


def border_units(node: Node, setting: Setting) -> Footprint:
    """Place "the border districts of X": the part of X along its outer border."""
    if node.get("with"):
        other = anchors_of(node.get("with"), setting)[0]
        setting = replace(setting, opponents=(str(other.country),))
        host = deictic_anchor("country", setting)
    else:
        host = anchor_part(node, setting, "area") if node.get("area") else _here(setting)
    if host.precision not in AREAS:
        raise NotApplicableError
    if host.precision == "country" and node.get("area"):
        setting = replace(setting, vantage=None)  # the whole country's, not a province's
    border = only_border(host, setting)
    depth = setting.table.get("border", "zone_depth")
    said = f"border zone {kilometres(depth)} deep"
    name = f"{host.name}, border zone"
    return _zone(border, depth, setting, relation="border_zone", name=name, said=said)


def _distance_band(quantity: Quantity, border: BorderLine, setting: Setting) -> Footprint:
    from geoincidents.geodesy import band, circle, distance_to

    low, high = border_span(quantity, setting)
    area = _on_host_side(band(border.line, low, high), border, setting)
    if setting.subject is not None:
        # the words describe that place: of the band only what lies about it is meant
        about = circle(setting.subject.lon, setting.subject.lat, quantity.distance_m)
        nearby = area.intersection(about)
        area = area if nearby.is_empty else nearby
    name = f"{quantity.label} from the {border.name}"
    evidence = [*number_evidence(quantity, low, high, f" from the {border.name}")]
    subject = setting.subject or setting.vantage
    prefer = (subject.lon, subject.lat) if subject else None
    if subject is not None and subject.precision not in AREAS:
        measured = distance_to(border.line, subject.lon, subject.lat)
        evidence.append(f"{subject.name} measures {kilometres(measured)} from it")
    anchor = _told_by(border, setting)
    return make_footprint(
        area,
        anchor,
        "distance_from_border",
        name,
        precision="region" if setting.vantage is None else "vicinity",
        prefer=prefer,
        evidence=tuple(evidence),
    )


def border_span(quantity: Quantity, setting: Setting) -> tuple[float, float]:
    """Return the least and greatest distance that one stated from a border can mean."""
    table = setting.table.tables["border"]
    share = table["distance_share"] if quantity.qualifier == "exact" else table["about_share"]
    spread = share * quantity.distance_m + quantity.rounding_m
    low, high = quantity.distance_m - spread, quantity.distance_m + spread
    if quantity.qualifier == "up_to":
        return 0.0, quantity.distance_m + quantity.rounding_m
    if quantity.qualifier in {"over", "at_least"}:
        low = quantity.distance_m - quantity.rounding_m
    return max(0.0, low), high


def _zone(
    border: BorderLine, depth: float, setting: Setting, *, relation: Relation, name: str, said: str
) -> Footprint:
    from geoincidents.geodesy import buffer

    area = _on_host_side(buffer(border.line, depth), border, setting)
    anchor = _told_by(border, setting)
    vantage = setting.vantage
    prefer = (vantage.lon, vantage.lat) if vantage else None
    return make_footprint(
        area,
        anchor,
        relation,
        name,
        precision="region",
        prefer=prefer,
        evidence=(f"the {border.name}", said),
    )


def _on_host_side(area: BaseGeometry, border: BorderLine, setting: Setting) -> BaseGeometry:
    """Keep what lies in the areas just named, else in the province spoken of, else the country."""
    import shapely

    if setting.hosts:
        polygons = [polygon for host in setting.hosts if (polygon := area_of(host, setting))]
        inside = area.intersection(shapely.union_all(polygons)) if polygons else area
        if not inside.is_empty:
            return inside
    if border.host is None:
        return area
    country = area_of(border.host, setting)
    if country is None:
        return area
    inside = _clip(area, country)
    province = _province(setting, border.host)
    if province is not None:
        narrowed = _clip(inside, province)
        if not narrowed.is_empty and narrowed.area > inside.area * 1e-4:
            return narrowed
    return inside


@lru_cache(maxsize=128)
def _clip(area: BaseGeometry, by: BaseGeometry) -> BaseGeometry:
    """Intersect, with only the part of a large polygon that lies about the area."""
    import shapely

    west, south, east, north = area.bounds
    if west >= east or south >= north:
        return area
    part = shapely.intersection(by, shapely.box(west, south, east, north))
    return area.intersection(part)


def _province(setting: Setting, host: Anchor) -> BaseGeometry | None:
    vantage = setting.subject or setting.vantage
    if vantage is None or vantage.admin1_id is None or vantage.country != host.country:
        return None
    return setting.gazetteer.geometry(vantage.admin1_id)


def _here(setting: Setting) -> Anchor:
    """Return the area the text speaks of: the province or country of the place in view."""
    for kind in ("admin1", "country"):
        anchor = setting.deictic(kind)
        if anchor is not None:
            return anchor
    raise UnreadableError("the text does not say whose border is meant")


def _told_by(border: BorderLine, setting: Setting) -> Anchor:
    """Return the place whose country and province the footprint bears."""
    view = setting.subject or setting.vantage
    if border.host is None:
        return view or _nowhere(border.name)
    if view is None or view.country != border.host.country or border.host.precision != "country":
        return border.host
    return view


def _nowhere(name: str) -> Anchor:
    return Anchor(name, 0.0, 0.0, 0.0, "region", confidence=0.6)
