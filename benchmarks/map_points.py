"""The page with 100,000 incidents beside folium's GeoJson with the same points.

    python benchmarks/map_points.py [--incidents N] [--chromium PATH]

Prints, for both: processor seconds of Python, size of the page, seconds to the first view;
and for ours the 95th percentile of frame times while panning and the JS heap.
folium's page asks the network for Leaflet; here its files are answered from the
copies that ship with us, so that both draw without a network.
"""

# ruff: noqa: E501 - payloads, scripts and sentences stand whole on their lines

from __future__ import annotations

import argparse
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from made_up import synthetic

from geoincidents.maps import render_map
from geoincidents.maps.bundle import vendored

if TYPE_CHECKING:
    from geoincidents.model import EventLocation, Incident, IncidentCollection

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--enable-precise-memory-info"]


def _properties(incident: Incident, place: EventLocation) -> dict[str, Any]:
    """What our page tells of an incident, as folium would be given it."""
    claim = incident.claims[0]
    return {
        "id": incident.id,
        "event_type": incident.event_type,
        "sub_event_type": incident.sub_event_type,
        "time_start": incident.time.start.isoformat(),
        "time_end": incident.time.end.isoformat(),
        "name": place.location.name,
        "country": place.location.country_name,
        "precision": place.location.precision,
        "killed": incident.estimates["killed"].best,
        "claimant": claim.claimant,
        "quote": claim.source.text,
        "report": claim.source.report_id,
        "verification": incident.verification.status,
    }


def folium_page(collection: IncidentCollection) -> str:
    """The same points through `folium.GeoJson`, with a plain popup of the same fields."""
    import folium

    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [p.location.lon, p.location.lat]},
            "properties": _properties(i, p),
        }
        for i in collection.incidents
        for p in i.locations
    ]
    chart = folium.Map(location=[48.5, 31], zoom_start=6, prefer_canvas=True, tiles=None)
    folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        marker=folium.CircleMarker(radius=4),
        popup=folium.GeoJsonPopup(fields=list(features[0]["properties"])),
    ).add_to(chart)
    return str(chart.get_root().render())


def answer(route: Any) -> None:
    """Leaflet from our copy, anything else empty."""
    url = route.request.url
    if url.startswith("file:"):
        route.continue_()
    elif url.endswith("leaflet.js"):
        route.fulfill(body=vendored()[0], content_type="text/javascript")
    else:
        kind = "text/css" if url.endswith(".css") else "text/javascript"
        route.fulfill(body="", content_type=kind)


PANNING = """async () => {
  const map = window.geoincidents.map.leaflet;
  const frames = [];
  let last = performance.now();
  let on = true;
  const tick = (now) => { frames.push(now - last); last = now; if (on) requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
  for (let k = 0; k < 12; k++) {
    map.panBy([k % 4 < 2 ? 220 : -220, k % 2 ? 90 : -90], { animate: true, duration: 0.4 });
    await new Promise((done) => setTimeout(done, 520));
  }
  on = false;
  frames.sort((a, b) => a - b);
  return frames[Math.floor(frames.length * 0.95)];
}"""


def first_view(browser: Any, path: Path, ready: str) -> tuple[float, Any]:
    """Seconds from opening a page to its first drawn view, and the page."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.route("**/*", answer)
    begun = time.perf_counter()
    page.goto(path.as_uri(), wait_until="commit", timeout=180_000)
    page.wait_for_selector(ready, state="attached", timeout=180_000)
    page.evaluate("() => new Promise((d) => requestAnimationFrame(() => requestAnimationFrame(d)))")
    return time.perf_counter() - begun, page


def measure(count: int, chromium: str | None) -> dict[str, float]:
    """All figures of one run."""
    from playwright.sync_api import sync_playwright

    collection = synthetic(count, towns=400)
    base = len(render_map(synthetic(0, towns=400)).encode())
    begun = time.process_time()
    ours = render_map(collection)
    python_ours = time.process_time() - begun
    begun = time.process_time()
    theirs = folium_page(collection)
    python_theirs = time.process_time() - begun
    figures = {
        "python s, ours": python_ours,
        "python s, folium": python_theirs,
        "python ratio": python_ours / python_theirs,
        "page MB, ours": len(ours.encode()) / 1e6,
        "page MB, folium": len(theirs.encode()) / 1e6,
        "bytes an incident": (len(ours.encode()) - base) / count,
    }
    with TemporaryDirectory() as folder, sync_playwright() as p:
        browser = p.chromium.launch(executable_path=chromium, args=FLAGS)
        for name, text in (("ours", ours), ("folium", theirs)):
            path = Path(folder) / f"{name}.html"
            path.write_text(text, encoding="utf-8")
            ready = "html[data-ready=true]" if name == "ours" else ".leaflet-overlay-pane canvas"
            seconds, page = first_view(browser, path, ready)
            figures[f"first view s, {name}"] = seconds
            if name == "ours":
                figures["pan p95 ms"] = page.evaluate(PANNING)
                client = page.context.new_cdp_session(page)
                client.send("HeapProfiler.collectGarbage")
                figures["heap MB"] = client.send("Runtime.getHeapUsage")["usedSize"] / 1e6
            page.close()
        browser.close()
    figures["first view ratio"] = figures["first view s, ours"] / figures["first view s, folium"]
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    options = parser.parse_args()
    for name, value in measure(options.incidents, options.chromium).items():
        print(f"{name:24} {value:10.3f}")


if __name__ == "__main__":
    main()
