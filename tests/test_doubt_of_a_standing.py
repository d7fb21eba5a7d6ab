"""Of one standing, without any file: no doubt, no silence and no lost report makes it weigh less."""

import os
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from kesu_cli.diagnostic import Dispute, DisputeKind
from kesu_cli.model.plan import Task
from kesu_cli.model.progress import Entry, Unread
from kesu_cli.model.task_in_plan_file import Spread
from kesu_cli.standing import Known, Source, Standing, stand
from sample_task import as_of, doubts_of, entry_of, one_fact, policy_of, task_of, without_proof

WORKSPACES = int(os.environ.get("KESU_WORKSPACES", "0"))
UNITS = ("市教体局", "团市委", "市科协")
YEARS = (2023, 2024)
POLICY = policy_of()
GRAVITY = {None: 0, "note": 1, "warning": 2, "error": 3}

_often = settings(max_examples=WORKSPACES or 300, derandomize=not WORKSPACES, database=None, deadline=None)

_comparators = st.one_of(
    st.tuples(
        st.sampled_from(["at_least", "more_than", "about", "at_most", "less_than", "equal"]),
        st.sampled_from(["1", "4", "10"]),
    ),
    st.just(("between", ["4", "10"])),
)
_ways = st.one_of(
    st.tuples(st.sampled_from(["sum", "count", "max", "latest"]), st.sampled_from(["total", "each"])),
    st.tuples(st.sampled_from(["max", "latest"]), st.just("any")),
)
_when = st.sampled_from(
    [{"every": "year"}, {"by": "2025-12-31"}, {"by": "2024-06-15"}, {"every": "semester"}]
)
_days = st.sampled_from(["2023-03-05", "2023-12-31", "2024-01-01", "2024-06-10", "2024-06", "2024-12-20"])
_dates = st.sampled_from(["2024-03-15", "2024-06-30", "2024-12-31", "2025-01-31", "2025-03-03", "2026-02-01"])


class World(NamedTuple):
    """A task, its entries, what disputes them, which reports are signed, a date and a unit."""

    task: Task
    book: list[Entry]
    disputes: list[Dispute]
    signed: dict[tuple[str, int], bool]
    on: str
    unit: str


@st.composite
def _tasks(draw: st.DrawFn) -> Task:
    keys: dict[str, Any] = {"strength": draw(st.sampled_from(["hard", "firm", "soft"]))} | draw(_when)
    shape = draw(st.integers(0, 9))
    if shape < 2:
        return task_of(**keys | ({"items": ["甲", "乙"]} if shape else {}))
    comparator, amount = draw(_comparators)
    tally, spread = draw(_ways)
    keys |= {"target": {comparator: amount, "unit": "名"}, "tally": tally, "spread": spread}
    extra = draw(st.integers(0, 3))
    if extra == 0 and tally == "latest":
        keys["baseline"] = "12" if comparator in ("at_most", "less_than") else "0.5"
    elif extra == 1:
        keys["interim"] = {"2023-12-31": "2", "2024-06-30": "3"}
    return task_of(**keys)


@st.composite
def _books(draw: st.DrawFn) -> list[Entry]:
    number = draw(st.integers(0, 4))
    return [_entry(draw, position) for position in range(number)]


def _entry(draw: st.DrawFn, position: int) -> Entry:
    value = draw(st.sampled_from([None, "1", "3", "4", "7", "12"]))
    keys = {
        "items": draw(st.sampled_from(["甲", "乙"])),
        "status": draw(st.sampled_from(["done"] * 5 + ["ongoing"])),
    }
    return entry_of(value, draw(_days), draw(st.sampled_from(UNITS)), position=position, **keys)


@st.composite
def _worlds(draw: st.DrawFn) -> World:
    task, book = draw(_tasks()), draw(_books())
    doubted = [entry for entry in book if draw(st.integers(0, 3)) == 0]
    disputes = without_proof(*doubted)
    if len(book) > 1 and draw(st.booleans()):
        disputes.append(one_fact(*book[:2]))
    told = {(unit, year): draw(st.booleans()) for unit in UNITS for year in YEARS}
    unit = draw(st.sampled_from(UNITS)) if task.row.spread is Spread.EACH else ""
    return World(task, book, disputes, told, draw(_dates), unit)


