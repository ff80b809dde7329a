"""The description of a thing as a plain page: no script, every name a link, every text set as text.

Things go by their labels, and what has nothing but a label here has no section of its own; the other formats
hold every triple.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from urllib.parse import quote

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.linked import DCTERMS, Description, short
from graph.rdf_terms import ALT_LABEL, ANCHOR_OF, LABEL, OBJECT, PREDICATE, SENTENCE, SUBJECT, TYPE
from graph.vocab import SCHEMA, XSD, Namespaces

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/docs/docs.css">
{links}
</head>
<body>
<header>
<nav aria-label="Site"><a href="/">newsgraph</a> <a href="/ontology">Ontology</a> \
<a href="/v1/dataset">Data set</a> <a href="/docs">API</a></nav>
</header>
<main>
<h1>{title}</h1>
<p><code>{iri}</code></p>
<p>As {formats}.{more}</p>
{sections}
</main>
</body>
</html>
"""
_MORE = " Not all of it is shown; <code>rdfs:seeAlso</code> leads to the rest."
_HEADLINE = NamedNode(f"{SCHEMA}headline")
_NAMES = (LABEL, _HEADLINE, NamedNode(f"{DCTERMS}title"), ANCHOR_OF)
"""What a thing goes by."""
_FIRST = {one: rank for rank, one in enumerate((TYPE, LABEL, ALT_LABEL, SUBJECT, PREDICATE, OBJECT))}
"""What is told of a thing before all else."""
_TEXT = f"{XSD}string"
_Facts = Mapping[NamedNode | BlankNode, Sequence[Triple]]


def page(shown: Description, ns: Namespaces, formats: Sequence[str]) -> str:
    """Make the page: the thing itself first, then statements, articles, and the words that they rest on."""
    return _PAGE.format(
        title=escape(shown.title),
        iri=escape(shown.iri.value),
        links="\n".join(f'<link rel="alternate" href="?format={name}">' for name in formats),
        formats=", ".join(f'<a href="?format={name}">{name}</a>' for name in formats),
        more="" if shown.whole else _MORE,
        sections="\n".join(_Sections(shown, ns).written()),
    )


class _Sections:
    """One section for each thing of which more is said than its label."""

    def __init__(self, shown: Description, ns: Namespaces) -> None:
        self._shown, self._ns = shown, ns
        facts: dict[NamedNode | BlankNode, list[Triple]] = {}
        for one in shown.triples:
            facts.setdefault(one.subject, []).append(one)  # type: ignore[arg-type]
        self._names = _names(facts)
        self._facts = {
            subject: said
            for subject, said in facts.items()
            if subject == shown.iri or {one.predicate for one in said} != {LABEL}
        }

    def written(self) -> Iterable[str]:
        """Write them."""
        return (self._section(subject) for subject in sorted(self._facts, key=self._rank))

    def _rank(self, subject: NamedNode | BlankNode) -> tuple[int, str]:
        classes = {one.object for one in self._facts[subject] if one.predicate == TYPE}
        order = (self._ns.kg("Statement"), NamedNode(f"{SCHEMA}NewsArticle"), None, SENTENCE)
        if subject == self._shown.iri:
            return -1, ""
        ranks = [rank for rank, class_ in enumerate(order) if class_ in classes]
        words = any(one.predicate == ANCHOR_OF for one in self._facts[subject])
        return min(ranks, default=4 if words else 2), self._id(subject)

    def _section(self, subject: NamedNode | BlankNode) -> str:
        rows = "\n".join(
            f"<tr><td>{self._term(one.predicate)}</td><td>{self._term(one.object)}</td></tr>"
            for one in sorted(self._facts[subject], key=_order)
        )
        name = escape(self._id(subject))
        if subject == self._shown.iri:  # which the title names
            return f'<table class="facts" id="{name}">\n{rows}\n</table>'
        return f'<h2 id="{name}">{self._term(subject)}</h2>\n<table class="facts">\n{rows}\n</table>'

    def _id(self, subject: NamedNode | BlankNode) -> str:
        """Name a section: as the fragment says that leads there from elsewhere, if one does."""
        if isinstance(subject, BlankNode):
            return str(subject)
        return subject.value.removeprefix(f"{self._shown.iri.value}#").removeprefix(self._ns.base)

    def _term(self, term: object) -> str:
        match term:
            case NamedNode():
                return self._link(term)
            case Literal():
                plain = not term.language and term.datatype.value == _TEXT
                kind = "" if plain else term.language or short(term.datatype.value, self._ns)
                return f"{escape(term.value)} <small>{escape(kind)}</small>" if kind else escape(term.value)
            case BlankNode() if term in self._facts:
                return f'<a href="#{escape(quote(self._id(term)))}">{escape(str(term))}</a>'
            case _:
                return f"<code>{escape(str(term))}</code>"

    def _link(self, term: NamedNode) -> str:
        """Write an IRI; one of this store leads to this server, by whatever name that is called.

        A part of something, such as a sentence of an article, leads to its section.
        """
        base = self._ns.base
        address = f"/{term.value.removeprefix(base)}" if term.value.startswith(base) else term.value
        if "#" in address and term in self._facts:
            address = f"#{quote(self._id(term))}"
        curie = short(term.value, self._ns).removeprefix(base)
        name = escape(self._names.get(term, curie))
        if not _leads(address):
            return f"<code>{name}</code>"
        return f'<a href="{escape(address)}" title="{escape(curie)}">{name}</a>'


def _names(facts: _Facts) -> dict[object, str]:
    """Find what things go by: their labels, headlines or words; a statement by those of its parts."""
    names: dict[object, str] = {}
    for subject, said in facts.items():
        known = {one.predicate: one.object for one in said}
        for predicate in _NAMES:
            value = known.get(predicate)
            if isinstance(value, Literal) and value.value.strip():
                names[subject] = f"“{value.value}”" if predicate == ANCHOR_OF else value.value
                break
    for subject, said in facts.items():
        parts = {one.predicate: one.object for one in said if one.predicate in (SUBJECT, PREDICATE, OBJECT)}
        if len(parts) == len((SUBJECT, PREDICATE, OBJECT)):
            names[subject] = " ".join(_name(parts[one], names) for one in (SUBJECT, PREDICATE, OBJECT))
    return names


def _name(term: object, names: Mapping[object, str]) -> str:
    return term.value if isinstance(term, Literal) else names.get(term, str(term))


def _order(triple: Triple) -> tuple[int, str, str]:
    rank = _FIRST.get(triple.predicate, len(_FIRST))
    return rank, triple.predicate.value, str(triple.object)


def _leads(address: str) -> bool:
    """Tell if a link may lead there: no scheme that a browser would run."""
    return address.startswith(("/", "#", "http://", "https://")) and not address.startswith("//")
