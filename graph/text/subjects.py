"""Who does it: a verb's own subject, or the one it shares with the clause that it hangs on.

28% of agents in news are inherited through coordination, control, participles and relative clauses;
each way is one small rule, named in `Subject.rule`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.text import doers, lexicon, misread
from graph.text.control import CALLING, PUNISHING, controls_object, gerund_governor, hired, is_about_object
from graph.text.memory import remembered
from graph.text.negation import is_half_denied, is_hardly_any
from graph.text.participles import (
    IDENTIFYING,
    is_as,
    is_behind_noun,
    is_result,
    is_unclear_patient,
    says,
)
from graph.text.tree import (
    FINITE,
    KNOWN_FOR,
    NAMING,
    NOUNS,
    PERSONAL,
    RELATIVE,
    SUBJECTS,
    TIME,
    antecedent,
    child,
    children,
    conjuncts,
    coordinated,
    infinitive,
    is_headline,
    is_passive,
    is_verb,
    left_out,
    lemma,
    prepositions,
    stray_subject,
)

if TYPE_CHECKING:
    from graph.text.tokens import Token

AIMS = frozenset("purpose goal aim objective point idea mission".split())
DOING = frozenset("time trouble experience difficulty luck".split())  # her first time selling it
MEANS = frozenset("use employ exploit utilize utilise".split())
BE_FORMS = frozenset("VBD VBP VBZ".split())
GERUND_PREPOSITIONS = frozenset(
    "of for from by in after before without while despite into at on about since upon with to".split()
)
FARTHEST_WHO = 3  # nouns from the pronoun up to who is meant
DEEPEST = 12  # steps up the tree; a longer chain is a broken parse


@dataclass(frozen=True, slots=True)
class Subject:
    """The head of a subject, and the rule that found it (`own` or how it is shared)."""

    token: Token
    rule: str


@remembered
def subjects(verb: Token, depth: int = 0) -> list[Subject]:
    """Return the subjects of a verb; for a passive these are its patients. Empty if none is certain."""
    if depth > DEEPEST or misread.is_no_report(verb) or is_half_denied(verb):
        return []
    own = children(verb, *SUBJECTS) or misread.of_auxiliary(verb)
    if own and not (own[-1].ent_type_ in TIME and verb.dep_ == "conj"):  # and last year became mayor
        return _own(own[0] if misread.place_behind_name(own) else own[-1])
    if child(verb, "expl", "csubj", "csubjpass") is not None or misread.is_no_clause(verb):
        return []
    shared = SHARED.get(verb.dep_)
    found = shared(verb, depth) if shared else []
    return [Subject(s.token, verb.dep_ if s.rule == "own" else s.rule) for s in found]


def _own(subject: Token) -> list[Subject]:
    if subject.lower_ in RELATIVE and subject.tag_ in {"WDT", "WP", "IN", "DT"}:
        noun = _who(antecedent(subject), subject)
        return [Subject(noun, "relative")] if noun is not None else []
    who = [member for member in conjuncts(subject) if not left_out(member) and not is_hardly_any(member)]
    return [Subject(member, "own") for member in who]


def _who(noun: Token | None, pronoun: Token) -> Token | None:
    """*Reporters from around the world, who*: the reporters, since no place is a who."""
    places = lexicon.words("kinds", "place")
    for _ in range(FARTHEST_WHO):
        if noun is None or pronoun.lower_ not in PERSONAL or noun.lemma_.lower() not in places:
            break
        above = noun.head.head if noun.dep_ == "pobj" else noun
        if above.tag_ not in NOUNS:
            break
        noun = above
    return noun


def _from_conjunct(verb: Token, depth: int) -> list[Subject]:
    """*X denounced Y and accused Z*; *would spiral and was urging* are hardly coordinated: a broken parse."""
    stray = stray_subject(verb)
    if stray is not None:
        return [Subject(stray, "own")]
    first = coordinated(verb)
    own = children(first, *SUBJECTS)
    if len(own) > 1 and child(first, "cc") is None and any(t.tag_ == "WP$" for t in own[-1].subtree):
        return _own(own[0])  # X, whose son met Y, sold Z: the relative clause was taken for the main one
    mixed = _auxiliary(verb) in BE_FORMS and _auxiliary(first) == "MD"
    return subjects(first, depth + 1) if is_verb(first) and not mixed else []


def _auxiliary(verb: Token) -> str:
    found = child(verb, "aux", "auxpass")
    return found.tag_ if found is not None else ""


def _from_control(verb: Token, depth: int) -> list[Subject]:
    """*X plans to visit*, *X urged Y to leave*, *X called on Y to leave*, *X is ready to go*."""
    governor = verb.head
    if is_headline(verb):
        return [Subject(governor, "own")]
    if not is_verb(governor):
        return _of_adjective(governor, depth)
    if infinitive(verb) and not is_passive(governor) and is_about_object(governor):
        objects = children(governor, "dobj") or [
            c for c in children(governor, "dative") if c.tag_ not in {"IN", "TO"}
        ]
        objects = [obj for obj in objects if obj.i < verb.i]
        if objects:
            return [Subject(member, "control") for member in conjuncts(objects[0])]
        asked = [head for role, head in prepositions(governor) if role in {"on", "upon", "to", "for"}]
        if asked and governor.lemma_ in {"call", "appeal", "wait", "plead", "press", "prevail"}:
            return [Subject(head, "control") for head in asked]
    by = [pobj for agent in children(governor, "agent") for pobj in children(agent, "pobj")]
    if by and infinitive(verb) and lemma(governor) in MEANS:
        return [Subject(by[0], "control")]  # a badge was used by Hale to get in
    found = _of_what_is(governor, depth) if infinitive(verb) else subjects(governor, depth + 1)
    used = is_passive(governor) and lemma(governor) in MEANS  # a child was used to get in: by whom?
    return [] if used and any(lexicon.is_person(who.token.lemma_) for who in found) else found


def _of_adjective(adjective: Token, depth: int) -> list[Subject]:
    """*X is ready to go*: X; *X made Y ready to go*: Y."""
    verb = adjective.head
    if not is_verb(verb):
        return []
    made = children(adjective, *SUBJECTS) or (children(verb, "dobj") if adjective.dep_ == "oprd" else [])
    if made:
        return [Subject(member, "control") for member in conjuncts(made[0])]
    return subjects(verb, depth + 1)


def _of_what_is(governor: Token, depth: int) -> list[Subject]:
    """*X is to visit*: X; *the plan is to visit*: whose plan it is."""
    found = subjects(governor, depth + 1)
    nouns = lexicon.effects("nouns").keys() | AIMS
    named = governor.lemma_ == "be" and found and found[0].token.lemma_ in nouns
    if named and child(governor, "acomp") is None:
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
    doing = hired(verb) or misread.absolute_subject(verb)
    if doing is not None:
        return [Subject(member, "control") for member in conjuncts(doing)]
    if is_passive(verb.head) and not is_passive(verb) and (infinitive(verb) or is_result(verb)):
        agents = [pobj for by in children(verb.head, "agent") for pobj in children(by, "pobj")]
        return [Subject(agent, "own") for agent in agents] if infinitive(verb) else []
    if verb.tag_ == "VBN" and (lemma(verb) == "follow" or is_as(verb) or is_behind_noun(verb)):
        return []  # a vote in May, followed by one in June; as depicted in the image
    named = verb.tag_ == "VBN" and lemma(verb) in (NAMING | IDENTIFYING) and verb.i > verb.head.i
    objects = [obj for obj in children(verb.head, "dobj") if obj.i < verb.i]
    if named and objects:
        return [Subject(objects[-1], "participle")]  # launched an operation, dubbed X
    return subjects(misread.relative_above(verb) or verb.head, depth + 1)


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
    if infinitive(verb) or (verb.tag_ == "VBG" and verb.head.lemma_ in DOING):
        return _of_noun(verb.head, depth) or _of_doer(doers.of_infinitive(verb), depth)
    person = misread.nearest_person(verb)
    if person is not None:
        return [Subject(person, "participle")]
    unsure = is_unclear_patient(verb) or says(verb) or misread.is_across_verb(verb)
    if unsure or verb.head.ent_type_ in TIME:
        return []
    return [Subject(verb.head, "participle")] if verb.tag_ in {"VBG", "VBN", "VBD"} else []


def _from_relative(verb: Token, depth: int) -> list[Subject]:
    """*The first port to close*: what such an infinitive says, where it was taken for a relative clause."""
    return _of_doer(doers.of_infinitive(verb), depth)


def _of_doer(doer: Token | None, depth: int) -> list[Subject]:
    if doer is not None and is_verb(doer):
        return subjects(doer, depth + 1)
    return [Subject(member, "noun") for member in conjuncts(doer)] if doer is not None else []


def _from_preposition(verb: Token, depth: int) -> list[Subject]:
    """*accused X of provoking Y*: the accused; *has no intention of leaving*: who has it."""
    governor = gerund_governor(verb)
    doer = doers.of_gerund(verb)
    if doer is not None:
        return _of_doer(doer, depth)
    if verb.head.lower_ not in GERUND_PREPOSITIONS or verb.head.dep_ == "agent":
        return []  # amid sharpening tensions: an adjective
    if governor.lower_ == "guilty":  # was found guilty of it; the jury found X guilty of it
        return subjects(governor if children(governor, *SUBJECTS) else governor.head, depth + 1)
    if not is_verb(governor):
        return _of_noun(governor, depth)
    if controls_object(governor, verb):
        if is_passive(governor):
            return subjects(governor, depth + 1)
        return [Subject(member, "control") for member in conjuncts(children(governor, "dobj")[0])]
    asked = verb.head.lower_ == "for" and lemma(governor) in CALLING
    known = governor.lemma_ in KNOWN_FOR or lemma(governor) in PUNISHING
    if asked or (is_passive(governor) and verb.head.lower_ == "for" and not known):
        return []  # called for closing it, used for measuring: who is to do it is not said
    return subjects(governor, depth + 1)


def _from_saying(verb: Token, depth: int) -> list[Subject]:
    """*The port confirmed ten sailors died*, *sailors it says died*: the sailors."""
    found = (misread.subject_as_object(verb) or misread.told_of(verb)) if depth <= DEEPEST else None
    return [Subject(member, "own") for member in conjuncts(found)] if found is not None else []


SHARED: dict[str, Callable[[Token, int], list[Subject]]] = {
    "conj": _from_conjunct,
    "ccomp": _from_saying,
    "xcomp": _from_control,
    "advcl": _from_main_clause,
    "acl": _from_noun,
    "relcl": _from_relative,
    "pcomp": _from_preposition,
}
