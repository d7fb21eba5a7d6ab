"""The table of verdicts, cell by cell: what is asked × how it adds up × open or over × what is known."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from kesu_cli.model.plan import Task
from kesu_cli.model.progress import Entry
from kesu_cli.standing import Source, Standing
from kesu_cli.verdict import OPEN_TABLE, OVER_TABLE, Shape, Situation, shape_of
from sample_task import entry_of, one_fact, standing_of, task_of, without_proof

OPEN, OVER, SETTLED = "2024-07-31", "2025-02-01", "2025-03-03"  # over: the reports were due the day before

FLOORS = {"at_least": ("4", "1", "3", "4"), "more_than": ("4", "1", "3", "5"), "about": ("4", "1", "3", "4")}
CEILINGS = {"at_most": ("4", "4", "5"), "less_than": ("4", "3", "4")}
RANGES: dict[str, tuple[Any, ...]] = {
    "equal": ("4", "1", "3", "4", "5"),
    "between": (["3", "4"], "1", "2", "3", "5"),
}
SLOW, IN_TIME, ENOUGH, TOO_MUCH = "slow", "in time", "enough", "too much"
ACCUMULATING = ("sum", "count", "max")


class Asked(NamedTuple):
    """One thing that a plan may ask, and a figure for each place it may lie in."""

    row: str
    comparator: str
    keys: dict[str, Any]
    figures: dict[str, str]

    def __str__(self) -> str:
        extra = next((key for key in ("baseline", "interim") if key in self.keys), "")
        return f"{self.comparator} {self.keys.get('tally', '')} {extra}".strip()

    @property
    def task(self) -> Task:
        """The task."""
        return task_of(strength="hard", **self.keys)


def _asked(row: str, comparator: str, amount: object, figures: dict[str, str], **keys: object) -> Asked:
    return Asked(row, comparator, {"target": {comparator: amount, "unit": "次"}, **keys}, figures)


def _all_asked() -> Iterator[Asked]:
    for comparator, (amount, *where) in FLOORS.items():
        figures = dict(zip((SLOW, IN_TIME, ENOUGH), where, strict=True))
        for tally in ACCUMULATING:
            yield _asked("floor", comparator, amount, figures, tally=tally)
        yield _asked("floor level", comparator, amount, figures, tally="latest")
        yield _asked("paced level", comparator, amount, figures, tally="latest", baseline="0")
        yield _asked("paced level", comparator, amount, figures, tally="latest", interim={"2024-06-30": "2"})
    for comparator, (amount, *where) in CEILINGS.items():
        figures = dict(zip((ENOUGH, TOO_MUCH), where, strict=True))
        for tally in ACCUMULATING:
            yield _asked("ceiling", comparator, amount, figures, tally=tally)
        yield _asked("ceiling level", comparator, amount, figures, tally="latest")
        coming_down = {SLOW: "8", IN_TIME: "6", ENOUGH: "3"}
        yield _asked("paced ceiling", comparator, amount, coming_down, tally="latest", baseline="9")
    for comparator, (amount, *where) in RANGES.items():
        figures = dict(zip((SLOW, IN_TIME, ENOUGH, TOO_MUCH), where, strict=True))
        for tally in ACCUMULATING:
            yield _asked("range", comparator, amount, figures, tally=tally)
        yield _asked("range level", comparator, amount, figures, tally="latest")


ASKED = list(_all_asked())
FOR_A_YEAR = {
    # what is asked: silent, nothing that counts, slow, in time, enough, too much
    "floor": ("尚未报送", "进行中", "欠进度", "达进度", "达标", ""),
    "floor level": ("尚未报送", "进行中", "进行中", "进行中", "达进度", ""),
    "paced level": ("尚未报送", "进行中", "欠进度", "达进度", "达进度", ""),
    "paced ceiling": ("尚未报送", "进行中", "欠进度", "达进度", "达进度", ""),
    "ceiling": ("尚未报送", "进行中", "", "", "限内", "未达标"),
    "ceiling level": ("尚未报送", "进行中", "", "", "限内", "已超出"),
    "range": ("尚未报送", "进行中", "进行中", "进行中", "限内", "未达标"),
    "range level": ("尚未报送", "进行中", "进行中", "进行中", "限内", "已超出"),
}
WHEN_IT_IS_OVER = ("未报送", "未达标", "未达标", "未达标", "达标", "未达标")
ASIDE = entry_of("4", "2024-02-01", status="ongoing")
WITHOUT_VALUE = entry_of(None, "2024-02-01")
MISSING = [Source("市科协", 2024, is_zero=False, unknown="到期没有报送")]


def _entries(asked: Asked, where: str, day: str = "2024-02-01", first: int = 0) -> list[Entry]:
    figure = asked.figures[where]
    if asked.keys["tally"] != "count":
        return [entry_of(figure, day, position=first)]
    return [entry_of("7", day, position=first + n) for n in range(int(figure))]


def _cells(asked: Asked) -> Iterator[tuple[list[Entry], int]]:
    """Yield entries that put the figure somewhere, with the column of the table."""
    yield [], 0
    yield [ASIDE], 1
    for column, where in enumerate((SLOW, IN_TIME, ENOUGH, TOO_MUCH), 2):
        if where in asked.figures:
            yield _entries(asked, where), column


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_a_certain_figure_has_the_word_of_its_cell(asked: Asked) -> None:
    for entries, column in _cells(asked):
        words = [standing_of(asked.task, *entries, on=on).word for on in (OPEN, OVER)]
        assert [FOR_A_YEAR[asked.row][column], WHEN_IT_IS_OVER[column]] == words


WEIGHTS = {"欠进度": "warning", "已超出": "warning", "未报送": "error", "未达标": "error"}


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_a_certain_word_has_its_weight(asked: Asked) -> None:
    for entries, _ in _cells(asked):
        for on in (OPEN, OVER):
            standing = standing_of(asked.task, *entries, on=on)
            assert WEIGHTS.get(standing.word) == standing.weight


def _told(standing: Standing) -> str:
    """Return the word, with the weight where there is one."""
    return f"{standing.word} {standing.weight or ''}".rstrip()


UNVERIFIED_GRAVELY, UNVERIFIED = "待核实 error", "待核实 warning"
NOT_KNOWN = {
    # beside a report that is due and missing: silent, nothing that counts, slow, in time, enough, too much
    "floor": ("尚未报送 warning", UNVERIFIED, "欠进度 warning", "达进度", "达标", ""),
    "floor level": ("尚未报送", "进行中", "进行中", "进行中", "进行中", ""),
    "paced level": ("尚未报送 warning", UNVERIFIED, "欠进度 warning", UNVERIFIED, UNVERIFIED, ""),
    "paced ceiling": ("尚未报送 warning", *[UNVERIFIED] * 4, ""),
    "ceiling": ("尚未报送 error", UNVERIFIED_GRAVELY, "", "", UNVERIFIED_GRAVELY, "未达标 error"),
    "ceiling level": ("尚未报送 warning", UNVERIFIED, "", "", UNVERIFIED, UNVERIFIED),
    "range": (
        "尚未报送 error",
        UNVERIFIED_GRAVELY,
        UNVERIFIED_GRAVELY,
        UNVERIFIED_GRAVELY,
        UNVERIFIED_GRAVELY,
        "未达标 error",
    ),
    "range level": ("尚未报送 warning", *[UNVERIFIED] * 5),
}
NOT_KNOWN_WHEN_OVER = {
    "floor": ("未报送 error", *["未达标 error"] * 3, "达标", ""),
    "floor level": ("未报送 error", *["未达标 error"] * 3, UNVERIFIED_GRAVELY, ""),
    "paced level": ("未报送 error", *["未达标 error"] * 3, UNVERIFIED_GRAVELY, ""),
    "paced ceiling": ("未报送 error", *[UNVERIFIED_GRAVELY] * 4, ""),
    "ceiling": ("未报送 error", UNVERIFIED_GRAVELY, "", "", UNVERIFIED_GRAVELY, "未达标 error"),
    "ceiling level": ("未报送 error", UNVERIFIED_GRAVELY, "", "", *[UNVERIFIED_GRAVELY] * 2),
    "range": ("未报送 error", *["未达标 error"] * 3, UNVERIFIED_GRAVELY, "未达标 error"),
    "range level": ("未报送 error", *["未达标 error"] * 3, UNVERIFIED_GRAVELY, "未达标 error"),
}


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_a_report_that_is_missing_has_the_word_and_the_weight_of_its_cell(asked: Asked) -> None:
    for entries, column in _cells(asked):
        told = [_told(standing_of(asked.task, *entries, on=on, sources=MISSING)) for on in (OPEN, OVER)]
        assert [NOT_KNOWN[asked.row][column], NOT_KNOWN_WHEN_OVER[asked.row][column]] == told, column


def _better(asked: Asked) -> tuple[str, str]:
    """Where the figure lies without what is in doubt, and with it."""
    return (ENOUGH, TOO_MUCH) if TOO_MUCH in asked.figures else (SLOW, ENOUGH)


IN_DOUBT = {
    # open, over, and after the review: undisputed short of what is asked, or with the doubt beyond it
    "floor": (UNVERIFIED, UNVERIFIED_GRAVELY, "未达标 error"),
    "floor level": ("进行中", UNVERIFIED_GRAVELY, "未达标 error"),
    "paced level": (UNVERIFIED, UNVERIFIED_GRAVELY, "未达标 error"),
    "paced ceiling": (UNVERIFIED, UNVERIFIED_GRAVELY, "未达标 error"),
    "ceiling": (UNVERIFIED_GRAVELY, UNVERIFIED_GRAVELY, "达标 error"),
    "ceiling level": (UNVERIFIED, UNVERIFIED_GRAVELY, "达标 error"),
    "range": (UNVERIFIED_GRAVELY, UNVERIFIED_GRAVELY, "达标 error"),
    "range level": (UNVERIFIED, UNVERIFIED_GRAVELY, "达标 error"),
}


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_what_is_in_doubt_has_the_word_and_the_weight_of_its_cell(asked: Asked) -> None:
    without, with_it = _better(asked)
    certain = _entries(asked, without)
    doubtful = _entries(asked, with_it, "2024-03-01", first=20)
    disputes = without_proof(*doubtful)
    told = [
        _told(standing_of(asked.task, *certain, *doubtful, on=on, disputes=disputes))
        for on in (OPEN, OVER, SETTLED)
    ]
    assert list(IN_DOUBT[asked.row]) == told


@pytest.mark.parametrize(
    "asked", [a for a in ASKED if a.row == "floor" and a.keys["tally"] == "sum"], ids=str
)
def test_one_fact_told_twice_is_in_doubt_by_what_it_was_told_too_often(asked: Asked) -> None:
    half = [entry_of("3", "2024-02-01", position=n) for n in range(2)]
    standings = [
        standing_of(asked.task, *half, on=on, disputes=[one_fact(*half)]) for on in (OPEN, OVER, SETTLED)
    ]
    assert [_told(standing) for standing in standings] == ["达进度", UNVERIFIED_GRAVELY, "未达标 error"]
    assert [standing.in_doubt for standing in standings] == [3, 3, 3]


WITHOUT_A_VALUE = {
    # an entry that should count and whose figure nobody knows, alone: open, over
    "floor": (UNVERIFIED, "未达标 error"),
    "floor level": ("进行中", "未达标 error"),
    "paced level": (UNVERIFIED, "未达标 error"),
    "paced ceiling": (UNVERIFIED, UNVERIFIED_GRAVELY),
    "ceiling": (UNVERIFIED_GRAVELY, UNVERIFIED_GRAVELY),
    "ceiling level": (UNVERIFIED, UNVERIFIED_GRAVELY),
    "range": (UNVERIFIED_GRAVELY, "未达标 error"),
    "range level": (UNVERIFIED, "未达标 error"),
}


@pytest.mark.parametrize("asked", [a for a in ASKED if a.keys["tally"] != "count"], ids=str)
def test_an_entry_without_its_value_has_the_word_and_the_weight_of_its_cell(asked: Asked) -> None:
    told = [_told(standing_of(asked.task, WITHOUT_VALUE, on=on)) for on in (OPEN, OVER)]
    assert list(WITHOUT_A_VALUE[asked.row]) == told


@pytest.mark.parametrize(
    ("keys", "entries", "expected"),
    [
        ({}, [], ("进行中", "未报送 error")),
        ({}, [ASIDE], ("进行中", "未达标 error")),
        ({}, [entry_of()], ("达标", "达标")),
        ({"items": ["甲", "乙"]}, [], ("进行中", "未报送 error")),
        ({"items": ["甲", "乙"]}, [entry_of(items="甲")], ("进行中", "未达标 error")),
        ({"items": ["甲", "乙"]}, [entry_of(items=["甲", "乙"])], ("达标", "达标")),
        ({"on_event": "true"}, [], ("进行中", "进行中")),
        ({"on_event": "true"}, [ASIDE], ("进行中", "进行中")),
        ({"on_event": "true"}, [entry_of()], ("达标", "达标")),
    ],
)
@pytest.mark.parametrize("sources", [[], MISSING], ids=["complete", "incomplete"])
def test_a_duty_has_the_word_and_the_weight_of_its_cell(
    keys: dict[str, Any], entries: list[Entry], expected: tuple[str, str], sources: list[Source]
) -> None:
    task = task_of(strength="hard", **keys)
    assert list(expected) == [
        _told(standing_of(task, *entries, on=on, sources=sources)) for on in (OPEN, OVER)
    ]


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_until_the_reports_are_due_silence_is_awaited_and_what_was_told_is_judged(asked: Asked) -> None:
    for entries, column in _cells(asked):
        word = standing_of(asked.task, *entries, on="2025-01-31", over=False).word
        assert word == (WHEN_IT_IS_OVER[column] if entries else "尚未报送")


def test_nothing_is_judged_before_its_window_begins() -> None:
    for asked in ASKED:
        words = {standing_of(asked.task, *entries, on="2023-12-31").word for entries, _ in _cells(asked)}
        assert {"未到期"} == words


def test_each_shape_is_asked_and_each_situation_has_its_cell() -> None:
    duties = (task_of(), task_of(on_event="true"))
    assert set(Shape) == {*(shape_of(asked.task) for asked in ASKED), *map(shape_of, duties)}
    for table in (OPEN_TABLE, OVER_TABLE):
        assert set(Shape) == set(table)
        assert all(set(row) <= set(Situation) for row in table.values())
    over = [row for shape, row in OVER_TABLE.items() if shape is not Shape.ON_EVENT]
    assert all(row == over[0] for row in over)  # which docs/arithmetic.md prints as one line
