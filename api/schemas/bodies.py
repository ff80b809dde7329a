"""The base of what people send as JSON: no field but those that there are, and the nearest one is named."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator

from graph.advice import instead


class Body(BaseModel):
    """A JSON object whose every field is known. Raises ValueError, with advice, for others."""

    model_config = ConfigDict(extra="forbid", populate_by_name=False)

    @model_validator(mode="before")
    @classmethod
    def _only_known_fields(cls, given: Any) -> Any:
        names = [field.alias or name for name, field in cls.model_fields.items()]
        for name in given if isinstance(given, dict) else ():
            if name not in names:
                raise ValueError(f"there is no field {str(name)[:100]!r} here; {instead(str(name), names)}")
        return given
