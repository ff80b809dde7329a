"""What the public article may state as plain fact, and the facts of it that must be there, as ids.

`test_article.py` asks for single statements; here everything that stands asserted, without a speaker and
not denied, must be on a list made by hand, so that nothing planned, wanted or claimed slips in.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.model import Modality, Polarity, Reading, Statement
from tests.loaded import read
from tests.rows import SCOPE, name, told

FILE = Path(__file__).resolve().parents[2] / "shared" / "articles" / "000_7176ba4e2802d932.txt"

pytestmark = pytest.mark.skipif(
    not FILE.exists(), reason="the public article is not laid beside this checkout"
)

PLAIN = """
Beijing accuse
Beijing denounce
Beijing denounce_sanctions_against
Beijing have
China declare
China insist
Crimea have
Dmitro_Kuleva be_foreign_minister_of
Dmitry_Peskov be_spokesman_of
Dmitry_Peskov say
International_Criminal_Court announce
John_Kirby be_spokesman_of
John_Kirby encourage
Moscow make
Qin_Gang argue
Qin_Gang be_foreign_minister_of
Qin_Gang say
Qin_Gang warn
Russia annex
Russia hold
Russian_fighter_jets be_of
Russian_forces be_of
Russian_forces remain_bogged_down_in
Tensions_between_the_US_and_Russia escalate
US_drone be_destroyed_in
US_drone be_of
US_drone encounter
Ukrainian_territory be_of
United_States have_tensions_with
United_States say
Vladimir_Putin attend
Vladimir_Putin be_president_of
Vladimir_Putin emphasize
Vladimir_Putin invite
Vladimir_Putin invite_to
Vladimir_Putin meet_with
Vladimir_Putin refer_to
Vladimir_Putin say
Vladimir_Putin send
Vladimir_Putin send_to
Volodymyr_Zelenskyy be_president_of
Volodymyr_Zelenskyy call_on
Wang_Wenbin be_spokesman_of
Wang_Wenbin say
Western_sanctions_against_Moscow be_against
Xi_Jinping be
Xi_Jinping be_invited_to
Xi_Jinping be_president_of
Xi_s_visit be
Xi_s_visit come_amid
attrition be_centered_on
broader_meeting_with_officials_from_both_countries_on_a_range_of_issues be_scheduled
move be_condemned_illegal_in
move be_condemned_in
troops be_sent_to
war_in_Ukraine happen_in
war_of_attrition be_centered_on
"""
CERTAIN = [
    "Xi_Jinping | visit | Moscow | planned at 2023-03-20..2023-03-26",
    "International_Criminal_Court | put_on_trial | Vladimir_Putin | intended by International_Criminal_Court",
    "Russia | annex | Crimea | asserted at 2014-01-01..2014-12-31",
    "Russia | withdraw_from | Crimea | requested by Volodymyr_Zelenskyy",
    "China | condemn | Moscow_s_aggression | asserted not",
    "NATO | provoke | Putin_s_military_action | claimed by Beijing",
    "United_States | provoke | Putin_s_military_action | claimed by Beijing",
    "Russia | resume | Russia_s_attacks_on_Ukraine | possible by Qin_Gang",
    "Vladimir_Putin | discuss | bilateral_relations | planned by Wang_Wenbin",
    "Dmitry_Peskov | be_spokesman_of | Kremlin | asserted",
]


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(FILE.read_text(encoding="utf-8"))


def is_plain(made: Statement) -> bool:
    return (
        made.modality is Modality.ASSERTED
        and made.polarity is Polarity.POSITIVE
        and made.attributed_to is None
    )


def test_what_stands_as_plain_fact_is_one(reading: Reading) -> None:
    plain = {f"{name(s.subject)} {s.predicate.id}" for s in reading.statements if is_plain(s)}
    assert plain <= set(PLAIN.split("\n"))
    assert len(plain) > 20


@pytest.mark.parametrize("line", CERTAIN)
def test_statement(reading: Reading, line: str) -> None:
    assert any(told(made).startswith(line) for made in reading.statements)


def test_what_is_asked_for_by_a_broader_relation_is_found(reading: Reading) -> None:
    def found(relation: str) -> set[str]:
        return {name(s.subject) for s in reading.statements if relation in s.predicate.broader}

    assert found("seek_trial_of") == {"International_Criminal_Court"}
    assert "Russia" in found("take_territory") & found("hostile_act")
    assert "Dmitry_Peskov" in found("hold_office")


def test_the_united_states_would_oppose_what_china_may_propose(reading: Reading) -> None:
    (opposed,) = [s for s in reading.statements if s.predicate.id == "oppose"]
    assert opposed.subject.id == "United_States"
    assert "ceasefire" in name(opposed.object)
    assert "China" in {
        id_ for e in reading.entities if e.id == SCOPE.sub("", name(opposed.object)) for id_ in e.mentions
    }
    assert opposed.attributed_to is not None
    assert opposed.attributed_to.id == "United_States"
    assert opposed.modality is not Modality.ASSERTED


@pytest.mark.parametrize(
    ("id_", "aliases", "stands_for"),
    [
        ("Xi_Jinping", {"Xi"}, None),
        ("Vladimir_Putin", {"Putin"}, None),
        ("Volodymyr_Zelenskyy", {"Zelensky"}, None),
        ("United_States", {"U.S.", "US"}, None),
        ("Kyiv", {"Kiev"}, "Ukraine"),
        ("Beijing", set(), "China"),
        ("Moscow", set(), "Russia"),
        ("Donbas", {"Donbass"}, None),
    ],
)
def test_entity(reading: Reading, id_: str, aliases: set[str], stands_for: str | None) -> None:
    (entity,) = [e for e in reading.entities if e.id == id_]
    assert aliases <= set(entity.aliases)
    assert entity.stands_for == stands_for


def test_the_unclear_he_stays_unresolved(reading: Reading) -> None:
    """It remains unclear whether he sympathizes: no man was named near."""
    assert not [s for s in reading.statements if s.predicate.id.startswith("sympathize")]
