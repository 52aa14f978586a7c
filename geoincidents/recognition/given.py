"""Mentions whose spans the report brings along."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from geoincidents.recognition.drafts import Draft
from geoincidents.recognition.language import passages
from geoincidents.recognition.lists import group, share_types, tie_containers
from geoincidents.recognition.names import DEMONYM, NameClasses
from geoincidents.recognition.roles import assign_roles
from geoincidents.recognition.slavic_roles import assign_slavic_roles
from geoincidents.recognition.tokens import Tokens, tokenise, visible

if TYPE_CHECKING:
    from geoincidents.model import Report


def given_drafts(report: Report, classes: NameClasses) -> list[Draft]:
    """Drafts of the given spans, with names, hints, containers and roles read from the text.

    Spans outside the text, empty or overlapping an earlier one are left out.
    """
    text = report.text
    tokens = tokenise(text)
    language = passages(text, report.language)[0][2]
    drafts: list[Draft] = []
    for span in sorted(report.mentions or (), key=lambda s: (s.start, s.end)):
        start, end = max(0, span.start), min(len(text), span.end)
        if start >= end or (drafts and start < drafts[-1].end):
            continue
        drafts.append(_given(tokens, start, end, classes, language))
    tie_containers(text, drafts)
    groups = group(text, drafts)
    share_types(tokens, groups)
    if language in {"ru", "uk"}:
        assign_slavic_roles(tokens, groups, language)
    else:
        assign_roles(tokens, groups)
    return drafts


def _given(tokens: Tokens, start: int, end: int, classes: NameClasses, language: str) -> Draft:
    from geoincidents.recognition.english import take_type

    first = max(0, bisect_right(tokens.starts, start) - 1)
    last = max(first, bisect_left(tokens.starts, end) - 1)
    name = " ".join(visible(tokens.text[start:end]).split())
    draft = Draft(first, last, start, end, language=language, known_as=classes[name])
    draft.names = (name,)
    if draft.known_as == DEMONYM:
        draft.kind = "demonym"
    elif len(tokens):
        take_type(tokens, draft)
        draft.start, draft.end = start, end
        draft.names = tuple(dict.fromkeys((name, *draft.names)))
    return draft
