"""Where in the parse the time of a clause is found, and on which side of now its tense puts it."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc as Parsed
from spacy.vocab import Vocab

from graph.model import Modality
from graph.text import times
from graph.text.tokens import Doc, copied
from tests.docs import each, find, make, table


def parsed(words: str, heads: list[int], deps: str, ents: str, tags: str) -> Doc:
    parsed = Parsed(
        Vocab(), words.split(), heads=heads, deps=deps.split(), ents=ents.split(), tags=tags.split()
    )
    return copied(parsed)


def found(doc: Doc, verb: int) -> str | None:
    head = times.expression(doc[verb])
    if head is None:
        return None
    start, end = times.bounds(head)
    return doc.text_of(start, end)


def test_adverb_of_the_verb() -> None:
    doc = parsed(
        "Xi left Moscow last week", [1, 1, 1, 4, 1], "nsubj ROOT dobj amod npadvmod",
        "O O O B-DATE I-DATE", "NNP VBD NNP JJ NN",
    )  # fmt: skip
    assert found(doc, 1) == "last week"


def test_preposition_of_the_verb_and_of_its_object() -> None:
    on_verb = parsed(
        "Xi left on Friday", [1, 1, 1, 2], "nsubj ROOT prep pobj", "O O O B-DATE", "NNP VBD IN NNP"
    )
    assert found(on_verb, 1) == "Friday"
    on_object = parsed(
        "Xi left Moscow on Friday", [1, 1, 1, 2, 3], "nsubj ROOT dobj prep pobj", "O O O O B-DATE",
        "NNP VBD NNP IN NNP",
    )  # fmt: skip
    assert found(on_object, 1) == "Friday"


def test_inside_another_preposition() -> None:
    doc = parsed(
        "Xi spoke in a call in December", [1, 1, 1, 4, 2, 4, 5], "nsubj ROOT prep det pobj prep pobj",
        "O O O O O O B-DATE", "NNP VBD IN DT NN IN NNP",
    )  # fmt: skip
    assert found(doc, 1) == "December"


def test_verb_that_plans_lends_its_time_but_one_that_reports_keeps_it() -> None:
    planned = parsed(
        "Xi plans Monday to leave", [1, 1, 1, 4, 1], "nsubj ROOT npadvmod aux xcomp",
        "O O B-DATE O O", "NNP VBZ NNP TO VB",
    )  # fmt: skip
    assert found(planned, 4) == "Monday"
    reported = parsed(
        "Xi said Monday Putin left", [1, 1, 1, 4, 1], "nsubj ROOT npadvmod nsubj ccomp",
        "O O B-DATE O O", "NNP VBD NNP NNP VBD",
    )  # fmt: skip
    assert found(reported, 4) is None
    assert found(reported, 1) == "Monday"


def test_time_of_a_decision_is_not_that_of_what_is_decided() -> None:
    decided = parsed(
        "Xi decided Monday to leave",
        [1, 1, 1, 4, 1],
        "nsubj ROOT npadvmod aux xcomp",
        "O O B-DATE O O",
        "NNP VBD NNP TO VB",
    )
    assert found(decided, 1) == "Monday"
    assert found(decided, 4) is None


FOUND = """
# two names of one time are one
Xi/NNP/nsubj/left left/VBD/ROOT/=leave on/IN/prep/left Friday/NNP/compound/morning/DATE
morning/NN/pobj/on/TIME
=> left: Friday morning

# a day before an hour, whichever comes first
Xi/NNP/nsubj/left left/VBD/ROOT/=leave at/IN/prep/left noon/NN/pobj/at/TIME on/IN/prep/left
Friday/NNP/pobj/on/DATE
=> left: Friday

# an hour, where there is nothing better
Xi/NNP/nsubj/left left/VBD/ROOT/=leave at/IN/prep/left noon/NN/pobj/at/TIME
=> left: noon

# an adverb that the model took for no time
Xi/NNP/nsubj/left left/VBD/ROOT/=leave overnight/RB/advmod/left
=> left: overnight

# the event that somebody attends
Xi/NNP/nsubj/attend will/MD/aux/attend attend/VB/ROOT next/JJ/amod/week/DATE week/NN/poss/summit/DATE
's/POS/case/week the/DT/det/summit summit/NN/dobj/attend
=> attend: next week

# where the model takes the 's for a part of it
Xi/NNP/nsubj/joined joined/VBD/ROOT/=join Friday/NNP/poss/summit/DATE 's/POS/case/Friday/DATE
summit/NN/dobj/joined
=> joined: Friday

# but not the event that somebody talks of
Xi/NNP/nsubj/praised praised/VBD/ROOT/=praise next/JJ/amod/week/DATE week/NN/poss/summit/DATE
's/POS/case/week summit/NN/dobj/praised
=> praised: -

# the event that does it
Friday/NNP/poss/blast/DATE 's/POS/case/Friday blast/NN/nsubj/killed killed/VBD/ROOT/=kill Xi/NNP/dobj/killed
=> killed: Friday

