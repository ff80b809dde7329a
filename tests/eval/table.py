"""The tables of an evaluation, for a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.table import Table

from tests.eval.figures import FIGURES
from tests.eval.marked import Bin
from tests.eval.sheet import Verdict

MET = {True: "yes", False: "no", None: ""}


def figures(values: Mapping[str, float], beside: Mapping[str, float]) -> Table:
    """Return the figures with their targets, and the difference to a run before if there was one."""
    table = Table("set", "figure", title="Evaluation")
    for heading in ("value", *(["before", "change"] if beside else []), "target"):
        table.add_column(heading, justify="right")
    table.add_column("met")
    last = ""
    for key, figure in FIGURES.items():
        if key in values:
            cells = [format(values[key], figure.form), *(_change(key, values, beside) if beside else ())]
            met = MET[figure.met(values[key])]
            table.add_row(figure.of if figure.of != last else "", figure.name, *cells, figure.target, met)
            last = figure.of
    return table


def _change(key: str, values: Mapping[str, float], beside: Mapping[str, float]) -> tuple[str, str]:
    if key not in beside:
        return "", ""
    form = FIGURES[key].form
    return format(beside[key], form), format(values[key] - beside[key], f"+{form}")


def causes(counted: Mapping[Verdict, int]) -> Table:
    """Return for each cause how many marked statements are still wrong by it."""
    table = Table("cause", title="Wrong statements of the marked sheet")
    table.add_column("statements", justify="right")
    for cause, count in counted.items():
        table.add_row(cause.value, str(count))
    return table


def reliability(bins: Sequence[Bin]) -> Table:
    """Return the reliability table: how sure the reading was, and how often it was right."""
    table = Table("confidence from", title="Confidence on the marked sheet")
    for heading in ("statements", "mean confidence", "right"):
        table.add_column(heading, justify="right")
    for one in bins:
        table.add_row(f"{one.start:.2f}", str(one.count), f"{one.confidence:.2f}", f"{one.right:.2f}")
    return table
