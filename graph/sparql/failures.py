"""A worker's trouble or death in the words of an error that says what to do."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Collection
from typing import Final

from graph.errors import BadQuery, Busy, NewsgraphError, QueryRefused, QueryTimeout, QueryTooHeavy, StoreError
from graph.sparql.tokens import Kind, Token, place, tokens
from graph.sparql.wire import Start, Trouble

_LONGEST_MESSAGE: Final = 240
_POSITION: Final = re.compile(r"error at (\d+):(\d+): ")
# What the parser says of it, among what it expected: The SELECT contains a variable that is unbound
_REASON: Final = re.compile(r"[A-Z]\w*(?: \w+){2,}[^,]*")
# The signs and words that it expected; not the classes of characters, and not what is refused here anyway.
_EXPECTED: Final = re.compile(r"\"[^\w\s\\]+\"|(?<![\w{])(?!SERVICE|LATERAL|EXPLAIN)[A-Z]{2,}\b")

# What the engine or the C++ library writes before it ends the process.
_NO_MEMORY: Final = (b"memory allocation of", b"bad_alloc", b"MemoryError")


class StaleError(Exception):
    """The checkpoint that a query was sent to is no longer there."""


def timed_out(seconds: float) -> QueryTimeout:
    """The query was ended at its deadline."""
    return QueryTimeout(
        f"The query was ended after {seconds:g} s; narrow it or raise NEWSGRAPH_QUERY_TIMEOUT."
    )


def unwanted() -> QueryTimeout:
    """The query was ended because its client has left."""
    return QueryTimeout("The client left, and the query was ended; ask again.")


def out_of_memory(start: Start) -> QueryTooHeavy:
    """The query was ended by its memory limit."""
    needed = f"The query needed more than {start.megabytes} MB and was ended"
    return QueryTooHeavy(f"{needed}; narrow it or raise NEWSGRAPH_QUERY_MEMORY.")


def of_trouble(payload: bytes, query: str, start: Start) -> NewsgraphError | StaleError:
    """What a worker started with `start` reported of `query`."""
    report = json.loads(payload)
    message = _short(report["message"])
    match Trouble(report["trouble"]):
        case Trouble.SYNTAX:
            return BadQuery(syntax(report["message"], query, start.prefixes))
        case Trouble.ENGINE:
            return BadQuery(f"The engine cannot answer the query: {message}. Ask for it in another way.")
        case Trouble.STORE:
            return StoreError(
                f"The store could not be read: {message}. See that its disk and folder are whole."
            )
        case Trouble.SOURCE:
            return QueryRefused(
                f"FROM names {message}, a graph that this store does not hold, and nothing is fetched from "
                "elsewhere; name a graph of the store (SELECT ?g { GRAPH ?g {} } lists them)."
            )
        case Trouble.STALE:
            return StaleError(message)
        case _:
            return out_of_memory(start)


def of_death(code: int, stderr: bytes, seconds: float, start: Start) -> NewsgraphError:
    """What the end of a worker in a query of `seconds` means; `code` is that of `subprocess`."""
    if -code == signal.SIGALRM:
        return timed_out(seconds)
    if is_memory(stderr):
        return out_of_memory(start)
    return QueryTooHeavy(
        f"The query ended its worker ({ending(code)}), as one does that is nested or chained too deeply "
        "or takes too much memory; make it simpler."
    )


def of_start(code: int, stderr: bytes) -> Busy:
    """A worker ended before it was ready."""
    last = stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
    return Busy(f"A query worker could not start ({ending(code)}: {_short(last)}); install newsgraph again.")


def is_memory(stderr: bytes) -> bool:
    """Tell by the last words of a process if it ended for want of memory."""
    return any(mark in stderr for mark in _NO_MEMORY)


def ending(code: int) -> str:
    """Say how a process ended; `code` is that of `subprocess`."""
    if code >= 0:
        return f"exit status {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def syntax(message: str, text: str, known: Collection[str], what: str = "query") -> str:
    """Name a prefix that is not declared, else the place and what the parser says of it."""
    prefix = _undeclared(text, known)
    if prefix is not None:
        return f"The prefix {prefix}: is not declared; put PREFIX {prefix}: <...> before the {what}."
    position = _POSITION.match(message)
    if position is None:
        return f"The {what} does not parse: {_short(message)}. Correct it there."
    where = f"line {position[1]}, column {position[2]}"
    if hidden := _invisible(text):
        where = place(text, hidden.start)
        return f"The {what} holds the control character U+{ord(hidden.text):04X} at {where}; take it out."
    expected = message[position.end() :]
    reason = _REASON.search(expected)
    if reason is not None:
        return f"The {what} does not parse at {where}: {_short(reason[0])}. Correct it there."
    signs = ", ".join(dict.fromkeys(_EXPECTED.findall(expected)))
    return f"The {what} does not parse at {where}{signs and ': expected one of '}{signs}. Correct it there."


def _invisible(text: str) -> Token | None:
    """Find the first control character that stands by itself."""
    return next((one for one in tokens(text) if len(one.text) == 1 and not one.text.isprintable()), None)


def _undeclared(query: str, known: Collection[str]) -> str | None:
    declared = set(known)
    before = ""
    for token in tokens(query):
        if token.kind is Kind.NAME:
            prefix = token.text.partition(":")[0]
            if before == "PREFIX":
                declared.add(prefix)
            elif prefix not in declared:
                return prefix
        before = token.text.upper()
    return None


def _short(message: str) -> str:
    one_line = " ".join(message.split())
    return one_line if len(one_line) <= _LONGEST_MESSAGE else one_line[:_LONGEST_MESSAGE] + "..."
