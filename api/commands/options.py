"""Arguments and options that several commands share, and how their words become values."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer

from graph.model import Modality, Polarity


class Layout(StrEnum):
    """How a command shows what it found: for a person, or for a program."""

    TABLE = "table"
    JSON = "json"


class ListLayout(StrEnum):
    """How a command shows a list: for a person, or for a program as one document or line by line."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    JSONL = "jsonl"


def day(text: str) -> date:
    """Read a day as ISO 8601 writes it. Raises typer.BadParameter."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a day; write it as 2023-03-20.") from None


def identifier(text: str) -> str:
    """Read an id, which bytes that are no UTF-8 cannot be. Raises typer.BadParameter."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise typer.BadParameter(f"{text!r} is no text in UTF-8; give the id as it is shown.") from None
    return text


Data: TypeAlias = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="Folder that holds the store; NEWSGRAPH_DATA otherwise."),
]
Sources: TypeAlias = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE",
        help="Files, folders, or http(s) addresses; - is standard input.",
        show_default=False,
    ),
]
Day: TypeAlias = Annotated[
    date | None,
    typer.Option(
        "--date",
        metavar="DAY",
        parser=day,
        help="Publication day of articles that bring none, as 2023-03-20.",
    ),
]
Lines: TypeAlias = Annotated[bool, typer.Option("--lines", help="Take each line of a text as an article.")]
AllowPrivate: TypeAlias = Annotated[
    bool,
    typer.Option("--allow-private", help="Fetch addresses of this machine and its network too."),
]


def id_argument(meaning: str, metavar: str = "ID") -> Any:
    """Make the argument that is an id of something."""
    return typer.Argument(metavar=metavar, parser=identifier, help=meaning, show_default=False)


ArticleIds: TypeAlias = Annotated[
    list[str],
    typer.Argument(metavar="ID", parser=identifier, help="Ids of articles.", show_default=False),
]
Output: TypeAlias = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to a file, not to standard output."),
]
Shape: TypeAlias = Annotated[
    Layout | None,
    typer.Option("--format", help="For a person or a program; as a table at a terminal, else as JSON."),
]
ListShape: TypeAlias = Annotated[
    ListLayout | None,
    typer.Option("--format", help="As a table at a terminal, else as JSON; or as CSV or JSON Lines."),
]

Concepts: TypeAlias = Annotated[
    bool, typer.Option("--concepts", help="Phrases that name no entity count too.")
]
Denied: TypeAlias = Annotated[bool, typer.Option("--denied", help="What is denied counts too.")]
OwnWords: TypeAlias = Annotated[
    bool, typer.Option("--own-words", help="What is only somebody's words does not count.")
]

HowSaid: TypeAlias = Annotated[
    Modality | None, typer.Option("--modality", help="How the article commits itself to it.")
]
Affirmed: TypeAlias = Annotated[Polarity | None, typer.Option("--polarity", help="Affirmed or denied.")]
