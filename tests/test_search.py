"""Full text in an archive: what is found, in what order, and that it stays in step with the graph."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, Triple

from graph import views
from graph.errors import BadFilter
from graph.model import Article, EntityType
from graph.rdf_terms import LABEL
from graph.store import ranking
from graph.store.archive import Archive
from graph.store.index_schema import FTS
from graph.store.search_words import MAX_LENGTH, MAX_PARTS, folded, says, words
from tests.conftest import BASE
from tests.keeping import keep
from tests.readings import Draft, echo, numbered, visit


@pytest.fixture
def filled_archive(folder: Path) -> Iterator[Archive]:
    with Archive.open(folder, BASE) as archive:
        keep(archive, visit())
        keep(archive, echo())
        yield archive


def entities(archive: Archive, given_: str) -> list[str]:
    return [hit.id for hit in archive.search.entities(given_)]


def sentences(archive: Archive, given_: str) -> set[str]:
    made = {one.id: one.sentence for reading in (visit(), echo()) for one in reading.statements}
    return {made[hit.id] for hit in archive.search.statements(given_)}


def everything(archive: Archive) -> dict[str, set[str]]:
    """What is found by some words and beginnings, to compare two archives."""
    asked = ("x*", "russia", "moscow", "li", "annex*", "person*", "the", "z*", "drones", "sanctions")
    return {
        one: {hit.id for hit in (*archive.search.entities(one), *archive.search.statements(one))}
        for one in asked
    }


def test_entities_are_found_by_words_of_label_and_aliases(filled_archive: Archive) -> None:
    assert entities(filled_archive, "jinping") == ["Xi_Jinping"]
    assert entities(filled_archive, "JINPING xi") == ["Xi_Jinping"]
    assert entities(filled_archive, "chinese") == ["Xi_Jinping"]  # only an alias has it
    assert entities(filled_archive, '"Li Wei"') == ["Li_Wei"]
    assert entities(filled_archive, '"Wei Li"') == []
    assert entities(filled_archive, "jinp") == []
    assert entities(filled_archive, "jinp*") == ["Xi_Jinping"]


def test_a_name_that_is_just_what_was_asked_for_comes_first(filled_archive: Archive) -> None:
    assert entities(filled_archive, "moscow") == ["Moscow", "Western_sanctions_against_Moscow"]
    assert entities(filled_archive, "móscow")[0] == "Moscow"


def test_of_names_that_match_alike_the_one_with_more_statements_is_first(archive: Archive) -> None:
    for number in range(3):
        keep(archive, numbered(number))
    keep(archive, visit())
    keep(archive, echo())
    scores = [hit.score for hit in archive.search.entities("c*")]
    assert scores == sorted(scores, reverse=True)
    assert entities(archive, "c*").index("Crimea") < entities(archive, "c*").index("China")


def test_statements_are_found_by_sentence_and_by_what_their_words_stand_for(filled_archive: Archive) -> None:
    assert sentences(filled_archive, "annexed crimea") == {
        "Russia annexed Crimea in 2014.",
        "Crimea was annexed by Russia.",
    }
    assert sentences(filled_archive, '"annexed crimea"') == {"Russia annexed Crimea in 2014."}
    assert sentences(filled_archive, "annex") == sentences(filled_archive, "annexed")  # the predicate's label
    assert len(filled_archive.search.statements("russia", limit=1)) == 1


def test_what_is_deleted_is_not_found(filled_archive: Archive) -> None:
    filled_archive.delete(visit().article.id)
    assert entities(filled_archive, "peskov") == []
    assert entities(filled_archive, "xi") == ["Xi_Jinping"]
    assert entities(filled_archive, "chinese") == []  # an alias that only the deleted article has
    assert sentences(filled_archive, "russia") == {"Crimea was annexed by Russia."}
    filled_archive.delete(echo().article.id)
    assert not any(everything(filled_archive).values())
    index = filled_archive.search._index._sql
    for table in ("articles", "entities", "ends", "statements"):
        assert index.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    for table in ("names", "sentences"):
        index.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")


@pytest.mark.parametrize("harm", ["gone", "damaged", "older", "layout", "tables"])
def test_an_index_that_cannot_be_used_is_made_anew(folder: Path, harm: str) -> None:
    file = folder / "search.sqlite"
    with Archive.open(folder, BASE) as archive:
        keep(archive, visit())
        older = file.read_bytes()
        keep(archive, echo())
        before = everything(archive)
    assert before["annex*"]
    match harm:
        case "gone":
            file.unlink()
        case "damaged":
            file.write_bytes(b"no database " * 1000)
        case "older":
            for part in folder.glob("search.sqlite*"):
                part.unlink()
            file.write_bytes(older)
        case _:
            with sqlite3.connect(file) as sql:
                sql.execute(
                    "UPDATE meta SET value = '0' WHERE key = 'layout'"
                    if harm == "layout"
                    else "DROP TABLE sentences"
                )
            sql.close()
    with Archive.open(folder, BASE) as archive:
        assert everything(archive) == before


def test_pages_that_are_broken_are_noticed_in_use(folder: Path) -> None:
    file = folder / "search.sqlite"
    with Archive.open(folder, BASE) as archive:
        for number in range(20):
            keep(archive, numbered(number))
        keep(archive, visit())
        before = everything(archive)
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + bytes(len(whole) - 4096))
    with Archive.open(folder, BASE) as archive:
        assert everything(archive) == before
        keep(archive, echo())
        assert len(archive.search.statements("annexed")) == 2


@pytest.mark.parametrize("lost", ["kept", "gone"])
def test_a_process_killed_between_graph_and_index_is_made_good(
    folder: Path, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    archive = Archive.open(folder, BASE)
    keep(archive, visit())
    monkeypatch.setattr(archive.search, lost, lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        keep(archive, echo()) if lost == "kept" else archive.delete(visit().article.id)
    archive.store.close()
    archive.ledger.close()
    archive.search._index.close()
    with Archive.open(folder, BASE) as archive:
        assert bool(entities(archive, "peskov")) is (lost == "kept")
        assert sentences(archive, "annexed crimea") == (
            {"Russia annexed Crimea in 2014.", "Crimea was annexed by Russia."} if lost == "kept" else set()
        )


def test_a_refusing_disk_never_fails_a_write(
    filled_archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(filled_archive.search._index, "put", refuse)
    keep(filled_archive, numbered(1))
    monkeypatch.undo()
    found = {hit.id for hit in filled_archive.search.statements("envoy 1 city")}
    assert found & {one.id for one in numbered(1).statements}


def test_what_users_write_is_found_and_gone_again(filled_archive: Archive) -> None:
    archive, ns = filled_archive, filled_archive.ns
    name = Triple(ns.entity("Xi_Jinping"), LABEL, Literal("The Chairman of Everything"))
    new = Triple(ns.entity("Nobody_Else"), LABEL, Literal("Nobody Else"))
    with archive.turn():
        archive.edit(lambda: archive.store.add(None, [name, new]), [])
    assert entities(archive, "chairman") == ["Xi_Jinping"]
    assert entities(archive, "nobody") == ["Nobody_Else"]
    keep(archive, numbered(1))
    assert entities(archive, "chairman") == ["Xi_Jinping"]
    with archive.turn():
        archive.edit(lambda: archive.store.update("DELETE WHERE { :Nobody_Else ?p ?o }"), [])
    assert entities(archive, "nobody") == []


def test_a_process_killed_in_a_users_change_is_made_good(folder: Path) -> None:
    archive = Archive.open(folder, BASE)
    keep(archive, visit())
    archive.close()
    archive = Archive.open(folder, BASE)
    new = Triple(archive.ns.entity("Nobody"), LABEL, Literal("Nobody"))
    with suppress(KeyboardInterrupt), archive.search.changing():
        archive.store.add(None, [new])
        raise KeyboardInterrupt
    archive.store.close()
    archive.ledger.close()
    archive.search._index.close()
    with Archive.open(folder, BASE) as archive:
        assert entities(archive, "nobody") == ["Nobody"]


def test_nothing_is_read_again_after_an_ordinary_end(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Archive.open(folder, BASE) as archive:
        keep(archive, visit())
    with Archive.open(folder, BASE) as archive:
        monkeypatch.setattr(archive.search, "_catch_up", None)
        assert entities(archive, "jinping") == ["Xi_Jinping"]


@pytest.mark.parametrize("nothing", ["", "   ", '""', "*", '"', "!?", "🙂", "\0", "'", "-", "* * *"])
def test_what_holds_no_word_is_refused(archive: Archive, nothing: str) -> None:
    with pytest.raises(BadFilter, match="no word"):
        archive.search.entities(nothing)


def test_too_much_is_refused() -> None:
    for much in ("a" * (MAX_LENGTH + 1), "a " * (MAX_PARTS + 1)):
        with pytest.raises(BadFilter, match="fewer"):
            words(much)


def test_folded_names_have_neither_case_nor_accents() -> None:
    assert folded("  Élysée-PALACE ") == "elysee palace"


@pytest.fixture(scope="module")
def lasting() -> Iterator[Archive]:
    with Archive.open(None, BASE) as archive:
        keep(archive, visit())
        keep(archive, echo())
        yield archive


@given(st.text(max_size=80) | st.text(alphabet="\"*()-+:^{}ANDORNEAT andornotear,\0\n'", max_size=40))
@example('russia AND "')
@example("NEAR(russia moscow)")
@example("label : russia")
@example("^russia")
@example("russia\0moscow")
@example("\ud800")
@settings(max_examples=400, deadline=None)
def test_no_text_is_a_mistake_of_fts(lasting: Archive, text: str) -> None:
    try:
        asked = words(text)
    except BadFilter:
        return
    for hits in (lasting.search.entities(text), lasting.search.statements(text)):
        assert len({hit.id for hit in hits}) == len(hits)
    assert asked.match.count('"') % 2 == 0


SIGNS = st.sampled_from([*"aAbZz09 .,-_'\"*éÉñßİ№²ﬁжЖ漢字\u0301\u200b☃\n"])


@given(st.text(SIGNS, max_size=12), st.lists(st.text(SIGNS, max_size=12), min_size=2, max_size=2))
@example("u.s. stra*", ["The U.S. strategy", ""])
@example("cafe", ["", "Café"])
@settings(max_examples=500, deadline=None)
def test_a_text_says_what_the_index_finds_in_it(asked: str, texts: list[str]) -> None:
    try:
        match = words(asked).match
    except BadFilter:
        return
    with closing(sqlite3.connect(":memory:")) as sql:
        sql.execute(f"CREATE VIRTUAL TABLE said USING fts5(one, other, {FTS})")
        sql.execute("INSERT INTO said VALUES (?, ?)", texts)
        found = sql.execute("SELECT 1 FROM said WHERE said MATCH ?", (match,)).fetchone()
    assert says(asked, *texts) == (found is not None)


VISIT_WORDS = sorted(set("xi jinping moscow russia crimea li wei".split()))


@given(st.lists(st.sampled_from(VISIT_WORDS), min_size=1, max_size=MAX_PARTS))
@settings(max_examples=50, deadline=None)
def test_all_words_have_to_be_there(lasting: Archive, chosen: list[str]) -> None:
    together = {hit.id for hit in lasting.search.statements(" ".join(chosen))}
    each = [{hit.id for hit in lasting.search.statements(word)} for word in chosen]
    assert together == set.intersection(*each)


def test_of_very_many_names_those_named_first_are_weighed_and_a_whole_name_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ranking, "MOST_ENTITIES", 3)
    with Archive.open(None, BASE) as archive:
        for number in range(12):
            keep(archive, numbered(number))
        envoys = [hit.id for hit in archive.search.entities("envoy")]
        assert sorted(envoys) == ["Envoy_0", "Envoy_1", "Envoy_2"]
        assert archive.search.entities("Envoy 11")[0].id == "Envoy_11"
        assert archive.search.entities("envoy*")[0].id in envoys


def test_of_very_many_statements_the_newest_are_weighed_and_older_ones_follow(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ranking, "MOST_STATEMENTS", 5)
    with Archive.open(None, BASE) as archive:
        for number in range(8):
            keep(archive, numbered(number))
        said = [one.id for number in range(8) for one in numbered(number).statements][::-1]
        hits = archive.search.statements("met envoy*")
        assert {hit.id for hit in hits[:5]} == set(said[:5])
        assert [hit.id for hit in hits[5:]] == said[5:]
        assert all(hit.score > 0 for hit in hits[:5])
        assert not any(hit.score for hit in hits[5:])


@pytest.mark.parametrize(("weighed", "size"), [(5, 1), (3, 2), (7, 7), (200, 7)])
def test_pages_of_a_search_hold_each_thing_once_and_no_statement_that_came_later(
    monkeypatch: pytest.MonkeyPatch, weighed: int, size: int
) -> None:
    monkeypatch.setattr(ranking, "MOST_STATEMENTS", weighed)
    with Archive.open(None, BASE) as archive:
        for number in range(3):
            keep(archive, numbered(number))
        whole = views.search(archive, "envoy*", limit=500).items
        assert {one.kind for one in whole} == set(views.HitKind)
        page = views.search(archive, "envoy*", limit=size)
        found = [*page.items]
        keep(archive, numbered(100))
        while page.next is not None:
            page = views.search(archive, "envoy*", limit=size, after=page.next)
            found += page.items
        texts = views.search_texts(archive, "envoy*", limit=500).items
        assert [json.loads(one) for one in texts] == [
            views.found_to_json(one) for one in views.search(archive, "envoy*", limit=500).items
        ]
        said = [one for one in found if one.kind is views.HitKind.STATEMENT]
        assert said == [one for one in whole if one.kind is views.HitKind.STATEMENT]
        things = [(one.kind, getattr(one.thing, "id", one.thing)) for one in found]
        assert len({repr(one) for one in things}) == len(things)


def test_a_statement_that_the_words_are_about_comes_before_others_of_its_sentence(archive: Archive) -> None:
    draft = Draft(Article("Ann Hale met Ben Vale and praised Norvalia."))
    draft.sentence("Ann Hale met Ben Vale and praised Norvalia.")
    hale = draft.node("Ann Hale", EntityType.PERSON)
    draft.say(hale, draft.predicate("met", "meet"), draft.node("Ben Vale", EntityType.PERSON))
    draft.say(hale, draft.predicate("praised", "praise"), draft.node("Norvalia", EntityType.PLACE))
    keep(archive, draft.reading())
    met, praised = draft.reading().statements
    for words_, order in (("vale", [met, praised]), ("norvalia praised", [praised, met])):
        assert [hit.id for hit in archive.search.statements(words_)] == [one.id for one in order]
