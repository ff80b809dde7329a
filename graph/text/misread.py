"""Shapes that English does not have: where a parse shows one, what it joins there is not believed.

Each is a small question to a tree. Where the right tree is plain the others repair it (`nearest_person`,
`relative_above`); where it is not, the clause is left out, since a wrong edge is worse than a missing one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.text import lexicon
from graph.text.borders import lacks_subject
from graph.text.tree import (
    FINITE,
    NAMES,
    NOUNS,
    RELATIVE,
    SUBJECTS,
    child,
    children,
    infinitive,
    is_passive,
    is_verb,
    lemma,
)

if TYPE_CHECKING:
    from graph.text.tokens import Token

OPENERS = frozenset("start begin result range depend".split())  # starting in 1968; resulting in ten deaths
WITHOUT_DOER = frozenset(
    "include involve entail comprise forbid prohibit ban outlaw bar allow permit".split()
)
HARM = frozenset("kill injure wound destroy damage".split())
COUNTED = frozenset("few dozen hundred thousand million billion couple number many".split())
JOINING = frozenset(", ; : - – — ( ) & and or but nor yet then".split())
MARKS = frozenset(": — –".split())
WRITTEN = frozenset("letter email e-mail statement report memo post message article note bill law".split())
RELATED = ("mark", "advmod", "prep")  # where, of which: what may stand for the noun of a relative clause
DEEPEST = 16  # steps up the tree; a longer chain is a broken parse


def is_no_clause(verb: Token) -> bool:
    """Tell whether a verb without a subject of its own is none that could share another's."""
    shape = _is_asyndetic(verb) or _is_bare(verb) or _is_opener(verb)
    return shape or _is_doing(verb) or _gerund_before(verb) is not None or _is_gerund_subject(verb)


def _is_asyndetic(verb: Token) -> bool:
    """*Reported 908 of them brought gifts*: nothing joins the two verbs, so they are not coordinated."""
    if verb.dep_ != "conj" or not is_verb(verb.head) or verb.head.i > verb.i:
        return False
    between = verb.doc[verb.head.i + 1 : verb.i]
    return len(between) > 0 and not any(t.lower_ in JOINING or t.is_punct or t.tag_ == "CC" for t in between)


def _is_bare(verb: Token) -> bool:
    """*Met the August Unite the Right rally*: a base form with neither *to* nor a modal is no adverbial."""
    if verb.tag_ != "VB" or verb.dep_ != "advcl":
        return False
    return child(verb, "aux", "mark", "auxpass", "neg") is None and not infinitive(verb)


def _is_opener(verb: Token) -> bool:
    """*Starting in 1968, he wrote*; *it slowed, resulting in floods*: when, or what the whole clause did."""
    opens = verb.tag_ == "VBG" and verb.dep_ in {"advcl", "acl"} and lemma(verb) in OPENERS
    return opens and child(verb, "dobj", "xcomp", "ccomp") is None and child(verb, "aux") is None


def _is_doing(verb: Token) -> bool:
    """*The plan includes closing ports*, *saved by closing ports*, *more than said*: by whom is left open."""
    close = verb.dep_ == "advcl" and verb.doc[verb.left_edge.i - 1].text != ","
    if verb.tag_ == "VBG" and verb.i > verb.head.i and (verb.dep_ == "xcomp" or close):
        return lemma(verb.head) in WITHOUT_DOER
    if verb.dep_ == "pcomp":
        return verb.head.lower_ == "by" and is_verb(verb.head.head) and is_passive(verb.head.head)
    return verb.dep_ == "advcl" and any(mark.lower_ == "than" for mark in children(verb, "mark", "prep"))


def _is_gerund_subject(verb: Token) -> bool:
    """*But closing it has been costly*: what is done there is the subject of the verb behind it."""
    if verb.tag_ != "VBG" or verb.dep_ not in {"advcl", "conj"}:
        return False
    behind = verb.doc[verb.right_edge.i + 1 : verb.right_edge.i + 4]
    first = next((t for t in behind if t.tag_ != "RB"), None)
    if first is None or first.tag_ not in FINITE:
        return False
    main = first.head if first.dep_ in {"aux", "auxpass"} else first
    return child(main, *SUBJECTS) is None and _gerund_before(main) == verb


def _gerund_before(verb: Token) -> Token | None:
    """*But closing it has been costly*: the gerund right before a verb in a tense that has no subject."""
    group = [verb, *(c for c in children(verb, "aux", "auxpass", "neg", "advmod") if c.i < verb.i)]
    start = min(t.i for t in group)
    if start < 2 or not any(t.tag_ in FINITE for t in group):
        return None
    word = verb.doc[start - 1]
    for _ in range(DEEPEST):
        if word in (verb, verb.head, word.head) or word.is_punct or word.tag_ == "CC":
            return None
        if word.tag_ == "VBG" and word.dep_ in {"advcl", "conj"}:
            return word if child(word, "aux", "mark", *SUBJECTS) is None else None
        word = word.head
    return None


def subject_as_object(said: Token) -> Token | None:
    """*The port confirmed ten sailors died*: the sailors, where the parse hangs them on the first verb."""
    verb = said.head
    told = is_verb(verb) and lexicon.effects("verbs").get(lemma(verb)) == "claimed"
    if (
        said.dep_ != "ccomp"
        or said.tag_ not in FINITE
        or not told
        or child(said, *SUBJECTS, "expl") is not None
    ):
        return None
    heard = [obj for obj in children(verb, "dobj") if verb.i < obj.i < said.i]
    return heard[-1] if len(heard) == 1 and child(said, "mark") is None and said.i > verb.i else None