# the event since which it lasts, with the preposition that says so
Kestria/NNP/nsubj/grown has/VBZ/aux/grown/=have grown/VBN/ROOT/=grow since/IN/prep/grown
her/PRP$/poss/invasion February/NNP/compound/invasion/DATE 2022/CD/nummod/invasion/DATE
invasion/NN/pobj/since
=> grown: since her February 2022 invasion

# an event in which it is done
Xi/NNP/nsubj/died died/VBD/ROOT/=die in/IN/prep/died last/JJ/amod/night/DATE night/NN/poss/raid/DATE
's/POS/case/night raid/NN/pobj/in
=> died: last night

# what is old has no day
Xi/NNP/nsubj/died died/VBD/ROOT/=die in/IN/prep/died the/DT/det/house 25-year-old/JJ/amod/house/DATE
house/NN/pobj/in
=> died: -

# from one through to another
Xi/NNP/nsubj/ruled ruled/VBD/ROOT/=rule from/IN/prep/ruled Monday/NNP/pobj/from/DATE
through/IN/prep/ruled to/IN/prep/through Friday/NNP/pobj/to/DATE
=> ruled: Monday through to Friday

# a judgment by which it is done does not say when
Xi/NNP/nsubj/lost lost/VBD/ROOT/=lose by/IN/prep/lost Friday/NNP/poss/judgment/DATE 's/POS/case/Friday
judgment/NN/pobj/by
=> lost: -

# the day of the source is not that of what it tells
Xi/NNP/nsubj/died died/VBD/ROOT/=die in/IN/prep/died Oslo/NNP/pobj/in according/VBG/prep/died
to/IN/prep/according police/NNS/pobj/to on/IN/prep/police Friday/NNP/pobj/on/DATE
=> died: -

# wherever the parser hangs it
Xi/NNP/nsubj/died died/VBD/ROOT/=die in/IN/prep/died Oslo/NNP/pobj/in according/VBG/prep/died
to/IN/prep/according police/NNS/pobj/to on/IN/prep/died Friday/NNP/pobj/on/DATE
=> died: -

# behind a comma it is
According/VBG/prep/died to/IN/prep/According police/NNS/pobj/to ,/,/punct/died on/IN/prep/died
Friday/NNP/pobj/on/DATE Xi/NNP/nsubj/died died/VBD/ROOT/=die
=> died: Friday

# as of a day
Xi/NNP/nsubj/led led/VBD/ROOT/=lead as/IN/prep/led of/IN/prep/as Friday/NNP/pobj/of/DATE
=> led: Friday

# from one to another
Xi/NNP/nsubj/ruled ruled/VBD/ROOT/=rule from/IN/prep/ruled 2007/CD/pobj/from/DATE
until/IN/prep/ruled 2011/CD/pobj/until/DATE
=> ruled: 2007 until 2011

# one or another
Xi/NNP/nsubj/left left/VBD/ROOT/=leave on/IN/prep/left Monday/NNP/pobj/on/DATE or/CC/cc/Monday
late/JJ/amod/Tuesday/DATE Tuesday/NNP/conj/Monday/DATE
=> left: Monday or late Tuesday

# one, and another of something else
Xi/NNP/nsubj/left left/VBD/ROOT/=leave on/IN/prep/left Monday/NNP/pobj/on/DATE and/CC/cc/left
Tuesday/NNP/npadvmod/met/DATE Hale/NNP/nsubj/met met/VBD/conj/left/=meet Reed/NNP/dobj/met
=> left: Monday
=> met: Tuesday

# a fronted day holds for both verbs
On/IN/prep/came Friday/NNP/pobj/On/DATE Xi/NNP/nsubj/came came/VBD/ROOT/=come and/CC/cc/came
met/VBD/conj/came/=meet Hale/NNP/dobj/met
=> came: Friday
=> met: Friday

# another one holds for the first
Xi/NNP/nsubj/came came/VBD/ROOT/=come on/IN/prep/came Friday/NNP/pobj/on/DATE and/CC/cc/came
met/VBD/conj/came/=meet Hale/NNP/dobj/met
=> came: Friday
=> met: -

# and none for what will be
On/IN/prep/came Friday/NNP/pobj/On/DATE Xi/NNP/nsubj/came came/VBD/ROOT/=come and/CC/cc/came
will/MD/aux/meet meet/VB/conj/came Hale/NNP/dobj/meet
=> meet: -

# what somebody managed to do is done then
On/IN/prep/managed Friday/NNP/pobj/On/DATE Xi/NNP/nsubj/managed managed/VBD/ROOT/=manage to/TO/aux/leave
leave/VB/xcomp/managed
=> leave: Friday

# said on Monday that: the saying is dated, the visit is not
Xi/NNP/nsubj/said said/VBD/ROOT/=say on/IN/prep/said Monday/NNP/pobj/on/DATE that/IN/mark/visit
Hale/NNP/nsubj/visit would/MD/aux/visit visit/VB/ccomp/said Oslo/NNP/dobj/visit
=> said: Monday
=> visit: -

# even where the parser hangs the day on the visit
Xi/NNP/nsubj/said said/VBD/ROOT/=say Monday/NNP/npadvmod/visit/DATE Hale/NNP/nsubj/visit
would/MD/aux/visit visit/VB/ccomp/said Oslo/NNP/dobj/visit
=> said: Monday
=> visit: -

