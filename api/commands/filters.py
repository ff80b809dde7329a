"""The filters of statements as options: one table, for every command that filters."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import wraps
from typing import Annotated, Any, Final

import typer

from api.commands.options import day, identifier
from graph.model import Modality, Polarity
from graph.views import StatementFilter
from graph.views.filters import pair_of

_ANY: Final = "Given more than once: any of them."
FILTERS: Final[Mapping[str, Any]] = {
    "about": Annotated[
        str | None,
        typer.Option(
            "--about", metavar="ENTITY", parser=identifier, help="Entity at either end, by id or name."
        ),
    ],
    "subject": Annotated[
        str | None,
        typer.Option("--subject", metavar="ENTITY", parser=identifier, help="Entity that does it."),
    ],
    "predicate": Annotated[
        list[str] | None,
        typer.Option("--predicate", metavar="ID", help=f"Relation, or a broader one. {_ANY}"),
    ],
    "object": Annotated[
        str | None,
        typer.Option("--object", metavar="ENTITY", parser=identifier, help="Entity that it is done to."),
    ],
    "between": Annotated[
        str | None,
        typer.Option(
            "--between", metavar="ENTITY,ENTITY", parser=identifier, help="Two entities, either way round."
        ),
    ],
    "modality": Annotated[
        list[Modality] | None,
        typer.Option("--modality", help=f"How the article commits itself to it. {_ANY}"),
    ],
    "polarity": Annotated[
        list[Polarity] | None, typer.Option("--polarity", help=f"Affirmed or denied. {_ANY}")
    ],
    "attributed_to": Annotated[
        str | None,
        typer.Option("--attributed-to", metavar="ENTITY", parser=identifier, help="Entity that says so."),
    ],
    "article": Annotated[str | None, typer.Option("--article", metavar="ID", help="Article that says so.")],
    "from_": Annotated[
        date | None,
        typer.Option("--from", metavar="DAY", parser=day, help="First day; undated ones are left out."),
    ],
    "to": Annotated[
        date | None,
        typer.Option("--to", metavar="DAY", parser=day, help="Last day; undated ones are left out."),
    ],
    "min_confidence": Annotated[
        float | None, typer.Option("--min-confidence", metavar="N", min=0, max=1, help="Confidence at least.")
    ],
    "min_support": Annotated[
        int | None, typer.Option("--min-support", metavar="N", min=1, help="Articles that say the same.")
    ],
    "q": Annotated[
        str | None,
        typer.Option("--q", metavar="WORDS", help="Words of a sentence or labels, as for search."),
    ],
}
"""Each field of `StatementFilter` with its option."""
_WANTED: Final = "wanted"


def filtered(*, without: Collection[str] = ()) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command an option for each filter but some; it takes the filter that they make as `wanted`."""
    options = {name: option for name, option in FILTERS.items() if name not in without}

    def give(command: Callable[..., None]) -> Callable[..., None]:
        own = inspect.signature(command, eval_str=True)

        @wraps(command)
        def run(**given: Any) -> None:
            asked = {name: value for name in options if (value := given.pop(name, None)) not in (None, [])}
            if "between" in asked:
                asked["between"] = pair_of(asked["between"])
            command(**given, wanted=StatementFilter(**asked))

        added = [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=option)
            for name, option in options.items()
        ]
        kept = [
            one.replace(kind=inspect.Parameter.KEYWORD_ONLY)
            for one in own.parameters.values()
            if one.name != _WANTED
        ]
        run.__signature__ = own.replace(parameters=[*kept, *added])  # type: ignore[attr-defined]
        run.__annotations__ = {one.name: one.annotation for one in (*kept, *added)}
        return run

    return give
