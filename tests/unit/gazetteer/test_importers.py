"""Full builds and own layers from files of the published forms."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
import shapely

from geoincidents.errors import SourceError, UsageError
from geoincidents.gazetteer import Gazetteer, open_gazetteer
from geoincidents.gazetteer.full import Downloads, add_places, build_full
from geoincidents.gazetteer.importers.geojson import read_features
from geoincidents.gazetteer.store import Store

if TYPE_CHECKING:
    from pathlib import Path


def line(
    number: object, name: str, lat: object, lon: object, kind: str, country: str, *codes: str,
    population: object = 0, others: str = "",
) -> str:  # fmt: skip
    """One line of a dump, as GeoNames writes it."""
    feature_class, code = kind.split(".")
    admin1, admin2 = (*codes, "", "")[:2]
    columns = [number, name, name, others, lat, lon, feature_class, code, country, "", admin1,
               admin2, "", "", population, "", "", "Europe/Kyiv", "2024-01-01"]  # fmt: skip
    return "\t".join(map(str, columns)) + "\n"


DUMP = [
    line(500, "Novyi Kut", 50.25, 30.25, "P.PPL", "WL", "07", "0701", population=1200),
    line(1, "Westland", 51, 30.5, "A.PCLI", "WL", "00"),
    line(10, "Kut Region", 50.5, 30.5, "A.ADM1", "WL", "07"),
    line(11, "Novyi District", 50.3, 30.3, "A.ADM2", "WL", "07", "0701"),
    line(501, "Capital", 50.6, 30.6, "P.PPLC", "WL", "07", population=9000, others="Hauptstadt"),
    line(600, "Long River", 50.1, 30.1, "H.STM", "WL", "07"),
]
ALTERNATES = [
    "1\t500\tuk\tНовий Кут\t1\t\t\t\t\t\n",
    "2\t500\tru\tНовый Кут\t\t\t\t\t\t\n",
    "3\t500\ten\tRedtown\t\t\t\t1\t1924\t2016\n",
    "4\t500\tlink\thttps://example.org/Novyi_Kut\t\t\t\t\t\t\n",
    "5\t500\tpost\t61000\t\t\t\t\t\t\n",
]


def zipped(folder: Path, stem: str, lines: list[str]) -> Path:
    path = folder / f"{stem}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "about")
        archive.writestr(f"{stem}.txt", "".join(lines))
    return path


def boundary(name: str | None, box: tuple[float, ...], **properties: Any) -> dict[str, Any]:
    named = {"shapeName": name} if name else {}
    return {
        "type": "Feature",
        "properties": {**named, "shapeType": "ADM1", "shapeGroup": "WLD", **properties},
        "geometry": json.loads(shapely.to_geojson(shapely.box(*box))),
    }


def collection(path: Path, features: list[dict[str, Any]]) -> Path:
    lines = ",\n".join(json.dumps(feature) for feature in features)
    path.write_text(f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}')
    return path


def refusals(path: Path) -> str:
    return path.with_name(path.name + ".refused.csv").read_text()


def test_a_full_build_joins_dump_names_and_boundaries(little: Gazetteer, tmp_path: Path) -> None:
    output = tmp_path / "my.gazetteer"
    downloads = Downloads(
        zipped(tmp_path, "allCountries", DUMP),
        zipped(tmp_path, "alternateNamesV2", ALTERNATES),
        (collection(tmp_path / "adm1.geojson", [boundary("Kut", (30, 50, 31, 51))]),),
    )
    (report,) = build_full(downloads, output, base=little)
    assert (report.features, report.refused) == (6, 0)
    built = Gazetteer([Store(output)])
    (hit,) = built.lookup("Новом Куте")
    assert (hit.feature.id, hit.feature.admin1, hit.feature.admin2) == (
        "geonames:500",
        "Kut Region",
        "Novyi District",
    )
    (old,) = built.lookup("Redtown")
    assert (old.form, old.period, old.language) == ("historical", "1924 to 2016", "en")
    assert built.lookup("61000") == ()
    assert built.capital(built.country("WL")) == built.feature("geonames:501")
    shape = built.geometry("geonames:10")
    assert shape is not None
    assert shape.equals(shapely.box(30, 50, 31, 51))
    assert "GeoNames" in str(built.info()[0]["attributions"])


def test_without_alternate_names_the_dump_s_own_serve(little: Gazetteer, tmp_path: Path) -> None:
    output = tmp_path / "my.gazetteer"
    build_full(Downloads(zipped(tmp_path, "WL", DUMP)), output, base=little)
    assert [hit.feature.name for hit in open_gazetteer(output).lookup("hauptstadt")] == ["Capital"]


def test_broken_lines_are_refused_by_file_and_line(little: Gazetteer, tmp_path: Path) -> None:
    lines = [
        *DUMP,
        "700\ttoo few columns\n",
        line(701, "Nowhere", "north", 1, "P.PPL", "WL"),
        line(702, "Off the globe", 95, 1, "P.PPL", "WL"),
        line(500, "Twice", 50, 30, "P.PPL", "WL"),
    ]
    output = tmp_path / "my.gazetteer"
    (report,) = build_full(Downloads(zipped(tmp_path, "WL", lines)), output, base=little)
    assert report.refused == 4
    rows = refusals(output).splitlines()[1:]
    assert [row.split(",")[1] for row in rows] == ["7", "8", "9", "10"]
    assert all("WL.zip" in row for row in rows)
    for why in ("columns", "no number", "out of range", "was there before"):
        assert why in refusals(output)


def test_lines_keep_their_numbers_when_names_are_joined(little: Gazetteer, tmp_path: Path) -> None:
    output = tmp_path / "my.gazetteer"
    lines = [*DUMP, line(702, "Off the globe", 95, 1, "P.PPL", "WL")]
    names = zipped(tmp_path, "alternateNamesV2", ALTERNATES)
    build_full(Downloads(zipped(tmp_path, "WL", lines), names), output, base=little)
    assert ",7,geonames:702," in refusals(output)


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[:-60]), "broken zip"),
        (lambda path: path.write_bytes(b"PK\x03\x04 and then nothing"), "broken zip"),
        (lambda path: zipped(path.parent, "WL", ["a,b,c\n"]), "19 tab-separated columns"),
        (lambda path: zipped(path.parent, "WL", []), "empty"),
    ],
)
def test_a_dump_of_another_form_builds_nothing(
    little: Gazetteer, tmp_path: Path, damage: Any, why: str
) -> None:
    dump = zipped(tmp_path, "WL", DUMP)
    damage(dump)
    output = tmp_path / "my.gazetteer"
    with pytest.raises(SourceError, match=why):
        build_full(Downloads(dump), output, base=little)
    assert not output.exists()
    assert not list(tmp_path.glob(".*"))


def test_a_zip_with_altered_data_builds_nothing(little: Gazetteer, tmp_path: Path) -> None:
    dump = zipped(tmp_path, "WL", DUMP * 50)
    data = bytearray(dump.read_bytes())
    data[len(data) // 2] ^= 0xFF
    dump.write_bytes(data)
    with pytest.raises(SourceError, match=r"WL\.zip"):
        build_full(Downloads(dump), tmp_path / "my.gazetteer", base=little)
    assert not (tmp_path / "my.gazetteer").exists()


def test_boundaries_that_cannot_be_are_named_with_their_line(
    little: Gazetteer, tmp_path: Path
) -> None:
    features = [
        boundary("Sound", (30, 50, 31, 51)),
        boundary(None, (31, 50, 32, 51)),
        boundary("Over the edge", (-179.5, 10, 179.5, 20)),
        {**boundary("Pointed", (1, 1, 2, 2)), "geometry": {"type": "Point", "coordinates": [1, 1]}},
        {**boundary("Broken", (1, 1, 2, 2)), "geometry": {"type": "Polygon", "coordinates": "no"}},
        boundary("Off the globe", (30, 50, 200, 51)),
    ]
    output = tmp_path / "my.gazetteer"
    boundaries = (collection(tmp_path / "adm1.geojson", features),)
    (report,) = build_full(Downloads(boundaries=boundaries), output, base=little)
    assert report.counts == {"admin1": 3}  # two are taken as points: their shapes are refused
    text = refusals(output)
    for number, why in (
        (3, "no name"),
        (4, "antimeridian"),
        (5, "no polygon"),
        (6, "cannot be read"),
        (7, "leaves the globe"),
    ):
        assert any(f",{number}," in row and why in row for row in text.splitlines()), why


def test_a_boundary_file_without_names_builds_nothing(little: Gazetteer, tmp_path: Path) -> None:
    path = collection(tmp_path / "adm1.geojson", [boundary(None, (30, 50, 31, 51))])
    with pytest.raises(SourceError, match="none of its 1 features has a name"):
        build_full(Downloads(boundaries=(path,)), tmp_path / "my.gazetteer", base=little)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        '{"type": "FeatureCollection", "features": [{"type": "Fea',
        '{"type": "FeatureCollection", "features": [1]}',
        '{"type": "FeatureCollection", "features": [{"x": NaN}]}',
        '<OGRVRTDataSource><OGRVRTLayer name="x"/></OGRVRTDataSource>',
    ],
)
def test_what_is_no_geojson_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.geojson"
    path.write_text(text)
    with pytest.raises(SourceError, match=r"x\.geojson"):
        list(read_features(path))


def test_own_places_of_a_table_lie_on_top(little: Gazetteer, tmp_path: Path) -> None:
    table = tmp_path / "places.csv"
    table.write_text(
        "name,lat,lon,names,name_uk,code,population\n"
        "Mill,50.4,30.4,Watermill|Old Mill,Млин,PPL,12\n"
        "Gone,ninety,30,,,,\n",
        encoding="utf-8",
    )
    report = add_places(table, base=little)
    assert (report.features, report.refused) == (1, 1)
    assert "places.csv,3,Gone" in refusals(report.path)
    layered = open_gazetteer(little.stores[0].path, layers=[report.path])
    for name in ("Mill", "watermill", "Млина"):
        (hit,) = layered.lookup(name)
        assert (hit.feature.country, hit.feature.admin1) == ("WL", "Westland South")


def test_own_places_of_geojson_and_geopackage(little: Gazetteer, tmp_path: Path) -> None:
    import geopandas

    frame = geopandas.GeoDataFrame(
        {"name": ["Depot", "Yard"], "precision": ["site", "region"]},
        geometry=[shapely.Point(30.4, 50.4), shapely.box(31.2, 50.2, 31.4, 50.4)],
        crs="EPSG:4326",
    )
    frame.to_file(tmp_path / "a.geojson", driver="GeoJSON")
    frame.to_crs("EPSG:3857").to_file(tmp_path / "b.gpkg", driver="GPKG")
    for name in ("a.geojson", "b.gpkg"):
        report = add_places(tmp_path / name, base=little)
        layered = open_gazetteer(little.stores[0].path, layers=[report.path])
        (depot,), (yard,) = layered.lookup("Depot"), layered.lookup("Yard")
        assert (depot.feature.lon, depot.feature.lat) == pytest.approx((30.4, 50.4), abs=1e-5)
        shape = layered.geometry(yard.feature)
        assert shape is not None
        assert shape.bounds == pytest.approx((31.2, 50.2, 31.4, 50.4), abs=1e-5)
        assert yard.feature.extent_m > 10_000


@pytest.mark.parametrize("name", ["places.txt", "missing.csv"])
def test_own_places_of_another_form_are_wrong_use(
    little: Gazetteer, tmp_path: Path, name: str
) -> None:
    (tmp_path / "places.txt").write_text("Mill")
    with pytest.raises(UsageError):
        add_places(tmp_path / name, base=little)


def test_a_table_without_positions_is_refused(little: Gazetteer, tmp_path: Path) -> None:
    table = tmp_path / "places.csv"
    table.write_text("name,country\nMill,WL\n")
    with pytest.raises(SourceError, match="no column lat"):
        add_places(table, base=little)


OSM = """<osm version="0.6">
<node id="1" version="1" lat="50.4" lon="30.4"><tag k="place" v="village"/>
  <tag k="name" v="Млинки"/><tag k="name:en" v="Mlynky"/><tag k="old_name" v="Red Mill;Mill 2"/>
  <tag k="population" v="1 204"/></node>
