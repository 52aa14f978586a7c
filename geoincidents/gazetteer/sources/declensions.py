"""Inflected forms of Russian and Ukrainian adjectives and names of peoples.

Headlines use them in every case ("украинскими", "россиян"). The rules are those of
school grammar for the endings that such words have; a word of another ending is
kept as it is.
"""

from __future__ import annotations

#: What follows the stem, by language and by the ending that is cut off.
_Endings = dict[str, dict[str, str]]

_ADJECTIVES: _Endings = {
    "ru": {
        "ый": "ый ая ое ые ого ой ому ую ым ом ых ыми",
        "ий": "ий ая ое ие ого ой ому ую им ом их ими",
    },
    "uk": {"ий": "ий а е і ого ої ому ій у им ою их ими"},
}
#: By the ending of the nominative plural.
_PLURALS: _Endings = {
    "ru": {
        "цы": "цы цев цам цами цах",
        "не": "не н нам нами нах",
        "ане": "ане ан анам анами анах",
        "чи": "чи чей чам чами чах",
        "ы": "ы ов ам ами ах",
        "и": "и ов ам ами ах",
    },
    "uk": {
        "ці": "ці ців цям цями цях",
        "ани": "ани ан анам анами анах",
        "яни": "яни ян янам янами янах",
        "чі": "чі чів чам чами чах",
        "и": "и ів ам ами ах",
        "і": "і ів ам ами ах",
    },
}


def adjective_forms(adjective: str, language: str) -> tuple[str, ...]:
    """All forms of an adjective given in the masculine nominative.

    >>> adjective_forms("російський", "uk")[:3]
    ('російський', 'російська', 'російське')
    """
    return _forms(adjective, _ADJECTIVES.get(language, {}))


def people_forms(plural: str, language: str) -> tuple[str, ...]:
    """Forms of a people's name given in the nominative plural.

    >>> people_forms("украинцы", "ru")
    ('украинцы', 'украинцев', 'украинцам', 'украинцами', 'украинцах')
    """
    return _forms(plural, _PLURALS.get(language, {}))


def _forms(word: str, endings: dict[str, str]) -> tuple[str, ...]:
    """The word with every ending of its kind; the longest ending that fits decides the kind."""
    for ending in sorted(endings, key=len, reverse=True):
        if word.endswith(ending):
            stem = word[: -len(ending)]
            return tuple(stem + other for other in endings[ending].split())
    return (word,)
