"""The query parameters that several resources share, and the refusal of those that a resource has not.

What `/openapi.json` documents is what is accepted: a misspelt filter would otherwise be no filter at
all, and its answer a wrong one.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import FastAPI, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from api.days import Day
from api.errors import UnknownParameter
from api.listing import shape_of
from api.things import chosen_fields
from graph.advice import instead
from graph.errors import BadEncoding, BadFilter
from graph.model import EntityType, Modality, Polarity
from graph.views import COMMON, MAX_LIMIT, EntitySort, Facet, StatementFilter
from graph.views.filters import MOST_VALUES, pair_of

Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="Items in the answer at most.")]
After = Annotated[str | None, Query(description="The `next` of the page before; opaque.", max_length=2000)]
_MOST_PAIRS = 200
_TOO_MANY = f"There are over {_MOST_PAIRS} parameters; send those of the operation only."

_Id = Annotated[str | None, Field(None, max_length=500)]
_Name = Annotated[str, Field(max_length=500)]
_ANY = "given more than once, any of them."


class OfEntityQuery(BaseModel):
    """The filters of the statements of one entity, which the address names; all that are given must hold."""

    model_config = ConfigDict(populate_by_name=True, frozen=True)

    subject: Annotated[_Id, Field(description="Entity that does it.", examples=["Elena_Petrova"])]
    predicate: Annotated[
        list[_Name],
        Field(
            description=f"Relation, or a broader one; {_ANY}", examples=[["visit"]], max_length=MOST_VALUES
        ),
    ] = []
    object: Annotated[_Id, Field(description="Entity that it is done to.", examples=["Kestria"])]
    modality: Annotated[
        list[Modality],
        Field(description=f"How the text commits itself to it; {_ANY}", max_length=MOST_VALUES),
    ] = []
    polarity: Annotated[list[Polarity], Field(description=f"Affirmed or denied; {_ANY}", max_length=2)] = []
    attributed_to: Annotated[_Id, Field(alias="attributedTo", description="Entity that says so.")]
    from_: Annotated[Day | None, Field(alias="from", description="First day; undated ones are left out.")] = (
        None
    )
    to: Annotated[Day | None, Field(description="Last day; undated ones are left out.")] = None
    article: Annotated[_Id, Field(description="Article that says so.")]
    q: Annotated[
        str | None,
        Field(
            description='Words in the sentence or the labels, all of them; a "phrase" in quotes, a beginn*.',
            examples=["summit talk*"],
            max_length=200,
        ),
    ] = None
    min_confidence: Annotated[
        float | None, Field(alias="minConfidence", ge=0, le=1, description="Confidence at least.")
    ] = None

    def to_filter(self) -> StatementFilter:
        """Make the filter of the views. Raises BadFilter if the days are in the wrong order."""
        if self.from_ and self.to and self.from_ > self.to:
            raise BadFilter(f"'from' ({self.from_}) is after 'to' ({self.to}); exchange the two days.")
        given = {name: value for name, value in self if name in _FILTERS}
        return StatementFilter(**{name: any_of(value) for name, value in given.items()})


class ListQuery(OfEntityQuery):
    """The filters of statements wherever there are any; all that are given must hold."""

    about: Annotated[_Id, Field(description="Entity at either end.", examples=["Norvalia"])]
    between: Annotated[
        str | None,
        Field(
            description="Two entities with a comma between: the ends, either way round.",
            examples=["Elena_Petrova,Kestria"],
            max_length=1000,
        ),
    ] = None
    min_support: Annotated[
        int | None, Field(alias="minSupport", ge=1, le=10**9, description="Articles that say the same.")
    ] = None

    def to_filter(self) -> StatementFilter:
        """Make the filter of the views. Raises BadFilter for days or entities that are none."""
        pair = None if self.between is None else pair_of(self.between)
        return replace(super().to_filter(), between=pair, min_support=self.min_support)


_FILTERS = frozenset({*OfEntityQuery.model_fields, "about"})
"""What is a field of the filter of the views just as it is given."""


class WalkQuery(ListQuery):
    """Which statements connect entities: the filters, and what counts at all."""

    concepts: Annotated[bool, Field(description="Whether phrases that name no entity count too.")] = False
    claimed: Annotated[bool, Field(description="Whether what is only somebody's words counts.")] = True
    denied: Annotated[bool, Field(description="Whether what is denied counts too.")] = False


class EntityQuery(BaseModel):
    """What `/v1/entities` lists."""

    model_config = ConfigDict(frozen=True)

    q: Annotated[
        str | None,
        Field(description="A part of a label or alias; one or two signs begin a word.", max_length=200),
    ] = None
    type: Annotated[
        list[EntityType], Field(description=f"Only of this type; {_ANY}", max_length=len(EntityType))
    ] = []
    sort: Annotated[EntitySort, Field(description="The order.")] = EntitySort.STATEMENTS
    limit: Limit = 50
    after: After = None


ListFilters = Annotated[ListQuery, Query()]
EntityFilters = Annotated[EntityQuery, Query()]


def any_of(value: Any) -> Any:
    """Make of the values of a parameter that may be there more than once what the views take."""
    return (tuple(sorted(set(value))) or None) if isinstance(value, list) else value


def pairs_of(encoded: bytes, most: int, what: str, too_many: str) -> list[tuple[str, str]]:
    """Read names and values, as addresses and forms have them, `most` at most.

    Raises BadEncoding, which says to encode `what` anew, and BadFilter with the sentence `too_many`.
    """
    try:
        return parse_qsl(
            encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=most
        )
    except UnicodeDecodeError as error:
        raise BadEncoding(
            f"The parameters are not UTF-8; encode {what} as UTF-8, then by percent."
        ) from error
    except ValueError as error:
        raise BadFilter(too_many) from error


def chosen_facets(given: str | None) -> tuple[Facet, ...]:
    """Read names of facets, with commas between; None means all that are common.

    Raises BadFilter, listing them, for one that there is not.
    """
    if given is None:
        return COMMON
    names = [name.strip() for name in given.split(",") if name.strip()]
    unknown = [name for name in names if name not in list(Facet)]
    if unknown or not names:
        what = f"no facet {unknown[0]!r}" if unknown else "none named"
        raise BadFilter(f"There is {what}; take some of {', '.join(Facet)}.")
    return tuple(map(Facet, names))


async def refuse_unknown_parameters(request: Request) -> None:
    """Raise UnknownParameter, naming the nearest one, for a query parameter that the operation lacks.

    For parameters that are no UTF-8 raise BadEncoding, and BadFilter for one that may not be repeated.
    Of what is asked for in a form or with fields that it lacks, raise NotAcceptable or UnknownField.
    """
    known = documented_parameters(request.app, request.scope["route"].path, request.method.lower())
    lists = {name for name, repeated in known.items() if repeated}
    pairs = pairs_of(request.scope["query_string"], _MOST_PAIRS, "them", _TOO_MANY)
    check_parameters([name for name, _ in pairs], known, lists)
    shape_of(request)  # before anything is asked of the store
    chosen_fields(request)


def documented_parameters(app: FastAPI, path: str, method: str) -> dict[str, bool]:
    """Give the names of the query parameters that an operation documents, and if they may be repeated."""
    operation = app.openapi()["paths"][path][method]
    found = (one for one in operation.get("parameters", ()) if one["in"] == "query")
    return {one["name"]: one["schema"].get("type") == "array" for one in found}


def check_parameters(given: Sequence[str], known: Iterable[str], lists: Container[str] = ()) -> None:
    """Raise UnknownParameter for one of `given` that is not `known`, BadFilter for one given twice.

    Those in `lists` may be there more than once.
    """
    names = sorted(known)
    for name in given:
        if name not in lists and given.count(name) > 1:
            raise BadFilter(f"The parameter {name!r} is there more than once; give it once.")
        if name in names:
            continue
        advice = instead(name, names) if names else "it takes none; leave it out"
        raise UnknownParameter(f"There is no parameter {name!r} here; {advice}.")
