"""Finds what a form shows and no text of a cell says: pictures, comments, what is struck out or hidden."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from kesu_cli.forms.layout import (
    COLUMNS,
    EXAMPLE,
    FIRST_ROW,
    INDEX,
    LEDGER,
    NOTHING,
    NOTHING_FIRST_ROW,
    column_letters,
)
from kesu_cli.forms.reading_faults import Found
from kesu_cli.forms.returned_cells import ReturnedSheet
from kesu_cli.forms.sheet_look import At, Laid

_FILLED_IN = {LEDGER: FIRST_ROW, NOTHING: NOTHING_FIRST_ROW}
_UNSEEN = {LEDGER: INDEX["sha256"]}  # the column that the form itself hides
_AS_FILE = "另存成文件，在“佐证文件”写上文件名，再删去"
_INTO_CELLS = "请把要报的内容填进格子，再删去"
_SCHEME = re.compile("(?:https?|mailto|file):/*", re.IGNORECASE)
_LAID: Mapping[Laid, tuple[str, str]] = {
    Laid.PICTURE: ("有一张图片，程序读不进去", f"请把图片{_AS_FILE}图片"),
    Laid.EMBEDDED: ("格子里嵌着一张图片，程序读不进去", f"请把图片{_AS_FILE}图片"),
    Laid.CHART: ("有一张图表，程序读不进去", f"{_INTO_CELLS}图表"),
    Laid.SHAPE: ("有一个图形或文本框，程序读不进去", f"{_INTO_CELLS}它"),
    Laid.OBJECT: ("有一个嵌入的文件，程序读不进去", f"请把它{_AS_FILE}它"),
    Laid.CONTROL: ("有一个控件（如勾选框），程序读不进去", f"{_INTO_CELLS}它"),
    Laid.COMMENT: (
        "有一条批注，程序读不进去",
        f"请把批注的内容写进“{COLUMNS[INDEX['note']].title}”，再删去批注",
    ),
    Laid.BACKGROUND: ("有背景图片，程序读不进去", "请删去背景图片；图上有要报的内容的，填进格子"),
}


def check_unread(sheet: ReturnedSheet, found: Found) -> None:
    """Name each with its cell; the text of a cell that is a picture is not spoken of any more."""
    for at, laid in sheet.look.laid:
        name = found.unreadable if laid is Laid.EMBEDDED else found.fault
        name(sheet.name, at, *_LAID[laid])
    for at, added in sheet.look.worded.items():
        message = f"存的是“{sheet.cell(*at)}”，显示时另加了“{added}”，分不清报的是哪个数"
        hint = "请把要报的数连“万”一起写进格子（如 2万），单元格格式改成“常规”"
        found.fault(sheet.name, at, message, hint)
    filled = list(_filled_in(sheet))
    _check_links(sheet, filled, found)
    if sheet.look.is_hidden and filled:
        message = f"工作表“{sheet.name}”隐藏着，里面有内容"
        found.fault(sheet.name, filled[0], message, "请取消隐藏，核对以后留下或删去")
    _check_struck(sheet, filled, found)
    _check_hidden(sheet, filled, found)


def _filled_in(sheet: ReturnedSheet) -> Iterator[At]:
    """Yield the cells with a text that are read: not those of the head nor of the examples."""
    start = _FILLED_IN.get(sheet.name, len(sheet.rows))
    for row, texts in enumerate(sheet.rows[start:], start):
        if texts[:1] != (EXAMPLE,):
            yield from ((row, column) for column, text in enumerate(texts) if text)


def _check_links(sheet: ReturnedSheet, filled: list[At], found: Found) -> None:
    """Name the cells that open another address than they show."""
    for at in filled:
        target = sheet.look.links.get(at, "")
        if target and _bare_address(target) != _bare_address(sheet.cell(*at)):
            message = f"格子的超链接指向 {target}，与写的文字不同，分不清报的是哪个"
            found.fault(sheet.name, at, message, "请把要报的写成文字，再取消超链接")


def _bare_address(text: str) -> str:
    """Return an address as two spellings of it have it in common."""
    return _SCHEME.sub("", unquote(text)).rstrip("/").lower()


def _check_struck(sheet: ReturnedSheet, filled: list[At], found: Found) -> None:
    rows = {row: column for row, column in reversed(filled) if (row, column) in sheet.look.struck}
    for row, column in rows.items():
        message = f"第 {row + 1} 行有划去的内容（删除线），分不清算不算数"
        hint = "不算数的请清空这一行，算数的请取消删除线"
        found.fault(sheet.name, (row, column), message, hint)


def _check_hidden(sheet: ReturnedSheet, filled: list[At], found: Found) -> None:
    for row, column in dict(reversed(filled)).items():
        if row in sheet.look.hidden_rows:
            message = f"第 {row + 1} 行隐藏着（或被筛选掉了），里面有内容"
            found.fault(sheet.name, (row, column), message, "请取消隐藏或筛选，核对以后留下或删去")
    for column, row in {column: row for row, column in reversed(filled)}.items():
        if column in sheet.look.hidden_columns and column != _UNSEEN.get(sheet.name):
            message = f"{column_letters(column)} 列隐藏着，里面有内容"
            found.fault(sheet.name, (row, column), message, "请取消隐藏，核对以后留下或删去")
