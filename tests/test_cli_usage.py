"""How every command describes its arguments, and refuses what they cannot be; found, not listed here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer
from calling import Caller

from api.cli import COMMANDS, create_cli

LEAKS = re.compile(
    r"<str>|<int>|<float>|<path>|list\[| range>|Value error|Input should|validation error|\w_\b|\bNone\b"
)
"""Words of Python, or of the library that reads the arguments."""


def commands() -> Iterator[tuple[tuple[str, ...], Any]]:
    """Each command with the words that call it, those below others too."""
    root: Any = typer.main.get_command(create_cli())
    for name in COMMANDS:
        yield from _below((name,), root.get_command(None, name))


def _below(words: tuple[str, ...], command: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    several = getattr(command, "commands", None)
    if several is None:
        yield words, command
    else:
        for name, one in several.items():
            yield from _below((*words, name), one)


EVERY = {" ".join(words): command for words, command in commands()}


def test_the_commands_below_others_are_among_them() -> None:
    assert {"jobs cancel", "keys add", "merge", "timeline"} <= set(EVERY)
    assert len(EVERY) > len(COMMANDS)


@pytest.mark.parametrize("name", EVERY)
def test_each_argument_and_option_is_described_in_words(call: Caller, name: str) -> None:
    for one in EVERY[name].params:
        assert one.help, f"{one.name} of {name} has no help"
        assert one.help[0].isupper() or one.help.startswith(("SPARQL", "jsonl", "table")), one.help
        assert one.help.endswith("."), one.help
    told = call(*name.split(), "--help")
    assert told.status == 0
    assert not LEAKS.findall(told.out), told.out
    assert "{" not in told.out.split("\n\n")[0]


@pytest.mark.parametrize("name", EVERY)
def test_what_an_argument_cannot_be_is_refused_in_words(call: Caller, name: str) -> None:
    command = EVERY[name]
    for one in command.params:
        kind = one.type_descriptor
        if not (kind.is_choice or kind.annotation in (int, float)):
            continue
        given = []
        for other in command.params:
            value = "nonsense" if other is one else "1"
            if other is one or other.required:
                named = other.param_type_name == "option"
                given += [other.opts[0], value] if named else [value]
        told = call(*name.split(), *given)
        assert (told.status, told.out) == (2, ""), f"{name} {given}"
        assert not LEAKS.findall(told.err), told.err
        assert "'nonsense' is n" in told.err or "'1' is n" in told.err, told.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("timeline", "--limit", "x"), "'--limit': 'x' is not a whole number."),
        (("timeline", "--min-confidence", "x"), "'x' is not a number."),
        (("timeline", "--min-confidence", "2"), "2 is out of range; give a number from 0 to 1."),
        (("timeline", "--min-support", "0"), "0 is out of range; give 1 or more."),
        (("timeline", "--modality", "Planed"), "did you mean 'planned'? There is asserted, planned,"),
        (("timeline", "--modality", "planned", "--modality", "x"), "'x' is none of its values; there is"),
        (("retype", "Oslo", "place"), "'TYPE': 'place' is none of its values; did you mean 'Place'?"),
        (("show", "entitty", "Oslo"), "'KIND': 'entitty' is none of its values; did you mean 'entity'?"),
        (("stat",), "There is no command 'stat'; did you mean 'stats'?"),
        (("qqqqqq",), "There is no command 'qqqqqq'."),
        (("timeline", "--from", "soon"), "'soon' is not a day; write it as 2023-03-20."),
        (("timeline", "--nonsense"), "--nonsense"),
        (("merge", "Oslo"), "Missing argument 'INTO'."),
    ],
)
def test_the_words_say_what_to_do(call: Caller, arguments: tuple[str, ...], says: str) -> None:
    told = call(*arguments)
    assert (told.status, told.out) == (2, "")
    assert says in told.err
