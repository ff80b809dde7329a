"""What `/v1/timeline` answers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from api.schemas import Schema, Statement
from graph.views import Precision


class Moment(Schema):
    """A statement on a timeline."""

    period: Annotated[
        str | None,
        Field(
            description="Day, month or year that it stands at: where its time begins, or ends if that is all"
            " that is known. None if it has no day.",
            examples=["2023-03-20"],
        ),
    ]
    precision: Annotated[
        Precision,
        Field(description="Whether its time is a `day`, a `range`, open (`since`, `until`), or not known."),
    ]
    support: Annotated[int, Field(description="Articles that say the same.")]
    statement: Statement
