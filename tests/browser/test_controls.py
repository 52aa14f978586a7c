"""Every control of the page, by keyboard and by touch, each with what it must bring about."""

# ruff: noqa: E501 - payloads, scripts and sentences stand whole on their lines

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from geoincidents.maps import render_map

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
VISIBLE = "window.visible = (s) => { const n = document.querySelector(s); return Boolean(n && n.checkVisibility({visibilityProperty: true}) && n.getClientRects().length); }"

#: A control, what makes it ready, and the change that using it must bring about.
CONTROLS = {
    "share": (".gi-share-button", "", "visible('#gi-dialog .gi-share')"),
    "theme": (".gi-theme", "", "document.documentElement.dataset.theme === 'dark'"),
    "layer": ("input[data-layer=strike]", "", "!location.hash.includes('strike') && document.documentElement.dataset.visible === '2'"),
    "kind": ("input[value=air]", "", "document.documentElement.dataset.visible === '1'"),
    "facet": ("details[data-facet=verification] summary", "", "visible('details[data-facet=verification] input')"),
    "reset": (".gi-reset", "#kind=air", "document.documentElement.dataset.visible === '7'"),
    "zoom in": (".gi-map-buttons button:nth-child(1)", "#map=6/49/34", "geoincidents.map.leaflet.getZoom() > 6"),
    "zoom out": (".gi-map-buttons button:nth-child(2)", "#map=6/49/34", "geoincidents.map.leaflet.getZoom() < 6"),
    "whole area": (".gi-map-buttons button:nth-child(3)", "#map=12/10/10", "document.documentElement.dataset.visible === '7'"),
    "legend": (".gi-legend summary", "", "visible('.gi-legend-body')"),
    "play": (".gi-play", "", "location.hash.includes('to=')"),
    "step": (".gi-next", "", "location.hash.includes('from=')"),
    "step back": (".gi-back", "", "location.hash.includes('from=')"),
    "speed": (".gi-rate", "", "document.querySelector('.gi-rate').textContent === '×2'"),
    "last day": (".gi-last button:first-child", "", "location.hash.includes('from=')"),
    "all time": (".gi-last button:last-child", "#from=28400000", "!location.hash.includes('from=')"),
    "table": (".gi-table-toggle", "#table=0", "visible('.gi-table')"),
    "sort": ("th[data-column=place] button", "#table=1", "document.querySelector('th[data-column=place]').getAttribute('aria-sort') === 'ascending'"),
    "row": (".gi-table .gi-open", "#table=1", "visible('#gi-panel h2')"),
    "symbol": (".gi-marker[data-incident=inc]", "#map=9/49.68/37.75", "document.querySelector('#gi-panel h2')?.textContent === 'near Kupiansk'"),
    "cluster": (".gi-cluster-button", "", "geoincidents.map.leaflet.getZoom() > window.zoomed || visible('.gi-group')"),
    "area": (".gi-chip", "", "visible('#gi-panel h2')"),
    "claim": (".gi-traced summary", "#id=inc-belgorod-30", "visible('.gi-traced .gi-quote')"),
    "zoom to": (".gi-zoom-to", "#map=5/49/33&id=inc-kharkiv-30", "geoincidents.map.leaflet.getZoom() >= 11"),
    "close": (".gi-close", "#id=inc-kharkiv-30", "!visible('#gi-panel')"),
    "about": (".gi-about summary", "", "visible('.gi-about ul')"),
}  # fmt: skip


@pytest.fixture(scope="module")
def html() -> str:
    from sample import sample

    return render_map(sample(), title="A week in winter")


def ready(open_page: Callable[..., Any], html: str, hash_: str, **context: Any) -> Any:
    watched = open_page(html, hash_=hash_, **context)
    watched.page.evaluate(VISIBLE)
    watched.page.evaluate("window.zoomed = geoincidents.map.leaflet.getZoom()")
    return watched


