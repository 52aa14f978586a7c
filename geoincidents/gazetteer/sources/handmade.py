"""Features kept by hand: regions, waters, sites; and names of other features."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import shapely

from geoincidents.errors import SourceError
from geoincidents.gazetteer.sources.curated import read_table, values
from geoincidents.gazetteer.sources.declensions import adjective_forms, people_forms
from geoincidents.gazetteer.sources.drafts import Draft
from geoincidents.gazetteer.sources.names import name_key
from geoincidents.gazetteer.sources.settlements import distance_km

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from geoincidents.model import NameForm, Precision

_LANGUAGES = ("en", "ru", "uk")
_SOURCE = "geoincidents curated"
_LICENCE = "CC-BY-4.0"
_SAME_VILLAGE_KM = 8.0
_OWNS_NAME_RATIO = 10
#: Feature codes of land and parks: areas rather than sites.
_LANDFORMS = frozenset(
    [
        "ATOL",
        "BAY",
        "CAPE",
        "CNYN",
        "CST",
        "DLTA",
        "DSRT",
        "FJD",
        "FRST",
        "GLCR",
        "GRGE",
        "HLLS",
        "ISL",
        "ISLS",
        "LK",
        "MT",
        "MTS",
        "PEN",
        "PLAT",
        "PLN",
        "PRK",
        "RESN",
        "RF",
        "RGN",
        "RSV",
        "SPIT",
        "STM",
        "STRT",
        "SWMP",
        "VAL",
        "VLC",
    ]
)


class Directory:
    """Finds the draft that a curated row speaks of.

    A reference is a country ("UA"), a first- or second-level code ("UA.07"), the slug
    of a region ("region/donbas"), an id ("geonames:706483"), or a settlement as
    ``UA.07:Kharkiv`` or ``UA:Kharkiv`` (the largest of that name there).
    """

    def __init__(self, units: Mapping[str, Draft], settlements: Iterable[Draft]) -> None:
        self.units = dict(units)
        self.main: dict[tuple[str, str], Draft] = {}
        self.other: dict[tuple[str, str], Draft] = {}
        for draft in settlements:
            self.units[draft.id] = draft
            _keep_larger(self.main, draft, draft.name)
            for name in draft.names.values():
                _keep_larger(self.other, draft, name.text)

    def find(self, reference: str) -> Draft | None:
        """The draft referred to; None when there is none."""
        if ":" not in reference or reference.startswith(("geonames:", "gi:")):
            return self.units.get(reference)
        place, _, name = reference.partition(":")
        key = (place, name_key(name))
        main, other = self.main.get(key), self.other.get(key)
        if main is None or other is None:
            return main or other
        # A hamlet may bear as its only name what a city is called besides.
        return other if other.population > _OWNS_NAME_RATIO * main.population else main


def _keep_larger(table: dict[tuple[str, str], Draft], draft: Draft, name: str) -> None:
    key = name_key(name)
    for place in (draft.country or "", draft.admin1 or ""):
        old = table.get((place, key))
        if old is None or old.population < draft.population:
            table[place, key] = draft


def read_regions(directory: Directory) -> list[Draft]:
    """Regions that reports use; each is put into `directory` under ``region/<slug>``."""
    drafts = []
    for row in read_table("regions", "slug", "en", "ru", "uk", "parts", "lat", "lon", "km"):
        parts = [directory.find(part) for part in values(row["parts"])]
        known = [part for part in parts if part is not None]
        if len(known) < len(parts):
            missing = [p for p, d in zip(values(row["parts"]), parts, strict=True) if d is None]
            raise SourceError(f"regions.csv: {row['slug']} has unknown parts {missing}.")
        draft = _named(row, f"gi:region/{row['slug']}", row.get("code") or "RGN", "region")
        draft.parts = tuple(part.id for part in known)
        draft.country = (
            next(iter({part.country for part in known}), None)
            if len({part.country for part in known}) == 1
            else row.get("country") or None
        )
        if known:
            _measure(draft, known)
        if row["lat"]:
            draft.lat, draft.lon = float(row["lat"]), float(row["lon"])
        if row["km"]:
            draft.extent_m = 1000.0 * float(row["km"])
        directory.units[f"region/{row['slug']}"] = draft
        drafts.append(draft)
    return drafts


def _measure(draft: Draft, parts: list[Draft]) -> None:
    """Geometry and centre of a region from its parts."""
    shapes = [shapely.from_wkb(part.geometry) for part in parts if part.geometry]
    if shapes:
        union = shapely.union_all(shapes)
        draft.geometry = shapely.to_wkb(union)
        draft.lon, draft.lat = float(union.centroid.x), float(union.centroid.y)


def read_waters() -> Iterator[Draft]:
    """Seas, gulfs, lakes, rivers and canals; rivers with a line where one is given."""
    for row in read_table("waters", "slug", "code", "en", "ru", "uk", "lat", "lon", "km", "line"):
        draft = _named(row, f"gi:water/{row['slug']}", row["code"], "sea")
        draft.lat, draft.lon = float(row["lat"]), float(row["lon"])
        draft.extent_m = 1000.0 * float(row["km"])
        if row["line"]:
            pairs = [pair.split() for pair in row["line"].split(";")]
            line = shapely.LineString([(float(lon), float(lat)) for lat, lon in pairs])
            draft.geometry = shapely.to_wkb(line)
        yield draft


def read_sites(directory: Directory) -> Iterator[Draft]:
    """Squares, hotels, stations, plants, bases, crossings and city districts."""
    for row in read_table(
        "sites", "slug", "code", "en", "ru", "uk", "lat", "lon", "m", "admin1", "source"
    ):
        draft = _named(row, f"gi:site/{row['slug']}", row["code"], "site")
        if row["code"] == "PPLX":
            draft.precision = "neighbourhood"
        draft.lat, draft.lon = float(row["lat"]), float(row["lon"])
        draft.extent_m = float(row["m"])
        unit = directory.find(row["admin1"])
        draft.country = row["admin1"][:2] or None
        draft.admin1 = unit.id if unit is not None and unit.code == "ADM1" else None
        draft.source = f"{_SOURCE}: {row['source']}"
        yield draft


def read_landmarks() -> Iterator[Draft]:
    """Landmarks, islands, mountains, parks and bases of the world that reports name."""
    for row in read_table("landmarks", "en", "code", "country", "lat", "lon", "km"):
        slug = name_key(values(row["en"])[0]).replace(" ", "-")
        place = f"{row['country'].lower() or 'xx'}-{slug}"
        precision: Precision = "region" if row["code"] in _LANDFORMS else "site"
        draft = Draft(f"gi:landmark/{place}", values(row["en"])[0], row["code"], precision,
                      float(row["lat"]), float(row["lon"]), licence=_LICENCE,
                      country=row["country"] or None, extent_m=1000.0 * float(row["km"]),
                      source=f"{_SOURCE}: Wikipedia: {values(row['en'])[0]}")  # fmt: skip
        if row["code"] == "PPLX":
            draft.precision = "neighbourhood"
        draft.add_names(values(row["en"])[1:], "common", "en")
        yield draft


def read_villages(directory: Directory) -> Iterator[Draft]:
    """Villages that GeoNames' selection lacks; one that it has is only given the names."""
    for row in read_table("villages", "en", "ru", "uk", "admin1", "lat", "lon", "source"):
        draft = _named(row, "", "PPL", "settlement")
        draft.lat, draft.lon = float(row["lat"]), float(row["lon"])
        draft.country, draft.admin1 = row["admin1"][:2], row["admin1"]
        draft.source = f"{_SOURCE}: {row['source']}"
        names = [draft.name, *(name.text for name in draft.names.values())]
        found = (directory.find(f"{row['admin1']}:{name}") for name in names)
        known = next((f for f in found if f and distance_km(f, draft) < _SAME_VILLAGE_KM), None)
        if known is not None:
            for name in draft.names.values():
                known.add_name(name.text, "common", name.language)
            continue
        slug = f"{row['admin1']}-{name_key(draft.name)}".lower().replace(".", "-").replace(" ", "-")
        draft.id = f"gi:place/{slug}"
        yield draft


