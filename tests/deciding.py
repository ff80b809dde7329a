"""Decisions for tests: drawn at random, made, and what the graph has to be after them."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import strategies as st
from pyoxigraph import Quad

from graph import __version__, curation, views
from graph.curation import Hand
from graph.decisions import Decision, decision_quads
from graph.errors import BadRecord, Conflict, NotFound
from graph.model import EntityType, Modality, Polarity, Reading
from graph.rdf import reading_quads
from graph.rules import Rules
from graph.store import decided
from graph.store.archive import UNNAMED, Archive
from graph.store.forms import normal
from tests.readings import echo, numbered, visit

HAND = Hand("Hale", "as a test has it")
READINGS = (visit(), echo(), numbered(1, 2), numbered(8, 2))
ENTITIES = sorted({entity.id for reading in READINGS for entity in reading.entities})
STATEMENTS = sorted({statement.id for reading in READINGS for statement in reading.statements})

_entity = st.sampled_from(ENTITIES)
_end = st.one_of(
    st.fixed_dictionaries({"id": _entity}),
    st.just({"label": "Mira Vale", "type": "Person"}),
)
_changes = st.fixed_dictionaries(
    {},
    optional={
        "subject": _end,
        "object": st.one_of(_end, st.just({"value": "7", "datatype": "kg:Percent"})),
        "attributedTo": st.one_of(st.none(), _end),
        "place": st.one_of(st.none(), _end),
        "predicate": st.sampled_from(["visit", "seize", "be_arrested_in"]),
        "modality": st.sampled_from([one.value for one in Modality]),
        "polarity": st.sampled_from([one.value for one in Polarity]),
        "time": st.one_of(st.none(), st.just({"start": "2026-03-01", "end": "2026-03-02"})),
    },
)
wishes = st.one_of(
    st.tuples(st.just("merge"), _entity, _entity),
    st.tuples(st.just("distinguish"), _entity, _entity),
    st.tuples(st.just("rename"), _entity, st.sampled_from(["Norvalia", "Hale", "Moscow"])),
    st.tuples(st.just("retype"), _entity, st.sampled_from(list(EntityType))),
    st.tuples(st.just("correct"), st.sampled_from(STATEMENTS), _changes),
    st.tuples(st.just("reject"), st.sampled_from(STATEMENTS)),
)
"""What somebody may wish to decide: a function of `graph.curation`, and what it is given."""


def make(archive: Archive, wish: tuple[object, ...]) -> Decision | None:
    """Make a decision; None if it cannot be made, which is told by one of the errors that are foreseen."""
    name, *given = wish
    try:
        made: Decision = getattr(curation, str(name))(archive, *given, HAND)
    except (Conflict, NotFound, BadRecord):
        return None
    return made


def expected(archive: Archive, readings: Iterable[Reading]) -> set[Quad]:
    """The quads that the store has to hold: each reading as the decisions have it, and the decisions."""
    made = decided.decisions(archive.ledger)
    rules, ns = Rules(made), archive.ns
    assert [rules.final(id_) for id_ in ENTITIES] == [archive.curator.rules.final(id_) for id_ in ENTITIES]
    run = f"newsgraph {__version__}, model {UNNAMED}"
    quads = {
        normal(quad, ns.article(reading.article.id))
        for reading in readings
        for quad in reading_quads(rules.apply(reading), ns, run)
    }
    return quads | set(decision_quads(made, ns))


def seen(archive: Archive) -> object:
    """What readers see: every statement and entity, and what a search for a common word finds."""
    part = views.subgraph(archive, views.StatementFilter())
    words = {word: archive.search.entities(word) for word in ("moscow", "norvalia", "city")}
    found = {word: sorted(hit.id for hit in hits) for word, hits in words.items()}
    return (
        sorted(part.statements, key=lambda one: one.id),
        sorted(part.entities, key=lambda one: one.id),
        found,
    )
