"""Parts of a polygon: the side towards a bearing, the middle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shapely import box, simplify
from shapely.affinity import rotate, scale

from geoincidents.geodesy.frame import LocalFrame
from geoincidents.geodesy.keeping import kept
from geoincidents.geodesy.measure import area_above

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_HALVINGS = 14
#: Reports on one war name the same sides of the same countries over and over.
_KEPT = 128


@kept(_KEPT)
def side_of(polygon: BaseGeometry, bearing_deg: float, share: float) -> BaseGeometry:
    """Cut from a polygon the share of its area that lies farthest towards a bearing."""
    west, _, east, _ = polygon.bounds
    middle = polygon.representative_point() if east - west > 300 else polygon.centroid
    frame = LocalFrame(middle.x, middle.y)
    plane = frame.to_plane(polygon)
    reach = max(abs(bound) for bound in plane.bounds) * 2
    rough = simplify(plane, reach / 1000)
    rough = rough if rough.is_valid else rough.buffer(0)
    turned = rotate(rough, bearing_deg, origin=(0, 0))
    _, low, _, high = turned.bounds
    wanted = share * turned.area
    for _ in range(_HALVINGS):
        cut = (low + high) / 2
        low, high = (cut, high) if area_above(turned, cut) > wanted else (low, cut)
    beyond = rotate(box(-reach, low, reach, reach), -bearing_deg, origin=(0, 0))
    return frame.to_world(plane.intersection(beyond))


@kept(_KEPT)
def middle_of(polygon: BaseGeometry, share: float) -> BaseGeometry:
    """Return the polygon shrunk towards its centroid to a share of its area."""
    factor = share**0.5
    return polygon.intersection(scale(polygon, factor, factor, origin="centroid"))
