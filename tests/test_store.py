from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from graph.errors import StoreError, StoreInUse
from graph.rdf import reading_quads
from graph.store.base import Store
from graph.store.binding import bind
from graph.store.embedded import EmbeddedStore
from graph.vocab import Namespaces
from tests.contracts.store import StoreContract
from tests.readings import echo, numbered, visit


class TestInMemory(StoreContract):
    @pytest.fixture
    def store(self) -> Iterator[Store]:
        opened = EmbeddedStore(None, self.ns)
        yield opened
        opened.close()

    def write(self, store: Store, quad: Quad) -> None:
        assert isinstance(store, EmbeddedStore)
        store._store.add(quad)


class TestOnDisk(TestInMemory):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        opened = EmbeddedStore(tmp_path / "graph", self.ns)
        yield opened
        opened.close()

    def test_it_is_all_there_when_opened_again(self, tmp_path: Path) -> None:
        first = EmbeddedStore(tmp_path / "again", self.ns)
        self.put(first, visit())
        before = set(first.quads())
        first.close()
        second = EmbeddedStore(tmp_path / "again", self.ns)
        assert set(second.quads()) == before
        second.close()


def test_a_failing_write_changes_nothing(ns: Namespaces, monkeypatch: pytest.MonkeyPatch) -> None:
    """The request that replaces an article is one transaction: its last operation undoes the first."""
    store = EmbeddedStore(None, ns)
    graph = ns.article(visit().article.id)
    store.put(graph, reading_quads(visit(), ns, "test"))
    before = set(store.quads())
    spoiled = "graph.store.embedded.replacement"
    request = f"DROP SILENT GRAPH {graph} ; DELETE WHERE {{ ?s ?p ?o }} ; LOAD <file:///none>"
    monkeypatch.setattr(spoiled, lambda *_: request)
    with pytest.raises((StoreError, OSError, ValueError, RuntimeError)):
        store.put(graph, reading_quads(visit(title="New"), ns, "test"))
    assert set(store.quads()) == before


