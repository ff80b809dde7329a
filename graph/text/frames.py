"""The frame of a verb: who, the words of the relation, and all that hangs on it, as tokens.

What `clauses` reads for the graph must be certain; a frame also takes the subject that is only likely,
for the surface view is for people and scorers who look at the words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.text import lexicon
from graph.text.actors import actors, stray_year, subject_text
from graph.text.governing import is_content
from graph.text.objects import NOT_GAP
from graph.text.subjects import subjects
from graph.text.surface import CONNECTIVES, Extent, members, phrase
from graph.text.tree import (
    DEEPEST,
    RELATIVE,
    SUBJECTS,
    TIME,
    antecedent,
    child,
    children,
    coordinated,
    infinitive,
    is_passive,
    is_verb,
    left_out,
)

if TYPE_CHECKING:
    from graph.text.tokens import Token

PREPOSITIONAL = frozenset(("IN", "TO"))
SOURCES = frozenset(("according",))  # who told it, not what was done
AFTER_HALF = frozenset("of to with for from".split())
RELATIVE_TAGS = frozenset(("WDT", "WP", "IN"))
NO_ACTOR = frozenset(("WDT", "WP", "WP$", "PRP$"))
NOT_OBJECT = frozenset(("WP", "WDT", "EX"))
AUXILIARIES = ("aux", "auxpass", "neg", "prt")
LINKS = frozenset(("cc", "conj"))
NO_GAP = frozenset(("dobj", "ccomp", "xcomp", "pcomp", "attr"))


@dataclass(frozen=True, slots=True)
class Oblique:
    """A prepositional phrase: its prepositions (*out of* are two) and the head of its object."""

    prepositions: tuple[Token, ...]
    object: Token

    @property
    def is_clause(self) -> bool:
        """True for *after selling the ship*."""
        return self.object.dep_ == "pcomp"


@dataclass(frozen=True, slots=True)
class Frame:
    """A verb with one of its subjects.

    `words` are those of the relation, `objects` the heads of the objects one by one, what a copula says
    included; if `is_gap`, the object is the noun that the clause hangs on (*the ship that Hale sold*).
    `found` is how the subject was found: a rule of `subjects`, or `likely`.
    """

    verb: Token
    actor: Token
    subject: str
    words: tuple[Token, ...]
    objects: tuple[Token, ...]
    is_gap: bool
    adjectives: tuple[Token, ...]
    obliques: tuple[Oblique, ...]
    times: tuple[Token, ...]
    found: str = "own"

    @property
    def core(self) -> tuple[Token, ...]:
        """The words of the relation with its first object or adjective, for what is said beyond these.

        An *of* goes with its noun: *sold a share of it to Vale* is no *sold a share to Vale*.
        """
        if self.objects:
            return self.words if self.is_gap else (*self.words, *phrase(self.objects[0], Extent.OF))
        return (*self.words, *self.adjectives[:1])


def frames(verb: Token) -> Iterator[Frame]:
    """Give the frame of a verb with each of its subjects; none if nobody is likely to be one."""
    objects, is_gap, times = _objects(verb)
    adjectives, beyond = children(verb, "acomp", "oprd"), tuple(obliques(verb))
    doers = actors(verb)
    words = (*_leading(verb, doers), *relation(verb))
    known = {subject.token.i: subject.rule for subject in subjects(verb)}
    for actor in doers:
        if actor.tag_ in NO_ACTOR or actor == verb:
            continue
        others = tuple(o for o in objects if o != actor)
        found = "own" if actor.head == verb else known.get(actor.i, "likely")
        subject = subject_text(verb, actor)
        yield Frame(verb, actor, subject, words, others, is_gap, tuple(adjectives), beyond, times, found)


def relation(verb: Token, depth: int = 0) -> tuple[Token, ...]:
    """Return the words of a verb's relation: itself, its auxiliaries, and the verbs that govern it."""
    own = (verb, *children(verb, *AUXILIARIES), *_adverbs(verb))
    if depth > DEEPEST:
        return own
    if verb.dep_ == "conj":
        return (*own, *_shared_words(verb, depth))
    above = _governing(verb)
    return (*own, *above[1:], *relation(above[0], depth + 1)) if above else own


def _adverbs(verb: Token) -> list[Token]:
    """*has quietly sold*: the adverb right before the verb."""
    before = verb.doc[verb.i - 1] if verb.i else verb
    is_adverb = before.dep_ == "advmod" and before.tag_ == "RB" and before.head == verb
    return [before] if is_adverb and before.n_lefts == 0 else []


def _shared_words(verb: Token, depth: int) -> list[Token]:
    """*was arrested and charged*, *wants to sell and buy*: what stands before the first verb of a list."""
    has_own = any(word.i < verb.i for word in children(verb, "aux", "auxpass"))
    if not is_verb(verb.head) or has_own or child(verb, *SUBJECTS) is not None:
        return []
    first = coordinated(verb)
    shared = relation(first, depth + 1) if verb.tag_ == first.tag_ else ()
    return [word for word in shared if word.i < first.i]


def _leading(verb: Token, doers: list[Token]) -> tuple[Token, ...]:
    """*used gas to disperse*, *backed plans to sell*, *was fined for selling*: the words of the clause above.

    Only where both clauses have the same subjects; else the verb says nothing of the clause above.
    """
    head = verb.head
    between: tuple[Token, ...] = ()
    if verb.dep_ == "pcomp" and child(head.head, "dobj") is None:
        head, between = head.head, (head,)
    elif not infinitive(verb) or child(verb, "mark") is not None:
        return ()
    elif verb.dep_ == "acl" and head.dep_ == "dobj":
        head = head.head
    elif verb.dep_ != "advcl" and (verb.dep_ != "xcomp" or child(head, "dobj") is None):
        return ()
    if not is_verb(head) or head.i > verb.i or not doers or actors(head) != doers:
        return ()
    objects = [word for obj in children(head, "dobj", "attr")[:1] for word in phrase(obj, Extent.BARE)]
    return (*relation(head), *(word for word in objects if word.i < verb.i), *between)


