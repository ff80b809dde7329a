from __future__ import annotations

import socket
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from sourcing import OTHER, PARAGRAPH, PARAGRAPHS, PLAIN, body, only_article, only_error, page, read

from graph.errors import (
    BadEncoding,
    EmptyText,
)
from graph.model import Article


def test_page_gives_text_and_metadata() -> None:
    head = """<title>Plant for Hamburg | Harbour Daily</title>
      <meta property="og:title" content="Plant for Hamburg">
      <meta property="og:site_name" content="Harbour Daily">
      <meta property="article:published_time" content="2025-02-03T23:30:00-05:00">
      <meta property="article:modified_time" content="2025-03-09T08:00:00Z">
      <link rel="canonical" href="https://harbour.example/plant">"""
    assert only_article(body(page(f"<article>{PARAGRAPHS}</article>", head), "text/html")) == Article(
        f"{PLAIN}\n{OTHER}",
        "Plant for Hamburg",
        "https://harbour.example/plant",
        date(2025, 2, 3),
        "Harbour Daily",
    )


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">{"a": 1, "datePublished": "2025-02-03T08:00Z"}</script>',
        '<meta itemprop="datePublished" content="soon"><meta name="date" content=" 2025-02-03 ">',
        '<meta name="revised" content="2026-01-01"><meta name="pubdate" content="20250203">',
        "</head><body><article><header><time datetime='2025-02-03'>Monday</time></header></article>",
    ],
)
def test_day_of_a_page(head: str) -> None:
    article = only_article(body(page(PARAGRAPHS, head), "text/html"))
    assert article.published == date(2025, 2, 3)
    assert article.text == f"{PLAIN}\n{OTHER}"


def test_no_day_is_made_up_from_numbers_on_the_page() -> None:
    content = f"<article>{PARAGRAPHS}</article><footer>Copyright 1999, rev. 20040102, 3 May 2004</footer>"
    assert only_article(body(page(content), "text/html")).published is None


@pytest.mark.parametrize("times", [1, 20])
def test_code_and_navigation_never_end_in_the_text(times: int) -> None:
    paragraphs = [f"{OTHER[:-1]}, item {number}." for number in range(times)]
    content = f"""<nav><a href="/">Home</a><a href="/sport">Sport pages</a></nav><article>{PARAGRAPH}
      <script>var tracking = "SECRETCODE";</script><style>.SECRETCODE {{}}</style>
      {"".join(f"<p>{text}</p>" for text in paragraphs)}
      <noscript>SECRETCODE</noscript><!-- SECRETCODE --><iframe src="SECRETCODE">SECRETCODE</iframe>
      <template>SECRETCODE</template></article>
      <form><input value="SECRETCODE"><button>Subscribe now</button></form>"""
    assert only_article(body(page(content), "text/html")).text.split("\n") == [PLAIN, *paragraphs]


@pytest.mark.parametrize("content", ["", "<script>var x = 1</script>", "<frameset></frameset>", "<!--x-->"])
def test_page_without_text_says_so(content: str) -> None:
    assert "No article's text" in str(only_error(body(page(content), "text/html"), EmptyText).error)


def test_headline_is_the_title_and_not_the_text() -> None:
    again = f"<h2>Plant for Hamburg</h2>{PARAGRAPH[:-5]} again.</p>"
    content = f"<article><h1>Plant for Hamburg</h1>{PARAGRAPHS}{again}</article>"
    article = only_article(body(page(content, "<title>Plant for Hamburg</title>"), "text/html"))
    assert article.title == "Plant for Hamburg"
    assert article.text == f"{PLAIN}\n{OTHER}\nPlant for Hamburg\n{PLAIN[:-1]} again."


def test_a_page_without_a_tag_is_no_longer_than_it_is() -> None:
    assert only_article(body("Bob met Al in Lecce.", "text/html")).text == "Bob met Al in Lecce."


def test_fragment_of_a_page() -> None:
    assert only_article(body(PARAGRAPH, "text/html")).text == PLAIN


def test_page_in_its_declared_character_set(tmp_path: Path) -> None:
    path = tmp_path / "a.htm"
    text = page(f"<p>José said the café would open.</p>{PARAGRAPH}", '<meta charset="iso-8859-1">')
    path.write_bytes(text.encode("cp1252"))
    assert "José said the café" in only_article(read(path)).text
    path.write_bytes(text.replace("iso-8859-1", "no-such").encode("cp1252"))
    assert "'no-such'" in str(only_error(read(path), BadEncoding).error)
    path.write_bytes(text.replace("iso-8859-1", "utf-8").encode("cp1252"))
    only_error(read(path), BadEncoding)


@pytest.mark.parametrize(
    "content",
    [
        "<div>" * 10_000 + PARAGRAPH + "</div>" * 10_000,
        "<table><tr><td>" * 10_000 + PARAGRAPH,
        "<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">" + PARAGRAPH,
        PARAGRAPH * 60_000,
        "<p>" + "<b>x" * 40_000,
    ],
    ids=["deep divs", "deep tables", "attributes", "elements", "unclosed"],
)
def test_page_of_death_ends_at_once(content: str) -> None:
    code = (
        "import sys; from graph.sources import read_body; from graph.model import Article, Failure;"
        "found = list(read_body(sys.stdin.buffer.read(), 'text/html', 'page', limit=10000));"
        "assert all(isinstance(item, Article | Failure) for item in found) and len(found) == 1"
    )
    subprocess.run([sys.executable, "-c", code], input=page(content).encode(), check=True, timeout=20)


def test_entity_bomb_stays_small() -> None:
    entities = "".join(f"<!ENTITY e{n + 1} '{f'&e{n};' * 10}'>" for n in range(10))
    document_type = f"<!DOCTYPE html [<!ENTITY e0 'bomb bomb '>{entities}]>"
    bomb = f"{document_type}<html><body>{PARAGRAPH}<p>&e10;</p></body></html>"
    for media_type in ("text/html", "application/xhtml+xml"):
        assert len(only_article(body(bomb, media_type)).text) < 2 * len(bomb)


def test_page_never_opens_a_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    linked = """<!DOCTYPE html SYSTEM "http://192.0.2.1/x.dtd"><html><head><base href="http://192.0.2.1/">
      <link rel="canonical" href="http://192.0.2.1/a"><link rel="stylesheet" href="b.css"></head><body>"""
    assert PLAIN in only_article(body(f"{linked}<img src='c.png'>{PARAGRAPH * 3}", "text/html")).text
