"""The tables of decisions in the ledger's file; `decided.py` says what they hold."""

from __future__ import annotations

from typing import Final

DECIDED: Final = """
CREATE TABLE IF NOT EXISTS decisions (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, change TEXT NOT NULL,
    before TEXT NOT NULL, who TEXT NOT NULL, made TEXT NOT NULL, why TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS decided_of ON decisions (subject);
CREATE UNIQUE INDEX IF NOT EXISTS undone_once ON decisions (subject) WHERE kind = 'undo';
CREATE TRIGGER IF NOT EXISTS decisions_stay BEFORE DELETE ON decisions
    BEGIN SELECT RAISE(ABORT, 'a decision is never removed'); END;
CREATE TRIGGER IF NOT EXISTS decisions_last BEFORE UPDATE ON decisions
    BEGIN SELECT RAISE(ABORT, 'a decision is never changed'); END;
CREATE TABLE IF NOT EXISTS originals (id TEXT PRIMARY KEY, quads BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS touches (
    decision INTEGER NOT NULL, article TEXT NOT NULL, PRIMARY KEY (decision, article)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS heirs (
    decision INTEGER NOT NULL, thing TEXT NOT NULL, PRIMARY KEY (decision, thing)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS touched ON touches (article);
"""
