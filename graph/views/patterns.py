"""The SPARQL that finds the statements of a filter round some entities, for walks through the graph.

The text of a query is made of the constant pieces of `_PATTERNS`; what a user gives is bound as a typed
term and never becomes part of the text. Lists look statements up in the index instead (`plans.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from pyoxigraph import Literal, NamedNode

from graph.errors import BadFilter
from graph.model import Modality, Polarity
from graph.rdf_fetch import iri
from graph.store.archive import Archive
from graph.store.base import Term
from graph.views.filters import StatementFilter, several, validate
from graph.views.terms import values
from graph.vocab import XSD, Namespaces


@dataclass(frozen=True, slots=True)
class Selection:
    """A query for statements, and what its variables are bound to."""

    query: str
    bindings: dict[str, Term]


@dataclass(frozen=True, slots=True)
class _Pattern:
    """What one field asks of the statement `?id`: SPARQL whose variable has the field's name.

    Each of `texts` is one way to satisfy it.
    """

    texts: tuple[str, ...]
    term: Callable[[Namespaces, Any], Term]


def _entity(ns: Namespaces, id_: str) -> Term:
    return ns.entity(id_)


def _day(_: Namespaces, day: date) -> Term:
    return Literal(day.isoformat(), datatype=NamedNode(f"{XSD}date"))


_EVIDENCE = "?id prov:wasDerivedFrom ?span ."
_DAYS = """\
OPTIONAL { ?id sem:hasEarliestBeginTimeStamp ?first . } OPTIONAL { ?id sem:hasLatestEndTimeStamp ?last . }
FILTER(BOUND(?first) || BOUND(?last))"""
_WORDS = "?id rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o . ?span nif:anchorOf ?sentence ."
# The labels are in the default graph, so these stand after the article's part of the query.
_WORDS_FILTER = """\
OPTIONAL { ?s rdfs:label ?sl . } OPTIONAL { ?p rdfs:label ?pl . } OPTIONAL { ?o rdfs:label ?ol . }
FILTER(CONTAINS(LCASE(CONCAT(
  ?sentence, "\\n", COALESCE(?sl, ""), "\\n", COALESCE(?pl, ""), "\\n", COALESCE(?ol, STR(?o)))), ?q))"""

# In the order in which they narrow the search down; all in the graph of an article.
_PATTERNS: dict[str, _Pattern] = {
    "subject": _Pattern(("?id rdf:subject ?subject .",), _entity),
    "object": _Pattern(("?id rdf:object ?object .",), _entity),
    "about": _Pattern(
        (
            "?id rdf:subject ?about .",
            "?id rdf:object ?about .",
            "?argument rdf:value ?about . ?id kg:argument ?argument .",
        ),
        _entity,
    ),
    "attributed_to": _Pattern(("?id kg:attributedTo ?attributed_to .",), _entity),
    "article": _Pattern(("",), lambda ns, id_: ns.article(id_)),
    "modality": _Pattern(("?id kg:modality ?modality .",), lambda ns, modality: ns.kg(Modality(modality))),
    "polarity": _Pattern(("?id kg:polarity ?polarity .",), lambda ns, polarity: ns.kg(Polarity(polarity))),
    "min_confidence": _Pattern(
        ("?id kg:confidence ?confidence . FILTER(?confidence >= ?min_confidence)",),
        lambda _, number: Literal(float(number)),
    ),
    "from_": _Pattern((f"{_DAYS} FILTER(!BOUND(?last) || ?last >= ?from_)",), _day),
    "to": _Pattern((f"{_DAYS} FILTER(!BOUND(?first) || ?first <= ?to)",), _day),
    "q": _Pattern((_WORDS,), lambda _, text: Literal(text.lower())),
}
_UNFIT = ("between", "min_support")
"""Filters that only the index has."""
_NARROWER = "SELECT ?relation WHERE { ?relation kg:broader* ?predicate . }"


def selection(
    wanted: StatementFilter,
    ns: Namespaces,
    relations: Iterable[Term] | None = None,
    *,
    shown: str = "?id ?article",
    also: str = "",
) -> Selection:
    """Make the query for the statements that `wanted` describes.

    `relations` are the predicate of `wanted` and those narrower than it. `also` is what else has to stand in
    the article's graph, and `shown` the variables of an answer. Raises BadFilter for a value that no
    statement can have.
    """
    validate(wanted)
    unfit = sorted(wanted.given.intersection(_UNFIT))
    if unfit:
        names = ", ".join(unfit)
        raise BadFilter(f"A walk through the graph cannot be narrowed by {names}; leave that filter out.")
    given = {name: values_ for name in _PATTERNS if (values_ := several(getattr(wanted, name)))}
    either = [
        values(name, [bound(name, v, ns) for v in any_]) for name, any_ in given.items() if len(any_) > 1
    ]
    start = [] if relations is None else [f"{values('relation', relations)} ?id rdf:predicate ?relation ."]
    evidence = _EVIDENCE if "q" in given else ""
    # An engine joins a UNION only when it has all of it, so each way is a query of its own.
    ways = [
        "GRAPH ?article { " + " ".join([*start, *either, also, *way, evidence]) + " }"
        for way in product(*(_PATTERNS[name].texts for name in given))
    ]
    query = " ".join(
        (
            f"SELECT {shown} WHERE {{",
            ways[0] if len(ways) == 1 else " UNION ".join(f"{{ {way} }}" for way in ways),
            _WORDS_FILTER if "q" in given else "",
            "}",
        )
    )
    return Selection(
        query, {name: bound(name, any_[0], ns) for name, any_ in given.items() if len(any_) == 1}
    )


def bound(name: str, value: object, ns: Namespaces) -> Term:
    """Make the term for the value of one field; raises BadFilter if there can be none."""
    try:
        return ns.relation(str(value)) if name == "predicate" else _PATTERNS[name].term(ns, value)
    except ValueError as error:
        raise BadFilter(
            f"The filter {name.strip('_')} cannot be {value!r}; give it as statements show it."
        ) from error


def narrower(archive: Archive, wanted: StatementFilter) -> list[Term] | None:
    """Give the predicates of `wanted` and all that are narrower; None if it names none."""
    if not wanted.predicates:
        return None
    found: set[Term] = set()
    for id_ in wanted.predicates:
        asked = bound("predicate", id_, archive.ns)
        rows = archive.store.select(_NARROWER, {"predicate": asked})
        # The engine finds no path of length zero from a term that its default graph lacks.
        found |= {asked, *(iri(row["relation"]) for row in rows)}
    return [*found]
