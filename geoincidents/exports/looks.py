"""What each layer looks like in a GIS, taken from the map page's own style.

A look says which rows it is for, and the sign, colour and label that they bear.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from geoincidents.data import data_path

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Sign and colour of a place by its role; a launch is told apart from what it hit.
_ROLES = {
    "target": ("diamond", "#D55E00", "Struck"),
    "launch": ("triangle", "#666A70", "Launched from (as told, to its district)"),
    "intercept": ("crossring", "#111111", "Met in the air (to its district)"),
    "response": ("plus", "#0072B2", "Something was done here"),
}
#: Sign and colour of what the page has no kind for.
OTHER_VIOLENCE = ("square", "#CC79A7")


@dataclass(frozen=True, slots=True)
class Look:
    """Rows that a condition picks, and how they are drawn.

    `condition` is an expression of QGIS, `sign` an SVG path in a box of 24 by 24,
    `disc` whether it stands white in a disc.
    """

    label: str
    condition: str
    sign: str
    colour: str
    disc: bool = False


@cache
def style() -> dict[str, Any]:
    """The page's default style as it stands in its file."""
    with data_path("maps", "styles", "default.toml").open("rb") as stream:
        return tomllib.load(stream)


def looks(layer: str) -> tuple[Look, ...]:
    """Looks of a layer in the order of its legend; none for a table without geometry."""
    makers = {"incidents": _incidents, "locations": _locations, "responses": _responses}
    return tuple(makers[layer]()) if layer in makers else ()


def _listed(words: list[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _incidents() -> Iterator[Look]:
    shapes, told = style()["shapes"], ["Other"]
    for kind in style()["kind"]:
        types = kind.get("sub_event_types", [])
        if types:
            told += types
            condition = f'"sub_event_type" IN ({_listed(types)})'
            yield Look(types[0], condition, shapes[kind["shape"]], kind["light"])
    # An alert alone is ACLED's "Other": it looks as alerts do on the page.
    alert = next(kind for kind in style()["kind"] if "alert" in kind.get("responses", []))
    yield Look(
        "Alerts and other responses",
        "\"sub_event_type\" = 'Other'",
        shapes[alert["shape"]],
        alert["light"],
        disc=True,
    )
    shape, colour = OTHER_VIOLENCE
    rest = f'"sub_event_type" NOT IN ({_listed(told)})'
    yield Look("Other violence", rest, shapes[shape], colour)


def _locations() -> Iterator[Look]:
    for role, (shape, colour, label) in _ROLES.items():
        disc = role == "response"
        yield Look(label, f"\"role\" = '{role}'", style()["shapes"][shape], colour, disc)


def _responses() -> Iterator[Look]:
    for kind in style()["kind"]:
        told = kind.get("responses", [])
        if told:
            label = ", ".join(told).replace("_", " ").capitalize()
            sign = style()["shapes"][kind["shape"]]
            yield Look(label, f'"kind" IN ({_listed(told)})', sign, kind["light"], disc=True)
