"""Where one clause ends and the next begins, in trees that give a clause two subjects or none.

A verb with a tense has one subject, and of a noun's dependents it has none: where a parse says otherwise,
the words about the border of the two clauses tell which of them is to be moved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.text import lexicon
from graph.text.tree import FINITE, NAMES, NOUNS, RELATIVE, SUBJECTS, TIME, child, children, is_verb, lemma

if TYPE_CHECKING:
    from graph.text.tokens import Token

BEFORE_VERB = frozenset(("aux", "auxpass", "neg", "advmod"))
ITSELF = frozenset("itself himself herself themselves each both all".split())
OF_TWO = frozenset("give offer award grant deny owe send pay consider call name deem think find".split())
PARTICIPLES = frozenset("mean entitle call name dub know base title".split())  # hardly without a subject
CUTS = frozenset((",", "-", "–", "—", "--"))
DEEPEST = 12  # steps up the tree; a longer chain is a broken parse


def is_tensed(verb: Token) -> bool:
    """True for a verb form with a tense, its own or its auxiliary's."""
    return is_verb(verb) and (
        verb.tag_ in FINITE
        or any(c.tag_ in FINITE and c.i < verb.i for c in children(verb, "aux", "auxpass"))
    )


def lacks_subject(verb: Token) -> bool:
    """True for a verb with a tense to which the parse gives no subject at all."""
    if not is_tensed(verb) or child(verb, *SUBJECTS, "expl", "csubj", "csubjpass") is not None:
        return False
    return not any(child(aux, *SUBJECTS, "expl") for aux in children(verb, "aux", "auxpass"))


def group_start(verb: Token) -> int:
    """Return where a verb and the auxiliaries and adverbs right before it begin."""
    start = verb.i
    while start and verb.doc[start - 1].head == verb and verb.doc[start - 1].dep_ in BEFORE_VERB:
        start -= 1
    return start


def crown(verb: Token, old: Token) -> None:
    """Put a verb in the place of the word that was the head of its clause."""
    if old.head == old:
        verb.hang(verb, "ROOT")
        verb.children = [c for c in verb.children if c is not verb]
    else:
        verb.hang(old.head, old.dep_)


def bare_preposition(noun: Token) -> Token | None:
    """Return the preposition right before a noun phrase, if the parse gives it no object."""
    before = noun.doc[noun.left_edge.i - 1] if noun.left_edge.i else None
    bare = before is not None and before.dep_ in {"prep", "agent"} and before.tag_ in {"IN", "TO"}
    return before if bare and before is not None and not before.children else None


def second_subject(noun: Token) -> bool:
    """*Rescuers, some with ropes, came*, *one boy and two men were found*: no verb has two subjects."""
    verb = noun.head
    before = [c for c in children(verb, *SUBJECTS) if c.i < noun.i]
    if not before or not is_verb(verb) or noun.i > verb.i:
        return False
    first = before[-1]
    return (
        _of_relative(first, noun, verb)
        or _joined(first, noun)
        or _told(first, noun, verb)
        or _beside(first, noun, verb)
    )


def _of_relative(first: Token, noun: Token, verb: Token) -> bool:
    """*Men who Vale considers spies*, *a vote which he claims will help*: the pronoun is another's."""
    if first.lower_ not in RELATIVE or first.tag_ not in {"WDT", "WP"}:
        return False
    bare = bare_preposition(noun)
    if bare is not None or noun.lower_ in ITSELF:
        noun.hang(bare or verb, "npadvmod" if bare is None else "pobj")  # which in one case came
        return True
    if first.doc[first.i + 1].text in CUTS or verb.tag_ == "MD":
        return False  # which, he said, came
    lower = [c for c in verb.rights if is_verb(c) and c.dep_ != "conj" and lacks_subject(c)]
    wanted = next((c for c in children(verb, "xcomp") if child(c, "dobj", "ccomp") is None), None)
    if lower:
        lower[0].hang(verb, "ccomp")
        first.hang(lower[0], "nsubj")
    elif lemma(verb) in lexicon.words("verbs", "speech"):
        return False  # which he claims works: no one claims a noun
    elif child(verb, "ccomp", "dobj") is None or lemma(verb) in OF_TWO:
        first.hang(wanted or verb, "dobj")
    else:
        return False
    return True


def _joined(first: Token, noun: Token) -> bool:
    """*One soldier and at least six guards were killed*: both."""
    cc = noun.doc[noun.left_edge.i - 1]
    if cc.tag_ != "CC" or cc.lower_ not in {"and", "or"} or first.ent_type_ in TIME:
        return False
    verb = noun.head
    tense = next((c for c in children(verb, "aux", "auxpass") if c.tag_ in FINITE), verb)
    if cc.lower_ == "and" and (tense.tag_ == "VBZ" or tense.lower_ == "was"):
        return False
    between = cc.i - first.right_edge.i
    if between not in {1, 2} or any(t.dep_ == "conj" and is_tensed(t) for t in first.subtree):
        return False
    cc.hang(first, "cc")
    noun.hang(first, "conj")
    return True


def _told(first: Token, noun: Token, verb: Token) -> bool:
    """*The service said on Friday the girl was ill*: a verb was taken for a participle of its subject."""
    said = next((c for c in children(first, "acl") if first.i < c.i < noun.i), None)
    if said is None or said.tag_ not in {"VBD", "VBN"} or said.right_edge.i >= noun.left_edge.i:
        return False
    speaks = lemma(said) in lexicon.words("verbs", "speech") and child(said, "agent", "oprd") is None
    if not speaks or noun.doc[noun.left_edge.i - 1].text in CUTS:
        return False
    crown(said, verb)
    verb.hang(said, "ccomp")
    first.hang(said, "nsubj")
    return True


