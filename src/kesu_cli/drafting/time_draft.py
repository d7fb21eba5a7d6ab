"""From the times of a sentence to the when of a task, with what the words leave open."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kesu_cli.drafting.rhythm import rhythm_of
from kesu_cli.drafting.when import When, times, when
from kesu_cli.model.task_in_plan_file import Kind
from kesu_cli.model.window import Days, Rhythm

_ONCE = re.compile(
    r"建立|组建|成立|编印|编制|编写|编撰|出版|制定|制订|出台|印发|构建|搭建|建成|新建|设立|开设|增设|打造|纳入|列入|总结"
    r"|建设(?!与|和|管理)|完成|储备库|作为.*(?:指标|条件|内容)"
)
_ONCE_KINDS = frozenset({Kind.DELIVERABLE, Kind.MECHANISM, Kind.INTEGRATION, Kind.FUNDING})
_EVENT = re.compile(
    r"(?:突发|应急|紧急|灾害|疫情)[^，。]{0,10}(?:状态下|情况下|发生时|发生后|时|后)[，、]|一旦|遇有|遇到"
)
_DESCRIBES = re.compile(r"(?:期间|时期|规划|全民|年度)?(?:的|在|全民|计划|规划)|期间全民")
_HEAD = 1
_LASTING = re.compile(r"持续|不断|常态化|逐步|推进|加强|完善|深化|推动")


@dataclass(frozen=True, slots=True)
class DraftedTime:
    """The key and value of a task's time; ``is_said`` says that the words give it."""

    key: str
    value: str
    is_said: bool
    is_regular: bool = False
    reading: str = ""
    reviews: tuple[str, ...] = ()


def time_of(
    clause: str,
    said: When | None,
    kind: Kind,
    period: Days,
    *,
    measured: bool,
    soft: bool,
    column: DraftedTime | None = None,
) -> DraftedTime:
    """Choose the time of a duty: what its words say, else its column 完成时限, else what its kind asks."""
    found = (_said(said, period) if said else None) or column
    if found:
        return found
    odd = _odd(said) if said else ()
    if measured:
        return DraftedTime(
            "by", period.end.isoformat(), is_said=False, reading="原文未写时限，按方案期末累计完成理解",
            reviews=(*odd, "原文没有写时限，请核对是累计还是每年"),
        )  # fmt: skip
    verb = _ONCE.search(clause)
    if kind in _ONCE_KINDS and verb and not soft and not _LASTING.match(clause):
        return DraftedTime(
            "by", period.end.isoformat(), is_said=False, reading="原文无期限，按方案期末一次性完成理解"
        )
    return DraftedTime("throughout", "true", is_said=False)


def _said(said: When, period: Days) -> DraftedTime | None:
    odd = _odd(said)
    if said.every:
        reading = _stretch(said, period)
        return DraftedTime(
            "every", said.every.value, is_said=True, is_regular=True, reading=reading, reviews=odd
        )
    if said.cycle:
        return _cycle(said, odd)
    if said.is_recurring:
        reading = f"“{said.words}”没有次数，按每年至少一次理解"
        reviews = (*odd, f"“{said.words}”多久一次，请定")
        return DraftedTime("every", "year", is_said=True, is_regular=True, reading=reading, reviews=reviews)
    if said.on_event:
        return DraftedTime("on_event", "true", is_said=False)
    return _dated(said, period, odd)


_KEPT_UP = re.compile("长期|持续|常态|全年|经常|随时|始终|坚持|实施期内|贯穿")
_ENDS_WITH_DAY = re.compile(r"[底末日号月年季度]$")


