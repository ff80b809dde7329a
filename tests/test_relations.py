"""The curated relations: that the table holds together, and what predicates fall under."""

from __future__ import annotations

import json
from collections import Counter
from graphlib import TopologicalSorter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import Modality
from graph.relations import PLOVER, PREPOSITIONS, above, relations, spelled_out
from graph.resources import data_path
from graph.vocab import slug

RELATIONS = relations()
TABLE = json.loads(data_path("ontology", "relations.json").read_text("utf-8"))
COOPERATION = frozenset("AGREE CONSULT SUPPORT COOPERATE AID YIELD".split())
CONFLICT = PLOVER - COOPERATION - {"REQUEST"}
NO_OBJECT = {"hold_protest"}  # a protest in Oslo is none against Oslo
SIDES = {"receive_cooperation": "cooperative_act", "suffer_hostile_act": "hostile_act"}


def families(id_: str) -> set[str]:
    """The sides of a relation: `hostile_act`, `cooperative_act`, none or both."""
    return {"hostile_act", "cooperative_act"} & {id_, *above(id_, "asserted")}


@pytest.mark.parametrize("id_", RELATIONS)
def test_relation_explains_itself(id_: str) -> None:
    relation = RELATIONS[id_]
    assert slug(relation.label) == id_
    assert relation.definition.endswith(".")
    assert set(relation.broader) <= RELATIONS.keys()
    assert relation.inverse_of is None or relation.inverse_of in RELATIONS
    assert relation.modalities is None or relation.modalities <= {str(m) for m in Modality}
    assert TABLE["relations"][id_].keys() <= {
        "label", "definition", "broader", "plover", "inverse_of", "modalities", "forms",
    }  # fmt: skip


def test_no_two_mean_the_same_and_none_is_above_itself() -> None:
    assert len({relation.definition for relation in RELATIONS.values()}) == len(RELATIONS)
    TopologicalSorter({id_: relation.broader for id_, relation in RELATIONS.items()}).prepare()


def test_every_class_of_plover_has_a_relation_on_its_side() -> None:
    assert {relation.plover for relation in RELATIONS.values()} - {None} == PLOVER
    for id_, relation in RELATIONS.items():
        if relation.plover in CONFLICT and id_ not in NO_OBJECT:
            assert families(id_) == {"hostile_act"}, id_
        elif relation.plover in COOPERATION:
            assert families(id_) == {"cooperative_act"}, id_
        elif relation.plover != "REQUEST" and id_ not in SIDES.values():
            assert not families(id_), id_


def test_who_undergoes_an_act_is_on_the_other_side_of_it() -> None:
    for id_, relation in RELATIONS.items():
        if relation.inverse_of is not None:
            undergone = {SIDES[side] for side in {id_, *above(id_, "asserted")} & SIDES.keys()}
            assert undergone == families(relation.inverse_of), id_


def test_a_form_stands_under_one_relation() -> None:
    """Those of a relation that holds in some modalities only stand under a wider one too."""
    counted = Counter(
        form for relation in RELATIONS.values() for form in relation.forms if not relation.modalities
    )
    assert {form for form, count in counted.items() if count > 1} == set()
    assert len(counted) > 400


def test_forms_are_ids_of_predicates() -> None:
    for relation in RELATIONS.values():
        for form in relation.forms:
            assert slug(form.removesuffix("_*")) == form.removesuffix("_*")
            assert form != relation.id, "a relation is among its own forms already"


def test_every_irregular_participle_is_one_of_a_listed_verb() -> None:
    verbs = {form.split("_")[0] for relation in RELATIONS.values() for form in relation.forms}
    assert TABLE["participles"].keys() <= verbs | RELATIONS.keys()


@pytest.mark.parametrize(
    ("form", "ids"),
    [
        ("agree", ["agree"]),
        ("agree_{on,to}", ["agree_on", "agree_to"]),
        ("{cut,sever}_{ties,relations}_with", [
            "cut_ties_with", "cut_relations_with", "sever_ties_with", "sever_relations_with",
        ]),
    ],
)  # fmt: skip
def test_braces_stand_for_either(form: str, ids: list[str]) -> None:
    assert list(spelled_out(form)) == ids


@pytest.mark.parametrize(
    ("predicate", "expected"),
    [
        # against somebody
        ("arrest", "coerce hostile_act"),
        ("invade", "attack assault hostile_act"),
        ("carry_out_airstrikes_on", "attack assault hostile_act"),
        ("impose_sanctions_on", "sanction hostile_act"),
        ("cut_ties_with", "sanction hostile_act"),
        ("file_lawsuit_against", "sue accuse hostile_act"),
        ("vote_against", "reject hostile_act"),
        ("protest_against", "protest hold_protest hostile_act"),
        ("deploy_troops_to", "mobilize hostile_act"),
        ("topple", "overthrow coerce hostile_act"),
        # with or for somebody
        ("hold_talks_with", "meet consult cooperative_act"),
        ("visit", "consult cooperative_act"),
        ("sign_treaty_with", "agree cooperative_act"),
        ("pay_tribute_to", "praise support cooperative_act"),
        ("evacuate", "rescue aid cooperative_act"),
        ("pardon", "set_free yield cooperative_act"),
        ("withdraw_from", "yield cooperative_act"),
        # on neither side
        ("call_on", "request"),
        ("march_through", "hold_protest"),
        ("sack", "dismiss"),
        ("step_down_as", "resign"),
        ("run_for", "run_for_office"),
        ("erupt_in", "disaster"),
        ("take_over", "buy"),
        ("yodel", ""),
        ("relate_to", "concern"),
        # who undergoes it
        ("be_arrested_in", "be_arrested be_coerced suffer_hostile_act"),
        ("be_shot_in", "be_attacked be_assaulted suffer_hostile_act"),
        ("be_banned_from", "be_prohibited be_coerced suffer_hostile_act"),
        ("be_killed_by_in", "be_killed be_assaulted die suffer_hostile_act"),
        ("be_charged_with", "be_prosecuted be_accused suffer_hostile_act"),
        ("be_elected", "be_appointed"),
        ("be_laid_off", "be_dismissed"),
        ("be_acquitted_of", "be_set_free receive_cooperation"),
        ("be_son-in-law_of", "be_relative_of"),
        ("be_rescued_from", "be_rescued be_aided receive_cooperation"),
        # a preposition that makes another verb of it, and one that only says where
        ("live_up_to", ""),
        ("die_of", "die"),
        ("meet_in", ""),
        ("lead_to", "cause"),
        ("in", ""),
        ("", ""),
    ],
)
def test_what_a_predicate_falls_under(predicate: str, expected: str) -> None:
    assert list(above(predicate, "asserted")) == expected.split()


def test_some_relations_hold_only_in_some_modalities() -> None:
    wanted = above("put_on_trial", "intended")
    assert wanted == ("seek_trial_of", "prosecute", "accuse", "hostile_act")
    assert above("put_on_trial", "asserted") == ("prosecute", "accuse", "hostile_act")
    assert above("try", "asserted") == ()


WORDS = sorted({"be", "yodel", *PREPOSITIONS, *(word for id_ in RELATIONS for word in id_.split("_"))})


@given(st.lists(st.sampled_from(WORDS), max_size=6).map("_".join), st.sampled_from(list(Modality)))
def test_any_predicate_falls_under_relations_other_than_itself(predicate: str, modality: Modality) -> None:
    found = above(predicate, modality)
    assert set(found) <= RELATIONS.keys() - {predicate}
    assert len(set(found)) == len(found)
    assert all({*RELATIONS[id_].broader} <= {*found, predicate} for id_ in found)
