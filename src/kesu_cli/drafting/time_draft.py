"""From the times of a sentence to the when of a task, with what the words leave open."""

import re
from dataclasses import dataclass

from kesu_cli.drafting.when import When, when
from kesu_cli.model.calendar import Days, Rhythm
from kesu_cli.model.plan_file import Kind

_ONCE = re.compile(
    r"建立|组建|成立|编印|编制|编写|编撰|出版|制定|制订|出台|印发|构建|搭建|建成|新建|设立|开设|增设|打造|纳入|列入|总结"
    r"|建设(?!与|和|管理)|完成|储备库|作为.*(?:指标|条件|内容)"
)
_ONCE_KINDS = frozenset({Kind.DELIVERABLE, Kind.MECHANISM, Kind.INTEGRATION, Kind.FUNDING})
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


def time_of(clause: str, said: When | None, kind: Kind, period: Days, *, measured: bool, soft: bool) -> DraftedTime:
    """Choose the time of a duty: what its words say, else what its kind asks for."""
    if said is not None:
        found = _said(said, period)
        if found:
            return found
    if measured:
        return DraftedTime(
            "by", period.end.isoformat(), is_said=False, reading="原文未写时限，按方案期末累计完成理解",
            reviews=("原文没有写时限，请核对是累计还是每年",),
        )  # fmt: skip
    verb = _ONCE.search(clause)
    if kind in _ONCE_KINDS and verb and not soft and not _LASTING.match(clause):
        return DraftedTime("by", period.end.isoformat(), is_said=False, reading="原文无期限，按方案期末一次性完成理解")
    return DraftedTime("throughout", "true", is_said=False)


def _said(said: When, period: Days) -> DraftedTime | None:
    odd = _odd(said)
    if said.every:
        return DraftedTime("every", said.every.value, is_said=True, is_regular=True, reviews=odd)
    if said.cycle:
        return _cycle(said, odd)
    if said.is_recurring:
        reading = f"“{said.words}”没有次数，按每年至少一次理解"
        reviews = (*odd, f"“{said.words}”多久一次，请定")
        return DraftedTime("every", "year", is_said=True, is_regular=True, reading=reading, reviews=reviews)
    if said.on_event:
        return DraftedTime("on_event", "true", is_said=False)
    return _dated(said, period, odd)


def _cycle(said: When, odd: tuple[str, ...]) -> DraftedTime:
    rhythm, reading = Rhythm.YEAR, f"“{said.words}”按每年至少一次理解"
    if said.cycle in ("week", "day"):
        rhythm, reading = Rhythm.MONTH, f"“{said.words}”按每月至少一次理解"
    reviews = (*odd, f"“{said.words}”没有对应的考核周期，请核对")
    return DraftedTime(
        "every", rhythm.value, is_said=True, is_regular=True, reading=reading, reviews=reviews
    )


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
    if said.due:
        month, day = said.due
        found.append(f"原文要求在{f'{month} 月' if month else '每期的'} {day} 日前，请在说明里写明")
    if said.lasting:
        found.append(f"原文写了时长“{said.words}”，请核对起止")
    return tuple(found)


def times_around(clause: str, sentence: str, offset: int, period: Days) -> When | None:
    """Read when a clause is due: by its own words, else by those that govern it in its sentence."""
    return when(clause, period=period) or when(sentence, period=period, at=offset)
