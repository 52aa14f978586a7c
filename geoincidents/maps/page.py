"""The map page: one HTML file that needs no host and lets no report's text run."""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections import Counter
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from geoincidents.errors import UsageError
from geoincidents.maps.basemap import cut_basemap
from geoincidents.maps.bundle import ASSETS, bundle, content_hash, read_asset, stylesheet, vendored
from geoincidents.maps.columns import columnar
from geoincidents.maps.extent import extent
from geoincidents.maps.styles import open_style

if TYPE_CHECKING:
    from pathlib import Path

    from geoincidents.gazetteer import Gazetteer
    from geoincidents.model import IncidentCollection, Report

LANGUAGES = ("en", "uk", "ru")
TITLE_LIMIT = 300
#: Bytes that characters beyond ASCII may add, as a share, for them to be escaped.
FOREIGN_SHARE = 0.02
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
#: Printed on every map; data of one's own gazetteer adds to it.
LICENCES = (
    {
        "name": "GeoNames",
        "licence": "CC BY 4.0",
        "url": "https://www.geonames.org/",
        "note": "changed",
    },
    {
        "name": "Natural Earth",
        "licence": "public domain",
        "url": "https://www.naturalearthdata.com/",
    },
    {"name": "Leaflet 1.9.4", "licence": "BSD-2-Clause", "url": "https://leafletjs.com/"},
    {
        "name": "supercluster 9.1.0",
        "licence": "ISC",
        "url": "https://github.com/mapbox/supercluster",
    },
)
ATTRIBUTION = "GeoNames CC BY 4.0 · Natural Earth · Leaflet"


def embed_json(value: object) -> str:
    r"""JSON that may stand inside a script element, whatever text it holds.

    >>> embed_json("</script>")
    '"\\u003c/script>"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    text = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return _writable(text)


def narrowed(text: str) -> str:
    """JSON with the few characters beyond ASCII escaped, where they are few.

    A browser keeps a text that is ASCII throughout in half the memory and reads it a
    fifth sooner; in a text mostly of Cyrillic the escapes would cost more than they save.
    """
    if text.isascii() or len(text.encode()) > len(text) * (1 + FOREIGN_SHARE):
        return text
    return _FOREIGN.sub(lambda found: json.dumps(found[0])[1:-1], text)


def _writable(text: str) -> str:
    """Without halves of surrogate pairs, which cannot be written as UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text


@cache
def messages() -> dict[str, dict[str, Any]]:
    """The interface's words by language."""
    return {
        lang: tomllib.loads(read_asset("i18n", f"{lang}.toml"))
        for lang in LANGUAGES
        if (ASSETS / "i18n" / f"{lang}.toml").is_file()
    }


def counted(key: str, number: int, language: str) -> str:
    """A message about so many things, in the plural that the CLDR gives whole numbers.

    >>> counted("count.incidents", 21, "uk")
    '21 подія'
    """
    tens, ones = number % 100, number % 10
    form = "one" if number == 1 else "other"
    if language != "en":
        few = "few" if 2 <= ones <= 4 and not 12 <= tens <= 14 else "many"
        form = "one" if ones == 1 and tens != 11 else few
    return str(messages()[language][key][form]).format(n=number)


def latest(reports: tuple[Report, ...]) -> str | None:
    """Publication of the latest report, the data's cut-off: a day, or a minute in UTC."""
    published = {report.published for report in reports if report.published}
    moments = [moment for stamp in published if (moment := _moment(stamp))]
    return max(moments, key=lambda moment: moment[0])[1] if moments else None


def _clipped(text: str, limit: int = TITLE_LIMIT) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _moment(stamp: str) -> tuple[datetime, str] | None:
    """An ISO 8601 moment, and how readers write it; None for what is no moment."""
    try:
        moment = datetime.fromisoformat(stamp)
        known = moment.tzinfo is not None
        moment = moment.astimezone(UTC) if known else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    if len(stamp) <= len("2024-01-05"):
        return moment, f"{moment:%Y-%m-%d}"
    return moment, f"{moment:%Y-%m-%d %H:%M}" + (" UTC" if known else "")


