"""The look of a form: fonts, colours and borders, each made once for a workbook."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kesu_cli.forms.layout import DEMO, DEMO_NOTICE, column_letters

TITLE_FONT, HEADING_FONT, BODY_FONT = "方正小标宋简体", "黑体", "宋体"
INK, GREY, HEADING_FILL, LOCKED_FILL = "#000000", "#8C8C8C", "#D9E2EC", "#F2F2F2"
MISSING_FILL, DOUBTFUL_FILL = "#F8CBAD", "#FFF2CC"
DAY_FORMAT = "yyyy-mm-dd"

_BODY = {"font_name": BODY_FONT, "font_size": 10.5, "valign": "vcenter"}
_RULE = "#A6A6A6"
_CELL = {**_BODY, "border": 1, "border_color": _RULE, "text_wrap": True}


@dataclass(frozen=True)
class Style:
    """The formats of one workbook."""

    title: Any
    line: Any
    label: Any
    heading: Any
    locked: Any
    example: Any
    example_day: Any
    text: Any
    day: Any
    ordinal: Any
    number: Any
    input_text: Any
    input_day: Any
    open_line: Any
    bare_text: Any
    bare_day: Any
    bare_ordinal: Any
    bare_number: Any
    begun: Any
    missing: Any
    doubtful: Any
    paragraph: Any
    section: Any


def style(book: Any) -> Style:
    """Make the formats."""
    open_cell = {**_CELL, "locked": False}
    bare = {**_BODY, "text_wrap": True, "locked": False}
    example = {**_CELL, "font_color": GREY, "italic": True, "bg_color": LOCKED_FILL}
    return Style(
        title=book.add_format(
            {"font_name": TITLE_FONT, "font_size": 18, "valign": "vcenter", "center_across": True}
        ),
        line=book.add_format({**_BODY, "font_size": 11}),
        label=book.add_format({**_BODY, "font_name": HEADING_FONT, "align": "right", "indent": 1}),
        heading=book.add_format(
            {**_CELL, "font_name": HEADING_FONT, "bg_color": HEADING_FILL, "align": "center"}
        ),
        locked=book.add_format({**_CELL, "bg_color": LOCKED_FILL}),
        example=book.add_format(example),
        example_day=book.add_format({**example, "num_format": DAY_FORMAT, "align": "center"}),
        text=book.add_format({**open_cell, "num_format": "@"}),
        day=book.add_format({**open_cell, "num_format": DAY_FORMAT, "align": "center"}),
        ordinal=book.add_format({**open_cell, "align": "center"}),
        number=book.add_format({**open_cell, "align": "right"}),
        input_text=book.add_format({**open_cell, "num_format": "@", "align": "center"}),
        open_line=book.add_format({**open_cell, "num_format": "@", "text_wrap": False}),
        input_day=book.add_format({**open_cell, "num_format": DAY_FORMAT, "align": "center"}),
        bare_text=book.add_format({**bare, "num_format": "@"}),
        bare_day=book.add_format({**bare, "num_format": DAY_FORMAT, "align": "center"}),
        bare_ordinal=book.add_format({**bare, "align": "center"}),
        bare_number=book.add_format({**bare, "align": "right"}),
        begun=book.add_format({"border": 1, "border_color": _RULE}),
        missing=book.add_format({"bg_color": MISSING_FILL}),
        doubtful=book.add_format({"bg_color": DOUBTFUL_FILL}),
        paragraph=book.add_format({**_BODY, "font_size": 12, "text_wrap": True, "indent": 1}),
        section=book.add_format({**_BODY, "font_name": HEADING_FONT, "font_size": 12}),
    )


def rule_begun_rows(sheet: Any, style: Style, rows: tuple[int, int], columns: int) -> None:
    """Draw lines around the rows that hold something: empty ones are not printed."""
    first, last = rows
    formula = f"=COUNTA($A{first + 1}:${column_letters(columns - 1)}{first + 1})>0"
    sheet.conditional_format(
        first, 0, last, columns - 1, {"type": "formula", "criteria": formula, "format": style.begun}
    )


def write_title(sheet: Any, text: str, columns: int, style: Style, *, demo: bool) -> None:
    """Write the title of a sheet, centred over its columns without merging them.

    Over invented figures it says so, and so does the top of every printed page.
    """
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, f"{text}（{DEMO}）" if demo else text, style.title)
    if demo:
        sheet.set_header(f'&R&"{HEADING_FONT}"&10{DEMO_NOTICE}')
    for column in range(1, columns):
        sheet.write_blank(0, column, None, style.title)


def height_of(cells: Iterable[tuple[str, float]], least: float = 18) -> float:
    """Return the height of a row in which texts are seen whole in columns of the given widths."""
    return max([least, *(_LINE * _lines(text, width) + _MARGIN for text, width in cells)])


_LINE, _MARGIN = 14, 4


def _lines(text: str, width: float) -> int:
    """Count the lines of a wrapped text: a Chinese character is as wide as two others."""
    room = max(int(width) - 1, 1)
    return sum(-(-sum(_width(char) for char in line) // room) or 1 for line in text.split("\n"))


def _width(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1


def landscape(sheet: Any, heading_row: int | None = None, *, wide: int = 1, pages: int = 0) -> None:
    """Set a sheet up for A4 landscape, so many pages wide, the header row on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(wide, pages)
    sheet.center_horizontally()
    sheet.set_footer("&C— &P —")
    if heading_row is not None:
        sheet.repeat_rows(heading_row)


_ALLOWED = {
    "format_cells": False,
    "format_columns": True,
    "format_rows": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}


def lock(sheet: Any, *, rows_may_be_added: bool = False) -> None:
    """Lock what is not to be filled in; there is no password, a slip is all it guards against."""
    rows = {"insert_rows": rows_may_be_added, "delete_rows": rows_may_be_added}
    sheet.protect("", {**_ALLOWED, **rows})
