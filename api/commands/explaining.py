"""What `extract --explain` writes: each sentence with its parse and what became of its clauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.constrain import Constrain
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from api.commands.extraction import Write, each
from api.commands.output import console, rendered
from api.commands.tables import DENIED, STYLES
from api.commands.words import article_name
from graph.errors import UnknownFormat
from graph.export.jsonl import line
from graph.model import Article, Polarity, Statement
from graph.text.explain import WHY, Explained, Named, Referring, Silent, Told, Word, explained_to_json

WIDEST = 100  # columns of a sentence and what belongs to it; longer lines are hard to read
NOTHING = "-"
_DROPPED = "bright_black"

Row: TypeAlias = tuple[Article, list[Explained]]


def explaining(name: str, file: Path | None) -> Write:
    """Return what explains in the format `name`, table or jsonl; `file` is where it will go.

    Raises UnknownFormat for any other.
    """
    own: Mapping[str, Write] = {
        "table": lambda articles, reader, failures: _for_a_person(
            each(articles, reader.explain, failures), file
        ),
        "jsonl": lambda articles, reader, failures: _json_lines(each(articles, reader.explain, failures)),
    }
    if name in own:
        return own[name]
    raise UnknownFormat(f"Nothing can be explained as {name!r}. Choose one of {', '.join(own)}.")


def _json_lines(rows: Iterable[Row]) -> Iterator[bytes]:
    for _, sentences in rows:
        for one in sentences:
            yield line(explained_to_json(one)).encode()


def _for_a_person(rows: Iterable[Row], file: Path | None) -> Iterator[bytes]:
    screen = console(file)
    for article, sentences in rows:
        yield rendered(screen, Text(article_name(article), "italic")) + b"\n"
        for one in sentences:
            yield rendered(screen, Constrain(_sentence(one), WIDEST)) + b"\n"


def _sentence(one: Explained) -> Group:
    """Show a sentence, its parse, and below it what was found in it and what was not."""
    parts = (
        _part("names", map(_name, one.names)),
        _part("pronouns and descriptions", map(_reference, one.references)),
        _part("clauses", map(_clause, one.clauses)),
        _part("verbs without a clause", map(_verb, one.silent)),
    )
    return Group(Text(" ".join(one.sentence.split()), "bold"), _parse(one.words), *filter(None, parts))


def _parse(words: Iterable[Word]) -> Table:
    """Make a table of the parse; a word is named by its number, since it may stand there twice."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("#", justify="right")
    for name in ("word", "tag", "dependency", "of", "entity"):
        table.add_column(name, overflow="fold")
    words = tuple(words)
    texts = {word.index: word.text for word in words}
    for word in words:
        head = "" if word.head == word.index else f"{word.head} {texts.get(word.head, '')}".strip()
        cells = (str(word.index), word.text, word.tag, word.dependency, head, word.entity)
        table.add_row(*map(Text, cells))
    return table


def _part(title: str, lines: Iterable[Text]) -> Group | None:
    """Show lines one below the other under a title; nothing if there are none."""
    rows = [Padding(text, (0, 0, 0, 2)) for text in lines]
    return Group(Text(title, "underline"), *rows) if rows else None


def _name(one: Named) -> Text:
    """*Berg = Anna Berg (Person): a part of the full name of one person of the article*."""
    reason = f": {one.reason}" if one.reason else ""
    return Text(f"{_flat(one.text)} = {one.label} ({one.type.value}){reason}")


def _reference(one: Referring) -> Text:
    return Text(f"{_flat(one.text)} = {one.label or 'no one was found'}")


def _clause(one: Told) -> Text:
    """*Anna Berg | visit | Poland  [object/own] -> planned positive 0.95*, or what it was dropped for."""
    told = f"{one.subject} | {one.predicate} | {one.object or NOTHING}  [{one.rule}] -> "
    if one.statement is not None:
        return Text.assemble(told, (_outcome(one.statement), _style(one.statement)))
    why = WHY[one.dropped] if one.dropped is not None else ""
    return Text.assemble(told, (f"dropped: {why}", _DROPPED))


def _outcome(made: Statement) -> str:
    by = f" by {made.attributed_to.label}" if made.attributed_to is not None else ""
    return f"{made.modality.value} {made.polarity.value}{by} {made.confidence:.2f}"


def _style(made: Statement) -> str:
    return DENIED if made.polarity is Polarity.NEGATIVE else STYLES[made.modality]


def _verb(one: Silent) -> Text:
    return Text(f"{_flat(one.verb)}: {WHY[one.reason]}")


def _flat(text: str) -> str:
    """Return words on one line, however the article breaks them."""
    return " ".join(text.split())
