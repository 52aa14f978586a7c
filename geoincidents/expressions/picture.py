"""A small picture of what `locate` found: one SVG, no scripts, nothing fetched."""

from __future__ import annotations

from html import escape
from math import cos, log10, radians
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

    from geoincidents.expressions.answers import LocateResult
    from geoincidents.gazetteer import Gazetteer
    from geoincidents.model import Location

_WIDTH, _HEIGHT, _MARGIN = 640, 420, 0.35
_METRES_PER_DEGREE = 111_320.0
#: Narrowest view, in degrees of latitude.
_LEAST_VIEW_DEG = 0.08
_STYLE = (
    ".land{fill:#f4f1ea;stroke:#8a8a8a;stroke-width:1}"
    ".unit{fill:none;stroke:#b9b4a8;stroke-width:.8;stroke-dasharray:4 3}"
    ".area{fill:#0072b2;fill-opacity:.28;stroke:#0072b2;stroke-width:1.6}"
    ".spread{fill:none;stroke:#d55e00;stroke-width:1.2;stroke-dasharray:6 4}"
    ".point{fill:#d55e00;stroke:#fff;stroke-width:1.5}"
    ".town{fill:#333}"
    "text{font:12px system-ui,sans-serif;fill:#222;paint-order:stroke;stroke:#fff;stroke-width:3}"
)


def svg(result: LocateResult, gazetteer: Gazetteer) -> str:
    """Draw the answers of a result over the outlines of the countries about them."""
    from geoincidents.geodesy import circle

    shapes = [_shape(location, gazetteer) for location in result.chosen]
    spreads = [circle(loc.lon, loc.lat, max(loc.uncertainty_m, 1.0)) for loc in result.chosen]
    view = _View(shapes)
    parts = [
        *_background(view, result, gazetteer),
        *(view.path(shape, "area") for shape in shapes),
        *(view.path(spread, "spread") for spread in spreads if len(result.chosen) == 1),
        *_towns(view, gazetteer),
        *(view.dot(location.lon, location.lat, 5, "point") for location in result.chosen),
        view.scale_bar(),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'width="{_WIDTH}" height="{_HEIGHT}" role="img" aria-label="{escape(result.text)}">'
        f"<style>{_STYLE}</style>"
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#dfe9f0"/>{"".join(parts)}</svg>'
    )


def page(result: LocateResult, gazetteer: Gazetteer) -> str:
    """Return a whole HTML page: the picture, the answers and their evidence."""
    rows = "".join(map(_row, result.chosen))
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(result.text)}</title>"
        "<style>body{font:15px/1.5 system-ui,sans-serif;margin:2em;max-width:44em}"
        "svg{max-width:100%;height:auto}</style>"
        f"<h1>{escape(result.text)}</h1>{svg(result, gazetteer)}{rows}</html>"
    )


def _row(location: Location) -> str:
    reasons = "".join(f"<li>{escape(sentence)}</li>" for sentence in location.evidence)
    where = f"{location.lat:.4f}, {location.lon:.4f} ± {location.uncertainty_m / 1000:.1f} km"
    return f"<h2>{escape(location.name or '')}</h2><p>{where}</p><ul>{reasons}</ul>"


def _shape(location: Location, gazetteer: Gazetteer) -> BaseGeometry:
    from geoincidents.geodesy import circle

    if location.geometry is not None:
        return location.geometry
    known = gazetteer.geometry(location.feature_id) if location.feature_id else None
    if known is not None:
        return known
    return circle(location.lon, location.lat, max(location.uncertainty_m, 1.0))


