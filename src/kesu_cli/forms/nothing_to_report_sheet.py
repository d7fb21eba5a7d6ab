"""The sheet of tasks for which there is nothing to report, with the reasons."""

from typing import Any

from kesu_cli.forms.form import Form
from kesu_cli.forms.hidden_sheet import Choices
from kesu_cli.forms.layout import NOTHING_FIRST_ROW, NOTHING_HEADER_ROW, NOTHING_TITLES
from kesu_cli.forms.ledger_rows import nothing_rows
from kesu_cli.forms.ledger_sheet import write_cell
from kesu_cli.forms.style import Style, height_of, landscape, lock, rule_begun_rows, write_title

_EMPTY_ROWS = 20
_WIDTHS = (44, 80)
_SAID = (
    "没有开展、上级没有安排等，写明原因，就不算“未报送”；"
    "任务仍没有落实的，还要报送补救办法，或者按程序办理豁免。"
)


def write_nothing(sheet: Any, form: Form, style: Style, choices: Choices) -> None:
    """Write the sheet."""
    write_title(sheet, f"{form.unit}{form.year}年度没有可报内容的任务", 2, style, demo=form.demo)
    sheet.write_string(1, 0, _SAID, style.line)
    for column, (title, width) in enumerate(zip(NOTHING_TITLES, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(NOTHING_HEADER_ROW, column, title, style.heading)
    known = tuple(nothing_rows(form))
    rows = (*known, *((("", ""),) * max(_EMPTY_ROWS, len(form.tasks))))
    last = NOTHING_FIRST_ROW + len(rows) - 1
    for row, cells in enumerate(rows, NOTHING_FIRST_ROW):
        sheet.set_row(row, height_of(zip(cells, _WIDTHS, strict=True)))
        for column, text in enumerate(cells):
            write_cell(sheet, (row, column), text, style.text if any(cells) else style.bare_text)
    rule_begun_rows(sheet, style, (NOTHING_FIRST_ROW + len(known), last), len(NOTHING_TITLES))
    sheet.data_validation(
        NOTHING_FIRST_ROW,
        0,
        last,
        0,
        {
            "validate": "list",
            "source": choices.tasks,
            "input_title": "任务",
            "input_message": "从下拉列表里选",
            "error_title": "任务不对",
            "error_message": "请从下拉列表里选，不要自己写。",
        },
    )
    landscape(sheet, NOTHING_HEADER_ROW)
    lock(sheet, rows_may_be_added=True)
