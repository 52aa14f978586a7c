"""Train the recogniser, and say how well it does on what it has not seen.

    python benchmarks/recognition.py CORPORA_FOLDER cross-validate [--folds 5]
    python benchmarks/recognition.py CORPORA_FOLDER left-out
    python benchmarks/recognition.py CORPORA_FOLDER ablate
    python benchmarks/recognition.py CORPORA_FOLDER speed
    python benchmarks/recognition.py CORPORA_FOLDER train --fold 0/5 -o weights.json.gz
    python benchmarks/recognition.py CORPORA_FOLDER train -o gazetteer/models/recognition.json.gz

CORPORA_FOLDER holds the standard geoparsing corpora, and beside it
``tools/corpora.py`` reads them. Folds are over documents, numbered as the
corpus has them: fold K/N leaves out the documents whose number leaves K on
division by N, in every corpus. A hit is a span with the same start and end.
Needs ``pip install geoincidents[train]``.
"""

from __future__ import annotations

import argparse
import importlib.util
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from geoincidents.gazetteer import open_gazetteer
from geoincidents.model import Report
from geoincidents.recognition import recognise
from geoincidents.recognition.names import (
    ADMIN1,
    BIG_CITY,
    CITY,
    COUNTRY,
    DEMONYM,
    METROPOLIS,
    REGION,
    NameClasses,
)
from geoincidents.recognition.tokens import tokenise
from geoincidents.recognition.training import Example, Settings, train, write_weights

SCRATCH = Path(gettempdir())
CORPORA = ("lgl", "trnews", "tudloc")
#: Corpora whose gold leaves peoples and adjectives out.
WITHOUT_DEMONYMS = {"tudloc"}
Document = dict[str, Any]
Finder = Callable[[str], set[tuple[int, int, str]]]


