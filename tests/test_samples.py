from __future__ import annotations

import io
from collections import Counter
from datetime import date
from itertools import combinations

import pytest

from graph.model import Article, Failure, Modality, Node, Polarity, Reading
from graph.pipeline import read
from graph.resources import data_path
from graph.settings import Settings
from graph.sources import read_paths
from graph.text.reader import Reader


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    found = list(read_paths([str(data_path("samples"))], stdin=io.BytesIO(), limit=Settings().max_article))
    assert not [item for item in found if isinstance(item, Failure)]
    return [item for item in found if isinstance(item, Article)]


@pytest.fixture(scope="module")
def readings(articles: list[Article]) -> list[Reading]:
    found = list(read(articles, Reader()))
    assert not [item for item in found if isinstance(item, Failure)]
    return [item for item in found if isinstance(item, Reading)]


def test_samples_are_four_articles_of_a_real_length(articles: list[Article]) -> None:
    assert len({article.id for article in articles}) == 4
    assert all(250 <= len(article.text.split()) <= 400 for article in articles)


def test_samples_come_in_three_formats() -> None:
    names = [path.suffix for path in data_path("samples").iterdir()]
    assert sorted(names) == [".html", ".jsonl", ".txt"]


def test_metadata(articles: list[Article]) -> None:
    known = {article.title: article for article in articles}
    deal = known["Nordane Energy agrees to buy Oceanlink Grid for 2.4 billion euros"]
    assert (deal.published, deal.publisher) == (date(2025, 5, 20), "Harbour Daily")
    assert deal.url == "https://harbour-daily.example/business/nordane-oceanlink"
    assert known["Storm Odette kills nine in Norvalia and Kestria"].published == date(2025, 11, 7)
    assert known[None].text.startswith("GENEVA, May 12, 2025 (Harbour Wire) — ")


def test_page_gives_its_article_and_nothing_around_it(articles: list[Article]) -> None:
    (deal,) = [article for article in articles if article.url and "oceanlink" in article.url]
    assert deal.text.startswith("Nordane Energy, a wind-power company in Rotterdam, has agreed")
    assert deal.text.endswith("after the announcement.")
    for around in (
        "cookies",
        "Sign",
        "Share this",
        "Read more",
        "Petrova",
        "Copyright",
        "By Ruth",
        "Picture",
        "=",
    ):
        assert around not in deal.text


def test_links_of_the_samples_lead_nowhere(articles: list[Article]) -> None:
    hosts = {article.url.split("/")[2] for article in articles if article.url}
    assert all(host.endswith(".example") for host in hosts)


def test_every_kind_of_statement_is_there(readings: list[Reading]) -> None:
    statements = [statement for reading in readings for statement in reading.statements]
    modalities = Counter(statement.modality for statement in statements)
    wanted = {
        Modality.ASSERTED,
        Modality.PLANNED,
        Modality.REQUESTED,
        Modality.POSSIBLE,
        Modality.CONDITIONAL,
    }
    assert {*wanted, Modality.CLAIMED} <= modalities.keys()
    assert sum(statement.polarity is Polarity.NEGATIVE for statement in statements) >= 4
    assert sum(statement.attributed_to is not None for statement in statements) >= 8
    assert sum(statement.time is not None for statement in statements) >= 10
    assert len(statements) >= 60


def test_what_the_samples_say(readings: list[Reading]) -> None:
    said = {
        (s.subject.id, s.predicate.id, s.object.id, s.modality.value, s.polarity.value)
        for reading in readings
        for s in reading.statements
        if isinstance(s.object, Node)
    }
    assert said >= {
        ("Elena_Petrova", "visit", "Kestria", "planned", "positive"),
        ("Nordane_Energy", "buy", "Oceanlink_Grid", "planned", "positive"),
        ("Sophie_Moreau", "be_chief_executive_of", "Nordane_Energy", "asserted", "positive"),
    }


def test_articles_share_actors(readings: list[Reading]) -> None:
    """One connected graph: any two articles have an entity in common."""
    ids = [{entity.id for entity in reading.entities} for reading in readings]
    assert all(one & other for one, other in combinations(ids, 2))
    assert {"Nordane_Energy", "Sophie_Moreau", "Norvalia"} <= set.intersection(*ids)


def test_offsets_are_exact(readings: list[Reading]) -> None:
    for reading in readings:
        for statement in reading.statements:
            assert reading.article.text[statement.start : statement.end] == statement.sentence
            for part in (statement.subject, statement.predicate, statement.object):
                assert reading.article.text[part.start : part.end] == part.text
