"""Time expressions: the days they mean, and where in the parse they are found."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from graph.model import Modality
from graph.text import times
from graph.text.day_rules import RULES
from graph.text.days import resolve
from tests.docs import each, find, make, table

FRIDAY = date(2023, 3, 17)
PAST = [
    # today and the days around it
    ("today", "2023-03-17", "2023-03-17"),
    ("Yesterday", "2023-03-16", "2023-03-16"),
    ("last night", "2023-03-16", "2023-03-16"),
    ("this morning", "2023-03-17", "2023-03-17"),
    ("tomorrow", "2023-03-18", "2023-03-18"),
    ("overnight", "2023-03-16", "2023-03-17"),
    ("the past 24 hours", "2023-03-16", "2023-03-17"),
    ("the next 48 hours", "2023-03-17", "2023-03-19"),
    ("three hours ago", "2023-03-16", "2023-03-17"),
    # weekdays
    ("Friday", "2023-03-17", "2023-03-17"),
    ("Thursday", "2023-03-16", "2023-03-16"),
    ("Saturday", "2023-03-11", "2023-03-11"),
    ("Friday night", "2023-03-17", "2023-03-17"),
    ("last Friday", "2023-03-10", "2023-03-10"),
    ("this Friday", "2023-03-17", "2023-03-17"),
    ("this Sunday", "2023-03-19", "2023-03-19"),
    ("next Friday", "2023-03-24", "2023-03-24"),
    ("next Monday", "2023-03-20", "2023-03-20"),
    ("Friday last week", "2023-03-10", "2023-03-10"),
    ("Tuesday of next week", "2023-03-21", "2023-03-21"),
    ("the weekend", "2023-03-11", "2023-03-12"),
    ("last weekend", "2023-03-11", "2023-03-12"),
    ("next weekend", "2023-03-25", "2023-03-26"),
    # weeks, months, quarters, years
    ("this week", "2023-03-13", "2023-03-19"),
    ("last week", "2023-03-06", "2023-03-12"),
    ("next week", "2023-03-20", "2023-03-26"),
    ("earlier this month", "2023-03-01", "2023-03-17"),
    ("later in the week", "2023-03-17", "2023-03-19"),
    ("late last year", "2022-09-01", "2022-12-31"),
    ("early last month", "2023-02-01", "2023-02-10"),
    ("early next week", "2023-03-20", "2023-03-26"),
    ("last month", "2023-02-01", "2023-02-28"),
    ("next month", "2023-04-01", "2023-04-30"),
    ("this quarter", "2023-01-01", "2023-03-31"),
    ("last quarter", "2022-10-01", "2022-12-31"),
    ("the fourth quarter", "2022-10-01", "2022-12-31"),
    ("the second quarter of 2021", "2021-04-01", "2021-06-30"),
    ("last year", "2022-01-01", "2022-12-31"),
    ("next year", "2024-01-01", "2024-12-31"),
    ("this decade", "2020-01-01", "2029-12-31"),
    # months and days by name
    ("March", "2023-03-01", "2023-03-31"),
    ("December", "2022-12-01", "2022-12-31"),
    ("late December", "2022-12-21", "2022-12-31"),
    ("early January", "2023-01-01", "2023-01-10"),
    ("mid-February", "2023-02-11", "2023-02-20"),
    ("last March", "2022-03-01", "2022-03-31"),
    ("next June", "2023-06-01", "2023-06-30"),
    ("this June", "2023-06-01", "2023-06-30"),
    ("May", "2022-05-01", "2022-05-31"),
    ("September 2019", "2019-09-01", "2019-09-30"),
    ("Sept. 2019", "2019-09-01", "2019-09-30"),
    ("March 3", "2023-03-03", "2023-03-03"),
    ("March 20", "2022-03-20", "2022-03-20"),
    ("Mar. 3rd", "2023-03-03", "2023-03-03"),
    ("the 3rd of March", "2023-03-03", "2023-03-03"),
    ("3 March 2021", "2021-03-03", "2021-03-03"),
    ("March 3, 2021", "2021-03-03", "2021-03-03"),
    ("Wednesday, March 3, 2021", "2021-03-03", "2021-03-03"),
    ("2021-03-03", "2021-03-03", "2021-03-03"),
    ("3 may", "2022-05-03", "2022-05-03"),
    # years
    ("2014", "2014-01-01", "2014-12-31"),
    ("early 2014", "2014-01-01", "2014-04-30"),
    ("mid-2014", "2014-05-01", "2014-08-31"),
    ("late 2014", "2014-09-01", "2014-12-31"),
    ("the 1990s", "1990-01-01", "1999-12-31"),
    ("the late 1980s", "1987-01-01", "1989-12-31"),
    ("the early 2000s", "2000-01-01", "2003-12-31"),
    ("the ’70s", "1970-01-01", "1979-12-31"),
    ("the late '70s", "1977-01-01", "1979-12-31"),
    ("2019-20", "2019-01-01", "2020-12-31"),
    ("2019-03", "2019-01-01", "2019-12-31"),
    ("the 20th century", "1901-01-01", "2000-12-31"),
    ("the first half of 2021", "2021-01-01", "2021-06-30"),
    ("the second half of the year", "2022-07-01", "2022-12-31"),
    # feasts
    ("Christmas Eve", "2022-12-24", "2022-12-24"),
    ("Christmas 2019", "2019-12-25", "2019-12-25"),
    ("New Year's Day", "2023-01-01", "2023-01-01"),
    ("May Day", "2022-05-01", "2022-05-01"),
    # the week of a day
    ("the week of October 21, 2019", "2019-10-21", "2019-10-27"),
    ("the week of 7 March", "2023-03-06", "2023-03-12"),
    # counted
    ("two weeks ago", "2023-02-27", "2023-03-05"),
    ("three days ago", "2023-03-14", "2023-03-14"),
    ("a year ago", "2022-01-01", "2022-12-31"),
    ("20 years ago", "2003-01-01", "2003-12-31"),
    ("fourteen years ago", "2009-01-01", "2009-12-31"),
    ("the past three months", "2022-12-17", "2023-03-17"),
    ("the last 10 days", "2023-03-07", "2023-03-17"),
    ("the past year", "2022-03-17", "2023-03-17"),
    ("the last decade", "2013-03-17", "2023-03-17"),
    ("the last week of May 2021", "2021-05-01", "2021-05-31"),
    ("the next two weeks", "2023-03-17", "2023-03-31"),
    # from one to the other
    ("between November 27 and December 10", "2022-11-27", "2022-12-10"),
    ("between May 3 and June 8, 2019", "2019-05-03", "2019-06-08"),
    ("from Monday to Wednesday", "2023-03-13", "2023-03-15"),
    ("March 3-5", "2023-03-03", "2023-03-05"),
    ("March 3-5, 2021", "2021-03-03", "2021-03-05"),
    ("mid-May to June 2021", "2021-05-11", "2021-06-30"),
    ("3–5 March 2021", "2021-03-03", "2021-03-05"),
    ("March 3 and 4", "2023-03-03", "2023-03-04"),
    ("Monday and Tuesday", "2023-03-13", "2023-03-14"),
    ("November 27 or December 10", "2022-11-27", "2022-12-10"),
    ("2014-2016", "2014-01-01", "2016-12-31"),
    ("from 2014 through 2016", "2014-01-01", "2016-12-31"),
    ("November to February", "2022-11-01", "2023-02-28"),
    ("Tuesday night through to Wednesday", "2023-03-14", "2023-03-15"),
    # leap days
    ("February 29", "2020-02-29", "2020-02-29"),
    ("29 February 2024", "2024-02-29", "2024-02-29"),
]
TO_COME = [
    ("Friday", "2023-03-17", "2023-03-17"),
    ("Monday", "2023-03-20", "2023-03-20"),
    ("last Monday", "2023-03-13", "2023-03-13"),
    ("the end of the year", "2023-12-31", "2023-12-31"),
    ("the weekend", "2023-03-18", "2023-03-19"),
    ("December", "2023-12-01", "2023-12-31"),
    ("January", "2024-01-01", "2024-01-31"),
    ("March 3", "2024-03-03", "2024-03-03"),
    ("March 20", "2023-03-20", "2023-03-20"),
    ("the first quarter", "2023-01-01", "2023-03-31"),
    ("the third quarter", "2023-07-01", "2023-09-30"),
    ("February 29", "2024-02-29", "2024-02-29"),
    ("overnight", "2023-03-17", "2023-03-18"),
    ("Christmas", "2023-12-25", "2023-12-25"),
    ("the first half of the year", "2023-01-01", "2023-06-30"),
    ("the week of October 21", "2023-10-16", "2023-10-22"),
    ("next week's summit", "2023-03-20", "2023-03-26"),
    ("between May and July", "2023-05-01", "2023-07-31"),
    ("early June", "2023-06-01", "2023-06-10"),
]
OPEN = [
    ("2014", "since", "2014-01-01", None),
    ("since 2014", "", "2014-01-01", None),
    ("Monday", "until", None, None),
    ("until Monday", "", None, None),
    ("June 10", "till", None, None),
    ("2014", "until", None, "2014-12-31"),
    ("last year", "until", None, "2022-12-31"),
    ("Monday", "by", None, "2023-03-13"),
    ("June", "by", None, "2022-06-30"),
    ("last year", "before", None, "2021-12-31"),
    ("September", "before", None, "2022-08-31"),
    ("before March 3", "", None, "2023-03-02"),
    ("Tuesday", "after", "2023-03-15", None),
    ("2 January", "from", "2023-01-02", None),
    ("May 3 and June 8, 2019", "between", "2019-05-03", "2019-06-08"),
    ("Friday", "on", "2023-03-17", "2023-03-17"),
    ("2030", "until", None, "2030-12-31"),
    # the day of an event, from or to which something lasts, belongs to it
    ("since her February 2022 invasion", "", "2022-02-01", None),
    ("after Monday's attack", "", "2023-03-13", None),
    ("before last week's vote", "", None, "2023-03-12"),
    ("until last week's vote", "", None, "2023-03-12"),
    ("during last week's storm", "", "2023-03-06", "2023-03-12"),
]
NO_DAYS = [
    "31 June",
    "31 June 2021",
    "February 30",
    "29 February 2023",
    "2021-13-45",
    "the same day",
    "start of a year",
    "the year",
    "13 months",
    "several hours",
    "recent years",
    "three days earlier",
    "its 13th month",
    "the 0th century",
    "the '20s",
    "24 hours",
    "it may",
    "the march",
    "999 decades ago",
    "the next 999 decades",
    "",
]
WITHOUT_PUBLICATION = [
    ("Friday", None, None),
    ("next week", None, None),
    ("last year", None, None),
    ("yesterday", None, None),
    ("the weekend", None, None),
    ("overnight", None, None),
    ("the past 24 hours", None, None),
    ("earlier this month", None, None),
    ("late last year", None, None),
    ("Halloween", None, None),
    ("the week of March 3", None, None),
    ("the first half of the year", None, None),
    ("the 20th century", "1901-01-01", "2000-12-31"),
    ("March 3", None, None),
    ("late December", None, None),
    ("the third quarter", None, None),
    ("two weeks ago", None, None),
    ("the past three months", None, None),
    ("2014", "2014-01-01", "2014-12-31"),
    ("March 3, 2021", "2021-03-03", "2021-03-03"),
    ("May 2021", "2021-05-01", "2021-05-31"),
    ("May to June 2021", "2021-05-01", "2021-06-30"),
]


def iso(found: tuple[date | None, date | None]) -> tuple[str | None, str | None]:
    start, end = found
    return (start.isoformat() if start else None, end.isoformat() if end else None)


@pytest.mark.parametrize(("text", "start", "end"), PAST)
def test_what_has_happened(text: str, start: str, end: str) -> None:
    assert iso(resolve(text, FRIDAY)) == (start, end)


@pytest.mark.parametrize(("text", "start", "end"), TO_COME)
def test_what_is_to_come(text: str, start: str, end: str) -> None:
    assert iso(resolve(text, FRIDAY, future=True)) == (start, end)


@pytest.mark.parametrize(("text", "prep", "start", "end"), OPEN)
def test_preposition_opens_a_range(text: str, prep: str, start: str | None, end: str | None) -> None:
    assert iso(resolve(text, FRIDAY, prep=prep)) == (start, end)


@pytest.mark.parametrize(
    ("text", "prep", "end"),
    [("Monday", "until", "2023-03-20"), ("June 10", "till", "2023-06-10"), ("Friday", "by", "2023-03-17")],
)
def test_until_a_day_to_come(text: str, prep: str, end: str) -> None:
    assert iso(resolve(text, FRIDAY, future=True, prep=prep)) == (None, end)


@pytest.mark.parametrize(
    ("text", "prep", "start", "end"),
    [
        ("Monday", "on", None, None),
        ("March 20", "on", "2023-03-20", "2023-03-20"),
        ("February", "in", "2023-02-01", "2023-02-28"),
        ("September 20", "on", None, None),
        ("Friday", "on", "2023-03-17", "2023-03-17"),
        ("next week", "", "2023-03-20", "2023-03-26"),
        ("2014", "since", "2014-01-01", None),
        ("Monday", "since", "2023-03-13", None),
    ],
)
def test_when_the_tense_does_not_tell(text: str, prep: str, start: str | None, end: str | None) -> None:
    assert iso(resolve(text, FRIDAY, future=None, prep=prep)) == (start, end)


@pytest.mark.parametrize("text", NO_DAYS)
@pytest.mark.parametrize("future", [False, True, None])
def test_no_days_are_made_up(text: str, future: bool | None) -> None:
    assert resolve(text, FRIDAY, future=future) == (None, None)


@pytest.mark.parametrize(("text", "start", "end"), WITHOUT_PUBLICATION)
def test_without_a_day_of_publication(text: str, start: str | None, end: str | None) -> None:
    assert iso(resolve(text, None)) == (start, end)


@pytest.mark.parametrize("published", [date(2024, 2, 29), date(2023, 12, 31), date(2024, 1, 1)])
def test_around_the_turn_of_the_year_and_on_a_leap_day(published: date) -> None:
    start, end = resolve("last year", published)
    assert start == date(published.year - 1, 1, 1)
    assert end == date(published.year - 1, 12, 31)
    assert resolve("a year ago", published) == (start, end)
    start, end = resolve("next month", published)
    assert start is not None
    assert end is not None
    assert start.day == 1
    assert start.month == published.month % 12 + 1
    assert (end - start).days >= 27


@given(
    st.text(st.sampled_from("0123456789 -–")) | st.sampled_from([row[0] for row in PAST]),
    st.none() | st.dates(),
    st.none() | st.booleans(),
    st.sampled_from(["", "since", "until", "after", "between", "on"]),
)
def test_never_fails_and_never_ends_before_it_starts(
    text: str, published: date | None, future: bool | None, prep: str
) -> None:
    start, end = resolve(text, published, future=future, prep=prep)
    assert start is None or end is None or start <= end


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.booleans())
def test_bare_names_lie_on_the_side_that_the_clause_means(published: date, future: bool) -> None:
    for name in ("Monday", "Sunday"):
        day, _ = resolve(name, published, future=future)
        assert day is not None
        assert 0 <= ((day - published) if future else (published - day)).days < 7
    for name in ("January 1", "February 29", "December 31"):
        day, _ = resolve(name, published, future=future)
        assert day is not None
        assert (day >= published) if future else (day <= published)


def test_every_rule_has_a_row() -> None:
    texts = [" ".join(row[0].lower().split()) for row in (*PAST, *TO_COME)]
    assert all(any(pattern.search(text) for text in texts) for pattern, _ in RULES)


def parsed(words: str, heads: list[int], deps: str, ents: str, tags: str) -> Doc:
    return Doc(Vocab(), words.split(), heads=heads, deps=deps.split(), ents=ents.split(), tags=tags.split())


def found(doc: Doc, verb: int) -> str | None:
    head = times.expression(doc[verb])
    if head is None:
        return None
    start, end = times.bounds(head)
    return doc[start:end].text


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
