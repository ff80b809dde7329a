"""Small questions to a dependency parse (ClearNLP labels), used by every rule."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.text.tokens import Doc, Token

VERB_TAGS = frozenset("VB VBD VBG VBN VBP VBZ MD".split())
PERSONAL = frozenset(("who", "whom"))
TIME = frozenset(("DATE", "TIME"))
ACTORS = frozenset(("PERSON", "ORG", "GPE", "NORP"))  # kinds of names that do things
PLACES = frozenset(("GPE", "LOC", "FAC"))
NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
RELATIVE = frozenset("which who whom that whose".split())
SUBJECTS = ("nsubj", "nsubjpass")
NOT_PREDICATES = frozenset(
    ("aux", "auxpass", "amod", "compound", "det", "case", "mark", "punct", "prep", "nmod")
)
NAMES = frozenset(("NNP", "NNPS"))
COMPOUND = frozenset(
    ("in front of", "in favor of", "in favour of", "on behalf of", "with regard to", "with respect to")
)
FINITE = frozenset("VBD VBP VBZ MD".split())
CLAUSAL = frozenset("VB VBD VBN VBP VBZ".split())
DOUBLED = re.compile(r"([bdgklmnprtz])\1e$")
STEM = re.compile(r"^[^aeiou]+[aeiou][bdgmnprt]$")
NAMING = frozenset("dub call name entitle nickname title".split())
KNOWN_FOR = frozenset("know note remember praise blame celebrate".split())  # known for doing it
NOT_ONLY = frozenset(("only", "just", "merely", "simply"))
BEFORE_VERB = frozenset(("aux", "auxpass", "neg", "advmod"))
SLOTS = {
    "ORTH": "text", "LOWER": "lower_", "LEMMA": "lemma_",
    "TAG": "tag_", "DEP": "dep_", "ENT_TYPE": "ent_type_",
}  # fmt: skip
FARTHEST = 5  # words from a subject to its verb, both of one simple clause
DEEPEST = 16  # steps up the tree; a longer chain is a broken parse


def children(token: Token, *deps: str) -> list[Token]:
    """Return the children of `token` that have one of the labels, in order."""
    found = []  # a loop, not a comprehension: this is asked more than anything else
    for member in token.children:
        if member.dep_ in deps:
            found.append(member)
    return found


def child(token: Token, *deps: str) -> Token | None:
    """Return the first child of `token` that has one of the labels."""
    for member in token.children:
        if member.dep_ in deps:
            return member
    return None


def having(doc: Doc, attribute: str, values: Collection[str]) -> list[Token]:
    """Return the tokens of `doc` whose `attribute` (a key of `SLOTS`) is one of `values`, in order."""
    return doc.having(SLOTS[attribute], values)


def sentence(token: Token) -> tuple[int, int]:
    """Return the token span [start, end) of the sentence of `token`."""
    return token.doc.sentences[token.i]


def conjuncts(token: Token) -> list[Token]:
    """Return `token` and what is coordinated with it, in order (*Xi and Putin*).

    A verb form is not coordinated with a noun (*the tanker, old and loaded with oil*), nor is the subject
    of the next clause (`stray_subject`), nor one that is left out (*Hale, but not Vale*).
    """
    found = [token]
    for member in found:  # grows while it is walked: conjuncts hang on each other in a chain
        found.extend(c for c in children(member, "conj") if _is_like(c, token) and not _is_stray(c))
    return found


def _is_like(member: Token, first: Token) -> bool:
    # Crossing the line and shooting: the second gerund goes with the first, not with the line.
    gerund = member.tag_ == "VBG" and first.head.tag_ == "VBG" and not any(True for _ in member.lefts)
    verbal = member.tag_ in CLAUSAL or gerund
    return first.tag_ in CLAUSAL if verbal else not left_out(member)


def left_out(word: Token) -> bool:
    """*Hale, but not Vale*, *not by Vale*: True if a noun or a preposition is negated (not by *not only*)."""
    if word.dep_ == "conj" and word.left_edge.i and word.doc[word.left_edge.i - 1].lower_ == "not":
        return True  # bridges not walls
    return any(c.i + 1 < len(c.doc) and c.nbor().lower_ not in NOT_ONLY for c in children(word, "neg"))


def stray_subject(verb: Token) -> Token | None:
    """*Iran pledged funds and Syria is taxing goods*: Syria, which the parser took for one more object.

    A verb that shares its subject stands right after its conjunction; this one has a noun there.
    """
    if verb.dep_ != "conj" or child(verb, *SUBJECTS) is not None or not _is_tensed(verb):
        return None
    start = verb.i
    while start and verb.doc[start - 1].head == verb and verb.doc[start - 1].dep_ in BEFORE_VERB:
        start -= 1
    before = verb.doc[start - 1]
    is_noun = before.dep_ == "conj" and before.tag_ in {*NOUNS, "PRP", "JJ", "CD"}
    return before if is_noun and is_verb(verb) and before.head != verb else None


def _is_tensed(verb: Token) -> bool:
    return verb.tag_ in FINITE or any(c.tag_ in FINITE for c in children(verb, "aux", "auxpass"))


def _is_stray(noun: Token) -> bool:
    """True if the next verb takes `noun` for its subject."""
    for token in noun.doc[noun.i + 1 : noun.i + FARTHEST]:
        if token.dep_ not in BEFORE_VERB:
            return token.dep_ == "conj" and stray_subject(token) == noun
    return False


def coordinated(verb: Token) -> Token:
    """Return the verb that a conjunct is coordinated with.

    *X ordered Y to leave and closed the court*: a finite form goes with the finite verb above, not with
    the infinitive that a parser hangs it on.
    """
    head = verb.head
    if verb.tag_ not in FINITE or child(verb, *SUBJECTS) is not None:
        return head
    for _ in range(DEEPEST):
        governed = head.tag_ == "VB" and head.dep_ in {"xcomp", "advcl", "conj", "ccomp"}
        if not governed or _modal_above(head) or not is_verb(head.head):
            break
        head = head.head
    return head


def _modal_above(verb: Token) -> bool:
    """True for *will go*: a verb after a modal, not after *to*."""
    return any(c.tag_ == "MD" for c in children(verb, "aux"))


def lemma(verb: Token) -> str:
    """Return the lemma, mended where rule lemmatizers go wrong (*fined* gives *fin*, *bogged* *bogge*)."""
    return _mended(verb.lemma_, verb.lower_)


@lru_cache(maxsize=10_000)
def _mended(given: str, word: str) -> str:
    found = given.lower()
    if DOUBLED.search(found):
        return found[:-2]
    if word in {f"{found}ed", f"{found}ing", f"{found}es"} and STEM.match(found):
        return (
            found + "e"
        )  # a single consonant is doubled before -ed, so this stem ended in e (*fined*, *fines*)
    return found


def is_verb(token: Token) -> bool:
    """True for a verb form that can head a clause."""
    return token.tag_ in VERB_TAGS and token.dep_ not in NOT_PREDICATES


def is_passive(verb: Token) -> bool:
    """True for a passive form, also one that shares its auxiliary (*was arrested and charged*)."""
    if verb.tag_ not in {"VBN", "VBD"}:
        return False
    if child(verb, "auxpass", "nsubjpass") is not None:
        return True
    if child(verb, "aux", *SUBJECTS) is not None:
        return False
    if verb.tag_ == "VBN" and verb.dep_ == "conj":
        return is_passive(verb.head) or verb.head.lemma_ == "be"  # are missing and presumed dead
    # A past tense that hangs on a noun has no subject of its own: it is a participle with a wrong tag.
    if verb.dep_ == "acl" and verb.tag_ == "VBD":
        return child(verb, "dobj") is None or lemma(verb) in NAMING
    left = (
        verb.dep_ == "xcomp" and is_verb(verb.head) and child(verb, "dobj") is None and is_passive(verb.head)
    )
    return verb.tag_ == "VBN" and (verb.dep_ in {"acl", "advcl"} or left)  # were left stranded


def prepositions(token: Token) -> Iterator[tuple[str, Token]]:
    """Give (preposition, head of its object) of `token`; a chain is one (*out of X* gives `out_of`).

    Coordinated objects come one by one; *not in X* gives none.
    """
    for prep in children(token, "prep", "dative"):
        if left_out(prep) or (prep.dep_ == "dative" and prep.tag_ not in {"IN", "TO"}):
            continue
        name, last = prep.lower_, prep
        while (inner := child(last, "prep")) is not None and child(last, "pobj") is None:
            last, name = inner, f"{name}_{inner.lower_}"
        for pobj in children(last, "pobj"):
            second = _joined(name, pobj)
            full = f"{name}_{pobj.lower_}_{second.lower_}" if second is not None else name
            for member in conjuncts(children(second, "pobj")[0] if second is not None else pobj):
                yield full, member


def _joined(prep: str, noun: Token) -> Token | None:
    """*In front of the port*: the second preposition of a noun that makes one with those about it."""
    second = child(noun, "prep") if noun.dep_ == "pobj" else None
    if second is None or any(True for _ in noun.lefts) or child(second, "pobj") is None:
        return None
    return second if f"{prep} {noun.lower_} {second.lower_}" in COMPOUND else None


def _in_number(noun: Token, pronoun: Token) -> Token | None:
    """*The model of fields, which raises hope*: the noun above, where that has the number of the verb."""
    above = noun.head.head if noun.dep_ == "pobj" else noun
    if above.tag_ in NOUNS and not _disagrees(above, pronoun.head):
        return above
    unsure = noun.tag_ == "NN" or pronoun.lower_ != "which"  # a group who are leaving
    return noun if unsure else None


def _disagrees(noun: Token, verb: Token) -> bool:
    """*Ships* and *raises*, *ship* and *raise*: number tells that one is not the other's subject."""
    first = next((c for c in children(verb, "aux", "auxpass")), verb)
    one = first.tag_ == "VBZ" or first.lower_ == "was"
    many = first.tag_ == "VBP" or first.lower_ == "were"
    listed = child(noun, "conj") is not None or noun.dep_ == "conj"
    plural = noun.tag_ == "NNS" and not noun.lower_.endswith("ics")  # physics is
    return (one and plural) or (many and noun.tag_ == "NN" and not listed and not noun.ent_type_)


