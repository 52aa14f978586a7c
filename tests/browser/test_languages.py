"""Words in three languages, text in any script, and the gate before graphic text."""

# ruff: noqa: E501 - payloads, scripts and sentences stand whole on their lines

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from geoincidents.maps import render_map

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.browser

LISTEN = """() => {
  window.drawn = [];
  const write = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
    window.drawn.push(text);
    return write.call(this, text, ...rest);
  };
}"""


@pytest.fixture(scope="module")
def html() -> str:
    from sample import sample

    return render_map(sample(), title="A week in winter")


@pytest.mark.parametrize(
    ("language", "city", "unit", "sea"),
    [
        ("en", "Poltava", "VORONEZH", "Sea of Azov"),
        ("uk", "Полтава", "ВОРОНЕЗЬКА ОБЛАСТЬ", "Азовське море"),
        ("ru", "Полтава", "ВОРОНЕЖСКАЯ ОБЛАСТЬ", "Азовское море"),
    ],
)
def test_the_basemap_is_labelled_in_the_interface_s_language(
    language: str, city: str, unit: str, sea: str, html: str, open_page: Callable[..., Any]
) -> None:
    page = open_page(html, hash_="#map=6.5/48.8/36.6&layers=none&table=0").page
    page.evaluate(LISTEN)
    page.select_option(".gi-select", "uk" if language != "uk" else "ru")
    page.evaluate("window.drawn = []")
    page.select_option(".gi-select", language)
    page.wait_for_timeout(200)
    drawn = page.evaluate("[...new Set(window.drawn)]")
    assert city in drawn
    assert unit in drawn, drawn
    assert sea in drawn
    assert page.locator("html").get_attribute("lang") == language
    if language != "en":
        cyrillic = [text for text in drawn if any("а" <= letter.lower() <= "я" for letter in text)]
        assert len(cyrillic) > 0.8 * len(drawn)


def test_text_written_from_the_right_keeps_its_direction_and_mixes_with_ours(
    open_page: Callable[..., Any],
) -> None:
    from sample import KYIV, at, incident, place, says, when

    from geoincidents.model import Actor, Claim, IncidentCollection, Report

    town, quote, title = "الخرطوم", "قُتل ٢٢ شخصا في السوق", "غارة على السوق"
    made = incident(
        "inc-1", "Air/drone strike", when("2023-12-30 15:00", 1, KYIV), (at(place(town, 32.5, 15.6)),), "claimed",
        claims=(Claim("killed", 22, 22, "exact", says("a", quote), claimant="وزارة الصحة"),),
        actors=(Actor("accused", "קבוצה", None, says("a", quote)),), reports=("a",),
    )  # fmt: skip
    report = Report("a", "", title=title, publisher="صحيفة", published="2023-12-30T18:00:00+02:00")
    watched = open_page(
        render_map(IncidentCollection((made,), (report,)), title=f"{title} 2023"), hash_="#id=inc-1"
    )
    page = watched.page
    direction = "node => getComputedStyle(node).direction"
    assert page.locator("h1").evaluate(direction) == "rtl"
    assert page.locator("#gi-panel h2").evaluate(direction) == "rtl"
    assert page.locator(".gi-claim span").first.evaluate(direction) == "rtl"
    assert page.locator(".gi-claim b").first.evaluate(direction) == "ltr"
    page.locator(".gi-traced summary").first.click()
    words = page.locator(".gi-quote q").first
    assert words.evaluate(direction) == "rtl"
    assert words.inner_text() == quote
    assert page.locator(".gi-open").inner_text() == town
    assert page.locator(".gi-source-title").inner_text() == title
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    watched.assert_clean()


def test_no_graphic_text_is_seen_before_a_reader_asks(open_page: Callable[..., Any]) -> None:
    from sample import sample

    collection = sample()
    reports = tuple(replace(report, graphic=True) for report in collection.reports)
    watched = open_page(
        render_map(replace(collection, reports=reports)), hash_="#id=inc-belgorod-30"
    )
    page = watched.page
    for part in page.locator("#gi-panel .gi-traced").all():
        part.evaluate("node => { node.open = true; }")
    item = page.evaluate("geoincidents.store.incident(geoincidents.store.find('inc-belgorod-30'))")
    quotes = {c["source"]["text"] for c in item["claims"]} | {s["text"] for s in item["sources"]}
    told = page.locator("body").inner_text()
    assert len(quotes) > 5
    assert [text for text in quotes if text in told] == []
    assert [r.title for r in reports[:3] if r.title in told] == []
    gates = page.locator(".gi-gate button")
    before = gates.count()
    gates.first.focus()
    page.keyboard.press("Enter")
    assert gates.count() == before - 1
    told = page.locator("body").inner_text()
    assert "fourteen people" in told
    assert "risen to 21" not in told
    watched.assert_clean()
