"""A feature as a location: its point, how far the place reaches about it, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoincidents.model import Location

if TYPE_CHECKING:
    from geoincidents.model import Feature, Precision

#: Radius in metres where neither an extent nor a population is known.
_TYPICAL_M: dict[Precision, float] = {
    "site": 500.0,
    "neighbourhood": 2_000.0,
    "settlement": 2_000.0,
    "vicinity": 10_000.0,
    "admin2": 25_000.0,
    "admin1": 120_000.0,
    "region": 250_000.0,
    "country": 400_000.0,
    "sea": 300_000.0,
}
_LEAST_SETTLEMENT_M = 500.0


def settlement_radius_m(population: int) -> float:
    """Radius of the circle that holds a settlement of so many people, in metres.

    The radius grows with the power 0.35 of the population, 100 m times it: 0.9 km
    for 500 people, 2.5 km for 10,000, 14 km for 1.4 million. Built-up area grows
    more slowly than population, since large cities are denser.
    """
    return max(_LEAST_SETTLEMENT_M, 100.0 * float(max(population, 0) ** 0.35))


def uncertainty_of(feature: Feature) -> float:
    """Radius in metres of the circle about the point that holds the feature."""
    if feature.extent_m > 0:
        return float(feature.extent_m)
    if feature.precision == "settlement" and feature.population > 0:
        return settlement_radius_m(feature.population)
    return _TYPICAL_M[feature.precision]


def location_of(
    feature: Feature, confidence: float = 1.0, evidence: tuple[str, ...] = ()
) -> Location:
    """`feature` as the place of a mention.

    Parameters
    ----------
    feature
        A row of a gazetteer.
    confidence
        0 to 1.
    evidence
        Short sentences: why this one.

    Returns
    -------
    Location
        Its uncertainty is the feature's own extent, or one drawn from the
        population of a settlement, or one typical of its kind.
    """
    return Location(
        name=feature.name,
        lat=feature.lat,
        lon=feature.lon,
        precision=feature.precision,
        uncertainty_m=uncertainty_of(feature),
        confidence=confidence,
        feature_id=feature.id,
        feature_code=feature.code,
        country=feature.country,
        country_name=feature.country_name,
        admin1=feature.admin1,
        admin1_id=feature.admin1_id,
        admin2=feature.admin2,
        admin2_id=feature.admin2_id,
        evidence=evidence,
    )