<node id="2" version="1" lat="50.1" lon="30.1"/><node id="3" version="1" lat="50.1" lon="30.2"/>
<node id="4" version="1" lat="50.2" lon="30.2"/>
<node id="5" version="1" lat="50.5" lon="30.5"><tag k="shop" v="bakery"/>
  <tag k="name" v="Bun"/></node>
<way id="9" version="1"><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="2"/>
  <tag k="power" v="plant"/><tag k="name" v="Kut Power Station"/></way>
</osm>"""


def test_openstreetmap_comes_as_a_layer_of_its_own(little: Gazetteer, tmp_path: Path) -> None:
    pytest.importorskip("osmium")
    extract = tmp_path / "region.osm"
    extract.write_text(OSM, encoding="utf-8")
    (report,) = build_full(Downloads(osm=extract), tmp_path / "my.gazetteer", base=little)
    assert report.path == tmp_path / "my.osm.gazetteer"
    assert not (tmp_path / "my.gazetteer").exists()
    layered = open_gazetteer(little.stores[0].path, layers=[report.path])
    (village,), (plant,) = layered.lookup("Red Mill"), layered.lookup("Kut Power Station")
    assert (village.feature.id, village.form) == ("osm:node/1", "historical")
    assert (village.feature.population, village.feature.licence) == (1204, "ODbL-1.0")
    assert village.feature.admin1 == "Westland South"
    shape = layered.geometry(plant.feature)
    assert shape is not None
    assert shape.geom_type.endswith("Polygon")
    assert layered.lookup("Bun") == ()


def test_a_build_of_nothing_is_wrong_use(little: Gazetteer, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="at least one"):
        build_full(Downloads(), tmp_path / "my.gazetteer", base=little)
