"""The small picture, the outline of plain names, and the figures of the documentation."""

from __future__ import annotations

import importlib.util
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from pyproj import Geod
from shapely.geometry import Polygon

from geoincidents.expressions.outline import round_outline
from geoincidents.expressions.picture import page, svg
from geoincidents.model import Relation

REPOSITORY = Path(__file__).resolve().parents[3]
SVG = "{http://www.w3.org/2000/svg}"


def test_the_picture_is_well_formed_and_shows_area_and_point(where, world):
    drawn = ET.fromstring(svg(where("20 km north of Norville"), world))
    classes = [element.get("class") for element in drawn.iter()]
    assert classes.count("area") == 1
    assert classes.count("point") == 1
    assert classes.count("spread") == 1


def test_a_coordination_draws_each_member(where, world):
    drawn = ET.fromstring(svg(where("Hill and Top oblasts"), world))
    assert [e.get("class") for e in drawn.iter()].count("area") == 2


def test_hostile_text_stays_text(where, world):
    result = replace(where("Norville"), text="<script>alert(1)</script>")
    assert "<script" not in page(result, world)


def test_a_page_asks_no_host_for_anything(where, world):
    html = page(where("near Norville"), world)
    assert "default-src 'none'" in html
    assert "http" not in html.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "")


def test_a_notebook_shows_the_reason_when_there_is_no_answer(where):
    assert "which border" in where("40 km from the border")._repr_html_()


def test_a_notebook_shows_the_picture(where):
    assert where("near Norville")._repr_html_().startswith("<svg")


@pytest.mark.parametrize(("lon", "lat"), [(36.6, 50.6), (-70, -33), (10, 79), (0, 0)])
def test_the_plain_outline_is_the_geodesic_circle(lon, lat):
    ring = np.array(round_outline(lon, lat, 7_000))
    away = Geod(ellps="WGS84").inv(
        np.full(len(ring), lon), np.full(len(ring), lat), ring[:, 0], ring[:, 1]
    )[2]
    assert np.abs(away / 7_000 - 1).max() < 0.01
    assert Polygon(ring).is_valid


@pytest.mark.parametrize(
    ("lon", "lat", "radius"), [(179.99, 0, 5_000), (0, 89, 5_000), (0, 0, 0), (0, 0, 500_000)]
)
def test_where_an_outline_needs_care_there_is_none(lon, lat, radius):
    assert round_outline(lon, lat, radius) is None


def test_the_documentation_has_a_figure_for_each_relation():
    script = REPOSITORY / "docs" / "figures" / "draw_expressions.py"
    spec = importlib.util.spec_from_file_location("draw_expressions", script)
    drawing = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(drawing)
    assert {relation for relation, _, _ in drawing.FIGURES} == set(get_args(Relation))
    for relation, text, _ in drawing.FIGURES:
        figure = script.parent / "expressions" / f"{relation}.svg"
        assert ET.parse(figure).getroot().tag == f"{SVG}svg"
        assert f'`{relation}` "{text}"' in (REPOSITORY / "docs" / "expressions.md").read_text()
