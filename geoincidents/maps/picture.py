"""Static pictures of a map, without a browser: PNG, SVG and PDF through matplotlib."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from geoincidents.errors import UsageError
from geoincidents.maps.basemap import cut_basemap
from geoincidents.maps.extent import extent
from geoincidents.maps.page import ATTRIBUTION, counted, page_record

if TYPE_CHECKING:
    from pathlib import Path

    from geoincidents.model import IncidentCollection

PICTURES = (".png", ".svg", ".pdf")
#: Inches and dots an inch: 1600 by 1120 pixels.
SIZE, DPI = (10.0, 7.0), 160
MAX_LABELS = 60
#: More symbols than this are drawn small, and look by look.
CROWD = 400
SEA, LAND, COAST, BORDER, ADMIN1 = "#dbe6ec", "#f5f3ee", "#9fb0ba", "#9b9385", "#d3cdc0"
INK, DIM, HALO = "#1b1e23", "#565d67", "#faf9f6"
_DASHES: dict[str, Any] = {"solid": "-", "dashed": (0, (2.4, 1.6)), "dotted": (0, (0.8, 1.4))}
_COMMAND = re.compile(r"([MLCZ])([^MLCZ]*)")
_MAX_LAT = 85.0511

Array = np.ndarray[Any, Any]


def mercator(lon: Array, lat: Array) -> Array:
    """Degrees → Web Mercator in degrees of longitude: x = lon, y stretched."""
    bounded = np.radians(np.clip(lat, -_MAX_LAT, _MAX_LAT))
    return np.column_stack([lon, np.degrees(np.log(np.tan(np.pi / 4 + bounded / 2)))])


def _walk(steps: list[int], grid: int) -> Array:
    points = np.cumsum(np.array(steps).reshape(-1, 2), axis=0) / grid
    return mercator(points[:, 0], points[:, 1])


def shape_path(text: str) -> Any:
    """An SVG path of absolute M, L, C and Z as a matplotlib path about 0, 0."""
    from matplotlib.path import Path as Outline

    codes = {"M": Outline.MOVETO, "L": Outline.LINETO, "C": Outline.CURVE4}
    vertices: list[Any] = []
    marks: list[Any] = []
    for command, numbers in _COMMAND.findall(text):
        if command == "Z":
            vertices.append((0, 0))
            marks.append(Outline.CLOSEPOLY)
            continue
        points = np.array(numbers.replace(",", " ").split(), float).reshape(-1, 2)
        vertices.extend((points - 12) * (1, -1) / 12)
        marks.extend([codes[command]] * len(points))
    return Outline(vertices, marks)


def draw_picture(collection: IncidentCollection, path: Path, suffix: str, **options: Any) -> None:
    """Draw the collection into a file; `suffix` names its format.

    The symbols, hatching and colours are the page's; symbols are not clustered.

    Raises
    ------
    UsageError
        When matplotlib is not installed.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise UsageError(
            "Pictures need matplotlib: pip install 'geoincidents[pictures]'."
        ) from error
    known = {
        k: options[k] for k in ("gazetteer", "title", "style", "language", "made") if k in options
    }
    record = page_record(collection, **known)
    figure = Figure(figsize=SIZE, dpi=DPI, facecolor="#ffffff")
    axes = figure.add_axes((0.015, 0.055, 0.97, 0.85))
    bounds = _frame(axes, extent(collection))
    base = cut_basemap(bounds)
    _draw_base(axes, base)
    taken = _draw_areas(axes, record)
    taken += _draw_symbols(axes, record)
    _draw_labels(axes, base, record["meta"]["language"], taken)
    _draw_frame_texts(figure, axes, record)
    # A fixed hash salt and no date: the same incidents give the same bytes.
    metadata = {".svg": {"Date": None}, ".pdf": {"CreationDate": None}}.get(suffix)
    import matplotlib as mpl

    with mpl.rc_context(
        {"hatch.linewidth": 0.6, "svg.hashsalt": "geoincidents", "svg.fonttype": "none"}
    ):
        figure.savefig(path, format=suffix[1:], metadata=metadata)


