"""The tests of the suites that our server does not pass, by the reason why.

Each is an expected failure that has to fail: once it passes, the test run says so, and it leaves this table.
All but those under `POLICY` fail on native Oxigraph too (`native.tsv`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

POLICY: Final = "LOAD fetches from elsewhere: it is refused on purpose, without looking whether it parses"

_BY_REASON: Final = {
    POLICY: """
        sparql11/syntax-update-1#test_1
        sparql11/syntax-update-1#test_2
        sparql11/syntax-update-1#test_3
        sparql11/syntax-update-1#test_4
        sparql11/syntax-update-1#test_37
        sparql11/syntax-update-1#test_41
        sparql11/syntax-update-1#test_47
        sparql11/syntax-update-1#test_48
        sparql11/syntax-update-1#test_49
        sparql11/update-silent#load-silent
        sparql11/update-silent#load-into-silent
    """,
    "the store keeps what a literal stands for and not its spelling, so that 01 is 1": """
        sparql10/open-world#open-eq-01
        sparql10/expr-builtin#dawg-str-1
        sparql10/expr-builtin#dawg-str-2
        sparql10/expr-builtin#sameTerm-simple
        sparql10/expr-builtin#sameTerm-eq
        sparql10/expr-builtin#sameTerm-not-eq
        sparql10/expr-equals#eq-graph-1
        sparql10/expr-equals#eq-graph-2
        sparql10/distinct#distinct-1
        sparql10/distinct#distinct-9
        sparql12/grouping#group01
    """,
    "the engine says that a date with a time zone differs from one without; it cannot be told": """
        sparql10/open-world#date-2
    """,
    "the engine binds the variable of GRAPH after its group, not for each graph within": """
        sparql10/graph#graph-variable-scope
        sparql10/graph#graph-optional
        sparql11/aggregates#agg-empty-group-count-graph
        sparql11/bindings#graph
        sparql11/negation#graph-minus
    """,
    "the engine knows TRUE and FALSE in small letters only": """
        sparql10/expr-builtin#case-insensitive-booleans
    """,
    "the engine ends a query that calls an unknown function, where the value would be unbound": """
        sparql10/syntax-sparql1#syntax-expr-05
        sparql10/syntax-sparql1#syntax-order-05
        sparql10/syntax-sparql1#syntax-order-06
        sparql10/syntax-sparql2#syntax-function-01
        sparql10/syntax-sparql2#syntax-function-02
        sparql10/syntax-sparql2#syntax-function-03
        sparql10/syntax-sparql2#syntax-function-04
        sparql11/syntax-query#test_4
    """,
    "the engine decides by the grammar whether < begins an IRI, and does not take the longest token": """
        sparql10/syntax-sparql3#syn-bad-26
    """,
    "GROUP_CONCAT of the engine keeps the language that all values share": """
        sparql11/aggregates#agg-groupconcat-04
        sparql11/aggregates#agg-groupconcat-06
    """,
    "BNODE of the engine gives one blank node for one string in all solutions": """
        sparql11/functions#bnode01
    """,
    "the engine finds no path of length zero at a term that the graph does not hold": """
        sparql11/property-path#zero_or_more_set_start
        sparql11/property-path#zero_or_more_set_end
        sparql11/property-path#zero_or_one_set_start
        sparql11/property-path#zero_or_one_set_end
    """,
    "the test is about syntax, and CLEAR or DROP of a graph that is not there is an error all the same": """
        sparql11/syntax-update-1#test_8
        sparql11/syntax-update-1#test_18
    """,
    "the engine does not let a SELECT expression use the aggregate named before it": """
        sparql12/grouping#select-variable-reuse
    """,
    "the engine takes a triple term or a literal as the subject of a triple term": """
        sparql12/syntax-triple-terms-negative#tripleterm-subject-03
        sparql12/syntax-triple-terms-negative#tripleterm-subject-06
    """,
    "the engine takes an aggregate within an aggregate": """
        sparql12/syntax#nested-aggregate-functions
    """,
}
REASONS: Final[Mapping[str, str]] = {
    one: reason for reason, listed in _BY_REASON.items() for one in listed.split()
}
"""Why a test is not passed, by its id."""
