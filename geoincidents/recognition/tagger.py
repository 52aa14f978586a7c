"""A linear-chain conditional random field over chains of capitalised words.

Labels are O (not a place), B (a place begins) and I (it goes on); the weights
of B and I stand relative to O, in hundredths. Training is in `training`, the
weights of the words in `scores`; here a chain is decoded by Viterbi over three
labels, in plain Python.
"""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from geoincidents.recognition.names import ADMIN1, BIG_CITY, COUNTRY, METROPOLIS
from geoincidents.recognition.page import PERSON, SMALL, Page

if TYPE_CHECKING:
    from geoincidents.recognition.scores import Scorer
    from geoincidents.recognition.tokens import Tokens
    from geoincidents.recognition.weights import Pair

#: A place found: first and last word, and the probability-like score.
Tagged = tuple[int, int, float]
#: Below nought and above this a word is in doubt; what it is elsewhere in the text decides.
DOUBT = -200.0
#: Above this a word by itself is still a place if its name is that of a big one.
FAINT = -300.0
_BIG = frozenset({BIG_CITY, METROPOLIS, ADMIN1, COUNTRY})
_JOINTS = frozenset({" ", "-"})
_NEVER = -1e9


def tag(tokens: Tokens, chained: list[list[int]], scorer: Scorer) -> list[Tagged]:
    """The places among the chains, in order."""
    page = Page(tokens, chained, scorer.classes)
    scores = scorer.scores(page)
    found: list[Tagged] = []
    doubts: list[tuple[int, float]] = []
    at = 0
    for chain in chained:
        own = scores[at : at + len(chain)]
        at += len(chain)
        spans = _decode(chain, own, scorer.weights.moves) if len(chain) > 1 else _single(chain, own)
        found += spans
        if any(score.real > FAINT for score in own):
            taken = {word for first, last, _ in spans for word in range(first, last + 1)}
            doubts += [
                (word, score.real)
                for word, score in zip(chain, own, strict=True)
                if score.real > FAINT and word not in taken and not _beside_capital(page, word)
            ]
    return _with_doubts(page, found, doubts, scorer) if doubts else found


def _single(chain: list[int], scores: list[Pair]) -> list[Tagged]:
    """A chain of one word: a place when its weight is above nought."""
    b = scores[0].real
    return [(chain[0], chain[0], _logistic(b))] if b > 0 else []


def _beside_capital(page: Page, i: int) -> bool:
    if page.capital[i - 1] and page.gaps[i] in _JOINTS:
        return True
    return bool(page.capital[i + 1]) and page.gaps[i + 1] in _JOINTS


def _with_doubts(
    page: Page, found: list[Tagged], doubts: list[tuple[int, float]], scorer: Scorer
) -> list[Tagged]:
    """Add words in doubt that are places elsewhere in the text, or well known."""
    alone = {page.words[first] for first, last, _ in found if first == last}
    begun = {first for first, _, _ in found}
    more = [
        (word, word, _logistic(b))
        for word, b in doubts
        if (b > DOUBT and page.words[word] in alone)
        or (b > 0 and _lies_within(page, word, begun))
        or _is_well_known(page, word, scorer)
    ]
    return sorted(found + more) if more else found


def _lies_within(page: Page, i: int, begun: set[int]) -> bool:
    """As in "X in Mumbai", "X, Texas"."""
    if page.gaps[i + 1] == ", ":
        return i + 1 in begun
    return page.low[i + 1] == "in" and page.gaps[i + 2] == " " and i + 2 in begun


def _is_well_known(page: Page, i: int, scorer: Scorer) -> bool:
    """A big place's name that nothing in the text makes a person's or an everyday word."""
    word = page.words[i]
    if scorer.classes[word] not in _BIG or page.flags[word] & (PERSON | SMALL):
        return False
    return scorer.weights.seen.get(word.lower(), "c") == "c"


def _decode(chain: list[int], scores: list[Pair], moves: dict[str, float]) -> list[Tagged]:
    """Viterbi over O, B, I; a span's score is that of its first word."""
    oo, ob, bo, bb, bi = moves["OO"], moves["OB"], moves["BO"], moves["BB"], moves["BI"]
    io, ib, ii = moves["IO"], moves["IB"], moves["II"]
    so, sb, si = moves["^O"], moves["^B"] + scores[0].real, _NEVER
    back: list[tuple[int, int, int]] = []
    for score in scores[1:]:
        o = (so + oo, sb + bo, si + io)
        n = (so + ob, sb + bb, si + ib)
        c = (sb + bi, si + ii)
        po, pb, pi = o.index(max(o)), n.index(max(n)), 1 if c[0] >= c[1] else 2
        back.append((po, pb, pi))
        so, sb, si = o[po], n[pb] + score.real, c[pi - 1] + score.imag
    label = max((so, 0), (sb, 1), (si, 2))[1]
    labels = [label]
    for step in reversed(back):
        label = step[label]
        labels.append(label)
    labels.reverse()
    return _spans(chain, labels, scores)


def _spans(chain: list[int], labels: list[int], scores: list[Pair]) -> list[Tagged]:
    found: list[Tagged] = []
    for place, label in enumerate(labels):
        if label == 1:
            found.append((chain[place], chain[place], _logistic(scores[place].real)))
        elif label == 2 and found:
            found[-1] = (found[-1][0], chain[place], found[-1][2])
    return found


def _logistic(hundredths: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, hundredths / 100))))
