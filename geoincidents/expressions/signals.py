"""Tell a text with words of spatial language from a plain name."""

from __future__ import annotations

from geoincidents.expressions.script import languages_of
from geoincidents.expressions.tokens import tokenise
from geoincidents.expressions.vocabulary import spatial_vocabulary

#: Classes that names are full of, too: alone they do not make an expression.
_WEAK = frozenset(
    {
        *(
            "the",
            "in",
            "in_area",
            "and",
            "of",
            "from",
            "poss",
            "filler",
            "apposition",
            "border_belt",
        ),
        *("types", "types_admin1", "types_admin2", "types_settlement", "inside"),
        *("deictic", "deictic_settlement", "deictic_admin1", "deictic_country", "territory"),
        *("number_cardinals", "number_scales", "number_joiners", "number_range", "one"),
        *("number_negative", "number_vague", "compass_abbreviation", "part", "far"),
        *("drive", "travel", "outside", "toward", "qualifier", "banks", "border_units"),
    }
)


def is_spatial(text: str) -> bool:
    """Tell whether words stand in a text that make it worth reading as an expression."""
    tokens = tokenise(text)
    return any(
        not (found.keys() <= _WEAK)
        for language in languages_of(text)
        if (found := spatial_vocabulary(language).scan(tokens))
    )
