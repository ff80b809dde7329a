"""Says whether two answers are the same: rows as a bag or in order, blank nodes by what is said of them.

A mapping of the blank nodes of one side to those of the other, one to one, has to make the rows the same. It
is looked for by giving each blank node a colour from its rows again and again, and where colours do not tell
blank nodes apart by trying. A graph is a bag of rows too, of subject, predicate, object and graph, each once.

Two terms are equal exactly, or equal in value: literals of one datatype (those derived from integer count as
integer) whose lexical forms stand for the same value (`01` and `1`), and language tags in another case.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Triple

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple | DefaultGraph
Row: TypeAlias = tuple[Term | None, ...]
Rows: TypeAlias = Sequence[Row]
Key: TypeAlias = Callable[[Literal], Hashable]
Colours: TypeAlias = Mapping[BlankNode, Hashable]

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS: Final = frozenset(
    XSD + name
    for name in (
        "integer byte short int long unsignedByte unsignedShort unsignedInt unsignedLong "
        "positiveInteger nonNegativeInteger negativeInteger nonPositiveInteger"
    ).split()
)
_DAYS: Final = "date time gYear gYearMonth gMonth gMonthDay gDay".split()


class Verdict(StrEnum):
    """How well an answer fits; each but the last is a pass."""

    EXACT = "exact"
    VALUE = "value"
    WRONG = "fail"


@dataclass(frozen=True, slots=True)
class Solutions:
    """An answer to SELECT; each row has a term or None for each of `variables`, in their order.

    `in_order` is false where the file does not tell the order of the rows.
    """

    variables: tuple[str, ...]
    rows: tuple[Row, ...]
    in_order: bool = True


@dataclass(frozen=True, slots=True)
class Graph:
    """An answer to CONSTRUCT or DESCRIBE, or all that a store holds: quads, each once."""

    quads: frozenset[Row]


Answer: TypeAlias = Solutions | Graph | bool


def judge(expected: Answer, actual: Answer, *, ordered: bool = False, lax: bool = False) -> Verdict:
    """Compare two answers. With `ordered` the rows have to come in that order, with `lax` repeated rows
    may be missing (but no row may come more often than expected)."""
    match expected, actual:
        case bool(), bool():
            return Verdict.EXACT if expected is actual else Verdict.WRONG
        case Graph(), Graph():
            return _first_that_fits(tuple(expected.quads), tuple(actual.quads))
        case Solutions(), Solutions():
            return _judge_rows(expected, actual, ordered, lax)
    return Verdict.WRONG


def _judge_rows(expected: Solutions, actual: Solutions, ordered: bool, lax: bool) -> Verdict:
    if set(expected.variables) != set(actual.variables):
        return Verdict.WRONG
    left, right = _columns(expected, expected.variables), _columns(actual, expected.variables)
    if lax:
        if _counted(right, in_value) - _counted(left, in_value):
            return Verdict.WRONG
        left, right = tuple(dict.fromkeys(left)), tuple(dict.fromkeys(right))
    if ordered and expected.in_order:
        left, right = _numbered(left), _numbered(right)
    return _first_that_fits(left, right)


def _columns(answer: Solutions, variables: Sequence[str]) -> Rows:
    at = [answer.variables.index(name) for name in variables]
    return tuple(tuple(row[i] for i in at) for row in answer.rows)


def _numbered(rows: Rows) -> Rows:
    """Each row with its place in it, so that only the same place is the same row."""
    return tuple((Literal(number), *row) for number, row in enumerate(rows))


def _first_that_fits(left: Rows, right: Rows) -> Verdict:
    if isomorphic(left, right, exactly):
        return Verdict.EXACT
    return Verdict.VALUE if isomorphic(left, right, in_value) else Verdict.WRONG


def exactly(literal: Literal) -> Hashable:
    """A literal as it is written."""
    return literal.value, literal.datatype.value, literal.language, str(literal.direction or "")


def in_value(literal: Literal) -> Hashable:
    """A literal as what it stands for; as it is written where that is not known or it stands for nothing."""
    datatype = literal.datatype.value
    if literal.language is not None:
        return literal.value, datatype, literal.language.lower(), str(literal.direction or "")
    if datatype not in _VALUES:
        return exactly(literal)
    try:
        value = _VALUES[datatype](literal.value.strip())
    except (ValueError, KeyError, InvalidOperation):
        return exactly(literal)
    return "value", "integer" if datatype in _INTEGERS else datatype, value


def _decimal(text: str) -> Decimal:
    if "e" in text.lower():
        raise ValueError("no decimal has an exponent")
    return Decimal(text)


def _float(text: str) -> str:
    return repr(float(text.replace("INF", "inf")))


def _moment(text: str) -> tuple[bool, datetime]:
    moment = datetime.fromisoformat(text)
    return moment.tzinfo is None, moment.replace(tzinfo=moment.tzinfo or UTC)


def _day(text: str) -> str:
    return re.sub(r"[+-]00:00$", "Z", text)


_VALUES: Final[Mapping[str, Callable[[str], Hashable]]] = {
    **dict.fromkeys(_INTEGERS, int),
    **dict.fromkeys((XSD + name for name in ("double", "float")), _float),
    **dict.fromkeys((XSD + name for name in _DAYS), _day),
    XSD + "decimal": _decimal,
    XSD + "dateTime": _moment,
    XSD + "boolean": {"true": True, "1": True, "false": False, "0": False}.__getitem__,
}
"""How the value of a lexical form is read, for each datatype; raises what `in_value` catches."""


def isomorphic(left: Rows, right: Rows, key: Key) -> bool:
    """Whether some one-to-one mapping of blank nodes makes the bags of rows the same under `key`."""
    if len(left) != len(right):
        return False
    return _match(left, right, key, dict.fromkeys(_blanks(left), 0), dict.fromkeys(_blanks(right), 0))


def _match(left: Rows, right: Rows, key: Key, of_left: Colours, of_right: Colours) -> bool:
    of_left, of_right = _refine(left, key, of_left), _refine(right, key, of_right)
    if _bag(left, key, of_left) != _bag(right, key, of_right):
        return False
    classes, others = _classes(of_left), _classes(of_right)
    if {colour: len(nodes) for colour, nodes in classes.items()} != {
        colour: len(nodes) for colour, nodes in others.items()
    }:
        return False
    unclear = min((c for c in classes if len(classes[c]) > 1), key=lambda c: len(classes[c]), default=None)
    if unclear is None:  # each blank node has its one partner, and the bags under these names are the same
        return True
    chosen = classes[unclear][0]
    return any(
        _match(left, right, key, {**of_left, chosen: "chosen"}, {**of_right, other: "chosen"})
        for other in others[unclear]
    )


def _refine(rows: Rows, key: Key, colours: Colours) -> Colours:
    """Colour blank nodes by the rows they stand in until that tells no more of them apart."""
    stands_in: dict[BlankNode, list[Row]] = defaultdict(list)
    for row in rows:
        for blank in set(_blanks([row])):
            stands_in[blank].append(row)
    while True:
        finer: dict[BlankNode, Hashable] = {
            blank: hash((colours[blank], _bag(found, key, colours, blank)))
            for blank, found in stands_in.items()
        }
        if len(set(finer.values())) == len(set(colours.values())):
            return finer
        colours = finer


def _counted(rows: Rows, key: Key) -> Counter[Hashable]:
    """How often each row comes, with all blank nodes taken for one."""
    alike = dict.fromkeys(_blanks(rows), 0)
    return Counter(tuple(_painted(term, key, alike, None) for term in row) for row in rows)


def _bag(
    rows: Rows, key: Key, colours: Colours, own: BlankNode | None = None
) -> frozenset[tuple[Hashable, int]]:
    counted = Counter(tuple(_painted(term, key, colours, own) for term in row) for row in rows)
    return frozenset(counted.items())


def _painted(term: Term | None, key: Key, colours: Colours, own: BlankNode | None) -> Hashable:
    """A term with the colour in place of a blank node; `own` is marked apart from others of its colour."""
    if isinstance(term, BlankNode):
        return "blank", colours[term], term == own
    if isinstance(term, Triple):
        return "triple", *(_painted(part, key, colours, own) for part in term)
    if isinstance(term, Literal):
        return "literal", key(term)
    return term if term is None else ("name", str(term))


def _blanks(rows: Rows) -> Iterator[BlankNode]:
    for row in rows:
        for term in row:
            if isinstance(term, BlankNode):
                yield term
            elif isinstance(term, Triple):
                yield from _blanks([tuple(term)])


def _classes(colours: Colours) -> dict[Hashable, list[BlankNode]]:
    found: dict[Hashable, list[BlankNode]] = defaultdict(list)
    for blank, colour in colours.items():
        found[colour].append(blank)
    return found
