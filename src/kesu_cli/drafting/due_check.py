"""Holds the dates of tasks against the column 完成时限 of their row or unit list."""

from collections.abc import Iterator, Sequence

from kesu_cli.drafting.chapter_text import ChapterText
from kesu_cli.drafting.covering import Quoted
from kesu_cli.drafting.figures import around
from kesu_cli.drafting.rhythm import rhythm_of
from kesu_cli.drafting.time_draft import DraftedTime, column_time
from kesu_cli.drafting.when import when
from kesu_cli.model.parts_of_text import names_period
from kesu_cli.model.task_in_plan_file import TaskRow
from kesu_cli.model.window import Days
from kesu_cli.verification import Aspect, Discrepancy


def undue(chapter: ChapterText, quotes: Sequence[Quoted], period: Days) -> Iterator[Discrepancy]:
    """Name the tasks that are kept up (throughout) where their words, sentence or column name a time."""
    for found in quotes:
        row = found.task.row
        said = _said(chapter, found, period)
        if said:
            message = f"任务 {row.id} 的时限是“{row.when}”，原文写的是“{said}”"
            line = chapter.line(found.start)
            yield Discrepancy(Aspect.DATE, message, line, found.task.place, row.id, said)


def _said(chapter: ChapterText, found: Quoted, period: Days) -> str:
    """Return the words of time that a task does not keep to; empty where it does."""
    row, near = found.task.row, around(chapter.text, found)
    if names_period(near) or rhythm_of(near):
        own = when(near if row.target else row.quote or "", period=period)
        is_dated = own is not None and bool(own.every or (own.by and not own.start))
        return own.words if own and is_dated and row.throughout else ""
    due = chapter.deadline(found.start)
    column = column_time(due, period)
    is_read = due in (row.reading or "") if column is None else _keeps(row, column)
    return "" if is_read else due


def _keeps(row: TaskRow, column: DraftedTime) -> bool:
    """Whether a task has the time of its column; what is only to be kept up may be asked for more often."""
    return column.key == "throughout" or str(getattr(row, column.key)) == column.value