def until(page: Any, expression: str) -> None:
    """Wait for what a control brings about; the page's own policy lets no polling script in."""
    for _ in range(80):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never came: {expression}")


def named(selector: str, page: Any) -> str:
    if "=inc]" not in selector:
        return selector
    number = page.evaluate("geoincidents.store.find('inc-village')")
    return selector.replace("=inc]", f'="{number}"]')


def unfold_filters(page: Any) -> None:
    if page.locator(".gi-filter-toggle").is_visible():
        page.locator(".gi-filter-toggle").tap()


@pytest.mark.parametrize("name", CONTROLS)
def test_control_works_by_keyboard(name: str, html: str, open_page: Callable[..., Any]) -> None:
    selector, hash_, brings = CONTROLS[name]
    watched = ready(open_page, html, hash_)
    page = watched.page
    assert not page.evaluate(brings), "the control would have nothing to do"
    control = page.locator(named(selector, page)).first
    control.focus()
    assert control.evaluate("node => node === document.activeElement")
    page.keyboard.press("Space" if "input" in selector else "Enter")
    until(page, brings)
    watched.assert_clean()


def test_escape_folds_the_filters_and_their_button_says_so(
    html: str, open_page: Callable[..., Any]
) -> None:
    watched = ready(open_page, html, "", **PHONE)
    toggle = watched.page.locator(".gi-filter-toggle")
    toggle.tap()
    assert toggle.get_attribute("aria-expanded") == "true"
    watched.page.keyboard.press("Escape")
    assert toggle.get_attribute("aria-expanded") == "false"
    assert not watched.page.locator("#gi-filters").is_visible()
    watched.assert_clean()


@pytest.mark.parametrize("name", CONTROLS)
def test_control_works_by_touch_on_a_phone(
    name: str, html: str, open_page: Callable[..., Any]
) -> None:
    selector, hash_, brings = CONTROLS[name]
    watched = ready(open_page, html, hash_, **PHONE)
    page = watched.page
    if name in {"layer", "kind", "facet", "reset"}:
        unfold_filters(page)
    assert not page.evaluate(brings), "the control would have nothing to do"
    page.locator(named(selector, page)).first.tap()
    until(page, brings)
    watched.assert_clean()


def drag(page: Any, start: tuple[float, float], end: tuple[float, float]) -> None:
    """One finger, from one point to another."""
    client = page.context.new_cdp_session(page)

    def touch(kind: str, points: list[tuple[float, float]]) -> None:
        at = [{"x": x, "y": y} for x, y in points]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    touch("touchStart", [start])
    for k in range(1, 9):
        x, y = (a + (b - a) * k / 8 for a, b in zip(start, end, strict=True))
        touch("touchMove", [(x, y)])
        page.wait_for_timeout(16)  # a finger takes its time: faster moves are dropped
    touch("touchEnd", [])


def middle(page: Any, selector: str) -> tuple[float, float]:
    box = page.locator(selector).first.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_the_map_the_sheet_and_the_time_range_follow_a_finger(
    html: str, open_page: Callable[..., Any]
) -> None:
    watched = ready(open_page, html, "", **PHONE)
    page = watched.page
    x, y = middle(page, "#gi-map")
    before = page.evaluate("geoincidents.map.leaflet.getCenter().lng")
    drag(page, (x, y + 90), (x - 120, y + 90))
    until(page, f"geoincidents.map.leaflet.getCenter().lng > {before} + 0.5")
    page.wait_for_timeout(500)  # until the map has come to rest
    track = page.locator(".gi-track").bounding_box()
    right = track["x"] + track["width"]
    drag(page, (right - 5, track["y"] + 19), (right - 150, track["y"] + 19))
    until(page, "location.hash.includes('to=')")
    page.locator(".gi-table-toggle").tap()
    page.locator(".gi-table .gi-open").first.tap()
    height = page.locator("#gi-panel").bounding_box()["height"]
    x, y = middle(page, ".gi-grip")
    drag(page, (x, y + 4), (x, 40))
    until(page, f"document.querySelector('#gi-panel').offsetHeight > {height} * 1.5")
    drag(page, (x, middle(page, ".gi-grip")[1] + 4), (x, 820))
    until(page, "document.querySelector('#gi-panel').hidden")
    watched.assert_clean()


