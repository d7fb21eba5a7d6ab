"""The sheet of tasks: what the unit owes, in the words of the plan, and how it stands; locked."""

from typing import Any

from kesu_cli.forms.form import Form, TaskLine
from kesu_cli.forms.style import Style, height_of, landscape, lock, write_title

_COLUMNS = (
    ("任务", 9),
    ("名称", 22),
    ("原文", 44),
    ("口径", 28),
    ("身份", 8),
    ("考核期", 14),
    ("目标", 16),
    ("上年累计", 11),
    ("本年目标", 20),
    ("状态", 9),
)
_WIDTHS = tuple(width for _, width in _COLUMNS)
_HEADER_ROW = 2


def write_tasks(sheet: Any, form: Form, style: Style) -> None:
    """Write the sheet."""
    write_title(sheet, f"{form.unit}{form.year}年度承担任务", len(_COLUMNS), style, demo=form.demo)
    none = "" if form.tasks else "；本年度没有本单位承担的任务"
    sheet.write_string(1, 0, f"依据《{form.plan}》；状态截至 {form.as_of}{none}", style.line)
    sheet.set_row(_HEADER_ROW, 24)
    for column, (title, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(_HEADER_ROW, column, title, style.heading)
    for row, task in enumerate(form.tasks, _HEADER_ROW + 1):
        words = _words(task)
        sheet.set_row(row, height_of(zip(words, _WIDTHS, strict=True)))
        for column, text in enumerate(words):
            sheet.write_string(row, column, text, style.locked)
    sheet.freeze_panes(_HEADER_ROW + 1, 2)
    landscape(sheet, _HEADER_ROW)
    sheet.print_area(0, 0, _HEADER_ROW + len(form.tasks), len(_COLUMNS) - 1)
    lock(sheet)


def _words(task: TaskLine) -> tuple[str, ...]:
    return (
        task.id,
        task.name,
        task.quote,
        task.reading,
        task.role,
        task.window,
        task.target,
        task.before,
        task.this_year,
        task.verdict,
    )
