from __future__ import annotations

import time
from collections import deque
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from graph.errors import BadQuery, QueryRefused, TooLarge
from graph.sparql.guard import MAX_BYTES, MAX_DEPTH, MAX_TOKENS, QueryForm, check, outline
from graph.sparql.tokens import decoded, place, tokens


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * { ?s ?p ?o }", QueryForm.SELECT),
        ("select distinct ?s{?s?p?o}", QueryForm.SELECT),
        ("SELECTDISTINCT*WHERE{?s?p?o}", QueryForm.SELECT),
        ("# SELECT\nASK {}", QueryForm.ASK),
        ("# SELECT\rASK {}", QueryForm.ASK),
        ("BASE <http://x/> PREFIX a: <b#> PREFIX : <c> CONSTRUCT WHERE { ?s a:p ?o }", QueryForm.CONSTRUCT),
        ("PREFIX select: <http://x/> DESCRIBE select:ask", QueryForm.DESCRIBE),
        ("DESCRIBE<http://x/>", QueryForm.DESCRIBE),
        ("PREFIX ex: <http://x/> ASKex:a{}", QueryForm.ASK),
        ('VERSION "1.2" SELECT * {}', QueryForm.SELECT),
        ("B\\u0041SE <http://x/> \\u0041SK {}", QueryForm.ASK),
    ],
)
def test_names_the_form(query: str, form: QueryForm) -> None:
    assert check(query) is form


@pytest.mark.parametrize(
    "harmless",
    [
        "?service ex:service service:service",
        "?s ?p 'SERVICE <http://x/> {}'",
        '?s ?p "it\'s at your service"@en-service',
        "?s ?p '''SERVICE\n'<http://x/>'' {}'''",
        '?s ?p """a "quoted" SERVICE"""',
        "?s ?p ?o # SERVICE <http://x/> {}\n",
        "?s <http://example.org/SERVICE#service> ?o",
        "_:service ?p _:SERVICE",
        "?s ?p 'a'@SERVICE",
        "GRAPH service:x { ?s ?p ?o }",
        "?s ?p ex:a\\'s . ?t ?q 'SERVICE'",
        "?s ?p ?o FILTER(?o<3 && ?o>1) # it's at your service\n",
        "$SERVICE ?p ?o",
    ],
)
def test_lets_the_word_service_stand_where_it_calls_nobody(harmless: str) -> None:
    prologue = "BASE <http://x/> PREFIX ex: <http://x/> PREFIX service: <http://x/> "
    query = f"{prologue}SELECT * {{ {harmless} }}"
    assert isinstance(Store().query(query), QuerySolutions), "the engine reads it too"
    assert check(query) is QueryForm.SELECT


def test_a_doubt_counts_against_the_query() -> None:
    # `<#` after a value could begin a comment, and the word stands behind it
    check("BASE <http://x/> SELECT * { ?s <#name> ?o }")
    with pytest.raises(QueryRefused):
        check("BASE <http://x/> SELECT * { ?s <#name> 'Secret Service' }")


@pytest.mark.parametrize(
    "call",
    [
        "SERVICE <http://x/> { ?s ?p ?o }",
        "service silent ?x {}",
        "SeRvIcE<http://x/>{}",
        "SERVICEex:a{}",
        "SERVICESILENTex:a{}",
        "SERVICE:a{}",
        "?s ?p 1SERVICE ex:a {}",
        "?s ?p trueSERVICE ex:a {}",
        "?s ?p 'a'SERVICE ex:a {}",
        "?s ?p ?o .SERVICE ex:a {}",
        "?s ?p ?o #x\rSERVICE ex:a {}",
        "?s ?p '''SERVICE''' SERVICE ex:a {}",
        "?s ?p '\\'' SERVICE ex:a {} # '",
        "?s ?p ex:a\\' SERVICE ex:a {} # '",
        "{ SELECT * { FILTER EXISTS { SERVICE ex:a {} } } }",
        "S\\u0045RVICE ex:a {}",
        "\\U00000053ERVICE ex:a {}",
        # the engine reads `<` as *less than* here, and the rest of the line as a comment
        'FILTER(?o <#x>"""\n ?s) SERVICE ex:a {} #"""\n',
        "FILTER(?o <'x>'''' < ?s) SERVICE ex:a {} #'''\n",
    ],
)
def test_refuses_service_however_it_is_written(call: str) -> None:
    with pytest.raises(QueryRefused, match="SERVICE"):
        check(f"PREFIX ex: <http://x/> SELECT * {{ {call} }}")


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a> <b> <c> }",
        "PREFIX a: <b> delete where { ?s ?p ?o }",
        "LOAD <http://x/>",
        "LO\\u0041D <file:///etc/passwd>",
        "CLEAR ALL",
        "DROP GRAPH <g>",
        "CREATE GRAPH <g>",
        "COPY <a> TO <b>",
        "MOVE <a> TO <b>",
        "ADD <a> TO <b>",
        "WITH <g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_refuses_updates(update: str) -> None:
    with pytest.raises(QueryRefused, match="only queries are answered"):
        check(update)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "no query"),
        ("  # only a comment", "no query"),
        ("PREFIX a: <b>", "no query"),
        ("EXPLAIN SELECT * {}", "begins with EXPLAIN at line 1, column 1"),
        ("<html>", "begins with <html>"),
        ("SELECT * {\n ?s ?p 'open }", "string that begins at line 2, column 8"),
        ('SELECT * { ?s ?p """open" }', "not closed"),
        ("SELECT * { ?s ?p 'a\nb' }", "not closed"),
        ("SELECT * { ?s ?p 'a\\qb' }", r"escape \\q at line 1, column 20"),
        ("SELECT * { ?s ?p '\\uD800' }", "escape"),
        ("SELECT * { ?s ?p '\ud800' }", "surrogate"),
    ],
)
def test_says_what_is_wrong(query: str, says: str) -> None:
    with pytest.raises(BadQuery, match=says):
        check(query)


