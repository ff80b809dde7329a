"""Who does it: a verb's own subject, or the one it shares with the clause that it hangs on.

28% of agents in news are inherited through coordination, control, participles and relative clauses;
each way is one small rule, named in `Subject.rule`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.text import lexicon
from graph.text.negation import is_hardly_any
from graph.text.tree import (
    FINITE,
    RELATIVE,
    SUBJECTS,
    antecedent,
    child,
    children,
    conjuncts,
    coordinated,
    infinitive,
    is_passive,
    is_verb,
    lemma,
    prepositions,
    stray_subject,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECT_CONTROL = frozenset(
    "promise threaten vow need have find offer show remember end finish prove".split()
)
OBJECT_CONTROL = frozenset(
    "send deploy get hire appoint elect train pay bribe choose select teach recruit lead bring wait"
    " prevail".split()
)
# An infinitive after one of these and its object is what the object does, even if hung on as a purpose.
HIRING = frozenset("pay hire bribe train teach recruit appoint".split())
ACTORS = frozenset(("PERSON", "ORG", "NORP", "GPE"))
BE_FORMS = frozenset("VBD VBP VBZ".split())
MODAL_FORMS = frozenset(("MD",))
GERUND_PREPOSITIONS = frozenset(
    "of for from by in after before without while despite into at on about since upon with to".split()
)
OF_AN_OBJECT = frozenset("accuse suspect convict acquit absolve clear".split())  # accuse X of doing it
NAMING = frozenset("dub call name entitle nickname title".split())
PROFIT = frozenset("earn make gain raise get take receive derive draw".split())  # earn money from doing it
DEEPEST = 12  # steps up the tree; a longer chain is a broken parse


@dataclass(frozen=True, slots=True)
class Subject:
    """The head of a subject, and the rule that found it (`own` or how it is shared)."""

    token: Token
    rule: str


def subjects(verb: Token, depth: int = 0) -> list[Subject]:
    """Return the subjects of a verb; for a passive these are its patients. Empty if none is certain."""
    if depth > DEEPEST:
        return []
    own = children(verb, *SUBJECTS)
    if own:
        return _own(own[-1])
    if child(verb, "expl", "csubj", "csubjpass") is not None:
        return []
    shared = SHARED.get(verb.dep_)
    found = shared(verb, depth) if shared else []
    return [Subject(s.token, verb.dep_ if s.rule == "own" else s.rule) for s in found]


def _own(subject: Token) -> list[Subject]:
    if subject.lower_ in RELATIVE and subject.tag_ in {"WDT", "WP", "IN", "DT"}:
        noun = antecedent(subject)
        if noun is not None:
            return [Subject(noun, "relative")]
        return []
    return [Subject(member, "own") for member in conjuncts(subject) if not is_hardly_any(member)]


def _from_conjunct(verb: Token, depth: int) -> list[Subject]:
    """*X denounced Y and accused Z*; *would spiral and was urging* are hardly coordinated: a broken parse."""
    stray = stray_subject(verb)
    if stray is not None:
        return [Subject(stray, "own")]
    first = coordinated(verb)
    mixed = _auxiliary(verb) in BE_FORMS and _auxiliary(first) in MODAL_FORMS
    return subjects(first, depth + 1) if is_verb(first) and not mixed else []


def _auxiliary(verb: Token) -> str:
    found = child(verb, "aux", "auxpass")
    return found.tag_ if found is not None else ""


def _from_control(verb: Token, depth: int) -> list[Subject]:
    """*X plans to visit*, *X urged Y to leave*, *X called on Y to leave*, *X is ready to go*."""
    governor = verb.head
    if not is_verb(governor):
        return subjects(governor.head, depth + 1) if is_verb(governor.head) else []
    if infinitive(verb) and not is_passive(governor) and _is_about_object(governor):
        if (paid := child(governor, "dobj")) is not None and lemma(governor) == "pay" and not _can_do(paid):
            return subjects(governor, depth + 1)  # paid bribes to win it
        objects = children(governor, "dobj") or [
            c for c in children(governor, "dative") if c.tag_ not in {"IN", "TO"}
        ]
        if objects:
            return [Subject(member, "control") for member in conjuncts(objects[0])]
        asked = [head for role, head in prepositions(governor) if role in {"on", "upon", "to", "for"}]
        if asked and governor.lemma_ in {"call", "appeal", "wait", "plead", "press", "prevail"}:
            return [Subject(head, "control") for head in asked]
    return _of_what_is(governor, depth) if infinitive(verb) else subjects(governor, depth + 1)


def _is_about_object(governor: Token) -> bool:
    """*Urged Y to leave*, but not *sold Y to pay Z*, *promised Y to leave*: those are about the subject."""
    name = lemma(governor)
    if name in SUBJECT_CONTROL:
        return False
    known = lexicon.effects("verbs").keys() | lexicon.words("verbs", "requested_by_infinitive")
    return name in known or name in OBJECT_CONTROL


def _of_what_is(governor: Token, depth: int) -> list[Subject]:
    """*X is to visit*: X; *the plan is to visit*: whose plan it is."""
    found = subjects(governor, depth + 1)
    nouns = lexicon.effects("nouns")
    if (
        governor.lemma_ == "be"
        and found
        and found[0].token.lemma_ in nouns
        and child(governor, "acomp") is None
    ):
        return _of_noun(found[0].token, depth)
    return found


def _from_main_clause(verb: Token, depth: int) -> list[Subject]:
    """*X came, offering Y*; an infinitive goes with a noun before it that takes one (*any effort to*).

    Who has a purpose in a passive clause is not its patient (*the town was bombed to stop X*), and what
    follows from one is not its patient's doing (*a truck was hit, killing five*).
    """
    if verb.tag_ in FINITE:
        return []
    noun = governing_noun(verb)
    if noun is not None:
        return _of_noun(noun, depth)
    if not is_verb(verb.head):
        return []
    hired = _hired(verb)
    if hired is not None:
        return [Subject(member, "control") for member in conjuncts(hired)]
    if is_passive(verb.head) and not is_passive(verb) and (infinitive(verb) or _is_result(verb)):
        agents = [pobj for by in children(verb.head, "agent") for pobj in children(by, "pobj")]
        return [Subject(agent, "own") for agent in agents] if infinitive(verb) else []
    named = verb.tag_ == "VBN" and lemma(verb) in NAMING and verb.i > verb.head.i
    objects = [obj for obj in children(verb.head, "dobj") if obj.i < verb.i]
    if named and objects:
        return [Subject(objects[-1], "participle")]  # launched an operation, dubbed X
    return subjects(verb.head, depth + 1)


def _hired(verb: Token) -> Token | None:
    """*Paid doctors to recruit patients*: the doctors; but *paid a fine to avoid a trial*."""
    if not infinitive(verb) or lemma(verb.head) not in HIRING:
        return None
    objects = [obj for obj in children(verb.head, "dobj") if obj.i < verb.i]
    return objects[-1] if objects and (lemma(verb.head) != "pay" or _can_do(objects[-1])) else None


def _can_do(noun: Token) -> bool:
    """True for whoever may do something for money: a name, a person, someone in office."""
    if noun.ent_type_ in ACTORS or noun.tag_ == "PRP":
        return True
    return any(noun.lemma_ in lexicon.words(*key) for key in (("kinds", "person"), ("offices", "offices")))


def _is_result(verb: Token) -> bool:
    """A participle after a comma and after the main clause."""
    return verb.tag_ == "VBG" and verb.i > verb.head.i and verb.doc[verb.left_edge.i - 1].text == ","


def governing_noun(verb: Token) -> Token | None:
    """Return the noun of the main clause that an infinitive belongs to although the parse says otherwise."""
    if not infinitive(verb) or verb.dep_ != "advcl":
        return None
    objects = [obj for obj in children(verb.head, "dobj") if obj.i < verb.i]
    takes = [obj for obj in objects if obj.lemma_ in lexicon.effects("nouns")]
    return takes[-1] if takes else None


def _of_noun(noun: Token, depth: int) -> list[Subject]:
    """Return who a noun's infinitive is about: *China's effort to*, *effort by China to*, *X plans to*."""
    owners = children(noun, "poss") or [
        pobj
        for prep in children(noun, "prep", "agent")
        if prep.lower_ == "by"
        for pobj in children(prep, "pobj")
    ]
    if owners:
        return [Subject(owner, "noun") for owner in conjuncts(owners[0])]
    verb = noun.head
    if (
        noun.dep_ == "dobj"
        and is_verb(verb)
        and verb.lemma_ in {"have", "make", "announce", "abandon", "drop", "take"}
    ):
        return subjects(verb, depth + 1)
    return []


def _from_noun(verb: Token, depth: int) -> list[Subject]:
    """*The man arrested*, *forces holding the city*: the noun itself; an infinitive: whose noun it is."""
    if infinitive(verb):
        return _of_noun(verb.head, depth)
    if _is_unclear_patient(verb):
        return []
    return [Subject(verb.head, "participle")] if verb.tag_ in {"VBG", "VBN", "VBD"} else []


def _is_unclear_patient(verb: Token) -> bool:
    """*A war of attrition centered on it*: the war or attrition, which a bare noun after *of* leaves open."""
    noun = verb.head
    bare = noun.tag_ == "NN" and not noun.ent_type_ and not any(True for _ in noun.lefts)
    return verb.tag_ in {"VBN", "VBD"} and bare and noun.dep_ == "pobj" and noun.head.lower_ == "of"


def _from_preposition(verb: Token, depth: int) -> list[Subject]:
    """*accused X of provoking Y*: the accused; *has no intention of leaving*: who has it."""
    governor = gerund_governor(verb)
    if verb.head.lower_ not in GERUND_PREPOSITIONS:
        return []  # amid sharpening tensions: an adjective
    if not is_verb(governor):
        return _of_noun(governor, depth)
    if controls_object(governor, verb):
        if is_passive(governor):
            return subjects(governor, depth + 1)
        return [Subject(member, "control") for member in conjuncts(children(governor, "dobj")[0])]
    if is_passive(governor) and verb.head.lower_ == "for":
        return []  # used for measuring: who measures is not said
    return subjects(governor, depth + 1)


def gerund_governor(verb: Token) -> Token:
    """Return the word that governs a gerund after a preposition.

    The verb, also where the parse hangs the preposition on its object (*accuse the mayor of selling X*)
    or on an adverb (*instead of selling X*).
    """
    word = verb.head.head
    if word.lower_ == "instead":
        return word.head
    accused = word.dep_ in {"dobj", "nsubjpass"} and is_verb(word.head) and lemma(word.head) in OF_AN_OBJECT
    return word.head if accused and verb.head.lower_ == "of" else word


def controls_object(governor: Token, verb: Token) -> bool:
    """True if a gerund after a preposition is what the object does: *accuse X of*, *keep X from doing it*.

    Not for *earn money from doing it*, *use money for doing it*.
    """
    objects = children(governor, "nsubjpass" if is_passive(governor) else "dobj")
    if not objects or (verb.head.i < objects[0].i and not is_passive(governor)):
        return False
    match verb.head.lower_:
        case "of":
            return lemma(governor) in OF_AN_OBJECT
        case "for" | "with":  # thank X for, charge X with, task X with
            made = lexicon.effects("verbs").get(lemma(governor))
            return made == "claimed" or (made == "requested" and verb.head.lower_ == "with")
        case "from":
            return lemma(governor) not in PROFIT
        case "into":
            return True
    return False


SHARED: dict[str, Callable[[Token, int], list[Subject]]] = {
    "conj": _from_conjunct,
    "xcomp": _from_control,
    "advcl": _from_main_clause,
    "acl": _from_noun,
    "pcomp": _from_preposition,
}
