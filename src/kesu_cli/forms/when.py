"""Dates of a form: a day, several days, or a month, whichever way they were put into the cells."""

import re
from datetime import date, timedelta

from kesu_cli.forms.layout import INDEX, LEDGER
from kesu_cli.forms.reader import Found
from kesu_cli.forms.wording import read_words, serial
from kesu_cli.model.amount import normal
from kesu_cli.model.calendar import Days, Precision, read_day, read_days

When = str | dict[str, str]

_EPOCH = date(1899, 12, 30)
_RANGE = re.compile(r"(.+?)\s*(?:至|到|~|～|—+)\s*(.+)")
_MONTH = re.compile(r"(\d{1,2})\s*月?")
_AS_DAY = "请填日期，如 2024-07-16"


def read_when(texts: dict[str, str], row: int, year: int, found: Found) -> When | None:
    """Read the three cells of a row that say when; None where something is wrong with them."""
    day, until, month = texts["date"], texts["until"], texts["month"]
    at = {key: (row, INDEX[key]) for key in ("date", "until", "month")}
    if month and (day or until):
        found.fault(LEDGER, at["month"], f"既填了日期，又选了月份（{read_words(month)}）", "请只留一样")
        return None
    if until and not day:
        found.fault(LEDGER, at["date"], "填了结束日期，没有填日期", "跨几天的，这里填第一天")
        return None
    if month:
        return _month(month, at["month"], year, found)
    if not day:
        found.fault(LEDGER, at["date"], "没有填日期", f"{_AS_DAY}；只知道月份的，在“月份”里选")
        return None
    parts = _RANGE.fullmatch(day)
    if until or parts:
        first, last = (day, until) if until else (parts[1], parts[2]) if parts else ("", "")
        ends = at["until"] if until else at["date"]
        return _range((first, at["date"]), (last, ends), year, found)
    return _day_or_month(day, at["date"], year, found)


def _range(
    first: tuple[str, tuple[int, int]], last: tuple[str, tuple[int, int]], year: int, found: Found
) -> When | None:
    start = read_one_day(*_in_ledger(first), found)
    end = read_one_day(*_in_ledger(last), found)
    if not start or not end:
        return None
    if read_day(start) > read_day(end):
        found.fault(LEDGER, last[1], f"结束日期 {end} 早于开始日期 {start}", "请核对前后顺序")
        return None
    if not _in_year(Days(read_day(start), read_day(end)), last[1], year, found):
        return None
    return {"from": start, "to": end}


def _in_ledger(written: tuple[str, tuple[int, int]]) -> tuple[str, str, tuple[int, int]]:
    return written[0], LEDGER, written[1]


def _month(text: str, at: tuple[int, int], year: int, found: Found) -> When | None:
    match = _MONTH.fullmatch(normal(text))
    try:
        days = read_days(f"{year}-{int(match[1]):02d}" if match else text)
    except ValueError:
        days = None
    is_month = days and (days.precision is Precision.MONTH or days.start.day == 1)
    if days is None or not is_month:
        found.fault(LEDGER, at, f"月份{read_words(text)}", "请从下拉列表里选 1月 至 12月")
        return None
    return f"{days.start:%Y-%m}" if _in_year(days, at, year, found) else None


def _day_or_month(text: str, at: tuple[int, int], year: int, found: Found) -> When | None:
    if serial(text):
        _serial_fault(text, LEDGER, at, found)
        return None
    try:
        days = read_days(text)
    except ValueError as error:
        found.fault(LEDGER, at, *_split(error))
        return None
    return str(days) if _in_year(days, at, year, found) else None


def _in_year(days: Days, at: tuple[int, int], year: int, found: Found) -> bool:
    if days.end.year == year:
        return True
    found.fault(
        LEDGER, at, f"日期 {days} 不在 {year} 年内", f"请核对日期；{days.end.year} 年的事填进那一年的表"
    )
    return False


def read_one_day(text: str, sheet: str, at: tuple[int, int], found: Found) -> str:
    """Read one day as 2024-07-16; empty where the cell is, or where it is no day."""
    if not text:
        return ""
    if serial(text):
        _serial_fault(text, sheet, at, found)
        return ""
    try:
        return read_day(text).isoformat()
    except ValueError as error:
        found.fault(sheet, at, *_split(error))
        return ""


def _serial_fault(text: str, sheet: str, at: tuple[int, int], found: Found) -> None:
    day = _EPOCH + timedelta(days=serial(text) or 0)
    message = f"“{text}”是表格软件里的日期序号（{day}），不是日期"
    found.fault(sheet, at, message, f"是这一天的，请填 {day}")


def _split(error: ValueError) -> tuple[str, str]:
    message, _, hint = str(error).partition("；")
    return message, hint
