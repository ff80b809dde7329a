"""The words of a phrase as the article writes them."""

from __future__ import annotations

import pytest
from docs import find, make, table
from spacy.tokens import Doc as Parsed
from spacy.vocab import Vocab

from graph.text.surface import LONGEST, Extent, argument, clause, members, phrase, text
from graph.text.tokens import copied

PHRASES = """
# with its prepositional phrases
The/DT/det/mayor old/JJ/amod/mayor mayor/NN/ROOT of/IN/prep/mayor Oslo/NNP/pobj/of/GPE in/IN/prep/mayor
May/NNP/pobj/in/DATE
=> mayor: WHOLE: The old mayor of Oslo in May
=> mayor: OF: The old mayor of Oslo
=> mayor: BARE: The old mayor

# without clauses and what is coordinated with it
Hale/NNP/ROOT and/CC/cc/Hale Vale/NNP/conj/Hale who/WP/nsubj/fell fell/VBD/relcl/Hale
=> Hale: WHOLE: Hale
=> Vale: WHOLE: Vale

# a participle is a statement of its own
ships/NNS/ROOT sold/VBN/acl/ships in/IN/prep/sold Oslo/NNP/pobj/in
=> ships: WHOLE: ships

# an infinitive says which
plans/NNS/ROOT to/TO/aux/sell sell/VB/acl/plans ships/NNS/dobj/sell
=> plans: WHOLE: plans to sell ships
=> plans: BARE: plans

# one space where something is left out
the/DT/det/ships (/-LRB-/punct/ships which/WDT/nsubj/leak leak/VBP/relcl/ships )/-RRB-/punct/ships
ships/NNS/ROOT
=> ships: WHOLE: the ships

# punctuation inside stays
a/DT/det/ship big/JJ/amod/ship ,/,/punct/ship old/JJ/amod/ship ship/NN/ROOT
=> ship: WHOLE: a big, old ship

# a hyphenated word stays whole
the/DT/det/self self/NN/ROOT -/HYPH/punct/made made/VBN/acl/self
=> self: WHOLE: the self-made

# a name that no pause sets apart
the/DT/det/freighter freighter/NN/ROOT Astrid/NNP/appos/freighter
=> freighter: WHOLE: the freighter Astrid

# a place and where it is
Oslo/NNP/ROOT/GPE ,/,/punct/Oslo Norvalia/NNP/appos/Oslo/GPE ,/,/punct/Oslo a/DT/det/port port/NN/appos/Oslo
=> Oslo: WHOLE: Oslo, Norvalia

# a name behind a pause
the/DT/det/freighter freighter/NN/ROOT ,/,/punct/freighter Astrid/NNP/appos/freighter
=> freighter: WHOLE: the freighter

# words that link sentences are no part of a name
Hale/NNP/ROOT for/IN/prep/Hale instance/NN/pobj/for still/RB/advmod/Hale
=> Hale: WHOLE: Hale

# initials in brackets
the/DT/det/Front Front/NNP/ROOT (/-LRB-/punct/Front NPF/NNP/appos/Front )/-RRB-/punct/Front
=> Front: WHOLE: the Front (NPF)

# a clause after a preposition is no part of a name
rebels/NNS/ROOT of/IN/prep/rebels breaking/VBG/pcomp/of ranks/NNS/dobj/breaking
=> rebels: OF: rebels

# a bare noun is half of what the head names
protection/NN/ROOT from/IN/prep/protection rain/NN/pobj/from
=> protection: OF: protection from rain

# one that is named is not
protection/NN/ROOT from/IN/prep/protection the/DT/det/rain rain/NN/pobj/from
=> protection: OF: protection
=> protection: WHOLE: protection from the rain

# marks come in pairs
the/DT/det/film “/``/punct/Gold Gold/NNP/appos/film ”/''/punct/Gold film/NN/ROOT
=> Gold: WHOLE: Gold
=> film: WHOLE: the film

# what a number counts
four/CD/ROOT out/IN/prep/four of/IN/prep/out five/CD/pobj/of
=> four: OF: four out of five
"""


@pytest.mark.parametrize(("notation", "expected"), table(PHRASES))
def test_phrases(notation: str, expected: list[str]) -> None:
    doc = make(notation)
    for line in expected:
        head, extent, words = line.split(": ")
        assert text(phrase(find(doc, head), Extent[extent])) == words


def test_a_phrase_without_a_part_of_it() -> None:
    doc = make("plans/NNS/ROOT to/TO/aux/sell sell/VB/acl/plans ships/NNS/dobj/sell")
    assert text(phrase(doc[0], without={2})) == "plans"


def test_the_members_of_a_list_one_by_one_unless_they_are_many() -> None:
    few = make("oil/NN/ROOT and/CC/cc/oil gas/NN/conj/oil")
    assert [argument(member) for member in members(few[0])] == ["oil", "gas"]
    many = make("a/NN/ROOT b/NN/conj/a c/NN/conj/b d/NN/conj/c e/NN/conj/d f/NN/conj/e g/NN/conj/f")
    assert [argument(member) for member in members(many[0])] == ["a b c d e f g"]


def test_a_clause_with_what_introduces_it() -> None:
    doc = make(
        "Hale/NNP/nsubj/said said/VBD/ROOT that/IN/mark/fell rents/NNS/nsubj/fell fell/VBD/ccomp/said "
        "as/IN/mark/rose wages/NNS/nsubj/rose rose/VBD/advcl/fell ././punct/said"
    )
    assert text(clause(find(doc, "fell"))) == "that rents fell as wages rose"
    assert text(clause(find(doc, "said"), without={4})) == "Hale said"


def test_a_contraction_is_a_word_of_its_own() -> None:
    parsed = Parsed(
        Vocab(),
        words=["We", "'re", "not", "Anti", "-", "Oslo"],
        spaces=[False, True, True, False, False, False],
    )
    doc = copied(parsed)
    assert text([doc[0]]) == "We"
    assert text([doc[1], doc[5]]) == "'re Anti-Oslo"


def test_the_other_half_of_a_pair_of_marks_belongs_to_what_it_closes() -> None:
    doc = make(
        "the/DT/det/law “/``/punct/law special/JJ/amod/law law/NN/ROOT ”/''/punct/law now/RB/advmod/law"
    )
    assert text([doc[0], doc[2], doc[3]]) == "the “special law”"
    assert text([doc[2], doc[3]]) == "special law"


def test_nothing_has_no_text() -> None:
    assert text([]) == ""


def test_a_phrase_is_bounded() -> None:
    doc = make("ship/NN/ROOT " + "old/JJ/amod/ship " * (3 * LONGEST))
    assert len(phrase(doc[0])) == LONGEST
    assert len(clause(doc[0])) == LONGEST
