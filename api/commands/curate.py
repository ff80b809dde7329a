"""What a person decides: `merge`, `distinguish`, `rename`, `correct` and so on; `curation` lists it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer

from api.commands.auditing import note
from api.commands.hands import local_user
from api.commands.inputs import open_store, open_to_read
from api.commands.lists import write_list
from api.commands.options import Affirmed, Data, HowSaid, ListShape, day, id_argument, identifier
from api.commands.output import at_terminal, say, write_chunks
from api.commands.tables import plain_table
from api.schemas import curation as shown
from graph import curation as deciding
from graph.codec import Json
from graph.curation import Hand, Wanted
from graph.decisions import Decision, Kind
from graph.export import jsonl
from graph.export.chunks import chunked
from graph.model import EntityType
from graph.store.archive import Archive

Why: TypeAlias = Annotated[str, typer.Option("--why", metavar="WORDS", help="Why, for who looks back.")]
Who: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--who", metavar="NAME", help="Who decides; else the user of the system.", show_default=False
    ),
]
Entity: TypeAlias = Annotated[str, id_argument("Id of the entity.")]
Merged: TypeAlias = Annotated[str, id_argument("Id of the entity that is no more.")]
Into: TypeAlias = Annotated[str, id_argument("Id of the entity that stays.", "INTO")]
Other: TypeAlias = Annotated[str, id_argument("Id of the other entity.", "OTHER")]
Statement: TypeAlias = Annotated[str, id_argument("Id of the statement.")]
Label: TypeAlias = Annotated[str, id_argument("What it is to be called.", "LABEL")]
Type: TypeAlias = Annotated[
    EntityType, typer.Argument(metavar="TYPE", help="What it is.", show_default=False)
]
Number: TypeAlias = Annotated[
    int, typer.Argument(metavar="NUMBER", help="Number of a decision.", show_default=False)
]
Statements: TypeAlias = Annotated[
    list[str],
    typer.Argument(metavar="ID", parser=identifier, help="Ids of statements.", show_default=False),
]
Most: TypeAlias = Annotated[int, typer.Option("--limit", metavar="N", help="The last ones, at most so many.")]


def _text(name: str, help_: str) -> Any:
    return typer.Option(name, metavar="ID", parser=identifier, help=help_, show_default=False)


def _day(name: str, help_: str) -> Any:
    return typer.Option(name, metavar="DAY", parser=day, help=help_, show_default=False)


def merge(id_: Merged, into: Into, why: Why = "", who: Who = None, data: Data = None) -> None:
    """Make an entity one with another, whose id and label both then have."""
    _decide(data, who, why, lambda archive, hand: deciding.merge(archive, id_, into, hand))


def unmerge(number: Number, why: Why = "", who: Who = None, data: Data = None) -> None:
    """Undo a merge."""
    _decide(data, who, why, lambda archive, hand: deciding.undo(archive, number, hand, kind=Kind.MERGE))


def undo(number: Number, why: Why = "", who: Who = None, data: Data = None) -> None:
    """Undo a decision."""
    _decide(data, who, why, lambda archive, hand: deciding.undo(archive, number, hand))


def distinguish(id_: Entity, other: Other, why: Why = "", who: Who = None, data: Data = None) -> None:
    """Say that two entities are not one: they are no candidates any more, and cannot be merged."""
    _decide(data, who, why, lambda archive, hand: deciding.distinguish(archive, id_, other, hand))


def rename(id_: Entity, label: Label, why: Why = "", who: Who = None, data: Data = None) -> None:
    """Give an entity another label."""
    _decide(data, who, why, lambda archive, hand: deciding.rename(archive, id_, label, hand))


def retype(id_: Entity, type_: Type, why: Why = "", who: Who = None, data: Data = None) -> None:
    """Say what an entity is."""
    _decide(data, who, why, lambda archive, hand: deciding.retype(archive, id_, type_, hand))


def reject(ids: Statements, why: Why = "", who: Who = None, data: Data = None) -> None:
    """Hide statements that their sentences do not make."""
    with open_store(data) as archive:
        for id_ in dict.fromkeys(ids):
            _tell(archive, deciding.reject(archive, id_, _hand(who, why)))


def correct(
    id_: Statement,
    subject: Annotated[str | None, _text("--subject", "Entity that does it.")] = None,
    predicate: Annotated[str | None, _text("--predicate", "Relation.")] = None,
    object_: Annotated[str | None, _text("--object", "Entity that it is done to.")] = None,
    value: Annotated[
        str | None, typer.Option("--value", metavar="VALUE", help="A value instead of an object.")
    ] = None,
    datatype: Annotated[
        str | None, typer.Option("--datatype", metavar="IRI", help="That of the value.")
    ] = None,
    modality: HowSaid = None,
    polarity: Affirmed = None,
    attributed_to: Annotated[str | None, _text("--attributed-to", "Who says so; '' for nobody.")] = None,
    place: Annotated[str | None, _text("--place", "Where; '' for nowhere.")] = None,
    time: Annotated[str | None, typer.Option("--time", metavar="WORDS", help="When; '' for no time.")] = None,
    first: Annotated[date | None, _day("--from", "First day of it.")] = None,
    last: Annotated[date | None, _day("--to", "Last day of it.")] = None,
    why: Why = "",
    who: Who = None,
    data: Data = None,
) -> None:
    """Let a statement say what its sentence says."""
    change: Json = {
        "subject": _end(subject),
        "predicate": predicate,
        "object": {"value": value, "datatype": datatype} if value is not None else _end(object_),
        "modality": modality,
        "polarity": polarity,
    }
    change = {name: given for name, given in change.items() if given is not None}
    change |= {
        name: _end(given) if given else None
        for name, given in (("attributedTo", attributed_to), ("place", place))
        if given is not None
    }
    if (time, first, last) != (None, None, None):
        times = {
            "text": time,
            "start": first and first.isoformat(),
            "end": last and last.isoformat(),
        }
        change["time"] = {name: given for name, given in times.items() if given} or None
    _decide(data, who, why, lambda archive, hand: deciding.correct(archive, id_, change, hand))


def curation(
    kind: Annotated[Kind | None, typer.Option("--kind", help="Only of this kind.")] = None,
    about: Annotated[str | None, _text("--about", "Only about this entity or statement.")] = None,
    limit: Most = 50,
    data: Data = None,
    shape: ListShape = None,
) -> None:
    """List what was decided, the last first."""
    with open_to_read(data) as archive:
        found = deciding.decisions(archive, Wanted(kind, about), limit=limit).items
    if not found:
        say("There is no such decision." if kind or about else "Nothing was decided yet.")
    names = ("number", "when", "who", "decision", "about", "to", "why", "state")
    write_list(
        shape, found, shown.Decision, lambda: plain_table(names, map(_row, found), ("number", "about"))
    )


def _row(one: Json) -> tuple[str, ...]:
    change = one["change"]
    to = change.get("into") or change.get("from") or change.get("label") or change.get("type")
    wrote = (
        to
        if to and one["kind"] != Kind.CORRECT
        else ", ".join(f"{n}: {_short(v)}" for n, v in change.items())
    )
    state = one["state"] if one["undoneBy"] is None else f"undone by {one['undoneBy']}"
    about = str(one["subject"])
    return (
        str(one["id"]),
        one["when"][:16].replace("T", " "),
        one["who"],
        one["kind"],
        about,
        wrote,
        one["why"],
        state,
    )


def _short(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("id") or value.get("value") or value.get("text")
    return "none" if value is None else str(value)


def _end(given: str | None) -> Json | None:
    return None if given is None else {"id": given}


def _hand(who: str | None, why: str) -> Hand:
    return Hand(local_user() if who is None else who, why.strip())


def _decide(
    data: Path | None, who: str | None, why: str, decide: Callable[[Archive, Hand], Decision]
) -> None:
    with open_store(data) as archive:
        _tell(archive, decide(archive, _hand(who, why)))


def _tell(archive: Archive, made: Decision) -> None:
    """Say to a person what was decided; a program gets the decision, as a line of JSON."""
    note([made.subject, str(made.id)])
    if not at_terminal():
        write_chunks(chunked([jsonl.line(deciding.decision(archive, made.id))]))
    undo_it = "" if made.kind is Kind.UNDO else f"; `newsgraph undo {made.id}` takes it back"
    say(f"Decision {made.id}: {made.kind.value} {made.subject}{undo_it}.")
