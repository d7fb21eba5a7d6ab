"""What falls due, as a table for a terminal, and the words that every form of the calendar uses."""

from collections.abc import Iterator

from kesu_cli.calendar import Calendar, Due, DueReport, DueTask, EndingWaiver
from kesu_cli.render.terminal.grid import Grid
from kesu_cli.render.terminal.page_part import Part
from kesu_cli.render.terminal.text_page import TextPage
from kesu_cli.render.terminal.wrapped_text import Prose
from kesu_cli.render.wording import (
    DEMO,
    as_of_words,
    lacking_words,
    listed,
    owner_words,
    target_words,
    verdict_words,
)
from kesu_cli.verdict import Verdict

_NAMED = 6


def layout(calendar: Calendar) -> TextPage:
    """Lay the calendar out, day by day."""
    return TextPage(_parts(calendar))


def _parts(calendar: Calendar) -> Iterator[Part]:
    yield Prose(f"《{calendar.plan.title}》", style="bold")
    late = sum(calendar.days_left(due) < 0 for due in calendar.items)
    first = f"已经逾期的 {late} 项，以及 " if late else ""
    span = f"{calendar.as_of.day} 至 {calendar.until}"
    yield Prose(f"{calendar.unit or '全市'}：{first}{span} 到期的事项", style="bold")
    yield Prose(as_of_words(calendar.as_of))
    if calendar.demo:
        yield Prose(f"{DEMO}：以下数字均为虚构，不代表任何单位的实际工作", style="bold magenta")
    yield Prose()
    if calendar.items:
        table = Grid(
            "日期", "期限" if calendar.as_of.over else "期限\n（含今天）", "事项", "现在的情况", "由谁办"
        )
        for due in calendar.items:
            left = Prose(left_words(calendar, due), style="bold red" if calendar.days_left(due) < 0 else "")
            table.add_row(due.day.isoformat(), left, what(due), state(due), whom(due, _NAMED))
        yield table
    else:
        yield Prose("没有到期的事项。")
    if calendar.settled:
        yield Prose(f"另有 {calendar.settled} 项任务在此期间到期，已经达标")


def left_words(calendar: Calendar, due: Due) -> str:
    """Say how long there is still, or for how long it has been overdue."""
    days = calendar.days_left(due)
    return f"逾期 {-days} 天" if days < 0 else f"还剩 {calendar.as_of.days_left(due.day)} 天"


def what(due: Due) -> str:
    """Say what falls due."""
    if isinstance(due, DueTask):
        return f"{due.task.id} {due.task.name}（{due.window.label}）：{target_words(due.task)}"
    if isinstance(due, DueReport):
        return f"{due.year} 年度进展报送截止"
    row = due.waiver.row
    return f"豁免到期：{' '.join(filter(None, (row.rule, row.task)))}（{row.document}）"


def state(due: Due) -> str:
    """Say how it stands today."""
    if isinstance(due, DueReport):
        return f"{len(due.units)} 个单位没有报送"
    if isinstance(due, EndingWaiver):
        return f"{due.waiver.row.approved_by}批准；此日以后不再豁免"
    if not due.standings:
        return Verdict.UPCOMING.label
    if len(due.standings) > 1:
        return f"{len(due.standings)} 个单位还没有达标"
    standing = due.standings[0]
    told = verdict_words(standing, with_reason=False), lacking_words(standing)
    return "，".join(filter(None, told))


def whom(due: Due, most: int) -> str:
    """Name who must act, so many units at most."""
    if isinstance(due, EndingWaiver):
        return due.unit
    units = due.units if isinstance(due, DueReport) else _owing(due)
    more = f"等 {len(units)} 个单位" if len(units) > most else ""
    return f"{listed(units[:most])}{more}"


def _owing(due: DueTask) -> tuple[str, ...]:
    apart = tuple(standing.unit for standing in due.standings if standing.unit)
    return apart or (owner_words(due.task),)
