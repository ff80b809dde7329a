"""A day, as people send it: written out, and nothing that could be a number of something."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Final

from pydantic import BeforeValidator

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
HOW: Final = "it should be an ISO date such as 2025-05-12"


def _written_out(given: Any) -> Any:
    """Refuse what pydantic takes for seconds since 1970, or for the midnight of a day."""
    if (isinstance(given, str) and _DAY.fullmatch(given)) or type(given) is date:
        return given
    raise ValueError(HOW)


Day = Annotated[date, BeforeValidator(_written_out)]
"""A day of ISO 8601, `2025-05-12`."""
