"""The description of a thing as a plain page: no script, every name a link, every text set as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.linked import Description, short
from graph.vocab import Namespaces

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="/docs/docs.css">
{links}
</head>
<body>
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


def page(shown: Description, ns: Namespaces, formats: Sequence[str]) -> str:
    """Make the page: the thing itself first, then all that its description names."""
    triples = sorted(shown.triples, key=lambda one: (one.subject != shown.iri, str(one.subject)))
    sections = [
        _section(subject, list(said), ns) for subject, said in groupby(triples, key=lambda one: one.subject)
    ]
    return _PAGE.format(
        title=escape(shown.title),
        iri=escape(shown.iri.value),
        links="\n".join(f'<link rel="alternate" href="?format={name}">' for name in formats),
        formats=", ".join(f'<a href="?format={name}">{name}</a>' for name in formats),
        more="" if shown.whole else _MORE,
        sections="\n".join(sections),
    )


def _section(subject: object, said: Iterable[Triple], ns: Namespaces) -> str:
    rows = "\n".join(
        f"<tr><td>{_term(one.predicate, ns)}</td><td>{_term(one.object, ns)}</td></tr>"
        for one in sorted(said, key=lambda one: (one.predicate.value, str(one.object)))
    )
    return f"<h2>{_term(subject, ns)}</h2>\n<table>\n{rows}\n</table>"


def _term(term: object, ns: Namespaces) -> str:
    """Write a term; an IRI of this store leads to this server, by whatever name that is called."""
    match term:
        case NamedNode():
            address = f"/{term.value.removeprefix(ns.base)}" if term.value.startswith(ns.base) else term.value
            name = escape(short(term.value, ns))
            return f'<a href="{escape(address)}">{name}</a>' if _leads(address) else f"<code>{name}</code>"
        case Literal():
            kind = term.language or short(term.datatype.value, ns)
            return f"{escape(term.value)} <small>{escape(kind)}</small>"
        case BlankNode():
            return f"<code>_:{escape(term.value)}</code>"
        case _:
            return f"<code>{escape(str(term))}</code>"


def _leads(address: str) -> bool:
    """Tell if a link may lead there: no scheme that a browser would run."""
    return address.startswith(("/", "http://", "https://")) and not address.startswith("//")
