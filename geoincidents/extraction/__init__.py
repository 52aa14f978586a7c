"""What one report tells: events with their claims, times, doers and responses.

`extract` takes a report and its resolved mentions and gives one `Event` for
every event the report tells of, however many sentences tell of it, and the
sentences of violence that were not read, each with its reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geoincidents.extraction.assemble import Assembler
from geoincidents.extraction.discourse import join_frames
from geoincidents.extraction.frames import read_frames
from geoincidents.model import Unresolved

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geoincidents.model import Event, Mention, Report

__all__ = ["Extraction", "extract"]


@dataclass(frozen=True, slots=True)
class Extraction:
    """The events of one report, and what was not read."""

    events: tuple[Event, ...]
    unread: tuple[Unresolved, ...] = ()


def extract(report: Report, mentions: Iterable[Mention], gazetteer: object = None) -> Extraction:  # noqa: ARG001
    """Read a report's events.

    Parameters
    ----------
    report
        The report; relative dates are read from its ``published``.
    mentions
        Its mentions with locations: toponyms, demonyms, deictics, expressions.
    gazetteer
        Not needed: all places come with the mentions. Taken so that every
        stage of the pipeline is called alike.

    Returns
    -------
    Extraction
        One event per event told, in order of telling, and the sentences of
        violence that are no event or could not be placed, with reasons.
    """
    ordered = tuple(sorted(mentions, key=lambda m: (m.start, -m.end)))
    reading = read_frames(report, ordered)
    drafts, adrift = join_frames(reading)
    assembler = Assembler(report, reading, drafts)
    events = assembler.events()
    unread = [*reading.unread, *assembler.unread]
    for frame in adrift:
        if frame.is_act or frame.tolls:
            text = frame.clause.text[:300]
            span = (frame.clause.start, frame.clause.start + len(text))
            unread.append(Unresolved(report.id, *span, text, "no place could be told"))
    return Extraction(tuple(events), tuple(sorted(unread, key=lambda u: (u.start, u.end))))
