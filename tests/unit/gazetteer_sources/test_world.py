"""The tables of the world against the countries and cities that they must not contradict."""

from collections import Counter

import pytest
import shapely

from geoincidents.gazetteer import open_gazetteer
from geoincidents.gazetteer.sources.curated import read_table, values
from geoincidents.gazetteer.sources.names import name_key
from geoincidents.resolution import resolve_name

TABLES = ["landmarks", "regions", "waters"]
#: Passes, bridges and crossings lie on the border itself, which is simplified.
BORDER_KM = 25
KM_A_DEGREE = 111
#: The city, unit and island of one name: the same place.
NEARBY_KM = 50
LARGE_CITY = 100_000
#: Known by this name all over the world, the namesake only nearby: the news means these.
OUTSHINE = frozenset(
    [
        "Alhambra",
        "Bali",
        "Hollywood",
        "Labrador",
        "Long Island",
        "Orkney",
        "Rio Grande",
        "Saint Thomas",
        "Silesia",
        "St. Thomas",
        "Westminster",
    ]
)


@pytest.fixture(scope="module")
def gazetteer():
    return open_gazetteer()


def placed(table):
    return [row for row in read_table(table) if row["lat"]]


@pytest.mark.parametrize("table", TABLES)
def test_no_name_is_given_to_two_rows_of_one_country(table):
    seen = Counter(
        (row.get("country", ""), key)
        for row in read_table(table)
        for key in {name_key(name) for name in values(row["en"])}
    )
    assert [name for name, count in seen.items() if count > 1] == []


@pytest.mark.parametrize("table", TABLES)
def test_points_are_on_the_globe_and_extents_are_of_a_place(table):
    for row in placed(table):
        assert -90 <= float(row["lat"]) <= 90, row
        assert -180 <= float(row["lon"]) <= 180, row
        assert 0 < float(row["km"]) <= 10_000, row


@pytest.mark.parametrize("table", ["landmarks", "regions"])
def test_no_point_lies_in_another_country_than_the_one_named(gazetteer, table):
    rows = [row for row in placed(table) if row["country"]]
    found = gazetteer.reverse_many(
        [float(row["lon"]) for row in rows], [float(row["lat"]) for row in rows]
    )
    astray = [
        (row["en"], row["country"], answer.country.country)
        for row, answer in zip(rows, found, strict=True)
        if answer.country is not None
        and answer.country.country != row["country"]
        and km_from_country(gazetteer, row) > max(BORDER_KM, float(row["km"]))
    ]
    assert astray == []


def km_from_country(gazetteer, row):
    """How far a row's point is from the country it names; 0 where that has no polygon."""
    shape = gazetteer.geometry(gazetteer.country(row["country"]))
    point = shapely.Point(float(row["lon"]), float(row["lat"]))
    return shape.distance(point) * KM_A_DEGREE if shape is not None else 0.0


def larger_namesakes(gazetteer, row):
    """Names of a row by which a country, a unit or a large city somewhere else is called."""
    reach = max(NEARBY_KM, float(row["km"] or 0)) / KM_A_DEGREE
    for name in values(row["en"]):
        for hit in gazetteer.lookup(name):
            feature, form = hit.feature, hit.form
            city = feature.code.startswith("PPL") and feature.population >= LARGE_CITY
            large = city or feature.code == "ADM1" or feature.code.startswith("PCL")
            known = form in {"main", "official"} and not feature.id.startswith("gi:")
            apart = (
                row["lat"]
                and max(abs(feature.lat - float(row["lat"])), abs(feature.lon - float(row["lon"])))
                > reach
            )
            if known and large and apart:
                yield name


@pytest.mark.parametrize("table", TABLES)
def test_no_name_shadows_a_country_a_unit_or_a_large_city_elsewhere(gazetteer, table):
    shadows = {name for row in read_table(table) for name in larger_namesakes(gazetteer, row)}
    assert sorted(shadows - OUTSHINE) == []


@pytest.mark.parametrize(
    ("name", "code"), [("Ganges", "STM"), ("Lake Como", "LK"), ("Vesuvius", "VLC"), ("Java", "ISL")]
)
def test_a_great_water_or_landform_comes_before_towns_of_its_name(gazetteer, name, code):
    assert gazetteer.lookup(name)[0].feature.code == code


@pytest.mark.parametrize(
    ("name", "code"),
    [("Dnipro", "PPLA"), ("Izium", "PPLA2"), ("Volga", "STM"), ("Perm", "PPLA"), ("Crete", "ADM1")],
)
def test_a_bare_name_is_the_city_before_its_river_and_its_district(gazetteer, name, code):
    assert resolve_name(name, gazetteer)[0].feature.code == code
