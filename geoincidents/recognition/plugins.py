"""Recognisers of other projects, behind one small protocol.

A plug-in reads a text and says which stretches are places. What the shipped
recogniser found stays as it is; of a plug-in's spans those are added that touch
none of its mentions, bear the label of a place and are sure enough. They are then
given names, type, container and role by the same rules as all others.

spaCy, GLiNER and natasha are imported when asked for, and nobody has to install them.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from geoincidents.errors import UsageError
from geoincidents.model import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

#: Labels by which recognisers call places, lower case.
PLACE_LABELS = frozenset(
    {"loc", "gpe", "fac", "location", "place", "facility"}
    | {"city", "town", "village", "country", "state", "province", "region"}
)
#: A plug-in's span that is less sure than this is not taken.
LEAST_SCORE = 0.5
_GLINER_LABELS = ("location", "facility")
_MODELS = {"spacy": "en_core_web_sm", "gliner": "urchade/gliner_small-v2.1", "natasha": ""}


class Found(NamedTuple):
    """A stretch of text that a plug-in marks, in code points; `score` from 0 to 1."""

    start: int
    end: int
    label: str
    score: float = 1.0


class Recogniser(Protocol):
    """What a plug-in has to be: anything that is called with a text and gives spans."""

    def __call__(self, text: str, /) -> Iterable[Found]:
        """Spans of one text, in any order."""


@cache
def plugin(name: str) -> Recogniser:
    """A recogniser by its name: "spacy", "gliner" or "natasha", with ":MODEL" if wanted.

    It is loaded once a process.

    Raises
    ------
    UsageError
        When the name is unknown, or the package or its model is not there.
    """
    kind, _, model = name.partition(":")
    if kind not in _MAKERS:
        known = ", ".join(_MAKERS)
        raise UsageError(f"{name}: no recogniser of that name; there are {known}.")
    try:
        return _MAKERS[kind](model or _MODELS[kind])
    except ImportError:
        raise UsageError(
            f"{kind} is not installed; install it with 'pip install {kind}'."
        ) from None
    except OSError as error:
        reason = (str(error).splitlines() or ["no reason given"])[0]
        raise UsageError(f"{name}: its model cannot be loaded ({reason}).") from None


def extra_spans(
    text: str, extra: Sequence[Recogniser], taken: Iterable[tuple[int, int]]
) -> tuple[Span, ...]:
    """Spans of places that plug-ins add to those taken, by start, none touching another.

    Earlier plug-ins go before later ones; of one plug-in the surer span goes first,
    then the longer. Spans outside the text are left out.
    """
    kept = sorted(taken)
    added: list[Span] = []
    for recogniser in extra:
        for found in sorted(recogniser(text), key=lambda f: (-f.score, f.start - f.end, f.start)):
            if _is_place(found, len(text)) and _is_free(found, kept):
                insort(kept, (found.start, found.end))
                added.append(Span(found.start, found.end))
    return tuple(sorted(added, key=lambda span: span.start))


def _is_place(found: Found, size: int) -> bool:
    inside = 0 <= found.start < found.end <= size
    return inside and found.label.lower() in PLACE_LABELS and found.score >= LEAST_SCORE


def _is_free(found: Found, kept: list[tuple[int, int]]) -> bool:
    """Whether it touches none of the spans kept, which are sorted and apart."""
    at = bisect_left(kept, (found.start, found.end))
    return all(
        end <= found.start or found.end <= start for start, end in kept[max(0, at - 1) : at + 1]
    )


def _spacy(model: str) -> Recogniser:
    pipeline: Any = import_module("spacy").load(model)

    def find(text: str, /) -> Iterable[Found]:
        return [Found(e.start_char, e.end_char, e.label_) for e in pipeline(text).ents]

    return find


def _gliner(model: str) -> Recogniser:
    tagger: Any = import_module("gliner").GLiNER.from_pretrained(model)

    def find(text: str, /) -> Iterable[Found]:
        entities = tagger.predict_entities(text, list(_GLINER_LABELS), threshold=LEAST_SCORE)
        return [Found(e["start"], e["end"], e["label"], float(e["score"])) for e in entities]

    return find


def _natasha(_model: str) -> Recogniser:
    natasha: Any = import_module("natasha")
    segmenter = natasha.Segmenter()
    tagger = natasha.NewsNERTagger(natasha.NewsEmbedding())

    def find(text: str, /) -> Iterable[Found]:
        document = natasha.Doc(text)
        document.segment(segmenter)
        document.tag_ner(tagger)
        return [Found(s.start, s.stop, s.type) for s in document.spans]

    return find


_MAKERS: dict[str, Callable[[str], Recogniser]] = {
    "spacy": _spacy,
    "gliner": _gliner,
    "natasha": _natasha,
}
