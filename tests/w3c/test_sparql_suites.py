"""The suites, test by test, over HTTP on our server, which has to pass what native Oxigraph passes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from tests.w3c import engine, exchanges
from tests.w3c.comparing import Verdict
from tests.w3c.known import POLICY, REASONS
from tests.w3c.manifests import Case, Kind, Suites, folder
from tests.w3c.native import baseline
from tests.w3c.service import Service

SUITES = folder()
CASES = Suites(SUITES).cases() if SUITES else []
NATIVE = baseline()
RUNNERS = {**engine.RUNNERS, **exchanges.RUNNERS}
# From the best to the worst.
RANKS = (Verdict.EXACT, Verdict.VALUE, Verdict.WRONG)
ABSENT = pytest.param(
    None,
    id="suites",
    marks=pytest.mark.skip("the W3C suites are not here; W3C_SUITES names their folder"),
)


def params(kinds: Iterable[Kind]) -> list[object]:
    """The tests of those kinds; one that says so if the suites are not on this machine."""
    chosen = [case for case in CASES if case.kind in set(kinds)]
    return [_param(case) for case in chosen] if CASES else [ABSENT]


def _param(case: Case) -> object:
    known = REASONS.get(case.id)
    marks = [pytest.mark.xfail(strict=True, reason=known)] if known else []
    return pytest.param(case, id=case.id, marks=marks)


def suite_of(case: Case) -> str:
    """How the figures call what a test belongs to: *SPARQL 1.1 query*."""
    version = case.id.partition("/")[0].removeprefix("sparql")
    return f"SPARQL {version[0]}.{version[1]} {case.kind}"


@pytest.mark.parametrize("case", params(RUNNERS))
def test_it_is_answered_as_the_recommendation_says(
    case: Case, service: Service, record_property: Callable[[str, object], None]
) -> None:
    outcome = engine.run(case, service, RUNNERS)
    record_property("w3c", f"{suite_of(case)}: {outcome.verdict}")
    assert outcome.verdict is not Verdict.WRONG, outcome.detail
    assert RANKS.index(outcome.verdict) <= RANKS.index(NATIVE[case.id]), "native Oxigraph answers exactly"


@pytest.mark.parametrize("case", params([Kind.FEDERATION]))
def test_a_call_to_another_server_is_refused(case: Case, service: Service) -> None:
    response = service.query(service.suites.read(case.request), "*/*")
    assert response.status_code == 403, response.text
    assert "SERVICE" in response.json()["detail"]


LOADS = [case for case in CASES if REASONS.get(case.id) == POLICY]


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in LOADS] or [ABSENT])
def test_what_would_be_loaded_from_elsewhere_is_refused(case: Case, service: Service) -> None:
    response = service.update(service.suites.read(case.request))
    assert response.status_code == 403, response.text
    assert "LOAD" in response.json()["detail"]


@pytest.mark.parametrize("case", params([Kind.ENTAILMENT]))
def test_an_entailment_regime_is_followed(case: Case) -> None:
    pytest.skip("entailment regimes are out of scope: the graph is answered as it is")


@pytest.mark.skipif(not CASES, reason="the W3C suites are not here; W3C_SUITES names their folder")
def test_each_test_was_measured_on_native_oxigraph() -> None:
    assert set(NATIVE) == {case.id for case in CASES if case.kind in RUNNERS}, (
        "the suites are others than those measured; run python -m tests.w3c.native"
    )


def test_what_is_known_to_fail_fails_on_native_oxigraph_too() -> None:
    here_only = {one for one, reason in REASONS.items() if NATIVE[one] is not Verdict.WRONG}
    assert here_only <= {one for one, reason in REASONS.items() if reason == POLICY}
