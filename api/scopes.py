"""What each request needs: one table of methods and paths, from which the first line that fits counts.

Reading is all that changes nothing, POST of a query too; who writes may also read, and who is admin may all.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from graph.store.keys import Access

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN_PATHS = frozenset({"/healthz"})
"""What needs no key at all, so that whoever watches over the server needs none."""

COUNTED_APART = frozenset({"/metrics"})
"""What has a rate of its own, so that whoever watches over the server sees who else spends a key or an
address."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What requests with one of `methods` (None: any) need for `path`, and unless `alone` also below it."""

    methods: Set[str] | None
    path: str
    needs: Access
    alone: bool = False

    def fits(self, method: str, path: str) -> bool:
        """Tell if a request is meant."""
        below = not self.alone and path.startswith(f"{self.path.rstrip('/')}/")
        return (path == self.path or below) and (self.methods is None or method in self.methods)


RULES = (
    Rule(None, "/v1/keys", Access.ADMIN),
    Rule(None, "/v1/backup", Access.ADMIN),
    Rule(SAFE_METHODS, "/", Access.READ),
    Rule(frozenset({"POST"}), "/sparql", Access.READ, alone=True),
    Rule(None, "/", Access.WRITE),
)


def needed(method: str, path: str) -> Access:
    """Return what a request needs; `path` is the decoded one, by which the routes go."""
    return next(rule.needs for rule in RULES if rule.fits(method, path))
