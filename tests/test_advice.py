"""What messages say of a name that there is not, and of a value that cannot be."""

from __future__ import annotations

import time

import pytest

from graph.advice import demand, instead, nearest


@pytest.mark.parametrize(
    ("name", "near"),
    [("labl", "label"), ("LABEL", "label"), ("attributedto", "attributedTo"), ("bogus", None), ("", None)],
)
def test_the_nearest_name_whatever_the_case(name: str, near: str | None) -> None:
    assert nearest(name, ["id", "label", "about", "attributedTo"]) == near


def test_what_there_is_instead() -> None:
    assert instead("lable", ["id", "label"]) == "did you mean 'label'? There is id, label"
    assert instead("zzz", ["id", "label"]) == "there is id, label"
    assert instead("lable", ["id", "label"], "subject.") == (
        "did you mean 'subject.label'? There is subject.id, subject.label"
    )


def test_a_long_name_takes_no_long_time() -> None:
    before = time.monotonic()
    assert nearest("ab" * 1_000_000, ["label"] * 100) is None
    assert time.monotonic() - before < 1


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        (
            "Input should be a valid integer, unable to parse string as an integer",
            "it should be a whole number",
        ),
        ("Input should be a valid boolean, unable to interpret input", "it should be true or false"),
        ("Input should be less than or equal to 500", "it should be less than or equal to 500"),
        ("String should have at most 5 characters", "it should have at most 5 characters"),
        ("foo is no rate", "foo is no rate"),
    ],
)
def test_what_a_validator_demands(theirs: str, ours: str) -> None:
    assert demand(theirs) == ours
