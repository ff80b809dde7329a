"""The frame of a verb: subjects, the words of the relation, objects and gaps."""

from __future__ import annotations

import pytest
from docs import find, make, table

from graph.text.actors import actors
from graph.text.frames import frames, obliques, relation
from graph.text.surface import text

RELATIONS = """
# auxiliaries, negation and particle
He/PRP/nsubj/put did/VBD/aux/put not/RB/neg/put put/VB/ROOT it/PRP/dobj/put up/RP/prt/put
=> put: did not put up

# what governs an infinitive
Hale/NNP/nsubj/is is/VBZ/ROOT/=be ready/JJ/acomp/is to/TO/aux/sell sell/VB/xcomp/ready
=> sell: is ready to sell

# an adverb right before the verb
He/PRP/nsubj/sold has/VBZ/aux/sold quietly/RB/advmod/sold sold/VBN/ROOT
=> sold: has quietly sold

# an object stands between
Hale/NNP/nsubj/asked asked/VBD/ROOT Vale/NNP/dobj/asked to/TO/aux/sell sell/VB/xcomp/asked
=> sell: to sell

# a shared auxiliary
He/PRP/nsubjpass/held was/VBD/auxpass/held held/VBN/ROOT and/CC/cc/held charged/VBN/conj/held
=> charged: was charged

# an auxiliary of its own
He/PRP/nsubj/sold has/VBZ/aux/sold sold/VBN/ROOT and/CC/cc/sold will/MD/aux/buy buy/VB/conj/sold
=> buy: will buy

# another form shares nothing
He/PRP/nsubjpass/held was/VBD/auxpass/held held/VBN/ROOT and/CC/cc/held live/VBP/conj/held
=> live: live

# a subject of its own
He/PRP/nsubj/sold has/VBZ/aux/sold sold/VBN/ROOT and/CC/cc/sold she/PRP/nsubj/bought bought/VBN/conj/sold
=> bought: bought
"""

SUBJECTS = """
# a participle of the main clause
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT ,/,/punct/left selling/VBG/advcl/left ships/NNS/dobj/selling
=> selling: Hale

# an infinitive of a noun
Hale/NNP/nsubj/backed/PERSON backed/VBD/ROOT plans/NNS/dobj/backed to/TO/aux/sell sell/VB/acl/plans
ships/NNS/dobj/sell
=> sell: Hale

# what one does
Rain/NN/nsubj/fell fell/VBD/ROOT and/CC/cc/fell to/TO/aux/win win/VB/csubj/helps helps/VBZ/conj/fell
=> helps: to win

# but not what stands behind the verb
That/DT/nsubj/left left/VBD/ROOT and/CC/cc/left helps/VBZ/conj/left to/TO/aux/win win/VB/csubj/helps
=> helps: -

# what there is
Rain/NN/nsubj/fell fell/VBD/ROOT ,/,/punct/fell there/EX/expl/is is/VBZ/conj/fell mud/NN/attr/is
=> is: there

# whose ships they are
A/DT/det/fleet fleet/NN/nsubj/left of/IN/prep/fleet ships/NNS/pobj/of that/WDT/nsubj/leak leak/VBP/relcl/ships
left/VBD/ROOT
=> leak: A fleet of ships

# of one of many, after another preposition too
Hale/NNP/nsubj/told told/VBD/ROOT about/IN/prep/told a/DT/det/fleet fleet/NN/pobj/about of/IN/prep/fleet
ships/NNS/pobj/of that/WDT/nsubj/leak leak/VBP/relcl/ships
=> leak: a fleet of ships

# a participle is no part of its subject
the/DT/det/man man/NN/nsubj/fled held/VBN/acl/man and/CC/cc/held charged/VBN/conj/held fled/VBD/ROOT
=> held: the man
=> charged: the man

# what belongs to a pronoun is nobody's doing
plans/NNS/nsubj/failed of/IN/prep/plans his/PRP$/poss/ship ship/NN/pobj/of to/TO/aux/sail sail/VB/acl/ship
failed/VBD/ROOT
=> sail: -

# whose plan it is
Vale/NNP/poss/plan 's/POS/case/Vale plan/NN/nsubj/failed to/TO/aux/sail sail/VB/acl/plan failed/VBD/ROOT
=> sail: Vale

# the speaker, for the subject of the whole report
Hale/NNP/nsubj/said said/VBD/ROOT he/PRP/nsubj/is is/VBZ/ccomp/said ready/JJ/acomp/is to/TO/aux/sell
sell/VB/xcomp/ready
=> sell: Hale

# a thing is no she, a person no it
Hale/NNP/nsubj/said/PERSON said/VBD/ROOT it/PRP/nsubj/failed failed/VBD/ccomp/said
=> failed: it

# who left because of what they could
Hale/NNP/nsubj/left/PERSON left/VBD/ROOT because/IN/mark/lost she/PRP/nsubj/lost lost/VBD/advcl/left
=> lost: Hale

# a question
Who/WP/nsubj/sold sold/VBD/ROOT ships/NNS/dobj/sold
=> sold: -

# a long list is one subject
a/NN/nsubj/met b/NN/conj/a c/NN/conj/b d/NN/conj/c e/NN/conj/d f/NN/conj/e g/NN/conj/f
met/VBD/ROOT
=> met: a b c d e f g

# what a thing is for
a/DT/det/plan plan/NN/ROOT to/TO/aux/sell sell/VB/relcl/plan ships/NNS/dobj/sell
=> sell: a plan
"""

