"""What the ledger remembers of watched feeds, so that the next run goes on where the last one ended."""

from __future__ import annotations

from collections.abc import Mapping

from graph.sources.schedule import FeedState
from graph.store import feed_rows
from graph.store.ledger import Ledger


class FeedMemory:
    """The feeds that are watched; a `graph.sources.watching.Memory`. Raises what the ledger does."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def recall(self, feed: str) -> tuple[FeedState | None, Mapping[str, int]]:
        """Return what is known of a feed, None if it was never read, and of its items."""
        with self._ledger.reading() as sql:
            return feed_rows.state_of(sql, feed), feed_rows.tries_of(sql, feed)

    def keep(self, feed: str, state: FeedState, tries: Mapping[str, int]) -> None:
        """Keep this of a feed, in the place of what was there, on the disk when it returns."""
        with self._ledger.transaction() as sql:
            feed_rows.replace(sql, feed, state, tries)