# said that on Monday: the visit is dated
Xi/NNP/nsubj/said said/VBD/ROOT/=say that/IN/mark/visited on/IN/prep/visited Monday/NNP/pobj/on/DATE
Hale/NNP/nsubj/visited visited/VBD/ccomp/said/=visit Oslo/NNP/dobj/visited
=> said: -
=> visited: Monday

# a day of its own, after that of another event
After/IN/prep/sank a/DT/det/storm storm/NN/pobj/After in/IN/prep/storm 2015/CD/pobj/in#1/DATE ,/,/punct/sank
ships/NNS/nsubj/sank sank/VBD/ROOT/=sink in/IN/prep/sank 2016/CD/pobj/in#2/DATE
=> sank: 2016

# how many
After/IN/prep/fled 1885/CD/nummod/shocks/DATE shocks/NNS/pobj/After ,/,/punct/fled Hale/NNP/nsubj/fled/PERSON
fled/VBD/ROOT/=flee
=> fled: -

# how old
Among/IN/prep/won voters/NNS/pobj/Among between/IN/prep/voters the/DT/det/ages/DATE
ages/NNS/pobj/between/DATE/=age
of/IN/prep/ages/DATE 17/CD/pobj/of/DATE ,/,/punct/won Hale/NNP/nsubj/won/PERSON won/VBD/ROOT/=win
=> won: -
"""


@pytest.mark.parametrize(("notation", "expected"), table(FOUND))
def test_which_time_is_that_of_a_verb(notation: str, expected: list[str]) -> None:
    doc = make(notation)
    for verb, words in each(expected):
        assert (found(doc, find(doc, verb).i) or "-") == words


def test_looking_above_a_verb_ends_soon() -> None:
    """Each verb of a long chain looks at a few above it, so that the whole takes linear time."""
    count = 3000
    words = " ".join(f"go{i}/VB/{'xcomp' if i else 'ROOT'}/{f'go{i - 1}' if i else ''}" for i in range(count))
    doc = make(f"On/IN/prep/go0 Friday/NNP/pobj/On/DATE {words}".replace("ROOT/", "ROOT"))
    assert found(doc, find(doc, "go3").i) == "Friday"
    assert found(doc, find(doc, f"go{count - 1}").i) is None


def test_what_hangs_on_one_verb_without_end_is_left_alone() -> None:
    count = 300
    words = " ".join(f"go{i}/VB/{'conj/go0' if i else 'ROOT'}" for i in range(count))
    doc = make(f"On/IN/prep/go0 Friday/NNP/pobj/On/DATE {words}")
    assert found(doc, find(doc, "go0").i) == "Friday"
    assert found(doc, find(doc, "go7").i) is None


def test_neighbouring_expressions_stay_apart() -> None:
    doc = parsed(
        "on Friday March 3",
        [0, 0, 1, 2],
        "ROOT pobj npadvmod nummod",
        "O B-DATE B-DATE I-DATE",
        "IN NNP NNP CD",
    )
    assert times.bounds(doc[1]) == (1, 2)
    assert times.bounds(doc[3]) == (2, 4)


@pytest.mark.parametrize(
    ("notation", "verb", "modality", "expected"),
    [
        ("Xi/NNP/nsubj/left left/VBD/ROOT/=leave", "left", "asserted", False),
        ("Xi/NNP/nsubj/left has/VBZ/aux/left/=have left/VBN/ROOT/=leave", "left", "asserted", False),
        ("it/PRP/nsubjpass/held was/VBD/auxpass/held/=be held/VBN/ROOT/=hold", "held", "claimed", False),
        ("Xi/NNP/nsubj/leaves leaves/VBZ/ROOT/=leave", "leaves", "asserted", None),
        ("Xi/NNP/nsubj/leaving is/VBZ/aux/leaving/=be leaving/VBG/ROOT/=leave", "leaving", "asserted", None),
        ("it/PRP/nsubjpass/set is/VBZ/auxpass/set/=be set/VBN/ROOT/=schedule", "set", "asserted", True),
        ("Xi/NNP/nsubj/leave will/MD/aux/leave leave/VB/ROOT", "leave", "planned", True),
        ("Xi/NNP/nsubj/leave could/MD/aux/leave leave/VB/ROOT", "leave", "possible", True),
        (
            "Xi/NNP/nsubj/left could/MD/aux/left have/VB/aux/left left/VBN/ROOT/=leave",
            "left",
            "possible",
            False,
        ),
        ("if/IN/mark/leaves Xi/NNP/nsubj/leaves leaves/VBZ/ROOT/=leave", "leaves", "hypothetical", True),
        ("if/IN/mark/left Xi/NNP/nsubj/left left/VBD/ROOT/=leave", "left", "hypothetical", None),
    ],
)
def test_tense_tells_what_is_to_come(notation: str, verb: str, modality: str, expected: bool | None) -> None:
    assert times.is_to_come(find(make(notation), verb), Modality(modality)) is expected
