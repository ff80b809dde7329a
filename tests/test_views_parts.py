from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from readings import numbered, visit
from viewing import BASE, READINGS, SAID, archive_of, everything

from graph.errors import NotFound
from graph.export import export
from graph.model import Statement
from graph.rdf import nodes
from graph.store.archive import Archive
from graph.views import StatementFilter, entities, entity, neighbours, statements, stats, subgraph
from graph.views.parts import Lazy
from graph.views.statement_reads import all_statements


@pytest.fixture(scope="module")
def archive():
    with archive_of(*READINGS) as opened:
        yield opened


def test_the_whole_graph_holds_everything(archive):
    whole = subgraph(archive, StatementFilter())
    assert set(whole.statements) == set(SAID)
    assert {article.id for article in whole.articles} == {r.article.id for r in READINGS}
    assert set(whole.quads()) == set(archive.store.quads())
    assert {e.id for e in whole.entities} >= {node.id for s in SAID for node in nodes(s)}


def test_a_part_holds_its_statements_with_all_that_they_name(archive):
    part = subgraph(archive, StatementFilter(predicate="condemn"))
    (denied,) = part.statements
    named = {"China", "Western_sanctions_against_Moscow", "Moscow"}
    assert {e.id for e in part.entities} == named
    assert [a.id for a in part.articles] == [denied.article]
    quads = list(part.quads())
    assert set(quads) <= set(archive.store.quads())
    assert len(quads) == len(set(quads))
    whole = {
        q.subject
        for q in quads
        if q.subject in (archive.ns.article(denied.article), archive.ns.statement(denied.id))
    }
    assert len(whole) == 2
    assert not any(q.subject == archive.ns.statement(s.id) for q in quads for s in SAID if s != denied)
    assert not any(q.predicate == archive.ns.relation("condemn") for q in quads)


def test_a_part_gives_each_plain_triple_once(archive):
    quads = list(subgraph(archive, StatementFilter(predicate="visit")).quads())
    plain = [q for q in quads if q.predicate == archive.ns.relation("visit")]
    assert len(plain) == 1
    assert len(quads) == len(set(quads))


@pytest.mark.parametrize("name", ["jsonl", "turtle", "nquads", "gexf", "graphml"])
@pytest.mark.parametrize("wanted", [StatementFilter(), StatementFilter(about="Xi_Jinping")])
def test_every_format_exports_what_a_view_gives(archive, name, wanted):
    assert "Xi_Jinping" in b"".join(export(name, subgraph(archive, wanted))).decode()


def test_a_part_can_be_measured_and_looked_at_again(archive):
    said = subgraph(archive, StatementFilter(about="City_2")).statements
    assert list(said) == list(said) == [said[i] for i in range(len(said))]
    assert list(said[:2]) == list(said)[:2]
    assert all(isinstance(each, Statement) for each in said)


def test_whole_articles_are_the_same_and_as_ordered_as_statements_one_by_one(archive):
    first = READINGS[0].article.id
    assert list(subgraph(archive, StatementFilter()).statements) == everything(archive, StatementFilter())
    of_one = StatementFilter(article=first)
    assert list(subgraph(archive, of_one).statements) == everything(archive, of_one)
    assert list(subgraph(archive, StatementFilter(article="none")).statements) == []


@pytest.mark.parametrize("make", [list, tuple, sorted], ids=lambda make: make.__name__)
def test_a_part_is_read_once_to_be_put_in_a_list(make):
    read = []
    lazy = Lazy(lambda: read.append("once") or iter([2, 1]))
    assert sorted(make(lazy)) == [1, 2]
    assert read == ["once"]


def test_a_page_of_a_part_reads_its_statements_once(archive, monkeypatch):
    passes = []

    def counted(*given):
        passes.append(given)
        return all_statements(*given)

    monkeypatch.setattr("graph.views.parts.all_statements", counted)
    b"".join(export("html", subgraph(archive, StatementFilter(min_confidence=0.0))))
    assert len(passes) == 1


def test_an_export_of_statements_asks_nothing_of_the_graph(archive, monkeypatch):
    monkeypatch.setattr(archive.store, "select", pytest.fail)
    assert b"".join(export("jsonl", subgraph(archive, StatementFilter()))).count(b"\n") == len(SAID)


def test_stats_count_what_there_is(archive):
    counted = stats(archive)
    assert counted.articles == len(READINGS)
    assert counted.statements == len(SAID)
    assert counted.relations == len({s.predicate.id for s in SAID})
    assert counted.entities == len(set(subgraph(archive, StatementFilter()).entities))


def test_an_empty_archive_has_empty_views():
    with Archive.open(None, BASE) as archive:
        assert statements(archive, StatementFilter()).items == entities(archive).items == ()
        assert stats(archive).statements == 0
        assert list(subgraph(archive, StatementFilter()).statements) == []
        with pytest.raises(
            NotFound, match=r"`newsgraph search NAME` and GET /v1/entities\?q=NAME find a name"
        ):
            entity(archive, "Xi_Jinping")


def test_what_a_view_gives_does_not_change_with_the_order_of_ingestion():
    with archive_of(*READINGS[:5]) as one, archive_of(*reversed(READINGS[:5])) as other:
        assert entities(one, limit=500) == entities(other, limit=500)
        assert neighbours(one, "City_1") == neighbours(other, "City_1")
        assert set(everything(one, StatementFilter())) == set(everything(other, StatementFilter()))


def test_a_replaced_article_shows_only_its_last_reading():
    second = visit(title="Second edition")
    shorter = replace(second, statements=second.statements[:1])
    with archive_of(visit(), shorter) as archive:
        assert everything(archive, StatementFilter()) == list(shorter.statements)
        assert [a.title for a in subgraph(archive, StatementFilter()).articles] == ["Second edition"]


def test_pages_are_stable_when_articles_are_added_between_them():
    with archive_of(*map(numbered, range(4))) as archive:
        page = statements(archive, StatementFilter(), limit=5)
        archive.begin(numbered(9).article, "test 1")
        archive.commit(numbered(9), "test 1")
        rest = statements(archive, StatementFilter(), after=page.next)
        assert len({s.id for s in (*page.items, *rest.items)}) == 15
        assert all(a.id != b.id for a, b in pairwise((*page.items, *rest.items)))
