"""When a clause asks for something: deadline, window, rhythm, as its words say it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from kesu_cli.drafting.date_word import last_day
from kesu_cli.drafting.time_word import When, times
from kesu_cli.model.window import YEARS, Days, on

__all__ = ["When", "times", "when", "whens"]

_MONTHS = 12
_LONGEST_DAYS = 3660
_FEWEST_LISTED = 2


def when(
    text: str, *, period: Days | None = None, is_event: bool | None = None, at: int | None = None
) -> When | None:
    """Read what a clause says about time, all its expressions taken together; None where it says nothing.

    With ``at``, the place of a figure, only the expressions that govern that figure count: the last date
    and the last rhythm before it, or the first behind it. With the plan's period, 5年内 gets its dates
    and 年底前 the year of a one-year plan.
    """
    found = tuple(time for time in times(text, is_event=is_event) if time.says_something)
    found = found if at is None else _governing(found, at)
    if not found:
        return None
    whole = _together(found, text)
    return _dated(whole, period) if period else whole


def whens(
    text: str, places: Sequence[int], *, period: Days | None = None, is_event: bool | None = None
) -> tuple[When | None, ...]:
    """Read the time of each of the figures of a clause, given their places.

    2023年、2024年分别培训1000人、1200人: as many dates as figures are dealt out in order.
    """
    listed = _listed(text, places, is_event=is_event)
    if listed:
        return tuple(_dated(time, period) if period else time for time in listed)
    return tuple(when(text, period=period, is_event=is_event, at=place) for place in places)


def _listed(text: str, places: Sequence[int], *, is_event: bool | None) -> list[When]:
    if len(places) < _FEWEST_LISTED or "分别" not in text:
        return []
    dates = [time for time in times(text, is_event=is_event) if time.by or time.during]
    if len(dates) != len(places) or dates[-1].start_at > places[0]:
        return []
    if dates[0].by and not dates[0].start:  # 到2023年和2025年: 到 holds for both
        return [replace(time, by=time.by or last_day(time.during or 0), during=None) for time in dates]
    return dates


def dealt_out(text: str, places: Sequence[int]) -> list[When]:
    """Return a date for each of the figures of a clause where 分别 deals them out, else nothing."""
    return _listed(text, places, is_event=None)


def _governing(found: tuple[When, ...], at: int) -> tuple[When, ...]:
    dates = [time for time in found if time.by or time.during or time.start or (time.due and not time.every)]
    rhythms = [time for time in found if time.every or time.cycle]
    dated, rhythm = _nearest(dates, at), _nearest(rhythms, at)
    if dated and rhythm and rhythm.start_at < dated.start_at < at and rhythm.due is None:
        rhythm = None  # 每年培训100名，到2025年达到600名: the date has the last word
    others = [time for time in found if time not in dates and time not in rhythms]
    return tuple(sorted((time for time in (dated, rhythm, *others) if time), key=lambda time: time.start_at))


def _nearest(found: list[When], at: int) -> When | None:
    earlier = [time for time in found if time.start_at < at]
    return earlier[-1] if earlier else next(iter(found), None)


def _together(found: tuple[When, ...], text: str) -> When:
    dated = next((time for time in found if time.by or time.during), None)
    dated = dated or next((time for time in found if time.start), None)
    regular = next((time for time in found if time.every or time.cycle), None)
    is_vague = dated is None and regular is None
    return replace(
        dated or regular or found[0],
        words="，".join(dict.fromkeys(text[time.start_at : time.end_at] for time in found)),
        start_at=found[0].start_at,
        end_at=found[-1].end_at,
        every=regular.every if regular else None,
        cycle=regular.cycle if regular else "",
        due=next((time.due for time in found if time.due), None),
        lasting=next((time.lasting for time in found if time.lasting), ""),
        is_deadline=any(time.is_deadline for time in found),
        throughout=is_vague and any(time.throughout for time in found),
        is_recurring=regular is None and any(time.is_recurring for time in found),
        on_event=is_vague and any(time.on_event for time in found),
    )


def _dated(when: When, period: Days) -> When:
    """Give dates to what only the plan's period can date."""
    if when.start and when.lasting and when.by is None:
        return replace(when, by=_after(when.start, when.lasting))
    if when.by or when.during or when.every or when.throughout or when.on_event:
        return when
    if when.lasting:
        return replace(when, start=period.start, by=_after(period.start, when.lasting))
    if period.start.year != period.end.year:
        return when
    if when.due:
        month, day = when.due
        return replace(when, by=last_day(period.start.year, month or _MONTHS, day))
    return replace(when, by=period.end) if when.is_deadline else when


def _after(start: date, lasting: str) -> date | None:
    """Return the last day of a length of time; None where it leads out of the calendar."""
    count, unit = int(lasting[:-1]), lasting[-1]
    if unit == "d":
        return start + timedelta(days=count) if count < _LONGEST_DAYS else None
    years, months = divmod(start.month - 1 + count * (_MONTHS if unit == "y" else 1), _MONTHS)
    year = start.year + years
    return on(year, (months + 1, start.day)) - timedelta(days=1) if year in YEARS else None
