from __future__ import annotations

import io
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sourcing import LIMIT, OTHER, PLAIN, body, only_article, only_error, read

from graph.errors import BadRecord, EmptyText, FetchFailed, NotText, TooLarge
from graph.model import Article, Failure
from graph.sources.feed import parse_feed, read_feed
from graph.sources.fragments import fragment_to_text

RSS = "application/rss+xml"


def rss(*items: str, head: str = "") -> str:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Norvalia Post</title>{head}{inside}'
        "</channel></rss>"
    )


def atom(*entries: str) -> str:
    inside = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://news.example/world/">'
        f"<title>Norvalia Post</title>{inside}</feed>"
    )


def articles(feed: str | bytes, **options: object) -> list[Article]:
    found = body(feed, RSS, **options)
    assert all(isinstance(item, Article) for item in found), found
    return [item for item in found if isinstance(item, Article)]


def test_an_item_of_rss_is_an_article() -> None:
    (article,) = articles(
        rss(
            "<title>Port &amp;amp; plant</title><link> http://news.example/1 </link>"
            "<guid isPermaLink='false'>17</guid><pubDate>Fri, 17 Mar 2023 23:00:00 EST</pubDate>"
            "<description>A teaser ...</description>"
            f"<content:encoded><![CDATA[<p>{PLAIN}</p><p>{OTHER}</p>]]></content:encoded>"
        )
    )
    assert article == Article(
        f"{PLAIN}\n{OTHER}", "Port & plant", "http://news.example/1", date(2023, 3, 17), "Norvalia Post"
    )
    assert article.source == "body:1"


def test_an_item_of_rss_1_is_an_article() -> None:
    feed = (
        '<?xml version="1.0" encoding="iso-8859-1"?><rdf:RDF xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<channel rdf:about="http://news.example/"><title>Norvalia Post</title></channel>'
        '<item rdf:about="http://news.example/1"><title>Café</title>'
        f"<description>{OTHER}</description><dc:date>2023-03-17T10:00+01:00</dc:date></item></rdf:RDF>"
    )
    (article,) = articles(feed.encode("iso-8859-1"))
    assert article == Article(OTHER, "Café", "http://news.example/1", date(2023, 3, 17), "Norvalia Post")


@pytest.mark.parametrize(
    "content",
    [
        f"<content>{PLAIN}\n{OTHER}</content>",
        f"<content type='html'>&lt;p>{PLAIN}&lt;/p>&lt;p>{OTHER}&lt;/p></content>",
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>"
        f"<p>{PLAIN[:9]}<b>{PLAIN[9:12]}</b>{PLAIN[12:]}</p><p>{OTHER}</p></div></content>",
        f"<content src='http://news.example/1'/><summary>{PLAIN}\n{OTHER}</summary>",
        f"<summary type='html'>{PLAIN}&lt;br/>{OTHER}</summary>",
    ],
)
def test_an_entry_of_atom_is_an_article(content: str) -> None:
    (article,) = articles(
        atom(
            "<id>urn:1</id><title type='html'>A &lt;i>plant&lt;/i></title><link rel='self' href='/self'/>"
            "<link href='1?a=b'/><updated>2023-03-18T01:00:00Z</updated>"
            "<published>2023-03-17T10:00:00Z</published>" + content
        )
    )
    assert article == Article(
        f"{PLAIN}\n{OTHER}", "A plant", "http://news.example/world/1?a=b", date(2023, 3, 17), "Norvalia Post"
    )


def test_text_that_is_no_markup_stays_text() -> None:
    (article,) = articles(rss("<description>2 &lt; 3, Vale &amp;amp; Hale said.</description>"))
    assert article.text == "2 < 3, Vale & Hale said."


def test_what_an_item_lacks_is_not_made_up() -> None:
    (article,) = articles(
        rss(f"<description>{OTHER}</description><pubDate>soon</pubDate><link>nowhere</link>")
    )
    assert article == Article(OTHER, publisher="Norvalia Post")


