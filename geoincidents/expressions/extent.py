"""How large a place is about its point; kept apart from the shapes, for plain look-ups."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geoincidents.expressions.uncertainty import Uncertainty
    from geoincidents.model import Feature


def extent_of(feature: Feature, table: Uncertainty | None = None) -> float:
    """Return the radius in metres of a feature: its own, or one after its population.

    The table of vague words is read only where the feature has no extent.
    """
    if feature.extent_m > 0:
        return float(feature.extent_m)
    from geoincidents.expressions.uncertainty import default_uncertainty

    known = (table or default_uncertainty()).tables
    if feature.precision == "settlement":
        get = known["settlement"]
        size = get["metres_per_person"] * max(feature.population, 1) ** get["power"]
        return float(min(max(size, get["least_radius"]), get["greatest_radius"]))
    return known["extent"][feature.precision]
