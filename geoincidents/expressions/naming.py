"""Relations of names: coordinations, capitals, sites in towns, two constraints at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geoincidents.expressions.anchoring import (
    EVALUATORS,
    anchor_of,
    anchor_part,
    anchors_of,
    choices_of,
    deictic_anchor,
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
from geoincidents.expressions.refusals import NotApplicableError, UnreadableError

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geoincidents.expressions.tree import Node
    from geoincidents.model import Relation


def coordination(node: Node, setting: Setting) -> Footprint:
    """Place "A, B and C regions": the union of all that are named."""
    from geoincidents.geodesy import united

    refs = node.get("list") or (node.get("a"), node.get("b"))
    hints = [ref.type_hint for ref in refs if ref.type_hint]
    shared = hints[-1] if hints else node.get("type")
    members = tuple(
        anchors_of(replace(ref, type_hint=ref.type_hint or shared), setting)[0] for ref in refs
    )
    geometry = united(*(ground_of(member, setting) for member in members))
    name = ", ".join(member.name for member in members)
    precision = members[0].precision
    if precision == "settlement":
        precision = "region"
    footprint = make_footprint(
        geometry,
        members[0],
        "coordination",
        name,
        precision=precision,
        evidence=(f"{len(members)} places named together",),
    )
    return replace(footprint, members=members)


def capital(node: Node, setting: Setting) -> Footprint:
    """Place "the capital of X", "the regional capital"."""
    tree = node.get("anchor")
    if tree is None:
        if node.get("is_regional"):
            return _seat(deictic_anchor("admin1", setting), setting)
        return _seat(deictic_anchor("country", setting), setting)
    choices = choices_of(tree, setting)
    for anchor in choices:
        if anchor.precision in AREAS:
            return _seat(anchor, setting)
    # "the provincial capital of X", where X is that town
    return named(choices[0], setting, "capital_of")


def site(node: Node, setting: Setting) -> Footprint:
    """Place "the square S in X": the site, or the town when the site is unknown."""
    town = anchor_part(node, setting)
    if town.precision in AREAS:
        raise NotApplicableError
    from geoincidents.geodesy import distance_m

    for candidate in setting.resolve(node.get("site")):
        away = distance_m(town.lon, town.lat, candidate.lon, candidate.lat)
        if away <= 2 * town.extent_m + candidate.extent_m and candidate.precision in {
            "site",
            "neighbourhood",
        }:
            return named(candidate, setting, "site_of")
    footprint = named(town, setting, "site_of")
    note = f'"{node.get("site").text}" is not in the gazetteer: the place of {town.name}'
    return replace(
        footprint, evidence=(*footprint.evidence, note), confidence=0.7 * footprint.confidence
    )


def intersection(node: Node, setting: Setting) -> Footprint:
    """Place "the village of X, 10 km from the border": the X that satisfies it."""
    constraint: Node = node.get("constraint")
    subject = node.get("subject")
    choices = choices_of(subject, setting)
    for anchor in choices:
        here = replace(setting, subject=anchor, vantage=anchor)
        footprint = EVALUATORS[constraint.rule](constraint, here)
        gap = gap_m(footprint.geometry, anchor)
        if gap <= anchor.extent_m:
            found = named(anchor, setting, "intersection")
            note = f"agrees with: {footprint.name}"
            return replace(found, evidence=(*found.evidence, *footprint.evidence, note))
    raise UnreadableError(
        f'no place "{choices[0].name}" agrees with "{footprint.name}": '
        f"the nearest lies {kilometres(gap)} outside it"
    )


def gap_m(area: BaseGeometry, anchor: Anchor) -> float:
    """Return metres from an anchor's point to an area, 0 inside."""
    from geoincidents.geodesy import distance_to

    return distance_to(area, anchor.lon, anchor.lat)


def named(anchor: Anchor, setting: Setting, relation: Relation) -> Footprint:
    """Return a named place itself as a footprint."""
    return make_footprint(
        ground_of(anchor, setting),
        anchor,
        relation,
        anchor.name,
        precision=anchor.precision,
        prefer=(anchor.lon, anchor.lat),
        uncertainty_m=anchor.extent_m,
    )


def ground_of(anchor: Anchor, setting: Setting) -> BaseGeometry:
    """Return the polygon of an anchor, else the circle of its extent."""
    from geoincidents.geodesy import circle

    polygon = area_of(anchor, setting)
    if polygon is not None:
        return polygon
    return circle(anchor.lon, anchor.lat, max(anchor.extent_m, 1.0))


def _seat(area: Anchor, setting: Setting) -> Footprint:
    if area.feature_id is None:
        raise UnreadableError(f"the capital of {area.name} is not known")
    seat = setting.gazetteer.capital(setting.gazetteer.feature(area.feature_id))
    if seat is None:
        raise UnreadableError(f"the capital of {area.name} is not in the gazetteer")
    found = anchor_from_feature(seat, setting.table, area.confidence)
    footprint = named(found, setting, "capital_of")
    return replace(footprint, evidence=(*footprint.evidence, f"capital of {area.name}"))


def refused(node: Node, setting: Setting) -> Footprint:  # noqa: ARG001 - one form for all
    """Refuse what moves and has no place of its own: a front line."""
    raise UnreadableError("where the front line runs is not known to the gazetteer")


def travel_time(node: Node, setting: Setting) -> Footprint:
    """Refuse a way told in hours: no road is known."""
    anchor_of(node.get("anchor"), setting)
    raise UnreadableError("a way told in time gives no distance")