def test_an_item_without_text_is_a_failure_of_its_own() -> None:
    first, second = body(rss("<title>T</title>", f"<description>{OTHER}</description>"), RSS)
    assert isinstance(first, Failure)
    assert (first.source, type(first.error)) == ("body:1", EmptyText)
    assert isinstance(second, Article)


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        (
            "Hale met <b>Vale</b> in <a href='x'>Oslo</a>.<br><br>They left.",
            "Hale met Vale in Oslo.\nThey left.",
        ),
        ("<ul><li>One.</li><li>Two.</li></ul>Three.", "One.\nTwo.\nThree."),
        ("<script>alert(1)</script><style>p{}</style><p>One\n  two.</p><!-- no -->", "One two."),
        ("<p>One.<p>Two.<img src=x onerror=alert(1)>", "One.\nTwo."),
        ("2 &lt; 3 &amp; 4&nbsp;m", "2 < 3 & 4 m"),
        ("", ""),
        ("<p></p>", ""),
    ],
)
def test_a_fragment_is_read_whole_a_block_a_line(fragment: str, text: str) -> None:
    assert fragment_to_text(fragment) == text


def test_a_feed_that_is_a_little_broken_is_read_as_it_was_meant() -> None:
    (article,) = articles(
        rss(
            "<title>Vale & Hale</title><link>http://news.example/?a=b&c=d</link>"
            f"<description>A&nbsp;b &copy; {OTHER}</description>"
        )
    )
    assert article.title == "Vale & Hale"
    assert article.url == "http://news.example/?a=b&c=d"
    assert article.text == f"A\xa0b © {OTHER}"


def test_a_feed_that_breaks_off_gives_its_whole_items_and_says_so() -> None:
    whole = rss(f"<description>{PLAIN}</description>", f"<description>{OTHER}</description>")
    for cut in range(whole.index(OTHER) + 20, len(whole) - 1, 7):
        found = body(whole[:cut], RSS)
        assert [item.text for item in found if isinstance(item, Article)] == [PLAIN]
        only_error([item for item in found if isinstance(item, Failure)], BadRecord)


def bomb() -> str:
    levels = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    return f'<!DOCTYPE rss [<!ENTITY e0 "bomb">{levels}]><rss><channel><title>&e9;</title></channel></rss>'


@pytest.mark.parametrize(
    "data",
    [
        bomb().encode(),
        bomb().encode("utf-16"),
        ('<?xml version="1.0"?><!-- x -->' + bomb()).encode(),
        f'<!DOCTYPE rss [<!ENTITY e "{"x" * 99_999}">]><rss>{"&e;" * 99_999}</rss>'.encode(),
        b'<!DOCTYPE rss [<!ENTITY e SYSTEM "file:///etc/passwd">]><rss><channel><title>&e;</title></channel></rss>',
        b'<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd"><rss/>',
        b'<!DOCTYPE rss [<!ENTITY % e SYSTEM "http://127.0.0.1:9/x"> %e;]><rss/>',
    ],
)
def test_a_doctype_is_refused_at_once(data: bytes) -> None:
    began = time.monotonic()
    failure = only_error(body(data, RSS), BadRecord)
    assert "DOCTYPE" in str(failure.error)
    assert time.monotonic() - began < 1


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", NotText),
        (b"no XML", NotText),
        (b"<rss><channel/></rss>", EmptyText),
        (b"\x89PNG\r\n", NotText),
        (b"<html><body/></html>", BadRecord),
        (b"<rss>" + b"<a/>" * 500_001 + b"</rss>", TooLarge),
        (b"<rss>" + b" " * 16_000_000 + b"</rss>", TooLarge),
    ],
)
def test_what_is_no_feed_is_one_failure(data: bytes, kind: type[Exception]) -> None:
    only_error(body(data, RSS), kind)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "data", [b"<rss>" + b"<a>" * 100_000, b"<rss " + b" ".join(b"a%d='x'" % n for n in range(50_000)) + b"/>"]
)
def test_deep_and_wide_xml_ends_soon(data: bytes) -> None:
    began = time.monotonic()
    body(data, RSS)
    assert time.monotonic() - began < 5


