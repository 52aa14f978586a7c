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
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from geoincidents.gazetteer import open_gazetteer
from geoincidents.model import Mention
from geoincidents.resolution.context import Votes
from geoincidents.resolution.hints import distance_m
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
PENALTY = 1.0
#: Where a bare name was taken for a province, the city it is named after is right too.
SHORT = "is short for the unit of a city so named"
PRIORS = tomllib.loads((Path(__file__).parent / "resolution_priors.toml").read_text("utf-8"))
CALIBRATION_BINS = 20


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


class Matrix:
    """Options of many cases as sparse rows, for one conditional logit."""

    def __init__(self) -> None:
        self.columns: dict[str, int] = {}
        self.row: list[int] = []
        self.column: list[int] = []
        self.value: list[float] = []
        self.starts: list[int] = []
        self.right: list[bool] = []
        self.count: list[float] = []
        self.rows = 0

    def add(self, case: Case, parts: list[list[tuple[str, float]]]) -> None:
        if not any(case.right) or all(case.right):
            return
        self.starts.append(self.rows)
        self.count.append(float(np.sqrt(case.count)))
        for some, right in zip(parts, case.right, strict=True):
            for name, value in some:
                self.row.append(self.rows)
                self.column.append(self.columns.setdefault(name, len(self.columns)))
                self.value.append(value)
            self.right.append(right)
            self.rows += 1

    def fit(self, penalty: float = PENALTY) -> dict[str, float]:
        """Weights that explain the cases and stay near the priors; a prior never seen stays."""
        prior = np.array([PRIORS["weights"].get(name, 0.0) for name in self.columns])
        held = np.array([PRIORS["held"].get(name, 1.0) for name in self.columns])
        solution = minimise(_Problem(self, prior), prior, penalty * held)
        learned = {name: round(float(solution[at]), 4) for name, at in self.columns.items()}
        return dict(sorted({**PRIORS["weights"], **learned}.items()))


class _Problem:
    def __init__(self, matrix: Matrix, prior) -> None:
        self.prior = prior
        self.row = np.array(matrix.row)
        self.column = np.array(matrix.column)
        self.value = np.array(matrix.value)
        self.starts = np.array(matrix.starts)
        self.sizes = np.diff(np.append(self.starts, matrix.rows))
        self.right = np.array(matrix.right)
        self.count = np.array(matrix.count)
        self.rows = matrix.rows

    def _shares(self, scores):
        top = np.repeat(np.maximum.reduceat(scores, self.starts), self.sizes)
        raised = np.exp(scores - top)
        total = np.add.reduceat(raised, self.starts)
        return raised / np.repeat(total, self.sizes)

    def loss(self, weights, penalty):
        """Negative log-likelihood of "one of the right ones", and its gradient."""
        scores = np.bincount(self.row, self.value * weights[self.column], self.rows)
        shares = self._shares(scores)
        mass = np.maximum(np.add.reduceat(shares * self.right, self.starts), 1e-12)
        wanted = shares * self.right / np.repeat(mass, self.sizes)
        pull = (shares - wanted) * np.repeat(self.count, self.sizes)
        gradient = np.bincount(self.column, self.value * pull[self.row], len(weights))
        away = weights - self.prior
        value = -(self.count * np.log(mass)).sum() + (penalty * away**2).sum() / 2
        return value, gradient + penalty * away


def minimise(problem: _Problem, start, penalty, steps: int = 200):
    """L-BFGS with a memory of ten and a halving line search."""
    at, (value, slope) = start, problem.loss(start, penalty)
    memory: list[tuple[Any, Any, float]] = []
    for _ in range(steps):
        way = slope.copy()
        alphas = []
        for s, y, rho in reversed(memory):
            alpha = rho * (s @ way)
            alphas.append(alpha)
            way -= alpha * y
        if memory:
            s, y, _ = memory[-1]
            way *= (s @ y) / (y @ y)
        for (s, y, rho), alpha in zip(memory, reversed(alphas), strict=True):
            way += s * (alpha - rho * (y @ way))
        size = 1.0 if memory else 1.0 / max(1.0, np.abs(way).max())
        while size > 1e-8:
            new = at - size * way
            new_value, new_slope = problem.loss(new, penalty)
            if new_value <= value - 1e-4 * size * (slope @ way):
                break
            size /= 2
        else:
            break
        s, y = new - at, new_slope - slope
        if s @ y > 1e-10:
            memory = [*memory, (s, y, 1.0 / (s @ y))][-10:]
        done = abs(value - new_value) < 1e-6 * max(1.0, abs(value))
        at, value, slope = new, new_value, new_slope
        if done:
            break
    return at


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
            group.votes = []


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
            surroundings.update()
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
            surroundings.update()
            _score(document, second, dropped)


@dataclass
class Tally:
    """Gold mentions: how many, right, within reach of some option; shares and outcomes."""

    gold: int = 0
    right: int = 0
    reachable: int = 0
    points: list[tuple[float, bool]] = field(default_factory=list)

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
                scored.points.append((group.shares[best], right))


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


def calibrate(points: list[tuple[float, bool]]) -> list[list[float]]:
    """A rising line from the share to the part that is right: pooled adjacent violators."""
    ordered = sorted(points)
    blocks: list[list[float]] = []
    for chunk in np.array_split(np.array(ordered, dtype=float), CALIBRATION_BINS):
        blocks.append([chunk[:, 0].mean(), chunk[:, 1].mean(), len(chunk)])
        while len(blocks) > 1 and blocks[-2][1] >= blocks[-1][1]:
            x1, y1, n1 = blocks.pop()
            x0, y0, n0 = blocks.pop()
            n = n0 + n1
            blocks.append([(x0 * n0 + x1 * n1) / n, (y0 * n0 + y1 * n1) / n, n])
    line = [[round(x, 4), round(y, 4)] for x, y, _ in blocks]
    return [[0.0, round(line[0][1] * 0.5, 4)], *line, [1.0001, line[-1][1]]]


def calibration_error(points: list[tuple[float, bool]], weights: Weights) -> float:
    """Expected calibration error over ten bins of confidence."""
    pairs = np.array([(weights.confidence(share), right) for share, right in points], dtype=float)
    bins = np.minimum((pairs[:, 0] * 10).astype(int), 9)
    gaps = [
        abs(pairs[bins == b, 0].mean() - pairs[bins == b, 1].mean()) * (bins == b).mean()
        for b in range(10)
        if (bins == b).any()
    ]
    return float(sum(gaps))


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
    ap.add_argument("--ablate", action="store_true", help="leave out groups of features")
    ap.add_argument("--write", type=Path)
    a = ap.parse_args()
    documents = read_corpora(a.folder, a.corpora)
    blank = Weights({}, {})
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


def write(path: Path, first: dict, second: dict, points: list, record: dict[str, Any]) -> None:
    line = calibrate(points)
    fitted = Weights({}, {}, calibration=tuple((x, y) for x, y in line))
    record["expected calibration error"] = round(calibration_error(points, fitted), 4)
    table = {
        "training": {"script": "benchmarks/resolution.py", **record},
        "hints": PRIORS["hints"],
        "calibration": line,
        "first": first,
        "second": second,
    }
    path.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
