"""Data at its worst still makes a page that works and says what it shows."""

# ruff: noqa: E501 - payloads, scripts and sentences stand whole on their lines

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from strange_data import LONG, SPOTS, strange

from geoincidents.maps import render_map

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.browser

CASES = ["none", "undated", "long titles", "long names", "huge polygon", *SPOTS]
MARKERS = """() => [...document.querySelectorAll(".gi-marker")].map((node) => {
  const box = node.getBoundingClientRect();
  const frame = document.getElementById("gi-map").getBoundingClientRect();
  return [box.x + box.width / 2 - frame.x, box.y + box.height / 2 - frame.y];
}).filter(([x, y]) => x >= 0 && y >= 0 && x <= innerWidth && y <= innerHeight)"""


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("case", CASES)
def test_the_page_works_and_counts_what_there_is(
    case: str, width: int, open_page: Callable[..., Any]
) -> None:
    collection = strange(case)
    watched = open_page(render_map(collection), width=width, height=844)
    page = watched.page
    count = len(collection.incidents)
    data = page.evaluate("({...document.documentElement.dataset})")
    assert (data["visible"], data["total"]) == (str(count), str(count))
    plain = "incident" if count == 1 else "incidents"
    assert f"{count:,} of {count:,} {plain} in view" in page.locator("#gi-counts").inner_text()
    if count:
        page.locator("body").press("ArrowDown")
        assert page.locator("#gi-panel h2").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    watched.assert_clean()


def test_nothing_says_so_on_the_map_in_the_table_and_on_the_strip(
    open_page: Callable[..., Any],
) -> None:
    page = open_page(render_map(strange("none"))).page
    assert "No incidents" in page.locator("#gi-note").inner_text()
    assert page.locator(".gi-empty").is_visible()
    assert "No incident has a date" in page.locator("#gi-time").inner_text()


def test_one_incident_is_shown_with_what_lies_about_it(open_page: Callable[..., Any]) -> None:
    page = open_page(render_map(strange("one"))).page
    assert len(page.evaluate(MARKERS)) == 1
    assert 7 <= page.evaluate("geoincidents.map.leaflet.getZoom()") <= 10


def test_a_thousand_at_one_point_are_counted_and_can_each_be_opened(
    open_page: Callable[..., Any],
) -> None:
    watched = open_page(render_map(strange("thousand")))
    page = watched.page
    cluster = page.locator(".gi-cluster-button")
    assert cluster.inner_text() == "1,000"
    assert "Air or drone strike: 1,000" in cluster.get_attribute("aria-label")
    cluster.click()
    assert "1,000 incidents" in page.locator("#gi-panel h2").inner_text()
    items = page.locator(".gi-group-item")
    assert items.count() == 500
    assert "the first 500" in page.locator("#gi-panel .gi-hint").inner_text().lower()
    items.nth(499).click()
    assert page.locator("#gi-panel h2").inner_text().startswith("Spot")
    watched.assert_clean()


def test_without_dates_the_strip_says_so_and_no_time_filter_hides_anything(
    open_page: Callable[..., Any],
) -> None:
    page = open_page(render_map(strange("undated")), hash_="#from=1&to=2").page
    assert "No incident has a date" in page.locator("#gi-time").inner_text()
    assert page.evaluate("document.documentElement.dataset.visible") == "7"
    page.locator("body").press("ArrowDown")
    assert "date not known" in page.locator(".gi-when").inner_text().lower()


def test_two_sides_of_the_antimeridian_stand_side_by_side(open_page: Callable[..., Any]) -> None:
    page = open_page(render_map(strange("antimeridian"))).page
    (x0, y0), (x1, y1) = page.evaluate(MARKERS)
    assert abs(x0 - x1) < 300
    assert abs(y0 - y1) < 500
    assert page.evaluate("geoincidents.map.leaflet.getZoom()") > 7


def test_the_poles_stand_at_the_map_s_edges(open_page: Callable[..., Any]) -> None:
    page = open_page(render_map(strange("poles"))).page
    (_, y0), (_, y1) = page.evaluate(MARKERS)
    assert abs(y0 - y1) > 200


def test_long_texts_are_whole_in_the_panel_and_clipped_elsewhere(
    open_page: Callable[..., Any],
) -> None:
    page = open_page(render_map(strange("long titles"), title=LONG), hash_="#id=inc-belgorod-30").page  # fmt: skip
    assert len(page.title()) == 300
    assert page.locator(".gi-top").bounding_box()["height"] < 120
    assert LONG.strip() in page.locator(".gi-source-title").first.text_content()
    page = open_page(render_map(strange("long names"))).page
    assert page.locator(".gi-chip").bounding_box()["width"] < 200
    page.locator(".gi-marker").first.hover()
    assert page.locator("#gi-tip").bounding_box()["height"] < 200
    assert {box["height"] for row in page.locator(".gi-table tbody tr").all() if (box := row.bounding_box())} <= {36, 37}  # fmt: skip


def test_a_polygon_of_a_hundred_thousand_vertices_is_drawn_simplified(
    open_page: Callable[..., Any],
) -> None:
    collection = strange("huge polygon")
    html = render_map(collection)
    assert len(html.encode()) < 900_000
    page = open_page(html).page
    assert page.locator(".gi-chip").inner_text() == "A vast area"
    assert page.locator(".gi-marker").count() == 0
    x, y = page.evaluate(
        "(() => { const p = geoincidents.map.leaflet.latLngToContainerPoint([50.9, 36.5]); return [p.x, p.y]; })()"
    )
    frame = page.locator("#gi-map").bounding_box()
    page.mouse.click(frame["x"] + x, frame["y"] + y)
    assert page.locator("#gi-panel h2").inner_text() == "A vast area"
