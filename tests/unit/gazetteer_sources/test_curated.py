import pytest

from geoincidents.errors import SourceError
from geoincidents.gazetteer.sources import curated
from geoincidents.gazetteer.sources.airports import read_airports
from geoincidents.gazetteer.sources.curated import read_table, values
from geoincidents.gazetteer.sources.drafts import Draft
from geoincidents.gazetteer.sources.handmade import (
    Directory,
    add_peoples,
    read_landmarks,
    read_sites,
    read_villages,
    read_waters,
)

TABLES = [
    "admin1",
    "countries",
    "districts",
    "landmarks",
    "peoples",
    "points",
    "regions",
    "renamings",
    "seats",
    "sites",
    "villages",
    "waters",
]


@pytest.mark.parametrize("table", TABLES)
def test_every_curated_table_is_rectangular_and_every_row_is_once(table):
    rows = [tuple(row.values()) for row in read_table(table)]
    assert rows
    assert len(rows) == len(set(rows))


def test_sites_are_many_and_each_cites_its_source_and_lies_in_its_country():
    rows = list(read_table("sites", "source"))
    assert len(rows) >= 150
    cited = {row["source"].split(":")[0] for row in rows}
    assert cited <= {"Wikipedia", "Wikipedia (ru)", "Wikipedia (uk)", "OpenStreetMap"}
    assert all(44 < float(row["lat"]) < 70 and 19 < float(row["lon"]) < 105 for row in rows)
    assert {row["slug"] for row in rows} >= {"belgorod-cathedral-square", "kharkiv-palace-hotel"}


def test_regions_have_parts_or_a_centre_and_an_extent():
    for row in read_table("regions"):
        assert row["parts"] or (row["lat"] and row["lon"] and row["km"]), row["slug"]


def test_ids_of_handmade_features_are_unique():
    directory = Directory({}, [])
    features = [
        *read_waters(),
        *read_sites(directory),
        *read_landmarks(),
        *read_villages(directory),
    ]
    assert len({feature.id for feature in features}) == len(features)
    assert all(feature.extent_m > 0 or feature.code == "PPL" for feature in features)


def test_a_village_that_is_known_under_another_spelling_is_only_given_its_names():
    known = Draft("geonames:1", "Piski", "PPL", "settlement", 48.06, 37.67, country="UA",
                  admin1="UA.05", population=2000)  # fmt: skip
    added = list(read_villages(Directory({}, [known])))
    assert "gi:place/ua-05-pisky" not in {village.id for village in added}
    assert "Піски" in {name.text for name in known.names.values()}


def test_peoples_are_names_of_their_country_and_unknown_places_are_told():
    ukraine = Draft("geonames:690791", "Ukraine", "PCLI", "country", 49, 32, country="UA")
    lost = add_peoples(Directory({"UA": ukraine}, []))
    forms = {(name.text, name.form) for name in ukraine.names.values()}
    assert ("Ukrainians", "demonym") in forms
    assert ("українського", "adjective") in forms
    assert "US" in lost


def test_a_table_with_a_missing_column_or_a_broken_row_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(curated, "data_path", lambda *parts: tmp_path / parts[-1])
    (tmp_path / "odd.csv").write_text("a,b\n1,2,3\n", encoding="utf-8")
    with pytest.raises(SourceError, match="lacks the column c"):
        list(read_table("odd", "c"))
    with pytest.raises(SourceError, match="line 2"):
        list(read_table("odd"))


def test_cells_hold_several_values():
    assert values(" a | b||c ") == ("a", "b", "c")


def town(number, name, people, *aliases):
    draft = Draft(f"geonames:{number}", name, "PPL", "settlement", 50, 30, country="UA",
                  admin1="UA.13", population=people)  # fmt: skip
    draft.add_names(aliases)
    return draft


def test_a_city_is_meant_by_its_other_name_before_a_hamlet_that_has_no_other():
    city, hamlet = town(1, "Greatburgh", 500_000, "Greatburg"), town(2, "Greatburg", 700)
    rival = town(3, "Smallburg", 4_000)
    directory = Directory({}, [city, hamlet, rival])
    assert directory.find("UA:Greatburg") is city
    assert directory.find("UA.13:Smallburg") is rival
    assert directory.find("UA:Nowhere") is None
    assert directory.find("geonames:2") is hamlet


AIRPORTS = """icao,iata,name,city,subd,country,elevation,lat,lon,tz,lid
EGXX,XXA,Newtown Foster Airport,Newtown,,GB,1,51.0,0.0,x,
EGXY,,Old Strip,,,GB,1,52.0,0.0,x,
K00X,,Some Ranch,,,US,1,40.0,-100.0,x,
EGXZ,XXC,Curated Field,,,GB,1,53.001,0.0,x,
"""


class OneTable:
    def read(self, *_):
        return AIRPORTS.encode()


def test_airports_are_found_by_their_own_name_and_private_strips_left_out():
    site = Draft("gi:site/x", "Known Airport", "AIRP", "site", 53.0, 0.0, country="GB")
    first, second = read_airports(OneTable(), [site])
    names = {name.text for name in first.names.values()}
    assert {"Foster Airport", "Foster", "Newtown Airport"} <= names
    assert (second.name, second.code) == ("Old Strip Airport", "AIRF")
    assert "Curated Field Airport" in {name.text for name in site.names.values()}