def test_limits_bytes_not_characters() -> None:
    query = "ASK {} #"
    assert check(query + "x" * (MAX_BYTES - len(query))) is QueryForm.ASK
    with pytest.raises(TooLarge, match=f"{MAX_BYTES} are allowed"):
        check(query + "é" * (MAX_BYTES // 2))


@pytest.mark.parametrize(("begin", "end"), ["{}", "()", "[]", ("<< ", ">> ")])
def test_limits_nesting(begin: str, end: str) -> None:
    inside = MAX_DEPTH - 1
    assert check("ASK {" + begin * inside + end * inside + "}") is QueryForm.ASK
    with pytest.raises(BadQuery, match="nested over 64 deep at line 1"):
        check("ASK {" + begin * (inside + 1) + end * (inside + 1) + "}")


def test_finds_the_graphs_after_from() -> None:
    found = outline(
        "PREFIX a: <b> SELECT * FROM <x> FROM NAMED a:y from <z>WHERE { GRAPH <FROM> { ?s ?p 'FROM' } }"
    )
    assert found.sources == ("<x>", "a:y", "<z>")
    assert found.prologue == "PREFIX a: <b> "


@given(st.text())
def test_tokens_are_parts_of_the_text_in_order(text: str) -> None:
    try:
        found = list(tokens(text))
    except BadQuery:
        return
    at = 0
    for token in found:
        assert text[token.start : token.end] == token.text
        assert token.start >= at
        at = token.end


_PIECES = [
    *("?s", "?p", "?o", "a", "ex:a", ":a", "1", "1.", "true", "'a'", "@en", "_:b", "ex:a\\'", "<#x>", "<'>"),
    *("<", "<<", ">", "(", ")", "{", "}", ".", ";", "\\", '"', "'", '"""', "'''", "?", "#", " ", "\n", "\r"),
    *("SERVICE", "service", "SERVICEex:e", "\\u0022", "FILTER(?o <", "OPTIONAL {", "GRAPH ?g {"),
]
_CALLS = ["SERVICE <http://127.0.0.1:9/> { ?a ?b ?c }", "SERVICEex:e{}", "SERVICE:e{}"]


@given(
    st.lists(st.sampled_from(_PIECES), max_size=5),
    st.sampled_from(_CALLS),
    st.lists(st.sampled_from(_PIECES), max_size=3),
)
def test_nothing_that_passes_makes_the_engine_call_a_server(
    before: list[str], call: str, after: list[str]
) -> None:
    prologue = "PREFIX ex: <http://127.0.0.1:9/> PREFIX : <http://127.0.0.1:9/> BASE <http://b/> "
    query = f"{prologue}SELECT * {{ {''.join(before)} {call}{''.join(after)} }}"
    try:
        check(query)
    except (BadQuery, QueryRefused):
        return
    store = Store()
    store.add(Quad(NamedNode("http://b/s"), NamedNode("http://b/p"), Literal("o")))
    with suppress(SyntaxError, RuntimeError):
        found = store.query(query)
        # an OSError comes out of this if the engine tries to call (port 9 is not one for HTTP)
        list(found if isinstance(found, QuerySolutions) else [])


@pytest.mark.parametrize(
    "hostile",
    [
        "a.",
        "'''",
        "a........",
        "<a",
        "<#a> ",
        "?a <#x> ",
        "\\u0041",
        "@a-",
        "''",
        "()",
        "a:b\\'",
        "{",
        "1e",
        "?",
    ],
)
def test_time_grows_with_length_only(hostile: str) -> None:
    query = "SELECT " + hostile * (MAX_BYTES // len(hostile) - 8)
    begin = time.process_time()
    with suppress(BadQuery, QueryRefused, TooLarge):
        check(query)
    with suppress(BadQuery):
        deque(tokens(query), maxlen=0)
    assert time.process_time() - begin < 5.0


@pytest.mark.parametrize(
    "many", ["SELECT" + "!" * 255_000, "SELECT * {?s ?p ?o FILTER(?o IN (" + "1," * 100_000]
)
def test_refuses_what_takes_long_to_look_through(many: str) -> None:
    begin = time.process_time()
    with pytest.raises(TooLarge, match="words and signs"):
        check(many)
    assert time.process_time() - begin < 1.0


def test_counts_words_and_signs_exactly() -> None:
    assert check("ASK {} " + "a " * (MAX_TOKENS - 3)) is QueryForm.ASK
    with pytest.raises(TooLarge):
        check("ASK {} " + "a " * (MAX_TOKENS - 2))


def test_reads_escapes_and_places() -> None:
    assert decoded("S\\u0045\\U00000052V") == "SERV"
    assert decoded("\\UFFFFFFFF") == "\ufffd"
    assert place("ab\ncd", 4) == "line 2, column 2"
    kinds = "".join(token.kind[0] for token in tokens("?a a:b <c> 'd' @e _:f 1.5 g {"))
    assert kinds == "vnislbnws", "variable, name, iri, string, language, blank, number, word, sign"
