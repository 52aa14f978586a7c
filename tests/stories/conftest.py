"""Reports told against a tiny map, so that a story needs no gazetteer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from geoincidents.extraction import Extraction, extract
from geoincidents.model import Location, Mention, Report

if TYPE_CHECKING:
    from collections.abc import Callable

#: name → (canonical name, precision, country, country name, province, lat, lon)
PLACES = {
    "Harv": ("Harv", "settlement", "UA", "Ukraine", "Harv Oblast", 49.9, 36.2),
    "Dobro": ("Dobro", "settlement", "UA", "Ukraine", "Dobro Oblast", 48.4, 35.0),
    "Lymna": ("Lymna", "settlement", "UA", "Ukraine", "Lymna Oblast", 46.6, 32.6),
    "Orsk": ("Orsk", "settlement", "RU", "Russia", "Orsk Oblast", 50.6, 36.6),
    "Orsk Oblast": ("Orsk Oblast", "admin1", "RU", "Russia", "Orsk Oblast", 50.7, 37.0),
    "Harv Oblast": ("Harv Oblast", "admin1", "UA", "Ukraine", "Harv Oblast", 49.6, 36.4),
    "Bekaat": ("Bekaat", "settlement", "LB", "Lebanon", "Bekaa", 33.9, 36.0),
    "Nabat": ("Nabat", "settlement", "PS", "Palestine", "Gaza", 31.4, 34.3),
    "Tessal": ("Tessal", "settlement", "ML", "Mali", "Kidal", 20.2, 1.0),
    "Darsal": ("Darsal", "settlement", "SD", "Sudan", "North Darfur", 13.6, 25.3),
    "Maiduk": ("Maiduk", "settlement", "NG", "Nigeria", "Borno", 11.8, 13.1),
    **dict.fromkeys(
        ["Romania", "Румыния", "Румынии", "Румунія", "Румунії"],
        ("Romania", "country", "RO", "Romania", None, 46.0, 25.0),
    ),
    "Ukraine": ("Ukraine", "country", "UA", "Ukraine", None, 49.0, 32.0),
    "Russia": ("Russia", "country", "RU", "Russia", None, 60.0, 90.0),
    "Lebanon": ("Lebanon", "country", "LB", "Lebanon", None, 33.9, 35.9),
    "Russian": ("Russia", "country", "RU", "Russia", None, 60.0, 90.0),
    "Ukrainian": ("Ukraine", "country", "UA", "Ukraine", None, 49.0, 32.0),
    "Israeli": ("Israel", "country", "IL", "Israel", None, 31.5, 35.0),
    "Орск": ("Orsk", "settlement", "RU", "Russia", "Orsk Oblast", 50.6, 36.6),
    "Орске": ("Orsk", "settlement", "RU", "Russia", "Orsk Oblast", 50.6, 36.6),
    "Орска": ("Orsk", "settlement", "RU", "Russia", "Orsk Oblast", 50.6, 36.6),
    "Харву": ("Harv", "settlement", "UA", "Ukraine", "Harv Oblast", 49.9, 36.2),
    "Харві": ("Harv", "settlement", "UA", "Ukraine", "Harv Oblast", 49.9, 36.2),
    "Харв": ("Harv", "settlement", "UA", "Ukraine", "Harv Oblast", 49.9, 36.2),
}
DEMONYMS = {"Russian", "Ukrainian", "Israeli"}
EXTENT = {"settlement": 8e3, "admin1": 1.2e5, "country": 5e5}


def place(name: str) -> Location:
    title, precision, country, country_name, province, lat, lon = PLACES[name]
    own = province if precision != "country" else None
    return Location(
        title,
        lat,
        lon,
        precision,
        EXTENT[precision],
        0.9,
        feature_id=f"tiny:{title}",
        country=country,
        country_name=country_name,
        admin1=own,
        admin1_id=f"tiny:{own}" if own else None,
    )


def mentions_of(text: str, actors: tuple[str, ...] = ()) -> tuple[Mention, ...]:
    names = sorted(PLACES, key=len, reverse=True)
    found = []
    for match in re.finditer(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", text):
        name = match.group()
        kind = "demonym" if name in DEMONYMS else "toponym"
        role = "reference" if kind == "demonym" else "event"
        if name in actors:
            role = "actor"
        found.append(Mention(match.start(), match.end(), name, kind, role, place(name)))
    return tuple(found)


@pytest.fixture(scope="session")
def tell() -> Callable[..., Extraction]:
    """Read a story: its text, when it was published, who in it is spoken of as an actor."""

    def read(
        text: str,
        published: str | None = "2024-03-13",
        language: str | None = None,
        actors: tuple[str, ...] = (),
    ) -> Extraction:
        report = Report("story", text, published=published, language=language)
        return extract(report, mentions_of(text, actors))

    return read
