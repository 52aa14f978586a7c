"""The fit of the ranking: a conditional logit that stays near priors, and its calibration."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from resolution import Case

    from geoincidents.resolution.weights import Weights

PRIORS = tomllib.loads((Path(__file__).parent / "resolution_priors.toml").read_text("utf-8"))
PENALTY = 1.0
CALIBRATION_BINS = 20
LEAST_IN_BIN = 60

#: A winner's share, whether it is right, its document's number and its class of answer.
Point = tuple[float, bool, int, str]


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


def calibrate(points: list[Point]) -> dict[str, list[list[float]]]:
    """A rising line from share to the part that is right, for each class of answer."""
    classes = sorted({answer for *_, answer in points})
    return {name: _line([p for p in points if p[3] == name]) for name in classes}


def _line(points: list[Point]) -> list[list[float]]:
    """Pooled adjacent violators over bins of equal count, smoothed by one right and one wrong."""
    ordered = np.array(sorted((share, right) for share, right, *_ in points), dtype=float)
    bins = max(1, min(CALIBRATION_BINS, len(ordered) // LEAST_IN_BIN))
    blocks: list[list[float]] = []
    for chunk in np.array_split(ordered, bins):
        rate = (chunk[:, 1].sum() + 1) / (len(chunk) + 2)
        blocks.append([chunk[:, 0].mean(), rate, len(chunk)])
        while len(blocks) > 1 and blocks[-2][1] >= blocks[-1][1]:
            x1, y1, n1 = blocks.pop()
            x0, y0, n0 = blocks.pop()
            n = n0 + n1
            blocks.append([(x0 * n0 + x1 * n1) / n, (y0 * n0 + y1 * n1) / n, n])
    line = [[round(x, 4), round(y, 4)] for x, y, _ in blocks]
    return [[0.0, round(line[0][1] * 0.5, 4)], *line, [1.0001, line[-1][1]]]


def confidences(points: list[Point], weights: Weights) -> list[tuple[float, bool]]:
    """Each point's confidence, and whether it is right."""
    return [(weights.confidence(share, answer), right) for share, right, _, answer in points]


def reliability(pairs: list[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    """Mean confidence, share right and count of each tenth of confidence that occurs."""
    table = np.array(pairs, dtype=float)
    bins = np.minimum((table[:, 0] * 10).astype(int), 9)
    groups = [table[bins == b] for b in range(10) if (bins == b).any()]
    return [(float(g[:, 0].mean()), float(g[:, 1].mean()), len(g)) for g in groups]


def calibration_error(bins: list[tuple[float, float, int]]) -> float:
    """Expected calibration error: the mean gap, weighted by count."""
    total = sum(count for _, _, count in bins)
    return sum(abs(sure - right) * count for sure, right, count in bins) / total


def draw_calibration(bins: list[tuple[float, float, int]], path: Path) -> None:
    """The reliability diagram as an SVG: confidence to the right, share right upwards."""
    most = max(count for _, _, count in bins)
    dots = "".join(
        f'<circle cx="{60 + 300 * sure:.1f}" cy="{330 - 300 * right:.1f}" '
        f'r="{3 + 9 * (count / most) ** 0.5:.1f}" fill="#0072B2" fill-opacity=".7">'
        f"<title>confidence {sure:.2f}, right {right:.2f}, {count} mentions</title></circle>"
        for sure, right, count in bins
    )
    ticks = "".join(
        f'<text x="{60 + 30 * n}" y="350" text-anchor="middle">{n / 10:.1f}</text>'
        f'<text x="50" y="{334 - 30 * n}" text-anchor="end">{n / 10:.1f}</text>'
        for n in range(0, 11, 2)
    )
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 390" role="img" '
        'font-family="sans-serif" font-size="12"><title>Confidence against the share that is '
        'right</title><rect width="400" height="390" fill="#fff"/>'
        '<path d="M60 330H360M60 330V30" stroke="#555" fill="none"/>'
        '<path d="M60 330L360 30" stroke="#999" stroke-dasharray="4 4" fill="none"/>'
        f"{ticks}{dots}"
        '<text x="210" y="378" text-anchor="middle">confidence</text>'
        '<text x="16" y="180" text-anchor="middle" transform="rotate(-90 16 180)">share right'
        "</text></svg>\n",
        encoding="utf-8",
    )