def told_of(said: Token) -> Token | None:
    """*A camp the army says is empty*: the camp, of whom the relative clause tells what its verb reports."""
    verb = said.head
    told = said.dep_ == "ccomp" and verb.dep_ == "relcl" and verb.head.tag_ in NOUNS and lacks_subject(said)
    if not told or child(said, "mark") is not None or child(verb, "nsubj") is None:
        return None
    near = said.left_edge.i == verb.i + 1 and child(verb, "dobj", *RELATED) is None
    return verb.head if near else None


def is_no_report(verb: Token) -> bool:
    """*Hale said ships lying there rust*: nobody says a participle, which is a part of the subject."""
    if verb.tag_ != "VBG" or verb.dep_ != "ccomp" or child(verb, "nsubj") is None:
        return False
    told = lexicon.effects("verbs").get(lemma(verb.head)) == "claimed"
    return told and child(verb, "aux", "auxpass") is None


def is_singular_plural(noun: Token) -> bool:
    """*Died as a ferry sinks*: no plural has *a* before it (but *a few ships*), so this is a verb."""
    if noun.tag_ != "NNS" or not any(c.lower_ in {"a", "an"} for c in children(noun, "det")):
        return False
    return not any(c.lower_ in COUNTED or c.tag_ == "CD" or c.ent_type_ for c in noun.lefts)


def is_verb_as_noun(noun: Token) -> bool:
    """*Flight 139 crashes in Oslo*, where the parser took the verb for a noun with a subject."""
    return noun.tag_ in NOUNS and (child(noun, *SUBJECTS) is not None or is_singular_plural(noun))


def is_aside(obj: Token, verb: Token) -> bool:
    """*Has shifted from oil, its main product, to gas*: no comma alone comes between verb and object."""
    first = obj.left_edge.i
    if obj.i < verb.i or obj.dep_ != "dobj" or first <= verb.i:
        return False
    between = verb.doc[verb.i + 1 : first]
    listed = any(other.i < first for other in children(verb, "dobj"))
    if any(t.text in MARKS and t.head == verb for t in between):
        return listed
    commas = [t for t in between if t.text == "," and t.head in (verb, obj)]
    return len(commas) == 1 and commas[0].i == first - 1 and not listed


def of_auxiliary(verb: Token) -> list[Token]:
    """*But Vale had left*: the subject, where the parse hangs it on the auxiliary."""
    return [subject for aux in children(verb, "aux", "auxpass") for subject in children(aux, *SUBJECTS)]


def place_behind_name(own: list[Token]) -> bool:
    """*A leak in Vale, Norvalia, kills ten*: the last part of a place's name is no second subject."""
    if len(own) < 2 or own[-1].ent_type_ != "GPE" or own[-1].i < 2:
        return False
    before = own[-1].doc[own[-1].left_edge.i - 2]
    return own[-1].doc[own[-1].left_edge.i - 1].text == "," and before.ent_type_ == "GPE"


def nearest_person(verb: Token) -> Token | None:
    """*A plea for Hale facing trial*: the person named right before a participle that hangs farther up."""
    before = verb.doc[verb.left_edge.i - 1] if verb.left_edge.i else None
    participle = verb.tag_ in {"VBN", "VBD"} or (verb.tag_ == "VBG" and lemma(verb) not in HARM)
    told = verb.tag_ == "VBG" and verb.head.lemma_ in WRITTEN
    if before is None or before == verb.head or not participle or told:
        return None  # a letter from Hale naming Vale
    named = before.tag_ in NAMES and before.ent_type_ == "PERSON" and before.dep_ in {"pobj", "conj", "dobj"}
    return before if named and before.i > verb.head.i else None


def relative_above(verb: Token) -> Token | None:
    """*Police seek a man who shot at guests, killing two*: the verb of the relative clause, which did it."""
    start = verb.left_edge.i
    if verb.tag_ != "VBG" or lemma(verb) not in HARM or start < 2 or verb.doc[start - 1].text != ",":
        return None
    word = verb.doc[start - 2]
    for _ in range(DEEPEST):
        if word in (verb.head, word.head):
            return None
        if word.dep_ == "relcl":
            subject = child(word, *SUBJECTS)
            return word if subject is not None and subject.lower_ in RELATIVE else None
        word = word.head
    return None


def is_absolute(prep: Token, noun: Token) -> bool:
    """*Eight died, with ten injured*: what goes with it is a clause of its own, not whom they died with."""
    clause = child(noun, "acl")
    after_comma = prep.i > 0 and prep.doc[prep.i - 1].text == ","
    return prep.lower_ == "with" and after_comma and clause is not None and clause.tag_ in {"VBN", "VBG"}


def absolute_subject(verb: Token) -> Token | None:
    """*Kestria has most, with Norvalia, the next, reporting ten*: who reports, not what has most."""
    start = verb.left_edge.i
    if verb.tag_ != "VBG" or verb.dep_ != "advcl" or verb.i < verb.head.i or start == 0:
        return None
    end = start - 1 if verb.doc[start - 1].text == "," else start
    for prep in children(verb.head, "prep"):
        pobj = child(prep, "pobj")
        close = prep.right_edge.i + 1 == end and verb.doc[prep.i - 1].text == ","
        if prep.lower_ == "with" and close and pobj is not None and (end == start or child(pobj, "appos")):
            return pobj
    return None


def is_across_verb(verb: Token) -> bool:
    """*Bison came from a range run by Oslo*: hung on the subject, on the other side of its verb."""
    noun = verb.head
    return noun.dep_ in SUBJECTS and noun.i < noun.head.i < verb.i and is_verb(noun.head)
