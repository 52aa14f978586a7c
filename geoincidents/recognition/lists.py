"""Mentions that stand together: lists, shared type words, containers.

"Kherson, Mykolaiv and Dnipropetrovsk regions" are three regions; "Odessa,
Texas" lies in Texas; "Russia's Belgorod" lies in Russia.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from geoincidents.recognition.drafts import Draft, breadth
from geoincidents.recognition.english import type_words
from geoincidents.recognition.page import span_name

if TYPE_CHECKING:
    from geoincidents.recognition.tokens import Tokens

_JOIN = re.compile(
    r"^(?:,|,? (?:and|or|&|as well as|plus|и|та|і|й)|/)\s+"
    r"(?:the |in |near |over |from )?$|^/$"
)
_INSIDE = re.compile(r"^,? (?:in|of|inside|within)(?: the)?(?: [a-z-]+(?:ern)?)? $")
_OF = re.compile(
    r"^ (?:[a-z-]+ ){0,3}(?:city|cities|town|towns|village|villages|port|capital"
    r"|regions?|provinces?|districts?|county) of $"
)
_POSSESSIVE = re.compile(r"^(?:'s|’s|'|’) (?:[a-z-]+ ){0,3}(?:of )?$")
_LONGEST_GAP = 60


def group(text: str, drafts: list[Draft]) -> list[list[Draft]]:
    """Drafts in lists: neighbours joined by commas and "and"; others alone."""
    groups: list[list[Draft]] = []
    for draft in drafts:
        last = groups[-1][-1] if groups else None
        if last and last.kind == draft.kind and _JOIN.match(_between(text, last, draft)):
            groups[-1].append(draft)
        else:
            groups.append([draft])
    return groups


def _between(text: str, left: Draft, right: Draft) -> str:
    return text[left.end : right.start] if right.start - left.end <= _LONGEST_GAP else "\n"


def tie_containers(text: str, drafts: list[Draft]) -> None:
    """Set `container` where the text says in so many words what a place lies in."""
    for left, right in itertools.pairwise(drafts):
        gap = _between(text, left, right)
        names = left.kind == right.kind == "toponym"
        if names and breadth(right) > breadth(left) and (gap == ", " or _INSIDE.match(gap)):
            left.container = right.start
        if (
            _POSSESSIVE.match(gap) and breadth(left) > breadth(right) and right.kind == "toponym"
        ) or (
            left.kind == "demonym" and right.kind == "toponym" and (_OF.match(gap) or gap == " ")
        ):
            right.container = left.start


def share_types(tokens: Tokens, groups: list[list[Draft]]) -> None:
    """Give the members of a list the type word that stands once for all of them."""
    types = type_words()
    for members in groups:
        if len(members) < 2 or members[0].kind != "toponym":
            continue
        after = members[-1].last + 1
        word = tokens.words[after].lower() if after < len(tokens) else ""
        if word in types.plural and tokens.gaps[after] == " ":
            _type_all(tokens, members, types.plural[word])
        elif members[0].type_hint and _plural_before(tokens, members[0]):
            for member in members[1:]:
                member.type_hint = member.type_hint or members[0].type_hint
        elif members[-1].type_hint in {"admin1", "admin2"} and members[-1].last > members[-1].first:
            _share_singular(tokens, members)


def _type_all(tokens: Tokens, members: list[Draft], word: str) -> None:
    hint = type_words().after[word.lower()]
    for member in members:
        base = span_name(tokens, member.first, member.last)
        member.type_hint = hint
        usual = [f"{base} Oblast"] if word == "Region" else []
        member.names = tuple(dict.fromkeys([f"{base} {word}", *usual, base]))


def _plural_before(tokens: Tokens, draft: Draft) -> bool:
    """As in "regions of X, Y and Z"."""
    i = draft.first - 2
    return i >= 0 and tokens.words[i].lower() in {
        *type_words().plural,
        "cities",
        "towns",
        "villages",
    }


def _share_singular(tokens: Tokens, members: list[Draft]) -> None:
    """As in "the Belgorod and Yakovlevsky urban district": offer the typed form too."""
    last = members[-1]
    word = span_name(tokens, last.first + 1, last.last)
    if not word.islower():
        return
    for member in members[:-1]:
        if member.type_hint is None:
            member.names = (*member.names, f"{member.names[0]} {word}")
