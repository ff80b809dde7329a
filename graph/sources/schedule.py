"""When a feed is asked again, and what is said then: decided from one answer alone, so that it can be tested.

A feed that answers is asked again after the usual interval; one that fails after twice as long each time, a
day at most, or when it says (Retry-After), and never just at the hour that all others are.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:  # the ledger knows the states, and fetches nothing
    from graph.sources.fetching import Answer

_DAY: Final = 86_400.0
_DOUBLINGS: Final = 20
_LONGEST: Final = 1_000
_PLAIN: Final = re.compile(r"[\x20-\x7e]+")
NEVER: Final = math.inf
"""The moment before which a feed that is gone (410) is left alone."""


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is kept of a feed from one time to the next.

    `address` is where it is asked, which moves with permanent redirects; `etag` and `modified` are those of
    what was read last; `failures` counts those in a row; before `not_before` (seconds since 1970) it is left
    alone, and for good where that is `NEVER`.
    """

    address: str
    etag: str = ""
    modified: str = ""
    failures: int = 0
    not_before: float = 0.0

    def conditions(self) -> Mapping[str, str]:
        """Return the headers that ask for news only (RFC 9110, section 13.1)."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in asked.items() if value}


def answered(state: FeedState, answer: Answer, *, keep: bool) -> FeedState:
    """Return what is kept after an answer that is good (200 or 304).

    Without `keep` all of the feed is asked for again the next time, since not all of it could be read.
    """
    after = replace(state, address=answer.lasting, failures=0, not_before=0.0)
    if answer.status == HTTPStatus.NOT_MODIFIED:
        return after
    if not keep or answer.lasting != answer.url:  # elsewhere for now: what it says of its version is not ours
        return replace(after, etag="", modified="")
    etag, modified = (_header(answer, name) for name in ("etag", "last-modified"))
    return replace(after, etag=etag, modified=modified)


def failed(state: FeedState, now: float, every: float, jitter: float, said: float | None = None) -> FeedState:
    """Return what is kept after a failure; `said` is for how many seconds it asked to be left alone.

    `every` is the usual interval in seconds, and `jitter` is from 0 to 1.
    """
    failures = state.failures + 1
    longer = min(every * 2 ** min(failures, _DOUBLINGS), max(_DAY, every))
    wait = max(longer * (0.75 + jitter / 4), every, said or 0.0)
    return replace(state, failures=failures, not_before=now + wait)


def _header(answer: Answer, name: str) -> str:
    """Give a header that can be sent back as it is; empty for any other."""
    value = answer.headers.get(name, "")
    return value if len(value) <= _LONGEST and _PLAIN.fullmatch(value) else ""
