"""Drafts: events in the making, and how a frame may fit one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geoincidents.extraction.patterns import phrases, table
from geoincidents.extraction.places import share_place
from geoincidents.extraction.toll_rules import PEOPLE
from geoincidents.extraction.triggers import mode_of

if TYPE_CHECKING:
    from geoincidents.extraction.frames import Frame
    from geoincidents.model import Location, TimeInterval

#: Modes that never tell of one event together.
_APART = frozenset({"abduct", "sexual", "unrest", "territory", "intercept", "alert"})


@dataclass(slots=True)
class Draft:
    """An event in the making: the frames that tell of it."""

    frames: list[Frame] = field(default_factory=list)
    time: TimeInterval | None = None
    #: The report names its time; otherwise it was supposed.
    timed: bool = False
    flags: list[str] = field(default_factory=list)
    #: Founded by an alert told by itself.
    alert: bool = False
    #: Places of the event before it, for one told without a place of its own.
    inherited: list[Location] = field(default_factory=list)

    @property
    def targets(self) -> list[Location]:
        """All places of the event so far."""
        return [place for f in self.frames for place in f.targets] or self.inherited

    @property
    def mode(self) -> str:
        """Mode of its first telling kind."""
        if self.alert:
            return "alert"
        return next((m for f in self.frames if f.kind and (m := mode_of(f.kind)) != "any"), "any")

    @property
    def attackers(self) -> set[str]:
        """Country codes of those said to have done it."""
        return set().union(*(f.attackers for f in self.frames)) if self.frames else set()

    @property
    def is_wide(self) -> bool:
        """It was told of a whole country, as what befell many places at once."""
        wide = [f for f in self.frames if any(p.precision == "country" for p in f.targets)]
        fine = any(p.precision != "country" for p in self.targets)
        return bool(wide) and (not fine or any(f.campaign for f in wide))


def opens_city(frame: Frame, draft: Draft) -> bool:
    """A city's own attack, told with its own toll or weapon beside a country's campaign."""
    if not draft.is_wide or frame.definite or not frame.is_act:
        return False
    if any(place.precision == "country" for place in frame.targets):
        return False
    known = {b.feature_id for b in draft.targets} - {None}
    named = any(a.feature_id in known for a in frame.targets)
    people = any(t.measure in PEOPLE for t in frame.tolls)
    return not named and (people or bool(frame.weapons))


def opens_campaign(frame: Frame, draft: Draft) -> bool:
    """A country's campaign told after the attack on one of its cities."""
    if draft.is_wide or frame.definite or not frame.is_act or not draft.targets:
        return False
    wide = [p for p in frame.targets if p.precision == "country"]
    return bool(wide) and any(t.measure in PEOPLE for t in frame.tolls)


def elsewhere_down(frame: Frame, draft: Draft) -> bool:
    """Weapons shot down over a sea or a wide region, told beside a strike elsewhere."""
    if not frame.kind or mode_of(frame.kind) != "intercept" or draft.mode == "intercept":
        return False
    own = {p.feature_id for p in draft.targets}
    wide = all(p.precision in {"region", "sea"} for p in frame.targets)
    return wide and not any(p.feature_id in own for p in frame.targets)


def names_place(draft: Draft, frame: Frame) -> bool:
    """The event was told of a place of the frame itself, not only of its country."""
    named = [p for p in draft.targets if p.precision != "country"]
    return share_place(named, frame.targets)


def only_peoples(frame: Frame) -> bool:
    """Its only place is read from a people's name ("a Russian city")."""
    return all(m.kind == "demonym" for m in frame.places.get("target", []))


def narrow(frame: Frame, draft: Draft) -> None:
    """Leave out the country of "one of the deadliest attacks on Russia" beside a city."""
    if not draft.is_wide and all(p.precision == "country" for p in frame.targets):
        frame.places["target"] = []


def tells_alone(frame: Frame) -> bool:
    """A deed told for the first time: in plain words of violence, or with a day or a count."""
    told = frame.strong or bool(frame.tolls) or (frame.time is not None and not frame.spoken)
    return frame.is_act and told and not frame.definite


def is_alert_only(frame: Frame) -> bool:
    """Tell whether a frame tells of responses and of no harm."""
    people = any(t.measure in PEOPLE for t in frame.tolls)
    return bool(frame.reactions) and not frame.clause.triggers and not people


def fits_mode(frame: Frame, draft: Draft) -> bool:
    """Tell whether two kinds of event may be one."""
    if not frame.kind:
        return draft.mode != "alert"
    mine, its = mode_of(frame.kind), draft.mode
    if mine == "intercept" and its in {"remote", "any", "gun", "bomb"}:
        return True
    if mine == "any":
        return its != "intercept" or frame.definite
    return its in {mine, "any"} or not ({mine, its} & _APART)


def is_general(draft: Draft) -> bool:
    """Deeds spoken of in general: no day, no count, no verb that tells one.

    "The government condemned killings and kidnappings in the north" is about
    deeds without telling any; a title ("Shelling of the port") does tell one.
    """
    acts = [f for f in draft.frames if f.is_act]
    if draft.alert or not acts:
        return False
    language = acts[0].clause.sentence.language
    if not table(language, "events", "telling"):
        return False
    deeds = [t.text for f in acts for t in f.clause.triggers if t.kind != "effect"]
    plural = phrases(language, "events", "telling", "plural")
    several = all(plural.fullmatch(deed) for deed in deeds)
    if draft.timed and draft.time is not None:
        return several and draft.time.precision in {"month", "year"}
    if any(f.tolls for f in draft.frames):
        return False
    if any(f.clause.sentence.heading or f.clause.sentence.index == 0 for f in acts):
        return False
    verbs = phrases(language, "events", "telling", "verbs")
    return not any(verbs.search(deed) for deed in deeds)
