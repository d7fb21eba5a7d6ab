"""What falls due, as a calendar for phones and Outlook (RFC 5545): days, not hours."""

import hashlib
from datetime import UTC, datetime, time, timedelta

from icalendar import Alarm, Event, vText
from icalendar import Calendar as IcsCalendar

from kesu_cli.calendar import Calendar, Due, DueReport, DueTask
from kesu_cli.render.terminal.calendar_page import state, what, whom
from kesu_cli.render.wording import DEMO, as_of_words

_EVERYBODY = 1000
_MORNING = timedelta(hours=9)
_CATEGORIES = {"task": "任务到期", "report": "报送截止", "waiver": "豁免到期"}


def render(calendar: Calendar) -> bytes:
    """Write one event a matter; the same matter has the same UID whenever it is written."""
    ics = IcsCalendar()
    ics.add("prodid", "-//kesu//kesu calendar//ZH")
    ics.add("version", "2.0")
    ics.add("method", "PUBLISH")
    ics.add("x-wr-calname", f"{calendar.unit or '全市'} 到期事项（{calendar.plan.title}）")
    for due in calendar.items:
        ics.add_component(_event(calendar, due))
    content: bytes = ics.to_ical()
    return content


def _event(calendar: Calendar, due: Due) -> Event:
    event = Event()
    kind, key = identity(due)
    event.add("uid", f"{_digest(calendar.plan.title, calendar.unit, kind, key)}@kesu")
    event.add("dtstamp", datetime.combine(calendar.as_of.day, time(), UTC))
    event.add("dtstart", due.day)
    event.add("dtend", due.day + timedelta(days=1))
    event.add("summary", vText(_title(calendar, due)))
    event.add("description", vText("\n".join(_details(calendar, due))))
    event.add("categories", [_CATEGORIES[kind]])
    event.add("transp", "TRANSPARENT")
    for days in sorted({calendar.notice, 1}, reverse=True):
        if 0 < days <= calendar.days_left(due):
            event.add_component(_alarm(days, _title(calendar, due)))
    return event


def _title(calendar: Calendar, due: Due) -> str:
    demo = f"【{DEMO}】" if calendar.demo else ""
    late = "【已逾期】" if calendar.days_left(due) < 0 else ""
    return f"{demo}{late}{what(due)}"


def _alarm(days: int, title: str) -> Alarm:
    """Remind in the morning, so many days before the day begins."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", vText(title))
    alarm.add("trigger", _MORNING - timedelta(days=days))
    return alarm


def _details(calendar: Calendar, due: Due) -> list[str]:
    words = [f"原文：{due.task.quote}"] if isinstance(due, DueTask) and due.task.quote else []
    return [
        *words,
        f"现在的情况：{state(due)}",
        f"由谁办：{whom(due, _EVERYBODY)}",
        as_of_words(calendar.as_of),
    ]


def identity(due: Due) -> tuple[str, str]:
    """Say what kind of matter it is, and what tells it apart from others of the kind."""
    if isinstance(due, DueTask):
        return "task", f"{due.task.id} {due.window.label}"
    if isinstance(due, DueReport):
        return "report", str(due.year)
    return "waiver", f"{due.unit} {due.waiver.subject}"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
