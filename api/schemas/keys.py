"""What `/v1/keys` takes and answers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from api.days import Day
from api.schemas import Listing, Schema
from api.schemas.bodies import Body
from graph.settings import RATE
from graph.store.keys import Access

_Rate = Annotated[str | None, Field(description="Requests that it may make, or `off`.")]
_Expires = Annotated[Day | None, Field(description="Last day on which it is good (UTC).")]
_Name = Annotated[str, Field(description="Whose it is: the actor of what it changes.", max_length=64)]


class NewKey(Body):
    """A key to be made."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "press", "scope": "read", "expires": "2099-12-31"}]},
    )

    name: _Name
    scope: Annotated[Access, Field(description="What it is good for; each includes those before it.")]
    expires: _Expires = None
    rate: Annotated[_Rate, Field(json_schema_extra={"pattern": f"^({RATE})$"}, examples=["600/minute"])] = (
        None
    )


class KeyShown(Schema):
    """A key without its secret."""

    id: str
    name: _Name
    scope: Access
    state: Literal["active", "expired", "revoked"]
    added: datetime
    expires: _Expires
    rate: _Rate
    revoked: datetime | None


class KeyMade(KeyShown):
    """A new key."""

    token: Annotated[str, Field(description="What a request carries; shown this once.")]


class KeyList(Listing):
    """All keys, in the order in which they were made."""

    items: list[KeyShown]
