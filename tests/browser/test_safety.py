"""No text of a report ever runs, whatever it holds and wherever it stands."""

# ruff: noqa: E501 - payloads, scripts and sentences stand whole on their lines

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from geoincidents.maps import render_map, to_folium
from geoincidents.maps.bundle import read_asset, vendored
from geoincidents.model import (
    Actor,
    Claim,
    EventLocation,
    Incident,
    IncidentCollection,
    Location,
    Provenance,
    Report,
    Response,
    Verification,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.browser

OWN = [
    "${alert(1)}", "`${alert(1)}`", "`;alert(1);//", "C:\\2019\\new", "\\", "</script><script>alert(1)</script>",
    "<!--<script>", "]]>", "\u2028alert(1)\u2029", "\ud800 lone", "{{ 7*7 }}{% raw %}", "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>", "\x00\x1b[31m", "&lt;img src=x onerror=alert(1)&gt;", "$&$1$$",
    "<img src=x onerror=alert(1)>", "https://example.org/\"onmouseover=alert(1) x=\"", "__proto__",
]  # fmt: skip


def everywhere(payloads: list[str]) -> IncidentCollection:
    """A collection with each payload in every place that a text can take."""
    reports = tuple(
        Report(f"{n} {p}", p, title=p, publisher=p, published=p, url=p, language=p)
        for n, p in enumerate(payloads)
    )
    return IncidentCollection(
        tuple(
            _incident(n, p, r.id) for n, (p, r) in enumerate(zip(payloads, reports, strict=True))
        ),
        reports,
    )


def _incident(number: int, text: str, report: str) -> Incident:
    source = Provenance(report, 0, len(text), text)
    precision = "admin1" if number % 50 == 0 else "settlement"
    place = Location(
        text,
        45 + number % 90 / 10,
        20 + number // 90 / 5,
        precision,
        20_000,
        0.5,
        feature_id=text,
        country=text,
        country_name=text,
        admin1=text,
        evidence=(text,),
    )
    return Incident(
        id=f"{number} {text}", event_type=text, sub_event_type=text, time=None,
        locations=(EventLocation("target", place, source),),
        claims=(Claim("killed", 1, 2, "exact", source, subject=text, claimant=text, as_of=text), Claim(text, None, None, "vague", source)),
        estimates={}, actors=(Actor("accused", text, text, source),), weapons=(text,),
        responses=(Response("rescue", source, text, place),), verification=Verification("claimed", (source,)),
        reports=(report,), sources=(source,), damage={text: (1, 2)}, flags=(text,), merged_because=(text,), extra={text: text},
    )  # fmt: skip


def payloads(shared: Path) -> list[str]:
    lines = (
        (shared / "fixtures" / "xss_payloads.txt")
        .read_text(encoding="utf-8", errors="replace")
        .splitlines()
    )
    naughty = json.loads((shared / "fixtures" / "naughty_strings.json").read_text(encoding="utf-8"))
    return [*OWN, *(text for text in (*lines, *naughty) if text)]


OPEN_ALL = """() => {
  const { store, select, show } = window.geoincidents;
  let wrong = 0;
  for (let i = 0; i < store.n; i++) {
    const panel = document.querySelector(".gi-panel-body");
    if (i % 200 === 0) select(i, { focus: false });
    else show(panel, i);
    panel.querySelectorAll("details").forEach((part) => (part.open = true));
    const name = store.incident(i).places[0].name;
    if (panel.querySelector("h2").textContent !== (name ?? panel.querySelector("h2").textContent)) wrong++;
    if (panel.querySelector("script, img, iframe, object, embed, base, link, style, form, input")) wrong++;
    for (const a of panel.querySelectorAll("a")) if (!/^https?:$/.test(a.protocol)) wrong++;
  }
  select(-1, { focus: false });
  return [store.n, wrong];
}"""


def test_no_payload_runs_on_the_page(shared: Path, open_page: Callable[..., Any]) -> None:
    texts = payloads(shared)
    page = open_page(render_map(everywhere(texts), title="".join(texts[:60])))
    assert page.page.evaluate(OPEN_ALL) == [len(texts), 0]
    for part in page.page.locator(".gi-facet summary").all():
        part.click()
    page.page.fill(".gi-search-box", "alert")
    page.page.wait_for_timeout(500)
    page.assert_clean()


def test_own_payloads_stand_as_written(open_page: Callable[..., Any]) -> None:
    page = open_page(render_map(everywhere(OWN), title=OWN[0]))
    assert page.page.title() == OWN[0]
    told = page.page.evaluate(
        "() => { const { store } = window.geoincidents; return Array.from({length: store.n}, (_, i) => store.incident(i).places[0].name); }"
    )
    assert told == [text.encode("utf-8", "replace").decode() for text in OWN]


def test_no_payload_runs_in_a_folium_map(
    shared: Path, chromium: Any, watch: str, tmp_path: Path
) -> None:
    texts = payloads(shared)
    path = tmp_path / "folium.html"
    path.write_text(to_folium(everywhere(texts)).get_root().render(), encoding="utf-8")
    page = chromium.new_page()
    page.add_init_script(watch)
    errors: list[str] = []
    page.on("pageerror", lambda e: errors.append(str(e)))
    page.route("http*://**/*", _offline)
    page.goto(path.as_uri())
    page.wait_for_selector(".folium-map[data-ready=true]", state="attached", timeout=60_000)
    found = page.evaluate(
        OPEN_ALL.replace(
            "const { store, select, show } = window.geoincidents;",
            "const { store, select, show } = Object.values(window.geoincidentsLayers)[0];",
        )
    )
    assert found == [len(texts), 0]
    assert page.evaluate("window.__hits") == []
    assert errors == []


def _offline(route: Any) -> None:
    url = route.request.url
    if url.endswith("leaflet.js"):
        route.fulfill(body=vendored()[0], content_type="text/javascript")
    elif url.endswith("leaflet.css"):
        route.fulfill(body=read_asset("vendor", "leaflet.css"), content_type="text/css")
    else:
        route.fulfill(
            body="", content_type="text/javascript" if url.endswith(".js") else "text/css"
        )
