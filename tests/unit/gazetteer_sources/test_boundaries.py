import pytest
import shapely

from geoincidents.gazetteer.sources.boundaries import (
    Unit,
    assign_codes,
    de_jure_country,
    inner_point,
    merged,
    simplify_coverage,
)
from geoincidents.gazetteer.sources.drafts import Draft
from geoincidents.gazetteer.sources.topojson import polygons

VALID = {"UA", "RU", "US", "PR", "NL", "SX"}


@pytest.mark.parametrize(
    ("iso", "filed", "country"),
    [
        ("UA-43", "RU", "UA"),
        ("UA-40", "RU", "UA"),
        ("US-PR", "PR", "PR"),
        ("NL-SX", "SX", "SX"),
        ("RU-BEL", "RU", "RU"),
        ("-99-X01~", "RU", "RU"),
    ],
)
def test_the_iso_prefix_decides_the_country_but_dependencies_keep_their_own(iso, filed, country):
    assert de_jure_country(iso, filed, VALID) == country


def test_neighbours_still_share_every_vertex_after_simplification():
    zigzag = [(1, 0), (1.002, 0.25), (0.998, 0.5), (1.001, 0.75), (1, 1)]
    west = shapely.Polygon([(0, 0), *zigzag, (0, 1)])
    east = shapely.Polygon([(2, 1), *reversed(zigzag), (2, 0)])
    simple = simplify_coverage([west, east], 0.05)
    assert shapely.coverage_is_valid(simple)
    assert shapely.get_num_coordinates(simple).sum() < 18
    assert merged(simple).equals(shapely.box(0, 0, 2, 1))


def test_a_unit_takes_the_code_that_most_of_its_settlements_bear():
    units = [
        Unit("a", "UA", "RU", "UA-43", shapely.box(0, 0, 1, 1), None),
        Unit("b", "UA", "UA", "UA-65", shapely.box(1, 0, 2, 1), "UA.08"),
    ]
    places = [
        Draft(f"geonames:{i}", "x", "PPL", "settlement", 0.5, lon, country="UA", admin1=code)
        for i, (lon, code) in enumerate([(0.2, "UA.11"), (0.4, "UA.11"), (0.6, "UA.20")])
    ]
    assign_codes(units, places)
    assert [unit.code for unit in units] == ["UA.11", "UA.08"]


def test_the_point_of_a_ring_shaped_area_lies_inside_it():
    ring = shapely.Point(0, 0).buffer(2).difference(shapely.Point(0, 0).buffer(1.5))
    assert ring.contains(shapely.Point(*inner_point(ring)))


def test_topojson_polygons_are_decoded_and_shrunk_islets_left_out():
    topology = {
        "transform": {"scale": [0.5, 0.5], "translate": [10, 20]},
        "arcs": [[[0, 0], [2, 0], [0, 2]], [[2, 2], [-2, 0], [0, -2]], [[0, 0], [0, 0]]],
        "objects": {
            "things": {
                "geometries": [
                    {"type": "Polygon", "id": 1, "arcs": [[0, 1]]},
                    {"type": "MultiPolygon", "id": 2, "arcs": [[[0, 1]], [[2]]]},
                ]
            }
        },
    }
    (_, one), (_, two) = polygons(topology, "things")
    assert one.equals(shapely.box(10, 20, 11, 21))
    assert len(two.geoms) == 1