OBJECTS = """
# the noun that a clause hangs on
the/DT/det/ship ship/NN/ROOT that/WDT/dobj/sold Hale/NNP/nsubj/sold/PERSON sold/VBD/relcl/ship
=> sold: ship

# without a pronoun
the/DT/det/ship ship/NN/ROOT and/CC/cc/ship steel/NN/conj/ship Hale/NNP/nsubj/sold/PERSON sold/VBD/relcl/ship
=> sold: ship steel

# with a pronoun that the parser took for a mark
the/DT/det/ship ship/NN/ROOT that/IN/mark/sold Hale/NNP/nsubj/sold/PERSON sold/VBD/relcl/ship
=> sold: ship

# what is claimed is no object
the/DT/det/claim claim/NN/ROOT that/IN/mark/sold Hale/NNP/nsubj/sold/PERSON sold/VBD/relcl/claim
=> sold: -

# the day is no object
the/DT/det/day day/NN/ROOT Hale/NNP/nsubj/resigned/PERSON resigned/VBD/relcl/day
=> resigned: -

# what a preposition is left for
the/DT/det/port port/NN/ROOT Hale/NNP/nsubj/sailed/PERSON sailed/VBD/relcl/port to/IN/prep/sailed
=> sailed: -

# where
the/DT/det/port port/NN/ROOT where/WRB/advmod/sailed Hale/NNP/nsubj/sailed/PERSON sailed/VBD/relcl/port
=> sailed: -

# a time beside an object is none
Hale/NNP/nsubj/sold/PERSON sold/VBD/ROOT ships/NNS/dobj/sold Monday/NNP/dobj/sold/DATE
=> sold: ships
"""


@pytest.mark.parametrize(("notation", "expected"), table(RELATIONS))
def test_relations(notation: str, expected: list[str]) -> None:
    doc = make(notation)
    for line in expected:
        verb, words = line.split(": ")
        assert text(relation(find(doc, verb))) == words


@pytest.mark.parametrize(("notation", "expected"), table(SUBJECTS))
def test_subjects(notation: str, expected: list[str]) -> None:
    doc = make(notation)
    for line in expected:
        verb, words = line.split(": ")
        assert [frame.subject for frame in frames(find(doc, verb))] == ([] if words == "-" else [words])


@pytest.mark.parametrize(("notation", "expected"), table(OBJECTS))
def test_objects(notation: str, expected: list[str]) -> None:
    doc = make(notation)
    for line in expected:
        verb, words = line.split(": ")
        (frame,) = frames(find(doc, verb))
        assert [obj.text for obj in frame.objects] == words.replace("-", "").split()


def test_a_chain_of_prepositions_is_one() -> None:
    doc = make("fled/VBD/ROOT out/IN/prep/fled of/IN/prep/out Oslo/NNP/pobj/of and/CC/cc/fled")
    (oblique,) = obliques(doc[0])
    assert (text(oblique.prepositions), oblique.object.text, oblique.is_clause) == ("out of", "Oslo", False)


def test_because_of_is_one_preposition() -> None:
    doc = make("fell/VBD/ROOT because/IN/prep/fell of/IN/pcomp/because rain/NN/pobj/because")
    (oblique,) = obliques(doc[0])
    assert (text(oblique.prepositions), oblique.object.text) == ("because of", "rain")


def test_a_bare_noun_is_half_a_preposition() -> None:
    notation = "stood/VBD/ROOT in/IN/prep/stood {} front/NN/pobj/in of/IN/prep/front Oslo/NNP/pobj/of"
    (oblique,) = obliques(make(notation.format(""))[0])
    assert (text(oblique.prepositions), oblique.object.text) == ("in front of", "Oslo")
    (oblique,) = obliques(make(notation.format("the/DT/det/front"))[0])
    assert (text(oblique.prepositions), oblique.object.text) == ("in", "front")


def test_a_long_chain_of_verbs_ends() -> None:
    links = "".join(f"to/TO/aux/v{i} v{i}/VB/xcomp/v{i - 1} " for i in range(1, 200))
    doc = make(f"Hale/NNP/nsubj/v0 v0/VBZ/ROOT {links}")
    assert actors(doc[len(doc) - 1]) in ([], [doc[0]])
    assert len(relation(doc[len(doc) - 1])) < 50
