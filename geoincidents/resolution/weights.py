"""The weights of the ranking: a small readable file, learned by ``benchmarks/resolution.py``."""

from __future__ import annotations

import json
from bisect import bisect_right
from functools import cache
from os import fspath
from typing import TYPE_CHECKING, Any

from geoincidents.data import data_file
from geoincidents.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike

    from geoincidents.resolution.options import Part


#: Points of a rising line, from share to confidence.
Line = tuple[tuple[float, float], ...]
_EVEN: Line = ((0.0, 0.0), (1.0, 1.0))


class Weights:
    """Weights by feature name, and how a share of probability becomes a confidence.

    `first` weighs a name by itself; `second` weighs it once the other names of
    the report have been read. `hints` are added to both: they come from the
    caller, never from a text, and are set by hand. `calibration` holds, by class
    of answer (see `answer_class`), points ``(share, confidence)`` of a rising line.
    """

    __slots__ = ("calibration", "first", "hints", "second")

    def __init__(
        self,
        first: dict[str, float],
        second: dict[str, float],
        hints: dict[str, float] | None = None,
        calibration: dict[str, Line] | None = None,
    ) -> None:
        self.first = first
        self.second = second
        self.hints = hints or {}
        self.calibration = calibration or {}

    def confidence(self, share: float, answer: str) -> float:
        """The part of answers of a class, with this share of probability, that are right."""
        points = self.calibration.get(answer, _EVEN)
        at = bisect_right(points, (share, 2.0))
        if at == 0:
            return points[0][1]
        if at == len(points):
            return points[-1][1]
        (x0, y0), (x1, y1) = points[at - 1], points[at]
        return y0 + (y1 - y0) * (share - x0) / (x1 - x0)


def weigh(parts: Iterable[Part], weights: dict[str, float]) -> float:
    """The sum of value times weight; a feature without a weight counts as nothing."""
    known, total = weights.get, 0.0
    for name, value in parts:  # asked so often that a generator costs
        total += known(name, 0.0) * value
    return total


def weights_from(table: dict[str, Any]) -> Weights:
    """Weights from the parsed file."""
    return Weights(
        first={str(name): float(value) for name, value in table["first"].items()},
        second={str(name): float(value) for name, value in table["second"].items()},
        hints={str(name): float(value) for name, value in table["hints"].items()},
        calibration={
            str(answer): tuple((float(x), float(y)) for x, y in line)
            for answer, line in table["calibration"].items()
        },
    )


def load_weights(path: str | PathLike[str] | None = None) -> Weights:
    """The shipped weights, or those of a file of the same form.

    A file may hold the weights of several rooms, these under "resolution"; one
    without them leaves resolution to the shipped weights.

    Raises
    ------
    UsageError
        When the file is missing or is no weights file.
    """
    return _load(fspath(path) if path is not None else None)


@cache
def _load(path: str | None) -> Weights:
    where = path or data_file("gazetteer", "models", "resolution.json")
    try:
        with open(where, encoding="utf-8") as stream:  # noqa: PTH123 - see `geoincidents.data`
            table = json.load(stream)
        if path is not None and table.get("first") is None:
            return weights_from(table["resolution"]) if "resolution" in table else _load(None)
        return weights_from(table)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"{where} is no file of resolution weights: {error}") from error
