"""Carries decisions out: what is read later follows them, and what is stored already is changed to it.

    ledger    the decision, and the articles that it is about as they were read
    graph     all of these articles as the decision has them, in one transaction
    ledger    what the graph holds of them now, and that the decision is in it

So whatever moment the process is killed at, the next opening finishes what was begun (`finish`). No article
is read again with the language model: each is made anew of its original, which is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Final

from pyoxigraph import NamedNode, Quad, Triple

from graph.decisions import OF_ENTITIES, Carried, Decision, Kind, decision_quads
from graph.errors import BadRecord, StoreDamaged, TooLarge
from graph.model import Article, Entity, Reading
from graph.rdf import reading_quads, supported_triples
from graph.rdf_read import read_reading
from graph.rdf_terms import DEFAULT
from graph.rules import Rules
from graph.store import decided, edits, inheriting
from graph.store.base import Contents, Store
from graph.store.decided import Draft, Kept
from graph.store.forms import normal
from graph.store.ledger import Ledger
from graph.store.relabelling import Relabelling, Revision
from graph.store.rows import advance
from graph.store.search import Search
from graph.store.userdata import contents_of, contents_of_lines
from graph.vocab import Namespaces

AT_ONCE: Final = 2_000
"""Articles that one transaction of the graph changes; a decision about more comes in several."""

_NAMING: Final = """
SELECT DISTINCT ?article WHERE { GRAPH ?article {
  { ?use itsrdf:taIdentRef ?entity . } UNION { ?use kg:mentions ?entity . }
  UNION { ?use kg:standsFor ?entity . }
} }"""
_TOO_MANY: Final = (
    "The decision would change {found:,} articles, and a server changes up to {most:,} at once;"
    " stop it, and decide this with the command `newsgraph`, which has no limit."
)
_CHANGED: Final = (
    "The graph of article {id} is not as it was read, so that the decision cannot be made;"
    " `newsgraph rebuild` mends it, then decide again."
)


@dataclass(slots=True)
class _Changes:
    """What is to be done to the graph, and what the ledger then knows of each article (None: as before)."""

    gone: set[Quad] = field(default_factory=set)
    added: set[Quad] = field(default_factory=set)
    unsaid: set[Triple] = field(default_factory=set)
    said: set[Triple] = field(default_factory=set)
    known: dict[str, tuple[frozenset[int], Contents | None]] = field(default_factory=dict)
    called: dict[str, Entity | None] = field(default_factory=dict)
    """By articles that are relabelled, and not made anew: the `entity` as each has it then."""
    entity: str = ""

    def relabel(self, article: str, entity: str, revision: Revision) -> None:
        """Add what a label or type changes in an article."""
        self.gone |= revision.gone
        self.added |= revision.added
        self.unsaid |= revision.unsaid
        self.said |= revision.said
        self.known[article] = revision.decisions, revision.contents
        self.called[article], self.entity = revision.entity, entity


class Curator:
    """Keeps the graph of one archive as the decisions have it; changes it for who has the turn to write."""

    def __init__(self, ledger: Ledger, store: Store, search: Search, ns: Namespaces) -> None:
        """Know the decisions of `ledger`; `finish` has to follow."""
        self._ledger, self._store, self._search, self._ns = ledger, store, search, ns
        made = decided.decisions(ledger)
        self.rules = Rules(made)
        self.behind = bool(made) and made[-1].id > decided.carried_out(ledger)
        """Whether a decision is written down that is not in the graph yet."""
        self._read: tuple[int, frozenset[str]] = 0, frozenset()
        """The last decision of this process, and the articles whose graphs were read to write it down."""

    def curated(self, reading: Reading, run: str) -> tuple[Iterator[Quad], Kept | None]:
        """Give the quads of a reading as the decisions have it, and what is to be kept beside it."""
        numbers = self.rules.touching(reading)
        if not numbers:
            return reading_quads(reading, self._ns, run), None
        graph = self._ns.article(reading.article.id)
        read = [quad for quad in self._quads(reading, run) if quad.graph_name == graph]
        return reading_quads(self.rules.apply(reading), self._ns, run), Kept(numbers, decided.packed(read))

    def decide(self, draft: Draft, most: int | None = None) -> Decision:
        """Write a decision down and carry it out.

        Raises TooLarge if it is about more than `most` articles, StoreDamaged if the graph of one is not as
        it was read: nothing is decided then. Raises StoreFull or another StoreError if the disk refuses; once
        it is written down, it is carried out by the next write, `Archive.catch_up`, or the next opening.
        """
        articles = self._articles(draft)
        if most is not None and len(articles) > most:
            raise TooLarge(_TOO_MANY.format(found=len(articles), most=most))
        originals = {id_: self._original(id_) for id_ in articles if not decided.is_kept(self._ledger, id_)}
        self._rehearse(draft, articles[:1], originals)
        with self._ledger.transaction() as sql:
            number = decided.append(sql, draft)
            for id_ in articles:
                if id_ in originals:
                    decided.keep(sql, id_, Kept(frozenset(), originals[id_]))
                if draft.kind is not Kind.UNDO:
                    decided.touch(sql, id_, [number])
            advance(sql)
        self.behind = True
        self._read = number, frozenset(originals)
        self.finish()
        (made,) = decided.decisions(self._ledger, "WHERE one.id = ?", [number])
        return made

    def inherit(self, old: str, new: str) -> Carried:
        """Let decisions on what article `old` says hold for what `new`, which takes its place, says too.

        To do it again does no harm. Raises StoreDamaged if the graph of `new` is not as it was read,
        StoreFull or another StoreError if the disk refuses.
        """
        read, records = decided.original(self._ledger, old), (self._ledger.find(old), self._ledger.find(new))
        if read is None or records[0] is None or records[1] is None:
            return Carried()
        reading, _ = self._reading(read, records[0].article)
        made = inheriting.bound(self._ledger, old, reading)
        if not made:
            return Carried()
        packed = None if decided.is_kept(self._ledger, new) else self._original(new)
        now = decided.original(self._ledger, new) if packed is None else decided.unpacked(packed)
        found = inheriting.heirs(reading, self._reading(now or (), records[1].article)[0])
        kept = [one for one in made if found.keys() & {one.subject, *one.also}]
        if kept:
            with self._ledger.transaction() as sql:
                if packed is not None:
                    decided.keep(sql, new, Kept(frozenset(), packed))
                inheriting.bequeath(sql, kept, found)
            before, self.rules = self.rules, Rules(decided.decisions(self._ledger))
            self._amend([new], self._changes([new], before, self.rules))
            self._search.kept()
        numbers = [one.id for one in kept]
        return Carried(tuple(numbers), tuple(one.id for one in made if one.id not in numbers))

    def finish(self) -> None:
        """Carry out the decisions that are written down and not in the graph yet. Raises StoreError."""
        if not self.behind:
            return
        made = decided.decisions(self._ledger)
        for decision in made:
            if decision.id > decided.carried_out(self._ledger):
                self._carry_out(decision, _until(made, decision.id - 1), _until(made, decision.id))
        self.rules = Rules(made)
        self.behind = False

    def _rehearse(self, draft: Draft, articles: list[str], originals: Mapping[str, bytes]) -> None:
        """See that a decision can be carried out, before it is written down for good. Raises BadRecord."""
        made = decided.decisions(self._ledger)
        number = made[-1].id + 1 if made else 1
        now = datetime.now(UTC)
        trial = Decision(
            number, draft.kind, draft.subject, draft.change, draft.before, draft.who, now, draft.why
        )
        if draft.kind is Kind.UNDO:
            made = [replace(one, undone_by=number) if str(one.id) == draft.subject else one for one in made]
        rules = Rules([*made, trial])
        for id_ in articles:
            read, record = originals.get(id_), self._ledger.find(id_)
            quads = decided.original(self._ledger, id_) if read is None else decided.unpacked(read)
            assert record is not None
            assert quads is not None
            reading, run = self._reading(quads, record.article)
            try:
                decided.unpacked(decided.packed(self._quads(rules.apply(reading), run)))
            except (ValueError, SyntaxError) as error:
                raise BadRecord(
                    f"The decision cannot be written as RDF ({error}); give another value."
                ) from error

    def _carry_out(self, decision: Decision, before: Rules, after: Rules) -> None:
        number, read = self._read
        just_read = read if number == decision.id else frozenset()
        relabelling = Relabelling.of(decision, self._ledger, self._store, after, just_read)
        portions = list(_portions(decided.touched(self._ledger, decision))) or [[]]
        for portion in portions:
            last = portion is portions[-1]
            changes = self._changes(portion, before, after, relabelling)
            if last:
                self._tell(decision, changes)
            self._amend(portion, changes, decision if last else None)
        self._search.kept()

    def _amend(self, articles: list[str], changes: _Changes, done: Decision | None = None) -> None:
        """Change the graph, and write down what it holds now; that a decision is in it, if that is `done`."""
        self._search.doubt(articles)
        self._store.amend(changes.gone, changes.added, changes.unsaid, changes.said)
        # Before the write counts: ETags tell by that number.
        self._search.kept(*(id_ for id_ in articles if id_ not in changes.called))
        self._search.relabelled(changes.entity, changes.called)
        with self._ledger.transaction() as sql:
            for id_, (numbers, contents) in changes.known.items():
                decided.retouch(sql, id_, numbers, contents)
            if done is not None:
                decided.carry_out(sql, done)
            advance(sql)

    def _changes(
        self, articles: Iterable[str], before: Rules, after: Rules, relabelling: Relabelling | None = None
    ) -> _Changes:
        changes, by_users = _Changes(), edits.marked(self._ledger)
        for id_ in articles:
            if (record := self._ledger.find(id_)) is None:
                continue
            quick = relabelling if id_ not in by_users else None
            if quick is not None and (revision := quick.revised(record.article, self._ns)) is not None:
                changes.relabel(id_, quick.entity, revision)
                continue
            if (read := decided.original(self._ledger, id_)) is None:
                continue
            reading, run = self._reading(read, record.article)
            numbers, graph = after.touching(reading), self._ns.article(id_)
            new = self._quads(after.apply(reading), run)
            plain = {quad.triple for quad in new if quad.graph_name == DEFAULT}
            there = {quad for quad in new if quad.graph_name == graph}
            if id_ in by_users:  # what they changed stays
                old = {quad for quad in self._quads(before.apply(reading), run) if quad.graph_name == graph}
                changes.known[id_] = numbers, None
            else:
                old = set(self._store.quads_of(graph))
                changes.known[id_] = numbers, contents_of(there)
            supported = supported_triples(old, self._ns)
            changes.gone |= old - there
            changes.added |= there - old
            changes.unsaid |= supported - plain
            changes.said |= plain - supported
        return changes

    def _tell(self, decision: Decision, changes: _Changes) -> None:
        """Let the graph say that there is a decision, or no longer say it of one that is undone."""
        if decision.kind is Kind.UNDO:
            undone = decided.decisions(self._ledger, "WHERE one.id = ?", [int(decision.subject)])
            changes.gone |= set(decision_quads((replace(one, undone_by=None) for one in undone), self._ns))
        else:
            changes.added |= set(decision_quads([decision], self._ns))

    def _quads(self, reading: Reading, run: str) -> set[Quad]:
        graph = self._ns.article(reading.article.id)
        return {normal(quad, graph) for quad in reading_quads(reading, self._ns, run)}

    def _articles(self, draft: Draft) -> list[str]:
        """Return the ids of the stored articles that a decision is about something in."""
        if draft.kind is Kind.UNDO:
            (undone,) = decided.decisions(self._ledger, "WHERE one.id = ?", [int(draft.subject)])
            return decided.touched(self._ledger, undone)
        if draft.kind is Kind.DISTINGUISH:
            return []
        if draft.kind in OF_ENTITIES:
            rows = self._store.select(_NAMING, {"entity": self._ns.entity(draft.subject)})
            graphs = [row["article"] for row in rows]
            start = self._ns.article("").value
            found = [term.value.removeprefix(start) for term in graphs if isinstance(term, NamedNode)]
        else:
            found = [str(draft.before["article"])]
        return [id_ for id_ in sorted(found) if decided.told(self._ledger, id_) is not None]

    def _original(self, id_: str) -> bytes:
        """Return the graph of an article that no decision changed yet. Raises StoreDamaged."""
        told, lines = decided.told(self._ledger, id_), self._store.lines_of(self._ns.article(id_))
        if contents_of_lines(lines) == told:
            return decided.packed_lines(lines)
        quads, record = self._store.quads_of(self._ns.article(id_)), self._ledger.find(id_)
        if record is None or told is None:
            raise StoreDamaged(_CHANGED.format(id=id_))
        self._reading(quads, record.article)
        found = contents_of(quads)
        sound = found.quads == told[0] and told[1] in (None, found.digest)
        if not sound and not edits.suspect(self._ledger, id_):
            raise StoreDamaged(_CHANGED.format(id=id_))
        return decided.packed(quads)

    def _reading(self, quads: Iterable[Quad], article: Article) -> tuple[Reading, str]:
        try:
            return read_reading(quads, article, self._ns)
        except ValueError as error:
            raise StoreDamaged(_CHANGED.format(id=article.id)) from error


def _until(made: Iterable[Decision], number: int) -> Rules:
    """Make the rules as they were when decision `number` was the last."""
    past = [one for one in made if one.id <= number]
    return Rules(
        replace(one, undone_by=None) if one.undone_by and one.undone_by > number else one for one in past
    )


def _portions(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
