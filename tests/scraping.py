"""What the tests of the metrics share: their samples, and by how much they move."""

from __future__ import annotations

from prometheus_client.parser import text_string_to_metric_families as text_families

REQUESTS = "newsgraph_http_requests_total"
DURATION = "newsgraph_http_request_duration_seconds"
QUERIES = "newsgraph_sparql_queries_total"

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


def parsed(text: str) -> Samples:
    """All samples of an answer, by name and labels; each is there once."""
    found: Samples = {}
    for family in text_families(text):
        for one in family.samples:
            key = one.name, frozenset(one.labels.items())
            assert key not in found, key
            found[key] = one.value
    return found


def value(samples: Samples, name: str, **labels: str) -> float:
    return samples.get((name, frozenset(labels.items())), 0.0)


def moved(before: Samples, after: Samples, name: str) -> dict[frozenset[tuple[str, str]], float]:
    """By how much the samples of a name have changed, of those that have."""
    keys = {key for key in before | after if key[0] == name}
    changes = {key[1]: after.get(key, 0.0) - before.get(key, 0.0) for key in keys}
    return {labels: change for labels, change in changes.items() if change}


def labels(**given: str) -> frozenset[tuple[str, str]]:
    return frozenset(given.items())
