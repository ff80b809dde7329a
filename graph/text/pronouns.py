"""Whom *he*, *she*, *it* and a quoted *I* mean, where it is safe: what is not clear stays unresolved.

A pronoun takes a subject of its own sentence or, if none there fits, of the one before, and a person's
of the one before that; and only if one named thing fits and nothing unnamed (*the attacker*) fits too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from graph.model import EntityType
from graph.text import lexicon
from graph.text.attribution import Quotes
from graph.text.entities import Cast
from graph.text.tree import SUBJECTS, TIME, children, conjuncts, sentence

if TYPE_CHECKING:
    from graph.text.tokens import Token

WORDS = {
    word: kind
    for kind, words in {
        "male": "he him his himself",
        "female": "she her hers herself",
        "thing": "it its itself",
        "speaker": "i me my myself",
    }.items()
    for word in words.split()
}
_OTHER = {"male": "female", "female": "male"}
GENDERS = frozenset(_OTHER)
REFLEXIVE = frozenset("himself herself itself".split())
THINGS = frozenset(EntityType) - {EntityType.PERSON, EntityType.GROUP, EntityType.CONCEPT}
TAGS = frozenset(("PRP", "PRP$"))
NOUNS = frozenset(("NN", "NNP"))
WEATHER = frozenset("seem appear happen rain snow take cost".split())
NO_THINGS = frozenset("time day year month week hour moment case matter reason fact way".split())
VERBS_OF_NOTHING = frozenset(("do", "make"))  # do it, make it: an idiom more often than not
INSIDE = frozenset(("compound", "nmod"))
UNCLEAR = "?"  # something that fits but has no name


@dataclass(slots=True)
class Scene:
    """What is known when the pronouns of an article are read in order.

    `found` and `genders` grow while they are; `subjects` are those of the sentence at hand, `previous` those
    of the last sentence that had some, `earlier` those of the one before it.
    """

    cast: Cast
    quotes: Quotes
    genders: dict[str, str]
    found: dict[int, str] = field(default_factory=dict)
    subjects: Sequence[Token] = ()
    previous: Sequence[Token] = ()
    earlier: Sequence[Token] = ()

    def entity(self, token: Token) -> str | None:
        """Return the id of the entity that a token names or means, or None."""
        return self.cast.by_token.get(token.i) or self.found.get(token.i)


def resolve(token: Token, scene: Scene) -> str | None:
    """Return the id of the entity that a pronoun means, or None if it is not safe to say."""
    kind = WORDS.get(token.lower_)
    if kind is None or (kind == "thing" and _means_nothing(token)):
        return None
    reader = _Pronoun(token, kind, scene)
    if kind == "speaker":
        return reader.quoted_person()
    if kind == "thing" and token.dep_ in SUBJECTS:
        governing = reader.governing()
        if governing is not None:
            return governing
    if kind != "thing" and token.dep_ not in SUBJECTS and not reader.is_alone():
        return None
    own = reader.fitting(s for s in scene.subjects if s.i < token.i and not _is_sibling(s, token))
    if not own and kind == "thing" and scene.quotes.around(token) is not None:
        return None  # "It is a good start": who speaks sees what he means
    fits = own or reader.fitting(reader.of_narrator(scene.previous)) | reader.named_beside()
    if not fits and kind in GENDERS:
        fits = reader.fitting(reader.of_narrator(scene.earlier)) | reader.named_before()
    fits |= reader.fitting(_announced(token, scene)) if not own else set()
    return fits.pop() if len(fits) == 1 and UNCLEAR not in fits else None


@dataclass
class _Pronoun:
    """One pronoun, and what can be said of candidates for it."""

    token: Token
    kind: str
    scene: Scene

    @cached_property
    def speaker(self) -> str | None:
        """Whoever speaks the quotation that the pronoun stands in: to himself he is *I*."""
        quote = self.scene.quotes.around(self.token)
        said_by = self.scene.quotes.speakers[quote] if quote is not None else None
        return self.scene.entity(said_by) if said_by is not None else None

    def quoted_person(self) -> str | None:
        """*I* in a quotation is the person who speaks it."""
        id_ = self.speaker
        is_person = id_ is not None and self.scene.cast.entities[id_].type is EntityType.PERSON
        return id_ if is_person else None

    def allows(self, id_: str) -> bool:
        """True if the kind of an entity agrees with the pronoun."""
        type_ = self.scene.cast.entities[id_].type
        if self.kind == "thing":
            return type_ in THINGS and id_ != self.speaker
        return (
            type_ is EntityType.PERSON
            and self.scene.genders.get(id_, self.kind) == self.kind
            and id_ != self.speaker
        )

    def fitting(self, candidates: Iterable[Token]) -> set[str]:
        """Return the entities among `candidates` that fit; UNCLEAR stands for one that has no name."""
        found = (self._of(candidate) for candidate in candidates if candidate != self.token)
        return {id_ for id_ in found if id_ is not None}

    def _of(self, candidate: Token) -> str | None:
        members = conjuncts(candidate)
        ids = [self.scene.entity(member) for member in members]
        named = [id_ for id_ in ids if id_ is not None and self.allows(id_)]
        if len(members) > 1:
            return UNCLEAR if named else None  # Xi and Putin: either could be meant
        if named:
            return named[0]
        return UNCLEAR if ids[0] is None and self._could_be(candidate) else None

    def _could_be(self, noun: Token) -> bool:
        """True if a noun or pronoun without a name could be meant."""
        if noun.tag_ in TAGS:
            return WORDS.get(noun.lower_) == self.kind and not _means_nothing(noun)
        if noun.tag_ not in NOUNS or noun.ent_type_ in TIME:
            return False
        person = is_person(noun)
        if self.kind == "thing":
            return not person
        other = _OTHER[self.kind]
        return person and not any(noun.lower_ in lexicon.words(t, other) for t in ("offices", "kinds"))

    def governing(self) -> str | None:
        """*The court announced it wants ...*: the subject of the clause that governs the pronoun's own."""
        verb = self.token.head
        while verb.dep_ in {"ccomp", "advcl", "xcomp", "conj"} and verb.head != verb:
            verb = verb.head
            own = children(verb, *SUBJECTS)
            if own and own[0].i < self.token.i:
                fits = self.fitting(own[:1])
                return next(iter(fits)) if fits and UNCLEAR not in fits else None
        return None

    def is_alone(self) -> bool:
        """True if at most one person whom the pronoun can mean stands before it in its sentence.

        Whoever is named within the phrase of the last person who is a subject (*Reed's poet Vela Strand*) is
        no other.
        """
        before = range(sentence(self.token)[0], self.token.i)
        named = {i: id_ for i in before if (id_ := self.scene.cast.by_token.get(i)) and self.allows(id_)}
        whole = (s for s in reversed(self.scene.subjects) if s.i in named and s.right_edge.i < self.token.i)
        subject = next(whole, None)
        inside = range(subject.left_edge.i, subject.right_edge.i + 1) if subject is not None else range(0)
        others = {id_ for i, id_ in named.items() if i not in inside}
        return len(others | {named[subject.i]} if subject is not None else others) <= 1

    def named_beside(self) -> set[str]:
        """*The court tried Hale after he confessed*: the people named before a pronoun in its sentence."""
        start = sentence(self.token)[0]
        siblings = {self.scene.entity(s) for s in self.scene.subjects if _is_sibling(s, self.token)}
        return self._named(range(start, self.token.i)) - siblings if self.kind in GENDERS else set()

    def named_before(self) -> set[str]:
        """*Reed left. The charges against Hale stand. He ...*: the people named in the sentence before."""
        end = sentence(self.token)[0]
        if not self.scene.previous or self.token.dep_ not in SUBJECTS:
            return set()  # nothing, or nothing that may be gone back to, stands before
        return self._named(range(sentence(self.token.doc[end - 1])[0], end))

    def _named(self, tokens: range) -> set[str]:
        names = [i for i in tokens if i in self.scene.cast.by_token and self.token.doc[i].dep_ not in INSIDE]
        return {id_ for i in names if self.allows(id_ := self.scene.cast.by_token[i])}

    def of_narrator(self, subjects: Sequence[Token]) -> Sequence[Token]:
        """Return those of the subjects of a sentence before that the pronoun may take up.

        Who speaks means neither himself nor another speaker; who tells the story means what it tells of.
        """
        quotes = self.scene.quotes
        if quotes.around(self.token) is not None:
            return [s for s in subjects if s not in quotes.speakers]
        return [s for s in subjects if quotes.around(s) is None] or subjects


