"""What the active decisions make of a reading, before it becomes quads: a function, and nothing kept.

    Reading -> statements corrected and rejected -> entities joined, renamed, retyped -> Reading

So an article that is read for the first time, read again, or curated where it lies goes the same way, and
what a decision changed comes back as it was when that is undone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from graph.corrections import corrected, entities_in
from graph.decisions import OF_STATEMENTS, Decision, Kind
from graph.model import Argument, Entity, EntityType, Mention, Node, Reading, Statement, Value
from graph.rdf import entities_of, nodes

_FIELDS: Final = {Kind.RENAME: "label", Kind.RETYPE: "type"}
"""The kinds that say what an entity is called, and what it is; and the field of `change` that does."""


class Rules:
    """The active decisions, by what they are about; never changed after it is made."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        """Take those of `decisions`, which are in their order, that are active."""
        self._merges: dict[str, Decision] = {}
        self._about: dict[Kind, defaultdict[str, list[Decision]]] = {
            kind: defaultdict(list) for kind in _FIELDS
        }
        self._said: defaultdict[str, list[Decision]] = defaultdict(list)
        told_apart: list[Decision] = []
        for one in decisions:
            if not one.active:
                continue
            for subject in (one.subject, *one.also):
                if one.kind is Kind.MERGE:
                    self._merges[subject] = one
                elif one.kind is Kind.DISTINGUISH:
                    told_apart.append(one)
                elif one.kind in OF_STATEMENTS:
                    self._said[subject].append(one)
                else:
                    self._about[one.kind][subject].append(one)
        self._apart = {self._pair(one.subject, str(one.change["from"])): one for one in told_apart}

    def merged(self, id_: str) -> Decision | None:
        """Return the decision that merged an entity into another, or None."""
        return self._merges.get(id_)

    def final(self, id_: str) -> str:
        """Return the id of what an entity was merged into, at last; its own if it was not."""
        return list(self._way(id_))[-1]

    def joined(self, id_: str) -> frozenset[str]:
        """Return the ids of what is one with an entity that was not merged itself, with its own."""
        return frozenset((id_, *(one for one in self._merges if self.final(one) == id_)))

    def apart(self, id_: str, other: str) -> Decision | None:
        """Return the decision that two entities (or what was merged into them) are not one, or None."""
        return self._apart.get(self._pair(id_, other))

    def rejected(self, statement: str) -> Decision | None:
        """Return the decision that rejected a statement, or None."""
        return next((one for one in self._said.get(statement, ()) if one.kind is Kind.REJECT), None)

    def base(self, kind: Kind, id_: str, shown: str) -> str:
        """Return the label (of a `kind` rename) or type (retype) that articles give what is `shown` so."""
        decided = self._about[kind].get(id_)
        return str(decided[0].change["base"]) if decided else shown

    def decided(self, kind: Kind, id_: str) -> str | None:
        """Return the label (of a `kind` rename) or type (retype) that was decided of an entity, or None."""
        decided = self._about[kind].get(id_)
        return str(decided[-1].change[_FIELDS[kind]]) if decided else None

    def touching(self, reading: Reading) -> frozenset[int]:
        """Return the numbers of the decisions that are about something in a reading as it was read."""
        found: set[int] = set()
        ids: set[str] = set()
        for statement in reading.statements if self._said else ():
            for one in self._said.get(statement.id, ()):
                found.add(one.id)
                ids |= entities_in(one.change)
        if self._merges or any(self._about.values()):
            for entity in entities_of(reading):
                ids |= {entity.id, *entity.mentions, *filter(None, (entity.stands_for,))}
        for id_ in {step for given in ids for step in self._way(given)}:
            decided = (
                self._merges.get(id_),
                *(one for by in self._about.values() for one in by.get(id_, ())),
            )
            found |= {one.id for one in decided if one is not None}
        return frozenset(found)

    def apply(self, reading: Reading) -> Reading:
        """Make of a reading what the decisions say; the very same one if none is about it."""
        if not self.touching(reading):
            return reading
        known = {entity.id: entity for entity in entities_of(reading)}
        said = [made for one in _settled(reading) if (made := self._corrected(one)) is not None]
        for node in (node for statement in said for node in nodes(statement)):
            known.setdefault(node.id, Entity(node.id, node.label, node.type))
        groups: defaultdict[str, list[Entity]] = defaultdict(list)
        for entity in known.values():
            groups[self.final(entity.id)].append(entity)
        joined = {id_: self._joined(id_, group) for id_, group in groups.items()}
        mentions = {replace(one, entity=self.final(one.entity)) for one in reading.mentions}
        return Reading(
            reading.article,
            tuple(self._renamed(one, joined) for one in said),
            tuple(joined.values()),
            tuple(sorted(mentions, key=_place)),
        )

    def _pair(self, id_: str, other: str) -> frozenset[str]:
        return frozenset((self.final(id_), self.final(other)))

    def _way(self, id_: str) -> Iterator[str]:
        """Give an entity, what it was merged into, and so on to what it is now."""
        yield id_
        while (merge := self._merges.get(id_)) is not None:
            id_ = str(merge.change["into"])
            yield id_

    def _corrected(self, statement: Statement) -> Statement | None:
        """Make of a statement what was decided of it; None if it was rejected."""
        for one in self._said.get(statement.id, ()):
            if one.kind is Kind.REJECT:
                return None
            statement = corrected(statement, one.change, one.id)
        return statement

    def _joined(self, id_: str, group: list[Entity]) -> Entity:
        """Make one entity of those of a group, named and typed as decided, else as it is by itself."""
        own = next((one for one in group if one.id == id_), None) or self._target(id_, group)
        label = self.decided(Kind.RENAME, id_) or own.label
        type_ = EntityType(self.decided(Kind.RETYPE, id_) or own.type)
        others = [one for one in group if one is not own]
        aliases, same_as = own.aliases, own.same_as
        if others or label != own.label:
            once = {self.decided(Kind.RENAME, step) for one in others for step in self._way(one.id)}
            names = {own.label, *own.aliases, *filter(None, once)}
            names |= {name for one in others for name in (one.label, *one.aliases)}
            aliases = tuple(sorted(names - {label}))
            same_as = tuple(sorted({*own.same_as, *(iri for one in others for iri in one.same_as)}))
        stands_for = [self.final(one.stands_for) for one in (own, *others) if one.stands_for is not None]
        mentions = {self.final(other) for one in (own, *others) for other in one.mentions}
        return Entity(
            id_,
            label,
            type_,
            aliases,
            same_as,
            next((other for other in stands_for if other != id_), None),
            tuple(sorted(mentions - {id_} if others else mentions)),
        )

    def _target(self, id_: str, group: list[Entity]) -> Entity:
        """Make the entity that others were merged into, for an article that does not name it itself."""
        merges = [merge for one in group for step in self._way(one.id) if (merge := self._merges.get(step))]
        first = min((one for one in merges if one.change["into"] == id_), key=lambda one: one.id)
        return Entity(id_, str(first.change["label"]), EntityType(first.change["type"]))

    def _renamed(self, statement: Statement, joined: dict[str, Entity]) -> Statement:
        """Let a statement name entities as they are called now."""

        def named(node: Node) -> Node:
            entity = joined[self.final(node.id)]
            return replace(node, id=entity.id, label=entity.label, type=entity.type)

        def end(value: Node | Value) -> Node | Value:
            return named(value) if isinstance(value, Node) else value

        return replace(
            statement,
            subject=named(statement.subject),
            object=end(statement.object),
            attributed_to=statement.attributed_to and named(statement.attributed_to),
            place=statement.place and named(statement.place),
            arguments=tuple(Argument(one.role, end(one.value)) for one in statement.arguments),
        )


def _settled(reading: Reading) -> list[Statement]:
    """Give the statements as the graph gives them back: in the order of the text, a relation told in one way.

    Where statements of an article tell a relation in several ways, its graph holds the last (`graph/rdf.py`).
    """
    told = {one.predicate.id: one.predicate for one in reading.statements}
    statements = [
        replace(
            one,
            predicate=replace(
                one.predicate, label=told[one.predicate.id].label, broader=told[one.predicate.id].broader
            ),
        )
        for one in reading.statements
    ]
    return sorted(statements, key=lambda one: (one.start, one.id))


def _place(mention: Mention) -> tuple[int, int, str]:
    return mention.start, mention.end, mention.entity
