"""Writes one sheet: title, header row, rows, and how it looks on the screen and on A4."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from unicodedata import east_asian_width

from kesu_cli.model.amount import REMEMBERED
from kesu_cli.render.office.workbook_cell import WorkbookCell

NOTICE = "演示数据：数字均为虚构，不代表任何单位的实际工作"
A4 = 9
_MARGINS = {"left": 0.4, "right": 0.4, "top": 0.6, "bottom": 0.6}  # inches
_LINE_HEIGHT, _PADDING, _TALLEST = 13.5, 5, 409  # points; no row may be taller
_LONGEST_TEXT = 16_000  # a cell takes 32,767 UTF-16 units
_CUT = "……（一格写不下，全文见 kesu check）"
_TITLE_FONT, _HEAD_FONT, _BODY_FONT = "方正小标宋简体", "黑体", "宋体"
_BODY = {"font_name": _BODY_FONT, "font_size": 10, "valign": "vcenter", "text_wrap": True, "border": 1}
_HEAD = _BODY | {"font_name": _HEAD_FONT, "align": "center", "bg_color": "#E7E6E6"}
_TITLE = {"font_name": _TITLE_FONT, "font_size": 18, "align": "center", "valign": "vcenter"}
_LINE = {"font_name": _BODY_FONT, "font_size": 10, "valign": "vcenter"}
_DEMO = _LINE | {"font_name": _HEAD_FONT, "font_color": "#C00000"}
_LINK = {"font_color": "#0563C1", "underline": 1}
_TEXT = "@"
_FILLS = {
    "red": {"bg_color": "#FFC7CE", "font_color": "#9C0006"},
    "yellow": {"bg_color": "#FFEB9C", "font_color": "#7F6000"},
    "green": {"bg_color": "#C6EFCE", "font_color": "#006100"},
    "grey": {"bg_color": "#EDEDED", "font_color": "#595959"},
}


class SheetColumn(NamedTuple):
    """A column: its title, its width in characters, how its cells are aligned."""

    title: str
    width: float
    align: str = "left"


class Colouring(NamedTuple):
    """Colours some columns by the word in one of them."""

    columns: tuple[str, ...]
    by: str
    fills: dict[str, str]


@dataclass(frozen=True)
class Content:
    """What a sheet says; ``total`` is a last row that sums columns up, outside the filter."""

    name: str
    title: str
    lines: Sequence[str]
    columns: Sequence[SheetColumn]
    rows: Sequence[Sequence[WorkbookCell]]
    colouring: Colouring
    frozen: int = 0
    total: Sequence[str] = ()


class SheetStyles:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - xlsxwriter has no types
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._bodies: dict[tuple[str, str, bool], Any] = {}

    def of(self, **properties: object) -> Any:  # noqa: ANN401
        """Return the format of these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]

    def body(self, align: str, number_format: str, *, linked: bool) -> Any:  # noqa: ANN401
        """Return the format of a cell in the body."""
        key = (align, number_format, linked)
        if key not in self._bodies:
            link = _LINK if linked else {}
            self._bodies[key] = self.of(**_BODY, **link, num_format=number_format or _TEXT, align=align)
        return self._bodies[key]


def write(sheet: Any, styles: SheetStyles, content: Content, *, demo: bool) -> None:  # noqa: ANN401
    """Write a sheet whole."""
    lines = [*content.lines, *([NOTICE] if demo else [])]
    top = 1 + len(lines)
    _open(sheet, styles, content, lines)
    for index, column in enumerate(content.columns):
        sheet.set_column(index, index, column.width)
        sheet.write_string(top, index, column.title, styles.of(**_HEAD))
    sheet.set_row(top, 30)
    for number, row in enumerate(content.rows, start=top + 1):
        sheet.set_row(number, _height(content.columns, row))
        for index, cell in enumerate(row):
            style = styles.body(content.columns[index].align, cell.number_format, linked=bool(cell.link))
            _write_cell(sheet, number, index, cell, style)
    last = top + len(content.rows)
    if content.rows:
        sheet.autofilter(top, 0, last, len(content.columns) - 1)
        _colour(sheet, styles, content, top + 1, last)
    if content.total and content.rows:
        _sum_up(sheet, styles, content, top + 1, last)
    sheet.freeze_panes(top + 1, content.frozen)
    _set_up_print(sheet, top, demo=demo)


