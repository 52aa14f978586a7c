"""Weighing the options of every name of a report, by itself and then among the others.

Mentions of one name in one sense form a group. The first pass gives each
group's options shares of probability from the name, the words beside it and
the caller's hints. These shares vote for countries, units and cells; the
second pass weighs again with the votes of the other groups, twice, so that
names that were doubtful may lean on each other.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache
from math import exp, log
from operator import mul
from typing import TYPE_CHECKING

from geoincidents.resolution.context import (
    Namesakes,
    Votes,
    measure_names,
    namesake_measures,
    namesake_names,
    vote_measures,
    vote_score,
    votes_of,
)
from geoincidents.resolution.cues import NO_CUE, Cue, read_cue
from geoincidents.resolution.hints import NO_HINTS, Hints, hint_parts
from geoincidents.resolution.names import tidy
from geoincidents.resolution.surroundings import (
    countries_by_words,
    home_ballots,
    publisher_names,
    unmarked_names,
)
from geoincidents.resolution.weights import Weights, weigh

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geoincidents.model import Mention
    from geoincidents.resolution.options import Option, Part
    from geoincidents.resolution.shelf import Row, Shelf

_ROUNDS = 2
_BALLOTS = 4
_LEAST_SHARE = 0.05
_STILL = 0.1
#: Options a group takes into the second pass.
_CARRIED = 16
#: Names so many places and so many characters away count as beside.
_BESIDE_PLACES = 2
_BESIDE_CHARACTERS = 300

OTHERS, BESIDE, UNMARKED = "other names", "names beside", "unmarked names"
LEVELS = ("country", "admin1", "admin2", "place")

Ballot = tuple["Option", float]
#: Weights of context by level, in the order of the measures.
Tables = dict[str, tuple[tuple[float, ...], ...]]


class Group:
    """Mentions of one name in one sense, and what they may mean.

    `members` are places in the list of mentions, `beside` the groups that stand
    near in the text. The other lists go with `rows`: what the words about the
    name say of each, and its scores and shares. `context` holds, for the options
    that are told of, what the report's other names say of them.
    """

    def __init__(self, rows: tuple[Row, ...], cue: Cue) -> None:
        self.rows = rows
        self.cue = cue
        self.members: list[int] = []
        self.elsewhere: frozenset[str] = frozenset()
        self.beside: set[int] = set()
        self.local: list[list[Part]] = []
        self.context: dict[int, tuple[tuple[float, ...], ...]] = {}
        self.base: list[float] = []
        self.shares: list[float] = []
        self.scores: list[float] = []

    def ballots(self) -> list[Ballot]:
        """Its likeliest options with the weights of their votes."""
        mass = 1 + log(len(self.members)) / 2
        pairs = zip(self.shares, self.rows, strict=True)
        best = sorted(
            ((share, at, row) for at, (share, row) in enumerate(pairs) if share >= _LEAST_SHARE),
            key=lambda item: (-item[0], item[1]),
        )
        return [(row.option, share * mass) for share, _, row in best[:_BALLOTS]]

    def order(self) -> list[int]:
        """Places of its options, best first; ties go to the better known."""
        return sorted(range(len(self.rows)), key=lambda at: (-self.shares[at], at))


def softmax(scores: Sequence[float]) -> list[float]:
    """Shares of probability, in the order of `scores`."""
    if not scores:
        return []
    top = max(scores)
    raised = [exp(score - top) for score in scores]
    total = sum(raised)
    return [value / total for value in raised]


def cue_parts(option: Option, cue: Cue, elsewhere: frozenset[str]) -> list[Part]:
    """How far the words beside the name speak for an option."""
    parts: list[Part] = []
    if cue.holders:
        inside = not cue.holders.isdisjoint(option.within) and option.key not in cue.holders
        said = "in the unit named" if inside else "not in the unit named"
        parts.append((f"{said} ({cue.link})", 1.0))
        if cue.upper and not cue.upper.isdisjoint(option.within):
            parts.append(("in the larger unit named", 1.0))
    elif elsewhere and not elsewhere.isdisjoint(option.within):
        parts.append(("in the unit named elsewhere", 1.0))
    if cue.held and option.key and option.key in cue.held:
        parts.append(("may hold the name before the comma", 1.0))
    return parts


def _names(mention: Mention) -> tuple[str, ...]:
    return mention.names or (mention.text,)


def gather(
    text: str, mentions: Sequence[Mention], shelf: Shelf, hints: Hints = NO_HINTS
) -> list[Group]:
    """Groups of the mentions that bear a name, in the order of first mention."""
    groups: dict[tuple[object, ...], Group] = {}
    senses: defaultdict[str, list[Group]] = defaultdict(list)
    holders = {mention.start: mention for mention in mentions}
    for index, mention in enumerate(mentions):
        if mention.kind in {"deictic", "expression"}:
            continue
        names = _names(mention)
        cue = _cue_of(text, mention, holders, shelf)
        key = (names, mention.type_hint, mention.language, cue.holders, cue.upper, cue.held)
        if key not in groups:
            rows = shelf.rows(names, mention.language, mention.type_hint)
            groups[key] = Group(rows, cue)
            senses[tidy(names[0]).casefold()].append(groups[key])
        groups[key].members.append(index)
    _share_senses(senses.values())
    found = list(groups.values())
    told = countries_by_words(text) if found else {}
    for group in found:
        group.local = [_local(row.option, group, hints, told) for row in group.rows]
    _link(found, mentions)
    return found


def _cue_of(text: str, mention: Mention, at: dict[int, Mention], shelf: Shelf) -> Cue:
    if mention.container is not None and mention.container in at:
        holder = at[mention.container]
        for name in _names(holder):
            keys = shelf.container(name, holder.language)
            if keys:
                return Cue(keys, "comma")
    if not text:
        return NO_CUE
    return read_cue(text, mention.start, mention.end, mention.language, shelf)


def _share_senses(senses: Iterable[list[Group]]) -> None:
    """A name placed once ("Brest, France") is so placed wherever it stands alone."""
    for groups in senses:
        named = frozenset().union(*(g.cue.holders for g in groups if g.cue.link != "list"))
        for group in groups:
            if not group.cue.holders:
                group.elsewhere = named


def _local(option: Option, group: Group, hints: Hints, told: dict[str, float]) -> list[Part]:
    has_cue = group.elsewhere or group.cue is not NO_CUE
    parts = cue_parts(option, group.cue, group.elsewhere) if has_cue else []
    if option.within[0] in told:
        parts.append((f"words usual in its country ({option.level})", told[option.within[0]]))
    if not hints.empty:
        parts += hint_parts(option, hints)
    return parts


def _link(groups: list[Group], mentions: Sequence[Mention]) -> None:
    """Tell each group which others stand beside it."""
    owner = {index: at for at, group in enumerate(groups) for index in group.members}
    order = sorted(owner, key=lambda index: mentions[index].start)
    for place, index in enumerate(order):
        for other in order[place + 1 : place + 1 + _BESIDE_PLACES]:
            gap = mentions[other].start - mentions[index].end
            if owner[other] != owner[index] and gap <= _BESIDE_CHARACTERS:
                groups[owner[index]].beside.add(owner[other])
                groups[owner[other]].beside.add(owner[index])


def first_pass(groups: list[Group], shelf: Shelf) -> None:
    """Shares from each name by itself; options far behind are let go."""
    weights, hints = shelf.weights.first, shelf.weights.hints
    for group in groups:
        group.scores = [
            row.first + weigh(parts, weights) + weigh(parts, hints)
            for row, parts in zip(group.rows, group.local, strict=True)
        ]
        if len(group.rows) > _CARRIED:
            _carry_best(group)
        group.shares = softmax(group.scores)


def _carry_best(group: Group) -> None:
    best = sorted(range(len(group.rows)), key=lambda at: (-group.scores[at], at))[:_CARRIED]
    group.rows = tuple(group.rows[at] for at in best)
    group.local = [group.local[at] for at in best]
    group.scores = [group.scores[at] for at in best]


def home_votes(
    text: str, mentions: Sequence[Mention], shelf: Shelf, publisher: str | None = None
) -> Votes:
    """The votes of names that the text bears outside its mentions, and of its publisher's."""
    votes = Votes()
    for name in (*publisher_names(publisher, shelf), *unmarked_names(text, mentions, shelf)):
        rows = shelf.rows((name,), "en", None)
        for option, share in home_ballots(rows, softmax([row.first for row in rows])):
            votes.add(option, share)
    return votes


