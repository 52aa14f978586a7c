"""Which border is meant, and on which side of it the text is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoincidents.expressions.anchoring import anchor_of, anchors_of
from geoincidents.expressions.footprints import (
    AREAS,
    Anchor,
    Setting,
    anchor_from_feature,
    area_of,
)
from geoincidents.expressions.refusals import UnreadableError

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geoincidents.expressions.tree import Node
    from geoincidents.gazetteer import Gazetteer


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


def border_of(tree: Node | None, setting: Setting, host: Anchor | None = None) -> BorderLine:
    """Find which border is meant, and which side the text is on."""
    if tree is None:
        return only_border(_country(setting.host, setting), setting)
    if tree.get("compound"):
        first, second = (anchors_of(ref, setting)[0] for ref in tree.get("compound"))
        return _shared(first, second, host, setting)
    named = [anchor_of(tree.get(label), setting) for label in ("a", "b") if tree.get(label)]
    if len(named) == 2:
        return _shared(named[0], named[1], host, setting)
    here = host or _country(setting.host, setting)
    if not named:
        return only_border(here, setting)
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
            return only_border(other, setting, is_known=here is not None)
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
    return only_border(other, setting, is_known=False)


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


def only_border(host: Anchor | None, setting: Setting, *, is_known: bool = True) -> BorderLine:
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