def column_time(text: str, period: Days) -> DraftedTime | None:
    """Read a cell of the column 完成时限; None where it says nothing that can be told without a person."""
    is_kept_up = bool(_KEPT_UP.search(text))
    said = when(f"{text}前" if _ENDS_WITH_DAY.search(text) else text, period=period)
    found = _said(said, period) if said and not said.throughout and not said.is_recurring else None
    reading = f"时限取自完成时限一栏的“{text}”"
    if found and not is_kept_up and (found.key == "every" or not found.reviews):
        return replace(found, is_said=True, reading=_both(reading, found.reading))
    if is_kept_up and (found is None or found.key == "every"):
        return DraftedTime("throughout", "true", is_said=False, reading=reading)
    return None


def _both(one: str, other: str) -> str:
    return f"{one}；{other}" if other else one


def _stretch(said: When, period: Days) -> str:
    """Say that a rhythm holds for less than the whole period."""
    if said.start is None or said.by is None or (said.start, said.by) == (period.start, period.end):
        return ""
    return f"原文的起止是 {said.start.year}年至{said.by.year}年"


def _cycle(said: When, odd: tuple[str, ...]) -> DraftedTime:
    is_short = said.cycle in ("half-month", "week", "day")
    rhythm, unit = (Rhythm.MONTH, "月") if is_short else (Rhythm.YEAR, "年")
    reading = f"“{said.words}”没有对应的考核周期，暂按每{unit}考核"
    reviews = (*odd, f"“{said.words}”改按每{unit}考核，次数或数量请换算成一{unit}的")
    return DraftedTime("every", rhythm.value, is_said=True, is_regular=True, reading=reading, reviews=reviews)


def _dated(said: When, period: Days, odd: tuple[str, ...]) -> DraftedTime | None:
    if said.during and said.during in range(period.start.year, period.end.year + 1):
        return DraftedTime("during", str(said.during), is_said=True, reviews=odd)
    if said.start and said.by and (said.start, said.by) != (period.start, period.end):
        if (said.start.year, said.start.month, said.start.day) <= (period.start.year, 1, 1):
            return DraftedTime("by", said.by.isoformat(), is_said=True, reviews=odd)
        reading = f"原文的起止是 {said.start} 至 {said.by}"
        if said.by >= period.end:
            return DraftedTime("throughout", "true", is_said=True, reading=reading, reviews=odd)
        return DraftedTime("by", said.by.isoformat(), is_said=True, reading=reading, reviews=odd)
    if said.by:
        return DraftedTime("by", said.by.isoformat(), is_said=True, reviews=(*odd, *_outside(said, period)))
    return None


def _outside(said: When, period: Days) -> tuple[str, ...]:
    return () if said.by and period.contains(said.by) else (f"期限 {said.by} 不在方案期限内，请核对",)


def _odd(said: When) -> tuple[str, ...]:
    """Say what the plan file has no word for."""
    found = []
    if said.due and said.by is None:
        month, day = said.due
        found.append(f"原文要求在{f'{month} 月' if month else '每期的'} {day} 日前，请在说明里写明")
    if said.lasting:
        found.append(f"原文写了时长“{said.words}”，请核对起止")
    return tuple(found)


def time_around(quote: str, main: str, sentence: str, period: Days) -> When | None:
    """Read when a duty without a figure is due.

    Its own rhythm counts first, then a date of its own clause, then the date at the head of its sentence,
    which holds for all that follows, then any date among its words.
    """
    rhythm = rhythm_of(main)
    if rhythm:
        return rhythm
    if _EVENT.search(quote):
        return When(words="", start_at=0, end_at=0, on_event=True)
    head = next((time for time in _dates(sentence) if time.start_at <= _HEAD), None)
    chosen = next(_dates(main), None) or head or next(_dates(quote), None)
    needs_period = chosen is not None and (chosen.lasting or chosen.by is None)
    return when(chosen.words, period=period) if chosen and needs_period else chosen


def _dates(text: str) -> Iterator[When]:
    """Find the dates of a text; a time that only describes something (“十四五”期间的, 2022年度的) is none."""
    for time in times(text):
        if (
            time.by or time.during or time.start or time.lasting or time.is_deadline
        ) and not _DESCRIBES.match(text, time.end_at):
            yield time
