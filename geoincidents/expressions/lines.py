"""Between places, along roads, rivers and coasts."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from geoincidents.expressions.anchoring import anchor_of, anchor_part, choices_of, distance_part
from geoincidents.expressions.borders import border_span
from geoincidents.expressions.footprints import (
    AREAS,
    Anchor,
    Footprint,
    Setting,
    area_of,
    kilometres,
    make_footprint,
)
from geoincidents.expressions.refusals import NotApplicableError, UnreadableError

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geoincidents.expressions.tree import Node
    from geoincidents.gazetteer import Gazetteer
    from geoincidents.model import Relation

_WATER_LINES = frozenset({"STM", "STMI", "CNL", "STMD", "WAD", "RVR"})


def between(node: Node, setting: Setting) -> Footprint:
    """Place "between A and B": the strip from one to the other."""
    first, second = _ends(node, setting)
    name = f"between {first.name} and {second.name}"
    return _strip((first, second), name, setting, share="between_share", relation="between")


def road(node: Node, setting: Setting) -> Footprint:
    """Place "on the road from A to B": a strip wide enough for a road's bends."""
    first, second = _ends(node, setting)
    name = f"road {first.name}–{second.name}"
    return _strip((first, second), name, setting, share="road_share", relation="along")


def midway(node: Node, setting: Setting) -> Footprint:
    """Place "halfway between A and B"."""
    from geoincidents.geodesy import circle

    first, second = _ends(node, setting)
    span, middle = _span(first, second)
    slack = setting.table.get("line", "midway_share") * span
    radius = slack + (first.extent_m + second.extent_m) / 2
    evidence = (
        f"midway: ±{kilometres(slack)} of {kilometres(span)}",
        f"half of the extents of both: {kilometres(radius - slack)}",
    )
    return make_footprint(
        circle(*middle, radius),
        first,
        "between",
        f"midway between {first.name} and {second.name}",
        prefer=middle,
        evidence=evidence,
    )


def river(node: Node, setting: Setting) -> Footprint:
    """Place "along the river X near Y"."""
    from geoincidents.geodesy import buffer, circle

    choices = choices_of(node.get("line"), setting)
    line = next((a for a in choices if a.feature_code in _WATER_LINES), None)
    if line is None:
        raise NotApplicableError
    course = setting.gazetteer.geometry(line.feature_id) if line.feature_id else None
    depth = setting.table.get("line", "river_depth")
    area = buffer(course, depth) if course is not None else None
    if node.get("anchor"):
        place = anchor_of(node.get("anchor"), setting)
        margin = place.extent_m + setting.table.scaled("near", place.extent_m)
        about = circle(place.lon, place.lat, margin)
        area = about if area is None else area.intersection(about)
        prefer = (place.lon, place.lat)
        name = f"{line.name} near {place.name}"
        told = () if course is not None else (f"the course of {line.name} is not known",)
        return make_footprint(area, place, "along", name, prefer=prefer, evidence=told)
    if area is None:
        raise UnreadableError(f"the course of {line.name} is not in the gazetteer")
    return make_footprint(area, line, "along", f"along {line.name}", precision="region")


def off_coast(node: Node, setting: Setting) -> Footprint:
    """Place "off the coast of X": the water before it."""
    from geoincidents.geodesy import band

    anchor = anchor_part(node, setting)
    low, high = 0.0, setting.table.get("coast", "off_depth")
    if node.get("distance"):
        low, high = border_span(distance_part(node, setting), setting)
    water = band(_shore(anchor, setting), low, high).difference(
        _land(str(anchor.country), setting.gazetteer)
    )
    evidence = (f"{kilometres(low)} to {kilometres(high)} from the shore",)
    name = f"off the coast of {anchor.name}"
    return make_footprint(water, anchor, "off_coast", name, precision="sea", evidence=evidence)


def at_sea(node: Node, setting: Setting) -> Footprint:
    """Place "over the Black Sea": the sea itself."""
    from geoincidents.geodesy import circle

    choices = choices_of(node.get("anchor"), setting)
    sea = next((anchor for anchor in choices if anchor.precision == "sea"), None)
    if sea is None:
        raise NotApplicableError
    area = setting.gazetteer.geometry(sea.feature_id) if sea.feature_id else None
    if area is None:
        area = circle(sea.lon, sea.lat, sea.extent_m)
    point = (sea.lon, sea.lat)
    return make_footprint(area, sea, "off_coast", sea.name, precision="sea", prefer=point)