def _governing(verb: Token) -> list[Token]:
    """*wants to sell*, *is ready to sell*: the verb above and what stands between; empty for none."""
    head = verb.head
    if verb.dep_ != "xcomp":
        return []
    if is_verb(head) and child(head, "dobj") is None and child(verb, *SUBJECTS) is None:
        return [head, *children(head, "acomp", "oprd")]
    is_adjective = head.dep_ in {"acomp", "oprd"} and is_verb(head.head)
    return [head.head, head] if is_adjective else []


def obliques(head: Token) -> Iterator[Oblique]:
    """Give the prepositional phrases of a verb, noun or adjective (*out of Oslo* is one)."""
    for preposition in children(head, "prep", "agent", "dative"):
        if left_out(preposition) or not _is_preposition(preposition) or preposition.lower_ in SOURCES:
            continue
        chain = [preposition]
        while more := _chained(chain[-1]):
            chain += more
        year = stray_year(preposition)
        if year is not None:
            yield Oblique((preposition,), year)
        second = next((word for word in children(chain[-1], "prep", "pcomp") if _is_second(word)), None)
        for found in children(chain[-1], "pobj", "pcomp"):
            if found == second:
                continue
            if (chain[-1].lower_, found.lower_) not in CONNECTIVES:
                yield Oblique((*chain, second) if second else tuple(chain), found)


def _is_second(word: Token) -> bool:
    """*because of rain*: the *of* that the parser hung on *because* beside the rain."""
    is_bare = word.n_lefts + word.n_rights == 0
    return is_bare and word.i == word.head.i + 1 and word.tag_ in PREPOSITIONAL


def _chained(preposition: Token) -> list[Token]:
    """*out of X*: what goes on with *out*; *in support of X*: a bare noun that is half a preposition."""
    noun = child(preposition, "pobj")
    if noun is None:
        inner = child(preposition, "prep", "pcomp")
        return [inner] if inner is not None and inner.tag_ in PREPOSITIONAL else []
    after = child(noun, "prep")
    is_bare = noun.i == preposition.i + 1 and noun.tag_ == "NN" and not noun.ent_type_
    is_half = is_bare and after is not None and after.i == noun.i + 1 and after.lower_ in AFTER_HALF
    return [noun, after] if is_half and after is not None and child(noun, "conj") is None else []


def _is_preposition(word: Token) -> bool:
    return word.dep_ != "dative" or word.tag_ in PREPOSITIONAL


def datives(verb: Token) -> list[Token]:
    """*sold Vale a ship*: Vale."""
    return [word for word in children(verb, "dative") if not _is_preposition(word)]


def is_relative(word: Token) -> bool:
    """True for a relative pronoun."""
    return word.lower_ in RELATIVE and word.tag_ in RELATIVE_TAGS


def _objects(verb: Token) -> tuple[list[Token], bool, tuple[Token, ...]]:
    """Return the objects, whether they are the noun that the clause hangs on, and the times."""
    direct = children(verb, "dobj")
    named = [obj for obj in direct if not is_relative(obj)]
    late = [obj for obj in named if obj.ent_type_ in TIME] if len(named) > 1 else []
    times = (*children(verb, "npadvmod"), *late)
    said = [word for word in children(verb, "attr") if word.tag_ not in NOT_OBJECT]
    heads = said or [obj for obj in named if obj not in late] or _of_next(verb)
    if heads:
        return [member for head in heads for member in members(head)], False, times
    return _gap(verb, [obj for obj in direct if is_relative(obj)]), True, times


def _of_next(verb: Token) -> list[Token]:
    """*Hale bought and sold ships*: the ships, of which a verb right before the next has no others."""
    after = child(verb, "conj")
    if after is None or any(word.i > verb.i and word.dep_ not in LINKS for word in verb.children):
        return []
    is_next = all(word.dep_ in {"cc", "advmod"} for word in verb.doc[verb.i + 1 : after.i])
    return children(after, "dobj") if is_next and is_verb(after) and not is_passive(verb) else []


def _gap(verb: Token, pronouns: list[Token]) -> list[Token]:
    """*The ship that Hale sold*, *the ship Hale sold*: the noun that is the object of its own clause."""
    found = [noun for pronoun in pronouns if (noun := antecedent(pronoun)) is not None]
    if found or verb.dep_ != "relcl" or child(verb, "nsubj") is None:
        return found
    before = (word for left in verb.lefts for word in (left, *left.children))
    asked = any(_asks(word) for word in before)
    stranded = any(word.dep_ == "prep" and word.n_lefts + word.n_rights == 0 for word in verb.children)
    filled = stranded or child(verb, *NO_GAP) is not None
    about = _tells(verb) or verb.head.lemma_ in NOT_GAP  # the claim that he fell; the day he fell
    return [] if asked or filled or about else members(verb.head)


def _asks(word: Token) -> bool:
    """True for what fills the gap of its clause; a *that* which only marks it leaves the gap open."""
    return word.tag_ == "WRB" or (word.lower_ in RELATIVE and word.dep_ != "mark")


def _tells(verb: Token) -> bool:
    """*The claim that he fell*: the clause is what is claimed; but nobody claims *the ship that he sold*."""
    is_marked = any(mark.lower_ == "that" for mark in children(verb, "mark"))
    return is_content(verb) and not (is_marked and verb.head.lemma_ not in lexicon.effects("nouns"))
