"""The SPARQL test suites of the W3C, run over HTTP; the suites themselves lie outside the checkout.

    manifests -> cases -> service (load, ask) -> answers (read) -> comparing (judge) -> verdict

`W3C_SUITES` names their folder where it is not `../shared/w3c`.
"""
