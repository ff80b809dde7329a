from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.errors import NotAcceptable
from api.negotiation import Offer, named, negotiate, parse_accept, quality

JSON = Offer("application/sparql-results+json", ("json",), ("application/json",))
XML = Offer("application/sparql-results+xml", ("xml",), ("application/xml", "text/xml"))
CSV = Offer("text/csv", ("csv",))
TURTLE = Offer("text/turtle", ("turtle", "ttl"))
RESULTS = (JSON, XML, CSV)

CHOICES = [
    # what the client says, what there is, what it gets
    (None, RESULTS, "application/sparql-results+json"),
    ("", RESULTS, "application/sparql-results+json"),
    ("   ,, ", RESULTS, "application/sparql-results+json"),
    ("*/*", RESULTS, "application/sparql-results+json"),
    ("text/csv", RESULTS, "text/csv"),
    ("TEXT/CSV", RESULTS, "text/csv"),
    ("text/*", RESULTS, "text/csv"),
    ("text/csv;q=0.2, application/sparql-results+xml;q=0.3", RESULTS, "application/sparql-results+xml"),
    ("text/csv; q=0.9, */*; q=0.1", RESULTS, "text/csv"),
    ("*/*;q=0.1,text/csv", RESULTS, "text/csv"),
    ("application/json", RESULTS, "application/json"),
    ("application/json, application/sparql-results+json", RESULTS, "application/sparql-results+json"),
    ("application/sparql-results+json;q=0, */*", RESULTS, "application/sparql-results+xml"),
    ("application/*;q=0, */*;q=0.5", RESULTS, "text/csv"),
    ("text/xml, text/csv;q=0.9", RESULTS, "text/xml"),
    ("text/turtle; charset=utf-8", (TURTLE,), "text/turtle"),
    ("text/turtle;charset=iso-8859-1;q=0.5", (TURTLE,), "text/turtle"),
    ('text/turtle; profile="a, b; q=0"', (TURTLE,), "text/turtle"),
    ('application/pdf;x="never ends, text/turtle', (TURTLE,), None),
    ("text/turtle;q=1.000", (TURTLE,), "text/turtle"),
    ("text/turtle;q=0.000", (TURTLE,), None),
    ("text/turtle;q=0, */*;q=1", (TURTLE,), None),
    ("text/turtle;Q=0.4, text/csv;q=0.5", (TURTLE, CSV), "text/csv"),
    ("text/turtle;q=7, text/csv;q=0.5", (TURTLE, CSV), "text/csv"),  # no quality: passed over
    ("turtle", (TURTLE,), "text/turtle"),  # nothing in it parses: as if it were not there
    ("*/turtle", (TURTLE,), "text/turtle"),
    ("image/png", RESULTS, None),
    ("application/pdf, image/*;q=0.3", RESULTS, None),
    ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", RESULTS, "application/xml"),
]


@pytest.mark.parametrize(("accept", "offers", "expected"), CHOICES)
def test_the_client_gets_what_it_likes_best(
    accept: str | None, offers: tuple[Offer, ...], expected: str | None
) -> None:
    if expected is None:
        with pytest.raises(NotAcceptable):
            negotiate(accept, offers)
    else:
        offer, media_type = negotiate(accept, offers)
        assert media_type == expected
        assert media_type in (offer.media_type, *offer.aliases)


def test_a_refusal_lists_what_there_is() -> None:
    with pytest.raises(NotAcceptable, match=r"text/csv \(csv\)") as refusal:
        negotiate("image/png", RESULTS)
    assert "application/sparql-results+xml (xml)" in str(refusal.value)


@pytest.mark.parametrize("name", ["ttl", "turtle", "TTL", "text/turtle", " turtle "])
def test_a_format_is_named_shortly_or_in_full(name: str) -> None:
    assert named(name, (CSV, TURTLE)) == (TURTLE, "text/turtle")


def test_an_unknown_format_is_refused_with_the_list() -> None:
    with pytest.raises(NotAcceptable, match=r"'yaml'.*turtle"):
        named("yaml", (CSV, TURTLE))


TYPES = st.sampled_from(
    ["text/turtle", "text/csv", "application/json", "text/*", "application/*", "*/*", "a/b"]
)
QUALITIES = st.integers(0, 1000).map(lambda thousandths: thousandths / 1000)
ELEMENTS = st.tuples(TYPES, QUALITIES, st.sampled_from(["", "; charset=utf-8", ';x="q=0, a/b"']))


def header_of(elements: list[tuple[str, float, str]]) -> str:
    return ", ".join(f"{type_}{parameters};q={weight:.3f}" for type_, weight, parameters in elements)


def weight_by_hand(media_type: str, alias: bool, elements: list[tuple[str, float, str]]) -> float:
    """The rule of RFC 9110 in words: the closest range decides, the best of equally close ones."""
    wildcards = () if alias else (media_type.partition("/")[0] + "/*", "*/*")
    for wanted in (media_type, *wildcards):
        weights = [weight for type_, weight, _ in elements if type_ == wanted]
        if weights:
            return max(weights)
    return 0.0


@given(st.lists(ELEMENTS, min_size=1, max_size=6), st.permutations([TURTLE, CSV, JSON]))
def test_the_choice_is_the_best_by_hand(elements: list[tuple[str, float, str]], offers: list[Offer]) -> None:
    weights = {
        media_type: weight_by_hand(media_type, media_type != offer.media_type, elements)
        for offer in offers
        for media_type in (offer.media_type, *offer.aliases)
    }
    if not any(weights.values()):
        with pytest.raises(NotAcceptable):
            negotiate(header_of(elements), offers)
        return
    offer, media_type = negotiate(header_of(elements), offers)
    assert media_type in (offer.media_type, *offer.aliases)
    assert weights[media_type] == max(weights.values())


@given(st.lists(ELEMENTS, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_the_header_means_nothing(
    elements: list[tuple[str, float, str]], random: object
) -> None:
    shuffled = list(elements)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    for media_type in ("text/turtle", "text/csv", "application/json"):
        assert quality(media_type, parse_accept(header_of(elements))) == quality(
            media_type, parse_accept(header_of(shuffled))
        )


@given(st.text(alphabet=st.characters(max_codepoint=255), max_size=300))
def test_no_header_breaks_the_parser(header: str) -> None:
    for found in parse_accept(header):
        assert 0 <= found.quality <= 1
        assert found.type


def test_a_hostile_header_is_parsed_in_linear_time() -> None:
    for hostile in ('"' * 60_000, '"\\' * 30_000, 'a/b;x="\\"' * 6_000, "," * 60_000, ";" * 60_000):
        parse_accept(hostile)  # quadratic matching would take minutes here
