"""`keys add`, `keys list` and `keys revoke`: who may use the server, and for what; also while it runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Annotated

import typer

from api.commands.lists import write_list
from api.commands.options import Data, ListShape, day, id_argument
from api.commands.output import say
from api.commands.tables import minute, plain_table
from api.schemas.keys import KeyShown
from graph.errors import NotFound
from graph.settings import load_settings
from graph.store.keys import Access, Keys, are_there, key_to_json

Name = Annotated[str, id_argument("What to call it.", "NAME")]
Scope = Annotated[Access, typer.Option("--scope", help="What it is good for; each includes those before it.")]
Expires = Annotated[
    date | None,
    typer.Option("--expires", metavar="DAY", parser=day, help="Last day on which it is good (UTC)."),
]
Rate = Annotated[
    str | None,
    typer.Option("--rate", metavar="N/minute", help="Requests it may make; NEWSGRAPH_RATE otherwise."),
]
Which = Annotated[str, id_argument("Its name, or its id.", "NAME")]


def add(name: Name, scope: Scope, expires: Expires = None, rate: Rate = None, data: Data = None) -> None:
    """Make a key, and print it: that is the only time that it is shown."""
    settings = load_settings(data=data)
    with Keys(settings.data) as kept:
        is_first = not kept.all()
        key, token = kept.add(name, scope, expires, rate)
    say(f"The key {key.name!r} ({key.scope}) is shown this once; send it as 'Authorization: Bearer KEY'.")
    if is_first and not settings.require_key:
        say("On loopback no key is needed still; NEWSGRAPH_REQUIRE_KEY=true asks for one there too.")
    print(token)


def list_(data: Data = None, shape: ListShape = None) -> None:
    """List the keys, without their secrets."""
    folder = load_settings(data=data).data
    rows = []
    if are_there(folder):  # else nothing is made either
        with Keys(folder) as kept:
            rows = [key_to_json(key, datetime.now(UTC)) for key in kept.all()]
    if not rows:
        say("There are no keys; `newsgraph keys add` makes one.")
    names = ("id", "name", "scope", "state", "added", "expires", "rate", "revoked")
    moments = {"added", "revoked"}
    cells = [
        [minute(row[name]) if name in moments else str(row[name] or "") for name in names] for row in rows
    ]
    write_list(shape, rows, KeyShown, lambda: plain_table(names, cells))


def revoke(which: Which, data: Data = None) -> None:
    """Revoke a key: from now on it is refused, by a server that runs too."""
    folder = load_settings(data=data).data
    if not are_there(folder):
        raise NotFound(f"There are no keys in {folder}; name the folder of the store with --data.")
    with Keys(folder) as kept:
        key = kept.revoke(which)
    say(f"The key {key.name!r} ({key.id}) is good no more.")


keys: Mapping[str, Callable[..., None]] = {"add": add, "list": list_, "revoke": revoke}
"""The commands below `newsgraph keys`."""