@pytest.mark.parametrize(("width", "height"), [(390, 844), (820, 1180), (1440, 900)])
def test_a_chosen_incident_is_not_hidden_by_its_panel(
    width: int, height: int, html: str, open_page: Callable[..., Any]
) -> None:
    watched = open_page(html, hash_="#map=6/49/33&table=0", width=width, height=height)
    page = watched.page
    for name in ("inc-village", "inc-kharkiv-30"):
        page.evaluate(f"geoincidents.select(geoincidents.store.find('{name}'))")
        page.wait_for_timeout(700)
        hidden = page.evaluate(
            """() => {
              const { store, map, state } = geoincidents;
              const place = store.incident(store.find(state.selected)).places[0];
              const p = map.leaflet.latLngToContainerPoint([place.lat, place.lon]);
              const frame = document.getElementById("gi-map").getBoundingClientRect();
              return !document.elementFromPoint(frame.left + p.x, frame.top + p.y)?.closest("#gi-map");
            }"""
        )
        assert not hidden, (name, width)
    watched.assert_clean()


def test_tab_reaches_all_that_can_be_pressed(html: str, open_page: Callable[..., Any]) -> None:
    page = open_page(html, hash_="#id=inc-belgorod-30").page
    count = page.evaluate(
        """() => {
          const all = [...document.querySelectorAll("button, a[href], input, select, summary")]
            .filter((n) => n.checkVisibility({visibilityProperty: true}) && !n.closest("dialog"));
          all.forEach((node, k) => (node.dataset.tabTest = k));
          return all.length;
        }"""
    )
    reached = set()
    for _ in range(count + 30):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.dataset.tabTest ?? null"))
    missed = page.evaluate(
        "(seen) => [...document.querySelectorAll('[data-tab-test]')].filter((n) => !seen.includes(n.dataset.tabTest)).map((n) => n.outerHTML.slice(0, 90))",
        sorted(name for name in reached if name),
    )
    assert count > 40
    assert missed == []


def test_focus_is_seen_wherever_it_stands(html: str, open_page: Callable[..., Any]) -> None:
    page = open_page(html).page
    for _ in range(40):
        page.keyboard.press("Tab")
        look = page.evaluate(
            "(() => { const n = document.activeElement; const s = getComputedStyle(n); return n.matches('.gi-range') ? 'slider' : s.outlineStyle + ' ' + s.outlineWidth; })()"
        )
        assert look in {"slider", "solid 3px"}, page.evaluate(
            "document.activeElement.outerHTML.slice(0, 120)"
        )


def test_targets_on_a_phone_are_large_enough(html: str, open_page: Callable[..., Any]) -> None:
    watched = ready(open_page, html, "#id=inc-belgorod-30&table=1", **PHONE)
    page = watched.page
    small = """() => [...document.querySelectorAll("button, select, input, summary")]
      .filter((n) => n.checkVisibility({visibilityProperty: true}) && !n.matches(".gi-range, .gi-chip, .gi-pin"))
      .map((n) => [n.closest("label, tr") ?? n, n])
      .filter(([zone]) => zone.getBoundingClientRect().height < 43.5)
      .map(([zone, n]) => `${n.className || n.outerHTML.slice(0, 80)} ${zone.getBoundingClientRect().height}`)"""
    assert page.evaluate(small) == []
    page.locator(".gi-close").tap()
    unfold_filters(page)
    for summary in page.locator(".gi-facet summary").all():
        summary.tap()
    assert page.evaluate(small) == []
