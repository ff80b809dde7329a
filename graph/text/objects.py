"""What a verb does it to: its objects, and the noun that its relative clause leaves a gap for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.text import lexicon
from graph.text.clause import Extra
from graph.text.governing import is_content
from graph.text.misread import is_aside, subject_as_object
from graph.text.phrases import asked_by_verb
from graph.text.tree import RELATIVE, SUBJECTS, TIME, antecedent, child, children, conjuncts, lemma

if TYPE_CHECKING:
    from graph.text.tokens import Token

NO_OBJECT = frozenset(("ccomp", "xcomp", "pcomp"))
COMPLETED = frozenset("render make leave deem keep declare call consider label brand term find".split())
MEASURING = frozenset(
    "reach hit number total exceed equal average cost top surpass measure weigh score count turn".split()
)
GIVING = frozenset("award deny gift give grant hand lend offer owe pay send".split())
NO_WORD = frozenset("NNP NNPS PRP DT CD IN VBG".split())
ASKING = frozenset("of as with to at from into on against about".split())  # with a gerund after them
DESCRIBING = frozenset("describe regard view portray depict characterize see".split())
NAMED_AS = frozenset(("find", "call"))
NOT_ONE_WORD = frozenset(("xcomp", "ccomp", "advcl", "prep", "conj", "relcl", "acl", "npadvmod", "neg"))
NOT_GAP = frozenset("day time year week month moment way reason place point extent".split())


def objects(verb: Token) -> list[Token]:
    """Return the heads of the objects: relative pronouns give their noun, gaps of relative clauses too."""
    found: list[Token] = []
    for obj in children(verb, "dobj")[int(receiver(verb) is not None) :]:
        if (
            obj.lower_ == "nothing"
            or obj.tag_ in {"RBR", "CC"}
            or _is_circumstance(verb, obj)
            or is_aside(obj, verb)
        ):
            continue
        if _is_of_report(verb, obj):
            continue  # nothing is no one and no thing: it only negates its verb
        target = antecedent(obj) if obj.lower_ in RELATIVE and obj.tag_ in {"WDT", "WP"} else obj
        found.extend(conjuncts(target) if target == obj else [target] if target is not None else [])
    gapped = verb.dep_ == "relcl" and not found and child(verb, *NO_OBJECT) is None
    if gapped and has_gap(verb):
        found.append(verb.head)
    return found


def receiver(verb: Token) -> Token | None:
    """*Gives the city 72 hours*: who gets it, where the parser took it for one more object."""
    given = children(verb, "dobj")
    return given[0] if len(given) == 2 and lemma(verb) in GIVING and given[0].i > verb.i else None


def _is_of_report(verb: Token, obj: Token) -> bool:
    return any(subject_as_object(said) == obj for said in children(verb, "ccomp"))


def _is_circumstance(verb: Token, obj: Token) -> bool:
    """*Strikes every ten years* says when; nobody says a thing: its clause was hung on its subject."""
    if obj.ent_type_ in TIME:
        return stands_alone(verb) or len(children(verb, "dobj")) > 1
    return verb.lemma_ == "say"


def is_half_number(verb: Token, obj: Token) -> bool:
    """*Won four*: of what only another phrase tells; *cost between $3 and $4*; but *reached 40*."""
    first = obj.head if obj.dep_ == "conj" else obj
    if any(c.lower_ == "between" for c in children(first, "quantmod")):
        return True
    counted = obj.tag_ == "CD" and obj.ent_type_ == "CARDINAL" and lemma(verb) not in MEASURING
    return counted and child(obj, "prep", "nmod", "compound", "acl", "relcl", "appos", "punct") is None


def has_gap(verb: Token) -> bool:
    """*The territory it has held*: a relative clause with its own subject and no relative pronoun in it."""
    own = child(verb, "nsubj")
    relative = any(t.lower_ in RELATIVE or t.tag_ == "WRB" for t in verb.subtree if t.i < verb.i)
    stranded = any(not c.n_lefts + c.n_rights for c in children(verb, "prep"))
    missing = not relative and not stranded and not is_content(verb) and verb.head.lemma_ not in NOT_GAP
    return own is not None and missing


def stands_alone(verb: Token) -> bool:
    """True for verbs that say something without an object (*resigned*, *collapsed*)."""
    name = "_".join((verb.lemma_, *(c.lower_ for c in children(verb, "prt"))))
    return name in lexicon.words("relations", "intransitive")


def leaves_without(verb: Token) -> bool:
    """*Left thousands without power*, *keeps investors away*: nobody was left, and nothing is kept."""
    if lemma(verb) not in {"leave", "keep", "turn"}:
        return False
    if any(c.tag_ in {"JJ", "VBN"} and c.i > verb.i for c in children(verb, "ccomp")):
        return True  # turned the city dark
    lacks = any(prep.lower_ == "without" for prep in children(verb, "prep"))
    return lacks or any(
        c.lower_ in {"away", "apart", "alone"} and c.i > verb.i for c in children(verb, "advmod")
    )


def completing(verb: Token) -> tuple[Token, ...]:
    """*Tested positive for it*, *ran aground on it*: the word without which the verb says another thing."""
    adverbs = lexicon.words("relations", "completing_adverbs")
    found = [c for c in children(verb, "acomp", "oprd") if not c.tag_.startswith("NN")]
    found += [c for c in children(verb, "advmod") if c.lower_ in adverbs]
    return tuple(word for word in found if word.i > verb.i)[:1]


def needs_object(verb: Token) -> bool:
    """*The bodies found in Oslo were*: a past form that says nothing without an object is no active verb."""
    return verb.tag_ in {"VBD", "VBN"} and lemma(verb) in lexicon.words("relations", "needs_object")


def framed(obj: Token) -> tuple[Extra, ...]:
    """*Blame the attack on Vale*: what the verb says of its object, where the parse hangs it on that."""
    asked = asked_by_verb(obj)
    if asked is None:
        return ()
    members = (member for pobj in children(asked, "pobj") for member in conjuncts(pobj))
    return tuple((asked.lower_, member) for member in members)


def is_cut(verb: Token) -> bool:
    """*Voted against selling it*: what the verb alone leaves out changes what it says."""
    asking = (prep for prep in children(verb, "prep") if prep.lower_ in ASKING)
    gerunds = (gerund for prep in asking for gerund in children(prep, "pcomp"))
    return any(child(gerund, *SUBJECTS) is None for gerund in gerunds)


def has_object_complement(verb: Token) -> bool:
    """*Renders it useless*, *left him as the winner*: what is done to the object is in its complement."""
    if lemma(verb) not in COMPLETED:
        return described_as(verb) is not None
    as_something = lemma(verb) not in NAMED_AS and any(c.lower_ == "as" for c in children(verb, "prep"))
    return as_something or child(verb, "oprd", "acomp", "ccomp") is not None


def described_as(verb: Token) -> Token | None:
    """*Described the plan as unwise*: the word that says how, whatever the parse calls it."""
    as_ = next((c for c in children(verb, "prep") if c.lower_ == "as" and c.i > verb.i), None)
    if as_ is None or lemma(verb) not in DESCRIBING:
        return None
    return child(as_, "pobj", "amod", "acomp", "pcomp", "advmod")


def object_complement(verb: Token) -> tuple[Token, ...]:
    """*Called the plan a bad idea*, *left ten dead*: the words that say it, if they are few and no name."""
    word = described_as(verb) or child(verb, "oprd", "acomp")
    if word is None or lemma(verb) not in COMPLETED | DESCRIBING or word.tag_ in NO_WORD or word.i < verb.i:
        return ()
    vague = word.lower_ in lexicon.words("relations", "vague")
    if vague or any(c.dep_ in NOT_ONE_WORD for c in word.children):
        return ()
    return (*children(word, "amod", "compound"), word)
