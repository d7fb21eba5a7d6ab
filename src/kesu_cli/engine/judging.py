"""Works out every standing that the judged years ask for."""

from collections.abc import Iterable, Iterator, Sequence

from kesu_cli.model.calendar import AsOf, Window, year_of
from kesu_cli.model.plan import Plan, Task
from kesu_cli.model.policy import Policy
from kesu_cli.model.progress import Entry, Filing, Unread
from kesu_cli.standing import Declaration, Standing, spread_units, stand


class _Ledger:
    """Entries by task and by task and unit, and what units declared to have nothing to report for."""

    def __init__(self, filings: Iterable[Filing]) -> None:
        self._by_task: dict[str, list[Entry]] = {}
        self._by_unit: dict[tuple[str, str], list[Entry]] = {}
        self._nothing: dict[tuple[str, str, int], str] = {}
        for filing in _once(filings):
            for entry in filing.entries:
                self._by_task.setdefault(entry.task, []).append(entry)
                self._by_unit.setdefault((entry.task, entry.unit), []).append(entry)
            self._nothing.update({(row.task, filing.unit, filing.year): row.reason for row in filing.nothing})

    def entries(self, task: str, unit: str) -> Sequence[Entry]:
        return self._by_unit.get((task, unit), ()) if unit else self._by_task.get(task, ())

    def declared(self, task: Task, unit: str, window: Window) -> tuple[Declaration, ...]:
        years = range(window.start.year, window.end.year + 1)
        whose = ((task.id, who, year) for year in years for who in task.answering(unit))
        return tuple(Declaration(*key[1:], self._nothing[key]) for key in whose if key in self._nothing)


def _once(filings: Iterable[Filing]) -> Iterable[Filing]:
    """Leave out all but the first of several reports of one unit and year: nothing is counted twice."""
    ordered = sorted(filings, key=lambda filing: filing.file, reverse=True)
    return {(filing.unit or filing.file, filing.year): filing for filing in ordered}.values()


def judge(
    plan: Plan,
    filings: Sequence[Filing],
    unread: Sequence[Unread],
    years: Sequence[int],
    as_of: AsOf,
    policy: Policy,
) -> tuple[Standing, ...]:
    """Return a standing for every task, window that meets a judged year, and unit where each has its own."""
    ledger = _Ledger(filings)
    return tuple(
        stand(
            task,
            window,
            unit,
            ledger.entries(task.id, unit),
            as_of,
            policy,
            unread,
            declared=ledger.declared(task, unit, window),
        )
        for task in plan.by_id.values()
        for window in _judged(task, years)
        for unit in spread_units(task)
    )


def _judged(task: Task, years: Sequence[int]) -> Iterator[Window]:
    for window in task.windows:
        if any(window.days.meets(year_of(year)) for year in years):
            yield window