def _frame(
    axes: Any, bounds: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    """Widen the bounds to the axes' shape with a margin, and set them."""
    west, south, east, north = bounds
    (x0, y0), (x1, y1) = mercator(np.array([west, east]), np.array([south, north]))
    width, height = (x1 - x0) * 1.14, (y1 - y0) * 1.14
    ratio = SIZE[0] * 0.97 / (SIZE[1] * 0.85)
    width, height = max(width, height * ratio), max(height, width / ratio)
    middle = (x0 + x1) / 2, (y0 + y1) / 2
    axes.set_xlim(middle[0] - width / 2, middle[0] + width / 2)
    axes.set_ylim(middle[1] - height / 2, middle[1] + height / 2)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_facecolor(SEA)
    for side in axes.spines.values():
        side.set_color("#c8ccd0")
    down, up = (
        float(np.degrees(2 * np.arctan(np.exp(np.radians(y))) - np.pi / 2)) for y in axes.get_ylim()
    )
    return axes.get_xlim()[0], down, axes.get_xlim()[1], up


def _turns(axes: Any) -> tuple[int, ...]:
    """Copies of the world that the axes show, in degrees to shift by."""
    low, high = axes.get_xlim()
    return tuple(t for t in (-360, 0, 360) if low < 180 + t and high > -180 + t)


def _draw_base(axes: Any, base: dict[str, Any]) -> None:
    from matplotlib.collections import LineCollection, PathCollection
    from matplotlib.path import Path as Outline

    arcs = [_walk(steps, base["grid"]) for steps in base["arcs"]]
    rings = [
        np.vstack([arcs[ref] if ref >= 0 else arcs[~ref][::-1] for ref in refs])
        for refs in base["coast"]
    ]
    for turn in _turns(axes):
        land = Outline.make_compound_path(
            *(Outline(ring + np.array([turn, 0]), closed=True) for ring in rings)
        )
        axes.add_collection(
            PathCollection([land], facecolor=LAND, edgecolor=COAST, linewidth=0.4), autolim=False
        )
        for name, colour, width, dash in (
            ("admin1", ADMIN1, 0.4, "-"),
            ("border", BORDER, 0.8, "-"),
            ("disputed", BORDER, 0.8, (0, (4, 3))),
        ):
            lines = [arcs[number] + np.array([turn, 0]) for number in base["lines"][name]]
            axes.add_collection(
                LineCollection(lines, colors=colour, linewidths=width, linestyles=[dash]),
                autolim=False,
            )


def _column(table: dict[str, Any], name: str) -> list[Any]:
    value = table.get(name)
    return value if isinstance(value, list) else [value] * table["n"]


def _shown(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Drawn places with their incident's look, as the page has them."""
    data, style = record["data"], record["style"]
    place, incident = data["place"], data["incident"]
    columns = {n: _column(place, n) for n in ("role", "shown", "name", "x", "y", "prec", "area")}
    kinds, ver, est = (_column(incident, n) for n in ("kind", "ver", "est"))
    rows, start = [], 0
    for number, count in enumerate(_column(incident, "loc")):
        for row in range(start, start + count):
            if not columns["shown"][row] or data["roles"][columns["role"][row]] == "launch":
                continue
            tolls = {m[0]: m[2] for m in data["groups"][est[number]]}
            rows.append(
                {
                    "kind": style["kinds"][kinds[number]],
                    "outline": style["verification"][data["verification"][ver[number]]],
                    "fill": style["precision"][data["precision"][columns["prec"][row]]],
                    "toll": tolls.get("killed", tolls.get("injured")),
                    "area": columns["area"][row],
                    "lon": columns["x"][row] / data["grid"],
                    "lat": columns["y"][row] / data["grid"],
                }
            )
        start += count
    return rows


def _near(axes: Any, lon: float) -> float:
    """The copy of a longitude that the axes show."""
    middle = sum(axes.get_xlim()) / 2
    return float(lon + 360 * round((middle - lon) / 360))


def _draw_areas(axes: Any, record: dict[str, Any]) -> list[Any]:
    from matplotlib.patches import PathPatch

    taken: list[Any] = []
    told: set[int] = set()
    for row in _shown(record):
        if row["fill"] != "hatch" or row["area"] < 0 or row["area"] in told:
            continue
        told.add(row["area"])
        area = record["data"]["areas"][row["area"]]
        colour = row["kind"]["light"]
        outline = _area_path(axes, area)
        style = (0, (6, 3)) if row["kind"]["id"] == "alert" else _DASHES.get(row["outline"], "-")
        hatch = "\\\\\\" if row["kind"]["id"] == "alert" else "/////"
        axes.add_patch(
            PathPatch(
                outline,
                facecolor="none",
                edgecolor=colour,
                hatch=hatch,
                linewidth=1.1,
                linestyle=style,
            )
        )
        at = mercator(*(np.array([value / 10_000]) for value in area["at"]))[0]
        taken.append(
            _label(axes, area["name"] or "", _near(axes, at[0]), at[1], taken, weight="bold")
        )
    return [box for box in taken if box]


def _area_path(axes: Any, area: dict[str, Any]) -> Any:
    from matplotlib.path import Path as Outline

    if "rings" in area:
        rings = [_walk(steps, 10_000) for steps in area["rings"]]
    else:
        turn = np.linspace(0, 2 * np.pi, 73)
        lon, lat = (value / 10_000 for value in area["at"])
        reach = area["circle"] / 111_195
        east = np.cos(turn) * reach / max(np.cos(np.radians(lat)), 0.05)
        rings = [mercator(lon + east, lat + np.sin(turn) * reach)]
    shift = _near(axes, float(rings[0][0, 0])) - float(rings[0][0, 0])
    return Outline.make_compound_path(
        *(Outline(ring + np.array([shift, 0]), closed=True) for ring in rings)
    )


def _draw_symbols(axes: Any, record: dict[str, Any]) -> list[Any]:
    """Symbols, the small over the large; gives the boxes they take."""
    style, taken = record["style"], []
    size = style["size"]
    rows = [row for row in _shown(record) if row["fill"] != "hatch"]
    scale = 0.55 if len(rows) <= CROWD else 0.3
    looks: dict[Any, list[tuple[float, float, float]]] = {}
    for number, row in enumerate(sorted(rows, key=lambda r: -(r["toll"] or 0))):
        share = min(1.0, ((row["toll"] or 0) / size["full"]) ** 0.5)
        points = (size["min"] + share * (size["max"] - size["min"])) * scale
        x, y = mercator(np.array([_near(axes, row["lon"])]), np.array([row["lat"]]))[0]
        # A crowd is drawn look by look: one call each takes minutes for ten thousand.
        key = (row["kind"]["id"], row["outline"], row["fill"], number if len(rows) <= CROWD else 0)
        looks.setdefault(key, []).append((x, y, points))
        if len(rows) <= CROWD:
            taken.append(_box(axes, x, y, points, points))
    kinds = {kind["id"]: kind for kind in style["kinds"]}
    for (kind, outline, fill, _), spots in looks.items():
        look = {"kind": kinds[kind], "outline": outline, "fill": fill}
        _symbols(axes, style["shapes"], look, np.array(spots))
    return taken


def _symbols(axes: Any, shapes: dict[str, str], look: dict[str, Any], spots: Array) -> None:
    """Symbols of one look at spots of x, y and diameter in points."""
    kind, double = look["kind"], look["outline"] == "double"
    marker = shape_path(shapes[kind["shape"]])
    plate = marker if kind["layer"] == "strike" else "o"
    x, y, points = spots.T
    ring = look["fill"] == "ring"
    layers = [(1.35, plate, HALO, INK, 0.7, _DASHES.get(look["outline"], "-"))]
    if double:
        layers.append((1.05, plate, HALO, INK, 0.6, "-"))
    body = HALO if ring else kind["light"]
    layers.append((0.8 if double else 1.0, marker, body, kind["light"], 1.4 if ring else 0, "-"))
    for share, shape, face, edge, width, dash in layers:
        axes.scatter(
            x,
            y,
            s=(points * share) ** 2,
            marker=shape,
            facecolor=face,
            edgecolor=edge,
            linewidth=width,
            linestyle=dash,
            zorder=5,
        )


def _box(axes: Any, x: float, y: float, width: float, height: float) -> tuple[float, ...]:
    """A box in points about a spot in data units."""
    px, py = axes.transData.transform((x, y)) * 72 / DPI
    return px - width / 2, py - height / 2, px + width / 2, py + height / 2


def _label(axes: Any, text: str, x: float, y: float, taken: list[Any], **look: Any) -> Any:
    """Write a label unless it would touch another; its box, or None."""
    from matplotlib.patheffects import withStroke

    size = look.pop("size", 6.5)
    box = _box(axes, x, y, len(text) * size * 0.58, size * 1.5)
    frame = axes.bbox.bounds
    left, low, right, high = (
        v * 72 / DPI for v in (frame[0], frame[1], frame[0] + frame[2], frame[1] + frame[3])
    )
    outside = box[0] < left or box[1] < low or box[2] > right or box[3] > high
    if outside or any(
        box[0] < o[2] and box[2] > o[0] and box[1] < o[3] and box[3] > o[1] for o in taken if o
    ):
        return None
    axes.text(
        x,
        y,
        text.replace("$", r"\$"),
        fontsize=size,
        ha="center",
        va="center",
        zorder=6,
        color=look.pop("color", INK),
        path_effects=[withStroke(linewidth=1.8, foreground=HALO)],
        **look,
    )
    return box


def _draw_labels(axes: Any, base: dict[str, Any], language: str, taken: list[Any]) -> None:
    number = ("en", "uk", "ru").index(language)
    offset = np.ptp(axes.get_ylim()) * 0.013
    drawn = 0
    places = [(names[number].upper(), x, y, "country") for names, x, y, _ in base["countries"]]
    for names, x, y, *_ in base["cities"]:
        own = names[number] if number < len(names) else ""
        places.append((own or names[0], x, y, "city"))
    for text, x, y, sort in places:
        lon, lat = _near(axes, x / base["grid"]), y / base["grid"]
        px, py = mercator(np.array([lon]), np.array([lat]))[0]
        look = {"color": "#8a8378", "weight": "bold"} if sort == "country" else {"color": "#34383e"}
        box = _label(
            axes, text, px, py + (offset if sort == "city" else 0), taken, size=6.0, **look
        )
        if box:
            taken.append(box)
            drawn += 1
            if sort == "city":
                axes.plot([px], [py], "o", markersize=1.6, color="#5c6066", zorder=4)
        if drawn >= MAX_LABELS:
            return


def _draw_frame_texts(figure: Any, axes: Any, record: dict[str, Any]) -> None:
    meta, messages = record["meta"], record["messages"][record["meta"]["language"]]
    title = meta["title"] if len(meta["title"]) <= 90 else meta["title"][:89] + "…"
    figure.text(
        0.015, 0.955, title.replace("$", r"\$"), fontsize=13, weight="bold", color=INK, va="center"
    )
    count = record["data"]["incident"]["n"]
    key = "about.cutoff" if meta["cutoff"] else "about.made"
    told = messages[key].format(date=meta["cutoff"], made=meta["made"])
    under = f"{counted('count.incidents', count, meta['language'])} · {told}"
    figure.text(0.015, 0.92, under, fontsize=7.5, color=DIM, va="center")
    notes = f"{ATTRIBUTION.removesuffix(' · Leaflet')} · {messages['about.boundaries']}"
    figure.text(0.015, 0.03, notes, fontsize=4.8, color=DIM, va="center")
    _legend(axes, record, messages)


def _legend(axes: Any, record: dict[str, Any], messages: dict[str, Any]) -> None:
    from matplotlib.lines import Line2D

    kinds = {row["kind"]["id"]: row["kind"] for row in _shown(record)}
    if not kinds:
        axes.text(
            0.5, 0.5, messages["empty.data"], transform=axes.transAxes, ha="center", fontsize=9
        )
        return
    shapes = record["style"]["shapes"]
    handles = [
        Line2D(
            [],
            [],
            linestyle="",
            marker=shape_path(shapes[k["shape"]]),
            markersize=8,
            markerfacecolor=k["light"],
            markeredgecolor=INK,
            markeredgewidth=0.4,
            label=messages[f"kind.{k['id']}"],
        )
        for k in kinds.values()
    ]
    axes.legend(
        handles=handles, loc="lower right", fontsize=6.5, framealpha=0.92, edgecolor="#c8ccd0"
    ).set_zorder(9)
