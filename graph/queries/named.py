"""One named query: what its variables say of its parameters, and how terms take their place.

`?_who_entity` is a parameter `who` that holds the id of an entity; with two underscores (`?__who_entity`) it
may be left out. A term stands in the place of each variable of that name, wherever in the query; what is
left out stays a variable, free to be anything. `BOUND(?__who_entity)` tells if it was given.

The words of the query are read by `sparql/tokens.py`, and what is put in is a term, written by the library
that reads it: no value can become a part of the query that is not that one term.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pyoxigraph import Literal

from graph.advice import instead
from graph.errors import BadFilter, BadQuery, Gone, NotFound
from graph.queries.comments import About, read_comments, without_comments
from graph.queries.kinds import KINDS, MAX_TEXT, STRING, Kind, Term
from graph.relations import relations
from graph.sparql import guard, tokens
from graph.sparql.guard import QueryForm
from graph.store.archive import Archive
from graph.views import entity, statement
from graph.vocab import XSD, Namespaces

RESERVED: Final = frozenset({"format"})
"""Names that mean something to every named query."""
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
_QUERY_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_NEAR: Final = 0.6


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a query can be told. `about` is what the comments say of it, `required` if it has to be given."""

    name: str
    kind: Kind
    required: bool
    about: About

    def read(self, given: str, ns: Namespaces) -> Term:
        """Make the term that `given` means. Raises BadFilter, saying what it should be."""
        if len(given) > MAX_TEXT:
            raise self._wrong(f"have at most {MAX_TEXT:,} characters")
        if self.about.enum and given not in self.about.enum:
            raise self._wrong(f"be one of {', '.join(self.about.enum)}")
        try:
            given.encode()
            term = self.kind.read(given, ns)
        except UnicodeEncodeError as error:
            raise self._wrong("be text in UTF-8") from error
        except ValueError as error:
            raise self._wrong(self.kind.should) from error
        self._check_range(given)
        return term

    def _check_range(self, given: str) -> None:
        if self.about.minimum is not None and float(given) < float(self.about.minimum):
            raise self._wrong(f"be {self.about.minimum} at least")
        if self.about.maximum is not None and float(given) > float(self.about.maximum):
            raise self._wrong(f"be {self.about.maximum} at most")

    def _wrong(self, should: str) -> BadFilter:
        return BadFilter(f"The parameter {self.name!r} cannot be used; it should {should}.")

    @property
    def schema(self) -> dict[str, Any]:
        """Its JSON Schema."""
        made = dict(self.kind.schema)
        if self.about.enum:
            made["enum"] = list(self.about.enum)
        for name, limit in (("minimum", self.about.minimum), ("maximum", self.about.maximum)):
            if limit is not None:
                made[name] = as_json(limit, made)
        if self.about.default is not None:
            made["default"] = as_json(self.about.default, made)
        return made

    @property
    def example(self) -> str:
        """A value that may be given."""
        first = next(iter(self.about.enum), self.kind.example)
        return self.about.example or self.about.default or first


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query with a name: `text` is its SPARQL, `variables` has the parameter of each variable.

    The comments are empty lines in `text`: what they say of now or chance makes no answer a fleeting one.
    """

    name: str
    summary: str
    description: str
    tags: tuple[str, ...]
    text: str
    form: QueryForm
    variables: Mapping[str, Parameter]

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Its parameters, those that are required first."""
        named = {one.name: one for one in self.variables.values()}
        return tuple(sorted(named.values(), key=lambda one: not one.required))

    def terms(self, given: Mapping[str, str], ns: Namespaces) -> dict[str, Term]:
        """Make the terms of all that is given or has a default, by the name of the parameter.

        Raises BadFilter for a value that cannot be used, for one that is missing, and for one too many.
        """
        known = {one.name: one for one in self.parameters}
        for name in given:
            if name not in known:
                advice = instead(name, known) if known else "it takes none"
                raise BadFilter(f"The query {self.name!r} has no parameter {name!r}; {advice}.")
        found = {}
        for one in self.parameters:
            value = given.get(one.name, one.about.default)
            if value is not None:
                found[one.name] = one.read(value, ns)
            elif one.required:
                raise BadFilter(
                    f"The query {self.name!r} needs the parameter {one.name!r}; it should {one.kind.should}."
                )
        return found


def read_query(name: str, text: str) -> NamedQuery:
    """Read a query out of the `text` of its file.

    Raises BadQuery, saying what is wrong with it; QueryRefused and TooLarge as `guard.outline` does.
    """
    if not _QUERY_NAME.fullmatch(name):
        raise BadQuery("Its name is part of an address; use letters, digits, - and _, 64 at most.")
    comments = read_comments(text)
    text = without_comments(text)
    form = guard.outline(text).form
    variables = _variables(text, comments.params)
    unused = set(comments.params) - {one.name for one in variables.values()}
    if unused:
        names = ", ".join(sorted(unused))
        raise BadQuery(
            f"Its comments speak of {names}, for which it has no variable such as ?_{min(unused)}."
        )
    for one in variables.values():
        for value in (one.about.default, one.about.example, *one.about.enum):
            if value is not None:
                one.read(value, Namespaces("http://localhost/"))
    return NamedQuery(name, comments.summary, comments.description, comments.tags, text, form, variables)


