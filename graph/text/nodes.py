"""From tokens to nodes: the entity, concept or literal that a noun phrase stands for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from graph.model import Article, Entity, EntityType, Node, Value
from graph.text import amounts, lexicon, phrases
from graph.text.clause import ZONES
from graph.text.clean import Cleaned
from graph.text.entities import Cast
from graph.text.misread import is_verb_as_noun
from graph.text.tree import TIME, child, children, sentence
from graph.text.unnamed import carried_on, speaker_meant
from graph.vocab import XSD, slug

if TYPE_CHECKING:
    from graph.text.tokens import Doc, Token

PRONOUN_TAGS = frozenset("PRP PRP$ WP WDT WP$ EX DT PDT WRB".split())
TELLING = frozenset("amod compound nmod nummod prep".split())  # nine people, young people
ADJECTIVES = frozenset(("JJ", "JJR", "JJS"))


@dataclass(slots=True)
class Nodes:
    """Makes the nodes of one article, and keeps the concepts that it made (`concepts`).

    `published` is the day that its relative times count from, where one is known.
    """

    article: Article
    cleaned: Cleaned
    doc: Doc
    cast: Cast
    resolved: dict[int, str]
    published: date | None = None
    concepts: dict[str, Entity] = field(default_factory=dict)
    _made: dict[tuple[int, bool], Node | None] = field(default_factory=dict)
    _sentences: dict[int, tuple[str, int, int]] = field(default_factory=dict)

    def place(self, start: int, end: int) -> tuple[str, int, int]:
        """Return (text, start, end) in the original of the token span [start, end)."""
        while end - 1 > start and self.doc[end - 1].is_space:
            end -= 1
        last = self.doc[end - 1]
        a, b = self.cleaned.original(self.doc[start].idx, last.idx + len(last.text))
        return self.article.text[a:b], a, b

    def sentence(self, token: Token) -> tuple[str, int, int]:
        """Return (text, start, end) in the original of the sentence of a token, without space round it."""
        first, end = sentence(token)
        if first not in self._sentences:
            start = first
            while start < end - 1 and self.doc[start].is_space:
                start += 1
            self._sentences[first] = self.place(start, end)
        return self._sentences[first]

    def entity(self, token: Token) -> Entity | None:
        """Return the named entity that a token is a name of or refers to, or None."""
        id_ = self.resolved.get(token.i) or self.cast.by_token.get(token.i)
        return self.cast.entities[id_] if id_ is not None else None

    def node(self, head: Token, *, bare: bool = False) -> Node | None:
        """Return the node of a noun phrase, or None if it is a pronoun that nothing is known of."""
        key = head.i, bare
        if key not in self._made:
            self._made[key] = self._node(head, bare=bare)
        return self._made[key]

    def _node(self, head: Token, *, bare: bool) -> Node | None:
        entity = self.entity(head)
        if entity is not None:
            start, end = (
                phrases.bounds(head, bare=True) if head.tag_ not in PRONOUN_TAGS else (head.i, head.i + 1)
            )
            end = max(end, self.cast.ends.get(head.i, end))
            return Node(entity.id, entity.label, entity.type, *self.place(start, end))
        if head.tag_ in PRONOUN_TAGS and not (head.ent_type_ and head.text.isupper()):  # WHO, US
            return self._unnamed(head)
        if self._is_vague(head) or _is_cut(head) or is_verb_as_noun(head):
            return None
        return self._concept(head, *phrases.bounds(head, bare=bare))

    def _unnamed(self, pronoun: Token) -> Node | None:
        """*The commission said it would*: the node of the commission, where the pronoun stands."""
        noun = speaker_meant(pronoun) or carried_on(pronoun)
        found = self.node(noun) if noun is not None and noun.tag_ not in PRONOUN_TAGS else None
        if found is None:
            return None
        text, start, end = self.place(pronoun.i, pronoun.i + 1)
        return replace(found, text=text, start=start, end=end)

    def _is_vague(self, head: Token) -> bool:
        """*A lot*, *what organizers*, *whose duty*: no one can say what the node would be."""
        asking = any(c.tag_ in {"WP", "WDT", "WP$"} for c in head.lefts)
        described = head.lower_ in {"person", "thing"} and any(c.dep_ == "relcl" for c in head.rights)
        return (
            asking
            or described
            or head.text in ZONES
            or (
                head.lower_ in lexicon.words("relations", "vague")
                and not any(c.dep_ in TELLING for c in head.children)
            )
            or _is_of_unknown(head)
        )

    def value(self, head: Token) -> Value | None:
        """Return the literal of a bare number, amount or date, or None if the phrase is none."""
        if head.ent_type_ in TIME:
            return self._date(head)
        found = amounts.find(head)
        if found is not None:
            amount, start, end = found
            return Value(amount.value, amount.datatype, *self.place(start, end))
        return self._words(head, 0) if amounts.is_number(head) else None

    def count(self, head: Token) -> Value | None:
        """Return how many a counted noun is (*at least nine people*), or None."""
        found = amounts.count(head)
        if found is None:
            return None
        many, start, end = found
        return Value(str(many), f"{XSD}integer", *self.place(start, end))

    def _date(self, head: Token) -> Value | None:
        said = self._words(head, _entity_end(head))  # October 31
        if said is None or not (said.value.isascii() and said.value.isdigit()):
            return said
        return replace(said, datatype=f"{XSD}integer")

    def _words(self, head: Token, end: int) -> Value | None:
        """The phrase of a literal as it stands, at least up to `end`; None where more is said of it."""
        if child(head, "prep") is not None:
            return None
        start, stop = phrases.bounds(head, bare=True)
        text, a, b = self.place(start, max(end, stop))
        return Value(" ".join(text.split()), f"{XSD}string", text, a, b)

    def object(self, head: Token) -> Node | Value | None:
        """Return what an object stands for."""
        return self.value(head) or self.node(head)

    def _concept(self, head: Token, start: int, end: int) -> Node | None:
        if self.doc[start].tag_ == "WRB":
            return None  # how many people, why so few ships: a question, no thing
        label = phrases.label(self.doc, start, end)
        proper = head.tag_.startswith("NNP") and not phrases.is_common(head)
        label = label.lower() if head.tag_.startswith("NNP") and not proper else label  # President Vale
        if not any(char.isalpha() for char in label):
            return None
        owner = self._owner(start)
        if owner is not None:
            label = f"{owner.label}’s {label}"  # his mother is nobody else's
        inside = (self.cast.by_token.get(i) or self.resolved.get(i) for i in range(start, end))
        mentions = tuple(dict.fromkeys(entity for entity in inside if entity is not None))
        id_ = slug(label)
        id_ = id_ if proper or mentions else id_[:1].lower() + id_[1:]
        says_whose = owner is not None or any(i in self.cast.by_token for i in range(start, end))
        if not says_whose and (mentions or not phrases.is_general(self.doc, start, head)):
            id_ = (
                f"{id_}.{self._scope()}"  # "the meeting", "its aim" of this article are not those of another
            )
        named = self.cast.entities.get(id_)
        if named is not None:  # a name of the article, here without a capital or as a common noun
            return Node(named.id, named.label, named.type, *self.place(start, end))
        self.concepts.setdefault(id_, Entity(id_, label, EntityType.CONCEPT, mentions=mentions))
        return Node(id_, self.concepts[id_].label, EntityType.CONCEPT, *self.place(start, end))

    def _owner(self, start: int) -> Entity | None:
        first = self.doc[start]
        id_ = self.resolved.get(start) if first.tag_ == "PRP$" else None
        return self.cast.entities[id_] if id_ is not None else None

    def _scope(self) -> str:
        return hashlib.sha256(self.article.id.encode()).hexdigest()[:6]


def _is_of_unknown(head: Token) -> bool:
    """*Many of them*, *one of three*: some of those that only another sentence names."""
    pobjs = [
        pobj for prep in children(head, "prep") if prep.lower_ == "of" for pobj in children(prep, "pobj")
    ]
    counting = head.tag_ in {"CD", "JJ", "DT", "JJS", "JJR"} or head.lower_ in {"none", "half", "most"}
    return counting and any(pobj.tag_ in {"PRP", "CD", "DT"} and pobj.ent_type_ != "MONEY" for pobj in pobjs)


def _is_cut(head: Token) -> bool:
    """*The eighth named storm*: an adjective that a parser took for a noun, with its noun still to come."""
    if head.tag_ not in ADJECTIVES:
        return False
    after = head.doc[head.i + 1].tag_ if head.i + 1 < len(head.doc) else ""
    alone = child(head, "det", "poss", "nummod", "amod", "prep") is None
    return alone or after.startswith(("NN", "JJ", "VBN")) or after == "CC"


def _entity_end(token: Token) -> int:
    """Return the token index after the entity that a token is in."""
    end = token.i + 1
    while end < len(token.doc) and token.doc[end].ent_iob_ == "I":
        end += 1
    return end
