"""Trains the recogniser's weights from texts with marked spans.

Needs ``python-crfsuite`` (the ``train`` extra); nothing else in the library
does. The weight file holds features of words and gaps with their weights and
no sentence of a text.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from geoincidents.recognition.chains import chains
from geoincidents.recognition.features import features_of
from geoincidents.recognition.page import Page
from geoincidents.recognition.tokens import Tokens, tokenise

if TYPE_CHECKING:
    from geoincidents.recognition.names import NameClasses

Spans = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Example:
    """A text with the spans of its places, in code points."""

    text: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class Settings:
    """What the optimiser is told; the defaults were chosen by cross-validation."""

    l1: float = 0.05
    l2: float = 0.05
    iterations: int = 120
    #: Weights below this, in absolute value, are not written.
    smallest: float = 0.02


def labels(tokens: Tokens, chain: list[int], spans: Spans) -> list[str]:
    """O, B or I for each word of a chain."""
    starts = dict(spans)
    out, inside = [], -1
    for i in chain:
        at = tokens.starts[i]
        if at in starts:
            inside = starts[at]
            out.append("B")
        else:
            out.append("I" if at < inside and out and out[-1] != "O" else "O")
    return out


def writing_habits(texts: Iterable[str]) -> dict[str, str]:
    """How words are mostly written: c(apital), m(ixed) or l(ower); words of two texts and more."""
    lower: Counter[str] = Counter()
    upper: Counter[str] = Counter()
    texts_with: Counter[str] = Counter()
    for text in texts:
        words = tokenise(text).words
        texts_with.update({word.lower() for word in words})
        lower.update(word for word in words if word.islower())
        upper.update(word.lower() for word in words if word[0].isupper())
    habits = {}
    for word, count in texts_with.items():
        if count > 1 and word[0].isalpha():
            share = upper[word] / max(1, upper[word] + lower[word])
            habits[word] = "c" if share > 0.8 else "m" if share > 0.3 else "l"
    return habits


def train(
    examples: Sequence[Example], classes: NameClasses, settings: Settings | None = None
) -> dict[str, object]:
    """Fit the weights; returns the content of a weight file."""
    import pycrfsuite

    settings = settings or Settings()
    seen = writing_habits(example.text for example in examples)
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for example in examples:
        tokens = tokenise(example.text)
        chained = chains(tokens)
        items = list(features_of(Page(tokens, chained, classes), classes, seen))
        for chain in chained:
            own, items = items[: len(chain)], items[len(chain) :]
            trainer.append(own, labels(tokens, chain, example.spans))
    trainer.set_params(
        {"c1": settings.l1, "c2": settings.l2, "max_iterations": settings.iterations}
    )
    with TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
        return _content(info.state_features, info.transitions, seen, settings)


def _content(
    state: dict[tuple[str, str], float],
    transitions: dict[tuple[str, str], float],
    seen: dict[str, str],
    settings: Settings,
) -> dict[str, object]:
    by_feature: dict[str, dict[str, float]] = {}
    for (feature, label), weight in state.items():
        by_feature.setdefault(feature, {})[label] = weight
    rows = []
    for feature, w in sorted(by_feature.items()):
        b, i = w.get("B", 0.0) - w.get("O", 0.0), w.get("I", 0.0) - w.get("O", 0.0)
        if max(abs(b), abs(i)) >= settings.smallest:
            rows.append((feature, round(100 * b), round(100 * i)))
    moves = {a + b: round(transitions.get((a, b), 0.0), 3) for a in "OBI" for b in "OBI"}
    # the first word of a chain bears no weight of its own: its features say where it stands
    moves |= {"OI": -1e6, "^O": 0.0, "^B": 0.0}
    groups: dict[str, list[str]] = {}
    for word, habit in sorted(seen.items()):
        groups.setdefault(habit, []).append(word)
    habits = {habit: " ".join(words) for habit, words in groups.items()}
    return {"moves": moves, "seen": habits, "features": rows}


def write_weights(content: dict[str, object], path: Path) -> None:
    """Write a weight file, the same bytes for the same content."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
