"""The page held against published checkers: axe for accessibility, html-validate for its HTML."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geoincidents.maps import render_map

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.browser
MODULES = Path(__file__).parents[1] / "js" / "node_modules"


def checker(*parts: str) -> Path:
    path = MODULES.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"node's {parts[0]} is not installed (npm install in tests/js)")
    return path


@pytest.fixture(scope="module")
def html() -> str:
    from sample import sample

    return render_map(sample(), title="A week in winter")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (820, 1180), (390, 844)])
def test_axe_finds_nothing_wrong(
    html: str, open_page: Callable[..., Any], width: int, height: int, scheme: str
) -> None:
    axe = checker("axe-core", "axe.min.js").read_text(encoding="utf-8")
    # The page's own policy lets no foreign script in: the checker comes past it.
    watched = open_page(html, width=width, height=height, color_scheme=scheme, bypass_csp=True)
    watched.page.evaluate(axe)
    found = watched.page.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.help, "
                                  "v.nodes.slice(0, 3).map(n => n.html)]))")  # fmt: skip
    assert found == []


def test_html_validate_finds_no_error(html: str, tmp_path: Path) -> None:
    command = checker(".bin", "html-validate")
    (tmp_path / "page.html").write_text(html, encoding="utf-8")
    (tmp_path / ".htmlvalidate.json").write_text(
        '{"root": true, "extends": ["html-validate:standard"]}', encoding="utf-8"
    )
    run = subprocess.run(
        [str(command), "--formatter", "stylish", "page.html"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        timeout=120,
    )
    assert run.returncode == 0, run.stdout[-3000:]
