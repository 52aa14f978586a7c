"""The page in Chromium: it asks for nothing, says what it shows, and obeys every control."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geoincidents.maps import render_map

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def html() -> str:
    from sample import sample

    return render_map(sample(), title="A week in winter")


def shown(watched: Any) -> tuple[str, str]:
    data = watched.page.evaluate("({...document.documentElement.dataset})")
    return data["visible"], data["total"]


def settle(watched: Any) -> None:
    watched.page.wait_for_timeout(350)


def test_opens_from_disk_without_a_request_an_error_or_a_violation(
    html: str, open_page: Callable[..., Any]
) -> None:
    page = open_page(html)
    assert shown(page) == ("7", "7")
    page.assert_clean()


def test_every_incident_opens_and_its_claims_are_told_with_who_made_them(
    html: str, open_page: Callable[..., Any]
) -> None:
    page = open_page(html, hash_="#id=inc-belgorod-30")
    panel = page.page.locator("#gi-panel")
    assert panel.locator("h2").inner_text() == "Cathedral Square, Belgorod"
    assert panel.locator(".gi-measure").first.locator(".gi-claim").all_inner_texts() == [
        "14 Emergencies ministry\nSample Agency · 30 Dec 2023, 15:10 UTC",
        "21 Regional governor\nSample Courier · 31 Dec 2023, 06:00 UTC",
        "24 Regional governor\nSample Herald · 1 Jan 2024, 10:00 UTC",
    ]
    panel.locator(".gi-traced summary").first.click()
    assert "fourteen people" in panel.locator(".gi-quote").first.inner_text()
    page.assert_clean()


def test_a_layer_switched_off_leaves_the_map_and_the_counts(
    html: str, open_page: Callable[..., Any]
) -> None:
    page = open_page(html)
    page.page.uncheck("input[data-layer=response]")
    settle(page)
    assert shown(page) == ("5", "7")
    assert page.page.locator(".gi-chip").count() == 0
    assert "layers=strike" in page.page.url


def test_filters_combine_and_reset(html: str, open_page: Callable[..., Any]) -> None:
    page = open_page(html)
    page.page.check("input[value=shelling]")
    page.page.locator("details[data-facet=verification] summary").click()
    page.page.check("input[value=confirmed]")
    settle(page)
    assert shown(page)[0] == "1"
    page.page.click(".gi-reset")
    settle(page)
    assert shown(page)[0] == "7"


def test_the_hash_restores_view_filters_and_selection(
    html: str, open_page: Callable[..., Any]
) -> None:
    page = open_page(html, hash_="#map=7/50/36&kind=shelling&id=inc-kharkiv-30&lang=uk&theme=dark")
    assert page.page.locator("#gi-panel h2").inner_text() == "Kharkiv centre"
    assert page.page.locator("html").get_attribute("lang") == "uk"
    assert page.page.locator("html").get_attribute("data-theme") == "dark"
    assert page.page.is_checked("input[value=shelling]")


@pytest.mark.parametrize(
    "hash_",
    [
        "#map=NaN/1e999/x",
        "#id=<script>alert(1)</script>",
        "#" + "kind=" + "%00" * 5000,
        "#q=%E0%A4%A",
        "#map=99/999/999&from=-1e400&layers=none",
        "#__proto__=1&constructor=2",
    ],
)
def test_a_hostile_hash_is_ignored(hash_: str, html: str, open_page: Callable[..., Any]) -> None:
    page = open_page(html, hash_=hash_)
    assert shown(page)[1] == "7"
    page.assert_clean()


def test_time_range_moves_by_keyboard_and_filters(html: str, open_page: Callable[..., Any]) -> None:
    page = open_page(html)
    page.page.locator(".gi-range").nth(1).focus()
    for _ in range(8):
        page.page.keyboard.press("ArrowLeft")
    settle(page)
    assert int(shown(page)[0]) < 7
    page.page.locator(".gi-last button").last.click()
    settle(page)
    assert shown(page)[0] == "7"


def test_keys_search_step_select_and_close(html: str, open_page: Callable[..., Any]) -> None:
    page = open_page(html)
    keyboard = page.page.keyboard
    keyboard.press("/")
    keyboard.type("kupiansk")
    keyboard.press("ArrowDown")
    keyboard.press("Enter")
    assert page.page.locator("#gi-panel h2").inner_text() == "near Kupiansk"
    keyboard.press("Escape")
    assert page.page.locator("#gi-panel").is_hidden()
    page.page.evaluate("document.activeElement.blur()")
    keyboard.press("?")
    assert page.page.locator("#gi-dialog").is_visible()
    keyboard.press("Escape")
    page.page.locator("body").press("ArrowDown")
    assert page.page.locator("#gi-panel").is_visible()
    page.assert_clean()


def test_table_sorts_and_follows_the_view(html: str, open_page: Callable[..., Any]) -> None:
    page = open_page(html)
    page.page.click("th[data-column=killed] button")
    first = page.page.locator(".gi-table tbody tr").first
    assert "Ukraine" in first.inner_text()
    assert page.page.get_attribute("th[data-column=killed]", "aria-sort") == "descending"
    page.page.evaluate(
        "window.geoincidents.map.leaflet.setView([46.48, 30.72], 10, {animate: false})"
    )
    settle(page)
    assert shown(page)[0] == page.page.evaluate(
        "String(document.querySelectorAll('.gi-table tbody tr[data-incident]').length)"
    )


def test_downloads_hold_what_passes_the_filters(html: str, open_page: Callable[..., Any]) -> None:
    page = open_page(html, hash_="#kind=shelling")
    page.page.click(".gi-share-button")
    found = {}
    for name in ("GeoJSON", "CSV", "PNG"):
        with page.page.expect_download() as download:
            page.page.locator(".gi-share button", has_text=name).click()
        found[name] = Path(download.value.path()).read_bytes()
    features = json.loads(found["GeoJSON"])["features"]
    assert len(features) == 4
    assert features[0]["properties"]["killed_best"] == 24
    assert found["CSV"].decode("utf-8-sig").count("\r\n") == 5
    assert found["PNG"].startswith(b"\x89PNG")
    page.assert_clean()


@pytest.mark.parametrize("width", [390, 820, 1440])
def test_nothing_sticks_out_and_touch_opens_an_incident(
    width: int, html: str, open_page: Callable[..., Any]
) -> None:
    page = open_page(html, width=width, height=844, has_touch=True)
    assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.page.locator(".gi-marker[data-incident]").first.tap()
    assert page.page.locator("#gi-panel h2").is_visible()
    page.assert_clean()


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
def test_interface_has_no_missing_word(
    language: str, html: str, open_page: Callable[..., Any]
) -> None:
    page = open_page(html, hash_=f"#lang={language}&id=inc-belgorod-30")
    import re

    text = page.page.locator("body").inner_text()
    assert not re.findall(r"\b(?:app|filter|panel|table|time|legend|kind|measure)\.[a-z_]+", text)
