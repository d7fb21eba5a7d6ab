"""Dates of a form: a day, several days, or a month, whichever way they were put into the cells."""

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from kesu_cli.forms.layout import INDEX, LEDGER
from kesu_cli.forms.placeholder import read_words
from kesu_cli.forms.reading_faults import Found
from kesu_cli.forms.wrong_date import Written, not_a_day
from kesu_cli.model.amount import normal
from kesu_cli.model.window import Days, Precision, read_day, read_days

When = str | dict[str, str]
T = TypeVar("T")

_RANGE = re.compile(r"(.+?)\s*(?:至|到|~|～|—+)\s*(.+)")
_MONTH = re.compile(r"(\d{1,2})\s*月?")
_YEAR_AND_MONTH = re.compile(r"\d{4}\.\d{1,2}")
_AS_DAY = "请填日期，如 2024-07-16"


def read_when(
    texts: dict[str, str], numbers: Mapping[str, str], row: int, year: int, found: Found
) -> When | None:
    """Read the three cells of a row that say when; None where something is wrong with them.

    ``numbers`` are the bare numbers that cells hold, by their keys.
    """
    day, until, month = (
        Written(numbers.get(key, texts[key]), LEDGER, (row, INDEX[key]), year, key in numbers)
        for key in ("date", "until", "month")
    )
    if wrong := _misplaced(day, until, month):
        found.fault(*wrong)
        return None
    if month.text:
        return _month(month, found)
    if until.text:
        return _range(day, until, found)
    parts = _RANGE.fullmatch(day.text)
    if parts and all(map(_is_day, parts.groups())):
        return _range(day._replace(text=parts[1]), day._replace(text=parts[2]), found)
    return _day_or_month(day, found)


def _misplaced(day: Written, until: Written, month: Written) -> tuple[str, tuple[int, int], str, str] | None:
    """Say which of the three cells should be empty, or should not be."""
    if month.text and (day.text or until.text):
        return LEDGER, month.at, f"既填了日期，又选了月份（{read_words(month.text)}）", "请只留一样"
    if until.text and not day.text:
        return LEDGER, day.at, "填了结束日期，没有填日期", "跨几天的，这里填第一天"
    if not day.text and not month.text:
        return LEDGER, day.at, "没有填日期", f"{_AS_DAY}；只知道月份的，在“月份”里选"
    return None


def _is_day(text: str) -> bool:
    try:
        read_day(text)
    except ValueError:
        return False
    return True


def _range(first: Written, last: Written, found: Found) -> When | None:
    start, end = read_one_day(first, found), read_one_day(last, found)
    if not start or not end:
        return None
    if read_day(start) > read_day(end):
        found.fault(LEDGER, last.at, f"结束日期 {end} 早于开始日期 {start}", "请核对前后顺序")
        return None
    if not _in_year(Days(read_day(start), read_day(end)), last, found):
        return None
    return {"from": start, "to": end}


def _month(cell: Written, found: Found) -> When | None:
    match = _MONTH.fullmatch(normal(cell.text))
    try:
        days = read_days(f"{cell.year}-{int(match[1]):02d}" if match else cell.text)
    except ValueError:
        days = None
    is_month = days and (days.precision is Precision.MONTH or days.start.day == 1)
    said = not_a_day(cell) if cell.is_number and _YEAR_AND_MONTH.fullmatch(cell.text) else None
    if said or days is None or not is_month:
        plain = f"月份{read_words(cell.text)}", "请从下拉列表里选 1月 至 12月"
        found.fault(LEDGER, cell.at, *(said or plain))
        return None
    return f"{days.start:%Y-%m}" if _in_year(days, cell, found) else None


def _day_or_month(cell: Written, found: Found) -> When | None:
    days = _read(cell, read_days, found)
    return str(days) if days and _in_year(days, cell, found) else None


def _in_year(days: Days, cell: Written, found: Found) -> bool:
    if days.end.year == cell.year:
        return True
    hint = f"请核对日期；{days.end.year} 年的事填进那一年的表"
    found.fault(LEDGER, cell.at, f"日期 {days} 不在 {cell.year} 年内", hint)
    return False


def read_one_day(cell: Written, found: Found) -> str:
    """Read one day as 2024-07-16; empty where the cell is, or where it is no day."""
    day = _read(cell, read_day, found) if cell.text else None
    return day.isoformat() if day else ""


def _read(cell: Written, read: Callable[[str], T], found: Found) -> T | None:
    try:
        if not cell.is_number:
            return read(cell.text)
        said = not_a_day(cell)
    except ValueError as error:
        message, _, hint = str(error).partition("；")
        said = not_a_day(cell) or (message, hint)
    found.fault(cell.sheet, cell.at, *(said or (f"{read_words(cell.text)}，不是日期", _AS_DAY)))
    return None
