"""The hard tasks of the plan in every year, as a reader wrote them down from the document and the entries.

The words were written before any output was seen; where the design leaves the word of a duty to a later
part of it (已办结, 未开展) the row keeps that word as ``later_word``.
"""

import json
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kesu_cli.engine.check import Request, check
from kesu_cli.report import Report
from kesu_cli.standing import Standing

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 30)
ROWS = json.loads((ROOT / "tests/fixtures/hand_verdicts.json").read_text("utf-8"))


@cache
def report_of(year: int, as_of: str) -> Report:
    day = None if as_of == f"{year}-12-31" else date.fromisoformat(as_of)
    return check(Request((ROOT / "progress" / str(year),), TODAY, as_of=day), "test")


def standings_of(row: dict[str, Any]) -> Iterator[Standing]:
    for standing in report_of(row["year"], row["as_of"]).standings:
        window = (str(standing.window.start), str(standing.window.end))
        is_meant = standing.task.id == row["task"] and window == (row["window_start"], row["window_end"])
        if is_meant and standing.unit in row.get("units", [row["unit"]]):
            yield standing


def read(figure: object) -> Fraction | None:
    return None if figure in (None, "") else Fraction(str(figure).removesuffix("%"))


@pytest.mark.parametrize(
    "row", ROWS, ids=lambda row: f"{row['task']} {row['as_of']} {row['window_end']} {row['unit'][:6]}"
)
def test_a_hard_task_gets_the_verdict_and_the_weight_that_a_reader_gave_it(row: dict[str, Any]) -> None:
    found = list(standings_of(row))
    assert found
    for standing in found:
        assert standing.verdict == row["code"]
        assert standing.retroactive == row.get("retroactive", False)
        if not standing.retroactive:
            assert (standing.weight or "none") == row["weight"]
        if standing.task.row.target:
            assert standing.interval.least == read(row.get("least"))
            assert standing.interval.greatest == read(row.get("greatest"))