def read_corpora(folder: Path) -> dict[str, list[Document]]:
    """The documents of each corpus, by its reader."""
    path = folder.parent / "tools" / "corpora.py"
    spec = importlib.util.spec_from_file_location("corpora", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is missing: it reads the corpora.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {name: [d for d in module.READERS[name](folder) if d["text"]] for name in CORPORA}


def example_of(document: Document, corpus: str, classes: NameClasses) -> Example:
    """Text and gold spans; where the gold leaves demonyms out, they are marked by the gazetteer."""
    spans = sorted((m["start"], m["end"]) for m in document["mentions"])
    if corpus in WITHOUT_DEMONYMS:
        tokens = tokenise(document["text"])
        for word, start, end in zip(tokens.words, tokens.starts, tokens.ends, strict=True):
            free = not any(a < end and start < b for a, b in spans)
            if word[0].isupper() and classes[word] == DEMONYM and free:
                spans.append((start, end))
    return Example(document["text"], sorted(spans))


def examples(docs: dict[str, list[Document]], classes: NameClasses) -> list[Example]:
    return [example_of(d, corpus, classes) for corpus in docs for d in docs[corpus]]


def finder(weights: Path) -> Finder:
    """Spans and kinds as the whole recogniser gives them."""
    gazetteer = open_gazetteer()

    def find(text: str) -> set[tuple[int, int, str]]:
        mentions = recognise(Report("b", text), gazetteer, weights=weights)
        return {(m.start, m.end, m.kind) for m in mentions if m.kind in {"toponym", "demonym"}}

    return find


def rules_alone(classes: NameClasses) -> Finder:
    """Nothing learned: capitalised runs the gazetteer knows, big or after a preposition."""
    from geoincidents.recognition.chains import chains
    from geoincidents.recognition.page import matches

    big = {CITY, BIG_CITY, METROPOLIS, ADMIN1, COUNTRY, REGION, DEMONYM}
    places = {"in", "at", "near", "from", "to", "outside", "of"}

    def find(text: str) -> set[tuple[int, int, str]]:
        tokens, found = tokenise(text), set()
        for chain in chains(tokens):
            for at, (kind, length, place) in enumerate(matches(tokens, chain, classes)):
                before = tokens.low[chain[at] - 1] if chain[at] else ""
                if place == 0 and kind and (kind in big or before in places):
                    span = (tokens.starts[chain[at]], tokens.ends[chain[at + length - 1]])
                    found.add((*span, "demonym" if kind == DEMONYM else "toponym"))
        return found

    return find


def learned_alone(weights: Path, classes: NameClasses) -> Finder:
    """The tagger's spans as they come, without the rules about them."""
    from geoincidents.recognition.chains import chains
    from geoincidents.recognition.scores import Scorer
    from geoincidents.recognition.tagger import tag
    from geoincidents.recognition.weights import load_weights

    scorer = Scorer(load_weights(weights), classes)

    def find(text: str) -> set[tuple[int, int, str]]:
        tokens = tokenise(text)
        spans = [
            (tokens.starts[a], tokens.ends[b]) for a, b, _ in tag(tokens, chains(tokens), scorer)
        ]
        return {(a, b, "demonym" if classes[text[a:b]] == DEMONYM else "toponym") for a, b in spans}

    return find


def count(corpus: str, docs: Iterable[Document], find: Finder) -> tuple[int, int, int]:
    """Hits, found, gold."""
    kinds = {"toponym"} if corpus in WITHOUT_DEMONYMS else {"toponym", "demonym"}
    hits = found = gold = 0
    for document in docs:
        want = {(m["start"], m["end"]) for m in document["mentions"]}
        got = {(a, b) for a, b, kind in find(document["text"]) if kind in kinds}
        hits, found, gold = hits + len(want & got), found + len(got), gold + len(want)
    return hits, found, gold


def report(name: str, corpus: str, hits: int, found: int, gold: int) -> None:
    p, r = hits / max(1, found), hits / max(1, gold)
    f1 = 2 * hits / max(1, found + gold)
    print(f"{name:14} {corpus:8} P {p:.3f}  R {r:.3f}  F1 {f1:.3f}", flush=True)


def split(
    docs: dict[str, list[Document]], k: int, folds: int
) -> tuple[dict[str, list[Document]], dict[str, list[Document]]]:
    rest = {c: [d for n, d in enumerate(ds) if n % folds != k] for c, ds in docs.items()}
    return rest, {c: ds[k::folds] for c, ds in docs.items()}


def fit(docs: dict[str, list[Document]], classes: NameClasses, path: Path) -> Path:
    write_weights(train(examples(docs, classes), classes, Settings()), path)
    return path


def cross_validate(docs: dict[str, list[Document]], classes: NameClasses, folds: int) -> None:
    """Held-out folds, and beside them the same weights on a fold they were fitted to."""
    held: dict[str, list[int]] = {c: [0, 0, 0] for c in docs}
    fitted: dict[str, list[int]] = {c: [0, 0, 0] for c in docs}
    for k in range(folds):
        rest, left = split(docs, k, folds)
        _, seen = split(docs, (k + 1) % folds, folds)
        find = finder(fit(rest, classes, SCRATCH / (f"recognition-{k}-{folds}.json.gz")))
        for corpus in docs:
            for sums, part in ((held, left), (fitted, seen)):
                got = count(corpus, part[corpus], find)
                sums[corpus] = [a + b for a, b in zip(sums[corpus], got, strict=True)]
    for corpus in docs:
        report("held out", corpus, *held[corpus])
        report("fitted", corpus, *fitted[corpus])


def left_out(docs: dict[str, list[Document]], classes: NameClasses) -> None:
    for corpus, left in docs.items():
        rest = {c: ds for c, ds in docs.items() if c != corpus}
        find = finder(fit(rest, classes, SCRATCH / (f"recognition-without-{corpus}.json.gz")))
        report("corpus unseen", corpus, *count(corpus, left, find))


def ablate(docs: dict[str, list[Document]], classes: NameClasses) -> None:
    """Fold 0 of 5: rules, the tagger, and both."""
    rest, left = split(docs, 0, 5)
    path = fit(rest, classes, SCRATCH / ("recognition-0-5.json.gz"))
    ways = {
        "rules only": rules_alone(classes),
        "learned only": learned_alone(path, classes),
        "both": finder(path),
    }
    for name, find in ways.items():
        for corpus in docs:
            report(name, corpus, *count(corpus, left[corpus], find))


def speed(docs: dict[str, list[Document]]) -> None:
    """Megabytes a second of processor time, first pass and warm, and a table by size."""
    gazetteer = open_gazetteer()
    texts = [d["text"] for c in ("trnews", "lgl") for d in docs[c]]
    recognise(Report("b", texts[0]), gazetteer)
    size = sum(map(len, texts)) / 1e6
    for name in ("first pass", "warm"):
        begin = time.process_time()
        for text in texts:
            recognise(Report("b", text), gazetteer)
        print(f"{name:10} {size / (time.process_time() - begin):.2f} MB/s")
    whole = "\n\n".join(texts)
    for kilobytes in (1, 10, 100, 1000, 10_000):
        text = (whole * (1 + kilobytes * 1000 // len(whole)))[: kilobytes * 1000]
        begin = time.process_time()
        recognise(Report("b", text), gazetteer)
        print(f"{kilobytes:6} kB {time.process_time() - begin:8.3f} s")


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("corpora", type=Path)
    ap.add_argument("do", choices=["cross-validate", "left-out", "ablate", "speed", "train"])
    ap.add_argument("--folds", type=int, default=5)
    ap.add_argument("--fold", help="K/N: train without the documents of this fold")
    ap.add_argument("-o", "--output", type=Path)
    a = ap.parse_args()
    docs = read_corpora(a.corpora)
    classes = NameClasses(open_gazetteer())
    if a.do == "train":
        if a.fold:
            k, folds = map(int, a.fold.split("/"))
            docs, _ = split(docs, k, folds)
        fit(docs, classes, a.output)
    elif a.do == "cross-validate":
        cross_validate(docs, classes, a.folds)
    elif a.do == "left-out":
        left_out(docs, classes)
    elif a.do == "ablate":
        ablate(docs, classes)
    else:
        speed(docs)


if __name__ == "__main__":
    main()
