"""Holds the dates of tasks against the column 完成时限 of their row or unit list."""

from collections.abc import Iterator, Sequence

from kesu_cli.drafting.chapter_text import ChapterText
from kesu_cli.drafting.covering import Quoted
from kesu_cli.drafting.figures import around
from kesu_cli.drafting.rhythm import rhythm_of
from kesu_cli.drafting.time_draft import DraftedTime, column_time
from kesu_cli.model.calendar import Days
from kesu_cli.model.plan_file import TaskRow
from kesu_cli.model.quote import names_period
from kesu_cli.transcript import Discrepancy, Doubt


def undue(chapter: ChapterText, quotes: Sequence[Quoted], period: Days) -> Iterator[Discrepancy]:
    """Name the tasks without a time of their own that neither keep to the column nor quote it."""
    for found in quotes:
        due, row = chapter.deadline(found.start), found.task.row
        near = around(chapter.text, found)
        if not due or due in (row.reading or "") or names_period(near) or rhythm_of(near):
            continue
        column = column_time(due, period)
        if column is None or not _keeps(row, column):
            message = f"任务 {row.id} 的时限是“{row.when}”，原文完成时限一栏是“{due}”"
            line = chapter.line(found.start)
            yield Discrepancy(Doubt.DATE, message, line, found.task.place, row.id, due)


def _keeps(row: TaskRow, column: DraftedTime) -> bool:
    value = getattr(row, column.key)
    return str(value).lower() == column.value
