"""A headless Chromium that answers no request but for files, and keeps what went wrong."""

# ruff: noqa: E501 - payloads, scripts and sentences stand whole on their lines

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "unit" / "maps")]

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
WATCH = """
window.__hits = [];
for (const name of ["alert", "prompt", "confirm", "open", "print"]) {
  window[name] = () => { window.__hits.push(name); };
}
document.addEventListener("securitypolicyviolation", (event) => window.__hits.push(`csp ${event.violatedDirective}`));
"""


@pytest.fixture
def watch() -> str:
    """A script that notes every sign of foreign script at work."""
    return WATCH


@dataclass
class Watched:
    """A page and all that a good page never causes."""

    page: Any
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def hits(self) -> list[str]:
        return list(self.page.evaluate("window.__hits"))

    def assert_clean(self) -> None:
        assert self.requests == []
        assert self.errors == []
        assert self.hits() == []


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    path = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if path is None:
        pytest.skip("Chromium is not installed")
    with playwright.sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Any, tmp_path: Path) -> Iterator[Callable[..., Watched]]:
    contexts = []

    def open_(
        html: str, *, hash_: str = "", width: int = 1440, height: int = 900, **context: Any
    ) -> Watched:
        path = tmp_path / f"map-{len(contexts)}.html"
        path.write_text(html, encoding="utf-8")
        where = chromium.new_context(
            viewport={"width": width, "height": height}, accept_downloads=True, **context
        )
        contexts.append(where)
        page = where.new_page()
        page.add_init_script(WATCH)
        watched = Watched(page)
        page.on(
            "request",
            lambda r: (
                watched.requests.append(r.url) if not r.url.startswith(("file:", "blob:")) else None
            ),
        )
        page.on("pageerror", lambda e: watched.errors.append(str(e)))
        page.on("console", lambda m: watched.errors.append(m.text) if m.type == "error" else None)
        page.goto(path.as_uri() + hash_)
        page.wait_for_selector("html[data-ready=true]", state="attached", timeout=60_000)
        return watched

    yield open_
    for context in contexts:
        context.close()
