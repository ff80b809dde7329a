"""What an entity mostly is, and is mostly called, is settled: it is that in all articles, also later ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph import curation, views
from graph.errors import Conflict
from graph.model import Article, EntityType, Reading
from graph.pipeline import ingest
from graph.store.archive import UNNAMED, Archive
from graph.store.rebuilding import rebuild
from graph.store.upkeep import verify
from tests.conftest import BASE
from tests.deciding import HAND
from tests.keeping import keep
from tests.readings import Draft, Recorded

STEEL = "Hale_Steel"


def article(number: int, type_: EntityType, label: str = "Hale Steel") -> Reading:
    draft = Draft(Article(f"Hale Steel sued Vale in round {number}."))
    draft.sentence("Hale Steel")
    vale = draft.node("Vale", EntityType.PERSON)
    draft.say(draft.node("Hale Steel", type_, label), draft.predicate("sued", "sue"), vale)
    return draft.reading()


READINGS = (
    article(1, EntityType.ORGANIZATION),
    article(2, EntityType.ORGANIZATION),
    article(3, EntityType.PERSON, "Hale, Steel"),
)
LATER = article(4, EntityType.PERSON, "Hale & Steel")


def said(archive: Archive) -> tuple[set[str], set[str]]:
    """The types and the labels that the graph gives."""
    rows = archive.store.select(
        "SELECT ?type ?label { ?it a ?type ; rdfs:label ?label }", {"it": archive.ns.entity(STEEL)}
    )
    found = [(str(row["type"]), getattr(row["label"], "value", "")) for row in rows]
    return {one.rpartition("/")[2].rstrip(">") for one, _ in found}, {label for _, label in found}


def test_what_it_mostly_is_can_be_decided(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "data", BASE) as archive:
        for reading in READINGS:
            keep(archive, reading)
        before = set(archive.store.quads())
        assert said(archive) == ({"Organization", "Person"}, {"Hale Steel", "Hale, Steel"})
        assert views.entity(archive, STEEL).entity.type is EntityType.ORGANIZATION
        made = curation.describe(archive, STEEL, "Hale Steel", EntityType.ORGANIZATION, HAND)
        assert [curation.decision(archive, one.id)["articles"] for one in made] == [3, 3]
        assert said(archive) == ({"Organization"}, {"Hale Steel"})
        assert "Hale, Steel" in views.entity(archive, STEEL).entity.aliases
        with pytest.raises(Conflict, match="decided already"):
            curation.describe(archive, STEEL, "Hale Steel", EntityType.ORGANIZATION, HAND)
        keep(archive, LATER)
        ingest([READINGS[2].article], archive, Recorded(READINGS[2], name="newer 2.0"))
        assert said(archive) == ({"Organization"}, {"Hale Steel"})
        assert not list(verify(archive))
        rebuild(archive, Recorded(*READINGS, LATER, name=UNNAMED).read_many, UNNAMED, everything=True)
    with Archive.open(tmp_path / "data", BASE) as archive:
        assert said(archive) == ({"Organization"}, {"Hale Steel"})
        archive.delete(LATER.article.id)
        for one in made:
            curation.undo(archive, one.id, HAND)
        assert set(archive.store.quads()) - before == {
            quad for quad in archive.store.quads() if quad.graph_name == archive.ns.curation
        }
        assert said(archive) == ({"Organization", "Person"}, {"Hale Steel", "Hale, Steel"})


def test_another_decision_may_follow(archive: Archive) -> None:
    for reading in READINGS:
        keep(archive, reading)
    curation.retype(archive, STEEL, EntityType.ORGANIZATION, HAND)
    curation.retype(archive, STEEL, EntityType.PLACE, HAND)
    assert said(archive)[0] == {"Place"}
    curation.retype(archive, STEEL, EntityType.ORGANIZATION, HAND)
    curation.undo(archive, 1, HAND)
    assert said(archive)[0] == {"Organization"}
    curation.rename(archive, STEEL, "Hale Steel", HAND)
    keep(archive, LATER)
    assert views.entity(archive, STEEL).entity.label == "Hale Steel"
    assert said(archive) == ({"Organization"}, {"Hale Steel"})
