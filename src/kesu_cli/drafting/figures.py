"""Holds the numbers of a chapter against its tasks: each is a target, a date, or listed as neither."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kesu_cli.drafting.chapter_text import ChapterText, PlacedTask
from kesu_cli.drafting.clause import sentences
from kesu_cli.drafting.covering import Quoted
from kesu_cli.drafting.figure import Nature
from kesu_cli.drafting.plain import plain
from kesu_cli.drafting.quantity import quantities
from kesu_cli.drafting.time_draft import column_time
from kesu_cli.drafting.when import when
from kesu_cli.model.amount import MULTIPLIERS, normal
from kesu_cli.model.plan_file import NotTargetRow
from kesu_cli.model.task_in_plan_file import TaskRow
from kesu_cli.model.window import Days
from kesu_cli.verification import Aspect, Discrepancy

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_COUNTER = re.compile(
    r"^\s*[（(]?(?P<number>\d{1,2})(?:[）)]|[．.、](?!\d))", re.MULTILINE
)  # 1. before an item
_CALENDAR = re.compile(r"\s*(?:[—－\-~至到]\s*\d{4}\s*)?[年月日号]")


@dataclass(frozen=True, slots=True)
class TextFigure:
    """An Arabic number, with 万 and 亿 applied; ``dated`` says that it is a year, month or day."""

    text: str
    amount: Decimal
    start: int
    dated: bool


def figures(text: str) -> Iterator[TextFigure]:
    """Find every Arabic number of a text, full-width digits included; what counts items is none."""
    folded = plain(text)
    counters = {match.start("number") for match in _COUNTER.finditer(folded.text)}
    for match in _NUMBER.finditer(folded.text):
        if match.start() in counters:
            continue
        factor = MULTIPLIERS.get(folded.text[match.end() : match.end() + 1], 1)
        amount = Decimal(match[0].replace(",", "")) * factor
        dated = bool(_CALENDAR.match(folded.text, match.end()))
        start, end = folded.span(match.start(), match.end())
        yield TextFigure(text[start:end], amount, start, dated)


def unaccounted(
    chapter: ChapterText, quotes: Sequence[Quoted], excused: Sequence[NotTargetRow]
) -> Iterator[Discrepancy]:
    """Name the numbers that are no target and no date of a task, and are not listed as neither."""
    for figure in unaccounted_figures(chapter, quotes, excused):
        yield _left_over(figure, _covering(figure, quotes), chapter)


def unaccounted_figures(
    chapter: ChapterText, quotes: Sequence[Quoted], excused: Sequence[NotTargetRow]
) -> Iterator[TextFigure]:
    """Find those numbers themselves."""
    for figure in figures(chapter.text):
        if not _is_accounted(figure, _covering(figure, quotes), chapter, excused):
            yield figure


def _covering(figure: TextFigure, quotes: Sequence[Quoted]) -> list[PlacedTask]:
    return [q.task for q in quotes if q.start <= figure.start < q.end]


def _is_accounted(
    figure: TextFigure, covering: Sequence[PlacedTask], chapter: ChapterText, excused: Sequence[NotTargetRow]
) -> bool:
    if figure.dated:
        days = [chapter.period] if chapter.period else []
        if any(figure.amount in _parts(period) for period in days):
            return True
        if any(figure.amount in _dates(task.row) for task in covering):
            return True
    elif any(figure.amount in _amounts(task.row) for task in covering):
        return True
    return any(_is_listed(figure, row, chapter.text) for row in excused)


def _is_listed(figure: TextFigure, row: NotTargetRow, text: str) -> bool:
    start = text.find(row.quote)
    while start >= 0:
        if row.text == figure.text and start <= figure.start < start + len(row.quote):
            return True
        start = text.find(row.quote, start + 1)
    return False


def _amounts(row: TaskRow) -> set[Decimal]:
    target = row.target
    if target is None:
        return set()
    found = {target.amount, target.high, *(point.amount.number for point in row.interim)}
    found.update(extra.number for extra in (target.stretch, row.baseline) if extra)
    return found


def _dates(row: TaskRow) -> set[Decimal]:
    days = [row.by] if row.by else []
    found = {Decimal(part) for day in days for part in (day.year, day.month, day.day)}
    explained = (
        {figure.amount for figure in figures(row.reading or "") if figure.dated} if row.every else set()
    )
    return found | explained | ({Decimal(row.during)} if row.during else set())


def _parts(period: Days) -> set[Decimal]:
    return {Decimal(day.year) for day in (period.start, period.end)}


def _left_over(figure: TextFigure, covering: Sequence[PlacedTask], chapter: ChapterText) -> Discrepancy:
    around = chapter.text[max(figure.start - 8, 0) : figure.start + len(figure.text) + 6].replace("\n", " ")
    line = chapter.line(figure.start)
    if not covering:
        message = f"原文的“{figure.text}”（…{around}…）既不是任务的指标或日期，也没有列入 not_targets"
        return Discrepancy(Aspect.NUMBER, message, line, words=around)
    task = covering[0]
    message = f"任务 {task.row.id} 引文里的“{figure.text}”不是它的指标或日期（现为{_said(task.row)}）"
    return Discrepancy(Aspect.NUMBER, message, line, task.place, task.row.id, around)


def _said(row: TaskRow) -> str:
    if row.target:
        return f"：{row.target.words}"
    given = row.by or row.during
    return f"：{given}" if given else "没有指标"


def misdated(chapter: ChapterText, quotes: Sequence[Quoted], period: Days) -> Iterator[Discrepancy]:
    """Name the tasks whose due date the words around their quote do not give."""
    ends = {period.end, chapter.period.end if chapter.period else period.end}
    for found in quotes:
        row = found.task.row
        if (row.by is None or row.by in ends) and row.during is None:
            continue
        near = around(chapter.text, found)
        said = _said_days(near, chapter.period or period) | _said_days(near, period)
        if row.by and row.by not in ends and row.by not in said | _column_days(chapter, found, period):
            yield _wrong_date(found, chapter, f"期限 {row.by} 不是原文写的，也不是方案期末 {period.end}")
        if row.during and str(row.during) not in normal(near):
            yield _wrong_date(found, chapter, f"年度 {row.during} 在原文这一句里没有写")


def around(text: str, found: Quoted) -> str:
    """Return the sentences that a quote lies in."""
    return "。".join(s.text for s in sentences(text) if s.start < found.end and found.start < s.end)


def _column_days(chapter: ChapterText, found: Quoted, period: Days) -> set[date]:
    """Return the day that the column 完成时限 gives for a quote."""
    time = column_time(chapter.deadline(found.start), period)
    return {date.fromisoformat(time.value)} if time and time.key == "by" else set()


def _said_days(text: str, period: Days) -> set[date]:
    parts = re.split("[，。；]", text)
    found = (when(part, period=period) for part in (text, *parts))
    return {said.by for said in found if said and said.by}


def _wrong_date(found: Quoted, chapter: ChapterText, message: str) -> Discrepancy:
    task = found.task
    line = chapter.line(found.start)
    return Discrepancy(Aspect.DATE, f"任务 {task.row.id} 的{message}", line, task.place, task.row.id)


def _least(row: TaskRow) -> set[Decimal]:
    """Return what words without a number ask for: once, what 全覆盖 means, or what the reading settles on."""
    said = {quantity.amount for quantity in quantities(row.quote or "")}
    return {Decimal(1), *said, *(figure.amount for figure in figures(row.reading or "") if not figure.dated)}


def unfounded(chapter: ChapterText, quotes: Sequence[Quoted]) -> Iterator[Discrepancy]:
    """Name the targets whose amount neither the quote nor, where it holds no number, the reading gives."""
    for found in quotes:
        row = found.task.row
        if row.target is None:
            continue
        asked = any(not quantity.is_allowance for quantity in quantities(row.quote or ""))
        written = {figure.amount for figure in figures(row.quote or "") if asked and not figure.dated}
        yield from _other_unit(chapter, found)
        if row.target.amount not in (written or _least(row)):
            message = f"任务 {row.id} 的指标“{row.target.words}”在引文里没有这个数"
            place = found.task.place / "target"
            yield Discrepancy(Aspect.NUMBER, message, chapter.line(found.start), place, row.id)


def _other_unit(chapter: ChapterText, found: Quoted) -> Iterator[Discrepancy]:
    """Name a target whose unit of measure is not that of any number in its quote or its reading."""
    row = found.task.row
    words = plain(row.quote or "").text
    asked = [quantity for quantity in quantities(words) if not quantity.is_allowance and quantity.unit]
    unit = row.target.unit if row.target else ""
    if not asked or any(unit in (q.unit, q.measure) for q in asked):
        return
    if unit in (row.reading or "") or (len(unit) > 1 and unit in words):
        return
    said = "、".join(dict.fromkeys(quantity.measure for quantity in asked))
    message = f"任务 {row.id} 的计量单位是“{unit}”，原文是“{said}”"
    place = found.task.place / "target"
    yield Discrepancy(Aspect.NUMBER, message, chapter.line(found.start), place, row.id)


def unwritten(
    chapter: ChapterText, quotes: Sequence[Quoted], excused: Sequence[NotTargetRow]
) -> Iterator[Discrepancy]:
    """Name the tasks that leave out a number which their quote writes in Chinese numerals: 建设三所学校."""
    for found in quotes:
        row = found.task.row
        given = _amounts(row) | ({Decimal(1)} if row.every else set())
        others = {amount for q in quotes if _meets(q, found) for amount in _amounts(q.task.row)}
        for quantity in quantities(row.quote or ""):
            words = (row.quote or "")[quantity.number_start : quantity.number_end]
            is_plain = quantity.nature is Nature.COVERAGE or _NUMBER.search(words) or quantity.is_allowance
            if is_plain or quantity.amount in given | others or _is_excused(row, words, excused):
                continue
            message = f"任务 {row.id} 引文里的“{words}”不是它的指标（现为{_said(row)}）"
            line = chapter.line(found.start)
            yield Discrepancy(Aspect.NUMBER, message, line, found.task.place, row.id, words)


def _meets(one: Quoted, other: Quoted) -> bool:
    return one.start < other.end and other.start < one.end


def _is_excused(row: TaskRow, words: str, excused: Sequence[NotTargetRow]) -> bool:
    quote = row.quote or ""
    return any(one.text in words and (one.quote in quote or quote in one.quote) for one in excused)
