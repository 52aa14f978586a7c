"""Distances from borders, zones along them: on the proper side, within the right country."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from geoincidents.expressions.anchoring import (
    anchor_of,
    anchor_part,
    anchors_of,
    deictic_anchor,
    distance_part,
)
from geoincidents.expressions.footprints import (
    AREAS,
    Anchor,
    Footprint,
    Setting,
    anchor_from_feature,
    area_of,
    kilometres,
    make_footprint,
)
from geoincidents.expressions.tree import Node, NotApplicableError, Quantity, UnreadableError

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geoincidents.gazetteer import Gazetteer
    from geoincidents.model import Relation


@dataclass(frozen=True, slots=True)
class BorderLine:
    """A border: its line, the names of its two sides, and the side the text is on."""

    line: BaseGeometry
    sides: tuple[str, str]
    host: Anchor | None

    @property
    def name(self) -> str:
        """Return "A–B border"."""
        return f"{self.sides[0]}–{self.sides[1]} border"


def border_distance(node: Node, setting: Setting) -> Footprint:
    """Place "40 km from the border": a band on the side that the text is on."""
    quantity = distance_part(node, setting)
    border = _border(node.get("border"), setting)
    return _distance_band(quantity, border, setting)


def border_inside(node: Node, setting: Setting) -> Footprint:
    """Place "15 km inside A", "… from the border of B"."""
    quantity = distance_part(node, setting)
    host = anchors_of(node.get("host"), setting)[0]
    if host.precision not in AREAS:
        raise NotApplicableError
    tree = node.get("border")
    border = _border(tree, setting, host) if tree else _only_border(host, setting)
    return _distance_band(quantity, border, setting)


def border_within(node: Node, setting: Setting) -> Footprint:
    """Place "within 10 km of the border"."""
    quantity = distance_part(node, setting)
    border = _border(node.get("border"), setting)
    depth = quantity.distance_m + setting.table.get("border", "line_accuracy")
    said = f'"{quantity.text}" of the {border.name}'
    name = f"within {quantity.text} of the {border.name}"
    return _zone(border, depth, setting, relation="border_zone", name=name, said=said)


def near_border(node: Node, setting: Setting) -> Footprint:
    """Place "near the border"."""
    border = _border(node.get("border"), setting)
    depth = setting.table.get("border", "near_depth")
    said = f'"near": {kilometres(depth)} deep'
    name = f"near the {border.name}"
    return _zone(border, depth, setting, relation="near_border", name=name, said=said)


def along_border(node: Node, setting: Setting) -> Footprint:
    """Place "along the border between A and B": a strip on both sides, or on the host's."""
    tree = node.get("border")
    border = _border(tree or Node("border", node.start, node.end, node.parts), setting)
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
    border = _only_border(host, setting)
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
    name = f"{quantity.text} from the {border.name}"
    evidence = [
        f'stated "{quantity.text}" from the {border.name}: {kilometres(low)} to {kilometres(high)}',
        f"rounding of the number ±{kilometres(quantity.rounding_m)}",
    ]
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


def _border(tree: Node | None, setting: Setting, host: Anchor | None = None) -> BorderLine:
    """Find which border is meant, and which side the text is on."""
    if tree is None:
        return _only_border(_country(setting.host, setting), setting)
    if tree.get("compound"):
        first, second = (anchors_of(ref, setting)[0] for ref in tree.get("compound"))
        return _shared(first, second, host, setting)
    named = [anchor_of(tree.get(label), setting) for label in ("a", "b") if tree.get(label)]
    if len(named) == 2:
        return _shared(named[0], named[1], host, setting)
    here = host or _country(setting.host, setting)
    if not named:
        return _only_border(here, setting)
    return _border_with(named[0], here, setting)


def _shared(first: Anchor, second: Anchor, host: Anchor | None, setting: Setting) -> BorderLine:
    first, second = _level(first, second, setting)
    line = _line(setting.gazetteer, first, second)
    if line is None:
        raise UnreadableError(f"{first.name} and {second.name} share no border")
    here = setting.host
    sides = [
        side for side in (first, second) if side.country == here and side.precision == "country"
    ]
    return BorderLine(line, (first.name, second.name), host or (sides[0] if sides else None))


def _level(first: Anchor, second: Anchor, setting: Setting) -> tuple[Anchor, Anchor]:
    """Lift both sides to provinces when either is less than a country."""
    if first.precision == second.precision == "country":
        return first, second
    if "country" in {first.precision, second.precision}:
        return _lift(first, "country", setting), _lift(second, "country", setting)
    return _lift(first, "admin1", setting), _lift(second, "admin1", setting)


def _lift(anchor: Anchor, to: str, setting: Setting) -> Anchor:
    if anchor.precision == to or (to == "admin1" and anchor.admin1_id is None):
        return anchor
    if to == "country":
        return _country(anchor.country, setting) or anchor
    feature = setting.gazetteer.feature(str(anchor.admin1_id))
    return anchor_from_feature(feature, setting.table, anchor.confidence)


