"""Draw the figures of docs/expressions.md: one for each relation, the sentence and the shape.

Run from the checkout: ``python docs/figures/draw_expressions.py``.
"""

from __future__ import annotations

from pathlib import Path

#: Relation, text, and what is known beside the text.
FIGURES: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("offset", "60 km east of Aleppo", {}),
    ("distance_from", "20 km from Gao", {}),
    ("distance_from_border", "40 km from the Ukrainian border", {"near": "Belgorod"}),
    ("border_zone", "the border districts of Kursk region", {}),
    ("near", "near Sloviansk", {}),
    ("near_border", "near the Polish border", {"near": "Lviv"}),
    ("direction_of", "north of Goma", {}),
    ("part_of", "eastern Ukraine", {}),
    ("between", "between Juba and Bor", {}),
    ("along", "on the road from Sumy to Konotop", {}),
    ("coordination", "Kherson, Mykolaiv and Dnipropetrovsk regions", {}),
    ("site_of", "Independence Square, Kyiv", {}),
    ("capital_of", "the capital of Yemen", {}),
    ("off_coast", "off the coast of Lebanon", {}),
    ("intersection", "the town of Rivne, 120 km from the Belarusian border", {"country": "UA"}),
)


def draw(folder: Path) -> list[str]:
    """Draw every figure into a folder; gives what could not be drawn, and why."""
    from geoincidents.expressions.picture import svg
    from geoincidents.gazetteer import open_gazetteer
    from geoincidents.pipeline import locate

    gazetteer = open_gazetteer()
    missing = []
    for relation, text, hints in FIGURES:
        result = locate(text, gazetteer=gazetteer, **hints)
        found = {location.relation for location in result.chosen}
        if found != {relation}:
            missing.append(f"{relation}: {text!r} gave {result.unresolved or found}")
            continue
        picture = svg(result, gazetteer)
        (folder / f"{relation}.svg").write_text(picture + "\n", encoding="utf-8")
    return missing


if __name__ == "__main__":
    raise SystemExit("\n".join(draw(Path(__file__).parent / "expressions")) or 0)
