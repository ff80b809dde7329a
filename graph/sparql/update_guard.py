"""Says what a stranger's update is, and refuses what may not be done, before any parser sees it.

Refused are LOAD and SERVICE, which would make the server call others. As in `guard.py` a doubt counts
against the update, and behind this check stand two more: an update is rehearsed where an attempt at a
socket ends the process, and applied in a thread that has none.

An update is a chain of operations with `;` between (SPARQL 1.1 Update, section 3). The data set of the
request (`using-graph-uri`) is put into each that has a WHERE, as the clauses USING and USING NAMED.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import or_
from typing import Final

from graph.errors import BadQuery, QueryRefused
from graph.sparql.guard import Dataset, Size, check_nesting, keyword, look_through, may_hide, step
from graph.sparql.prologues import gathered
from graph.sparql.tokens import Kind, Token, decoded, place

MAX_BYTES: Final = 1024 * 1024
MAX_TOKENS: Final = 200_000
MAX_NAMED: Final = 1000
"""Graphs that an update may name and still be looked at one by one."""

_SIZE: Final = Size("update", MAX_BYTES, MAX_TOKENS)
_LOAD: Final = "LOAD"
_OPERATIONS: Final = ("INSERT", "DELETE", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
_PROLOGUE: Final[dict[str, Kind]] = {"BASE": Kind.IRI, "PREFIX": Kind.IRI, "VERSION": Kind.STRING}
# After these a name of a graph stands outside of braces, also one that begins with LOAD.
_BEFORE_A_GRAPH: Final = frozenset({"GRAPH", "WITH", "USING", "NAMED", "TO", "SILENT", "ADD", "COPY", "MOVE"})
_BEFORE_A_NAME: Final = _BEFORE_A_GRAPH | {"PREFIX"}
# Words that stand for more graphs than one.
_MANY: Final = ("ALL", "NAMED")
_WHOLE: Final = ("CLEAR", "DROP")
_OF_WHOLE_GRAPHS: Final = frozenset({*_WHOLE, "CREATE"})


@dataclass(frozen=True, slots=True)
class UpdateOutline:
    """What is known of an update that may be done; only `outline` makes one.

    `text` has the data set of the request in it, and its prologues at the beginning. `plain` says that it
    holds only operations without a pattern that add or remove what they name: INSERT DATA, DELETE DATA,
    CREATE, CLEAR and DROP; and, where it adds anything, into known graphs. `graphs` are those that it may
    write to, each with the prologue that says what its name means; None if it may write to any.
    """

    text: str
    plain: bool
    graphs: tuple[tuple[str, str], ...] | None


@dataclass(frozen=True, slots=True)
class _Operation:
    """One operation: its tokens after the prologue, with how deep each stands."""

    prologue: str
    tokens: tuple[Token, ...]
    depths: tuple[int, ...]

    @property
    def word(self) -> str:
        """Its first keyword, empty if it has no token."""
        return keyword(self.tokens[0]) if self.tokens else ""

    def starts(self, *texts: str) -> bool:
        """Whether its first tokens are just these, in any case."""
        return tuple(token.text.upper() for token in self.tokens[: len(texts)]) == texts

    def outer(self) -> Iterator[Token]:
        """The tokens outside of all braces."""
        return (token for token, depth in zip(self.tokens, self.depths, strict=True) if depth == 0)


def outline(text: str, dataset: Dataset | None = None) -> UpdateOutline:
    """Look through an update; put the data set of its request, if there is one, into its operations.

    One without an operation does nothing and is no error (SPARQL 1.1 Update, section 3). Raises TooLarge,
    BadQuery (nested too deeply, a data set in both places) and QueryRefused (LOAD, SERVICE).
    """
    found = look_through(text, _SIZE)
    check_nesting(text, found, _SIZE.what)
    _check_load(text, found)
    operations = tuple(_operations(text, found))
    for one in operations:
        _check_word(text, one)
    if any(one.prologue for one in operations[1:]) and (better := _gathered(text, operations)) is not None:
        return outline(better, dataset)
    graphs = _graphs(operations)
    data, whole = ([judge(one) for one in operations if one.tokens] for judge in (_is_data, _is_whole))
    return UpdateOutline(
        text if dataset is None else _using(text, operations, dataset),
        all(map(or_, data, whole)) and (graphs is not None or not any(data)),
        graphs,
    )


def _operations(text: str, found: Sequence[Token]) -> Iterator[_Operation]:
    """Cut the chain at each `;` outside of braces, and take the prologues from the operations."""
    depths = list(_depths(found))
    cuts = [at for at, token in enumerate(found) if token.text == ";" and depths[at] == 0]
    begin = 0
    for end in (*cuts, len(found)):
        first = _after_prologue(found, begin, end)
        prologue = text[found[begin].start : found[first - 1].end] if first > begin else ""
        yield _Operation(prologue, tuple(found[first:end]), tuple(depths[first:end]))
        begin = end + 1


def _gathered(text: str, operations: Sequence[_Operation]) -> str | None:
    """Return the update with all prologues at its beginning; see `prologues.gathered`."""
    return gathered(
        [
            (one.prologue, one.tokens, text[one.tokens[0].start : one.tokens[-1].end] if one.tokens else "")
            for one in operations
        ]
    )


def _depths(found: Sequence[Token]) -> Iterator[int]:
    """How many braces are open around each token; a brace counts as outside of itself."""
    depth = 0
    before: Token | None = None
    for token in found:
        change = step(token, before)
        depth += min(change, 0)
        yield depth
        depth += max(change, 0)
        before = token


def _after_prologue(found: Sequence[Token], begin: int, end: int) -> int:
    """Find the first token that is no part of a prologue."""
    at = begin
    while at < end:
        word = keyword(found[at])
        ends = next((kind for name, kind in _PROLOGUE.items() if word.startswith(name)), None)
        if ends is None:
            return at
        while at < end and found[at].kind is not ends:
            at += 1
        at += 1
    return min(at, end)


def _check_word(text: str, operation: _Operation) -> None:
    if operation.tokens and not operation.word.startswith(_OPERATIONS):
        token = operation.tokens[0]
        raise BadQuery(
            f"An operation begins with {token.text[:40]} at {place(text, token.start)}; write one of "
            f"{', '.join(_OPERATIONS)} there. Queries are answered at /sparql."
        )


def _check_load(text: str, found: Sequence[Token]) -> None:
    """Refuse LOAD, also where only an engine that reads words without a boundary sees it."""
    if _LOAD not in decoded(text).upper():
        return
    depths = list(_depths(found))
    for at, token in enumerate(found):
        if _loads(found, at, depths[at]) or may_hide(found, at):
            raise QueryRefused(
                f"LOAD at {place(text, token.start)} would fetch from elsewhere, which is not allowed; send "
                "the graph itself, with PUT or POST to /store, and call no prefix by that word."
            )


def _loads(found: Sequence[Token], at: int, depth: int) -> bool:
    token = found[at]
    if token.kind is Kind.WORD:
        return _LOAD in decoded(token.text).upper()
    if token.kind is not Kind.NAME or depth or _LOAD not in token.text.partition(":")[0].upper():
        return False
    return not (at > 0 and keyword(found[at - 1]) in _BEFORE_A_NAME)


def _is_data(operation: _Operation) -> bool:
    return operation.starts("INSERT", "DATA", "{") or operation.starts("DELETE", "DATA", "{")


def _is_whole(operation: _Operation) -> bool:
    return operation.word in _OF_WHOLE_GRAPHS and not any(token.text == "{" for token in operation.tokens)


def _graphs(operations: Sequence[_Operation]) -> tuple[tuple[str, str], ...] | None:
    """Give the graphs that may be written to; see `UpdateOutline.graphs`."""
    found: dict[tuple[str, str], None] = {}
    prologue = ""
    for operation in operations:
        prologue += f"{operation.prologue} "
        named = _named(operation)
        if named is None:
            return None
        found |= dict.fromkeys((prologue, name) for name in named)
    return tuple(found) if len(found) <= MAX_NAMED else None


def _named(operation: _Operation) -> list[str] | None:
    """Give the graphs that an operation names in any place; None if it may change others."""
    if operation.word.startswith(_WHOLE) and any(keyword(token) in _MANY for token in operation.tokens):
        return None
    named: list[str] = []
    before = ""
    for token in operation.tokens:
        if token.kind is Kind.VARIABLE and before.endswith("GRAPH"):
            return None
        is_name = token.kind in {Kind.IRI, Kind.NAME}
        if is_name and before.endswith(tuple(_BEFORE_A_GRAPH)):
            named.append(token.text)
        before = keyword(token)
    outer = [token.text for token in operation.outer() if token.kind in {Kind.IRI, Kind.NAME}]
    return [*named, *outer]


def _using(text: str, operations: Sequence[_Operation], dataset: Dataset) -> str:
    """Put the data set into each operation that has a WHERE. Raises BadQuery if one has its own."""
    clauses = " ".join(
        (*(f"USING <{iri}>" for iri in dataset.default), *(f"USING NAMED <{iri}>" for iri in dataset.named))
    )
    parts: list[str] = []
    end = 0
    for operation in operations:
        outer = [(keyword(token), token) for token in operation.outer()]
        own = next((token for word, token in outer if word.startswith(("USING", "WITH"))), None)
        if own is not None:
            raise BadQuery(
                f"The data set is chosen by parameters and by {own.text[:40]} at {place(text, own.start)}; "
                "leave one of them out."
            )
        where = next((token for word, token in outer if word == "WHERE"), None)
        if where is None:
            continue
        pattern = text[where.end : operation.tokens[-1].end] if operation.starts("DELETE", "WHERE") else ""
        parts += [text[end : where.start], f"{pattern} {clauses} "]
        end = where.start
    return "".join([*parts, text[end:]])