def test_a_replacement_is_one_request(ns: Namespaces, monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that refuses every write but the first request shows what was put into it."""
    store = EmbeddedStore(None, ns)
    graph = ns.article(visit().article.id)
    store.put(graph, reading_quads(visit(), ns, "test"))
    engine = _Counting(store._store)
    monkeypatch.setattr(store._engine, "_opened", engine)
    store.put(graph, reading_quads(visit(title="New"), ns, "test"))
    store.drop(graph)
    assert engine.writes == ["update", "update"]


class _Counting:
    """An engine that notes which of its writing methods are called."""

    def __init__(self, engine: pyoxigraph.Store) -> None:
        self._engine = engine
        self.writes: list[str] = []

    def __getattr__(self, name: str) -> object:
        if name not in ("quads_for_pattern", "query"):
            self.writes.append(name)
        return getattr(self._engine, name)


def test_a_write_is_synced_before_it_is_acknowledged(
    tmp_path: Path, ns: Namespaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After each write the engine's log, where the quads are, is synced to the disk."""
    synced: list[Path] = []
    monkeypatch.setattr("graph.store.embedded._sync_file", synced.append)
    store = EmbeddedStore(tmp_path / "graph", ns)
    graph = ns.article(echo().article.id)
    for write in (lambda: store.put(graph, reading_quads(echo(), ns, "test")), lambda: store.drop(graph)):
        synced.clear()
        write()
        logs = [path for path in synced if path.suffix == ".log"]
        assert any(b"Xi_Jinping" in path.read_bytes() for path in logs)
        assert tmp_path / "graph" in synced
    store.close()


def test_the_log_is_worked_off_once_in_a_while(
    tmp_path: Path, ns: Namespaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the first checkpoint after a long ingestion would have to do it all at once."""
    monkeypatch.setattr("graph.store.embedded._LOG_LIMIT", 1000)
    store = EmbeddedStore(tmp_path / "graph", ns)
    engine = _Counting(store._store)
    monkeypatch.setattr(store._engine, "_opened", engine)
    for number in range(20):
        store.put(ns.article(numbered(number).article.id), reading_quads(numbered(number), ns, "test"))
    quads = len(set(store.quads()))
    assert quads // 1000 - 1 <= engine.writes.count("flush") <= quads // 1000 + 1
    store.close()


def test_a_disk_that_refuses_is_a_store_error(ns: Namespaces, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(_Counting):
        def extend(self, _quads: object) -> None:
            raise OSError(28, "No space left on device")

    store = EmbeddedStore(None, ns)
    monkeypatch.setattr(store._engine, "_opened", Full(store._store))
    with pytest.raises(StoreError, match=r"No space left on device.*make room"):
        store.put(ns.article(echo().article.id), reading_quads(echo(), ns, "test"))


def test_support_is_looked_up_by_key_alone(ns: Namespaces, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dropping and putting asks as much of a store with 200 others as of one with 10, and reads as little."""
    steps = []
    for others in (10, 200):
        store = EmbeddedStore(None, ns)
        for number in range(others):
            store.put(
                ns.article(numbered(number * 7).article.id), reading_quads(numbered(number * 7), ns, "t")
            )
        engine = _Reading(store._store)
        monkeypatch.setattr(store._engine, "_opened", engine)
        store.drop(ns.article(numbered(7).article.id))
        store.put(ns.article(numbered(7).article.id), reading_quads(numbered(7), ns, "t"))
        steps.append(engine.rows)
    assert steps[1] <= steps[0] + 5


class _Reading(_Counting):
    """An engine that counts the quads that are read from it."""

    rows = 0

    def quads_for_pattern(self, *pattern: object) -> Iterator[Quad]:
        for quad in self._engine.quads_for_pattern(*pattern):  # type: ignore[arg-type]
            self.rows += 1
            yield quad


def test_a_store_open_elsewhere_is_named(tmp_path: Path, ns: Namespaces) -> None:
    path = tmp_path / "data" / "graph"
    code = (
        "import sys, pyoxigraph\n"
        "store = pyoxigraph.Store(sys.argv[1])\n"
        "print('open', flush=True)\n"
        "sys.stdin.read()\n"
    )
    path.parent.mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(
            StoreInUse, match="open in another newsgraph process; stop it, or ask it over HTTP"
        ):
            EmbeddedStore(path, ns)
        other.communicate()
    EmbeddedStore(path, ns).close()


def test_a_file_is_no_store(tmp_path: Path, ns: Namespaces) -> None:
    (tmp_path / "graph").write_text("not a folder")
    with pytest.raises(StoreError, match=r"cannot be used .*not a directory"):
        EmbeddedStore(tmp_path / "graph", ns)


def test_a_closed_store_says_so(ns: Namespaces) -> None:
    store = EmbeddedStore(None, ns)
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.put(ns.article(echo().article.id), reading_quads(echo(), ns, "test"))


BOUND = {"who": Literal('a "quoted" ?who'), "g": NamedNode("http://x.example/g?who")}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT ?g { GRAPH ?g { } }", "SELECT ?g { GRAPH <http://x.example/g?who> { } }"),
        ("SELECT * { $g ?p ?gg } ORDER BY ?g", "SELECT * { <http://x.example/g?who> ?p ?gg } ORDER BY ?g"),
        ('SELECT * { ?g ?p \'?g\' , "\\"?g" }', 'SELECT * { <http://x.example/g?who> ?p \'?g\' , "\\"?g" }'),
        (
            "SELECT * { ?g <http://y?g> 1 # ?g\n }",
            "SELECT * { <http://x.example/g?who> <http://y?g> 1 # ?g\n }",
        ),
        (
            "SELECT * { FILTER(?a < ?g && ?b > 2) }",
            "SELECT * { FILTER(?a < <http://x.example/g?who> && ?b > 2) }",
        ),
    ],
)
def test_bind_replaces_variables_only(query: str, expected: str) -> None:
    assert bind(query, {"g": BOUND["g"]}) == expected


@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_bind_takes_any_literal(text: str) -> None:
    store = pyoxigraph.Store()
    store.add(Quad(NamedNode("http://a"), NamedNode("http://b"), Literal(text)))
    store.add(Quad(NamedNode("http://c"), NamedNode("http://b"), Literal(f"{text}.")))
    rows = store.query(bind("SELECT ?s WHERE { ?s ?p ?text }", {"text": Literal(text)}))
    assert [row["s"].value for row in rows] == ["http://a"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("query", "term", "message"),
    [
        ("SELECT ?s { ?s ?p ?o }", BlankNode(), "blank node"),
        ("SELECT ?s { ?s ?p ?other }", Literal("x"), "no variable o"),
        ("SELECT ?s", Literal("x"), "no WHERE part"),
    ],
)
def test_bind_refuses_what_it_cannot_do(query: str, term: Literal | BlankNode, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        bind(query, {"o": term})