def _open(sheet: Any, styles: SheetStyles, content: Content, lines: Sequence[str]) -> None:  # noqa: ANN401
    last = len(content.columns) - 1
    sheet.merge_range(0, 0, 0, last, "", styles.of(**_TITLE))
    sheet.write_string(0, 0, content.title, styles.of(**_TITLE))
    sheet.set_row(0, 32)
    for number, line in enumerate(lines, start=1):
        style = styles.of(**(_DEMO if line is NOTICE else _LINE))
        sheet.merge_range(number, 0, number, last, "", style)
        sheet.write_string(number, 0, line, style)
        sheet.set_row(number, 18)


def _write_cell(sheet: Any, row: int, column: int, cell: WorkbookCell, style: Any) -> None:  # noqa: ANN401
    value = cell.value
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif cell.link:
        sheet.write_url(row, column, f"internal:'{cell.link.replace(chr(39), chr(39) * 2)}'!A1", style, value)
    elif isinstance(value, str):
        sheet.write_string(row, column, _fitting(value), style)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, style)
    else:
        sheet.write_number(row, column, value, style)


def _fitting(value: str) -> str:
    return value if len(value) <= _LONGEST_TEXT else value[:_LONGEST_TEXT] + _CUT


def _height(columns: Sequence[SheetColumn], row: Sequence[WorkbookCell]) -> float:
    """Return the height that shows every line of a row: not every program works it out by itself."""
    lines = max(
        _lines(cell.value, column.width)
        for column, cell in zip(columns, row, strict=True)
        if isinstance(cell.value, str)
    )
    return min(lines * _LINE_HEIGHT + _PADDING, _TALLEST)


@lru_cache(maxsize=REMEMBERED)
def _lines(value: str, width: float) -> int:
    """Count the lines of a wrapped text; a Chinese character is two columns wide."""
    room = max(int(width), 3)
    return sum(_lines_of(_width(line), room) for line in _fitting(value).split("\n"))


def _lines_of(width: int, room: int) -> int:
    return 1 if width <= room else -(-width // (room - 1))


def _width(line: str) -> int:
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in line)


def _colour(sheet: Any, styles: SheetStyles, content: Content, first: int, last: int) -> None:  # noqa: ANN401
    titles = [column.title for column in content.columns]
    rule = content.colouring
    by = f"${_letter(titles.index(rule.by))}{first + 1}"
    for word, fill in rule.fills.items():
        condition = {"type": "formula", "criteria": f'={by}="{word}"', "format": styles.of(**_FILLS[fill])}
        for title in rule.columns:
            index = titles.index(title)
            sheet.conditional_format(first, index, last, index, condition)


def _sum_up(sheet: Any, styles: SheetStyles, content: Content, first: int, last: int) -> None:  # noqa: ANN401
    """Add the only formulas of the workbook: sums that follow the filter."""
    titles = [column.title for column in content.columns]
    style = styles.of(**_HEAD)
    for index in range(len(titles)):
        sheet.write_blank(last + 1, index, None, style)
    sheet.write_string(last + 1, 1, "合计", style)
    for title in content.total:
        index = titles.index(title)
        letter = _letter(index)
        known = sum(float(str(row[index].value)) for row in content.rows)
        sheet.write_formula(
            last + 1, index, f"=SUBTOTAL(109,{letter}{first + 1}:{letter}{last + 1})", style, known
        )


def _letter(index: int) -> str:
    return chr(ord("A") + index)


def _set_up_print(sheet: Any, header_row: int, *, demo: bool) -> None:  # noqa: ANN401
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(**_MARGINS)
    sheet.repeat_rows(header_row)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    if demo:
        sheet.set_header(f'&C&"{_HEAD_FONT}"&10{NOTICE}')
    sheet.set_footer(f'&C&"{_BODY_FONT}"&10第 &P 页，共 &N 页')
