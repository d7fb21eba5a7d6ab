"""What falls due next: days, the tasks not yet met on them, and the reports still to come."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from kesu_cli.render.web.lights import LightCell, cell_of, rank
from kesu_cli.render.wording import day_words, owner_words
from kesu_cli.report import Report
from kesu_cli.standing import Standing
from kesu_cli.submission import SubmissionState

_DAYS_SHOWN = 6
_TASKS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class DayTask:
    """One task that falls due on a day."""

    id: str
    name: str
    owner: str
    cell: LightCell


@dataclass(frozen=True, slots=True)
class DueDay:
    """One day: how long until then, what is due, and how much more than is shown."""

    day: str
    iso: str
    left: str
    tasks: tuple[DayTask, ...]
    more: int
    reports: str


def due_days(report: Report) -> tuple[DueDay, ...]:
    """Name the next days on which something falls due that is not met yet."""
    open_ = [s for s in report.standings if s.awaited]
    open_.sort(key=lambda standing: standing.window.end)
    by_day = {day: list(group) for day, group in groupby(open_, key=lambda standing: standing.window.end)}
    reports = _reports(report)
    days = sorted({*by_day, *reports})[:_DAYS_SHOWN]
    return tuple(_day(day, by_day.get(day, []), reports.get(day, ""), report) for day in days)


def _reports(report: Report) -> dict[date, str]:
    awaited = Counter(
        (submission.due, submission.year)
        for submission in report.submissions
        if not submission.overdue and submission.state is not SubmissionState.COMPLETE
    )
    return {
        day: f"{year}年进展报送截止，还有 {number} 个单位没有报送" for (day, year), number in awaited.items()
    }


def _day(day: date, standings: Sequence[Standing], reports: str, report: Report) -> DueDay:
    by_task: dict[str, list[Standing]] = {}
    for standing in standings:
        by_task.setdefault(standing.task.id, []).append(standing)
    hard_first = sorted(
        by_task.values(), key=lambda group: (not group[0].task.is_hard, min(map(rank, group)))
    )
    shown = hard_first[:_TASKS_SHOWN]
    return DueDay(
        day=day_words(day),
        iso=day.isoformat(),
        left=report.as_of.remaining(day),
        tasks=tuple(_task(group) for group in shown),
        more=len(hard_first) - len(shown),
        reports=reports,
    )


def _task(standings: Sequence[Standing]) -> DayTask:
    task = standings[0].task
    owner = f"{len(standings)} 个单位尚未完成" if standings[0].unit else owner_words(task)
    return DayTask(task.id, task.name, owner, cell_of(standings))
