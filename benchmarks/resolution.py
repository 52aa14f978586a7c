"""Learn the weights of the ranking, and say how well they do on what they have not seen.

    python benchmarks/resolution.py CORPORA_FOLDER [--corpora lgl trnews tudloc] [--write FILE]

CORPORA_FOLDER holds the standard geoparsing corpora, and beside it ``tools/corpora.py``
reads them. Mentions of one name in one sense are one decision: a choice among the
gazetteer's options, a conditional logit with an L2 penalty. The first pass is fitted
on the name and the words beside it; its shares vote, and the second pass is fitted
with these votes, twice, as in use. Everything reported is of documents left out:
five folds over documents, and each corpus left out whole.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from resolution_fit import (
    PENALTY,
    PRIORS,
    Matrix,
    Point,
    calibrate,
    calibration_error,
    confidences,
    draw_calibration,
    reliability,
)

from geoincidents.gazetteer import open_gazetteer
from geoincidents.model import Mention
from geoincidents.resolution.context import Votes
from geoincidents.resolution.hints import distance_m
from geoincidents.resolution.options import answer_class
from geoincidents.resolution.ranking import (
    Group,
    Surroundings,
    all_parts,
    gather,
    softmax,
)
from geoincidents.resolution.shelf import Row, Shelf
from geoincidents.resolution.surroundings import home_ballots, unmarked_names
from geoincidents.resolution.weights import Weights, weigh

FOLDS = 5
RIGHT_M = 161_000.0
#: Where a bare name was taken for a province, the city it is named after is right too.
SHORT = "is short for the unit of a city so named"


@dataclass
class Case:
    """A group, which of its options are right, and how many gold mentions it stands for."""

    group: Group
    right: list[bool]
    count: int


@dataclass
class Document:
    """A document of a corpus, read once."""

    corpus: str
    number: int
    text: str
    mentions: list[Mention]
    gold: list[dict[str, Any]]
    cases: list[Case] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    unmarked: list[tuple[Row, ...]] = field(default_factory=list)

    def home(self, first: dict[str, float]) -> Votes:
        votes = Votes()
        for rows in self.unmarked:
            shares = softmax([weigh(row.option.parts, first) for row in rows])
            for option, share in home_ballots(rows, shares):
                votes.add(option, share)
        return votes


def read_corpora(folder: Path, names: list[str]) -> list[Document]:
    spec = importlib.util.spec_from_file_location("corpora", folder.parent / "tools" / "corpora.py")
    readers = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(readers)
    documents = []
    for name in names:
        rows = [row for row in readers.READERS[name](folder) if row["text"]]
        documents += [_document(name, number, row) for number, row in enumerate(rows)]
    return documents


def _document(corpus: str, number: int, row: dict[str, Any]) -> Document:
    gold = sorted(row["mentions"], key=lambda m: (m["start"], m["end"]))
    text = row["text"]
    mentions = [
        Mention(m["start"], m["end"], text[m["start"] : m["end"]], "toponym", language="en",
                names=(text[m["start"] : m["end"]],))
        for m in gold
    ]  # fmt: skip
    return Document(corpus, number, text, mentions, gold)


def is_right(gold: dict[str, Any], feature: Any) -> bool:
    if gold["feature_id"] is not None and gold["feature_id"] == feature.id:
        return True
    return distance_m(gold["lon"], gold["lat"], feature.lon, feature.lat) <= RIGHT_M


def _targets(gold: dict[str, Any], group: Group) -> list[bool]:
    """The very feature where the gazetteer has it, else what the scorers take for right."""
    same = [row.option.feature.id == gold["feature_id"] for row in group.rows]
    if gold["feature_id"] is not None and any(same):
        short = any(name == SHORT for name, _ in group.rows[same.index(True)].option.parts)
        if not short:
            return same
    return [is_right(gold, row.option.feature) for row in group.rows]


def prepare(documents: list[Document], shelf: Shelf) -> None:
    for document in documents:
        document.groups = gather(document.text, document.mentions, shelf)
        names = unmarked_names(document.text, document.mentions, shelf)
        document.unmarked = [shelf.rows((name,), "en", None) for name in names]
        document.cases = []
        for group in document.groups:
            targets: dict[tuple[bool, ...], int] = {}
            for index in group.members:
                gold = document.gold[index]
                if gold["lat"] is not None:
                    key = tuple(_targets(gold, group))
                    targets[key] = targets.get(key, 0) + 1
            document.cases += [Case(group, list(key), n) for key, n in targets.items()]


#: Groups of features for the ablation, by the beginnings of their names.
ABLATIONS = {
    "population": ("people",),
    "kind": ("kind",),
    "name form": ("name form", "bears the name itself"),
    "type words": ("type word", "named without", "is short for", "bears its city"),
    "container": ("in the unit named (", "not in the unit", "in the larger", "may hold"),
    "one sense per discourse": ("in the unit named elsewhere",),
    "other names": ("other names lie", "other names share"),
    "names beside": ("names beside",),
    "namesakes": ("other names occur",),
    "unmarked names": ("unmarked names",),
    "words of a country": ("words usual",),
}


def _parts(group: Group, at: int, dropped: tuple[str, ...]) -> list[tuple[str, float]]:
    parts = all_parts(group, at)
    return [part for part in parts if not part[0].startswith(dropped)] if dropped else parts


def _matrix(documents: list[Document], dropped: tuple[str, ...]) -> Matrix:
    matrix = Matrix()
    for document in documents:
        for case in document.cases:
            group = case.group
            matrix.add(case, [_parts(group, at, dropped) for at in range(len(group.rows))])
    return matrix


def _score(document: Document, weights: dict[str, float], dropped: tuple[str, ...]) -> None:
    for group in document.groups:
        group.scores = [weigh(_parts(group, at, dropped), weights) for at in range(len(group.rows))]
        group.shares = softmax(group.scores)


def _clear(documents: list[Document]) -> None:
    for document in documents:
        for group in document.groups:
            group.context = {}


def _count(surroundings: Surroundings) -> None:
    surroundings.count()
    surroundings.measure()


def train(
    documents: list[Document], penalty: float = PENALTY, dropped: tuple[str, ...] = ()
) -> tuple[dict, dict]:
    """First and second weights from these documents."""
    _clear(documents)
    first = _matrix(documents, dropped).fit(penalty)
    about = [Surroundings(document.groups, document.home(first)) for document in documents]
    second = first
    for _ in range(2):
        for document, surroundings in zip(documents, about, strict=True):
            _score(document, second, dropped)
            _count(surroundings)
        second = _matrix(documents, dropped).fit(penalty)
    return first, second


def apply(
    documents: list[Document], first: dict, second: dict, dropped: tuple[str, ...] = ()
) -> None:
    _clear(documents)
    for document in documents:
        surroundings = Surroundings(document.groups, document.home(first))
        _score(document, first, dropped)
        for _ in range(2):
            _count(surroundings)
            _score(document, second, dropped)


@dataclass
class Tally:
    """Gold mentions: how many, right, within reach of some option; shares and outcomes."""

    gold: int = 0
    right: int = 0
    reachable: int = 0
    points: list[Point] = field(default_factory=list)

    def __str__(self) -> str:
        n = max(1, self.gold)
        return f"right {self.right / n:.4f}  reachable {self.reachable / n:.4f}  n {self.gold}"


def tally(documents: list[Document], into: dict[str, Tally]) -> None:
    for document in documents:
        scored = into.setdefault(document.corpus, Tally())
        for group in document.groups:
            best = group.order()[0] if group.rows else None
            for index in group.members:
                gold = document.gold[index]
                if gold["lat"] is None:
                    continue
                scored.gold += 1
                if best is None:
                    continue
                right = is_right(gold, group.rows[best].option.feature)
                scored.right += right
                scored.reachable += any(is_right(gold, row.option.feature) for row in group.rows)
                answer = answer_class(group.rows[best].option)
                scored.points.append((group.shares[best], right, document.number, answer))


def cross_validate(
    documents: list[Document], penalty: float, dropped: tuple[str, ...] = ()
) -> dict[str, Tally]:
    held_out: dict[str, Tally] = {}
    for fold in range(FOLDS):
        test = [d for d in documents if d.number % FOLDS == fold]
        rest = [d for d in documents if d.number % FOLDS != fold]
        first, second = train(rest, penalty, dropped)
        apply(test, first, second, dropped)
        tally(test, held_out)
    return held_out


def leave_corpora_out(documents: list[Document], penalty: float) -> dict[str, Tally]:
    held_out: dict[str, Tally] = {}
    for corpus in dict.fromkeys(d.corpus for d in documents):
        first, second = train([d for d in documents if d.corpus != corpus], penalty)
        test = [d for d in documents if d.corpus == corpus]
        apply(test, first, second)
        tally(test, held_out)
    return held_out


def report(title: str, tallies: dict[str, Tally]) -> dict[str, float]:
    print(title)
    for corpus, found in tallies.items():
        print(f"  {corpus:8} {found}")
    return {name: round(found.right / max(1, found.gold), 4) for name, found in tallies.items()}


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("folder", type=Path)
    ap.add_argument("--corpora", nargs="+", default=["lgl", "trnews", "tudloc"])
    ap.add_argument("--penalty", type=float, default=PENALTY)
    ap.add_argument("--gazetteer", help="instead of the shipped one")
    ap.add_argument("--leave", metavar="K/N", help="leave out documents K, K+N, … altogether")
    ap.add_argument("--ablate", action="store_true", help="leave out groups of features")
    ap.add_argument("--write", type=Path)
    a = ap.parse_args()
    documents = read_corpora(a.folder, a.corpora)
    blank = Weights({}, {})
    if a.leave:
        fold, folds = map(int, a.leave.split("/"))
        documents = [d for d in documents if d.number % folds != fold]
    prepare(documents, Shelf(open_gazetteer(a.gazetteer), blank))
    if a.ablate:
        for name, dropped in ABLATIONS.items():
            report(f"without {name}", cross_validate(documents, a.penalty, dropped))
        return
    held_out = cross_validate(documents, a.penalty)
    folds = report("five folds over documents", held_out)
    others = report("each corpus left out", leave_corpora_out(documents, a.penalty))
    first, second = train(documents, a.penalty)
    apply(documents, first, second)
    fitted_tally: dict[str, Tally] = {}
    tally(documents, fitted_tally)
    fitted = report("fitted on all", fitted_tally)
    if a.write:
        points = [point for found in held_out.values() for point in found.points]
        write(a.write, first, second, points, {
            "corpora": a.corpora, "documents": len(documents), "penalty": a.penalty,
            "right, five folds over documents": folds,
            "right, each corpus left out": others,
            "right, fitted on all": fitted,
        })  # fmt: skip


def _calibrated(points: list[Point]) -> Weights:
    lines = {name: tuple((x, y) for x, y in line) for name, line in calibrate(points).items()}
    return Weights({}, {}, calibration=lines)


def write(path: Path, first: dict, second: dict, points: list[Point], record: dict) -> None:
    """Write the weights; the calibration is judged on documents it was not fitted on."""
    even = [point for point in points if point[2] % 2 == 0]
    odd = [point for point in points if point[2] % 2 == 1]
    bins = reliability(confidences(odd, _calibrated(even)) + confidences(even, _calibrated(odd)))
    record["calibration error, each half of the documents by the other"] = round(
        calibration_error(bins), 4
    )
    record["reliability (confidence, share right, mentions)"] = [
        [round(sure, 3), round(right, 3), count] for sure, right, count in bins
    ]
    draw_calibration(bins, path.with_suffix(".svg"))
    table = {
        "training": {"script": "benchmarks/resolution.py", **record},
        "hints": PRIORS["hints"],
        "calibration": calibrate(points),
        "first": first,
        "second": second,
    }
    path.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
