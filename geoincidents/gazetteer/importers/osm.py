"""Read places and named sites from an OpenStreetMap extract (``.osm.pbf``, ``.osm``).

Needs the ``osmium`` package (``pip install geoincidents[osm]``). The data are ODbL:
they go into a file of their own, never into one with CC BY data.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoincidents.errors import OperationError, SourceError, UsageError
from geoincidents.gazetteer.rows import Row, RowName

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geoincidents.gazetteer.ledger import Ledger
    from geoincidents.model import NameForm, Precision

SOURCE, LICENCE = "OpenStreetMap", "ODbL-1.0"
ATTRIBUTION = "© OpenStreetMap contributors, ODbL 1.0 (openstreetmap.org/copyright)"

#: Tag and value → feature code and precision, after GeoNames' codes.
_KINDS: dict[tuple[str, str], tuple[str, Precision]] = {
    ("place", "city"): ("PPLA", "settlement"),
    ("place", "town"): ("PPL", "settlement"),
    ("place", "village"): ("PPL", "settlement"),
    ("place", "hamlet"): ("PPL", "settlement"),
    ("place", "isolated_dwelling"): ("PPL", "settlement"),
    ("place", "allotments"): ("PPL", "settlement"),
    ("place", "suburb"): ("PPLX", "neighbourhood"),
    ("place", "quarter"): ("PPLX", "neighbourhood"),
    ("place", "neighbourhood"): ("PPLX", "neighbourhood"),
    ("place", "square"): ("SQR", "site"),
    ("place", "island"): ("ISL", "region"),
    ("aeroway", "aerodrome"): ("AIRP", "site"),
    ("railway", "station"): ("RSTN", "site"),
    ("power", "plant"): ("PS", "site"),
    ("tourism", "hotel"): ("HTL", "site"),
    ("amenity", "hospital"): ("HSP", "site"),
    ("amenity", "university"): ("UNIV", "site"),
    ("landuse", "military"): ("INSM", "site"),
    ("landuse", "port"): ("PRT", "site"),
    ("man_made", "works"): ("MFG", "site"),
    ("man_made", "bridge"): ("BDG", "site"),
    ("barrier", "border_control"): ("PSTB", "site"),
    ("shop", "mall"): ("MALL", "site"),
}
_KEYS = tuple(dict.fromkeys(key for key, _ in _KINDS))
_LEVELS: dict[str, tuple[str, Precision]] = {"4": ("ADM1", "admin1"), "6": ("ADM2", "admin2")}
_FORMS: dict[str, NameForm] = {
    "alt_name": "alternate",
    "int_name": "common",
    "official_name": "official",
    "old_name": "historical",
    "short_name": "abbreviation",
    "loc_name": "alternate",
    "name": "common",
}


def read_osm(path: str | Path, ledger: Ledger) -> Iterator[Row]:
    """Yield named places, sites and boundaries of an extract.

    Raises
    ------
    OperationError
        When osmium is not installed.
    UsageError, SourceError
        When the file is not there, or broken.
    """
    path = Path(path)
    if not path.is_file():
        raise UsageError(f"There is no file {path}.")
    try:
        import osmium
    except ImportError:
        raise OperationError(
            "OpenStreetMap extracts need the osmium package: pip install 'geoincidents[osm]'."
        ) from None
    try:
        for number, thing in enumerate(_things(osmium, path), start=1):
            ledger.at(str(path), number)
            row = _row(osmium, thing)
            if row is not None:
                yield row
    except RuntimeError as error:
        raise SourceError(f"{path} is a broken extract: {error}. Nothing was built.") from None


def _things(osmium: Any, path: Path) -> Any:
    """Nodes and assembled areas that bear a name and a tag of interest."""
    return (
        osmium.FileProcessor(str(path))
        .with_areas(osmium.filter.KeyFilter("boundary", *_KEYS))
        .with_filter(osmium.filter.KeyFilter("name"))
        .with_filter(osmium.filter.KeyFilter("boundary", *_KEYS))
    )


def _row(osmium: Any, thing: Any) -> Row | None:
    if not (thing.is_node() or thing.is_area()):
        return None
    tags = dict(thing.tags)
    kind = _kind(tags)
    if kind is None:
        return None
    geometry = None
    if thing.is_node():
        feature_id, lon, lat = f"osm:node/{thing.id}", thing.location.lon, thing.location.lat
    else:
        feature_id = f"osm:{'way' if thing.from_way() else 'relation'}/{thing.orig_id()}"
        shaped = _shape(osmium, thing)
        if shaped is None:
            return None
        geometry, lon, lat = shaped
    return _from_tags(feature_id, tags, kind, (lon, lat), geometry)


def _kind(tags: Mapping[str, str]) -> tuple[str, Precision] | None:
    if tags.get("boundary") == "administrative":
        return _LEVELS.get(tags.get("admin_level", ""))
    return next((_KINDS[key, tags[key]] for key in _KEYS if (key, tags.get(key)) in _KINDS), None)


def _shape(osmium: Any, area: Any) -> tuple[bytes, float, float] | None:
    import shapely

    try:
        wkb = bytes.fromhex(osmium.geom.WKBFactory().create_multipolygon(area))
    except (RuntimeError, ValueError):
        return None  # rings that do not close: osmium has said so
    point = shapely.from_wkb(wkb).representative_point()
    return wkb, point.x, point.y


def _from_tags(
    feature_id: str,
    tags: Mapping[str, str],
    kind: tuple[str, Precision],
    position: tuple[float, float],
    geometry: bytes | None,
) -> Row:
    code, precision = kind
    main = tags.get("name:en") or tags["name"]
    population = tags.get("population", "").replace(" ", "").replace(",", "")
    iso = tags.get("ISO3166-2", "")
    return Row(
        id=feature_id,
        name=main,
        code=code,
        precision=precision,
        lat=position[1],
        lon=position[0],
        country=iso[:2] or tags.get("addr:country") or None,
        population=int(population) if population.isdecimal() else 0,
        names=_names(tags, main),
        geometry=geometry if precision != "settlement" else None,
        source=SOURCE,
        licence=LICENCE,
        codes=(iso,) if iso else (),
    )


def _names(tags: Mapping[str, str], main: str) -> tuple[RowName, ...]:
    found = []
    for key, value in tags.items():
        base, _, language = key.partition(":")
        form = _FORMS.get(base)
        if form is None or len(language) not in (0, 2, 3):
            continue
        found += [RowName(text.strip(), language or None, form) for text in value.split(";")]
    return tuple(name for name in dict.fromkeys(found) if name.text and name != RowName(main))
