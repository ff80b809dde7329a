"""The base of what people send as JSON: no field but those that there are, and the nearest one is named."""

from __future__ import annotations

import difflib
from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator


class Body(BaseModel):
    """A JSON object whose every field is known. Raises ValueError, with advice, for others."""

    model_config = ConfigDict(extra="forbid", populate_by_name=False)

    @model_validator(mode="before")
    @classmethod
    def _only_known_fields(cls, given: Any) -> Any:
        names = [field.alias or name for name, field in cls.model_fields.items()]
        for name in given if isinstance(given, dict) else ():
            if name not in names:
                near = difflib.get_close_matches(str(name), names, n=1)
                advice = f"did you mean {near[0]!r}? " if near else ""
                raise ValueError(
                    f"there is no field {str(name)[:100]!r} here; {advice}there is {', '.join(names)}"
                )
        return given
