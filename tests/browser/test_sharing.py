"""What leaves the page: print, picture, embedding, tiles asked for by name, rounded coordinates."""

# ruff: noqa: E501 - payloads, scripts and sentences stand whole on their lines

from __future__ import annotations

import base64
import io
import json
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geoincidents.errors import UsageError
from geoincidents.maps import render_map

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.browser

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
SEEN = "(selectors) => selectors.filter((s) => document.querySelector(s)?.checkVisibility({visibilityProperty: true}))"


def answer(asked: list[str], route: Any) -> None:
    asked.append(route.request.url)
    route.fulfill(body=DOT, content_type="image/png")


def keep_errors(errors: list[str], message: Any) -> None:
    if message.type == "error":
        errors.append(message.text)


@pytest.fixture(scope="module")
def html() -> str:
    from sample import sample

    return render_map(sample(), title="A week in winter")


def test_print_leaves_out_controls_and_holds_the_incident_and_all_rows(
    html: str, open_page: Callable[..., Any]
) -> None:
    watched = open_page(html, hash_="#id=inc-belgorod-30&table=0", color_scheme="dark")
    page = watched.page
    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    controls = [".gi-search", ".gi-actions", ".gi-filters", ".gi-time", ".gi-map-buttons", ".gi-panel-bar"]  # fmt: skip
    assert page.evaluate(SEEN, controls) == []
    kept = ["h1", "#gi-map", "#gi-panel h2", ".gi-traced .gi-quote", ".gi-table", ".gi-foot-line"]
    assert page.evaluate(SEEN, kept) == kept
    assert page.locator(".gi-table tbody tr[data-incident]").count() == 7
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.pdf(format="A4").startswith(b"%PDF-")
    watched.assert_clean()


def test_print_tells_how_many_rows_paper_does_not_hold(open_page: Callable[..., Any]) -> None:
    from strange_data import strange

    watched = open_page(render_map(strange("thousand and one")))
    watched.page.emulate_media(media="print")
    watched.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert watched.page.locator(".gi-table tbody tr[data-incident]").count() == 1000
    assert "first 1,000 of 1,001" in watched.page.locator(".gi-rest").inner_text()


def test_the_embed_code_shows_the_page_in_a_frame_without_rights(
    html: str, open_page: Callable[..., Any], tmp_path: Path
) -> None:
    watched = open_page(html, hash_="#kind=shelling")
    page = watched.page
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    page.click(".gi-share-button")
    page.locator(".gi-share button", has_text="embed").click()
    code = page.evaluate("window.copied")
    assert re.search(r'sandbox="([^"]*)"', code)[1] == "allow-scripts allow-popups allow-downloads"  # type: ignore[index]
    host = tmp_path / "host.html"
    host.write_text(f"<!doctype html><title>host</title>{code}", encoding="utf-8")
    outer = page.context.new_page()
    outer.goto(host.as_uri())
    frame = outer.frame_locator("iframe[title='A week in winter']")
    frame.locator("html[data-ready=true]").wait_for(state="attached", timeout=30_000)
    assert frame.locator("html").get_attribute("data-visible") == "4"
    watched.assert_clean()


def test_the_picture_holds_the_map_its_title_and_its_symbols(
    html: str, open_page: Callable[..., Any]
) -> None:
    image = pytest.importorskip("PIL.Image")
    watched = open_page(html, hash_="#map=9/49.68/37.75&theme=light")
    page = watched.page
    box = page.locator("#gi-map").bounding_box()
    page.click(".gi-share-button")
    with page.expect_download() as download:
        page.locator(".gi-share button", has_text="PNG").click()
    assert download.value.suggested_filename == "a-week-in-winter.png"
    picture = image.open(io.BytesIO(Path(download.value.path()).read_bytes())).convert("RGB")
    assert picture.width == box["width"] * 2
    assert abs(picture.height - (box["height"] + 70) * 2) <= 1
    middle = picture.crop((picture.width // 2 - 30, picture.height // 2 - 30 + 18, picture.width // 2 + 30, picture.height // 2 + 30 + 18))  # fmt: skip
    assert (213, 94, 0) in {colour for _, colour in middle.getcolors(10_000)}
    head = picture.crop((0, 0, 600, 80)).convert("L")
    assert head.getextrema()[0] < 80
    watched.assert_clean()


def test_a_download_bears_no_name_that_leaves_its_folder(open_page: Callable[..., Any]) -> None:
    from sample import sample

    watched = open_page(render_map(sample(), title="../../etc/pass wd\\..\\<b>.html"))
    watched.page.click(".gi-share-button")
    with watched.page.expect_download() as download:
        watched.page.locator(".gi-share button", has_text="CSV").click()
    assert download.value.suggested_filename == "etc-pass-wd-b-html.csv"


def test_online_tiles_widen_the_policy_for_one_host_and_name_their_makers(
    chromium: Any, watch: str, tmp_path: Path
) -> None:
    from sample import sample

    pytest.importorskip("xyzservices")
    html = render_map(sample(), tiles="OpenStreetMap.Mapnik")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1]  # type: ignore[index]
    assert re.findall(r"https?:[^; ]*", policy) == ["https://tile.openstreetmap.org"]
    assert "img-src https://tile.openstreetmap.org;" in policy
    path = tmp_path / "tiles.html"
    path.write_text(html, encoding="utf-8")
    for width in (1440, 390):
        page = chromium.new_page(viewport={"width": width, "height": 844})
        page.add_init_script(watch)
        asked: list[str] = []
        errors: list[str] = []
        page.on("console", partial(keep_errors, errors))
        page.route("http*://**/*", partial(answer, asked))
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready=true]", state="attached")
        page.wait_for_selector(".leaflet-tile-loaded", state="attached")
        assert asked
        assert all(re.fullmatch(r"https://tile\.openstreetmap\.org/\d+/\d+/\d+\.png", url) for url in asked)  # fmt: skip
        assert "OpenStreetMap contributors" in page.locator(".gi-attribution").inner_text()
        assert page.locator(".gi-attribution").is_visible()
        assert page.evaluate("window.__hits") == []
        assert errors == []
        page.close()


def test_tiles_that_need_a_key_or_are_unknown_are_refused() -> None:
    from sample import sample

    pytest.importorskip("xyzservices")
    for name in ("No such tiles", "MapBox"):
        with pytest.raises(UsageError):
            render_map(sample(), tiles=name)


def test_rounded_coordinates_leave_nothing_finer_in_the_page(
    open_page: Callable[..., Any],
) -> None:
    from sample import sample

    html = render_map(sample(), decimals=1)
    data = json.loads(re.search(r'id="gi-data">(.*?)</script>', html, re.DOTALL)[1])  # type: ignore[index]
    assert all(value % 10_000 == 0 for name in "xy" for value in data["place"][name])
    assert not re.search(r"36\.58|50\.59|50\.61|37\.75", html)
    watched = open_page(html)
    page = watched.page
    page.click(".gi-share-button")
    with page.expect_download() as download:
        page.locator(".gi-share button", has_text="GeoJSON").click()
    features = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))["features"]
    points = [f["geometry"]["coordinates"] for f in features if f["geometry"]["type"] == "Point"]
    assert len(points) == len(features)
    assert all(round(value, 1) == value for point in points for value in point)
    page.keyboard.press("Escape")
    page.click(".gi-about summary")
    assert "rounded to 1" in page.locator(".gi-about").inner_text()
    watched.assert_clean()
