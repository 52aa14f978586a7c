"""What the attributes of boundary files and own places are called, and what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geoincidents.gazetteer.rows import RowName

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Spellings of each attribute, folded to lower case, the first that is there wins.
NAME = ("name", "shapename", "name_en", "name_2", "name_1", "adm2_en", "adm1_en", "nam", "title")
LATITUDE = ("lat", "latitude", "y")
LONGITUDE = ("lon", "lng", "long", "longitude", "x")
COUNTRY = ("country", "country_code", "iso_a2", "iso2", "shapegroup", "adm0_a3", "iso3", "iso_a3")
LEVEL = ("shapetype", "level", "admin_level", "adm_level")
ISO = ("shapeiso", "iso_3166_2", "iso3166-2", "iso")
OTHER_NAMES = ("names", "alternate_names", "alternatenames", "aliases", "name_alt")
_LEVELS = {"ADM0": 0, "ADM1": 1, "ADM2": 2, "0": 0, "1": 1, "2": 2, "4": 1, "6": 2}


class Properties:
    """Attributes of one feature, found whatever their case."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = {str(key).strip().casefold(): value for key, value in values.items()}

    def text(self, *keys: str) -> str:
        """Value of the first attribute of these that is there; empty for none."""
        for key in keys:
            value = self._values.get(key)
            if value is not None and str(value).strip():
                return str(value).strip()
        return ""

    def number(self, *keys: str) -> float | None:
        """Value of the first attribute of these, a number; None for none.

        Raises
        ------
        ValueError
            When what is there is no number.
        """
        text = self.text(*keys).replace(",", ".")
        return float(text) if text else None

    def level(self) -> int | None:
        """Administrative level: 0 a country, 1, 2; None when it is not said."""
        return _LEVELS.get(self.text(*LEVEL).upper())

    def names(self, main: str) -> tuple[RowName, ...]:
        """All names but the main one: lists, and attributes such as ``name_uk``, ``name:uk``."""
        found = [RowName(text) for text in _listed(self.text(*OTHER_NAMES))]
        for key, value in self._values.items():
            language = key[5:]
            if key[:5] in ("name_", "name:") and len(language) == 2 and isinstance(value, str):
                found.append(RowName(value.strip(), language, "common"))
        return tuple(name for name in dict.fromkeys(found) if name.text and name.text != main)


def _listed(text: str) -> list[str]:
    separator = next((each for each in "|;" if each in text), ",")
    return [part.strip() for part in text.split(separator) if part.strip()]
