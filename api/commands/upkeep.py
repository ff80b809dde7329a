"""`verify`, `rebuild`, `backup` and `restore`: what keeps a store well."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from api.commands.inputs import open_store
from api.commands.options import Data
from api.commands.output import say, write
from graph.errors import StoreDamaged, StoreError, StoreInUse
from graph.settings import Settings, load_settings
from graph.store import backups, rebuilding, upkeep
from graph.store.archive import Archive
from graph.text.reader import Reader

Target = Annotated[
    Path, typer.Argument(metavar="FILE", help="A new file, or a folder to put one in.", show_default=False)
]
Backup = Annotated[Path, typer.Argument(metavar="FILE", help="What `backup` wrote.", show_default=False)]
Replace = Annotated[bool, typer.Option("--replace", help="Replace what is there.")]
Everything = Annotated[
    bool, typer.Option("--all", help="Read all articles again, also those that are sound.")
]


def verify(data: Data = None) -> None:
    """Compare the graph with ledger and index, and name each difference."""
    with _open(load_settings(data=data)) as archive:
        differences = list(upkeep.verify(archive))
        for one in differences:
            print(one.sentence)
        count = archive.ledger.count()
    if differences:
        raise typer.Exit(1)
    say(f"The graph is as the ledger says: {count:,} articles.")


def rebuild(data: Data = None, everything: Everything = False) -> None:
    """Make the graph anew from the ledger; what users wrote is kept."""
    settings = load_settings(data=data)
    reader = Reader(settings.model, settings.max_article, settings.entities)
    done = rebuilding.rebuild(_open(settings), reader.read_many, reader.name, everything=everything)
    for failure in done.failures:
        say(f"{failure.source}: {failure.error}")
    with _open(settings) as archive:  # which puts the new graph in its place
        archive.search.read(lambda _: None)  # and this makes its index
        say(f"{settings.data}: {done.kept:,} articles kept, {len(done.read):,} read again.")
    if done.failures:
        raise typer.Exit(1)


def backup(target: Target, data: Data = None, replace: Replace = False) -> None:
    """Write ledger and graph of one moment as one file."""
    file = target / f"newsgraph-{datetime.now(UTC):%Y%m%d-%H%M%S}.tar" if target.is_dir() else target
    if file.exists() and not replace:
        raise StoreError(f"{file} is there already; name another file, or add --replace.")
    try:
        archive = open_store(data)
    except StoreInUse as error:
        raise StoreInUse(
            f"{error} While a server has it open, let that make the backup: curl -X POST -o {file} "
            "http://localhost:8000/v1/backup"
        ) from error
    with archive:
        size = write(backups.backup(archive), file)
    say(f"{file}: {size:,} bytes.")


def restore(file: Backup, data: Data = None, replace: Replace = False) -> None:
    """Make a store of what `backup` wrote."""
    settings = load_settings(data=data)
    count = backups.restore(file, settings.data, replace=replace)
    say(f"{settings.data}: {count:,} articles.")


def _open(settings: Settings) -> Archive:
    """Open a store that may be damaged: what is found so is pending from then on."""
    if not settings.data.exists():
        raise StoreError(f"There is no store in {settings.data}; make one with `newsgraph ingest`.")
    try:
        return Archive.open(settings.data, settings.base)
    except StoreDamaged as error:
        say(str(error))
        return Archive.open(settings.data, settings.base)
