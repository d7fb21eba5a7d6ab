"""The sheets of a form that came back, every cell as the text that an officer sees in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from kesu_cli.forms.layout import cell_name
from kesu_cli.forms.ledger_rows import plain_number
from kesu_cli.forms.sheet_look import SheetLook, looks
from kesu_cli.forms.xlsx_package import open_package, refusing_damage

_FIRST_LIKELY_YEAR = 1910  # the days before are what years and months typed as numbers are shown as
Range = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class ReturnedSheet:
    """One sheet: its cells as trimmed text, its merged ranges, and how it looks.

    Rows and columns count from 0. ``numbers`` are the cells that hold a bare number, also where it is
    shown as a day that nobody means: 2024.3 as 1905-07-16.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[Range, ...]
    numbers: Mapping[tuple[int, int], str]
    look: SheetLook = field(default_factory=SheetLook)

    def cell(self, row: int, column: int) -> str:
        """Return the text of a cell, empty where there is none."""
        return self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else ""

    def column(self, column: int) -> tuple[str, ...]:
        """Return the texts of a column, but for the empty ones."""
        return tuple(row[column] for row in self.rows if column < len(row) and row[column])

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written on it."""
        return not any(any(row) for row in self.rows)

    @property
    def first_cell(self) -> str:
        """The name of the first cell that is not empty."""
        found = (
            cell_name(at, column)
            for at, row in enumerate(self.rows)
            for column, text in enumerate(row)
            if text
        )
        return next(found, "A1")


def read_sheets(content: bytes) -> dict[str, ReturnedSheet]:
    """Read the sheets of a workbook by name; raises NotAForm where it can't be read."""
    from python_calamine import CalamineWorkbook

    with refusing_damage():
        package = open_package(content)
        shown = looks(package)
        book = CalamineWorkbook.from_object(_stream(package.repacked()))
        return {name: _sheet(book, name, shown.get(name, SheetLook())) for name in book.sheet_names}


def _stream(content: bytes) -> Any:
    from io import BytesIO

    return BytesIO(content)


def _sheet(book: Any, name: str, look: SheetLook) -> ReturnedSheet:
    sheet = book.get_sheet_by_name(name)
    values = sheet.to_python(skip_empty_area=False)
    rows = tuple(tuple(_row(values[at], at, look)) for at in range(len(values)))
    numbers = {at: plain_number(number) for at, number in _bare(values, look)}
    return ReturnedSheet(name, rows, tuple(sheet.merged_cell_ranges or ()), numbers, look)


def _bare(values: list[Any], look: SheetLook) -> Iterator[tuple[tuple[int, int], float]]:
    for at, number in look.numbers.items():
        value = values[at[0]][at[1]]
        is_day = isinstance(value, (date, datetime)) and value.year >= _FIRST_LIKELY_YEAR
        is_time = isinstance(value, (time, timedelta)) and number > 0
        if not is_day and not is_time and at not in look.percents:
            yield at, number


def _row(values: list[Any], at: int, look: SheetLook) -> Iterator[str]:
    for column, value in enumerate(values):
        place = (at, column)
        is_month, is_percent = place in look.months, place in look.percents
        yield look.broken.get(place) or cell_text(value, is_month=is_month, is_percent=is_percent)


def cell_text(value: Any, *, is_month: bool = False, is_percent: bool = False) -> str:
    """Return what a cell says: a day as 2024-07-16, a month as 2024-07, a share as 15.4%."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return _share(value) if is_percent else plain_number(float(value))
    if isinstance(value, timedelta):
        hours, minutes = divmod(int(value.total_seconds()) // 60, 60)
        return f"{hours}:{minutes:02d}"
    if isinstance(value, (date, datetime)):
        return f"{value:%Y-%m}" if is_month and value.day == 1 else f"{value:%Y-%m-%d}"
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def _share(value: float) -> str:
    shown = format(Decimal(f"{value:.15g}") * 100, "f")
    return f"{shown.rstrip('0').rstrip('.') if '.' in shown else shown}%"
