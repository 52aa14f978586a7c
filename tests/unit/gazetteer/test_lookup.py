"""Names, ids and units of a gazetteer file."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from geoincidents.gazetteer import Gazetteer, open_gazetteer
from geoincidents.gazetteer.build import write_store
from geoincidents.gazetteer.store import Store

from .conftest import town, world

if TYPE_CHECKING:
    from pathlib import Path


def ids(hits: tuple[object, ...]) -> list[str]:
    return [hit.feature.id for hit in hits]  # type: ignore[attr-defined]


def test_a_name_is_found_in_every_alphabet_and_spelling(little: Gazetteer) -> None:
    for name in ("Kharkiv", "KHARKIV", "Харків", "Харьков", "Kharkov"):
        assert ids(little.lookup(name)) == ["geonames:101"], name


def test_a_hit_tells_what_kind_of_name_it_is(little: Gazetteer) -> None:
    (hit,) = little.lookup("kharkov")
    assert (hit.name, hit.form, hit.language, hit.period) == (
        "Kharkov",
        "historical",
        "en",
        "until 1991",
    )


def test_diacritics_are_no_obstacle(little: Gazetteer) -> None:
    assert ids(little.lookup("Bialystok")) == ["geonames:102"]


def test_the_larger_of_two_namesakes_comes_first(little: Gazetteer) -> None:
    assert ids(little.lookup("Aldorf")) == ["geonames:105", "geonames:104"]


@pytest.mark.parametrize("form", ["Харькове", "Харьковом", "Харькову", "Харкові", "Харкова"])
def test_inflection_is_undone_and_the_hit_bears_the_nominative(
    little: Gazetteer, form: str
) -> None:
    hit = little.lookup(form)[0]
    assert hit.feature.id == "geonames:101"
    assert hit.name in {"Харьков", "Харків"}


def test_membership_undoes_no_inflection(little: Gazetteer) -> None:
    assert little.has_name("харьков")
    assert not little.has_name("Харькове")


def test_an_unknown_name_is_no_hit_but_may_be_suggested(little: Gazetteer) -> None:
    assert little.lookup("Kupyanks") == ()
    assert ids(little.suggest("Kupyanks")) == ["geonames:103"]
    assert ids(little.suggest("Kupiansc")) == ["geonames:103"]
    assert ids(little.suggest("Харьковв")) == ["geonames:101"]


def test_search_finds_beginnings_the_largest_first(little: Gazetteer) -> None:
    assert ids(little.search("ku")) == ["geonames:103"]
    assert ids(little.search("Westland"))[0] == "geonames:1"


def test_a_feature_knows_its_units(little: Gazetteer) -> None:
    feature = little.feature("geonames:101")
    assert (feature.country, feature.country_name) == ("WL", "Westland")
    assert (feature.admin1, feature.admin1_id) == ("Westland North", "geonames:11")
    assert little.admin1_of(feature) == little.feature("geonames:11")
    assert little.country_of(feature) == little.country("WL") == little.country("wld")


def test_an_unknown_id_or_country_is_a_key_error(little: Gazetteer) -> None:
    for ask in (lambda: little.feature("geonames:999"), lambda: little.country("ZZ")):
        with pytest.raises(KeyError):
            ask()


def test_capitals_of_countries_and_units(little: Gazetteer) -> None:
    assert little.capital(little.country("WL")) == little.feature("geonames:101")
    assert little.capital(little.feature("geonames:11")) == little.feature("geonames:101")
    assert little.capital(little.feature("geonames:22")) is None


def test_units_of_a_country(little: Gazetteer) -> None:
    assert {unit.name for unit in little.admin1s("el")} == {"Near Province", "Far Province"}


def test_features_without_a_geonames_number_are_found_by_id(little: Gazetteer) -> None:
    gate = little.feature("gi:site/gate")
    assert (gate.name, gate.source, gate.licence) == ("North Gate", "own survey", "CC0-1.0")


def test_names_of_a_feature_begin_with_the_main_one(little: Gazetteer) -> None:
    names = [hit.name for hit in little.names(little.feature("geonames:101"))]
    assert names == ["Kharkiv", "Харків", "Харьков", "Kharkov"]


def test_demonyms_point_at_their_country(little: Gazetteer) -> None:
    (hit,) = little.lookup("westlander")
    assert (hit.feature.id, hit.form) == ("geonames:1", "demonym")


def test_an_own_layer_wins_and_the_rest_still_answers(world_file: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.gazetteer"
    write_store(
        [
            town(101, "Kharkiv", 51.6, 30.6, country="WL", admin1="geonames:11"),
            town(9001, "Aldorf", 51.0, 30.9, country="WL", admin1="geonames:12"),
        ],
        own,
        layer=True,
    )
    layered = open_gazetteer(world_file, layers=[own])
    assert layered.feature("geonames:101").lat == 51.6
    assert ids(layered.lookup("Kharkiv")) == ["geonames:101"]
    assert ids(layered.lookup("Aldorf")) == ["geonames:9001", "geonames:105", "geonames:104"]
    assert layered.feature("geonames:9001").admin1 == "Westland South"


def test_the_source_can_be_given_its_way_over_boundaries(world_file: Path) -> None:
    filed = Gazetteer([Store(world_file)], boundary_policy="source")
    assert filed.feature("geonames:12").country == "EL"
    assert {unit.id for unit in filed.admin1s("WL")} == {"geonames:11"}


def test_every_row_written_is_read_back(little: Gazetteer) -> None:
    for row in world():
        feature = little.feature(row.id)
        assert (feature.name, feature.code, feature.precision) == (
            row.name,
            row.code,
            row.precision,
        )
        assert (feature.lat, feature.lon) == pytest.approx((row.lat, row.lon), abs=1e-6)
        assert feature.population == row.population
        assert row.id in ids(little.lookup(row.name))


def test_a_look_up_loads_neither_numpy_nor_shapely(world_file: Path) -> None:
    code = (
        "import sys; from geoincidents.gazetteer import open_gazetteer as o;"
        f"g = o({str(world_file)!r}); assert g.lookup('Kharkiv') and g.suggest('Kharkivv');"
        "print([m for m in ('numpy', 'shapely', 'pandas', 'geopandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "name", ["", " ", "-", "\ud800", "\x00\x01", "К" * 100_000, "ва " * 40_000, "a\x01b", "'\n'"]
)
def test_hostile_names_are_names_of_nothing(little: Gazetteer, name: str) -> None:
    assert little.lookup(name) == ()
    assert not little.has_name(name)
    assert little.suggest(name) == ()
