"""Decisions about entities: which are one, what they are called, what they are."""

from __future__ import annotations

from graph import views
from graph.codec import Json, entity_to_json
from graph.curation.hands import Check, Hand, name
from graph.decisions import Decision, Kind
from graph.errors import BadRecord, Conflict
from graph.model import Entity, EntityType
from graph.store.archive import Archive
from graph.store.decided import Draft


def merge(archive: Archive, id_: str, into: str, hand: Hand, check: Check | None = None) -> Decision:
    """Make an entity one with `into`, whose id, label and type both then have; the other names are aliases.

    Raises NotFound, which names near ids, or Merged for an entity that was merged before, and Conflict for
    one with itself, or from which it was told apart; what `check` and `Curator.decide` raise.
    """
    with archive.turn():
        entity, target = _there(archive, id_, check), views.entity(archive, into).entity
        if entity.id == target.id:
            raise Conflict(f"{id_!r} cannot be merged into itself; name another entity.")
        rules = archive.curator.rules
        if (apart := rules.apart(entity.id, target.id)) is not None:
            raise Conflict(
                f"Decision {apart.id} says that {apart.subject!r} is not {apart.change['from']!r}; undo that"
                " first if they are one."
            )
        change = {
            "into": target.id,
            "label": rules.base(Kind.RENAME, into, target.label),
            "type": rules.base(Kind.RETYPE, into, target.type.value),
        }
        return _decide(archive, Kind.MERGE, id_, change, entity_to_json(entity), hand)


def distinguish(archive: Archive, id_: str, other: str, hand: Hand, check: Check | None = None) -> Decision:
    """Say that two entities are not one: they are no candidates any more, and cannot be merged.

    Raises Conflict if that was said before, or for one and itself; else as `merge` does.
    """
    with archive.turn():
        one, two = _there(archive, id_, check), views.entity(archive, other).entity
        if one.id == two.id:
            raise Conflict(f"{id_!r} cannot differ from itself; name another entity.")
        if (apart := archive.curator.rules.apart(one.id, two.id)) is not None:
            raise Conflict(f"Decision {apart.id} says so already; there is nothing to add.")
        return _decide(archive, Kind.DISTINGUISH, id_, {"from": two.id}, {}, hand)


def rename(archive: Archive, id_: str, label: str, hand: Hand, check: Check | None = None) -> Decision:
    """Give an entity a label for good; the others that it has become aliases.

    Raises BadRecord for what is no label, Conflict if that was decided already; else as `merge` does.
    """
    return describe(archive, id_, label, None, hand, check)[0]


def retype(archive: Archive, id_: str, type_: EntityType, hand: Hand, check: Check | None = None) -> Decision:
    """Say of what type an entity is. Raises Conflict if that was decided already; else as `merge` does."""
    return describe(archive, id_, None, type_, hand, check)[0]


def describe(
    archive: Archive,
    id_: str,
    label: str | None,
    type_: EntityType | None,
    hand: Hand,
    check: Check | None = None,
) -> list[Decision]:
    """Rename and retype an entity, as far as the two are given and were not decided so already.

    What it is called and what it is may be decided too: that settles it where articles differ, or come to.
    Raises BadRecord if neither is given, or no label; Conflict if all was decided; else as `merge` does.
    """
    if label is None and type_ is None:
        raise BadRecord("There is nothing to change; give a label, a type, or both.")
    label = None if label is None else name("label", label)
    with archive.turn():
        entity, rules = _there(archive, id_, check), archive.curator.rules
        made = []
        if label not in (None, rules.decided(Kind.RENAME, id_)):
            change = {"label": label, "base": rules.base(Kind.RENAME, id_, entity.label)}
            made.append(_decide(archive, Kind.RENAME, id_, change, {"label": entity.label}, hand))
        if type_ not in (None, rules.decided(Kind.RETYPE, id_)):
            change = {"type": type_, "base": rules.base(Kind.RETYPE, id_, entity.type.value)}
            made.append(_decide(archive, Kind.RETYPE, id_, change, {"type": entity.type.value}, hand))
    if not made:
        raise Conflict(f"Of {id_!r} that was decided already; there is nothing to add.")
    return made


def _there(archive: Archive, id_: str, check: Check | None) -> Entity:
    entity = views.entity(archive, id_).entity
    if check is not None:
        check()
    return entity


def _decide(archive: Archive, kind: Kind, id_: str, change: Json, before: Json, hand: Hand) -> Decision:
    return archive.curator.decide(Draft(kind, id_, change, before, hand.who, hand.why), hand.most)
