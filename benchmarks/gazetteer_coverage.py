"""How much of what people geocoded the gazetteer could answer at best.

    python benchmarks/gazetteer_coverage.py [--gazetteer FILE] [--shared ../shared] [--misses N]

For each gold toponym of the geoparsing corpora: is there any candidate of that name
within 161 km? For the incident tables: the nearest candidate of that name in that
country. Nothing is ranked here; these are the ceilings that ranking works under.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import re
from collections import Counter
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoincidents.gazetteer import open_gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoincidents.gazetteer import Gazetteer

WITHIN_KM = 161
KIND_WORDS = {
    "street or address": "street st avenue ave road rd drive highway boulevard lane",
    "school or university": "school university college academy campus elementary",
    "building or facility": "hospital church hotel airport stadium museum center centre park jail "
    "prison court hall station cemetery theater theatre library mall bridge arena tower "
    "house palace mosque",
    "water or relief": "river lake creek bay sea ocean gulf island islands mountain mountains "
    "mount valley canyon beach peninsula desert hill hills falls reservoir coast",
    "county or district": "county parish district township province region oblast municipality",
}
DEMONYM = re.compile(r"(?:ians?|ese|ish|eans?|is|ans)$")


def km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    a1, o1, a2, o2 = map(radians, (lat1, lon1, lat2, lon2))
    h = sin((a2 - a1) / 2) ** 2 + cos(a1) * cos(a2) * sin((o2 - o1) / 2) ** 2
    return 12742.0 * asin(sqrt(h))


def nearest(
    gazetteer: Gazetteer, name: str, lat: float, lon: float, country: str | None = None
) -> float | None:
    hits = gazetteer.lookup(name)
    if country:
        hits = tuple(hit for hit in hits if hit.feature.country == country)
    return min((km(lat, lon, hit.feature.lat, hit.feature.lon) for hit in hits), default=None)


def kind_of(name: str) -> str:
    words = set(re.findall(r"\w+", name.lower()))
    for kind, listed in KIND_WORDS.items():
        if words & set(listed.split()) or (kind.startswith("street") and re.search(r"\d", name)):
            return kind
    return "demonym or adjective" if DEMONYM.search(name) else "other name"


def corpora(shared: Path) -> Any:
    spec = importlib.util.spec_from_file_location("corpora", shared / "tools" / "corpora.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold(shared: Path, name: str) -> Iterator[tuple[str, float, float]]:
    for document in corpora(shared).READERS[name](shared / "corpora"):
        for mention in document["mentions"]:
            if mention["lat"] is not None and mention["lon"] is not None:
                yield mention["text"], mention["lat"], mention["lon"]


def toponyms(gazetteer: Gazetteer, shared: Path, name: str, shown: int) -> None:
    kinds: Counter[tuple[str, str]] = Counter()
    names: Counter[tuple[str, str]] = Counter()
    total = found = 0
    for text, lat, lon in gold(shared, name):
        total += 1
        distance = nearest(gazetteer, text, lat, lon)
        if distance is not None and distance <= WITHIN_KM:
            found += 1
            continue
        why = "unknown" if distance is None else "elsewhere"
        kinds[kind_of(text), why] += 1
        names[text, why] += 1
    share = f"{found / total:.3f} with a candidate within {WITHIN_KM} km"
    print(f"{name:8} {total:5} gold toponyms, {share}")
    for (kind, why), count in kinds.most_common():
        print(f"         {count:5} {why:9} {kind}")
    if shown:
        print(
            "        ",
            ", ".join(f"{text} ({why}) {n}" for (text, why), n in names.most_common(shown)),
        )


def table(gazetteer: Gazetteer, path: Path, which: str, shown: int) -> None:
    codes: dict[str, str | None] = {}
    errors, names = [], Counter[str]()
    for row in csv.DictReader(path.open(newline="", encoding="utf-8")):
        if which == "ucdp" and row["where_prec"] != "1":
            continue
        name = row["town"] if which == "cir" else row["where_coordinates"]
        lat, lon = (
            (row["lat"], row["lon"]) if which == "cir" else (row["latitude"], row["longitude"])
        )
        if not name.strip():
            continue
        country = codes.setdefault(row["country"], country_code(gazetteer, row["country"]))
        name = re.sub(r"\s+(?:city|town|village|settlement)$", "", name, flags=re.IGNORECASE)
        errors.append(nearest(gazetteer, name, float(lat), float(lon), country))
        if errors[-1] is None or errors[-1] > 10:
            names[name] += 1
    shares = "  ".join(
        f"<={limit} km {sum(e is not None and e <= limit for e in errors) / len(errors):.3f}"
        for limit in (10, 25, 100)
    )
    print(f"{which:8} {len(errors):5} rows, nearest candidate of that name: {shares}")
    if shown:
        print("        ", ", ".join(f"{text} {n}" for text, n in names.most_common(shown)))


def country_code(gazetteer: Gazetteer, name: str) -> str | None:
    hits = [hit.feature for hit in gazetteer.lookup(name) if hit.feature.precision == "country"]
    return hits[0].country if hits else None


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gazetteer", type=Path)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[1].parent / "shared")
    parser.add_argument(
        "--misses", type=int, default=0, help="print that many missed names of each"
    )
    options = parser.parse_args()
    gazetteer = open_gazetteer(options.gazetteer)
    for name in ("lgl", "trnews", "tudloc"):
        toponyms(gazetteer, options.shared, name, options.misses)
    table(gazetteer, options.shared / "corpora" / "cir_places.csv", "cir", options.misses)
    table(gazetteer, options.shared / "corpora" / "ucdp_ukraine.csv", "ucdp", options.misses)


if __name__ == "__main__":
    main()
