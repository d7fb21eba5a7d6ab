"""What falls due as JSON, with types and a version of its own: what scripts may rely on."""

from typing import Literal

from kesu_cli.calendar import Calendar, Due, DueReport, DueTask
from kesu_cli.render.json.json_base import PublicJson
from kesu_cli.render.terminal.calendar_page import state, what

VERSION = "1"


class JsonDue(PublicJson):
    """One matter, overdue where ``days_left`` is negative; ``task``, ``window``, ``year`` may be null."""

    kind: Literal["task", "report", "waiver"]
    day: str
    days_left: int
    overdue: bool
    what: str
    state: str
    units: tuple[str, ...]
    task: str | None
    window: str | None
    year: int | None


class JsonCalendar(PublicJson):
    """What is overdue or falls due until ``until``; ``settled`` counts what is met already and left out."""

    format: Literal["kesu-calendar"]
    format_version: str
    kesu: str
    demo: bool
    plan: str
    unit: str
    as_of: str
    until: str
    settled: int
    items: tuple[JsonDue, ...]


def public(calendar: Calendar) -> JsonCalendar:
    """Turn a calendar into its public form."""
    return JsonCalendar(
        format="kesu-calendar",
        format_version=VERSION,
        kesu=calendar.version,
        demo=calendar.demo,
        plan=calendar.plan.title,
        unit=calendar.unit,
        as_of=calendar.as_of.day.isoformat(),
        until=calendar.until.isoformat(),
        settled=calendar.settled,
        items=tuple(_due(calendar, due) for due in calendar.items),
    )


def _due(calendar: Calendar, due: Due) -> JsonDue:
    is_task, is_report = isinstance(due, DueTask), isinstance(due, DueReport)
    return JsonDue(
        kind="task" if is_task else "report" if is_report else "waiver",
        day=due.day.isoformat(),
        days_left=calendar.days_left(due),
        overdue=calendar.days_left(due) < 0,
        what=what(due),
        state=state(due),
        units=_units(due),
        task=due.task.id if isinstance(due, DueTask) else None,
        window=due.window.label if isinstance(due, DueTask) else None,
        year=due.year if isinstance(due, DueReport) else None,
    )


def _units(due: Due) -> tuple[str, ...]:
    if isinstance(due, DueTask):
        return tuple(s.unit for s in due.standings if s.unit) or due.task.answering("")
    return due.units if isinstance(due, DueReport) else (due.unit,)
