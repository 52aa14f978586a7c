"""Saved pages of outlets of three languages: title, outlet, address and time from metadata."""

from __future__ import annotations

import json

import pytest

from geoincidents.reports import read_reports
from geoincidents.reports.page_metadata import instant

TEXTS = {
    "en": (
        "Night raid on the grain port",
        "Drones struck the grain port overnight, and a store burned until the morning.",
        "Nobody was hurt, the harbour master said, and the fire was out by eight o'clock.",
    ),
    "ru": (
        "Ночной удар по зерновому порту",
        "Ночью беспилотники ударили по зерновому порту, склад горел до самого утра.",
        "Никто не пострадал, сообщил начальник порта, пожар потушили к восьми часам.",
    ),
    "uk": (
        "Нічний удар по зерновому порту",
        "Уночі безпілотники вдарили по зерновому порту, склад горів до самого ранку.",
        "Ніхто не постраждав, повідомив начальник порту, пожежу загасили о восьмій.",
    ),
}
OUTLETS = {"en": "The Sample Courier", "ru": "Образец дня", "uk": "Зразок дня"}
PUBLISHED = "2024-02-03T10:15:00+02:00"
URL = "https://news.example.org/2024/port"


def page(language, head="", mark=""):
    title, *paragraphs = TEXTS[language]
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{title} | {OUTLETS[language]}</title>{head}</head><body>"
        f"<nav>A B C</nav><article><h1>{title}</h1>{mark}{body}</article>"
        "<footer>2019-01-01</footer></body></html>"
    )


def linked_data(language, **more):
    article = {
        "@type": ["NewsArticle"],
        "headline": TEXTS[language][0],
        "datePublished": PUBLISHED,
        "dateModified": "2024-02-05T00:00:00Z",
        "publisher": {"@type": "Organization", "name": OUTLETS[language]},
        "url": URL,
        "inLanguage": f"{language}-XX",
    }
    document = {"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, article | more]}
    text = json.dumps(document, ensure_ascii=False)
    return f'<script type="application/ld+json">{text}</script>'


def open_graph(language):
    values = {
        "og:title": TEXTS[language][0],
        "og:site_name": OUTLETS[language],
        "og:url": URL,
        "article:published_time": PUBLISHED,
        "article:modified_time": "2024-02-05T00:00:00Z",
    }
    return "".join(f'<meta property="{key}" content="{value}">' for key, value in values.items())


MARK = f'<time datetime="{PUBLISHED}">10:15</time>'


def read(folder, html, encoding="utf-8"):
    path = folder / "page.html"
    path.write_bytes(html.encode(encoding))
    result = read_reports(path)
    assert result.problems == ()
    return result.reports[0]


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("told_by", [linked_data, open_graph])
def test_metadata_tell_of_the_article(tmp_path, language, told_by):
    report = read(tmp_path, page(language, told_by(language)))
    assert report.title == TEXTS[language][0]
    assert report.publisher == OUTLETS[language]
    assert report.url == URL
    assert (report.published, report.published_from) == (PUBLISHED, "metadata")
    assert report.language == language
    assert TEXTS[language][1] in report.text
    assert "A B C" not in report.text


@pytest.mark.parametrize("language", TEXTS)
def test_marks_of_the_page_tell_where_metadata_do_not(tmp_path, language):
    link = f'<link rel="canonical" href="{URL}">'
    report = read(tmp_path, page(language, link, MARK))
    assert (report.title, report.published) == (TEXTS[language][0], PUBLISHED)
    assert (report.publisher, report.url) == ("news.example.org", URL)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "3 February 2024, 10:15"),
        ("ru", "3 февраля 2024, 10:15"),
        ("uk", "3 лютого 2024, 10:15"),
    ],
)
def test_a_time_in_words_is_understood(tmp_path, language, text):
    report = read(tmp_path, page(language, mark=f"<time>{text}</time>"))
    assert report.published == "2024-02-03T10:15:00+00:00"


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_a_page_in_an_older_encoding_that_it_names_is_read(tmp_path, language):
    html = page(language, open_graph(language)).replace("utf-8", "windows-1251")
    report = read(tmp_path, html, "windows-1251")
    assert (report.title, report.publisher) == (TEXTS[language][0], OUTLETS[language])


def test_an_encoding_that_is_none_of_text_is_refused(tmp_path):
    html = page("ru").replace("utf-8", "punycode")
    (tmp_path / "page.html").write_bytes(html.encode("cp1251"))
    (problem,) = read_reports(tmp_path / "page.html").problems
    assert "not in punycode, which it says it is" in problem.sentence


@pytest.mark.parametrize(
    "script",
    ["{broken", "[" * 100_000, "[]", '{"@type": 7}', '{"@type": "NewsArticle", "headline": [1]}'],
)
def test_broken_linked_data_leave_the_rest_of_the_page(tmp_path, script):
    head = f'<script type="application/ld+json">{script}</script>{open_graph("en")}'
    assert read(tmp_path, page("en", head)).title == TEXTS["en"][0]


def test_an_address_that_runs_is_no_address(tmp_path):
    assert read(tmp_path, page("en", linked_data("en", url="javascript:alert(1)"))).url is None


def test_a_page_without_an_article_says_so(tmp_path):
    (tmp_path / "page.html").write_text("<html><title>A</title><body><nav></nav></body></html>")
    (problem,) = read_reports(tmp_path / "page.html").problems
    assert "no article was found" in problem.sentence


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-02-03", "2024-02-03"),
        ("2024-02-03T08:15Z", "2024-02-03T08:15:00+00:00"),
        ("20240203T081500+0200", "2024-02-03T08:15:00+02:00"),
        ("1706948100", "2024-02-03T08:15:00+00:00"),
        ("1706948100000", "2024-02-03T08:15:00+00:00"),
        ("yesterday", ""),
        ("99:99", ""),
    ],
)
def test_times_are_understood_however_they_are_spelt(text, iso):
    assert instant(text) == iso


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "utf-16"])
def test_a_feed_is_read_in_the_encoding_that_it_declares(tmp_path, encoding):
    title = TEXTS["uk"][0]
    items = f"<item><title>{title}</title><description>Горів склад.</description></item>"
    feed = f"<rss version='2.0'><channel><title>Зразок</title>{items}</channel></rss>"
    text = f'<?xml version="1.0" encoding="{encoding}"?>{feed}'
    (tmp_path / "a.xml").write_bytes(text.encode(encoding))
    (report,) = read_reports(tmp_path / "a.xml").reports
    assert (report.title, report.publisher) == (title, "Зразок")
