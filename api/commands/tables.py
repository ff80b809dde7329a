"""How a person sees statements at a terminal: who, does what, to whom; and how firmly that is said.

What is planned, claimed, denied and so on is marked with a word and with a colour, since a colour alone
is lost in a pipe and to some eyes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.table import Table
from rich.text import Text

from api.commands.words import article_name
from graph.model import Article, Modality, Node, Polarity, Statement, TimeSpan, Value

STYLES: dict[Modality, str] = {
    Modality.ASSERTED: "",
    Modality.PLANNED: "cyan",
    Modality.INTENDED: "cyan",
    Modality.REQUESTED: "magenta",
    Modality.POSSIBLE: "yellow",
    Modality.CONDITIONAL: "yellow",
    Modality.CLAIMED: "blue",
    Modality.HYPOTHETICAL: "bright_black",
}
DENIED = "red"
_NO_OBJECT = "true"
_DAY = len("2023-03-17")
"""A day is not broken into two lines: a column of days is as wide at least."""


def statement_table(statements: Iterable[Statement], title: str | None = None) -> Table:
    """Make a table of statements, one row each."""
    table = _table(title)
    table.add_column("who", ratio=4, overflow="fold")
    table.add_column("does what", ratio=3, overflow="fold")
    table.add_column("to whom", ratio=6, overflow="fold")
    table.add_column("how it is said", ratio=4, overflow="fold")
    table.add_column("when", ratio=3, overflow="fold")
    for statement in statements:
        table.add_row(*statement_row(statement))
    return table


def statement_row(statement: Statement) -> tuple[Text, Text, Text, Text, Text]:
    """Make the cells of one statement."""
    denied = statement.polarity is Polarity.NEGATIVE
    style = DENIED if denied else STYLES[statement.modality]
    return (
        Text(statement.subject.label, "bold"),
        Text(statement.predicate.label, f"{style} strike" if denied else style),
        Text(" ".join(_objects(statement))),
        Text(how_said(statement), style),
        Text(when(statement.time)),
    )


def statement_details(statement: Statement, article: Article) -> Group:
    """Show one statement in full, its sentence with the words marked that it comes from."""
    sentence = marked_sentence(statement)
    pairs = {
        "id": statement.id,
        "time": statement.time.text if statement.time else "",
        "confidence": f"{statement.confidence:.2f}",
        "broader": ", ".join(statement.predicate.broader),
        "article": f"{statement.article}, {article_name(article)}",
        "characters": f"{statement.start} to {statement.end}",
    }
    return Group(statement_table([statement]), "", sentence, "", key_value_table(pairs.items()))


def marked_sentence(statement: Statement) -> Text:
    """Show the sentence of a statement with the words marked that it comes from."""
    sentence = Text(statement.sentence)
    ends = [statement.subject, statement.object, *(argument.value for argument in statement.arguments)]
    for style, spans in (("bold", ends), (f"bold {STYLES[statement.modality]}", [statement.predicate])):
        for span in spans:
            sentence.stylize(style, max(span.start - statement.start, 0), max(span.end - statement.start, 0))
    return sentence


def what_is_said(statement: Statement) -> Text:
    """Show in one cell who does what to whom."""
    who, does, on, *_ = statement_row(statement)
    return Text(" ").join(part for part in (who, does, on) if part)


def sourced(statement: Statement, *source: str) -> Text:
    """Show the marked sentence of a statement in a cell, and below it where it is from."""
    return marked_sentence(statement) + Text("\n" + ", ".join(source), "dim")


def evidence_table(rows: Iterable[tuple[Statement, str]]) -> Table:
    """Make a table of statements with their marked sentences; below each its id, and the words beside it."""
    table = shared_table({"what": 4, "how it is said": 2, "when": 2, "sentence": 7})
    for statement, beside in rows:
        *_, how, day = statement_row(statement)
        source = (statement.id, beside) if beside else (statement.id,)
        table.add_row(what_is_said(statement), how, day, sourced(statement, *source))
    return table


def how_said(statement: Statement) -> str:
    """Say in words how firmly the article stands behind a statement; empty if it asserts it itself."""
    words = [] if statement.modality is Modality.ASSERTED else [statement.modality.value]
    if statement.polarity is Polarity.NEGATIVE:
        words.append("denied")
    if statement.attributed_to:
        words.append(f"said by {statement.attributed_to.label}")
    return ", ".join(words)


def when(time: TimeSpan | None) -> str:
    """Show days where they are known, else the words of the article."""
    if time is None:
        return ""
    days = [day.isoformat() if day else "" for day in (time.start, time.end)]
    if days[0] == days[1]:
        return days[0] or time.text
    return " to ".join(days).strip()


def key_value_table(pairs: Iterable[tuple[str, str]]) -> Table:
    """Make a table of two columns without a head."""
    table = Table(show_header=False, show_edge=False, box=None, pad_edge=False)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for name, value in pairs:
        if value:
            table.add_row(Text(name), Text(value))
    return table


def plain_table(
    head: Sequence[str], rows: Iterable[Sequence[str]], whole: Collection[str] = ("id",)
) -> Table:
    """Make a table of plain texts; those of the columns `whole` stay in one line, to be copied."""
    table = _table()
    for name in head:
        table.add_column(Text(name), overflow="fold", no_wrap=name in whole)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def minute(moment: str | None) -> str:
    """Write a moment of ISO 8601 for a person, to the minute; empty if there is none."""
    return (moment or "")[: len("2023-03-17T12:30")].replace("T", " ")


def shared_table(heads: Mapping[str, int | None]) -> Table:
    """Make a table as wide as the screen, whose columns have shares of that, or None for what they need."""
    table = _table()
    table.expand = True
    for name, share in heads.items():
        least = _DAY if name == "when" else None
        table.add_column(Text(name), overflow="fold", ratio=share, width=least)
    return table


def _objects(statement: Statement) -> Iterable[str]:
    """The object and what the clause says beyond it, in words."""
    if not _is_bare(statement.object):
        yield _label(statement.object)
    for argument in statement.arguments:
        yield f"[{argument.role}] {_label(argument.value)}"
    if statement.place:
        yield f"[place] {statement.place.label}"


def _is_bare(end: Node | Value) -> bool:
    """Tell if `end` only stands for the lack of an object (*the minister resigned*)."""
    return isinstance(end, Value) and end.value == _NO_OBJECT and not end.text


def _label(end: Node | Value) -> str:
    return end.label if isinstance(end, Node) else end.text or end.value


def _table(title: str | None = None) -> Table:
    return Table(title=title and Text(title, "italic"), title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
