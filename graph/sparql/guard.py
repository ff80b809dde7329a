"""Says what a stranger's query is, and refuses what may not be asked, before any parser sees it.

Refused are SERVICE, which would make the server call others, and updates. FROM is allowed: the engine takes
its graphs from the store and fetches nothing; a worker refuses graphs that the store does not hold.

The engine reads keywords without a boundary (`SERVICEex:a{}` and `1SERVICE` are calls to it) and decides by
the grammar whether `<` begins an IRI. Where a reading of the words alone leaves a doubt, the doubt counts
against the query. Behind this check stands the sandbox of the worker, which has no sockets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Final

from graph.errors import BadQuery, QueryRefused, TooLarge
from graph.sparql.tokens import Kind, Token, decoded, place, tokens

MAX_BYTES: Final = 256 * 1024
MAX_DEPTH: Final = 64
# Reading so many takes some hundredths of a second, in which the server does little else.
MAX_TOKENS: Final = 50_000


class QueryForm(StrEnum):
    """The four forms of a SPARQL query."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a request asks (SPARQL 1.1 Protocol, section 2.1.4), as IRIs.

    The `default` ones are merged as its default graph, which is empty if there are none. One that the store
    does not hold is an empty graph: nothing is ever fetched.
    """

    default: tuple[str, ...]
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """What is known of `query`, which may be asked; only `outline` makes one.

    `prologue` is its text before the form (BASE and PREFIX); `sources` holds the graphs after FROM and
    FROM NAMED as they are written, in the terms of the prologue. A `dataset`, which the request named
    beside the query, goes before them. `shape` is the hash of its words and signs alone, which queries
    that differ in their terms only have in common.
    """

    query: str
    form: QueryForm
    prologue: str
    sources: tuple[str, ...]
    dataset: Dataset | None = None
    shape: int = 0


_PROLOGUE: Final[dict[str, Kind]] = {"BASE": Kind.IRI, "PREFIX": Kind.IRI, "VERSION": Kind.STRING}
_UPDATES: Final = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")

# How a sign changes the depth: a bracket, and `<<` and `>>`, the brackets of a triple term. No longer token
# is spelled so.
_BRACKETS: Final = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}
_DOUBLED: Final = {"<": 1, ">": -1}
_NESTING: Final = frozenset({*_BRACKETS, *_DOUBLED})

_SERVICE: Final = "SERVICE"
# After these a name can stand before a brace: GRAPH ex:service { ... }
_BEFORE_A_GRAPH: Final = frozenset({"GRAPH", "FROM", "NAMED", "DESCRIBE"})

_SHAPING: Final = frozenset({Kind.WORD, Kind.SIGN})

# What `<` can follow as *less than*: the end of a value.
_VALUES: Final = frozenset(
    {Kind.VARIABLE, Kind.STRING, Kind.LANGUAGE, Kind.NUMBER, Kind.IRI, Kind.NAME, Kind.WORD, Kind.BLANK}
)
# Where the text between `<` and `>` would go on as a comment or a string if `<` meant *less than*.
# A double slash (`http://`) before that place rules it out.
_GOES_ON: Final = re.compile(r"<(?:(?!//)[^#'])*[#']")


def check(query: str) -> QueryForm:
    """Return the form of `query` if it may be asked.

    Raises TooLarge (over `MAX_BYTES` or `MAX_TOKENS`), BadQuery (no query, nested over `MAX_DEPTH`) and
    QueryRefused (SERVICE, updates).
    """
    return outline(query).form


def outline(query: str) -> Outline:
    """Return the form, the prologue and the sources of `query` if it may be asked; raises as `check` does."""
    found = look_through(query, QUERY_SIZE)
    begin, form = _form(query, found)
    check_nesting(query, found, QUERY_SIZE.what)
    shape = hash("".join([token.text if token.kind in _SHAPING else "?" for token in found]))
    return Outline(query, form, query[: found[begin].start], _sources(found[begin:]), shape=shape)


@dataclass(frozen=True, slots=True)
class Size:
    """How large a text may be: its bytes and tokens; `what` is what it is called."""

    what: str
    most_bytes: int
    most_tokens: int


QUERY_SIZE: Final = Size("query", MAX_BYTES, MAX_TOKENS)


def look_through(text: str, size: Size) -> tuple[Token, ...]:
    """Give the tokens of a text. Raises TooLarge, and BadQuery if it is no text in Unicode."""
    try:
        found = len(text.encode("utf-8"))
    except UnicodeEncodeError as error:
        raise BadQuery(f"The {size.what} holds half a surrogate pair; send it as UTF-8.") from error
    if found > size.most_bytes:
        raise TooLarge(
            f"The {size.what} has {found} bytes, and {size.most_bytes} are allowed; ask for less at once."
        )
    words = tuple(islice(tokens(text), size.most_tokens + 1))
    if len(words) > size.most_tokens:
        raise TooLarge(
            f"The {size.what} has over {size.most_tokens:,} words and signs; ask for less at once."
        )
    return words


def check_nesting(text: str, found: Sequence[Token], what: str) -> None:
    """Refuse what is nested over `MAX_DEPTH` (BadQuery), and SERVICE (QueryRefused)."""
    _check_depth(text, found, what)
    _check_service(text, found)


def _form(query: str, found: Sequence[Token]) -> tuple[int, QueryForm]:
    """Find the token that names the form, after the prologue."""
    at = 0
    while at < len(found):
        word = keyword(found[at])
        ends = next((kind for name, kind in _PROLOGUE.items() if word.startswith(name)), None)
        if ends is None:
            return at, _form_of(query, found[at])
        while at < len(found) and found[at].kind is not ends:
            at += 1
        at += 1
    raise BadQuery("There is no query in it; write SELECT, ASK, CONSTRUCT or DESCRIBE and what to look for.")


def _form_of(query: str, token: Token) -> QueryForm:
    word = keyword(token)
    form = next((form for form in QueryForm if word.startswith(form)), None)
    if form is not None:
        return form
    update = next((name for name in _UPDATES if word.startswith(name)), None)
    if update is not None:
        raise QueryRefused(
            f"{update} would change the store, and only queries are answered here; ask with SELECT."
        )
    raise BadQuery(
        f"The query begins with {token.text[:40]} at {place(query, token.start)}; "
        "write SELECT, ASK, CONSTRUCT or DESCRIBE there."
    )


def keyword(token: Token) -> str:
    """The token as a keyword may be spelled in it (`ASKex:a` is ASK to the engine); empty if it is none."""
    return decoded(token.text).upper() if token.kind in {Kind.WORD, Kind.NAME} else ""


def _check_depth(query: str, found: Sequence[Token], what: str) -> None:
    depth = 0
    before: Token | None = None
    for token in found:
        if token.text in _NESTING:
            depth += step(token, before)
            if depth > MAX_DEPTH:
                where = place(query, token.start)
                raise BadQuery(f"The {what} is nested over {MAX_DEPTH} deep at {where}; make it flatter.")
        before = token


def step(token: Token, before: Token | None) -> int:
    """How much deeper or higher what follows `token` is."""
    if token.text in _BRACKETS:
        return _BRACKETS[token.text]
    doubled = before is not None and before.text == token.text and before.end == token.start
    return _DOUBLED.get(token.text, 0) if doubled else 0


def _check_service(query: str, found: Sequence[Token]) -> None:
    if _SERVICE not in decoded(query).upper():
        return
    for at, token in enumerate(found):
        if _calls_service(found, at) or may_hide(found, at):
            where = place(query, token.start)
            raise QueryRefused(
                f"SERVICE at {where} would call another server, which is not allowed; "
                "ask for what this store holds, and call no prefix by that word."
            )


def _calls_service(found: Sequence[Token], at: int) -> bool:
    token = found[at]
    if token.kind is Kind.WORD:
        return _SERVICE in decoded(token.text).upper()
    if token.kind is not Kind.NAME or _SERVICE not in token.text.partition(":")[0].upper():
        return False
    before_brace = at + 1 < len(found) and found[at + 1].text == "{"
    return before_brace and not (at > 0 and keyword(found[at - 1]) in _BEFORE_A_GRAPH)


def may_hide(found: Sequence[Token], at: int) -> bool:
    """Whether an engine could read `<` as *less than* here, and take another end for what follows."""
    token = found[at]
    if at == 0 or token.kind is not Kind.IRI or not _GOES_ON.match(token.text):
        return False
    before = found[at - 1]
    return before.kind in _VALUES or before.text == ")"


def _sources(found: Sequence[Token]) -> tuple[str, ...]:
    """The IRIs and names after FROM and FROM NAMED; they stand before the first brace."""
    named: list[str] = []
    before = ""
    for token in found:
        if token.text == "{":
            break
        if before in {"FROM", "NAMED"} and token.kind in {Kind.IRI, Kind.NAME}:
            named.append(token.text)
        before = keyword(token)
    return tuple(named)
