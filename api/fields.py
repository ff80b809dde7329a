"""The fields of what a list holds, read off the type of its items: which there are, and some of them chosen.

Nested ones are named with dots (`subject.label`), through lists too. What has several forms has the fields of
all of them, as an object that is an entity or a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin

from pydantic import BaseModel

from api.errors import UnknownField
from api.schemas import Listing
from graph.advice import instead
from graph.export import cells

MOST_CHARACTERS: Final = 2_000
"""Of the names of fields that one request chooses."""
_LISTS: Final = (list, tuple, Sequence)
_FIRST: Final = ("id", "label", "type")
"""What a thing is, which stands before what else is told of it."""
_UNIONS: Final = (Union, UnionType)


@dataclass(frozen=True, slots=True)
class Fields:
    """A value: the fields that it has inside, by name, or none; `many` if it is a list of such values."""

    inside: Mapping[str, Fields] = field(default_factory=dict)
    many: bool = False

    def choose(self, names: str) -> Fields:
        """Take some fields, named with commas between; they come in that order. Raises UnknownField."""
        wanted = [name.strip() for name in names.split(",") if name.strip()]
        if not wanted or len(names) > MOST_CHARACTERS:
            what = "are too long" if wanted else "name none"
            raise UnknownField(f"The fields {what}; there is {', '.join(self.inside)}.")
        chosen: dict[str, Any] = {}
        for name in wanted:
            _add(chosen, self, name)
        return _made(chosen, self)

    def pick(self, value: Any) -> Any:
        """Take of a JSON value what these fields are."""
        if not self.inside:
            return value
        if isinstance(value, list):
            return [self.pick(one) for one in value]
        if isinstance(value, dict):
            return {name: one.pick(value[name]) for name, one in self.inside.items() if name in value}
        return value

    def columns(self, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
        """Give the paths of what stands in a cell each: all that is not made of fields, and lists."""
        for name, one in self.inside.items():
            here = (*above, name)
            if one.inside and not one.many:
                yield from one.columns(here)
            else:
                yield here


def _at(value: Any, path: Sequence[str]) -> Any:
    """Find what stands at a path in a JSON value; None if nothing does."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def csv_lines(fields: Fields, items: Iterable[Any]) -> Iterable[str]:
    """Write items as CSV, with a column for each field, nested ones with dots in their names."""
    columns = list(fields.columns())
    rows = ([_at(item, column) for column in columns] for item in items)
    return cells.lines((".".join(column) for column in columns), rows)


@cache
def fields_of(kind: Any) -> Fields:
    """Read the fields of a type, as its JSON names them."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return fields_of(parts[0])
    if origin in _UNIONS:
        forms = [fields_of(part) for part in parts]
        return Fields(_merged([form.inside for form in forms]), any(form.many for form in forms))
    if origin in _LISTS:
        return Fields(fields_of(parts[0]).inside, many=True)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        named: dict[str, Any] = {one.alias or name: one.annotation for name, one in kind.model_fields.items()}
        order = sorted(named, key=lambda name: name not in _FIRST)
        return Fields({name: fields_of(named[name]) for name in order})
    return Fields()


def item_fields(listing: type[Listing]) -> Fields:
    """Give the fields of the items of a list."""
    kind: Any = listing.model_fields["items"].annotation
    return fields_of(kind)


def row_fields(listing: type[Listing]) -> Fields:
    """Give the fields of the rows that a list has in CSV."""
    return item_fields(listing) if listing.row is None else fields_of(listing.row)


def _merged(forms: Sequence[Mapping[str, Fields]]) -> Mapping[str, Fields]:
    """Put the fields of several forms of a value together."""
    names = dict.fromkeys(name for form in forms for name in form)
    return {
        name: Fields(_merged([one.inside for one in found]), any(one.many for one in found))
        for name in names
        if (found := [form[name] for form in forms if name in form])
    }


def _add(chosen: dict[str, Any], known: Fields, name: str) -> None:
    """Write down one name in a tree of those that are chosen: an empty branch is all that there is."""
    parts = name.split(".")
    for depth, part in enumerate(parts):
        if part not in known.inside:
            raise _unknown(parts[:depth], part, known)
        known = known.inside[part]
        is_new = part not in chosen
        branch = chosen.setdefault(part, {})
        if depth == len(parts) - 1:
            branch.clear()
        elif not is_new and not branch:  # all of it is chosen already
            return
        chosen = branch


def _made(chosen: Mapping[str, Any], known: Fields) -> Fields:
    if not chosen:
        return known
    return Fields({name: _made(inside, known.inside[name]) for name, inside in chosen.items()}, known.many)


def _unknown(above: Sequence[str], name: str, known: Fields) -> UnknownField:
    """Say which fields there are at a place, and which of them is likely meant."""
    before = "".join(f"{one}." for one in above)
    nested = ", ".join(before + one for one, found in known.inside.items() if found.inside)
    more = f"; with a dot, what is in {nested}" if nested else ""
    if not known.inside:
        return UnknownField(f"There is nothing inside {'.'.join(above)!r}; leave {'.' + name!r} out.")
    shown = f"{before}{name}"[:100]
    return UnknownField(f"There is no field {shown!r} here; {instead(name, known.inside, before)}{more}.")
