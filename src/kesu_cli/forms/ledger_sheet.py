"""The sheet that is filled in: examples, what has been reported so far, and empty rows."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from kesu_cli.forms.form import Form
from kesu_cli.forms.hidden_sheet import Choices
from kesu_cli.forms.layout import (
    COLUMNS,
    COMPLETE,
    DRAFT,
    EXAMPLE,
    FIRST_ROW,
    HEADER_ROW,
    INDEX,
    LEGEND_ROW,
    NOTE_AT,
    STATE_ROW,
    STATUS_AT,
    SUBJECT_ROW,
    SUBMITTED_AT,
    subject,
)
from kesu_cli.forms.ledger_rows import Cell, LedgerRow, day_cell, ledger_rows
from kesu_cli.forms.ledger_validation import add_checks
from kesu_cli.forms.style import Style, height_of, landscape, lock, rule_begun_rows, write_title

_EMPTY_ROWS = 60
_DAYS = ("date", "until")
_AMOUNTS = ("value", "numerator", "denominator")
_LABELS = {STATUS_AT: "报送状态", SUBMITTED_AT: "报送日期", NOTE_AT: "总的说明"}
LONGEST_CELL = 32767


class DoesNotFit(Exception):
    """Something can't be put into a spreadsheet; the message is for the user."""


def write_ledger(
    sheet: Any, form: Form, style: Style, choices: Choices, examples: tuple[LedgerRow, ...]
) -> None:
    """Write the sheet."""
    _write_head(sheet, form, style)
    known = tuple(ledger_rows(form))
    start = FIRST_ROW + len(examples)
    last = start + len(known) + max(_EMPTY_ROWS, len(form.tasks)) - 1
    for row, cells in enumerate((*examples, *known), FIRST_ROW):
        _write_row(sheet, row, cells, style)
    for row in range(start + len(known), last + 1):
        _write_row(sheet, row, {}, style)
    add_checks(sheet, form, style, choices, (start, last))
    sheet.freeze_panes(FIRST_ROW, INDEX["task"] + 1)
    rule_begun_rows(sheet, style, (start + len(known), last), INDEX["sha256"])
    landscape(sheet, HEADER_ROW, wide=2)
    sheet.repeat_columns(0, INDEX["task"])
    lock(sheet, rows_may_be_added=True)
    sheet.activate()


def _write_head(sheet: Any, form: Form, style: Style) -> None:
    write_title(sheet, f"{form.year}年度任务落实情况台账", INDEX["status"], style, demo=form.demo)
    sheet.write_string(SUBJECT_ROW, 0, subject(form.unit, form.year), style.line)
    for (row, column), label in _LABELS.items():
        sheet.write_string(row, column - 1, label, style.label)
    state = COMPLETE if form.filing.get("status") == "complete" else DRAFT
    sheet.write_string(*STATUS_AT, state, style.input_text)
    write_cell(
        sheet,
        SUBMITTED_AT,
        day_cell(form.filing["submitted"]) if form.filing.get("submitted") else "",
        style.day,
    )
    write_cell(sheet, NOTE_AT, form.filing.get("note") or "", style.open_line)
    sheet.set_row(STATE_ROW, 22)
    legend = "橙色必须填，黄色可能漏填；灰色斜体是示例。同一件事的第二件佐证写在下一行，只填佐证各列。"
    sheet.write_string(LEGEND_ROW, 0, legend, style.line)
    sheet.set_row(LEGEND_ROW, 24)
    sheet.set_row(HEADER_ROW, 32)
    for index, heading in enumerate(COLUMNS):
        hidden = {"hidden": True} if heading.key == "sha256" else {}
        sheet.set_column(index, index, heading.width, None, hidden)
        sheet.write_string(HEADER_ROW, index, heading.title, style.heading)


def _write_row(sheet: Any, row: int, cells: Mapping[str, Cell], style: Style) -> None:
    texts = ((str(cells.get(column.key, "")), column.width) for column in COLUMNS[:-1])
    sheet.set_row(row, height_of(texts, 24))
    is_example = cells.get("number") == EXAMPLE
    for index, column in enumerate(COLUMNS):
        made = _format(column.key, is_example, style) if cells else _bare_format(column.key, style)
        write_cell(sheet, (row, index), cells.get(column.key, ""), made)


def _bare_format(key: str, style: Style) -> Any:
    if key in _DAYS:
        return style.bare_day
    if key == "number":
        return style.bare_ordinal
    return style.bare_number if key in _AMOUNTS else style.bare_text


def _format(key: str, is_example: bool, style: Style) -> Any:
    if is_example:
        return style.example_day if key in _DAYS else style.example
    if key in _DAYS:
        return style.day
    if key == "number":
        return style.ordinal
    return style.number if key in _AMOUNTS else style.text


def write_cell(sheet: Any, at: tuple[int, int], cell: Cell, style: Any) -> None:
    """Write a cell as what it is; an empty one keeps its format."""
    if isinstance(cell, date):
        sheet.write_datetime(*at, datetime(cell.year, cell.month, cell.day), style)  # noqa: DTZ001 - a day has no zone
    elif isinstance(cell, (int, float)):
        sheet.write_number(*at, cell, style)
    elif len(cell) > LONGEST_CELL:
        raise DoesNotFit(f"“{cell[:20]}…”有 {len(cell)} 字，超过表格一格能放的 {LONGEST_CELL} 字；请先改短")
    elif cell:
        sheet.write_string(*at, cell, style)
    else:
        sheet.write_blank(*at, None, style)
