"""A feature while it is gathered from several sources, before it becomes a `Row`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geoincidents.gazetteer.rows import Row, RowName
from geoincidents.gazetteer.sources.names import cyrillic_language, script_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geoincidents.model import NameForm, Precision

#: Forms from the weightiest to the lightest: a name given twice keeps the weightier.
_WEIGHT: dict[str, int] = {
    form: rank
    for rank, form in enumerate(
        (
            "main",
            "official",
            "common",
            "abbreviation",
            "historical",
            "alternate",
            "demonym",
            "adjective",
            "inflected",
            "code",
        )
    )
}
#: What a row takes over from its draft as it is.
_SHARED = frozenset(Row._fields) - {"lat", "lon", "names"}


@dataclass(slots=True)
class Draft:
    """One feature in the making; see `geoincidents.gazetteer.rows.Row` for the fields."""

    id: str
    name: str
    code: str
    precision: Precision
    lat: float
    lon: float
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    population: int = 0
    extent_m: float = 0.0
    geometry: bytes | None = None
    source: str = ""
    licence: str = ""
    source_country: str | None = None
    capital: str | None = None
    parts: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    names: dict[tuple[str, bool], RowName] = field(default_factory=dict)

    def add_name(
        self,
        text: str,
        form: NameForm = "alternate",
        language: str | None = None,
        period: str | None = None,
    ) -> None:
        """Add a name; the same text again only raises its form or tells its language."""
        text = " ".join(text.split())
        if not text:
            return
        if language is None and script_of(text) == "cyrillic":
            language = cyrillic_language(text, self.country)
        key = (text, form in {"demonym", "adjective"})
        old = self.names.get(key)
        if old is not None:
            form = min(form, old.form, key=_WEIGHT.__getitem__)
            language, period = language or old.language, period or old.period
        self.names[key] = RowName(text, language, form, period)

    def add_names(
        self, texts: Iterable[str], form: NameForm = "alternate", language: str | None = None
    ) -> None:
        """Add several names of one form and language."""
        for text in texts:
            self.add_name(text, form, language)

    def row(self) -> Row:
        """The finished row."""
        same = {name: getattr(self, name) for name in _SHARED}
        kept = tuple(name for name in self.names.values() if name != RowName(self.name))
        return Row(**same, lat=round(self.lat, 5), lon=round(self.lon, 5), names=kept)