class Surroundings:
    """All that a report's names and words say of where it is, and its groups lean on."""

    def __init__(self, groups: list[Group], home: Votes) -> None:
        self.groups = groups
        self.home = home
        self.namesakes = Namesakes()
        self._borne = [self.namesakes.add([row.option for row in group.rows]) for group in groups]
        self._ballots: list[list[Ballot]] = []

    def fixed(self) -> Iterator[tuple[Group, tuple[float, float]]]:
        """Each group with its own part in where the names could lie."""
        return zip(self.groups, self._borne, strict=True)

    def count(self) -> None:
        """Take the votes of the present shares."""
        self._ballots = [group.ballots() for group in self.groups]

    def around(self) -> Iterator[tuple[Group, Votes, Votes]]:
        """Each group, the votes of the others, and of those beside it."""
        ballots = self._ballots
        votes = votes_of(ballot for some in ballots for ballot in some)
        for group, own in zip(self.groups, ballots, strict=True):
            for option, weight in own:
                votes.add(option, -weight)
            yield group, votes, votes_of(ballots[at][0] for at in group.beside if ballots[at])
            for option, weight in own:
                votes.add(option, weight)

    def measure(self, most: int | None = None) -> None:
        """Fill each group's `context`, for its best options or for all."""
        for (group, votes, near), borne in zip(self.around(), self._borne, strict=True):
            group.context = {
                at: (
                    vote_measures(group.rows[at].option, self.home),
                    namesake_measures(group.rows[at].option, self.namesakes, borne),
                    vote_measures(group.rows[at].option, votes),
                    vote_measures(group.rows[at].option, near),
                )
                for at in group.order()[:most]
            }


