"""What `/v1/timeline` answers."""

from __future__ import annotations

from datetime import date
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
            examples=["2025-05-13"],
        ),
    ]
    precision: Annotated[
        Precision,
        Field(
            description="Whether its time is a `day`, a `range`, open (`since`, `until`), told by `words`"
            " alone, or not at all: then nothing is known but when the article was `published`, or `none`."
        ),
    ]
    support: Annotated[int, Field(description="Articles that say the same.")]
    published: Annotated[date | None, Field(description="Day of the article, which is none of what it says.")]
    statement: Statement
