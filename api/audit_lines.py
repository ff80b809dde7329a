"""A line of the audit log: one object of JSON for each change, by the logger `newsgraph.audit`.

What looks like a token in it is blotted out.
"""

from __future__ import annotations

import json
import logging
import re
from typing import Any, Final

from graph.store.keys import PREFIX

LOG: Final = logging.getLogger("newsgraph.audit")
MOST: Final = 100
"""Ids in a line."""
_LONGEST: Final = 300
"""Characters of a text in a line."""
_SECRET: Final = re.compile(rf"({PREFIX}[0-9a-f]{{8}}_)[0-9a-f]+")


def write(level: int, **fields: Any) -> None:
    """Write one line; `extra` has its fields for who wants them otherwise."""
    clean = {name: _clean(value) for name, value in fields.items()}
    LOG.log(level, "%s", json.dumps(clean), extra={"audit": clean})


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _SECRET.sub(r"\1...", value)[:_LONGEST]
    return [_clean(one) for one in value] if isinstance(value, list) else value
