"""To rename what much is said of is little work: no article is read back, or put into the index anew."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph import curation
from graph.model import EntityType
from graph.store import curating, search
from graph.store.archive import Archive
from graph.store.upkeep import verify
from tests.conftest import BASE
from tests.deciding import HAND, expected
from tests.keeping import keep
from tests.readings import numbered

READINGS = tuple(numbered(7 * number) for number in range(8))
LABEL = 'Port "Vale" \\ é\u2028😀'


@pytest.fixture
def archive() -> Iterator[Archive]:
    with Archive.open(None, BASE) as archive:
        for reading in READINGS:
            keep(archive, reading)
        yield archive


def counted(archive: Archive) -> list[list[tuple[object, ...]]]:
    """What the index holds, but for the numbers that it gives."""
    queries = (
        "SELECT id, label, aliases, types, type, statements FROM entities ORDER BY id",
        "SELECT article, id, ends.type, ends.statements FROM ends JOIN entities ON number = entity"
        " ORDER BY article, id",
        "SELECT id, votes.type, articles FROM votes JOIN entities ON number = entity ORDER BY 1, 2",
        "SELECT * FROM types WHERE entities ORDER BY type",
        "SELECT id, subject_type, object_type FROM statements ORDER BY id",
        "SELECT kind, facet, value, t.statements FROM tally AS t LEFT JOIN scopes ON number = scope"
        " WHERE facet = 3 ORDER BY kind, key, value",
        "SELECT sentence, labels FROM texts ORDER BY number",
        "SELECT json FROM told ORDER BY number",
    )
    return archive.search.read(lambda sql: [sql.execute(query).fetchall() for query in queries])


@pytest.fixture
def work(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is done with whole articles, as a list that grows."""
    done: list[str] = []
    for module, name in ((curating, "read_reading"), (search, "read_part")):
        usual = getattr(module, name)

        def noted(*given: object, name: str = name, usual: object = usual) -> object:
            done.append(name)
            return usual(*given)  # type: ignore[operator]

        monkeypatch.setattr(module, name, noted)
    return done


def sound(archive: Archive) -> bool:
    return (
        set(archive.store.quads()) == expected(archive, READINGS)
        and not list(verify(archive))
        and not archive.search.differences()
    )


def test_only_the_use_of_an_entity_is_made_anew(archive: Archive, work: list[str]) -> None:
    before = set(archive.store.quads())
    first = curation.rename(archive, "City_0", LABEL, HAND)
    second = curation.rename(archive, "City_0", "Norvalia", HAND)
    curation.undo(archive, second.id, HAND)
    assert work == ["read_reading"] * 3  # one article of each, to see that it can be done
    assert len(archive.search.statements("Vale")) == 3 * len(READINGS)
    assert not archive.search.statements("Norvalia")
    assert sound(archive)
    work.clear()
    curation.undo(archive, first.id, HAND)
    assert work == ["read_reading"]
    assert not archive.search.statements("Vale")
    assert set(archive.store.quads()) == before
    assert sound(archive)


def test_types_are_counted_as_if_the_articles_were_put_anew(
    archive: Archive, work: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.store.index_counts.HUB", 10)  # so that some have counts of their own
    archive.search.forget()
    at_first = counted(archive)
    work.clear()
    made = [curation.retype(archive, "City_0", EntityType.GROUP, HAND)]
    made += [curation.retype(archive, "Envoy_7", EntityType.GROUP, HAND)]
    assert work == ["read_reading"] * 2
    relabelled = counted(archive)
    assert relabelled != at_first
    archive.search.forget()
    assert counted(archive) == relabelled
    assert sound(archive)
    work.clear()
    for one in made:
        curation.undo(archive, one.id, HAND)
    assert work == ["read_reading"] * 2
    assert counted(archive) == at_first


def test_where_a_statement_is_corrected_the_article_is_made_anew(archive: Archive, work: list[str]) -> None:
    said = READINGS[0].statements[0].id
    curation.correct(archive, said, {"object": {"id": "City_0"}, "subject": {"id": "Envoy_7"}}, HAND)
    work.clear()
    curation.rename(archive, "City_0", LABEL, HAND)
    assert work.count("read_part") == 1
    assert sound(archive)


def test_entities_that_are_one_keep_each_other_s_names(archive: Archive) -> None:
    first = curation.rename(archive, "Envoy_7", "Ada Hale", HAND)
    curation.merge(archive, "Envoy_7", "City_0", HAND)
    curation.rename(archive, "City_0", "Norvalia", HAND)
    assert sound(archive)
    curation.undo(archive, first.id, HAND)
    assert sound(archive)
    curation.retype(archive, "City_0", EntityType.ORGANIZATION, HAND)
    assert sound(archive)


def test_a_graph_that_is_not_as_it_was_is_made_anew(archive: Archive) -> None:
    curation.rename(archive, "City_0", "Norvalia", HAND)
    graph = archive.ns.article(READINGS[0].article.id)
    gone = [quad for quad in archive.store.quads_of(graph) if "Norvalia" in str(quad)]
    archive.store.amend(set(gone), set(), set(), set())
    assert gone
    curation.rename(archive, "City_0", LABEL, HAND)
    assert sound(archive)


def test_what_was_begun_is_finished(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process is killed when the graph is changed and the ledger does not know it yet."""
    with monkeypatch.context() as patch:
        patch.setattr(archive.search, "kept", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            curation.rename(archive, "City_0", "Norvalia", HAND)
    curator = curating.Curator(archive.ledger, archive.store, archive.search, archive.ns)
    assert curator.behind
    curator.finish()
    archive.curator = curator
    assert len(archive.search.statements("Norvalia")) == 3 * len(READINGS)
    assert sound(archive)