@given(st.binary(max_size=200))
def test_any_bytes_are_items_or_failures(data: bytes) -> None:
    for feed in (data, rss("\0").encode().replace(b"\0", data)):
        for item in body(feed, RSS):
            assert isinstance(item, Article | Failure)
            assert not isinstance(item, Failure) or "bug" not in str(item.error)


def test_files_of_feeds_are_known_by_their_names(tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_text(rss(f"<description>{PLAIN}</description>"))
    (tmp_path / "b.atom").write_text(atom(f"<content>{OTHER}</content>"))
    (tmp_path / "c.xml").write_text("<sitemap/>")
    first, second, third = read(tmp_path)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.text, second.text) == (PLAIN, OTHER)
    only_error([third], BadRecord)


def test_a_charset_of_http_counts_more_than_the_declaration() -> None:
    feed = '<?xml version="1.0" encoding="utf-16"?>' + rss(
        f"<title>Café</title><description>{OTHER}</description>"
    )
    (article,) = body(feed.encode("iso-8859-1"), "text/xml; charset=iso-8859-1")
    assert isinstance(article, Article)
    assert article.title == "Café"


class TestTeasers:
    """Items that only lead to the article."""

    def pages(self, feed: str) -> tuple[list[Article | Failure], list[str]]:
        asked: list[str] = []

        def page(url: str, limit: int) -> Article:
            asked.append(url)
            assert limit == LIMIT
            if url.endswith("none"):
                raise FetchFailed("It answered 404.")
            return Article(OTHER, "Title of the page", url)

        found = list(read_feed(io.BytesIO(feed.encode()), "feed", LIMIT, page))
        return found, asked

    def test_the_page_is_the_article_and_the_feed_says_the_rest(self) -> None:
        found, asked = self.pages(
            rss(
                "<link>http://news.example/1</link><description>Vale said ...</description>"
                "<pubDate>17 Mar 2023 10:00:00 GMT</pubDate>"
            )
        )
        assert asked == ["http://news.example/1"]
        assert only_article(found) == Article(
            OTHER, "Title of the page", "http://news.example/1", date(2023, 3, 17), "Norvalia Post"
        )

    @pytest.mark.parametrize(
        "item",
        [
            f"<link>http://news.example/1</link><content:encoded>{PLAIN}</content:encoded>",
            f"<link>http://news.example/1</link><description>{PLAIN * 20}</description>",
            f"<description>{PLAIN}</description>",
        ],
    )
    def test_what_is_whole_or_leads_nowhere_is_not_fetched(self, item: str) -> None:
        found, asked = self.pages(rss(item))
        assert asked == []
        assert only_article(found).text.startswith(PLAIN)

    def test_a_long_description_that_is_cut_is_a_teaser(self) -> None:
        for end in ("...", " […]", " Read more »"):
            assert self.pages(
                rss(f"<link>http://news.example/1</link><description>{PLAIN * 20}{end}</description>")
            )[1]

    def test_a_page_that_cannot_be_had_is_a_failure_of_its_item(self) -> None:
        found, _ = self.pages(
            rss("<link>http://news.example/none</link>", "<link>http://news.example/1</link>")
        )
        assert [getattr(item, "source", "") for item in found] == ["feed:1", "feed:2"]
        assert isinstance(found[0], Failure)
        assert isinstance(found[1], Article)


def test_ids_tell_items_apart() -> None:
    entries, wrong = parse_feed(
        rss(
            "<guid>http://news.example/1</guid>",
            "<link>http://news.example/1</link><guid isPermaLink='false'>2</guid>",
            "<link>/3</link>",
            "<title>T</title><pubDate>17 Mar 2023</pubDate>",
        ).encode(),
        "http://news.example/feed",
    )
    assert wrong is None
    assert [entry.id for entry in entries] == [
        "http://news.example/1",
        "2",
        "http://news.example/3",
        "T 17 Mar 2023",
    ]
    assert [entry.url for entry in entries] == [
        "http://news.example/1",
        "http://news.example/1",
        "http://news.example/3",
        None,
    ]