@cache
def _names_of(level: str) -> tuple[tuple[str, ...], ...]:
    return (
        measure_names(UNMARKED, level),
        namesake_names(level),
        measure_names(OTHERS, level),
        measure_names(BESIDE, level),
    )


def context_parts(group: Group, at: int) -> list[Part]:
    """What the surroundings say of one option, by feature name."""
    if at not in group.context:
        return []
    names = _names_of(group.rows[at].option.level)
    return [
        (name, value)
        for some, values in zip(names, group.context[at], strict=True)
        for name, value in zip(some, values, strict=True)
        if value
    ]


@lru_cache(maxsize=4)
def _context_tables(weights: Weights) -> Tables:
    get = weights.second.get
    return {
        level: tuple(tuple(get(name, 0.0) for name in names) for names in _names_of(level))
        for level in LEVELS
    }


def second_pass(groups: list[Group], shelf: Shelf, home: Votes, told: int) -> None:
    """Shares with the context of the other names, told of the best `told` options."""
    tables = _context_tables(shelf.weights)
    surroundings = Surroundings(groups, home)
    _weigh_alone(surroundings, shelf, tables)
    before: list[list[float]] = []
    for turn in range(_ROUNDS):
        if turn and not _moved(groups, before):
            break
        before = [group.shares for group in groups]
        surroundings.count()
        for group, votes, near in surroundings.around():
            group.scores = [
                base
                + vote_score(row.option, votes, tables[row.option.level][2])
                + vote_score(row.option, near, tables[row.option.level][3])
                for base, row in zip(group.base, group.rows, strict=True)
            ]
            group.shares = softmax(group.scores)
    surroundings.measure(told)


def _weigh_alone(surroundings: Surroundings, shelf: Shelf, tables: Tables) -> None:
    """Fill each group's `base`: all that the other groups' shares do not change."""
    weights, hints = shelf.weights.second, shelf.weights.hints
    home, namesakes = surroundings.home, surroundings.namesakes
    for group, borne in surroundings.fixed():
        group.base = [
            row.second
            + weigh(local, weights)
            + weigh(local, hints)
            + vote_score(row.option, home, tables[row.option.level][0])
            + sumprod(tables[row.option.level][1], namesake_measures(row.option, namesakes, borne))
            for row, local in zip(group.rows, group.local, strict=True)
        ]


def _moved(groups: list[Group], before: list[list[float]]) -> bool:
    """Whether the last round changed any share enough to change the votes."""
    return any(
        abs(new - old) > _STILL
        for group, shares in zip(groups, before, strict=True)
        for new, old in zip(group.shares, shares, strict=True)
    )


def sumprod(weights: tuple[float, ...], values: tuple[float, ...]) -> float:
    """The sum of products."""
    total: float = sum(map(mul, weights, values))
    return total


def all_parts(group: Group, at: int) -> list[Part]:
    """Every feature of one option of a group."""
    return [*group.rows[at].option.parts, *group.local[at], *context_parts(group, at)]
