"""Trees that a parser gets wrong again and again, mended before any rule reads them.

Each mender looks at one word, and hangs it where English has it: *the court ruled the act is void* says
nothing of a court that is void. Where the right tree is not plain nothing is changed; `misread` then has the
shapes in which nothing is believed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from graph.text import attaching, borders, lexicon, main_verbs
from graph.text.tree import FINITE, NAMING, NOUNS, SUBJECTS, child, children, infinitive, is_verb, lemma

if TYPE_CHECKING:
    from graph.text.tokens import Doc, Token

COMPLETING = NAMING | frozenset("make call term brand label deem render declare".split())
TELLING = frozenset("rule find report announce claim confirm believe reveal show argue note allege".split())
MEANS = frozenset("use employ cite quote".split())  # how the main clause does it, or on whose word
HAVING = frozenset("be have include contain feature see develop".split())
LASTING = frozenset("spend take last waste need have give cost serve lose save want".split())
OPENING = frozenset(("(",))  # what stands in square ones is put in for the reader
CLOSING = frozenset((")",))
CLOCK = frozenset("am pm a.m. p.m. a.m p.m o'clock".split())
BETWEEN = 2  # words from the comma of an absolute phrase to its *with*
FAR = 40  # words from a verb to what may be mended there
DEEPEST = 8  # steps up the tree; a longer chain is a broken parse


def mend(doc: Doc) -> None:
    """Mend the trees of a document."""
    for token in doc:
        if token.text == "WHO" and token.tag_ in {"WP", "WDT"} and _is_named(token):
            token.tag_ = "NNP"
        for mender in MENDERS.get(token.dep_, ()):
            if mender(token):
                break


def _is_named(word: Token) -> bool:
    """*The WHO said*: the organisation, where not all of its sentence is in capitals."""
    return any(token.text.islower() for token in word.doc[slice(*word.doc.sentences[word.i])])


def _told_clause(verb: Token) -> bool:
    """*Ruled the practice is void*, *said ships by Oslo sank*: what is told, not what the teller is or does.

    The parse has the subject of the second verb for an object of the first, and the second beside the first
    although nothing joins them.
    """
    said = verb.head
    if verb.tag_ not in FINITE or not is_verb(said) or said.i > verb.i or not _tells(said):
        return False
    if child(verb, *SUBJECTS, "expl") is not None or child(said, "cc", "ccomp") is not None:
        return False
    objects = [obj for obj in children(said, "dobj") if said.i < obj.i < verb.i]
    if len(objects) != 1 or objects[0].tag_ not in NOUNS or (_is_past(said) and _is_past(verb)):
        return False
    verb.hang(said, "ccomp")
    objects[0].hang(verb, "nsubj")
    return True


def _is_past(verb: Token) -> bool:
    return verb.tag_ == "VBD"


def _beside_infinitive(verb: Token) -> bool:
    """*Sought men said to have fled and demanded help*: who sought demanded, no infinitive has a past."""
    beside = verb.head
    if verb.tag_ not in {"VBD", "VBZ"} or not infinitive(beside) or child(verb, *SUBJECTS, "aux") is not None:
        return False
    word, nouns = beside, 0
    for _ in range(DEEPEST):
        if word.head == word:
            return False
        word = word.head
        nouns += word.tag_ in NOUNS
        if is_verb(word) and word.tag_ == verb.tag_ and child(word, *SUBJECTS) is not None:
            break
    else:
        return False
    if not nouns or word.i > verb.i:
        return False
    verb.hang(word, "conj")
    return True


def _tells(verb: Token) -> bool:
    told = lemma(verb) in TELLING or lemma(verb) in lexicon.words("verbs", "speech")
    return told and child(verb, *SUBJECTS) is not None


def _found_clause(verb: Token) -> bool:
    """*Announced the tests by a clinic found gas*: a past form with an object is no participle of a noun."""
    noun = verb.head
    said = noun.head.head if noun.dep_ == "pobj" else None
    if verb.tag_ != "VBD" or said is None or not is_verb(said) or not _tells(said):
        return False
    objects = [obj for obj in children(said, "dobj") if said.i < obj.i < noun.i]
    done = [obj for obj in children(verb, "dobj") if obj.i > verb.i]
    if len(objects) != 1 or not done or child(said, "ccomp") is not None:
        return False
    noun.head.hang(objects[0], "prep")
    verb.hang(said, "ccomp")
    objects[0].hang(verb, "nsubj")
    return True


def _means(verb: Token) -> bool:
    """*Read the data using their software*, *say he left citing Vale*: how it is read, who is cited."""
    if verb.tag_ != "VBG" or lemma(verb) not in MEANS or child(verb, "dobj") is None or verb.head.i > verb.i:
        return False
    word = verb.head
    cites = lemma(verb) in {"cite", "quote"}
    if not cites and (verb.dep_ != "acl" or word.dep_ != "dobj" or lexicon.is_person(word.lemma_)):
        return False
    if word.ent_type_ or child(verb, "mark", *SUBJECTS) is not None:
        return False
    for _ in range(DEEPEST):
        if is_verb(word) and (not cites or _tells(word)):
            break
        if word.head == word:
            return False
        word = word.head
    if word == verb.head or not is_verb(word) or (not cites and lemma(word) in HAVING):
        return False  # has a device using sonar
    verb.hang(word, "advcl")
    return True


def _second_object(noun: Token) -> bool:
    """*Made ports a key aim*, *termed her a traitor*: the second is what the first is made or called."""
    verb = noun.head
    if not is_verb(verb) or lemma(verb) not in COMPLETING or noun.i < verb.i:
        return False
    before = [obj for obj in children(verb, "dobj") if verb.i < obj.i < noun.i]
    if len(before) != 1 or verb.doc[noun.left_edge.i - 1].tag_ == "CC":
        return False
    noun.hang(verb, "oprd")
    return True


def _clock_time(noun: Token) -> bool:
    """*Died 5:03 AM*, *met Monday*: no one does anything to a time of day."""
    verb = noun.head
    if noun.ent_type_ != "TIME" or not is_verb(verb) or lemma(verb) in LASTING or noun.i < verb.i:
        return False
    if noun.lower_ not in CLOCK and not any(":" in c.text for c in children(noun, "nummod")):
        return False
    noun.hang(verb, "npadvmod")
    return True


def _in_brackets(noun: Token) -> bool:
    """*Measures 6 miles (9 km)*: what stands in brackets that its verb stands outside of is no object."""
    verb = noun.head
    start = noun.left_edge.i
    inside = noun.doc[start].text in OPENING or (start > 0 and noun.doc[start - 1].text in OPENING)
    closed = any(token.text in CLOSING for token in noun.doc[start : noun.i])
    if not is_verb(verb) or noun.i < verb.i or not inside or closed or start - verb.i > FAR:
        return False
    noun.hang(verb, "dep")
    return True


def _behind_colon(noun: Token) -> bool:
    """*Named it as home to three ships: Vale, Hale and Astrid*: a list of what stands before the colon."""
    verb, mark = noun.head, noun.doc[noun.left_edge.i - 1] if noun.left_edge.i else None
    if mark is None or mark.text != ":" or not is_verb(verb) or noun.i < verb.i or mark.head == verb:
        return False
    listed = mark.head
    if listed.tag_ not in NOUNS or not verb.i < listed.i < mark.i:
        return False
    noun.hang(listed, "appos")
    return True


Mender = Callable[["Token"], bool]
MENDERS: Mapping[str, tuple[Mender, ...]] = {
    "nsubj": (borders.second_subject,),
    "nsubjpass": (borders.second_subject,),
    "ROOT": (main_verbs.verb_as_noun, borders.behind_comma),
    "pobj": (main_verbs.verb_as_noun,),
    "ccomp": (main_verbs.verb_as_noun, borders.reduced_relative, borders.behind_comma),
    "conj": (_told_clause, _beside_infinitive, main_verbs.verb_as_noun, borders.behind_conjunction),
    "acl": (_found_clause, _means, main_verbs.only_verb),
    "advcl": (_means, main_verbs.verb_as_noun),
    "xcomp": (_means,),
    "prep": (attaching.preposition,),
    "agent": (attaching.preposition,),
    "dobj": (
        _behind_colon,
        _in_brackets,
        _clock_time,
        _second_object,
        attaching.object_behind_comma,
        attaching.object_behind_clause,
        attaching.subject_of_told,
    ),
}  # label -> what may be wrong with a word that has it
