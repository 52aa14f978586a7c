"""Claims → low, best and high per measure, damage, and what supersedes what.

The contract's definition: a claim of n (exact, at least, about, over, up to)
counts as n, vague words as nothing; a sub-count is no rival of its total; a
recap counts as nothing, and so does a claim whose scope is another. `low` and
`high` span what counts. `best` takes each claimant's last claim, then the latest
of those by `as_of`, else by publication, the larger on a tie. The latest of all
claims is by necessity its claimant's last, so one comparison finds it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from geoincidents.linking.tolls import DAMAGE, bounds
from geoincidents.model import Claim, Estimate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_TOKEN = re.compile(r"\w+")


def estimates_of(claims: Iterable[Claim], scopes: Collection[str]) -> dict[str, Estimate]:
    """Estimates per measure; `scopes` are the names that the incident's own scope goes by."""
    counted: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if counts(claim, scopes) and not claim.measure.startswith(DAMAGE):
            counted[claim.measure].append(claim)
    return {measure: _estimate(rivals) for measure, rivals in sorted(counted.items())}


def counts(claim: Claim, scopes: Collection[str]) -> bool:
    """True for a claim that moves an estimate."""
    if claim.recap or claim.is_part or bounds(claim) is None:
        return False
    return claim.scope is None or claim.scope.casefold() in scopes


def _estimate(claims: list[Claim]) -> Estimate:
    spans = [span for span in map(bounds, claims) if span is not None]
    best = max(_high(claim) for claim in latest(claims))
    return Estimate(min(low for low, _ in spans), best, max(high for _, high in spans))


def _high(claim: Claim) -> int:
    span = bounds(claim)
    return span[1] if span else 0


def latest(claims: Iterable[Claim]) -> list[Claim]:
    """The claims of the latest time; a bare date ties with every time of its day."""
    timed = [(moment_of(claim), claim) for claim in claims]
    day = max(moment[0] for moment, _ in timed)
    last = [(moment[1], claim) for moment, claim in timed if moment[0] == day]
    if any(clock is None for clock, _ in last):
        return [claim for _, claim in last]
    clock = max(clock for clock, _ in last if clock is not None)
    return [claim for at, claim in last if at == clock]


def moment_of(claim: Claim) -> tuple[str, str | None]:
    """Day and clock (UTC) of a claim by `as_of`, else publication; no clock for a bare date."""
    text = claim.as_of or claim.published or ""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text[:10], None
    if "T" not in text and " " not in text.strip():
        return text[:10], None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        utc = aware.astimezone(UTC)
    except OverflowError:
        return text[:10], None
    return utc.date().isoformat(), utc.time().isoformat()


def damage_of(claims: Iterable[Claim]) -> dict[str, tuple[int | None, int | None]]:
    """``{what: (least, greatest)}``; the greatest is None while only a lower bound is known."""
    damage: dict[str, tuple[int | None, int | None]] = {}
    for claim in claims:
        if not claim.measure.startswith(DAMAGE) or claim.recap or claim.is_part:
            continue
        what = claim.measure.removeprefix(DAMAGE)
        span = bounds(claim)
        open_ended = span is None or claim.qualifier in {"at_least", "over"}
        low, high = (span[0] if span else None), (None if open_ended or not span else span[1])
        known = damage.get(what)
        damage[what] = (low, high) if known is None else _widen(known, (low, high))
    return dict(sorted(damage.items()))


def _widen(
    a: tuple[int | None, int | None], b: tuple[int | None, int | None]
) -> tuple[int | None, int | None]:
    lows = [low for low in (a[0], b[0]) if low is not None]
    highs = [high for high in (a[1], b[1]) if high is not None]
    high = max(highs, default=None)
    if high is not None and any(low > high for low in lows):
        high = None
    return min(lows, default=None), high


def with_supersedes(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Mark in each claim the earlier figure of the same claimant that it replaces.

    `supersedes` holds ``report:start-end`` of the replaced claim.
    """
    items = list(claims)
    names = _claimants(items)
    last: dict[tuple[str, ...], Claim] = {}
    marked: list[Claim] = []
    for claim in sorted(items, key=_by_time):
        key = (claim.measure, claim.subject or "", claim.scope or "", names.get(id(claim), ""))
        plain = replace(claim, supersedes=None)
        if key[3] and not claim.recap and bounds(claim) is not None:
            earlier = last.get(key)
            if earlier is not None and _replaces(plain, earlier):
                source = earlier.source
                plain = replace(plain, supersedes=f"{source.report_id}:{source.start}-{source.end}")
            last[key] = plain
        marked.append(plain)
    return tuple(marked)


def _replaces(claim: Claim, earlier: Claim) -> bool:
    return (
        claim.source.report_id != earlier.source.report_id
        and bounds(claim) != bounds(earlier)
        and moment_of(claim) != moment_of(earlier)
    )


def _by_time(claim: Claim) -> tuple[object, ...]:
    day, clock = moment_of(claim)
    source = claim.source
    return day, clock or "", source.report_id, source.start, source.end, claim.measure, repr(claim)


def _claimants(claims: Iterable[Claim]) -> dict[int, str]:
    """Claimant of each claim by one name: "Petrenko" and "Governor Ivan Petrenko" are one."""
    items = [
        (claim, frozenset(_TOKEN.findall((claim.claimant or "").casefold()))) for claim in claims
    ]
    full = sorted({tokens for _, tokens in items if tokens}, key=lambda t: (-len(t), sorted(t)))
    names: dict[int, str] = {}
    for claim, tokens in items:
        home = next((longer for longer in full if tokens and tokens <= longer), None)
        if home is not None:
            names[id(claim)] = " ".join(sorted(home))
    return names
