"""Control: whether a verb's infinitive or gerund is what its object does, or what its subject does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.text import lexicon
from graph.text.tree import (
    ACTORS,
    TIME,
    child,
    children,
    infinitive,
    is_passive,
    is_verb,
    lemma,
    prepositions,
)

if TYPE_CHECKING:
    from graph.text.tokens import Token

SUBJECT_CONTROL = frozenset(
    "promise threaten vow need have find offer show remember end finish prove".split()
)
OBJECT_CONTROL = frozenset(
    "send deploy get hire appoint elect train pay bribe choose select teach recruit lead bring wait clear"
    " prevail cause".split()
)
# An infinitive after one of these and its object is what the object does, even if hung on as a purpose.
HIRING = frozenset("pay hire bribe train teach recruit appoint clear assign deploy dispatch task".split())
DEEPEST = 4  # nouns from the gerund up to the accused
ASKED = frozenset("urge encourage ask order tell choose elect select invite press persuade".split())
DEMANDING = frozenset("demand request require".split())
CAUSING = frozenset("cause force prompt enable allow compel oblige".split())
CALLING = frozenset("call ask appeal press push plead argue".split())
OF_AN_OBJECT = frozenset("accuse suspect convict acquit absolve clear".split())  # accuse X of doing it
ON_COUNTS = frozenset(("charge", "indict"))  # charge X with two counts of doing it
# Who is punished for doing it has done it, or is said to have.
PUNISHING = frozenset(
    "arrest detain fine jail imprison sentence convict punish suspend expel sack fire criticize"
    " criticise".split()
)
JUDGING = OF_AN_OBJECT | ON_COUNTS | PUNISHING
PROFIT = frozenset("earn make gain raise get take receive derive draw".split())  # earn money from doing it


def is_about_object(governor: Token) -> bool:
    """*Urged Y to leave*; but *sold Y to pay Z*, *promised Y to leave*, *paid bribes to win* are not."""
    name = lemma(governor)
    paid = child(governor, "dobj")
    if name in SUBJECT_CONTROL or (name == "pay" and paid is not None and not _can_do(paid)):
        return False
    known = lexicon.effects("verbs").keys() | lexicon.words("verbs", "requested_by_infinitive")
    return name in known or name in OBJECT_CONTROL


def hired(verb: Token) -> Token | None:
    """*Paid doctors to recruit patients*: the doctors; but *paid a fine to avoid a trial*.

    *Demanded of Kestria to leave*, *urged Kestria to leave* and *chose a port to be closed* too, where a
    parser took it for a purpose.
    """
    objects = [obj for obj in children(verb.head, "dobj") if obj.i < verb.i]
    if not objects and infinitive(verb) and lemma(verb.head) in DEMANDING:
        return next((head for role, head in prepositions(verb.head) if role in {"from", "of"}), None)
    if not objects or not infinitive(verb):
        return None
    given = child(verb.head, "dative") or objects[0]
    if lemma(verb.head) == "give" and objects[-1].ent_type_ in TIME and given != objects[-1]:
        return given  # gave Oslo two days to leave
    name = lemma(verb.head)
    if name in CAUSING:
        return objects[-1]  # caused ships in the port to sink
    suffers = is_passive(verb) and not is_passive(verb.head)
    asked = name in lexicon.words("verbs", "requested_by_infinitive") | ASKED or name == "pay"
    willing = asked and _can_do(objects[-1])
    return objects[-1] if suffers or willing or (name in HIRING and name != "pay") else None


def _can_do(noun: Token) -> bool:
    """True for whoever may do something for money: a name, a person, someone in office."""
    return noun.ent_type_ in ACTORS or noun.tag_ == "PRP" or lexicon.is_person(noun.lemma_)


def gerund_governor(verb: Token) -> Token:
    """Return the word that governs a gerund after a preposition.

    The verb, also where the parse hangs the preposition on its object (*accuse the mayor of selling X*)
    or on an adverb (*instead of selling X*).
    """
    word = verb.head.head
    if word.lower_ == "instead":
        return word.head
    if verb.head.lower_ != "of":
        return word
    noun = word
    for _ in range(DEEPEST):  # accused both sides of the conflict of selling X
        if noun.dep_ != "pobj" or noun.head.dep_ != "prep":
            break
        noun = noun.head.head
    accused = noun.dep_ in {"dobj", "nsubjpass"} and is_verb(noun.head) and lemma(noun.head) in OF_AN_OBJECT
    on_counts = is_verb(noun) and lemma(noun) in ON_COUNTS
    return noun.head if accused else noun if on_counts else word


def controls_object(governor: Token, verb: Token) -> bool:
    """True if a gerund after a preposition is what the object does: *accuse X of*, *keep X from doing it*.

    Not for *earn money from doing it*, *use money for doing it*.
    """
    objects = children(governor, "nsubjpass" if is_passive(governor) else "dobj")
    if not objects or (verb.head.i < objects[0].i and not is_passive(governor)):
        return False
    match verb.head.lower_:
        case "of":
            return lemma(governor) in OF_AN_OBJECT | ON_COUNTS
        case "for" | "with":  # thank X for, charge X with, task X with
            made = lexicon.effects("verbs").get(lemma(governor))
            return made == "claimed" or (made == "requested" and verb.head.lower_ == "with")
        case "from":
            return lemma(governor) not in PROFIT
        case "into":
            return True
    return False
