"""The frame of a verb: who, the words of the relation, and all that hangs on it, as tokens.

What `clauses` reads for the graph must be certain; a frame also takes the subject that is only likely,
for the surface view is for people and scorers who look at the words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.text.clauses import NOT_GAP
from graph.text.governing import is_content
from graph.text.phrases import TIME
from graph.text.subjects import subjects
from graph.text.surface import MANY, Extent, argument, members, phrase
from graph.text.tree import (
    DEEPEST,
    NAMES,
    RELATIVE,
    SUBJECTS,
    antecedent,
    child,
    children,
    coordinated,
    infinitive,
    is_verb,
    left_out,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

PREPOSITIONAL = frozenset(("IN", "TO"))
RELATIVE_TAGS = frozenset(("WDT", "WP", "IN"))
QUESTIONING = frozenset(("WDT", "WP"))
NOT_OBJECT = frozenset(("WP", "WDT", "EX"))
AUXILIARIES = ("aux", "auxpass", "neg", "prt")
SHARING = frozenset(("VB", "VBN", "VBG"))
OWN_SUBJECT = (*SUBJECTS, "expl", "csubj")
SPOKEN_OF = frozenset(("he", "she", "they", "it"))
OF_NOUN = frozenset(("acl", "relcl"))
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

    @property
    def core(self) -> tuple[Token, ...]:
        """The words of the relation with its first object or adjective, for what is said beyond these."""
        if self.objects:
            return self.words if self.is_gap else (*self.words, *phrase(self.objects[0], Extent.BARE))
        return (*self.words, *self.adjectives[:1])


def frames(verb: Token) -> Iterator[Frame]:
    """Give the frame of a verb with each of its subjects; none if nobody is likely to be one."""
    objects, is_gap, times = _objects(verb)
    words, adjectives, beyond = relation(verb), children(verb, "acomp", "oprd"), tuple(obliques(verb))
    for actor in actors(verb):
        if actor.tag_ in QUESTIONING or actor == verb:
            continue
        others = tuple(o for o in objects if o != actor)
        yield Frame(
            verb, actor, _subject(verb, actor), words, others, is_gap, tuple(adjectives), beyond, times
        )


def relation(verb: Token, depth: int = 0) -> tuple[Token, ...]:
    """Return the words of a verb's relation: itself, its auxiliaries, and the verbs that govern it."""
    own = (verb, *children(verb, *AUXILIARIES))
    if depth > DEEPEST:
        return own
    if verb.dep_ == "conj":
        return (*own, *_shared_words(verb, depth))
    above = _governing(verb)
    return (*own, *above[1:], *relation(above[0], depth + 1)) if above else own


def _shared_words(verb: Token, depth: int) -> list[Token]:
    """*was arrested and charged*, *wants to sell and buy*: what stands before the first verb of a list."""
    has_own = any(word.i < verb.i for word in children(verb, "aux", "auxpass"))
    if not is_verb(verb.head) or has_own or child(verb, *SUBJECTS) is not None:
        return []
    first = coordinated(verb)
    is_like = verb.tag_ == first.tag_ or verb.tag_ in SHARING
    return [word for word in relation(first, depth + 1) if word.i < first.i] if is_like else []


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
        if left_out(preposition) or not _is_preposition(preposition):
            continue
        chain = [preposition]
        while child(chain[-1], "pobj") is None:
            inner = child(chain[-1], "prep", "pcomp")
            if inner is None or inner.tag_ not in PREPOSITIONAL:
                break
            chain.append(inner)
        for found in children(chain[-1], "pobj", "pcomp"):
            yield Oblique(tuple(chain), found)


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
    heads = said or [obj for obj in named if obj not in late]
    if heads:
        return [member for head in heads for member in members(head)], False, times
    return _gap(verb, [obj for obj in direct if is_relative(obj)]), True, times


def _gap(verb: Token, pronouns: list[Token]) -> list[Token]:
    """*The ship that Hale sold*, *the ship Hale sold*: the noun that is the object of its own clause."""
    found = [noun for pronoun in pronouns if (noun := antecedent(pronoun)) is not None]
    if found or verb.dep_ != "relcl" or child(verb, "nsubj") is None:
        return found
    asked = any(word.lower_ in RELATIVE or word.tag_ == "WRB" for word in verb.subtree if word.i < verb.i)
    stranded = any(word.dep_ == "prep" and word.n_lefts + word.n_rights == 0 for word in verb.children)
    filled = stranded or child(verb, *NO_GAP) is not None
    about = is_content(verb) or verb.head.lemma_ in NOT_GAP  # the claim that he fell; the day he fell
    return [] if asked or filled or about else [verb.head]


def actors(verb: Token) -> list[Token]:
    """Return the heads of a verb's subjects: certain ones, or those of the clause it hangs on.

    A long list of subjects is one, told by its first member.
    """
    for _ in range(DEEPEST):
        found = [subject.token for subject in subjects(verb)]
        if found or child(verb, *OWN_SUBJECT) is not None:
            return found if len(found) <= MANY else found[:1]
        above = _sharing(verb)
        if above is None:
            break
        verb = above
    return []


def _sharing(verb: Token) -> Token | None:
    """Return the verb whose subject this one most likely shares, or None."""
    if verb.dep_ == "conj" and is_verb(verb.head):
        return verb.head
    is_participle = verb.dep_ == "advcl" and verb.tag_ in {"VBG", "VBN"}
    is_purpose = verb.dep_ in {"advcl", "xcomp", "acl"} and infinitive(verb)
    if not is_participle and not is_purpose and verb.dep_ != "pcomp":
        return None
    above = verb.head
    for _ in range(DEEPEST):
        if is_verb(above) or above.head == above:
            break
        above = above.head
    return above if is_verb(above) and above != verb else None


def _subject(verb: Token, actor: Token) -> str:
    """Return the words of a subject; *Hale said he would go*: those of Hale, whom *he* must mean."""
    if actor.tag_ == "PRP" and actor.lower_ in SPOKEN_OF and verb.dep_ == "ccomp" and is_verb(verb.head):
        speakers = actors(verb.head)
        if len(speakers) == 1 and speakers[0].tag_ != "PRP":
            return argument(speakers[0])
    top = _counted(verb, actor)
    extent = Extent.OF if top.tag_ in NAMES else Extent.WHOLE
    return argument(top, extent, without=_own_clause(verb, actor))


def _own_clause(verb: Token, actor: Token) -> frozenset[int]:
    """*The man arrested and charged*: the participle hangs on its subject, but is no part of it."""
    first = verb.head if verb.dep_ == "conj" and verb.head.dep_ == "acl" else verb
    is_inside = first.dep_ in OF_NOUN and first.head == actor
    return frozenset((first.i,)) if is_inside else frozenset()


def _counted(verb: Token, actor: Token) -> Token:
    """*A fleet of ships that sail*: the fleet sails, where a clause was hung on a bare noun after *of*."""
    is_inside = verb.dep_ in OF_NOUN and verb.head == actor and actor.dep_ == "pobj"
    if not is_inside or actor.head.lower_ != "of" or child(actor, "det", "poss") is not None:
        return actor
    above = actor.head.head
    return above if above.dep_ != "pobj" and above.tag_ in {"NN", "NNS"} else actor
