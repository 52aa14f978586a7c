"""A small gazetteer of known names, so that tests show what the recogniser does with them."""

from __future__ import annotations

import pytest

from geoincidents.model import Feature, Mention, NameHit, Report
from geoincidents.recognition import recognise

_TOWNS = {
    "Springfield": 150_000, "Odessa": 110_000, "Brest": 340_000, "Belgorod": 340_000,
    "Kharkiv": 1_400_000, "Kyiv": 2_900_000, "Kursk": 410_000, "Moscow": 12_000_000,
    "Gladkov": 300, "Reading": 160_000, "Paris": 2_100_000, "London": 8_900_000,
    "Washington": 600_000, "St. John's": 110_000, "John": 900, "Vancouver": 600_000, "Gao": 87_000,
    "Харьков": 1_400_000, "Белгород": 340_000, "Одеса": 1_000_000, "Правда": 1_400, "Сумы": 256_000,
}  # fmt: skip
_COUNTRIES = ("Russia", "Ukraine", "France", "Canada", "Mali", "Россия", "Україна")
_PROVINCES = ("Texas", "Ontario", "British Columbia", "Харьковская область", "Брянская область")
_DEMONYMS = {"Russian": "Russia", "Ukrainian": "Ukraine", "Canadians": "Canada"}
_CASES = {"Харькове": "Харьков", "Белгорода": "Белгород", "Одесі": "Одеса", "Сум": "Сумы"}


class SmallGazetteer:
    """Answers look-ups from the tables above."""

    def has_name(self, name: str) -> bool:
        return bool(self._exact(name))

    def lookup(self, name: str, language: str | None = None) -> tuple[NameHit, ...]:
        return self._exact(name) or self._exact(_CASES.get(name, ""))

    def _exact(self, name: str) -> tuple[NameHit, ...]:
        if name in _TOWNS:
            town = Feature(name, name, "PPL", "settlement", 0, 0, population=_TOWNS[name])
            return (NameHit(town, name),)
        for names, code, precision in (
            (_COUNTRIES, "PCLI", "country"),
            (_PROVINCES, "ADM1", "admin1"),
        ):
            if name in names:
                return (NameHit(Feature(name, name, code, precision, 0, 0), name),)
        if name in _DEMONYMS:
            country = Feature(_DEMONYMS[name], _DEMONYMS[name], "PCLI", "country", 0, 0)
            return (NameHit(country, name, "demonym"),)
        return ()


@pytest.fixture(scope="session")
def gazetteer() -> SmallGazetteer:
    return SmallGazetteer()


@pytest.fixture(scope="session")
def read(gazetteer):
    """Text → mentions."""

    def _read(text: str, **fields: object) -> tuple[Mention, ...]:
        return recognise(Report("test", text, **fields), gazetteer)

    return _read


def only(mentions: tuple[Mention, ...], text: str) -> Mention:
    """The one mention of that text."""
    (found,) = [m for m in mentions if m.text == text]
    return found


@pytest.fixture(scope="session")
def find(read):
    """Text and the text of a mention → that mention."""
    return lambda text, wanted: only(read(text), wanted)
