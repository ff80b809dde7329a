"""What every store must do; a test class for each engine inherits this one and gives the `store` fixture."""

from __future__ import annotations

import threading
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from graph.model import Reading
from graph.rdf import reading_quads
from graph.rdf_terms import DEFAULT
from graph.store.base import Store
from graph.vocab import XSD, Namespaces
from tests.readings import echo, numbered, visit


class StoreContract:
    """The tests. `self.put` and the others are shorthand for what an archive does."""

    ns = Namespaces("http://localhost:8000/")

    def put(self, store: Store, reading: Reading) -> int:
        return store.put(self.ns.article(reading.article.id), reading_quads(reading, self.ns, "test")).quads

    def drop(self, store: Store, reading: Reading) -> None:
        store.drop(self.ns.article(reading.article.id))

    def plain(self, store: Store) -> set[Triple]:
        return {quad.triple for quad in store.quads() if quad.graph_name == DEFAULT}

    def test_put_keeps_each_quad_once(self, store: Store) -> None:
        quads = set(reading_quads(visit(), self.ns, "test"))
        held = self.put(store, visit())
        assert sorted(map(str, store.quads())) == sorted(map(str, quads))
        assert held == sum(quad.graph_name != DEFAULT for quad in quads)
        assert store.count(self.ns.article(visit().article.id)) == held

    def test_count_of_an_unknown_graph_is_zero(self, store: Store) -> None:
        assert store.count(self.ns.article("nobody")) == 0

    def test_graphs_are_those_that_hold_something(self, store: Store) -> None:
        for reading in (visit(), echo()):
            self.put(store, reading)
        names = [self.ns.article(reading.article.id) for reading in (visit(), echo())]
        assert set(store.graphs()) == set(names)
        self.drop(store, visit())
        assert list(store.graphs()) == names[1:]

    def test_put_again_changes_nothing(self, store: Store) -> None:
        self.put(store, echo())
        before = set(store.quads())
        self.put(store, echo())
        assert set(store.quads()) == before

    def test_put_replaces_what_the_article_said(self, store: Store) -> None:
        full = visit()
        self.put(store, full)
        less = Reading(full.article, full.statements[:1], full.entities[:2], full.mentions[:2])
        self.put(store, less)
        assert set(store.quads()) == set(reading_quads(less, self.ns, "test"))

    def test_drop_leaves_nothing_of_a_single_article(self, store: Store) -> None:
        self.put(store, visit())
        self.drop(store, visit())
        assert list(store.quads()) == []

    def test_drop_of_an_unknown_graph_does_nothing(self, store: Store) -> None:
        self.put(store, echo())
        before = set(store.quads())
        store.drop(self.ns.article("nobody"))
        assert set(store.quads()) == before

    def test_drop_keeps_what_another_article_says(self, store: Store) -> None:
        self.put(store, visit())
        self.put(store, echo())
        self.drop(store, visit())
        assert set(store.quads()) == set(reading_quads(echo(), self.ns, "test"))

    def test_drop_keeps_what_200_other_articles_say(self, store: Store) -> None:
        others = [numbered(number) for number in range(200)]
        for reading in [visit(), echo(), *others]:
            self.put(store, reading)
        for reading in [visit(), *others[190:]]:
            self.drop(store, reading)
        left = [echo(), *others[:190]]
        assert set(store.quads()) == {
            quad for reading in left for quad in reading_quads(reading, self.ns, "test")
        }

    def test_what_a_user_wrote_survives(self, store: Store) -> None:
        """A plain triple that no article says, and one in a graph of the user's."""
        own = Triple(self.ns.entity("Moscow"), self.ns.relation("twin_of"), self.ns.entity("Bucharest"))
        self.write(store, Quad(*own, DEFAULT))
        self.write(store, Quad(*own, NamedNode("http://user.example/graph")))
        self.put(store, visit())
        self.put(store, visit(title="Another headline"))
        self.drop(store, visit())
        assert {quad.triple for quad in store.quads()} == {own}
        assert len(list(store.quads())) == 2

    def test_denied_statements_have_no_plain_triple(self, store: Store) -> None:
        self.put(store, visit())
        denied = self.ns.relation("condemn")
        assert denied not in {triple.predicate for triple in self.plain(store)}

    def test_a_quad_of_another_graph_is_refused(self, store: Store) -> None:
        stray = Quad(
            self.ns.entity("a"), self.ns.relation("b"), self.ns.entity("c"), self.ns.article("other")
        )
        with pytest.raises(ValueError, match="is in the graph"):
            store.put(self.ns.article("one"), [stray])
        assert list(store.quads()) == []

    def test_an_unsupported_plain_triple_is_refused(self, store: Store) -> None:
        stray = Quad(self.ns.entity("a"), self.ns.relation("b"), self.ns.entity("c"), DEFAULT)
        with pytest.raises(ValueError, match="not supported"):
            store.put(self.ns.article("one"), [stray])
        assert list(store.quads()) == []

    def test_literals_are_kept_by_value_and_blank_nodes_by_name(self, store: Store) -> None:
        graph = self.ns.article("one")
        thing = BlankNode("thing")
        number = Literal("007", datatype=NamedNode(f"{XSD}integer"))
        quads = [
            Quad(thing, self.ns.relation("size"), number, graph),
            Quad(graph, self.ns.relation("has"), thing, graph),
        ]
        assert store.put(graph, quads).quads == 2
        before = set(store.quads())
        assert store.put(graph, quads).quads == 2
        assert set(store.quads()) == before
        assert {quad.object.value for quad in before if isinstance(quad.object, Literal)} == {"7"}
        assert not any(isinstance(term, BlankNode) for quad in before for term in quad.triple)
        store.drop(graph)
        assert list(store.quads()) == []

    def test_strange_text_stays_data(self, store: Store) -> None:
        """What would end a string or a request in SPARQL comes back as it was, at the second put too."""
        text = '"} ; DROP ALL ; INSERT DATA { "\\\n\r\t\'\'\' """ \u2028 \x01 🙂 é e\u0301 ?s $p <x> # end'
        graph = self.ns.article("one")
        quad = Quad(graph, self.ns.relation("says"), Literal(text), graph)
        other = Quad(graph, self.ns.relation("says"), Literal(text, language="en"), graph)
        self.put(store, echo())
        for _ in range(2):
            store.put(graph, [quad, other])
        assert {quad, other} <= set(store.quads())
        rows = list(store.select("SELECT ?p WHERE { GRAPH ?g { ?g ?p ?text } }", {"text": Literal(text)}))
        assert rows == [{"p": self.ns.relation("says")}]

    def test_select_binds_and_gives_unbound_as_none(self, store: Store) -> None:
        self.put(store, visit())
        rows = list(
            store.select(
                "SELECT ?who ?what ?nothing WHERE { GRAPH ?g { ?s rdf:subject ?who ; rdf:predicate ?what }"
                " OPTIONAL { ?who kg:broader ?nothing } FILTER (?who = ?who) }",
                {"who": self.ns.entity("Russia"), "g": self.ns.article(visit().article.id)},
            )
        )
        assert rows == [{"who": self.ns.entity("Russia"), "what": self.ns.relation("annex"), "nothing": None}]

    def test_only_select_is_answered(self, store: Store) -> None:
        with pytest.raises(ValueError, match="SELECT"):
            store.select("ASK { ?s ?p ?o }")

    def test_an_answer_may_be_used_in_another_thread(self, store: Store) -> None:
        self.put(store, echo())
        quads, rows = store.quads(), store.select("SELECT ?s WHERE { ?s ?p ?o }")
        next(quads), next(rows)
        counts: list[int] = []
        thread = threading.Thread(target=lambda: counts.extend([len(list(quads)), len(list(rows))]))
        thread.start()
        thread.join()
        plain = len(self.plain(store))
        assert counts == [len(list(store.quads())) - 1, plain - 1]

    def test_readers_see_all_of_a_write_or_none(self, store: Store) -> None:
        whole = {0, self.put(store, numbered(1, 12))}
        self.drop(store, numbered(1, 12))
        graph = self.ns.article(numbered(1, 12).article.id)
        done = threading.Event()
        seen: set[int] = set()

        def watch() -> None:
            while not done.is_set():
                rows = store.select("SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }", {"g": graph})
                count = next(rows)["n"]
                assert isinstance(count, Literal)
                seen.add(int(count.value))

        thread = threading.Thread(target=watch)
        thread.start()
        try:
            for _ in range(5):
                self.put(store, numbered(1, 12))
                self.put(store, numbered(1, 12))
                self.drop(store, numbered(1, 12))
        finally:
            done.set()
            thread.join()
        assert seen <= whole

    def test_writers_lose_nothing(self, store: Store) -> None:
        readings = [numbered(number) for number in range(24)]

        def write(part: list[Reading]) -> None:
            for reading in part:
                self.put(store, reading)
                self.put(store, reading)

        threads = [threading.Thread(target=write, args=(readings[turn::4],)) for turn in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert set(store.quads()) == {
            quad for reading in readings for quad in reading_quads(reading, self.ns, "test")
        }

    def test_a_checkpoint_holds_all_and_stays_as_it_is(self, store: Store, tmp_path: Path) -> None:
        self.put(store, visit())
        before = set(store.quads())
        store.checkpoint(tmp_path / "copy")
        self.put(store, echo())
        copy = pyoxigraph.Store.read_only(str(tmp_path / "copy"))
        assert set(copy) == before

    @settings(
        max_examples=20,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.differing_executors],
    )
    @given(steps=st.lists(st.tuples(st.booleans(), st.integers(0, 5)), max_size=12))
    def test_any_order_of_writes_holds_just_what_is_there(
        self, store: Store, steps: list[tuple[bool, int]]
    ) -> None:
        """After any puts and drops the store is the union of the articles that are there, and no more."""
        readings = [visit(), echo(), *(numbered(number, 1) for number in (0, 7, 14, 3))]
        there: set[int] = set()
        for is_put, number in steps:
            if is_put:
                self.put(store, readings[number])
                there.add(number)
            else:
                self.drop(store, readings[number])
                there.discard(number)
        expected = {quad for number in there for quad in reading_quads(readings[number], self.ns, "test")}
        assert set(store.quads()) == expected
        for number in there:
            self.drop(store, readings[number])

    def write(self, store: Store, quad: Quad) -> None:
        """Write a quad past the store's own interface, as a user's SPARQL Update will."""
        raise NotImplementedError