class _View:
    """A window of the world on the drawing, true to scale at its middle."""

    def __init__(self, shapes: Sequence[BaseGeometry]) -> None:
        from shapely import box, total_bounds

        west, south, east, north = total_bounds(list(shapes))
        lat = (south + north) / 2
        self.squeeze = max(cos(radians(lat)), 0.05)
        wide, high = (east - west) * self.squeeze, north - south
        span = max(high, wide * _HEIGHT / _WIDTH, _LEAST_VIEW_DEG) * (1 + _MARGIN)
        self.per_degree = _HEIGHT / span
        self.west = (west + east) / 2 - _WIDTH / 2 / self.per_degree / self.squeeze
        self.north = lat + span / 2
        east_edge = self.west + _WIDTH / self.per_degree / self.squeeze
        self.window = box(self.west, self.north - span, east_edge, self.north)

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Return the place of a point on the drawing."""
        x = (lon - self.west) * self.squeeze * self.per_degree
        return round(x, 1), round((self.north - lat) * self.per_degree, 1)

    def path(self, geometry: BaseGeometry, css: str) -> str:
        """Draw polygons or lines."""
        seen = geometry.intersection(self.window.buffer(self.window.area**0.5 * 0.02))
        seen = seen.simplify(0.4 / self.per_degree)
        commands = "".join(self._ring(ring) for ring in _rings(seen))
        return f'<path class="{css}" fill-rule="evenodd" d="{commands}"/>' if commands else ""

    def dot(self, lon: float, lat: float, radius: float, css: str) -> str:
        """Draw a point."""
        x, y = self.at(lon, lat)
        return f'<circle class="{css}" cx="{x}" cy="{y}" r="{radius}"/>'

    def label(self, lon: float, lat: float, text: str) -> str:
        """Write beside a point."""
        x, y = self.at(lon, lat)
        return f'<text x="{x + 6}" y="{y + 4}">{escape(text)}</text>'

    def scale_bar(self) -> str:
        """Draw a bar of a round length, a fifth of the width or less."""
        longest = _WIDTH / 5 / self.per_degree * _METRES_PER_DEGREE
        power = 10.0 ** int(log10(longest))
        length = max(step * power for step in (1, 2, 5) if step * power <= longest)
        pixels = length / _METRES_PER_DEGREE * self.per_degree
        said = f"{length / 1000:g} km" if length >= 1000 else f"{length:g} m"
        y = _HEIGHT - 14
        return (
            f'<path d="M12 {y}h{pixels:.1f}" stroke="#222" stroke-width="3"/>'
            f'<text x="12" y="{y - 6}">{said}</text>'
        )

    def _ring(self, ring: Sequence[tuple[float, ...]]) -> str:
        points = " ".join("{},{}".format(*self.at(*point[:2])) for point in ring)
        return f"M{points}"


def _rings(geometry: BaseGeometry) -> Iterator[Sequence[tuple[float, ...]]]:
    for part in getattr(geometry, "geoms", [geometry]):
        if part.geom_type == "Polygon" and not part.is_empty:
            yield part.exterior.coords
            for hole in part.interiors:
                yield hole.coords
        elif part.geom_type == "LineString":
            yield part.coords


def _background(view: _View, result: LocateResult, gazetteer: Gazetteer) -> Iterator[str]:
    """Draw the countries in view, and the provinces of the answers' own."""
    codes = {location.country for location in result.chosen if location.country}
    lands = {}
    for code in sorted(codes):
        country = gazetteer.country(code)
        for land in (country, *gazetteer.neighbours(country)):
            lands[land.id] = land
    for land_id in sorted(lands):
        outline = gazetteer.geometry(land_id)
        if outline is not None:
            yield view.path(outline, "land")
    for code in sorted(codes):
        for unit in gazetteer.admin1s(code):
            outline = gazetteer.geometry(unit.id)
            if outline is not None and outline.intersects(view.window):
                yield view.path(outline, "unit")


def _towns(view: _View, gazetteer: Gazetteer) -> Iterator[str]:
    """Mark the largest towns in view."""
    middle = view.window.centroid
    reach = _WIDTH / view.per_degree * _METRES_PER_DEGREE / 2
    towns = gazetteer.nearby(middle.x, middle.y, reach, 400)
    largest = sorted(towns, key=lambda town: -town.population)[:6]
    for town in largest:
        if view.window.covers(_point(town.lon, town.lat)):
            yield view.dot(town.lon, town.lat, 2.5, "town")
            yield view.label(town.lon, town.lat, town.name)


def _point(lon: float, lat: float) -> BaseGeometry:
    from shapely.geometry import Point

    return Point(lon, lat)
