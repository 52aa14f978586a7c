"""The stages wired together: the only module that knows them all.

Read → recognise → resolve → find expressions → extract → link; what becomes of it
then is `publishing`'s. Heavy stages are imported when first used, so that a look-up
of one name stays quick.
"""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from geoincidents.expressions import LocateResult, Uncertainty
    from geoincidents.gazetteer import Gazetteer
    from geoincidents.model import (
        Candidate,
        Event,
        IncidentCollection,
        Mention,
        Report,
        Unresolved,
    )
    from geoincidents.notebook import Incidents
    from geoincidents.recognition.plugins import Recogniser
    from geoincidents.reports import ReadResult


class Hints(NamedTuple):
    """What the user knows beforehand, and which weights to use."""

    country: str | None = None
    near: str | None = None
    weights: str | PathLike[str] | None = None
    keep_candidates: bool = False
    #: Recognisers of other projects to add places by, themselves or by name.
    recognisers: tuple[str | Recogniser, ...] = ()


class Reading(NamedTuple):
    """All that one report gave: its mentions, its events and what was not read."""

    report: Report
    mentions: tuple[Mention, ...]
    events: tuple[Event, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()


def geoparse(
    report: Report | str, *, gazetteer: Gazetteer | None = None, hints: Hints | None = None
) -> tuple[Mention, ...]:
    """Places of one report: toponyms, demonyms, deictics and spatial expressions.

    Parameters
    ----------
    report
        A report, or its bare text.
    gazetteer
        The embedded one where none is given.
    hints
        A country or place the report is about, and weights.

    Returns
    -------
    tuple of Mention
        Sorted by start; an unresolved mention has no location and says why.

    Examples
    --------
    >>> [m.text for m in geoparse("Shells hit Kharkiv.") if m.location]
    ['Kharkiv']
    """
    from geoincidents.expressions import find_expressions
    from geoincidents.recognition import recognise
    from geoincidents.resolution import resolve

    gazetteer = gazetteer or _default_gazetteer()
    hints = hints or Hints()
    report = report_from_text(report) if isinstance(report, str) else report
    extra = _plugins(hints.recognisers)
    found = recognise(report, gazetteer, weights=hints.weights, extra=extra)
    resolved = resolve(
        report,
        found,
        gazetteer,
        country=hints.country,
        near=hints.near,
        weights=hints.weights,
        keep_candidates=hints.keep_candidates,
    )
    if report.mentions is not None:
        return resolved
    expressions = find_expressions(report, resolved, gazetteer)
    return tuple(sorted((*resolved, *expressions), key=lambda m: (m.start, m.end, m.kind)))


def _plugins(recognisers: Sequence[str | Recogniser]) -> tuple[Recogniser, ...]:
    if not recognisers:
        return ()
    from geoincidents.recognition.plugins import plugin

    return tuple(plugin(each) if isinstance(each, str) else each for each in recognisers)


def report_from_text(text: str, *, published: str | None = None, name: str = "text") -> Report:
    """A report from bare text; its own head may tell when it was published."""
    from geoincidents.reports.plain import make_report

    metadata = {"published": published} if published else {}
    return make_report(text, metadata, default_id=name)


def locate(
    text: str,
    *,
    gazetteer: Gazetteer | None = None,
    near: str | None = None,
    country: str | None = None,
    admin1: str | None = None,
    table: Uncertainty | None = None,
) -> LocateResult:
    """One place name or spatial expression → geometry, with its alternatives.

    Parameters
    ----------
    text
        "Belgorod", "20 km north of Kharkiv", "the border districts of Kursk region".
    near, country, admin1
        What the text leaves out: a place close by, a country (name or code), a province.
    table
        How vague words are, from `read_uncertainty`; the shipped table where none is given.

    Examples
    --------
    >>> locate("Odessa, Texas").chosen[0].country
    'US'
    """
    from geoincidents.expressions import locate as locate_expression
    from geoincidents.resolution import resolve_name

    gazetteer = gazetteer or _default_gazetteer()

    def resolver(
        name: str,
        *,
        country: str | None = None,
        admin1: str | None = None,
        near: str | tuple[float, float] | None = None,
    ) -> tuple[Candidate, ...]:
        return resolve_name(name, gazetteer, country=country, admin1=admin1, near=near)

    return locate_expression(
        text, gazetteer, resolver=resolver, near=near, country=country, admin1=admin1, table=table
    )


def read_one(
    report: Report, *, gazetteer: Gazetteer | None = None, hints: Hints | None = None
) -> Reading:
    """Geoparse one report and extract the events it tells of."""
    from geoincidents.extraction import extract
    from geoincidents.model import Unresolved

    gazetteer = gazetteer or _default_gazetteer()
    mentions = geoparse(report, gazetteer=gazetteer, hints=hints)
    extraction = extract(report, mentions, gazetteer)
    places = tuple(
        Unresolved(report.id, m.start, m.end, m.text, m.unresolved or "no place of that name")
        for m in mentions
        if m.location is None and m.kind in {"toponym", "expression"}
    )
    return Reading(report, mentions, tuple(extraction.events), places + tuple(extraction.unread))


def find_incidents(
    reports: Iterable[Report] | ReadResult | str | PathLike[str],
    *,
    gazetteer: Gazetteer | None = None,
    hints: Hints | None = None,
    progress: Callable[[Sequence[Report]], Iterable[Report]] | None = None,
) -> Incidents:
    """Find the incidents that reports tell of, each told once.

    Parameters
    ----------
    reports
        Reports, what `read_reports` gave, or a path to read.
    progress
        Wraps the reports as they are worked through, to show how far along it is.

    Returns
    -------
    Incidents
        The incidents, the reports, and all that could not be resolved or read;
        a notebook shows them as a map.
    """
    from geoincidents.linking import link
    from geoincidents.model import IncidentCollection
    from geoincidents.notebook import Incidents

    gazetteer = gazetteer or _default_gazetteer()
    listed, ready = _reports_and_collections(reports)
    steps = progress(listed) if progress else listed
    readings = [read_one(report, gazetteer=gazetteer, hints=hints) for report in steps]
    events = [event for reading in readings for event in reading.events]
    known = [incident for collection in ready for incident in collection.incidents]
    made = IncidentCollection(
        incidents=link(events, gazetteer, known=known, reports=listed),
        reports=_united([listed, *(collection.reports for collection in ready)]),
        unresolved=(
            *(item for reading in readings for item in reading.unresolved),
            *(item for collection in ready for item in collection.unresolved),
        ),
        notices=tuple(notice for reading in readings for notice in _notices(reading)),
        mentions={reading.report.id: reading.mentions for reading in readings},
    )
    return Incidents.of(made)


def _reports_and_collections(
    reports: Iterable[Report] | ReadResult | str | PathLike[str],
) -> tuple[list[Report], list[IncidentCollection]]:
    from geoincidents.reports import ReadResult, read_reports

    if isinstance(reports, str | PathLike):
        reports = read_reports(reports)
    if isinstance(reports, ReadResult):
        return list(reports.reports), list(reports.collections)
    return list(reports), []


def _notices(reading: Reading) -> Iterable[str]:
    from pathlib import PurePath

    report = reading.report
    name = report.origin or report.id
    if PurePath(name).stem != report.id and report.origin:
        name = f"{name} ({report.id})"
    if not any(mention.location for mention in reading.mentions):
        yield f"{name}: names no place that could be found; nothing of it can be mapped."
    if report.published is None:
        yield (
            f"{name}: has no date of publication, so words like 'Saturday' stay open; "
            "put 'published: 2024-01-31' and a line '---' at its top."
        )


def _united(groups: Iterable[Sequence[Report]]) -> tuple[Report, ...]:
    """Reports of all groups; of two with one id the first is kept."""
    found: dict[str, Report] = {}
    for group in groups:
        for report in group:
            found.setdefault(report.id, report)
    return tuple(found.values())


def sample_reports() -> Path:
    """Folder of the sample reports that ship with the project."""
    from geoincidents.data import data_path

    return data_path("maps", "gallery", "belgorod", "reports")


def _default_gazetteer() -> Gazetteer:
    from geoincidents.gazetteer import open_gazetteer

    return open_gazetteer()
