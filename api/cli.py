"""The `newsgraph` command: COMMANDS is what it can do, each a function in `api/commands/`.

Standard output carries data and nothing else; all that is said to a person goes to standard error.
Exit status: 0 done, 1 failed, 2 wrong use, 130 interrupted, 141 the reader of the output went away.
A command's module is imported when the command runs, so that `newsgraph --help` is quick.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from graph.errors import BadFilter, NewsgraphError, SettingsError, UnknownFormat

FAILED = 1
WRONG_USE = 2
INTERRUPTED = 128 + signal.SIGINT
OUTPUT_CLOSED = 128 + 13  # SIGPIPE, which Windows does not name

_WRONG_USE_ERRORS = (BadFilter, SettingsError, UnknownFormat)

COMMANDS: Mapping[str, tuple[str, str]] = {
    "demo": ("demo", "Read the sample articles, keep, query and export them, and end."),
    "extract": ("extract", "Read articles and print their statements, without keeping anything."),
    "ingest": ("ingest", "Read articles and keep them in the store; what is there already stays as it is."),
    "serve": ("serve", "Serve the graph over REST and SPARQL, with a page to look at it; print the address."),
    "query": ("query", "Answer a SPARQL query, in a process of its own and with a deadline."),
    "show": ("show", "Show one entity, statement or article, and what belongs to it."),
    "stats": ("stats", "Count what there is."),
    "export": ("export", "Write the graph, or what filters choose of it, as a file for another tool."),
    "delete": ("delete", "Remove articles, and what no other article says."),
    "settings": ("about", "Show every setting: its value, where that comes from, and what it does."),
    "version": ("about", "Print the version."),
}
"""Name of a command (and of its function): its module in `api.commands`, and what it does."""


class Commands(TyperGroup):
    """The commands, each imported when it is asked for."""

    def list_commands(self, _ctx: Any) -> list[str]:
        """Return the names, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, _ctx: Any, cmd_name: str) -> Any:
        """Return a command, or None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, sentence = COMMANDS[cmd_name]
        function = getattr(import_module(f"api.commands.{module}"), cmd_name)
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        alone.command(cmd_name, cls=GuardedCommand, help=sentence)(function)
        return typer.main.get_command(alone)

    def format_commands(self, _ctx: Any, formatter: Any) -> None:
        """Write the list of commands for the help, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, sentence) for name, (_, sentence) in COMMANDS.items()])


class GuardedCommand(TyperCommand):
    """A command whose every error becomes one sentence and an exit status."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command. Raises typer.Exit with the status if something goes wrong."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except typer.Exit:
            raise
        except KeyboardInterrupt as error:
            raise typer.Exit(INTERRUPTED) from error
        except BrokenPipeError as error:
            _forget_output()
            raise typer.Exit(OUTPUT_CLOSED) from error
        except Exception as error:
            if ctx.find_root().params["debug"]:
                raise
            from api.commands.output import say  # here, so that the help is quick

            say(sentence_for(error))
            raise typer.Exit(status_of(error)) from error
        return result


def sentence_for(error: Exception) -> str:
    """Say what went wrong and what to do."""
    if isinstance(error, NewsgraphError):
        return str(error)
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        what = f"{where}{error.strerror or error}"
        return f"The system refused: {what}. Check the path, its permissions and the space on the disk."
    return (
        f"This is a bug in newsgraph ({type(error).__name__}: {error}). "
        "Please report it with what the same command prints after `newsgraph --debug`."
    )


def status_of(error: Exception) -> int:
    """Return the exit status for an error."""
    return WRONG_USE if isinstance(error, _WRONG_USE_ERRORS) else FAILED


def _forget_output() -> None:
    """Let what is buffered for standard output go nowhere, so that Python does not complain at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _root(
    debug: Annotated[
        bool, typer.Option("--debug", help="Show where an unexpected error comes from.")
    ] = False,
) -> None:
    """Read news articles into a knowledge graph, and ask it."""


def create_cli() -> typer.Typer:
    """Make the command."""
    cli = typer.Typer(
        cls=Commands,
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    cli.callback()(_root)
    return cli


def main() -> None:
    """Run the command with the arguments of this process, and exit."""
    create_cli()(prog_name="newsgraph")