def infinitive(verb: Token) -> bool:
    """True for a verb after *to*."""
    return any(c.tag_ == "TO" for c in children(verb, "aux"))


def is_headline(verb: Token) -> bool:
    """*Kestria to send ships, Vale says*: an infinitive right after a name that is nobody's subject."""
    name = verb.head
    above = name.dep_ in {"advcl", "dep", "ROOT", "ccomp"}
    after = verb.dep_ == "xcomp" and infinitive(verb) and verb.left_edge.i == name.i + 1
    return above and after and (name.tag_ in NAMES or bool(name.ent_type_)) and not is_verb(name)


def antecedent(pronoun: Token) -> Token | None:
    """Return the noun that a relative pronoun stands for, or None."""
    verb = pronoun.head
    while verb.dep_ not in {"relcl", "ROOT"}:
        if verb.dep_ in {"relcl", "acl"} or verb.head == verb:
            break
        verb = verb.head
    noun = verb.head if verb.dep_ == "relcl" else None
    if noun is not None and noun.ent_type_ in TIME:
        return None  # an attack on Friday, which killed five: a day does nothing
    if noun is not None and noun.ent_type_ == "PERSON" and pronoun.lower_ in {"which", "that"}:
        return None  # the debate with Vale, which was slated for May: no person is a which
    if noun is not None and pronoun.dep_ in SUBJECTS and _disagrees(noun, pronoun.head):
        noun = _in_number(noun, pronoun)
    if noun is not None and noun.dep_ == "appos" and left_out(noun):
        noun = noun.head  # it was Hale, not Vale, who sold it
    while noun is not None and pronoun.lower_ in PERSONAL and noun.ent_type_ in PLACES:
        above = noun.head.head if noun.dep_ == "pobj" else None
        # The envoy from Oslo, who ...: no city is a who.
        noun = above if above is not None and above.tag_ in NOUNS else None
    return noun
