"""What importers hand to the store: one `Row` a feature, of any source.

An importer is a function that yields rows; it never sorts, never keeps them
all, and never touches the store. `geoincidents.gazetteer.build.write_store`
takes any iterable of rows, in any order, and writes the file.

A row's `id` is ``geonames:<number>`` wherever GeoNames knows the feature, else
``gi:<kind>/<slug>`` ("gi:site/belgorod-cathedral-square"), and must be unique
within one store. References to other rows (`admin1`, `admin2`, `capital`,
`parts`) are ids; a reference to an id that is not in the store is dropped and
counted, never an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from geoincidents.model import NameForm, Precision


class RowName(NamedTuple):
    """One name of a feature.

    `language` is ISO 639-1 ("en", "ru", "uk") or None where the source does not
    say; `period` is free text such as "until 2016" for a historical or politically
    renamed form. Demonyms and adjectives of a country or province are names of
    that feature with form "demonym" or "adjective".
    """

    text: str
    language: str | None = None
    form: NameForm = "alternate"
    period: str | None = None


class Row(NamedTuple):
    """One feature, as an importer yields it.

    Parameters
    ----------
    id
        ``geonames:<n>`` or ``gi:<kind>/<slug>``.
    name
        The main name, English where there is one. Found under by itself: it need
        not be repeated in `names` unless it has a language or form to tell.
    code
        GeoNames feature code: PPLC, PPLA, PPL, PCLI, ADM1, ADM2, CONT, RGN, SEA,
        LK, STM, AIRP, SQR, HTL, ….
    precision
        What the feature is as a location; see `geoincidents.model.Precision`.
    lat, lon
        Representative point in WGS84 degrees; GeoNames' own where a source has it.
    country
        ISO 3166-1 alpha-2 code, de jure; None for what lies in none or several. A
        country's or dependency's own row bears its own code.
    source_country
        Where the source files the feature under another country (Crimea), that
        code; None when the two agree.
    admin1, admin2
        Ids of the first- and second-level units that hold it; None for the unit itself.
    population
        Persons; 0 when unknown.
    extent_m
        Radius in metres of the circle about the point that holds the feature; 0 when
        unknown: the store then derives it from `geometry`, `population` or `code`.
    names
        All other names.
    geometry
        WKB (little-endian, lon, lat order): a polygon for an area, a line for a river
        or an official border, None for a point.
    capital
        Id of the capital or administrative centre of this country or unit.
    parts
        Ids of the features whose union this is (the Donbas: two oblasts; the EU: its
        members): the store takes geometry and extent from them.
    codes
        ISO and other codes of a country or unit ("UA", "UKR", "UA-63", "US-WV"); never
        found as names.
    source, licence
        Short name of the source ("GeoNames", "Natural Earth 10m"), SPDX id or
        "public domain".
    """

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
    names: tuple[RowName, ...] = ()
    geometry: bytes | None = None
    source: str = ""
    licence: str = ""
    source_country: str | None = None
    capital: str | None = None
    parts: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
