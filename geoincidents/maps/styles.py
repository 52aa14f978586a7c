"""Map styles: what each kind of incident looks like, read from `maps/styles/*.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from geoincidents.data import data_path
from geoincidents.errors import UsageError

if TYPE_CHECKING:
    from geoincidents.model import Incident

Layer = Literal["strike", "response"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of incident or response, and its symbol.

    `event_types`, `sub_event_types` and `responses` say which incidents are of
    this kind; ``*`` stands for any event type. Colours are ``#rrggbb``, for a
    light and a dark page.
    """

    id: str
    layer: Layer
    shape: str
    light: str
    dark: str
    event_types: tuple[str, ...] = ()
    sub_event_types: tuple[str, ...] = ()
    responses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Style:
    """A whole style: kinds in order, shapes as SVG paths in a box of 24 by 24."""

    name: str
    kinds: tuple[Kind, ...]
    shapes: dict[str, str]
    precision: dict[str, str]
    verification: dict[str, str]
    size: dict[str, float]

    def kind_of(self, incident: Incident) -> int:
        """Index of the incident's kind in `kinds`."""
        alone = not incident.claims and bool(incident.responses)
        first = _lone_response(incident) if alone else ""
        return _kind_of(self, incident.event_type, incident.sub_event_type, first)

    def response_kind(self, response: str) -> int:
        """Index of the kind whose symbol a response bears."""
        return _response_kind(self, response)

    def record(self) -> dict[str, Any]:
        """What the page needs of the style, as JSON values."""
        return {
            "kinds": [
                {"id": k.id, "layer": k.layer, "shape": k.shape, "light": k.light, "dark": k.dark}
                for k in self.kinds
            ],
            "shapes": self.shapes,
            "precision": self.precision,
            "verification": self.verification,
            "size": self.size,
            "responses": {r: i for i, k in enumerate(self.kinds) for r in k.responses},
        }

    def __hash__(self) -> int:
        return id(self)


def _lone_response(incident: Incident) -> str:
    """The first response where nothing was struck, else nothing."""
    struck = any(place.role == "target" for place in incident.locations)
    return "" if struck else incident.responses[0].kind


@cache
def _kind_of(style: Style, event_type: str, sub_event_type: str, response: str) -> int:
    fits = (
        [sub_event_type in kind.sub_event_types for kind in style.kinds],
        [bool(response) and response in kind.responses for kind in style.kinds],
        [event_type in kind.event_types for kind in style.kinds],
        ["*" in kind.event_types for kind in style.kinds],
    )
    return next((found.index(True) for found in fits if True in found), len(style.kinds) - 1)


@cache
def _response_kind(style: Style, response: str) -> int:
    for number, kind in enumerate(style.kinds):
        if response in kind.responses:
            return number
    return len(style.kinds) - 1


def open_style(style: str | Path | None = None) -> Style:
    """Read a style by name (``"default"``) or by the path of a TOML file.

    Raises
    ------
    UsageError
        When there is no such style, or its file is not a style.
    """
    return _open_style(str(style) if style else "default")


@cache
def _open_style(style: str) -> Style:
    path = Path(style) if style.endswith(".toml") else data_path("maps", "styles") / f"{style}.toml"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in data_path("maps", "styles").glob("*.toml")))
        raise UsageError(f"There is no map style {style}; there are: {known}.")
    try:
        return _parse(tomllib.loads(path.read_text(encoding="utf-8")), path.stem)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise UsageError(f"The map style {path} cannot be read: {error}.") from error


def _kind(table: dict[str, Any]) -> Kind:
    lists: dict[str, Any] = {k: tuple(v) for k, v in table.items() if isinstance(v, list)}
    return Kind(**{**table, **lists})


def _parse(table: dict[str, Any], name: str) -> Style:
    kinds = tuple(_kind(kind) for kind in table["kind"])
    missing = [kind.shape for kind in kinds if kind.shape not in table["shapes"]]
    if missing:
        raise KeyError(f"no shape {missing[0]}")
    return Style(
        table.get("name", name),
        kinds,
        table["shapes"],
        table["precision"],
        table["verification"],
        table["size"],
    )
