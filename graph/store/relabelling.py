"""What another label or type of an entity changes in an article: its use of the entity, and no more.

No statement names a label or type (`graph/rdf.py`); so of a graph that is as the ledger knows it, only the
few quads of that use are made anew, with the same rules that make a whole article. Where more may depend on
it, or the graph is not what it was, `Relabelling.revised` says so, and the article is made anew as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import NamedTuple

from pyoxigraph import Quad, RdfFormat, Triple, parse

from graph.decisions import OF_STATEMENTS, Decision, Kind
from graph.model import Article, Entity, Reading
from graph.rdf import entity_quads, supported_triples
from graph.rdf_read import read_uses
from graph.rdf_terms import DEFAULT
from graph.rules import Rules
from graph.store import decided
from graph.store.base import Contents, Store
from graph.store.forms import normal
from graph.store.ledger import Ledger
from graph.store.userdata import contents_of_lines
from graph.vocab import Namespaces


class Revision(NamedTuple):
    """What is to be done to an article's graph, what that holds then, and how it calls the entity then.

    `entity` is None where the article does not use it; `decisions` are those about something in the article.
    """

    gone: set[Quad]
    added: set[Quad]
    unsaid: set[Triple]
    said: set[Triple]
    contents: Contents
    entity: Entity | None
    decisions: frozenset[int]


class Relabelling:
    """One decision to rename or retype an entity, or to undo that, as it is carried out."""

    def __init__(
        self,
        decision: Decision,
        about: Decision,
        ledger: Ledger,
        store: Store,
        rules: Rules,
        just_read: Set[str],
    ) -> None:
        """Carry out a decision: `about` itself, or its undoing. Use `of`."""
        self.entity = rules.final(about.subject)
        self._undone = frozenset({about.id} - {decision.id})
        self._ledger, self._store, self._rules = ledger, store, rules
        self._just_read = just_read
        self._same = rules.joined(self.entity)
        self._changed_otherwise = decided.touched_by(ledger, OF_STATEMENTS)

    @classmethod
    def of(
        cls, decision: Decision, ledger: Ledger, store: Store, rules: Rules, just_read: Set[str] = frozenset()
    ) -> Relabelling | None:
        """Take a decision; None if it changes more than what an entity is called or of what type it is.

        `rules` are those from then on. The graphs of the articles `just_read` are what is kept of them.
        """
        about = decision
        if decision.kind is Kind.UNDO:
            (about,) = decided.decisions(ledger, "WHERE one.id = ?", [int(decision.subject)])
        if about.kind not in (Kind.RENAME, Kind.RETYPE):
            return None
        return cls(decision, about, ledger, store, rules, just_read)

    def revised(self, article: Article, ns: Namespaces) -> Revision | None:
        """Say what becomes of an article; None if it is to be made anew as a whole. Raises StoreError."""
        told, kept = decided.told(self._ledger, article.id), decided.original_lines(self._ledger, article.id)
        if told is None or kept is None or article.id in self._changed_otherwise:
            return None
        graph = ns.article(article.id)
        now = kept if article.id in self._just_read else self._store.lines_of(graph)
        if contents_of_lines(now) != told:  # it is damaged, or this was begun before the process was killed
            return None
        read = read_uses(_parsed(_about(kept, self._same, article, ns)), ns)
        if sum(one.stands_for is not None for one in read) > 1:  # the order of the text decides
            return None
        made = self._rules.apply(Reading(article, (), tuple(read), ()))
        new = {normal(quad, graph) for one in made.entities for quad in entity_quads(one, article, ns)}
        there = {str(quad): quad for quad in new if quad.graph_name == graph}
        old = set(_about(now, (self.entity,), article, ns))
        before, plain = _parsed(old), {quad.triple for quad in new if quad.graph_name == DEFAULT}
        supported = supported_triples(before, ns)
        lines = sorted({*now} - old | there.keys())
        return Revision(
            {quad for quad in before if str(quad) not in there},
            {quad for line, quad in there.items() if line not in old},
            supported - plain,
            plain - supported,
            contents_of_lines(lines),
            next(iter(made.entities), None),
            decided.touching(self._ledger, article.id) - self._undone,
        )


def _about(lines: Iterable[str], ids: Iterable[str], article: Article, ns: Namespaces) -> list[str]:
    """Choose those lines that are about an article's uses of some entities."""
    beginnings = tuple(f"{ns.part(article.id, f'entity={id_}')} " for id_ in ids)
    return [line for line in lines if line.startswith(beginnings)]


def _parsed(lines: Iterable[str]) -> list[Quad]:
    return list(parse("".join(f"{line} .\n" for line in lines).encode(), RdfFormat.N_QUADS))
