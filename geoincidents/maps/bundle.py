"""Our JS modules as one script: imports resolved, order by need, no build tool.

The modules keep to a small dialect so that plain text work is enough: imports are
one-line, named and relative; exports stand before a declaration; no two modules
declare the same top-level name (a test holds this).
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

ASSETS = Path(__file__).parent / "assets"
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w.-]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function|const|class)", re.MULTILINE)
_URL = re.compile(r"url\(images/[^)]*\)")
_COMMENT = re.compile(r"^ *//[^\n]*\n|^ */\*\*.*?\*/\n", re.MULTILINE | re.DOTALL)


def read_asset(*parts: str) -> str:
    """Text of a file in `assets`."""
    return ASSETS.joinpath(*parts).read_text(encoding="utf-8")


def module_order(entry: str) -> list[str]:
    """Modules that `entry` needs, each after all that it imports."""
    order: list[str] = []

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise ValueError(f"JS modules import each other in a circle: {' > '.join(above)}")
        if name in order:
            return
        for needed in _IMPORT.findall(read_asset("js", name)):
            visit(needed, (*above, name))
        order.append(name)

    visit(entry, ())
    return order


@cache
def bundle(entry: str = "main.js") -> str:
    """All modules of `entry` as one immediately run, strict function."""
    bodies = [_plain(read_asset("js", name)) for name in module_order(entry)]
    return '(function () {\n"use strict";\n' + "\n".join(bodies) + "})();\n"


def _plain(source: str) -> str:
    """A module without imports, export words and comments on lines of their own."""
    return _EXPORT.sub("", _COMMENT.sub("", _IMPORT.sub("", source)))


@cache
def vendored() -> tuple[str, ...]:
    """Leaflet and supercluster, as shipped; source map lines dropped."""
    names = ("leaflet.js", "supercluster.min.js")
    return tuple(
        re.sub(r"\n?//# sourceMappingURL=.*", "", read_asset("vendor", name)) for name in names
    )


@cache
def stylesheet() -> str:
    """Leaflet's rules without their images, then ours."""
    leaflet = _URL.sub("none", read_asset("vendor", "leaflet.css"))
    return leaflet + read_asset("incident.css") + read_asset("page.css")


def layer_stylesheet() -> str:
    """Rules of symbols and panel alone, for a map that has Leaflet's already."""
    return read_asset("incident.css")


def content_hash(text: str) -> str:
    """A CSP source expression that lets exactly this inline text run.

    >>> content_hash("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
