"""The page's parts in Python: safety of the file, columns, extent, basemap, styles."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample import at, belgorod, incident, place, sample, says

from geoincidents.errors import UsageError
from geoincidents.maps import render_map, write_map
from geoincidents.maps.basemap import cut_basemap
from geoincidents.maps.bundle import ASSETS, bundle, module_order, read_asset
from geoincidents.maps.columns import columnar
from geoincidents.maps.extent import WORLD, extent
from geoincidents.maps.page import embed_json, latest, messages, narrowed
from geoincidents.maps.picture import draw_picture
from geoincidents.maps.showing import shown_places
from geoincidents.maps.styles import open_style
from geoincidents.model import Claim, IncidentCollection, Report

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def of(*places: Any) -> IncidentCollection:
    made = incident("inc-1", "Air/drone strike", None, tuple(at(p) for p in places), "claimed")
    return IncidentCollection((made,), ())


def test_the_page_asks_no_host_and_allows_only_its_own_scripts() -> None:
    html = render_map(sample())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html).group(1)  # type: ignore[union-attr]
    policy = policy.replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "base-uri 'none'" in policy
    assert "form-action 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r'(?:src|href)="(?:https?:)?//', SCRIPT.sub("", html))
    for script in SCRIPT.findall(html):
        digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


@given(st.text() | st.sampled_from(["</script>", "<!--", "\u2028", "\ud800", "${1}"]))
def test_embedded_json_reads_back_and_ends_no_script(text: str) -> None:
    told = embed_json([text])
    assert "<" not in told
    assert "\u2028" not in told
    assert json.loads(told) == [text.encode("utf-8", "replace").decode()]
    few = narrowed(embed_json(["x" * 9000, text[:9]]))
    assert few.isascii() or len(few) < 9000 + 60
    assert json.loads(few) == ["x" * 9000, text[:9].encode("utf-8", "replace").decode()]


def test_vendored_files_are_what_their_hashes_say() -> None:
    lines = read_asset("vendor", "SHA256SUMS").splitlines()
    assert len(lines) >= 3
    for line in lines:
        digest, name = line.split()
        assert hashlib.sha256((ASSETS / "vendor" / name).read_bytes()).hexdigest() == digest


def test_bundled_modules_share_no_name_and_keep_no_import() -> None:
    for entry in ("main.js", "folium.js"):
        names: list[str] = []
        for module in module_order(entry):
            source = read_asset("js", module)
            names += re.findall(
                r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", source, re.MULTILINE
            )
        assert len(names) == len(set(names))
        assert not re.search(r"^(?:import|export) ", bundle(entry), re.MULTILINE)
        assert "</script" not in bundle(entry)


def test_the_interface_has_the_same_words_in_each_language() -> None:
    english = messages()["en"]
    for language, words in messages().items():
        assert words.keys() == english.keys(), language
        for key, text in words.items():
            fields = [set(re.findall(r"\{(\w+)\}", str(t))) - {"n"} for t in (text, english[key])]
            assert fields[0] == fields[1] or isinstance(text, dict), key


def test_columns_tell_each_claim_with_its_claimant_and_words() -> None:
    data = columnar(IncidentCollection((belgorod(),), sample().reports), open_style())
    claims, text = data["claim"], data["strings"]
    assert claims["n"] == 7
    assert [text[n] for n in claims["who"]][:3] == ["Emergencies ministry"] * 2 + [
        "Regional governor"
    ]
    assert claims["min"][:4] == [14, 2, 21, 24]
    assert "risen to 21" in text[claims["text"][2]]


def test_coordinates_are_rounded_when_asked() -> None:
    data = columnar(of(place("X", 36.123456, 50.987654)), open_style(), decimals=1)
    assert (data["place"]["x"], data["place"]["y"]) == (3_610_000, 5_100_000)


def test_a_place_that_holds_a_more_precise_one_is_not_drawn() -> None:
    city = place("City", 36.58, 50.61, "settlement", 8000, "RU", "Belgorod Oblast")
    square = place("Square", 36.587, 50.596, "site", 100, "RU", "Belgorod Oblast")
    oblast = place("Belgorod Oblast", 37.5, 50.8, "admin1", 130_000, "RU", "Belgorod Oblast")
    other = place("Kursk Oblast", 36.2, 51.7, "admin1", 110_000, "RU", "Kursk Oblast")
    assert shown_places(tuple(at(p) for p in (oblast, city, square, other))) == {2, 3}


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-80, 80)), min_size=1, max_size=6))
def test_the_extent_holds_every_place_in_some_copy_of_the_world(
    spots: list[tuple[float, float]],
) -> None:
    west, south, east, north = extent(of(*(place("X", x, y) for x, y in spots)))
    assert south < north
    assert west < east <= west + 360.001
    for x, y in spots:
        assert south <= y <= north
        assert any(west - 1e-6 <= x + turn <= east + 1e-6 for turn in (-360, 0, 360, 720))


def test_across_the_antimeridian_the_extent_is_narrow() -> None:
    west, _, east, _ = extent(of(place("A", 179.9, -17), place("B", -179.9, -17)))
    assert east - west < 2
    assert extent(IncidentCollection((), ())) == WORLD


def test_a_whole_country_does_not_widen_a_map_that_has_something_smaller() -> None:
    country = place("Russia", 97.0, 61.0, "country", 4_000_000, "RU")
    west, _, east, _ = extent(of(country, place("City", 36.6, 50.6)))
    assert east - west < 2


@pytest.mark.parametrize(
    "bounds", [(22, 44, 41, 53), (36, 50, 37, 51), (178, -20, 183, -15), WORLD]
)
def test_a_basemap_fits_its_bytes_and_its_rings_close(bounds: tuple[float, ...]) -> None:
    cut = cut_basemap(bounds)  # type: ignore[arg-type]
    assert len(json.dumps(cut, ensure_ascii=False, separators=(",", ":")).encode()) <= 300_000
    used = [max(ref, ~ref) for ring in cut["coast"] for ref in ring]
    assert max(used) < len(cut["arcs"])
    assert cut["lines"]["border"]


@settings(deadline=None, max_examples=8)
@given(st.text(min_size=0, max_size=400))
def test_any_title_makes_a_page(title: str) -> None:
    assert "<h1" in render_map(IncidentCollection((), ()), title=title)


def test_an_unknown_style_language_or_ending_is_one_clear_sentence(tmp_path: Path) -> None:
    for call in (
        lambda: render_map(sample(), style="none-such"),
        lambda: render_map(sample(), language="xx"),
        lambda: write_map(sample(), tmp_path / "map.docx"),
    ):
        with pytest.raises(UsageError, match=r"\.$"):
            call()


def test_the_file_is_written_whole(tmp_path: Path) -> None:
    write_map(sample(), tmp_path / "map.html", title="A week")
    assert (tmp_path / "map.html").read_text(encoding="utf-8").rstrip().endswith("</html>")
    assert [p.name for p in tmp_path.iterdir()] == ["map.html"]


@pytest.mark.parametrize(
    ("suffix", "magic"), [(".png", b"\x89PNG"), (".svg", b"<?xml"), (".pdf", b"%PDF")]
)
def test_pictures_are_drawn_without_a_browser(suffix: str, magic: bytes, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    path = tmp_path / f"map{suffix}"
    draw_picture(sample(), path, suffix, title="A $week$ in winter")
    assert path.read_bytes().startswith(magic)


def test_cities_bear_ukrainian_and_russian_names_where_they_are_known() -> None:
    names = {city[0][0]: city[0][1:] for city in cut_basemap((30.0, 46.0, 37.0, 51.0))["cities"]}
    assert names["Kharkiv"] == ["Харків", "Харьков"]
    assert names["Kryvyi Rih"] == ["Кривий Ріг", "Кривой Рог"]
    assert names["Cairo"] == ["Каїр", "Каир"]
    told = [name for pair in names.values() for name in pair if name]
    assert len(told) > 200
    assert all(re.fullmatch(r"[А-Яа-яЁёЄєІіЇїҐґ'’ʼ .()-]+", name) for name in told)


def test_a_column_that_repeats_another_only_names_it() -> None:
    def of_toll(n: int) -> Any:
        claims = (Claim("killed", n, n, "exact", says("a", f"{n} dead")),)
        spot = at(place("Spot", 36.0, 50.0))
        return incident(f"inc-{n}", "Air/drone strike", None, (spot,), "claimed", claims=claims)

    made = map(of_toll, range(3))
    table = columnar(IncidentCollection(tuple(made), sample().reports), open_style(None))["claim"]
    assert table["min"] == [0, 1, 2]
    assert table["max"] == {"as": ["claim", "min"]}
    assert isinstance(table["text"], list)
    assert columnar(sample(), open_style(None))["claim"]["max"] == {"as": ["claim", "min"]}


def test_the_cut_off_is_the_latest_moment_that_a_report_bears() -> None:
    def cutoff(*stamps: str | None) -> str | None:
        return latest(tuple(Report(str(n), "", published=s) for n, s in enumerate(stamps)))

    assert cutoff() is None
    assert cutoff(None, "", "yesterday", "<script>") is None
    assert cutoff("2024-01-05", "2024-01-04T23:00:00Z") == "2024-01-05"
    assert (
        cutoff("2024-01-05T01:00:00+03:00", "2024-01-04T23:30:00+00:00") == "2024-01-04 23:30 UTC"
    )
    assert cutoff("2024-01-05T01:00:00") == "2024-01-05 01:00"
    assert cutoff("0001-01-01T00:00:00+14:00", "2020-02-02") == "2020-02-02"