def coast(node: Node, setting: Setting) -> Footprint:
    """Place "the coast of X", "the Black Sea coast near X": a strip on the shore."""
    from geoincidents.geodesy import buffer, inner_point

    anchor = anchor_part(node, setting)
    depth = setting.table.get("coast", "strip_depth")
    strip = buffer(_shore(anchor, setting), depth)
    name = f"coast of {anchor.name}"
    point = inner_point(strip, (anchor.lon, anchor.lat)) if anchor.precision not in AREAS else None
    evidence = (f"{kilometres(depth)} to each side of the shore",)
    return make_footprint(strip, anchor, "off_coast", name, prefer=point, evidence=evidence)


def _shore(anchor: Anchor, setting: Setting) -> BaseGeometry:
    """Return the shoreline of a country, a province or about a town."""
    import shapely

    from geoincidents.geodesy import circle

    gazetteer = setting.gazetteer
    country = gazetteer.country(anchor.country) if anchor.country else None
    polygon = gazetteer.geometry(country.id) if country else None
    if country is None or polygon is None:
        raise UnreadableError(f"the coast of {anchor.name} is not known")
    edge = polygon.boundary
    if anchor.precision not in AREAS:
        margin = anchor.extent_m + setting.table.scaled("near", anchor.extent_m)
        edge = edge.intersection(circle(anchor.lon, anchor.lat, margin))
    elif anchor.precision != "country":
        own = area_of(anchor, setting)
        edge = edge if own is None else edge.intersection(own.buffer(0.02))
    inland = [
        line
        for other in gazetteer.neighbours(country)
        if country.country
        and other.country
        and (line := gazetteer.border(country.country, other.country)) is not None
    ]
    shore = edge.difference(shapely.union_all(inland).buffer(0.02)) if inland else edge
    if shore.is_empty:
        raise UnreadableError(f"{anchor.name} does not lie on a coast")
    return shore


@lru_cache(maxsize=16)
def _land(code: str, gazetteer: Gazetteer) -> BaseGeometry:
    """Return a country and its neighbours as one."""
    from geoincidents.geodesy import united

    country = gazetteer.country(code)
    lands = [country, *gazetteer.neighbours(country)]
    return united(*(p for land in lands if (p := gazetteer.geometry(land.id)) is not None))


def _strip(
    ends: tuple[Anchor, Anchor], name: str, setting: Setting, *, share: str, relation: Relation
) -> Footprint:
    from geoincidents.geodesy import corridor

    first, second = ends
    span, middle = _span(first, second)
    line = setting.table.tables["line"]
    half = min(max(line[share] * span, line["least"]), line["greatest"])
    area = corridor((first.lon, first.lat), (second.lon, second.lat), half)
    evidence = (f"{kilometres(span)} from one to the other, {kilometres(half)} to each side",)
    return make_footprint(area, first, relation, name, prefer=middle, evidence=evidence)


def _span(first: Anchor, second: Anchor) -> tuple[float, tuple[float, float]]:
    """Return the way from one to the other in metres, and its middle (lon, lat)."""
    from geoincidents.geodesy import bearing_deg, destination, distance_m

    ends = (first.lon, first.lat, second.lon, second.lat)
    span = distance_m(*ends)
    if span < 1.0:
        raise UnreadableError(f'"{first.name}" and "{second.name}" are the same place')
    return span, destination(first.lon, first.lat, bearing_deg(*ends), span / 2)


def _ends(node: Node, setting: Setting) -> tuple[Anchor, Anchor]:
    """Return both anchors; of namesakes, the pair that lies nearest together."""
    from geoincidents.geodesy import distance_m

    firsts, seconds = (choices_of(node.get(label), setting)[:5] for label in ("a", "b"))
    best = firsts[0], seconds[0]
    if distance_m(best[0].lon, best[0].lat, best[1].lon, best[1].lat) < 1_000_000:
        return best
    pairs = [(a, b) for a in firsts for b in seconds]
    return min(
        pairs, key=lambda pair: distance_m(pair[0].lon, pair[0].lat, pair[1].lon, pair[1].lat)
    )
