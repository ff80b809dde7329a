"""Runs one test of the engine (evaluation or syntax) on a service, and says how it went."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias
from urllib.parse import urljoin

import httpx

from tests.w3c.answers import read_answer
from tests.w3c.comparing import Answer, Graph, Solutions, Verdict, judge
from tests.w3c.manifests import ROOT, Case, Kind, Source
from tests.w3c.service import Service, Unfit, content_of

# What to ask for, so that the answer comes in the format of the result's file. The older suites keep results
# in RDF, which is no format of the protocol: JSON or Turtle then, whichever the query can be answered in.
_ACCEPT: Final = {
    "srx": "application/sparql-results+xml",
    "srj": "application/sparql-results+json",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
_EITHER: Final = "application/sparql-results+json, text/turtle;q=0.9"
_SUFFIXES: Final = {
    **{media_type: suffix for suffix, media_type in _ACCEPT.items()},
    "text/turtle": "ttl",
}
_FROM: Final = re.compile(r"\bFROM\s+(?:NAMED\s+)?(?:<([^>]*)>|([\w-]*:)([\w-]*))", re.IGNORECASE)
_PREFIX: Final = re.compile(r"\bPREFIX\s+([\w-]*:)\s*<([^>]*)>", re.IGNORECASE)
_ORDER: Final = re.compile(r"\bORDER\s+BY\b", re.IGNORECASE)
_REFUSED: Final = 400


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a test went; `detail` says what was wrong."""

    verdict: Verdict
    detail: str = ""


Runner: TypeAlias = Callable[[Case, Service], Outcome]


def run(case: Case, service: Service, runners: Mapping[Kind, Runner]) -> Outcome:
    """Run a test by the runner of its kind; a service that cannot do what it needs fails it."""
    try:
        return runners[case.kind](case, service)
    except (Unfit, httpx.HTTPError) as error:
        return Outcome(Verdict.WRONG, repr(error))


def _query(case: Case, service: Service) -> Outcome:
    text = service.suites.read(case.request).decode("utf-8")
    known = {one.graph for one in case.data}
    named = [
        Source(one, one) for one in _named_graphs(text, case) if one.startswith(ROOT) and one not in known
    ]
    service.hold((*case.data, *named))
    suffix = case.result.rpartition(".")[2]
    response = service.query(_based(text, case), _ACCEPT.get(suffix, _EITHER))
    if not response.is_success:
        return _told(response, "an answer")
    media_type = response.headers["content-type"].partition(";")[0]
    if media_type not in _SUFFIXES:
        return Outcome(Verdict.WRONG, f"the answer came as {media_type}")
    actual = read_answer(response.content, _SUFFIXES[media_type], case.request)
    expected = read_answer(service.suites.read(case.result), suffix, case.result)
    verdict = judge(expected, actual, ordered=_is_ordered(text), lax=case.lax)
    return Outcome(verdict, "" if verdict is Verdict.EXACT else _difference(expected, actual))


def _update(case: Case, service: Service) -> Outcome:
    service.hold(case.data)
    text = service.suites.read(case.request).decode("utf-8")
    response = service.update(_based(text, case))
    if not response.is_success:
        return _told(response, "done")
    expected, actual = content_of(service.suites, case.after), service.held()
    verdict = judge(expected, actual)
    return Outcome(verdict, "" if verdict is Verdict.EXACT else _difference(expected, actual))


def _query_syntax(case: Case, service: Service) -> Outcome:
    text = service.suites.read(case.request).decode("utf-8")
    # A server may refuse FROM of a graph that it does not hold, which has nothing to do with syntax.
    service.hold([Source("", one) for one in _named_graphs(text, case)])
    response = service.query(_based(text, case), "*/*")
    return _passed(response.is_success, response, "an answer")


def _query_refused(case: Case, service: Service) -> Outcome:
    response = service.query(service.suites.read(case.request), "*/*")
    return _passed(response.status_code == _REFUSED, response, "that it does not parse")


def _update_syntax(case: Case, service: Service) -> Outcome:
    response = service.update(service.suites.read(case.request))
    return _passed(response.is_success, response, "done")


def _update_refused(case: Case, service: Service) -> Outcome:
    response = service.update(service.suites.read(case.request))
    return _passed(response.status_code == _REFUSED, response, "that it does not parse")


RUNNERS: Final[Mapping[Kind, Runner]] = {
    Kind.QUERY: _query,
    Kind.UPDATE: _update,
    Kind.QUERY_SYNTAX: _query_syntax,
    Kind.QUERY_REFUSED: _query_refused,
    Kind.UPDATE_SYNTAX: _update_syntax,
    Kind.UPDATE_REFUSED: _update_refused,
}


def _based(text: str, case: Case) -> str:
    """The request with the base IRI that it has in the suite: that of its file."""
    return f"BASE <{case.request}>\n{text}"


def _named_graphs(text: str, case: Case) -> list[str]:
    """The graphs that FROM names."""
    prefixes = dict(_PREFIX.findall(text))
    named = (iri or prefixes.get(prefix, "") + local for iri, prefix, local in _FROM.findall(text))
    return sorted({urljoin(case.request, one) for one in named})


def _is_ordered(text: str) -> bool:
    """Whether the outermost query has an order: what comes after its last brace."""
    return _ORDER.search(text.rpartition("}")[2]) is not None


def _passed(good: bool, response: httpx.Response, wanted: str) -> Outcome:
    return Outcome(Verdict.EXACT) if good else _told(response, wanted)


def _told(response: httpx.Response, wanted: str) -> Outcome:
    return Outcome(Verdict.WRONG, f"{wanted} was expected; {response.status_code}: {response.text[:400]}")


def _difference(expected: Answer, actual: Answer) -> str:
    return f"expected:\n{_shown(expected)}\nanswered:\n{_shown(actual)}"


def _shown(answer: Answer) -> str:
    match answer:
        case Solutions():
            rows = [answer.variables, *answer.rows]
        case Graph():
            rows = sorted(answer.quads, key=str)
        case _:
            return str(answer)
    return "\n".join("  ".join(str(one) for one in row) for row in rows[:40])