def _named(row: Mapping[str, str], feature_id: str, code: str, precision: str) -> Draft:
    english = values(row["en"])
    if not english:
        raise SourceError(f"{feature_id} has no English name.")
    draft = Draft(feature_id, english[0], code, precision, 0.0, 0.0,  # type: ignore[arg-type]
                  source=_SOURCE, licence=_LICENCE)  # fmt: skip
    for language in _LANGUAGES:
        for position, text in enumerate(values(row[language])):
            draft.add_name(text, "common" if position else "main", language)
    return draft


def add_renamings(directory: Directory) -> list[str]:
    """Add the names of ``renamings.csv``; returns the places that are not there.

    A place may be named twice, by its old and its new name, since GeoNames' main name
    changes from one vintage to the next: one of the two is there.
    """
    lost = []
    for row in read_table("renamings", "place", "names", "language", "form", "period"):
        draft = directory.find(row["place"])
        if draft is None:
            lost.append(row["place"])
            continue
        form = cast("NameForm", row["form"] or "historical")
        if (form, row["language"]) == ("main", "en"):
            draft.add_name(draft.name)
            draft.name = values(row["names"])[0]
        for text in values(row["names"]):
            draft.add_name(text, form, row["language"] or None, row["period"] or None)
    return lost


def add_seats(directory: Directory) -> list[str]:
    """Set the seats of ``seats.csv``: capitals that lie outside their unit, or are disputed."""
    lost = []
    for row in read_table("seats", "place", "seat", "source"):
        unit, seat = directory.find(row["place"]), directory.find(row["seat"])
        if unit is None or seat is None:
            lost.append(row["place"])
            continue
        unit.capital = seat.id
    return lost


def add_peoples(directory: Directory) -> list[str]:
    """Add demonyms and adjectives of ``peoples.csv``; returns the places that are not there."""
    lost = []
    for row in read_table(
        "peoples", "place", "en_adjective", "en_people", "ru_adjective", "ru_people",
        "uk_adjective", "uk_people",
    ):  # fmt: skip
        draft = directory.find(row["place"])
        if draft is None:
            lost.append(row["place"])
            continue
        for language in _LANGUAGES:
            for text in values(row[f"{language}_adjective"]):
                draft.add_names(adjective_forms(text, language), "adjective", language)
            for text in _people(values(row[f"{language}_people"]), language):
                draft.add_name(text, "demonym", language)
    return lost


def _people(words: Iterable[str], language: str) -> Iterator[str]:
    plural: Callable[[str], Iterable[str]] = (
        english_people if language == "en" else lambda word: people_forms(word, language)
    )
    for word in words:
        yield from plural(word)


def english_people(singular: str) -> tuple[str, ...]:
    """Return a people's singular and plural; a word in -ese, -sh, -nch, -tch or -s has one.

    >>> english_people("Iraqi"), english_people("Chinese"), english_people("Englishman")
    (('Iraqi', 'Iraqis'), ('Chinese',), ('Englishman', 'Englishmen'))
    """
    if singular.endswith(("ese", "sh", "nch", "tch", "s", "Lao")):
        return (singular,)
    if singular.endswith("man"):
        return singular, f"{singular[:-3]}men"
    if singular.endswith("y") and singular[-2] not in "aeiou":
        return singular, f"{singular[:-1]}ies"
    return singular, f"{singular}s"
