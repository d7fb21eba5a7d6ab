"""What is judged agrees with a second implementation that was written from the agreement alone.

`KESU_WORKSPACES=10000 pytest tests/test_judging_oracle.py` takes so many random workspaces.
"""

import math
import os
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import judging_oracle
from kesu_cli.engine.check import Request, check
from kesu_cli.standing import Standing

WORKSPACES = int(os.environ.get("KESU_WORKSPACES", "500"))
AT_ONCE = 25
FAR_AHEAD = date(2100, 1, 1)
DAYS_FOR_REVIEW = 30

Row = dict[str, Any]

oracle: Any = judging_oracle  # it has no types


def workspace_of(seed: int) -> Row:
    """Return a random workspace that the program takes: what it refuses is said in another way."""
    made: Row = oracle.random_workspace(seed)
    made["policy"]["review_due"] = DAYS_FOR_REVIEW
    for task in made["tasks"]:
        # of any unit's figure the latest is taken: it is never added up
        if task["spread"] == "any" and task.get("target") and task["tally"] in ("sum", "count"):
            task["spread"] = "total"
    for filings in made["filings"].values():
        for filing in filings.values():
            for entry in filing["entries"]:
                if "numerator" in entry:
                    entry.pop("unit", None)  # a share has no unit of measure
    return made


def figure(bound: object) -> str | None:
    """Write a figure as both sides do; an end that nothing bounds is told apart by the verdict alone."""
    if isinstance(bound, float) and math.isinf(bound):
        return None
    return None if bound in (None, oracle.NOFIG, "inf", "-inf") else str(bound)


def told(standing: Standing) -> Row:
    row: Row = {
        "code": standing.verdict.value,
        "weight": standing.weight.value if standing.weight else "none",
        "over": standing.over,
        "retro": standing.retroactive,
        "pace": str(standing.pace),
    }
    if not standing.retroactive:
        row["light"] = standing.light.value
    if standing.task.row.target:
        row |= {
            "certain": figure(standing.actual),
            "least": figure(standing.interval.least),
            "greatest": figure(standing.interval.greatest),
        }
        if standing.task.row.target.between is None:
            row["completion"] = figure(standing.completion)
    return row


def expected(row: Row, like: Row) -> Row:
    found = {key: row[key] for key in ("code", "weight", "over", "retro", "light")}
    found |= {"pace": str(row["pace"]), "light": row["light"] or "grey"}
    found |= {key: figure(row[key]) for key in ("certain", "least", "greatest", "completion")}
    return {key: found[key] for key in like}


def differences(seed: int, folder: Path) -> Iterator[str]:
    made = workspace_of(seed)
    asked = made["check"]
    oracle.write_workspace(made, folder)
    path = folder / "progress" / str(asked["year"])
    report = check(Request((path,), FAR_AHEAD, as_of=oracle.day(asked["as_of"])), "test")
    judged = {(s.task.id, s.window.start, s.window.end, s.unit): told(s) for s in report.standings}
    rows = oracle.judge(made, asked["year"], asked["as_of"], over=True)
    wanted = {(row["task"], row["start"], row["end"], row["unit"]): row for row in rows}
    assert judged.keys() == wanted.keys(), seed
    for key, found in judged.items():
        right = expected(wanted[key], found)
        if found != right:
            ours, theirs = sorted(found.items() - right.items()), sorted(right.items() - found.items())
            yield f"{seed} {key}: {ours} {theirs}"


@pytest.mark.parametrize("first", range(0, WORKSPACES, AT_ONCE))
def test_a_second_reader_of_the_agreement_judges_alike(first: int, tmp_path: Path) -> None:
    seeds = range(first, min(first + AT_ONCE, WORKSPACES))
    assert [said for seed in seeds for said in differences(seed, tmp_path / str(seed))] == []


def test_a_figure_is_written_alike() -> None:
    assert [figure(one) for one in (None, math.inf, Fraction(1, 3), "1/3")] == [None, None, "1/3", "1/3"]
