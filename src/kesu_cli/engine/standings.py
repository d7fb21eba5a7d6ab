"""Works out every standing that the judged years ask for."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from kesu_cli.loaded import Loaded
from kesu_cli.model.plan import Plan, Task
from kesu_cli.model.progress import Entry, Filing
from kesu_cli.model.task_in_plan_file import Spread
from kesu_cli.model.window import AsOf, Window, year_of
from kesu_cli.standing import Declaration, Standing, spread_units, stand

_MONTH = timedelta(days=31)


class _Ledger:
    """Entries by task, by unit too where units are judged apart, and what has nothing to report."""

    def __init__(self, plan: Plan, filings: Iterable[Filing]) -> None:
        apart = {task.id for task in plan.by_id.values() if task.row.spread is Spread.EACH}
        self._entries: dict[tuple[str, str], list[Entry]] = {}
        self._nothing: dict[tuple[str, str, int], str] = {}
        for filing in filings:
            for entry in filing.entries:
                key = (entry.task, entry.unit if entry.task in apart else "")
                self._entries.setdefault(key, []).append(entry)
            self._nothing.update({(row.task, filing.unit, filing.year): row.reason for row in filing.nothing})
        for entries in self._entries.values():
            entries.sort(key=_last_day)

    def entries(self, task: Task, unit: str, window: Window) -> Sequence[Entry]:
        """Return all that may count in the window: of what lies after it only what the date must explain."""
        entries = self._entries.get((task.id, unit), [])
        first = bisect_left(entries, window.start, key=_last_day)
        if task.has_deadline:
            return entries[first:]
        # an entry that is dated to the month may begin in the window and end after it
        return entries[first : bisect_right(entries, window.end + _MONTH, key=_last_day)]

    def declared(self, task: Task, unit: str, window: Window) -> tuple[Declaration, ...]:
        years = range(window.start.year, window.end.year + 1)
        whose = ((task.id, who, year) for year in years for who in task.answering(unit))
        return tuple(Declaration(*key[1:], self._nothing[key]) for key in whose if key in self._nothing)


def _last_day(entry: Entry) -> date:
    return entry.days.end


def judge(loaded: Loaded, years: Sequence[int], as_of: AsOf) -> tuple[Standing, ...]:
    """Return a standing for every task, window that meets a judged year, and unit where each has its own.

    Raises PlanUnreadable where there are no terms to judge by.
    """
    terms = loaded.readable_terms()
    ledger = _Ledger(terms.plan, loaded.filings)
    return tuple(
        stand(
            task,
            window,
            unit,
            ledger.entries(task, unit, window),
            as_of,
            terms.policy,
            loaded.unread,
            declared=ledger.declared(task, unit, window),
        )
        for task in terms.plan.by_id.values()
        for window in _judged(task, years)
        for unit in spread_units(task)
    )


def _judged(task: Task, years: Sequence[int]) -> Iterator[Window]:
    for window in task.windows:
        if any(window.days.meets(year_of(year)) for year in years):
            yield window