def bind(query: NamedQuery, terms: Mapping[str, Term]) -> str:
    """Return the SPARQL of a query with `terms` in the place of its parameters."""
    words = list(tokens.tokens(query.text))
    parts, at = [], 0
    for begin, end, text in _edits(query, words, terms):
        parts += [query.text[at:begin], f" {text} "]
        at = end
    return "".join((*parts, query.text[at:]))


def check_known(archive: Archive, query: NamedQuery, terms: Mapping[str, Term]) -> None:
    """Raise NotFound, which names near ids, for an id that nothing in the store has."""
    for one in query.parameters:
        look = _LOOKS.get(one.kind.name)
        if look is not None and one.name in terms:
            look(archive, terms[one.name].value.rpartition("/")[2])


def _edits(
    query: NamedQuery, words: Sequence[tokens.Token], terms: Mapping[str, Term]
) -> Iterator[tuple[int, int, str]]:
    """Say what takes the place of what: a term of its variable, a truth of `BOUND` of it."""
    for number, word in enumerate(words):
        parameter = query.variables.get(word.text[1:]) if word.kind is tokens.Kind.VARIABLE else None
        if parameter is None:
            continue
        asked = words[number - 2 : number + 2] if number > 1 else []
        if [one.text.upper() for one in asked if one is not word] == ["BOUND", "(", ")"]:
            yield asked[0].start, asked[3].end, "true" if parameter.name in terms else "false"
        elif parameter.name in terms:
            yield word.start, word.end, _written(terms[parameter.name])


def _written(term: Term) -> str:
    """Write a term as SPARQL has it; a count plainly, for LIMIT takes nothing else."""
    if isinstance(term, Literal) and term.datatype.value == f"{XSD}integer" and term.value.isdecimal():
        return str(int(term.value))
    return str(term)


def _variables(text: str, said: Mapping[str, About]) -> dict[str, Parameter]:
    """Find the parameters among the variables of a query. Raises BadQuery for one that cannot be."""
    found: dict[str, Parameter] = {}
    named: dict[str, Parameter] = {}
    for word in tokens.tokens(text):
        variable = word.text[1:]
        if word.kind is not tokens.Kind.VARIABLE or variable[0] != "_" or variable in found:
            continue
        parameter = _parameter(variable, said)
        known = named.setdefault(parameter.name, parameter)
        if known != parameter:
            raise BadQuery(f"?{variable} is another kind of {parameter.name!r} than before; use one of them.")
        found[variable] = known
    return found


def _parameter(variable: str, said: Mapping[str, About]) -> Parameter:
    """Make the parameter that a variable stands for: `_name_type`, or `__name_type` if it is optional."""
    required = not variable.startswith("__")
    name, _, type_ = variable.lstrip("_").rpartition("_")
    kind = KINDS.get(type_)
    if not name or kind is None:
        name, kind = variable.lstrip("_"), STRING
    name = name.removesuffix("_xsd")
    if not _NAME.fullmatch(name) or name in RESERVED:
        raise BadQuery(f"?{variable} cannot be a parameter called {name!r}; use a word of letters.")
    about = said.get(name, About())
    if (about.minimum or about.maximum) and kind.name not in {"integer", "decimal"}:
        raise BadQuery(f"Only numbers have a minimum or maximum, and {name!r} is none.")
    for limit in (about.minimum, about.maximum):
        if limit is not None and not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,9})?", limit):
            raise BadQuery(f"{limit[:40]!r} is no number, as the minimum and maximum of {name!r} are.")
    return Parameter(name, kind, required and about.default is None, about)


def as_json(value: str, schema: Mapping[str, Any]) -> Any:
    """Give a value as JSON has it."""
    match schema["type"]:
        case "integer":
            return int(value)
        case "number":
            return float(value)
        case "boolean":
            return value.lower() in {"true", "1"}
        case _:
            return value


def _look_for_article(archive: Archive, id_: str) -> None:
    try:
        archive.article(id_)
    except Gone as error:  # the article, and not what asks for it
        raise NotFound(str(error)) from error


def _look_for_relation(archive: Archive, id_: str) -> None:
    asked = {"relation": archive.ns.relation(id_)}
    there = archive.store.select("SELECT ?class { ?relation rdf:type ?class } LIMIT 1", asked)
    if id_ in relations() or next(iter(there), None) is not None:
        return
    near = difflib.get_close_matches(id_, relations(), n=3, cutoff=_NEAR)
    hint = f"near it are {', '.join(near)}" if near else "data/ontology/relations.json lists the curated ones"
    raise NotFound(f"No relation has the id {id_!r}; {hint}.")


_LOOKS: Final[Mapping[str, Callable[[Archive, str], object]]] = {
    "entity": entity,
    "relation": _look_for_relation,
    "article": _look_for_article,
    "statement": statement,
}
