"""Which entities may be one: those with names that are alike, and not those that were told apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

import pytest

from graph import curation
from graph.curation import Hand, candidates
from graph.errors import BadFilter, Conflict, Merged, NotFound
from graph.model import Article, Entity, EntityType
from graph.store.archive import Archive
from graph.store.likeness import Called, Rule, keys, reasons
from graph.vocab import slug
from tests.conftest import BASE
from tests.keeping import keep
from tests.readings import Draft

HAND = Hand("Vale")
PERSON, ORGANIZATION, PLACE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE
GROUP, CONCEPT = EntityType.GROUP, EntityType.CONCEPT


@pytest.fixture
def archive() -> Iterator[Archive]:
    with Archive.open(None, BASE) as opened:
        yield opened


def tell(archive: Archive, *names: str, type_: EntityType = PERSON, aliases: Iterable[str] = ()) -> None:
    """Keep an article that says of each that it met Norvalia."""
    draft = Draft(Article(" ".join(f"{name} met Norvalia today. " for name in names)))
    for name in names:
        draft.sentence(f"{name} met")
        node = draft.node(name, type_)
        draft.entity(Entity(node.id, name, type_, tuple(aliases)))
        draft.say(node, draft.predicate("met", "meet"), draft.node("Norvalia", PLACE))
    keep(archive, draft.reading())


def pairs(archive: Archive, **asked: object) -> list[tuple[str, ...]]:
    """The pairs of all pages, each with its rules."""
    found, after = [], None
    while True:
        page = candidates(archive, after=after, **asked)  # type: ignore[arg-type]
        for one in page.items:
            ids = sorted(side.entity.entity.id for side in one.sides)
            found.append((*ids, *(reason.rule.value for reason in one.reasons)))
        if (after := page.next) is None:
            return found


def why(one: Called, other: Called) -> set[Rule]:
    """The rules that speak for two, found by any key that they share."""
    found = [reasons(key, one, other) for key in keys(one) & keys(other)]
    return {reason.rule for some in found for reason in some.values()}


ALIKE = [
    (PERSON, "John Hale", "J. Hale", Rule.INITIALS),
    (PERSON, "John Hale", "John B. Hale", Rule.INITIALS),
    (PERSON, "J.B. Hale", "John Bernard Hale", Rule.INITIALS),
    (PERSON, "Mira Hale", "Hale", Rule.PART),
    (PERSON, "Mira Hussein", "Mira Husayn", Rule.SPELLING),
    (PERSON, "José Vale", "Jose Vale", Rule.NAME),
    (ORGANIZATION, "Norvalian Coast Watch", "NCW", Rule.ACRONYM),
    (ORGANIZATION, "Bank of Norvalian Mines", "BNM", Rule.ACRONYM),
    (ORGANIZATION, "Nordane Energy", "Nordane", Rule.COMPANY),
    (ORGANIZATION, "U.N. Watch", "UN Watch", Rule.SPELLING),
    (ORGANIZATION, "Coast Watch", "coast watch", None),
    (PERSON, "John Hale", "Jane Hale", None),
    (PERSON, "John A. Hale", "John B. Hale", None),
    (PERSON, "John Hale", "John Hale Jr.", None),
    (PERSON, "Vale II", "Mira Vale", None),
    (ORGANIZATION, "Norvalia Watch", "NW", None),
    (PERSON, "John Hale", "J. Vale", None),
    (CONCEPT, "Action", "action", None),
    (CONCEPT, "Peace Talks", "Peace talks", None),
]


@pytest.mark.parametrize(("type_", "one", "other", "rule"), ALIKE)
def test_names_are_alike(type_: EntityType, one: str, other: str, rule: Rule | None) -> None:
    found = why(Called(type_, one), Called(type_, other))
    assert (rule in found) if rule else not found
    assert found == why(Called(type_, other), Called(type_, one))


def test_types_that_are_not_one() -> None:
    assert why(Called(PLACE, "Kestria", ("Kestrian",)), Called(GROUP, "Kestrian")) == set()
    assert why(Called(PLACE, "Vale"), Called(PERSON, "Vale")) == set()
    assert why(Called(ORGANIZATION, "Vale"), Called(PERSON, "Vale")) == {Rule.NAME}
    same = ("https://elsewhere.example/7",)
    assert why(Called(PLACE, "Kestria", (), same), Called(CONCEPT, "Ostmark", (), same)) == {Rule.IDENTIFIER}


def test_a_short_form_of_a_long_name_means_others_too() -> None:
    """Two people are not one because articles call each of them Hale."""
    assert why(Called(PERSON, "John Hale", ("Hale",)), Called(PERSON, "Mira Hale", ("Hale",))) == set()
    assert why(Called(PERSON, "Kiew", ("Kyjiw",)), Called(PERSON, "Kyjiw")) == {Rule.NAME}


def test_candidates_come_with_what_speaks_for_them(archive: Archive) -> None:
    tell(archive, "John Hale", "J Hale")
    tell(archive, "John Hale", "Mira Vale")
    (found,) = candidates(archive).items
    one, other = found.sides
    assert (one.entity.entity.id, other.entity.entity.id) == ("John_Hale", "J_Hale")
    assert (one.articles, other.articles, one.entity.statements) == (2, 1, 2)
    assert found.reasons == ((Rule.INITIALS, "John Hale", "J Hale"),)
    assert (found.shared, found.both) == ((("Norvalia", "Norvalia"),), 0)


def test_merged_and_told_apart_are_not_asked_about_again(archive: Archive) -> None:
    tell(archive, "John Hale", "J Hale", "John B Hale")
    assert len(pairs(archive)) == 3
    apart = curation.distinguish(archive, "J_Hale", "John_Hale", HAND)
    assert {pair[:2] for pair in pairs(archive)} == {
        ("J_Hale", "John_B_Hale"),
        ("John_B_Hale", "John_Hale"),
    }
    with pytest.raises(Conflict, match="Decision 1 says so already"):
        curation.distinguish(archive, "John_Hale", "J_Hale", HAND)
    with pytest.raises(Conflict, match="undo that first"):
        curation.merge(archive, "John_Hale", "J_Hale", HAND)
    merged = curation.merge(archive, "John_B_Hale", "John_Hale", HAND)
    assert pairs(archive) == []  # what was merged into one of the two is not the other either
    with pytest.raises(Merged):
        candidates(archive, about="John_B_Hale")
    curation.undo(archive, merged.id, HAND)
    curation.undo(archive, apart.id, HAND)
    assert len(pairs(archive)) == 3
    (told,) = curation.decisions(
        archive, curation.Wanted(about="John_Hale", state="undone", kind=apart.kind)
    ).items
    assert (told["change"], told["articles"]) == ({"from": "John_Hale"}, 0)


def test_a_decision_that_two_are_not_one_is_in_force_without_an_article(archive: Archive) -> None:
    tell(archive, "John Hale", "J Hale")
    made = curation.distinguish(archive, "J_Hale", "John_Hale", HAND)
    asked = (curation.Wanted(about=id_, state="active") for id_ in ("J_Hale", "John_Hale"))
    assert [[one["id"] for one in curation.decisions(archive, each).items] for each in asked] == [[1], [1]]
    assert curation.decision(archive, made.id)["state"] == "active"


def test_pages_hold_each_pair_once(archive: Archive) -> None:
    names = [
        "John Hale",
        "J Hale",
        "John B Hale",
        "Hale",
        "John C Vale",
        "John Vale",
        "J C Vale",
        "Vale",
    ]
    tell(archive, *names, aliases=["The Old Hand", "Hand the Old"])
    every = pairs(archive)
    assert sorted({pair[:2] for pair in every}) == sorted(pair[:2] for pair in every)
    assert len(every) == len(list(combinations(names, 2)))  # the aliases say so
    assert pairs(archive, limit=1) == pairs(archive, limit=3) == every
    about = pairs(archive, about="Hale", limit=2)
    assert sorted(about) == sorted(pair for pair in every if "Hale" in pair[:2])
    assert pairs(archive, type=PLACE) == []
    assert pairs(archive, type=PERSON) == every


def test_a_name_of_many_tells_nothing(archive: Archive) -> None:
    """One key that hundreds share would have each compared with each."""
    tell(archive, *(f"{chr(65 + n // 26)}{chr(97 + n % 26)}x Kim" for n in range(60)), "Kim")
    assert pairs(archive) == []
    tell(archive, "Axel Vale", "Vale")
    assert pairs(archive) == [("Axel_Vale", "Vale", "part")]


def test_a_page_that_finds_little_ends(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(archive, *(f"{first} Vale{end}" for end in "bcdfgkmprt" for first in ("Ana", "Axel", "Ada")))
    tell(archive, "Karl Zorn", "K Zorn")
    page = candidates(archive, limit=5)
    assert [one.reasons[0].rule for one in page.items] == [Rule.INITIALS]
    monkeypatch.setitem(candidates.__globals__, "_LOOKED_AT", 7)
    first = candidates(archive, limit=5)
    assert first.items == ()
    assert first.next is not None
    assert pairs(archive, limit=5) == [("K_Zorn", "Karl_Zorn", "initials")]


def test_what_cannot_be_asked_for(archive: Archive) -> None:
    tell(archive, "John Hale", "J Hale", "John B Hale")
    with pytest.raises(NotFound, match="John_Hale"):
        candidates(archive, about="Jon_Hale")
    cursor = candidates(archive, limit=1).next
    for asked in ({"limit": 0}, {"after": "x"}, {"after": cursor, "type": PERSON}):
        with pytest.raises(BadFilter):
            candidates(archive, **asked)  # type: ignore[arg-type]
    for id_ in ("John_Hale", slug("John Hale")):
        with pytest.raises(Conflict, match="itself"):
            curation.distinguish(archive, "John_Hale", id_, HAND)


def test_candidates_follow_what_users_name(archive: Archive) -> None:
    """The keys are of the index, which is in step with the graph, also where the reading gave other names."""
    tell(archive, "John Hale", "Mira Vale")
    assert pairs(archive) == []
    curation.rename(archive, "Mira_Vale", "J Hale", HAND)
    assert pairs(archive) == [("John_Hale", "Mira_Vale", "initials")]
    curation.retype(archive, "Mira_Vale", PLACE, HAND)
    assert pairs(archive) == []
    curation.undo(archive, 2, HAND)
    curation.undo(archive, 1, HAND)
    assert pairs(archive) == []
