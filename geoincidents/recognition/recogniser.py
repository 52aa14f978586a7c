"""Text → mentions: the stages in order, passage by passage."""

from __future__ import annotations

from bisect import bisect
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from geoincidents.recognition.casing import sentence_case
from geoincidents.recognition.cyrillic import cyrillic_drafts
from geoincidents.recognition.deictics import find_deictics
from geoincidents.recognition.english import english_drafts
from geoincidents.recognition.given import given_drafts
from geoincidents.recognition.language import passages
from geoincidents.recognition.latin import latin_drafts
from geoincidents.recognition.lists import group, share_types, tie_containers
from geoincidents.recognition.names import NameClasses
from geoincidents.recognition.plugins import extra_spans
from geoincidents.recognition.roles import assign_roles
from geoincidents.recognition.scores import Scorer
from geoincidents.recognition.slavic_roles import assign_slavic_roles
from geoincidents.recognition.tokens import Tokens, tokenise
from geoincidents.recognition.weights import load_weights, shipped_weights

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

    from geoincidents.gazetteer import Gazetteer
    from geoincidents.model import Mention, Report
    from geoincidents.recognition.drafts import Draft
    from geoincidents.recognition.plugins import Recogniser


def recognise(
    report: Report,
    gazetteer: Gazetteer,
    *,
    weights: str | PathLike[str] | None = None,
    extra: Sequence[Recogniser] = (),
) -> tuple[Mention, ...]:
    """Find the places a report names or points to; none is resolved yet.

    Where the report brings its own spans (`Report.mentions`), those are taken
    and nothing is searched for.

    Parameters
    ----------
    report
        The report; offsets of the mentions are code points into its text.
    gazetteer
        Where names are looked up.
    weights
        A file (or folder) of recognition weights; None for the shipped ones.
    extra
        Recognisers of other projects, see `plugins`: their places are added where
        nothing was found otherwise.

    Returns
    -------
    Mentions of kind toponym, demonym and deictic, by start, none overlapping.

    Raises
    ------
    UsageError
        When `weights` cannot be read.
    """
    path = Path(weights) if weights is not None else None
    scorer = _scorer(path, gazetteer)
    classes = scorer.classes
    if report.mentions is not None:
        drafts = given_drafts(report, classes)
    else:
        drafts = []
        for start, end, language in passages(report.text, report.language):
            tokens = tokenise(report.text, start, end)
            if language in {"ru", "uk"}:
                drafts += _slavic_passage(tokens, language, classes)
            else:
                drafts += _passage(tokens, language, scorer)
        if extra:
            drafts = _with_extra(report, drafts, classes, extra)
    return tuple(draft.freeze(report.text) for draft in drafts)


def _with_extra(
    report: Report, drafts: list[Draft], classes: NameClasses, extra: Sequence[Recogniser]
) -> list[Draft]:
    spans = extra_spans(report.text, extra, [(d.start, d.end) for d in drafts])
    added = given_drafts(replace(report, mentions=spans), classes)
    for draft in added:
        draft.evidence.append("found by a plug-in recogniser")
    return _merge(drafts, added)


def _passage(tokens: Tokens, language: str, scorer: Scorer) -> list[Draft]:
    if language == "en":
        sentence_case(tokens, scorer.weights.seen)
        drafts = english_drafts(tokens, scorer)
    else:
        drafts = latin_drafts(tokens, scorer.classes, language)
    for draft in drafts:
        draft.language = language
    tie_containers(tokens.text, drafts)
    groups = group(tokens.text, drafts)
    share_types(tokens, groups)
    assign_roles(tokens, groups)
    spans = [(d.start, d.end) for d in drafts]
    deictics = find_deictics(tokens, drafts)
    return _merge(drafts, [d for d in deictics if not _touches_any(d, spans)])


def _slavic_passage(tokens: Tokens, language: str, classes: NameClasses) -> list[Draft]:
    drafts = cyrillic_drafts(tokens, classes, language)
    tie_containers(tokens.text, drafts)
    assign_slavic_roles(tokens, group(tokens.text, drafts), language)
    return drafts


def _touches_any(draft: Draft, spans: list[tuple[int, int]]) -> bool:
    at = bisect(spans, (draft.start, draft.end))
    beside = spans[max(0, at - 1) : at + 1]
    return any(start < draft.end and draft.start < end for start, end in beside)


def _merge(drafts: list[Draft], deictics: list[Draft]) -> list[Draft]:
    return sorted(drafts + deictics, key=lambda draft: draft.start)


@lru_cache(maxsize=4)
def name_classes(gazetteer: Gazetteer) -> NameClasses:
    """The remembered name classes of a gazetteer."""
    return NameClasses(gazetteer)


@lru_cache(maxsize=4)
def _scorer(path: Path | None, gazetteer: Gazetteer) -> Scorer:
    """Weights with sums of their own for each gazetteer, since sums depend on its names."""
    return Scorer(load_weights(path or shipped_weights()), name_classes(gazetteer))
