"""The tables of watched feeds in the ledger's file: what a `FeedState` has, and how far the items got."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import astuple
from typing import Final

from graph.sources.schedule import FeedState

FEEDS: Final = """
CREATE TABLE IF NOT EXISTS feeds (
    feed TEXT PRIMARY KEY,
    address TEXT NOT NULL, etag TEXT NOT NULL, modified TEXT NOT NULL,
    failures INTEGER NOT NULL, not_before REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS feed_items (
    feed TEXT NOT NULL, item TEXT NOT NULL, tries INTEGER NOT NULL,
    PRIMARY KEY (feed, item)
) STRICT, WITHOUT ROWID;
"""


def state_of(sql: sqlite3.Connection, feed: str) -> FeedState | None:
    """Return what is kept of a feed, None if it was never read."""
    query = "SELECT address, etag, modified, failures, not_before FROM feeds WHERE feed = ?"
    row = sql.execute(query, (feed,)).fetchone()
    return None if row is None else FeedState(*row)


def tries_of(sql: sqlite3.Connection, feed: str) -> dict[str, int]:
    """Return the items of a feed: 0 for one that is done with, else how often it could not be had."""
    return dict(sql.execute("SELECT item, tries FROM feed_items WHERE feed = ?", (feed,)).fetchall())


def replace(sql: sqlite3.Connection, feed: str, state: FeedState, tries: Mapping[str, int]) -> None:
    """Keep this of a feed, in the place of what was there."""
    sql.execute("INSERT OR REPLACE INTO feeds VALUES (?, ?, ?, ?, ?, ?)", (feed, *astuple(state)))
    sql.execute("DELETE FROM feed_items WHERE feed = ?", (feed,))
    sql.executemany("INSERT INTO feed_items VALUES (?, ?, ?)", ((feed, *item) for item in tries.items()))
