"""What the relation is called, what it falls under, and which words say it."""

from __future__ import annotations

import pytest
from docs import make, table

from graph.model import Modality
from graph.text import lexicon
from graph.text.clauses import clauses
from graph.text.predicates import broader, identify, span, words_of
from graph.vocab import slug

NAMES = """
# a verb
Hale/NNP/nsubj/sold sold/VBD/ROOT/=sell ships/NNS/dobj/sold
=> sell | sold

# with its auxiliaries and negation
Hale/NNP/nsubj/sold had/VBD/aux/sold never/RB/neg/sold sold/VBN/ROOT/=sell ships/NNS/dobj/sold
=> sell | had never sold

# with what governs it
Hale/NNP/nsubj/wants wants/VBZ/ROOT to/TO/aux/try try/VB/xcomp/wants to/TO/aux/sell sell/VB/xcomp/try
ships/NNS/dobj/sell
=> sell | wants to try to sell

# without what governs it, where another stands between
Hale/NNP/nsubj/told told/VBD/ROOT/=tell Vale/NNP/dobj/told to/TO/aux/sell sell/VB/xcomp/told
ships/NNS/dobj/sell
=> tell | told
=> sell | to sell

# a particle
Hale/NNP/nsubj/set set/VBD/ROOT up/RP/prt/set firms/NNS/dobj/set
=> set_up | set up

# a particle behind the object
Hale/NNP/nsubj/set set/VBD/ROOT firms/NNS/dobj/set up/RP/prt/set
=> set_up | set

# a preposition
Hale/NNP/nsubj/called called/VBD/ROOT/=call on/IN/prep/called Vale/NNP/pobj/on
=> call_on | called on

# a chain of prepositions
Hale/NNP/nsubj/fell fell/VBD/ROOT/=fall out/IN/prep/fell of/IN/prep/out favour/NN/pobj/of
=> fall_out_of | fell

# a light verb
Hale/NNP/nsubj/held held/VBD/ROOT/=hold talks/NNS/dobj/held with/IN/prep/talks Vale/NNP/pobj/with
=> hold_talks_with | held talks with

# an idiom
Kestria/NNP/nsubj/put put/VBD/ROOT Hale/NNP/dobj/put on/IN/prep/put trial/NN/pobj/on
=> put_on_trial | put

# a passive
Hale/NNP/nsubjpass/held was/VBD/auxpass/held/=be held/VBN/ROOT/=hold in/IN/prep/held Oslo/NNP/pobj/in
=> be_held_in | was held in

# a passive turned active
Hale/NNP/nsubjpass/held was/VBD/auxpass/held/=be held/VBN/ROOT/=hold by/IN/agent/held Kestria/NNP/pobj/by
=> hold | was held

# an adjective with its preposition
Hale/NNP/nsubj/is is/VBZ/ROOT/=be guilty/JJ/acomp/is of/IN/prep/guilty theft/NN/pobj/of
=> be_guilty_of | is guilty of

# a lemma that needs mending
Kestria/NNP/nsubj/fined fined/VBD/ROOT/=fin Hale/NNP/dobj/fined
=> fine | fined
"""


@pytest.mark.parametrize(("notation", "expected"), table(NAMES))
def test_name_and_words_of_a_predicate(notation: str, expected: list[str]) -> None:
    found = []
    for clause in clauses(make(notation)):
        id_, label = identify(words_of(clause))
        assert slug(label) == id_
        start, end = span(clause)
        found.append(f"{id_} | {clause.head.doc.text_of(start, end)}")
    assert found == expected


def test_a_phrase_too_long_is_cut_to_what_stands_round_its_verb() -> None:
    between = " ".join(f"so{i}/RB/advmod/sold" for i in range(12))
    doc = make(f"Hale/NNP/nsubj/sold had/VBD/aux/sold {between} sold/VBN/ROOT/=sell ships/NNS/dobj/sold")
    [clause] = clauses(doc)
    start, end = span(clause)
    assert doc.text_of(start, end).split()[-1] == "sold"
    assert end - start < 12


def test_a_predicate_without_letters_still_has_an_id() -> None:
    assert identify(("–",)) == ("relate_to", "–")


def test_broader_relations() -> None:
    assert broader("travel_to", Modality.ASSERTED) == ("consult", "cooperative_act", "visit")
    assert broader("sing", Modality.ASSERTED) == ("perform",)
    assert broader("yodel", Modality.ASSERTED) == ()


def test_the_tables_say_one_thing_of_each_word() -> None:
    for name in ("verbs", "nouns"):
        rows = lexicon.table(name)
        effects = {effect: set(rows[effect]) for effect in set(lexicon.effects(name).values())}
        assert sum(map(len, effects.values())) == len(set().union(*effects.values()))