def is_person(noun: Token) -> bool:
    """True for a noun that is a person's (*wife*, *attacker*, *minister*)."""
    return lexicon.is_person(noun.lower_)


def _is_sibling(subject: Token, pronoun: Token) -> bool:
    """A subject and an object of one verb are not the same, unless the object is reflexive."""
    return (
        pronoun.dep_ in {"dobj", "dative"}
        and subject.head == pronoun.head
        and pronoun.lower_ not in REFLEXIVE
    )


def _announced(token: Token, scene: Scene) -> list[Token]:
    """*For his work, Mendez was honoured*: the subject that follows what stands in front of it."""
    top = token
    while top.dep_ != "ROOT" and top.head.dep_ != "ROOT" and top.head != top:
        top = top.head
    if top.dep_ not in {"prep", "advcl"}:
        return []
    return [s for s in scene.subjects if s.head == top.head and s.i > token.i]


def _means_nothing(token: Token) -> bool:
    """*It remains unclear whether ...*, *it is time to go*, *it rained*, *do it*: no thing is meant."""
    if token.lower_ != "it":
        return False
    verb = token.head
    if token.dep_ not in SUBJECTS:
        return token.dep_ == "dobj" and verb.lemma_ in VERBS_OF_NOTHING
    complements = children(verb, "acomp", "attr", "oprd")
    clauses = [*children(verb, "ccomp", "xcomp", "advcl"), *_clauses_of(complements)]
    return (
        bool(complements and clauses)
        or any(c.lemma_ in NO_THINGS for c in complements)
        or verb.lemma_ in WEATHER
        or (token.dep_ == "nsubjpass" and bool(children(verb, "ccomp")))
    )


def _clauses_of(complements: Iterable[Token]) -> Iterable[Token]:
    return (c for a in complements for c in children(a, "ccomp", "xcomp", "relcl"))
