"""Outlines of short queries, known again from those that differed from them in terms and comments only.

A program asks the same over and over, with another name each time, and to take such a query apart into tokens
takes longer than all else that is done with it before a worker has it. Without backslashes and long strings
an IRI, a string or a comment stands where a reading from the left finds it (`tokens.py` finds the same ones).
So two queries whose *frames*, all that is not within these, are equal have the same tokens but for the text
of IRIs and strings. What the guard says depends on that text in two cases only, which are left to it: a graph
after FROM, and SERVICE, whatever it stands in.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from graph.sparql import guard
from graph.sparql.guard import Outline, QueryForm

SHORT: Final = 2048
"""Characters of a query whose outline is worth keeping."""
_KEPT: Final = 512
_WITHIN: Final = re.compile(r"""<[^\x00-\x20<>"{}|^`\\]*>|"[^"\r\n]*"|'[^'\r\n]*'|#[^\r\n]*""")
_ENDS: Final = {"<": "<>", '"': '""', "'": "''", "#": ""}
_OTHERWISE: Final = ("\\", '"""', "'''")


class Outlines:
    """A bounded memory of outlines; threads may share it."""

    def __init__(self) -> None:
        self._of = lru_cache(_KEPT)(guard.outline)
        self._known: dict[str, tuple[QueryForm, int]] = {}

    def of(self, query: str) -> Outline:
        """Outline a query as `guard.outline` does, and raise what it raises.

        Where there are no sources, which alone are read in its terms, the prologue may be left out.
        """
        if len(query) > SHORT:
            return guard.outline(query)
        if not query.isascii() or "SERVICE" in query.upper() or any(sign in query for sign in _OTHERWISE):
            return self._of(query)
        frame = _WITHIN.sub(_ends, query)
        known = self._known.get(frame)
        if known is not None:
            form, shape = known
            return Outline(query, form, "", (), shape=shape)
        found = guard.outline(query)
        if not found.sources:
            if len(self._known) >= _KEPT:
                self._known = {}
            self._known[frame] = (found.form, found.shape)
        return found


def _ends(within: re.Match[str]) -> str:
    return _ENDS[within[0][0]]
