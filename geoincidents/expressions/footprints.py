"""What a reading is evaluated with and into: anchors, the setting, footprints."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from geoincidents.expressions.extent import extent_of
from geoincidents.expressions.refusals import UnreadableError
from geoincidents.model import Location

if TYPE_CHECKING:
    from collections.abc import Callable

    from shapely.geometry.base import BaseGeometry

    from geoincidents.expressions.tree import PlaceRef, Quantity
    from geoincidents.expressions.uncertainty import Uncertainty
    from geoincidents.gazetteer import Gazetteer
    from geoincidents.model import Feature, Precision, Relation

#: Precisions of places that are drawn as areas with an edge.
AREAS = frozenset({"admin2", "admin1", "region", "country"})


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that an expression starts from; `extent_m` is its radius."""

    name: str
    lon: float
    lat: float
    extent_m: float
    precision: Precision
    country: str | None = None
    country_name: str | None = None
    admin1: str | None = None
    admin1_id: str | None = None
    feature_id: str | None = None
    feature_code: str | None = None
    confidence: float = 1.0
    #: The footprint of an expression that serves as an anchor.
    area: BaseGeometry | None = None
    evidence: tuple[str, ...] = ()

    @property
    def unit(self) -> str | None:
        """What `Gazetteer.border` knows it by: a country's code or a unit's id."""
        if self.precision == "country":
            return self.country
        return self.feature_id if self.precision == "admin1" else self.admin1_id


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known where an expression stands, besides its own words.

    `vantage` is the place spoken of there, `opponents` the codes of countries that the
    text speaks of, likeliest first; `subject` is the place an apposition describes;
    `hosts` are areas named just before, to which the expression is confined.
    """

    gazetteer: Gazetteer
    table: Uncertainty
    resolve: Callable[[PlaceRef], tuple[Anchor, ...]]
    deictic: Callable[[Precision], Anchor | None]
    vantage: Anchor | None = None
    country: str | None = None
    opponents: tuple[str, ...] = ()
    subject: Anchor | None = None
    hosts: tuple[Anchor, ...] = ()
    #: The user said where it is: a contradiction is refused, not worked around.
    is_strict: bool = False

    @property
    def host(self) -> str | None:
        """Code of the country the text is in."""
        return self.country or (self.vantage.country if self.vantage else None)


@dataclass(frozen=True, slots=True)
class Footprint:
    """Where an expression lies: its area, its point inside and how sure both are."""

    geometry: BaseGeometry
    lon: float
    lat: float
    uncertainty_m: float
    precision: Precision
    relation: Relation
    name: str
    anchor: Anchor
    evidence: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    confidence: float = 0.8
    #: A coordination's members; empty for all else.
    members: tuple[Anchor, ...] = ()

    def located(self) -> Location:
        """Return the footprint as a location."""
        anchor = self.anchor
        return Location(
            name=self.name,
            lat=self.lat,
            lon=self.lon,
            precision=self.precision,
            uncertainty_m=self.uncertainty_m,
            confidence=self.confidence,
            country=anchor.country,
            country_name=anchor.country_name,
            admin1=anchor.admin1,
            admin1_id=anchor.admin1_id,
            relation=self.relation,
            geometry=self.geometry,
            evidence=(*self.evidence, *self.flags),
        )


def make_footprint(
    geometry: BaseGeometry,
    anchor: Anchor,
    relation: Relation,
    name: str,
    *,
    precision: Precision = "vicinity",
    prefer: tuple[float, float] | None = None,
    uncertainty_m: float | None = None,
    evidence: tuple[str, ...] = (),
) -> Footprint:
    """Build a footprint: a point inside, and the radius about it that holds the area.

    Raises
    ------
    UnreadableError
        When the area is empty.
    """
    from geoincidents.geodesy import farthest_m, settled

    area, lon, lat = settled(geometry, prefer)
    if area.is_empty:
        raise UnreadableError("what is said of the place contradicts itself: no area is left")
    radius = uncertainty_m if uncertainty_m is not None else farthest_m(area, lon, lat)
    told = (*anchor.evidence[:1], *evidence, f"uncertainty {kilometres(radius)}")
    confidence = round(0.9 * anchor.confidence, 4)
    return Footprint(
        area, lon, lat, radius, precision, relation, name, anchor, told, confidence=confidence
    )


def anchor_from_location(location: Location) -> Anchor:
    """Turn a resolved place into an anchor."""
    return replace(
        _anchor_at(location, location.uncertainty_m),
        feature_id=location.feature_id,
        feature_code=location.feature_code,
        confidence=location.confidence,
        area=location.geometry,
    )


def anchor_from_feature(feature: Feature, table: Uncertainty, confidence: float = 1.0) -> Anchor:
    """Turn a feature of the gazetteer into an anchor."""
    return replace(
        _anchor_at(feature, extent_of(feature, table)),
        feature_id=feature.id,
        feature_code=feature.code,
        confidence=confidence,
    )


def _anchor_at(place: Feature | Location, extent_m: float) -> Anchor:
    return Anchor(
        name=place.name or "",
        lon=place.lon,
        lat=place.lat,
        extent_m=extent_m,
        precision=place.precision,
        country=place.country,
        country_name=place.country_name,
        admin1=place.admin1,
        admin1_id=place.admin1_id,
        evidence=(f"anchor {place.name}, extent {kilometres(extent_m)}",),
    )


def as_anchor(footprint: Footprint) -> Anchor:
    """Turn an evaluated expression into the anchor of another."""
    return replace(
        footprint.anchor,
        name=footprint.name,
        lon=footprint.lon,
        lat=footprint.lat,
        extent_m=footprint.uncertainty_m,
        precision=footprint.precision,
        area=footprint.geometry,
        feature_id=None,
        evidence=footprint.evidence,
    )


def area_of(anchor: Anchor, setting: Setting) -> Any:
    """Return the polygon of an anchor, or None when it is known as a point only."""
    if anchor.area is not None:
        return anchor.area
    if anchor.feature_id is None or anchor.precision not in AREAS:
        return None
    return setting.gazetteer.geometry(anchor.feature_id)


def outline_of(anchor: Anchor, setting: Setting) -> Any:
    """Return the polygon of an anchor that is an area, or None for one without an edge."""
    return area_of(anchor, setting) if anchor.precision in AREAS else None


def number_evidence(quantity: Quantity, low: float, high: float, of: str = "") -> tuple[str, str]:
    """Return what is said of a distance from something, and how far it is rounded."""
    said = f'stated "{quantity.text}"{of}: {kilometres(low)} to {kilometres(high)}'
    return said, f"rounding of the number ±{kilometres(quantity.rounding_m)}"


def kilometres(metres: float) -> str:
    """Return a length for people: "850 m", "4.2 km", "31 km".

    >>> kilometres(850), kilometres(4210), kilometres(31400)
    ('850 m', '4.2 km', '31 km')
    """
    if metres < 1000:
        return f"{metres:.0f} m"
    return f"{metres / 1000:.1f} km" if metres < 10_000 else f"{metres / 1000:.0f} km"
