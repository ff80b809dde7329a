"""Eight shapes of queries about the generated news graph. No two of a number and shape are alike.

All IRIs are whole, so that any server reads them; a comment at the end makes each text another one, so that
no server has an answer to it ready.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from graph.vocab import RDF, RDFS, SEM, SKOS, XSD
from tests.bench.news import BASE, DAYS, FIRST_DAY, PEOPLE, PLACES, VERBS


@dataclass(frozen=True)
class Shape:
    """One shape: its name, how the query of a number is written, and what answer is asked for.

    `rounds` turns of `requests` queries each are measured. A `heavy` one keeps an engine busy for
    milliseconds.
    """

    name: str
    query: Callable[[int], str]
    requests: int = 100
    rounds: int = 7
    heavy: bool = False
    accept: str = "application/sparql-results+json"


def _person(number: int) -> str:
    return f"<{BASE}entity/Person_{number * 7 % PEOPLE:03}>"


def _place(number: int) -> str:
    return f"<{BASE}entity/Place_{number * 7 % PLACES:03}>"


def _point(number: int) -> str:
    return f"SELECT ?p ?o {{ {_person(number)} ?p ?o }}"


def _reverse(number: int) -> str:
    return f"SELECT ?s ?p {{ ?s ?p {_person(number)} }}"


def _join(number: int) -> str:
    return f"SELECT ?b ?q ?c {{ {_person(number)} ?p ?b . ?c ?q ?b FILTER(ISIRI(?b)) }} LIMIT 50"


def _filter(number: int) -> str:
    day = FIRST_DAY + timedelta(days=number % DAYS)
    return (
        "SELECT ?s ?o { GRAPH ?g { "
        f"?st <{BASE}ontology#modality> <{BASE}ontology#planned> ; <{SEM}hasEarliestBeginTimeStamp> ?day ; "
        f"<{RDF}subject> ?s ; <{RDF}object> ?o }} "
        f'FILTER(?day >= "{day}"^^<{XSD}date> && ?day < "{day + timedelta(days=7)}"^^<{XSD}date>) }}'
    )


def _count(number: int) -> str:
    modality = ("planned", "claimed", "asserted")[number % 3]
    return (
        "SELECT ?p (COUNT(*) AS ?n) { GRAPH ?g { "
        f"?st <{BASE}ontology#modality> <{BASE}ontology#{modality}> ; <{RDF}predicate> ?p }} "
        "} GROUP BY ?p ORDER BY DESC(?n)"
    )


def _order(number: int) -> str:
    return (
        f"SELECT ?st ?day {{ GRAPH ?g {{ ?st <{RDF}object> {_place(number)} ; "
        f"<{SEM}hasEarliestBeginTimeStamp> ?day }} }} ORDER BY DESC(?day) LIMIT 10"
    )


def _label(number: int) -> str:
    verb = VERBS[number % len(VERBS)]
    return (
        f"SELECT ?who ?name ?other {{ ?who <{BASE}relation/{verb}> {_place(number)} ; <{RDFS}label> ?name "
        f"OPTIONAL {{ ?who <{SKOS}altLabel> ?other }} }}"
    )


def _large(number: int) -> str:
    return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s <{RDFS}label> ?name ; ?p ?o }} LIMIT {3_000 + number % 100}"


_GRAPH = "application/n-triples"
SHAPES = (
    Shape("point lookup by subject", _point),
    Shape("reverse lookup", _reverse),
    Shape("join of two hops", _join),
    Shape("filter on modality and date", _filter, requests=10, heavy=True),
    Shape("count by predicate", _count, requests=10, heavy=True),
    Shape("newest ten", _order),
    Shape("label and OPTIONAL", _label),
    Shape("large CONSTRUCT", _large, requests=5, heavy=True, accept=_GRAPH),
)


def asked(shape: Shape, number: int) -> str:
    """Write the query of a number, which no other number has."""
    return f"{shape.query(number)}\n#{number}"
