"""Reads the sheet of tasks for which there is nothing to report."""

from typing import Any

from kesu_cli.forms.cell_check import check_merged, check_results, check_text
from kesu_cli.forms.form_context import FormContext
from kesu_cli.forms.layout import NOTHING, NOTHING_FIRST_ROW, NOTHING_HEADER_ROW, NOTHING_TITLES
from kesu_cli.forms.placeholder import is_ditto, is_placeholder, is_sum, read_words
from kesu_cli.forms.reading_faults import Found
from kesu_cli.forms.returned_cells import ReturnedSheet


def read_nothing(sheet: ReturnedSheet, context: FormContext, found: Found) -> list[dict[str, Any]]:
    """Return the statements; blank rows are passed over."""
    for column, title in enumerate(NOTHING_TITLES):
        read = sheet.cell(NOTHING_HEADER_ROW, column)
        if read != title:
            message = f"表头{read_words(read)}，应为“{title}”"
            found.fault(NOTHING, (NOTHING_HEADER_ROW, column), message, "请把表头改回来，内容不要换列")
            return []
    check_merged(sheet, NOTHING_HEADER_ROW, found)
    rows: list[dict[str, Any]] = []
    for row in range(NOTHING_FIRST_ROW, len(sheet.rows)):
        _check_right_of_table(sheet, row, found)
        if check_results(sheet, row, found) or not any(sheet.rows[row][: len(NOTHING_TITLES)]):
            continue
        if statement := _statement(sheet, row, context, found):
            found.came_from(("nothing_to_report", len(rows)), NOTHING, (row, 0))
            rows.append(statement)
    return rows


def _check_right_of_table(sheet: ReturnedSheet, row: int, found: Found) -> None:
    for column in range(len(NOTHING_TITLES), len(sheet.rows[row])):
        if text := sheet.cell(row, column):
            message = f"表格右边多了内容，{read_words(text)}"
            found.fault(NOTHING, (row, column), message, "请写进“原因”，再删去这一格")


def _statement(sheet: ReturnedSheet, row: int, context: FormContext, found: Found) -> dict[str, Any] | None:
    written, reason = (check_text(sheet.cell(row, at), NOTHING, (row, at), found) for at in (0, 1))
    task = context.task(written)
    if is_sum(written):
        found.fault(NOTHING, (row, 0), f"{read_words(written)}，合计行不是内容", "请删去这一行")
    elif is_ditto(written) or is_ditto(reason):
        column = 0 if is_ditto(written) else 1
        found.fault(NOTHING, (row, column), f"{read_words(sheet.cell(row, column))}", "请写出实际内容")
    elif task is None:
        near = context.nearest_task(written) if written else ""
        message = f"任务{read_words(written)}，方案里没有；{near}" if written else "没有选任务"
        found.fault(NOTHING, (row, 0), message.rstrip("；"), "请从下拉列表里选")
    elif not reason or is_placeholder(reason):
        message = f"{task.id} 的原因{read_words(reason)}" if reason else f"{task.id} 没有写原因"
        found.fault(NOTHING, (row, 1), message, "请写明为什么没有可报的内容")
    else:
        return {"task": task.id, "reason": reason}
    return None
