"""Reads articles: the stages, in order.

Article -> clean -> parse -> mending -> names -> entities -> coreference -> clauses, nominals -> statements
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from graph.errors import EmptyText, NewsgraphError, ReadFailed, TooLarge
from graph.model import Article, Entity, Failure, Mention, Node, Reading, Statement, Value
from graph.text import (
    attribution,
    coreference,
    days,
    entities,
    event_nouns,
    existentials,
    known,
    language,
    mentions,
    modifiers,
    noun_relations,
    oie,
    relative_places,
    reports,
    statements,
)
from graph.text.beyond import beyond
from graph.text.clause import Clause
from graph.text.clauses import clauses
from graph.text.clean import Cleaned, clean
from graph.text.density import prose_only
from graph.text.known import KnownEntities
from graph.text.mending import mend
from graph.text.nodes import Nodes
from graph.text.parse import go_on, load, model_name, parse
from graph.text.tokens import plain
from graph.text.undergone import undergone

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc as Parsed

    from graph.text.explain import Explained
    from graph.text.tokens import Doc

BATCH = 32  # articles parsed together


class Reader:
    """Turns articles into statements with one language model, which is loaded when it is first needed.

    `model` is an installed spaCy pipeline or a folder (empty: the one that ships); articles of more
    than `max_article` characters are refused. `entities` is the file of a list of known entities, which is
    read at once: raises SettingsError if it cannot be used. `pause` is called between the pieces of a long
    article, while other articles may be read, and does nothing unless it is set.
    """

    def __init__(self, model: str = "", max_article: int = 1_000_000, entities: str = "") -> None:
        self._model = model
        self._max_article = max_article
        self._known = known.load(entities)
        self.pause: Callable[[], object] = go_on

    @cached_property
    def nlp(self) -> Language:
        """The language model. Raises ModelError if it cannot be used."""
        return load(self._model)

    @property
    def name(self) -> str:
        """Name and version of the language model."""
        return model_name(self.nlp)

    def read(self, article: Article) -> Reading:
        """Read one article.

        Raises EmptyText, TooLarge, NotEnglish or ModelError.
        """
        cleaned = self._check(article)
        with plain(next(parse(self.nlp, [cleaned]))) as doc:
            return interpret(article, cleaned, doc, self._known)

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading | Failure]:
        """Read articles in batches, in order; what cannot be read is a Failure in its place.

        Raises ModelError.
        """
        for batch in _batches(articles):
            checked = [self._checked(article) for article in batch]
            docs = self._parsed([c for c in checked if isinstance(c, Cleaned)])
            for article, cleaned in zip(batch, checked, strict=True):
                if isinstance(cleaned, Failure):
                    yield cleaned
                else:
                    yield _interpreted(article, cleaned, next(docs), self._known)

    def _parsed(self, texts: list[Cleaned]) -> Iterator[Parsed | Exception]:
        """Parse a batch; if the model fails on it, one by one, so that only the text at fault is lost."""
        nlp = self.nlp  # without a model no article can be read
        try:
            yield from list(parse(nlp, texts, self.pause))
        except Exception:
            for text in texts:
                try:
                    yield next(parse(nlp, [text], self.pause))
                except Exception as error:  # whatever a model may raise; the article becomes a Failure
                    yield error

    def surface(self, article: Article) -> list[oie.Row]:
        """Return the clauses of an article in its own words, for open information extraction.

        Raises what `read` raises.
        """
        with plain(next(parse(self.nlp, [self._check(article)]))) as doc:
            return oie.rows(doc)

    def explain(self, article: Article) -> list[Explained]:
        """Return the sentences of an article in order, each with how it was read and what was dropped.

        Raises what `read` raises.
        """
        cleaned = self._check(article)
        with plain(next(parse(self.nlp, [cleaned]))) as doc:
            return explained(article, cleaned, doc, self._known)

    def _check(self, article: Article) -> Cleaned:
        if len(article.text) > self._max_article:
            raise TooLarge(
                f"The article has {len(article.text):,} characters, more than {self._max_article:,}; "
                "split it, or raise NEWSGRAPH_MAX_ARTICLE."
            )
        cleaned = prose_only(clean(article.text))
        if not cleaned.text.strip():
            raise EmptyText("The article has no text to read; give one with at least a sentence.")
        language.check(cleaned.text)
        return cleaned

    def _checked(self, article: Article) -> Cleaned | Failure:
        try:
            return self._check(article)
        except NewsgraphError as error:
            return Failure(article.name, error)


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    batch: list[Article] = []
    for article in articles:
        batch.append(article)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _interpreted(
    article: Article, cleaned: Cleaned, parsed: Parsed | Exception, listed: KnownEntities
) -> Reading | Failure:
    """Interpret one article of a batch; what no one foresaw is reported and never stops the others."""
    try:
        if isinstance(parsed, Exception):
            raise parsed
        with plain(parsed) as doc:
            return interpret(article, cleaned, doc, listed)
    except NewsgraphError as error:
        return Failure(article.name, error)
    except Exception as error:
        message = f"The article could not be read ({type(error).__name__}: {error}); please report this bug."
        return Failure(article.name, ReadFailed(message))


def interpret(article: Article, cleaned: Cleaned, doc: Doc, listed: KnownEntities = known.NONE) -> Reading:
    """Turn a parsed article into its reading: the walk of one article through the rules."""
    context, judged = _judged(article, cleaned, doc, listed)
    made = (outcome for _, outcome in judged if isinstance(outcome, Statement))
    ordered = tuple(sorted(made, key=_place))
    return Reading(article, ordered, _entities(context.nodes, ordered), _mentions(context.nodes))


def explained(
    article: Article, cleaned: Cleaned, doc: Doc, listed: KnownEntities = known.NONE
) -> list[Explained]:
    """Explain the reading of a parsed article: the walk of `interpret`, sentence by sentence."""
    from graph.text.explain import explain  # here, since hardly any reading is explained

    context, judged = _judged(article, cleaned, doc, listed)
    return explain(doc, context.nodes, judged)


def _judged(
    article: Article, cleaned: Cleaned, doc: Doc, listed: KnownEntities
) -> tuple[statements.Context, list[tuple[Clause, statements.Outcome]]]:
    """Return what the article is about, and what became of each of its clauses."""
    mend(doc)
    cast = entities.build(mentions.names(doc, listed), listed)
    quotes = attribution.quotations(doc)
    resolved = coreference.resolve(doc, cast, quotes, cleaned.gaps)
    nodes = Nodes(article, cleaned, doc, cast, resolved, article.published or _dated(cleaned.dateline))
    context = statements.Context(nodes, quotes)
    return context, statements.judge(found(doc, cast), context)


def _place(made: Statement) -> tuple[int, int, int, int, str]:
    """Where a statement stands in the text, for the order of reading."""
    return made.start, made.predicate.start, made.subject.start, made.object.start, made.id


def _dated(dateline: str) -> date | None:
    """Return the day that a dateline names (*GENEVA, May 12, 2025 (Wire) —*), or None."""
    start, end = days.resolve(dateline, None)
    return start if start == end else None


def found(doc: Doc, cast: entities.Cast) -> Iterator[Clause]:
    """Give every clause of a document, from verbs, reports, event nouns and names."""
    for clause in clauses(doc):
        yield clause
        yield from beyond(clause)
        yield from undergone(clause)
    yield from relative_places.relative_places(doc)
    yield from reports.reports(doc)
    yield from event_nouns.events(doc, cast)
    yield from existentials.existentials(doc, cast)
    yield from noun_relations.relations(doc, cast)
    yield from modifiers.modifiers(doc, cast)


def _entities(nodes: Nodes, made: tuple[Statement, ...]) -> tuple[Entity, ...]:
    """Return the named entities of the article and the concepts that its statements use."""
    used = {node.id for s in made for node in _nodes(s)}
    acting = {s.subject.id for s in made if not s.predicate.id.startswith("be")}
    acting |= {s.attributed_to.id for s in made if s.attributed_to is not None}
    named = [
        e if e.stands_for is None or e.id in acting else replace(e, stands_for=None)
        for e in nodes.cast.entities.values()
    ]
    concepts = [concept for id_, concept in nodes.concepts.items() if id_ in used]
    reached = {e.stands_for for e in named} | {m for c in concepts for m in c.mentions} | used
    mentioned = set(nodes.cast.by_token.values())
    kept = (e for e in (*named, *concepts) if e.id in reached or e.id in mentioned)
    return tuple(sorted(kept, key=lambda e: e.id))


def _nodes(made: Statement) -> Iterator[Node]:
    for value in (
        made.subject,
        made.object,
        made.attributed_to,
        made.place,
        *(a.value for a in made.arguments),
    ):
        if value is not None and not isinstance(value, Value):
            yield value


def _mentions(nodes: Nodes) -> tuple[Mention, ...]:
    named = [Mention(nodes.cast.by_token[n.start], *nodes.place(n.start, n.end)) for n in nodes.cast.names]
    referring = [Mention(id_, *nodes.place(i, i + 1)) for i, id_ in nodes.resolved.items()]
    return tuple(sorted((*named, *referring), key=lambda m: (m.start, m.end)))