def _border_with(other: Anchor, here: Anchor | None, setting: Setting) -> BorderLine:
    """Find "the border of/with X" as seen from `here`."""
    if other.precision not in AREAS:
        other = _lift(other, "admin1", setting)
    if here is None or other.country == here.country:
        if other.precision == "country":
            return _only_border(other, setting, is_known=here is not None)
        return _unit_border(other, setting)
    if other.precision != "country":
        other = _country(other.country, setting) or other
    line = _line(setting.gazetteer, here, other)
    if line is not None:
        return BorderLine(line, (here.name, other.name), here)
    if setting.is_strict:
        raise UnreadableError(f"{here.name} and {other.name} share no border")
    for code in setting.opponents:
        rival = _country(code, setting)
        line = _line(setting.gazetteer, rival, other) if rival else None
        if rival and line is not None:
            return BorderLine(line, (rival.name, other.name), rival)
    return _only_border(other, setting, is_known=False)


def _unit_border(unit: Anchor, setting: Setting) -> BorderLine:
    """Return the whole edge of a province, seen from the province in view if it is another."""
    polygon = area_of(unit, setting)
    if polygon is None:
        raise UnreadableError(f"the border of {unit.name} is not known")
    vantage = setting.vantage
    if vantage and vantage.admin1_id and vantage.admin1_id != unit.feature_id:
        neighbour = _lift(vantage, "admin1", setting)
        line = _line(setting.gazetteer, neighbour, unit)
        if line is not None:
            return BorderLine(line, (neighbour.name, unit.name), neighbour)
    return BorderLine(polygon.boundary, (unit.name, "its neighbours"), None)


def _only_border(host: Anchor | None, setting: Setting, *, is_known: bool = True) -> BorderLine:
    """Return the border that "the border" of an area means: with whom the text speaks of.

    Without anyone to go by it is the nearest to the place in view, else all of them.
    `is_known` is False when the text may be on either side.
    """
    if host is None:
        raise UnreadableError("the text does not say which border is meant")
    country = _country(host.country, setting) or host
    chosen = _spoken_lines(country, setting) or _neighbour_lines(country, setting)
    if not chosen:
        raise UnreadableError(f"{country.name} has no land border that is known")
    if host.precision == "admin1":
        chosen = _touching(chosen, host, setting)
    if len(chosen) > 1 and setting.vantage is not None and host.precision == "country":
        chosen = [_nearest(chosen, setting.vantage)]
    return _joined(chosen, host if host.precision == "admin1" else country, is_known, setting)


def _joined(
    chosen: list[tuple[str, BaseGeometry]], host: Anchor, is_known: bool, setting: Setting
) -> BorderLine:
    import shapely

    names = [anchor.name for code, _ in chosen if (anchor := _country(code, setting))]
    line = shapely.union_all([line for _, line in chosen])
    return BorderLine(line, (host.name, "/".join(names)), host if is_known else None)


def _touching(
    lines: list[tuple[str, BaseGeometry]], unit: Anchor, setting: Setting
) -> list[tuple[str, BaseGeometry]]:
    """Keep the parts of country borders that run along a province."""
    import shapely

    polygon = area_of(unit, setting)
    if polygon is None:
        return lines
    west, south, east, north = polygon.bounds
    margin = 0.02  # joins edges that two sources round differently; clipped away again
    window = shapely.box(west - margin, south - margin, east + margin, north + margin)
    kept = []
    for code, line in lines:
        near = line.intersection(window)
        if not near.is_empty and not near.intersection(polygon.buffer(margin)).is_empty:
            kept.append((code, near.intersection(polygon.buffer(margin))))
    if not kept:
        raise UnreadableError(f"{unit.name} does not lie on a border of its country")
    return kept


def _spoken_lines(country: Anchor, setting: Setting) -> list[tuple[str, BaseGeometry]]:
    """Return the borders with countries that the text speaks of."""
    rivals = [anchor for code in setting.opponents if (anchor := _country(code, setting))]
    return [
        (str(rival.country), line)
        for rival in rivals
        if rival.country != country.country
        and (line := _line(setting.gazetteer, country, rival)) is not None
    ]


def _neighbour_lines(country: Anchor, setting: Setting) -> list[tuple[str, BaseGeometry]]:
    gazetteer = setting.gazetteer
    if country.feature_id is None or country.country is None:
        return []
    lines = []
    for other in gazetteer.neighbours(gazetteer.feature(country.feature_id)):
        line = gazetteer.border(country.country, other.country) if other.country else None
        if line is not None:
            lines.append((str(other.country), line))
    return lines


def _nearest(lines: list[tuple[str, BaseGeometry]], vantage: Anchor) -> tuple[str, BaseGeometry]:
    from geoincidents.geodesy import distance_to

    return min(lines, key=lambda pair: distance_to(pair[1], vantage.lon, vantage.lat))


def _line(gazetteer: Gazetteer, first: Anchor, second: Anchor) -> BaseGeometry | None:
    if first.unit is None or second.unit is None:
        return None
    try:
        return gazetteer.border(first.unit, second.unit)
    except KeyError:
        return None


def _country(code: str | None, setting: Setting) -> Anchor | None:
    if code is None:
        return None
    try:
        return anchor_from_feature(setting.gazetteer.country(code), setting.table)
    except KeyError:
        return None
