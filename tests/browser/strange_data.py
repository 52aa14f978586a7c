"""Collections that no newsroom plans for: nothing, one, all at a point, undated, at the edges."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sample import at, incident, place, sample
from shapely.geometry import Point

from geoincidents.model import IncidentCollection

SPOTS = {
    "one": [(36.0, 50.0)],
    "thousand": [(36.0, 50.0)] * 1000,
    "thousand and one": [(36.0 + n / 2000, 50.0) for n in range(1001)],
    "antimeridian": [(179.9, -17.0), (-179.9, -16.5)],
    "poles": [(0.0, 90.0), (20.0, -90.0)],
}
LONG = "Long " * 2000


def strange(case: str) -> IncidentCollection:
    """The collection of a case."""
    whole = sample()
    if case == "none":
        return IncidentCollection((), ())
    if case == "undated":
        return replace(whole, incidents=tuple(replace(i, time=None) for i in whole.incidents))
    if case == "long titles":
        return replace(whole, reports=tuple(replace(r, title=LONG) for r in whole.reports))
    if case == "long names":
        spots = [place(LONG, 36.0, 50.0), place(LONG, 34.0, 49.0, "admin1", 90_000)]
        return IncidentCollection(tuple(map(_made, range(2), spots)), whole.reports)
    if case == "huge polygon":
        shape = Point(36, 50).buffer(2, quad_segs=25_000)
        area = place("A vast area", 36.0, 50.0, "region", 200_000, geometry=shape)
        return IncidentCollection((_made(0, area),), whole.reports)
    spots = [place(f"Spot {n % 3}", *xy) for n, xy in enumerate(SPOTS[case])]
    return IncidentCollection(tuple(map(_made, range(len(spots)), spots)), whole.reports)


def _made(number: int, where: Any) -> Any:
    time = sample().incidents[0].time
    return incident(f"inc-{number}", "Air/drone strike", time, (at(where),), "claimed")