def _beside(first: Token, noun: Token, verb: Token) -> bool:
    """*Rescuers, some with ropes, came*, *the group Vale came*: one that says of the other what it is."""
    start, end = noun.left_edge.i, noun.right_edge.i + 1
    doc = noun.doc
    if first.ent_type_ in TIME or any(t.i >= start and not t.is_punct for t in first.subtree):
        return False
    named = noun.tag_ in NAMES or bool(noun.ent_type_)
    if child(noun, "conj") is not None or first.tag_ == "CD":
        return False  # the leaders Vale and Hale came; one of them, Vale, came
    if doc[start - 1].text in CUTS and doc[end].text in CUTS and end < verb.i:
        place = noun.ent_type_ in {"GPE", "LOC"}
        if place:
            return False
        noun.hang(first, "appos" if named or first.ent_type_ else "dep")
        return True
    last = doc[start - 1]
    if last.tag_ in {"NN", "NNS"} and not last.ent_type_ and noun.tag_ in NAMES and last == first.right_edge:
        person = noun.ent_type_ == "PERSON" and last != first and not lexicon.is_person(last.lemma_)
        told = last.lemma_ in lexicon.words("verbs", "speech")  # the chiefs report Oslo fires missiles
        near = (*verb.rights, verb.head)
        if person or told or any(lacks_subject(t) for t in near if t.dep_ != "conj"):
            return False  # the plan Vale made failed
        noun.hang(last, "appos")
        return True
    return False


def reduced_relative(verb: Token) -> bool:
    """*Said men wanted in Oslo have fled*: the bare participle belongs to the subject of the tense."""
    said = verb.head
    start = group_start(verb)
    if not lacks_subject(verb) or start < 2:
        return False
    before = [c for c in children(said, "ccomp") if c.i < verb.i]
    part = before[-1] if before else None
    if part is None or part.tag_ not in {"VBN", "VBD"} or child(part, "aux", "auxpass") is not None:
        return False
    own = children(part, *SUBJECTS)
    if len(own) != 1 or own[0].tag_ not in NOUNS or child(part, "dobj", "attr", "acomp") is not None:
        return False
    plain = verb.tag_ == "VBD" and child(verb, "aux", "auxpass") is None
    if (plain and part.tag_ == "VBD" and verb.lemma_ != "be") or part.lemma_ == "be":
        return False  # which of the two has the tense nobody can tell
    end = part.right_edge.i + 1
    if end != start and not (end == start - 1 and verb.doc[end].text in CUTS):
        return False
    for mark in children(part, "mark"):
        mark.hang(verb, "mark")
    own[0].hang(verb, "nsubj")
    part.hang(own[0], "acl")
    return True


def behind_conjunction(verb: Token) -> bool:
    """*It praised Oslo and men from Vale were freed*: what stands between *and* and a verb is its subject."""
    if verb.dep_ != "conj" or not lacks_subject(verb) or not is_verb(verb.head):
        return False
    start = group_start(verb)
    if start < 2 or verb.doc[start - 1].tag_ == "CC" or start <= verb.head.i or lemma(verb) in PARTICIPLES:
        return False
    end = start - 1 if verb.doc[start - 1].text in CUTS else start
    word = verb.doc[end - 1]
    for _ in range(DEEPEST):
        if word.dep_ == "conj" or word.head == word or word.i <= verb.head.i:
            break
        word = word.head
    cc = verb.doc[word.left_edge.i - 1]
    if word.dep_ != "conj" or word.tag_ not in {*NOUNS, "PRP", "CD"} or cc.tag_ != "CC" or word.head == verb:
        return False
    if word.right_edge.i != end - 1 or not verb.head.i < word.head.i < word.i:
        return False
    if end != start and child(word, "relcl", "acl", "appos") is None:
        return False
    above = word.head
    if above.dep_ == "conj" and above.tag_ in NOUNS:
        if verb.doc[above.left_edge.i - 1].lower_ != "but":
            return False
        word = above
    verb.doc[word.left_edge.i - 1].hang(verb.head, "cc")
    word.hang(verb, "nsubj")
    return True


def behind_comma(verb: Token) -> bool:
    """*In talks on Oslo, Vale and Hale failed*: the subject that was joined to what introduces it."""
    start = group_start(verb)
    if not lacks_subject(verb) or verb.dep_ == "conj" or child(verb, "attr", "expl") is not None:
        return False
    end = start - 1 if start and verb.doc[start - 1].text in CUTS else start
    first = verb.doc.sentences[verb.i][0]
    found = _cut_off(verb, first, end)
    if end != start:
        up = found is not None and found.dep_ == "appos" and _is_cut_off(found.head, first, end)
        found = found.head if found is not None and up else None
    if found is None or found.tag_ not in NOUNS or found.ent_type_ in TIME:
        return False
    found.hang(verb, "nsubj")
    return True


def _cut_off(verb: Token, first: int, end: int) -> Token | None:
    """Return the head of the phrase between the last comma and `end`, or of the list that ends there."""
    word = verb.doc[end - 1] if end > first else verb
    for _ in range(DEEPEST):
        if word in (word.head, verb):
            return None
        if _is_cut_off(word, first, end):
            break
        word = word.head
    else:
        return None
    listed = child(word, "cc") is not None
    while listed and word.dep_ == "conj" and _is_cut_off(word.head, first, end):
        word = word.head
    return word


def _is_cut_off(word: Token, first: int, end: int) -> bool:
    edge = word.left_edge.i
    near = word.right_edge.i == end - 1 and word.head.i < edge
    return near and edge > first and word.doc[edge - 1].text == "," and word.dep_ in {"conj", "appos"}