def policy(hashes: list[str], styles: list[str], hosts: str = "") -> str:
    """The page's Content-Security-Policy; `hosts` are sources of tiles asked for by name."""
    parts = [
        "default-src 'none'",
        f"script-src {' '.join(hashes)}",
        f"style-src {' '.join(styles)}",
        *([f"img-src {hosts}"] if hosts else []),
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return "; ".join(parts)


def render_map(
    collection: IncidentCollection,
    *,
    gazetteer: Gazetteer | None = None,
    title: str | None = None,
    style: str | Path | None = None,
    language: str = "en",
    decimals: int | None = None,
    tiles: str | None = None,
    made: datetime | None = None,
) -> str:
    """The map of a collection as one self-contained HTML page.

    The page makes no request to any host and runs only its own scripts: text of
    reports is data in it and never markup. It draws what it is given; withholding
    and coarsening (`geoincidents.care`) come before.

    Parameters
    ----------
    collection
        Incidents with their reports; none at all is drawn as an empty map that
        says so.
    gazetteer
        Gives provinces and countries their shape; without it they are circles.
    title
        Heading of the page; by default the places and days it covers.
    style
        Name of a style in `maps/styles`, or path of a TOML file.
    language
        Interface language to begin with: ``"en"``, ``"uk"`` or ``"ru"``.
    decimals
        Round coordinates to so many decimals of a degree.
    tiles
        Name of an online tile source known to ``xyzservices``; the page then asks
        that host for tiles and no other.
    made
        Time the page is said to be made; now, in UTC, by default.

    Raises
    ------
    UsageError
        For an unknown style, language or tile source.
    """
    if language not in LANGUAGES:
        raise UsageError(f"There is no interface in {language}; there is {', '.join(LANGUAGES)}.")
    source = _tile_source(tiles) if tiles else None
    page = page_record(
        collection,
        gazetteer=gazetteer,
        title=title,
        style=style,
        language=language,
        decimals=decimals,
        made=made,
    )
    page["tiles"] = source
    if source:
        page["meta"]["attribution"] += f" · {source['attribution']}"
    page["basemap"] = None if source else cut_basemap(page["meta"]["bounds"])
    return _html(page, describe(collection))


def page_record(
    collection: IncidentCollection,
    *,
    gazetteer: Gazetteer | None = None,
    title: str | None = None,
    style: str | Path | None = None,
    language: str = "en",
    decimals: int | None = None,
    made: datetime | None = None,
) -> dict[str, Any]:
    """All that the page's scripts read, but for the basemap; parameters as `render_map`'s.

    Raises
    ------
    UsageError
        For an unknown style or language.
    """
    if language not in LANGUAGES:
        raise UsageError(f"There is no interface in {language}; there is {', '.join(LANGUAGES)}.")
    look = open_style(style)
    heading = _clipped(title or default_title(collection))
    footprints = gazetteer.geometry if gazetteer is not None else None
    return {
        "meta": _meta(collection, heading, language, decimals, made),
        "style": look.record(),
        "messages": messages(),
        "data": columnar(collection, look, footprints, decimals=decimals),
    }


def _html(page: dict[str, Any], description: str) -> str:
    title, language = page["meta"]["title"], page["meta"]["language"]
    scripts = [*vendored(), bundle()]
    css = stylesheet()
    tiles = page["tiles"]
    html: str = _template().render(
        title=title,
        language=language,
        description=description,
        version=_version(),
        words=messages()[language],
        css=css,
        scripts=scripts,
        page=embed_json({name: part for name, part in page.items() if name != "data"}),
        data=narrowed(embed_json(page["data"])),
        csp=policy(
            [content_hash(script) for script in scripts],
            [content_hash(css)],
            tiles["hosts"] if tiles else "",
        ),
    )
    return _writable(html)


@cache
def _template() -> Any:
    import jinja2

    environment = jinja2.Environment(
        autoescape=True, keep_trailing_newline=True, undefined=jinja2.StrictUndefined
    )
    return environment.from_string(read_asset("page.html.j2"))


@cache
def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("geoincidents")
    except PackageNotFoundError:
        return "source"


def _meta(
    collection: IncidentCollection,
    title: str,
    language: str,
    decimals: int | None,
    made: datetime | None,
) -> dict[str, Any]:
    bounds = extent(collection)
    return {
        "title": title,
        "language": language,
        "bounds": _outwards(bounds, 4 if decimals is None else decimals),
        "cutoff": latest(collection.reports),
        "made": (made or datetime.now(UTC)).strftime("%Y-%m-%d %H:%M UTC"),
        "decimals": decimals,
        "unresolved": len(collection.unresolved),
        "notices": [_clipped(str(notice)) for notice in getattr(collection, "notices", ())],
        "licences": LICENCES,
        "attribution": ATTRIBUTION,
    }


def _outwards(bounds: tuple[float, float, float, float], decimals: int) -> list[float]:
    """Bounds rounded so that they hold what they held."""
    scale = 10**decimals
    low = [math.floor(value * scale) / scale for value in bounds[:2]]
    return [*low, *(math.ceil(value * scale) / scale for value in bounds[2:])]


def default_title(collection: IncidentCollection) -> str:
    """The most named places and the days covered, as a heading."""
    told = Counter(
        place.location.name
        for incident in collection.incidents
        for place in incident.locations
        if place.role != "launch" and place.location.name
    )
    top = [name for name, _ in sorted(told.items(), key=lambda item: (-item[1], item[0]))[:3]]
    if not top:
        return "Incidents"
    where = top[0] if len(top) == 1 else f"{', '.join(top[:-1])} and {top[-1]}"
    days = _days(collection)
    return f"{where}, {days}" if days else where


def _days(collection: IncidentCollection) -> str:
    times = [i.time for i in collection.incidents if i.time is not None]
    if not times:
        return ""
    first = min(times, key=lambda t: t.start).start.date()
    last = max(times, key=lambda t: t.end).end.date()
    if first == last:
        return f"{first.day} {first:%B %Y}"
    start = f"{first.day} {first:%b}" if first.year == last.year else f"{first.day} {first:%b %Y}"
    return f"{start} – {last.day} {last:%b %Y}"


def describe(collection: IncidentCollection) -> str:
    """One sentence for search engines and cards."""
    count, reports = len(collection.incidents), len(collection.reports)
    parts = [
        f"{count} incident{'' if count == 1 else 's'}",
        f"{reports} report{'' if reports == 1 else 's'}",
    ]
    cutoff = latest(collection.reports)
    return " · ".join([*parts, f"data to {cutoff}"] if cutoff else parts)


def _tile_source(name: str) -> dict[str, Any]:
    from urllib.parse import urlsplit

    try:
        import xyzservices.providers

        provider = xyzservices.providers.query_name(name)
    except ImportError as error:
        raise UsageError("Online tiles need xyzservices: pip install xyzservices.") from error
    except ValueError as error:
        raise UsageError(f"xyzservices knows no tile source named {name}.") from error
    if provider.requires_token():
        raise UsageError(f"The tile source {name} needs a key, which a page would give away.")
    url = provider.build_url(scale_factor="")
    host = urlsplit(url.replace("{s}", "*")).netloc
    options = {"maxZoom": int(provider.get("max_zoom", 18)), "attribution": ""}
    if "subdomains" in provider:
        options["subdomains"] = provider["subdomains"]
    return {
        "url": url,
        "options": options,
        "hosts": f"https://{host}",
        "attribution": str(provider.get("attribution", name)).replace("(C)", "©"),
    }