def _year(entry: Entry) -> int:
    return entry.days.end.year


def _standings(
    world: World,
    gone: tuple[str, int] | None = None,
    lost: tuple[str, int] | None = None,
) -> list[Standing]:
    """Judge every window; of a report that is ``gone`` or ``lost`` nothing is known any more."""
    task, book, disputes, signed, on, unit = world
    judged = as_of(on)
    hidden = gone or lost
    seen = [entry for entry in book if (entry.unit, _year(entry)) != hidden]
    unread = (Unread("progress/x.yaml", *lost, frozenset()),) if lost else ()
    return [
        stand(
            task,
            window,
            unit,
            seen,
            judged,
            POLICY,
            Known(
                unread,
                (),
                tuple(
                    _source(whose, year, is_signed=is_signed, is_gone=(whose, year) == hidden, on=judged.day)
                    for (whose, year), is_signed in signed.items()
                    if unit in ("", whose) and window.start.year <= year <= window.end.year
                ),
                doubts_of(disputes),
            ),
        )
        for window in task.windows
        if window.start <= judged.day
    ]


def _source(unit: str, year: int, *, is_signed: bool, is_gone: bool, on: date) -> Source:
    is_due = on >= date(year + 1, 1, 31)
    unknown = "没有报齐" if is_due and (is_gone or not is_signed) else ""
    return Source(unit, year, is_signed and not is_gone, unknown)


def _weigh(standings: Sequence[Standing]) -> list[int]:
    return [GRAVITY[s.weight.value if s.weight else None] for s in standings]


def _nothing_lighter(before: Sequence[Standing], after: Sequence[Standing]) -> None:
    lighter = [
        (was.word, was.worst, was.interval, now.word, now.worst, now.interval)
        for was, now, old, new in zip(before, after, _weigh(before), _weigh(after), strict=True)
        if new < old
    ]
    assert lighter == []


@_often
@given(_worlds(), st.data())
def test_no_added_entry_in_doubt_makes_a_standing_weigh_less(world: World, data: st.DataObject) -> None:
    more = data.draw(st.composite(_entry)(position=9))
    disputes = [*world.disputes, *without_proof(more)]
    _nothing_lighter(
        _standings(world), _standings(world._replace(book=[*world.book, more], disputes=disputes))
    )


@_often
@given(_worlds(), st.data())
def test_no_fact_told_again_makes_a_standing_weigh_less(world: World, data: st.DataObject) -> None:
    if not world.book:
        return
    told = data.draw(st.sampled_from(world.book))
    who = data.draw(st.sampled_from(UNITS)) if world.task.row.spread is Spread.TOTAL else told.unit
    other = data.draw(st.sampled_from([told.number, *map(Fraction, (1, 3, 7, 12))]))
    again = told._replace(unit=who, position=9, number=told.number if told.number is None else other)
    disputes = [*world.disputes, one_fact(told, again)]
    if any(d.kind is DisputeKind.OUT and told.place in d.entries for d in world.disputes):
        disputes += without_proof(again)  # what proves nothing does not prove it the second time
    _nothing_lighter(
        _standings(world), _standings(world._replace(book=[*world.book, again], disputes=disputes))
    )


@_often
@given(_worlds(), st.sampled_from(UNITS), st.sampled_from(YEARS))
def test_no_lost_report_makes_a_standing_weigh_less(world: World, unit: str, year: int) -> None:
    if _is_clean(world, unit, year):
        _nothing_lighter(_standings(world), _standings(world, lost=(unit, year)))


def _is_clean(world: World, unit: str, year: int) -> bool:
    """Whether nothing in the report is in dispute: with a twin the doubt about the other one goes too."""
    doubted = {place for dispute in world.disputes for place in dispute.entries}
    theirs = (entry for entry in world.book if (entry.unit, _year(entry)) == (unit, year))
    return all(entry.place not in doubted for entry in theirs)


@_often
@given(_worlds(), st.sampled_from(UNITS), st.sampled_from(YEARS))
def test_no_report_that_is_gone_after_its_day_makes_a_standing_weigh_less(
    world: World, unit: str, year: int
) -> None:
    if _is_clean(world, unit, year) and date.fromisoformat(world.on) >= date(year + 1, 1, 31):
        _nothing_lighter(_standings(world), _standings(world, gone=(unit, year)))
