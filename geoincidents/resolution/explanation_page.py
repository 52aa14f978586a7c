"""Why each place of a report resolved as it did, as one HTML page that asks no host."""

from __future__ import annotations

from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from geoincidents.resolution.explanation import outcome_words, place_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoincidents.model import Candidate, Mention, Report

_LOSERS = 9
_LEAST_WEIGHT = 0.05
_FULL_BAR = 8.0

_STYLE = """
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #fdfdfb; --soft: #6a6a6a;
  --line: #d9d9d4; --event: #f6c9a8; --reference: #bfe0f2; --actor: #e3d3ea; --none: #ddd; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececec; --paper: #16181a; --soft: #a0a0a0;
  --line: #3a3d40; --event: #7a3d12; --reference: #114a66; --actor: #543a60; --none: #444; } }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.55 system-ui, sans-serif; color: var(--ink);
  background: var(--paper); }
main { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 6fr); gap: 2rem;
  max-width: 90rem; margin: 0 auto; padding: 1.5rem; }
@media (max-width: 60rem) { main { grid-template-columns: minmax(0, 1fr); } }
h1 { font-size: 1.3rem; margin: 0 0 .5rem; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
.text a { color: inherit; text-decoration: none; border-radius: .2em; padding: 0 .1em; }
.event { background: var(--event); } .reference { background: var(--reference); }
.actor { background: var(--actor); } .unresolved { background: var(--none);
  text-decoration: underline wavy; }
.expression { border-bottom: 2px solid currentColor; }
details { border-top: 1px solid var(--line); padding: .5rem 0; overflow-wrap: anywhere; }
details:target { outline: 2px solid currentColor; outline-offset: 4px; }
summary { cursor: pointer; } summary small, .soft { color: var(--soft); }
table { border-collapse: collapse; width: 100%; font-size: .9rem; margin: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .5rem .3rem 0;
  border-bottom: 1px solid var(--line); } td.score { font-variant-numeric: tabular-nums; }
tr.winner td { font-weight: 600; } tr.winner td .reasons { font-weight: 400; }
.reasons { list-style: none; margin: .2rem 0 0; padding: 0; }
.reasons li { display: grid; grid-template-columns: 3.5rem 5rem 1fr; gap: .5rem; }
.reasons li > :first-child { text-align: right; font-variant-numeric: tabular-nums; }
.bar { align-self: center; height: .5rem; background: linear-gradient(currentColor, currentColor)
  no-repeat left / var(--length) 100%; opacity: .6; }
.key span { padding: 0 .3em; border-radius: .2em; margin-right: .5em; }
a:focus-visible, summary:focus-visible { outline: 2px solid currentColor; }
"""


def _safe(text: str) -> str:
    """Text that HTML can bear: escaped, without lone surrogates and control characters."""
    clean = "".join(ch if ch >= " " or ch in "\n\t" else "\ufffd" for ch in text)
    return escape(clean.encode("utf-8", "replace").decode("utf-8"), quote=True)


def _class_of(mention: Mention) -> str:
    return mention.role if mention.location is not None else "unresolved"


def highlighted(text: str, mentions: Sequence[Mention]) -> str:
    """The text as HTML, each stretch inside a mention linked to the shortest that holds it."""
    edges = sorted({0, len(text), *(m.start for m in mentions), *(m.end for m in mentions)})
    opening: dict[int, list[int]] = {}
    for at, mention in enumerate(mentions):
        opening.setdefault(mention.start, []).append(at)
    pieces: list[str] = []
    active: list[int] = []
    for start, end in pairwise(edges):
        active = [at for at in active if mentions[at].end > start] + opening.get(start, [])
        pieces.append(_stretch(_safe(text[start:end]), active, mentions))
    return "".join(pieces)


def _stretch(piece: str, active: list[int], mentions: Sequence[Mention]) -> str:
    if not active:
        return piece
    at = min(active, key=lambda i: (mentions[i].end - mentions[i].start, i))
    within = any(mentions[i].kind == "expression" for i in active)
    classes = _class_of(mentions[at]) + (" expression" if within else "")
    return f'<a class="{classes}" href="#m{at}">{piece}</a>'


def _reasons(candidate: Candidate) -> str:
    items = [
        f'<li><span>{weight:+.2f}</span><span class="bar" style="--length: '
        f'{min(100.0, abs(weight) / _FULL_BAR * 100):.0f}%"></span><span>{_safe(name)}</span></li>'
        for name, weight in candidate.reasons
        if abs(weight) >= _LEAST_WEIGHT
    ]
    return f'<ul class="reasons">{"".join(items)}</ul>'


def _row(at: int, candidate: Candidate) -> str:
    winner = ' class="winner"' if at == 0 else ""
    body = _reasons(candidate)
    if at:
        body = f"<details><summary>reasons</summary>{body}</details>"
    place = _safe(place_words(candidate.feature))
    return f'<tr{winner}><td class="score">{candidate.score:.3f}</td><td>{place}{body}</td></tr>'


def _block(at: int, mention: Mention) -> str:
    why = mention.location.evidence if mention.location is not None else mention.evidence
    because = "".join(f'<p class="soft">{_safe(line)}</p>' for line in why)
    rows = "".join(_row(n, one) for n, one in enumerate(mention.candidates[: _LOSERS + 1]))
    table = (
        f"<table><thead><tr><th>probability</th><th>candidate</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>"
        if rows
        else ""
    )
    return (
        f'<details id="m{at}"{" open" if mention.location is None else ""}><summary>'
        f'<span class="{_class_of(mention)}">{_safe(mention.text)}</span> → '
        f"{_safe(outcome_words(mention))} <small>{mention.kind}, {mention.role}</small>"
        f"</summary>{because}{table}</details>"
    )


def explain_page(report: Report, mentions: Sequence[Mention]) -> str:
    """The explanation of a report as a whole HTML page, without scripts or requests."""
    title = _safe(report.title or report.id)
    blocks = "".join(_block(at, mention) for at, mention in enumerate(mentions))
    resolved = sum(mention.location is not None for mention in mentions)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Why here? {title}</title><style>{_STYLE}</style></head><body><main>"
        f'<article><h1>{title}</h1><p class="key"><span class="event">event</span>'
        '<span class="reference">reference</span><span class="actor">actor</span>'
        '<span class="unresolved">unresolved</span></p>'
        f'<div class="text">{highlighted(report.text, mentions)}</div></article>'
        f"<section><h1>{resolved} of {len(mentions)} mentions resolved</h1>"
        '<p class="soft">A probability is calibrated; a reason\'s number is its weight of evidence '
        "(natural log-odds), for the choice among the candidates.</p>"
        f"{blocks}</section></main></body></html>\n"
    )
