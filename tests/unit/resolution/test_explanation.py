"""Explanations say who won, who lost and why, and let no report speak as markup."""

import re
from html import unescape

from geoincidents.model import Mention, Report
from geoincidents.resolution import resolve
from geoincidents.resolution.explanation import explain_text
from geoincidents.resolution.explanation_page import explain_page, highlighted

HOSTILE = "<script>alert(1)</script> & \"'>` ${x} \x1b[31m \ud800 in Paris, \u202eTexas"


def explained(text, gazetteer, name="Paris"):
    report = Report("r", text, title=text[:60])
    at = text.index(name)
    mention = Mention(at, at + len(name), name, "toponym", role="event", names=(name,))
    return report, resolve(report, [mention], gazetteer, keep_candidates=True)


def test_the_text_tells_winner_losers_and_reasons(gazetteer):
    told = explain_text(*explained("A fire in Paris, Texas.", gazetteer))
    assert "Paris, Texas, United States" in told
    assert "Paris, Île-de-France, France" in told
    assert "in the unit named (comma)" in told


def test_an_unresolved_name_tells_its_reason(gazetteer):
    told = explain_text(*explained("A fire in Nowheresk.", gazetteer, "Nowheresk"))
    assert "unresolved: no place of this name" in told


def test_no_control_character_reaches_the_terminal(gazetteer):
    report = Report("r", "a \x1b[31m b")
    told = explain_text(report, [Mention(2, 7, "\x1b[31m", "toponym")])
    assert "\x1b" not in told


def test_hostile_text_stays_text_on_the_page(gazetteer):
    page = explain_page(*explained(HOSTILE, gazetteer))
    page.encode("utf-8")
    assert "<script" not in page
    assert "\x1b" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_page_asks_no_host_for_anything(gazetteer):
    page = explain_page(*explained("A fire in Paris.", gazetteer))
    assert "default-src 'none'" in page
    assert not re.search(r"""(?:src|href)=["'](?!#)""", page)
    assert "url(" not in page
    assert "@import" not in page


def test_highlighting_keeps_every_character(gazetteer):
    report, mentions = explained("Paris <b> and Paris & Texas", gazetteer)
    overlapping = (*mentions, Mention(0, 9, "Paris <b>", "expression"))
    plain = unescape(re.sub(r"<[^>]+>", "", highlighted(report.text, overlapping)))
    assert plain == report.text
