"""Works out every standing that the judged years ask for."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from kesu_cli.contribution import NO_DOUBTS, Doubts
from kesu_cli.loaded import Loaded
from kesu_cli.model.plan import Task
from kesu_cli.model.progress import Entry
from kesu_cli.model.task_in_plan_file import Spread
from kesu_cli.model.window import AsOf, Window
from kesu_cli.standing import Declaration, Known, Source, Standing, spread_units, stand
from kesu_cli.submission import Submission, SubmissionState, submissions

_MONTH = timedelta(days=31)
_UNKNOWN = {SubmissionState.DRAFT: "是草稿，还没有报送完毕", SubmissionState.MISSING: "到期没有报送"}


class _Ledger:
    """Entries by task, by unit too where units are judged apart, and what is known of each report."""

    def __init__(self, loaded: Loaded, as_of: AsOf) -> None:
        terms = loaded.readable_terms()
        apart = {task.id for task in terms.plan.by_id.values() if task.row.spread is Spread.EACH}
        self._entries: dict[tuple[str, str], list[Entry]] = {}
        self._nothing: dict[tuple[str, str, int], str] = {}
        for filing in loaded.filings:
            for entry in filing.entries:
                key = (entry.task, entry.unit if entry.task in apart else "")
                self._entries.setdefault(key, []).append(entry)
            self._nothing.update({(row.task, filing.unit, filing.year): row.reason for row in filing.nothing})
        for entries in self._entries.values():
            entries.sort(key=_last_day)
        years = [year for year in terms.plan.years if year <= as_of.day.year]
        self._heard = {(s.unit, s.year): s for s in submissions(loaded, years, as_of)}
        self._today = as_of.day
        self._told: dict[tuple[tuple[str, ...], int, int], tuple[Source, ...]] = {}

    def entries(self, task: Task, unit: str, window: Window) -> Sequence[Entry]:
        """Return all that may count in the window: of what lies after it only what the date must explain."""
        entries = self._entries.get((task.id, unit), [])
        first = bisect_left(entries, window.start, key=_last_day)
        if task.has_deadline:
            return entries[first:]
        # an entry that is dated to the month may begin in the window and end after it
        last = window.end + _MONTH
        if task.row.until is not None:
            last = max(last, date(window.end.year, 12, 31))
        return entries[first : bisect_right(entries, last, key=_last_day)]

    def declared(self, task: Task, unit: str, window: Window) -> tuple[Declaration, ...]:
        years = range(window.start.year, min(window.end.year, self._today.year) + 1)
        whose = ((task.id, who, year) for year in years for who in task.answering(unit))
        return tuple(Declaration(*key[1:], self._nothing[key]) for key in whose if key in self._nothing)

    def sources(self, task: Task, unit: str, window: Window) -> tuple[Source, ...]:
        """Say of every report that the figure comes from whether it is there."""
        units = (unit,) if unit else task.sources
        key = (units, window.start.year, window.end.year)
        if key not in self._told:
            self._told[key] = tuple(self._telling(*key))
        return tuple(self._as_declared(task, source) for source in self._told[key])

    def _telling(self, units: tuple[str, ...], first: int, last: int) -> Iterator[Source]:
        heard = (self._heard.get((unit, year)) for unit in units for year in range(first, last + 1))
        for submission in heard:
            if submission is not None:
                yield _source(submission)

    def _as_declared(self, task: Task, source: Source) -> Source:
        if (task.id, source.unit, source.year) in self._nothing:
            return Source(source.unit, source.year, is_zero=True)
        return source


def _source(submission: Submission) -> Source:
    is_signed = submission.state in (SubmissionState.COMPLETE, SubmissionState.LATE)
    unknown = _UNKNOWN.get(submission.state, "") if submission.overdue else ""
    return Source(submission.unit, submission.year, is_signed, unknown)


def _last_day(entry: Entry) -> date:
    return entry.days.end


def judge(
    loaded: Loaded, years: Sequence[int], as_of: AsOf, doubts: Doubts = NO_DOUBTS
) -> tuple[Standing, ...]:
    """Return a standing for every task, window of a judged year, and unit where each has its own.

    ``doubts`` say what disputes entries. Raises PlanUnreadable where there are no terms to judge by.
    """
    terms = loaded.readable_terms()
    ledger = _Ledger(loaded, as_of)
    return tuple(
        stand(
            task,
            window,
            unit,
            ledger.entries(task, unit, window),
            as_of,
            terms.policy,
            Known(
                loaded.unread,
                ledger.declared(task, unit, window),
                ledger.sources(task, unit, window),
                doubts,
                terms.binding_from,
            ),
        )
        for task in terms.plan.by_id.values()
        for window in _judged(task, years)
        for unit in spread_units(task)
    )


def _judged(task: Task, years: Sequence[int]) -> Iterator[Window]:
    for window in task.windows:
        if any(window.belongs_to(year) for year in years):
            yield window
