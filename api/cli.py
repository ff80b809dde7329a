"""The `newsgraph` command: COMMANDS is what it can do, each a function in `api/commands/`.

Standard output carries data and nothing else; all that is said to a person goes to standard error.
Exit status: 0 done, 1 failed, 2 wrong use, 130 interrupted, 141 the reader of the output went away.
A command's module is imported when the command runs, so that `newsgraph --help` is quick.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from api.commands import usage
from api.commands.auditing import audited
from api.commands.streams import STDOUT, flush_output, hold_standard_streams
from graph.advice import nearest
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
    "watch": ("watch", "Keep reading feeds, politely, and keep what is new in them."),
    "serve": ("serve", "Serve the graph over REST and SPARQL, with a page to look at it; print the address."),
    "query": ("query", "Answer a SPARQL query, in a process of its own and with a deadline."),
    "search": ("search", "Find entities and statements by words, those that fit best first."),
    "show": ("show", "Show one entity, statement or article, and what belongs to it."),
    "paths": ("paths", "Show how two entities are connected, with the sentences on the way."),
    "centrality": ("analyses", "Rank the entities by how central they are in what the filters choose."),
    "communities": ("analyses", "Find the entities that belong together in what the filters choose."),
    "timeline": ("timeline", "Show what is said of an entity, or of all, in the order of its days."),
    "stats": ("stats", "Count what there is."),
    "export": ("export", "Write the graph, or what filters choose of it, as a file for another tool."),
    "delete": ("delete", "Remove articles, and what no other article says."),
    "merge": ("curate", "Make an entity one with another, whose id and label both then have."),
    "unmerge": ("curate", "Undo a merge."),
    "candidates": ("candidates", "List pairs of entities that may be one, with the reasons."),
    "distinguish": ("curate", "Say that two entities are not one."),
    "rename": ("curate", "Give an entity another label."),
    "retype": ("curate", "Say what an entity is: a person, a place and so on."),
    "correct": ("curate", "Let a statement say what its sentence says."),
    "reject": ("curate", "Hide statements that their sentences do not make."),
    "undo": ("curate", "Undo a decision, whatever it was."),
    "curation": ("curate", "List what was decided, by whom, when and why, the last first."),
    "verify": ("upkeep", "Compare the graph with ledger and index, and name each difference."),
    "rebuild": ("upkeep", "Make the graph anew from the ledger; what users wrote is kept."),
    "backup": ("upkeep", "Write ledger and graph of one moment as one file."),
    "restore": ("upkeep", "Make a store of what `backup` wrote."),
    "jobs": (
        "jobs",
        "Look at the jobs of a server, also while it runs; end them, try them again, or forget them.",
    ),
    "keys": ("keys", "Make, list and revoke the keys of a server, also while it runs."),
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
        loaded = import_module(f"api.commands.{module}")
        made = getattr(loaded, cmd_name)
        alone = typer.Typer(add_completion=False, rich_markup_mode=None, help=sentence, no_args_is_help=True)
        if isinstance(made, Mapping):  # several of them, below one name
            for name, function in made.items():
                alone.command(name, cls=GuardedCommand)(function)
            return typer.main.get_group(alone)
        alone.command(cmd_name, cls=GuardedCommand, help=sentence)(made)
        command: Any = typer.main.get_command(alone)
        command.listing = getattr(loaded, "epilog", None)
        return command

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that the arguments begin with. Ends with the near name if there is none."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = nearest(args[0], COMMANDS)
            ctx.fail(f"There is no command {args[0]!r}" + (f"; did you mean {near!r}?" if near else "."))
        return super().resolve_command(ctx, args)

    def format_commands(self, _ctx: Any, formatter: Any) -> None:
        """Write the list of commands for the help, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, sentence) for name, (_, sentence) in COMMANDS.items()])

    def make_context(self, *arguments: Any, **options: Any) -> Any:
        """Read the arguments, of which `--help` writes. Raises typer.Exit if that goes wrong."""
        with _in_a_sentence(OSError):
            return super().make_context(*arguments, **options)

    def invoke(self, ctx: Any) -> Any:
        """Read the arguments of a command in the same way, and run it."""
        with _in_a_sentence(OSError):
            return super().invoke(ctx)


class GuardedCommand(TyperCommand):
    """A command whose every error becomes one sentence and an exit status.

    `listing` gives what its help ends with, where that has to be looked up.
    """

    listing: Callable[[], str] | None = None

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Write what stands in the usage line after the name."""
        return usage.usage(super().collect_usage_pieces(ctx))

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write what the arguments and options mean."""
        for title, rows in usage.sections(self, ctx):
            with formatter.section(title):
                formatter.write_dl(rows)

    def make_context(self, *arguments: Any, **options: Any) -> Any:
        """Read the arguments. Raises what typer raises, in our words."""
        try:
            return super().make_context(*arguments, **options)
        except typer.BadParameter as error:
            usage.mend(error)
            raise

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write what the help ends with."""
        if self.listing is not None:
            self.epilog = self.listing()
        super().format_epilog(ctx, formatter)

    def invoke(self, ctx: Any) -> Any:
        """Run the command. Raises typer.Exit with the status if something goes wrong."""
        command = ctx.command_path.partition(" ")[2]
        debug = ctx.find_root().params["debug"]
        with audited(command, ctx.params), _in_a_sentence(Exception, debug=debug):
            return super().invoke(ctx)


@contextmanager
def _in_a_sentence(foreseen: type[Exception], *, debug: bool = False) -> Iterator[None]:
    """Tell an error that is `foreseen`, and raise typer.Exit with its status; with `debug`, let it pass."""
    try:
        with _flushed():
            yield
    except typer.Exit:
        raise
    except KeyboardInterrupt as error:
        raise typer.Exit(INTERRUPTED) from error
    except BrokenPipeError as error:
        raise typer.Exit(OUTPUT_CLOSED) from error
    except foreseen as error:
        if debug:
            raise
        from api.commands.output import say  # here, so that the help is quick

        say(sentence_for(error))
        raise typer.Exit(status_of(error)) from error


@contextmanager
def _flushed() -> Iterator[None]:
    """Write what is still to be written when something ends, also by an error, which then counts more."""
    try:
        yield
    except typer.Exit:
        flush_output()
        raise
    except BaseException:
        with suppress(OSError):
            flush_output()
        raise
    flush_output()


def sentence_for(error: Exception) -> str:
    """Say what went wrong and what to do."""
    if isinstance(error, NewsgraphError):
        return str(error)
    if isinstance(error, OSError):
        if error.filename == STDOUT:
            return (
                f"Standard output cannot be written to ({error.strerror}). "
                "Send it to a file with room, a program that reads it, or a terminal."
            )
        from graph.sources.walk import shown  # here, so that the help is quick

        where = f"{shown(error.filename)}: " if isinstance(error.filename, str) else ""
        what = f"{where}{error.strerror or error}"
        return f"The system refused: {what}. Check the path, its permissions and the space on the disk."
    return (
        f"This is a bug in newsgraph ({type(error).__name__}: {error}). "
        "Please report it with what the same command prints after `newsgraph --debug`."
    )


def status_of(error: Exception) -> int:
    """Return the exit status for an error."""
    return WRONG_USE if isinstance(error, _WRONG_USE_ERRORS) else FAILED


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
    hold_standard_streams()
    create_cli()(prog_name="newsgraph")
