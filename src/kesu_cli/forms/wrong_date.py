"""What stands where a day is wanted and is none: what may be meant by it, and how to put it."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from kesu_cli.forms.layout import INDEX, LEDGER
from kesu_cli.forms.placeholder import read_words, serial
from kesu_cli.model.amount import normal
from kesu_cli.model.window import YEARS, month_end

_EPOCH = date(1899, 12, 30)
_PARTS = {"全年": (1, 12), "上半年": (1, 6), "下半年": (7, 12)} | {
    f"{sign}季度": (3 * at + 1, 3 * at + 3) for signs in ("一二三四", "1234") for at, sign in enumerate(signs)
}

Said = tuple[str, str]


class Written(NamedTuple):
    """A cell that is to hold a day; ``is_number`` where it holds a bare number and shows no day.

    ``year`` is the year that days without one belong to, 0 where that can't be said.
    """

    text: str
    sheet: str
    at: tuple[int, int]
    year: int
    is_number: bool = False


def not_a_day(cell: Written) -> Said | None:
    """Say what is wrong and what to fill in; None for what nobody can make sense of."""
    plain = normal(cell.text)
    for pattern, say in _READINGS:
        match = pattern.fullmatch(plain)
        said = say(cell, match) if match else None
        if said:
            return said
    return None


def _serial(cell: Written, match: re.Match[str]) -> Said | None:
    days = serial(match[1])
    if days is None:
        return None
    day = _EPOCH + timedelta(days=days)
    return f"“{cell.text}”是表格软件里的日期序号（{day}），不是日期", f"是这一天的，请填 {day}"


def _compact(cell: Written, match: re.Match[str]) -> Said | None:
    day = _day(*match.groups())
    return (f"{read_words(cell.text)}，中间没有横线，不是日期", f"是这一天的，请填 {day}") if day else None


def _month(cell: Written, match: re.Match[str]) -> Said | None:
    """Answer what names a month: 2024.3, 202403, 3月上旬."""
    year, month = int(match["year"] or cell.year), int(match["month"])
    if year not in YEARS or not 1 <= month <= 12:  # noqa: PLR2004 - the months
        return None
    if cell.is_number and "." in cell.text and match["month"] == "1":
        message = f"{_read(cell)}，分不清是 {year}年1月 还是 {year}年10月（表格软件会去掉末尾的 0）"
        return message, _month_advice(cell, "1月 或 10月", "")
    return f"{_read(cell)}，不是日期", _month_advice(cell, f"{month}月", f"是 {year}年{month}月 的，")


def _month_advice(cell: Written, months: str, condition: str) -> str:
    if (cell.sheet, cell.at[1]) == (LEDGER, INDEX["date"]):
        return f"{condition}请清空这一格，在“月份”里选 {months}"
    if (cell.sheet, cell.at[1]) == (LEDGER, INDEX["month"]):
        return f"{condition}请从下拉列表里选 {months}"
    return "请写到哪一天，如 2024-07-16"


def _without_year(cell: Written, match: re.Match[str]) -> Said | None:
    """Answer 7月16日 and 7.16; as a number 7.1 may be 7.10."""
    day = _day(cell.year, *match.groups())
    if day is None:
        return None
    also = _day(cell.year, match[1], f"{match[2]}0") if cell.is_number and len(match[2]) == 1 else None
    if also:
        return f"{_read(cell)}，分不清是哪一天（表格软件会去掉末尾的 0）", f"请填 {day} 或 {also}"
    return f"{_read(cell)}，没有年份", f"是 {cell.year} 年的，请填 {day}"


def _two_digits(cell: Written, match: re.Match[str]) -> Said | None:
    day = _day(f"20{match[1]}", match[2], match[3])
    return (f"{read_words(cell.text)}，年份只有两位", f"是这一天的，请填 {day}") if day else None


def _year_last(cell: Written, match: re.Match[str]) -> Said | None:
    first, second, year = match.groups()
    days = dict.fromkeys(day for day in (_day(year, first, second), _day(year, second, first)) if day)
    return (
        (f"{read_words(cell.text)}，年份要写在前面", f"请填 {' 或 '.join(map(str, days))}") if days else None
    )


def _with_time(cell: Written, match: re.Match[str]) -> Said | None:
    day = _day(*match.groups())
    return (f"{read_words(cell.text)}，带了时间", f"请只填日期：{day}") if day else None


def _stretch(cell: Written, match: re.Match[str]) -> Said | None:
    """Answer several days in one cell: 2024/7/16-18, 7.16-7.18, 3月至5月."""
    year, month = match["year"] or cell.year, match["month"]
    first = _day(year, month, match["day"] or 1)
    last = _day(match["year2"] or year, match["month2"] or month, match["day2"] or 1)
    if first is None or last is None:
        return None
    end = last if match["day2"] else month_end(last)
    return f"{read_words(cell.text)}，是一段日期", f"请在“日期”填 {first}，“结束日期”填 {end}"


def _part_of_year(cell: Written, match: re.Match[str]) -> Said | None:
    year = int(match["year"] or cell.year)
    if year not in YEARS:
        return None
    first, last = _PARTS[match["part"] or "全年"]
    start, end = date(year, first, 1), month_end(date(year, last, 1))
    hint = f"请填那一天；确是跨几个月的，在“日期”填 {start}，“结束日期”填 {end}"
    return f"{_read(cell)}，没有写到哪一天", hint


def _day(*parts: object) -> date | None:
    year, month, day = (int(str(part)) for part in parts)
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def _read(cell: Written) -> str:
    return f"读到数字“{cell.text}”" if cell.is_number else read_words(cell.text)


def _patterns() -> Iterator[tuple[str, Callable[[Written, re.Match[str]], Said | None]]]:
    day = r"(?:(?P<year>\d{4})[-/.年])?(?P<month>\d{1,2})[-/.月](?:(?P<day>\d{1,2})[日号]?)?"
    last = r"(?:(?P<year2>\d{4})[-/.年])?(?:(?P<month2>\d{1,2})[-/.月])?(?:(?P<day2>\d{1,2})[日号]?)?"
    parts = "|".join(_PARTS)
    yield r"(\d{5})(?:\.\d+)?", _serial
    yield r"(\d{4})(\d\d)(\d\d)", _compact
    yield r"(?P<year>\d{4})(?P<month>\d\d)", _month
    yield r"(?P<year>\d{4})(?:[-/.]|年)(?P<month>\d{1,2})月?", _month
    yield r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月(?:份|初|底|末|[上中下]旬)?", _month
    yield r"(\d{1,2})[月./-](\d{1,2})[日号]?", _without_year
    yield r"(\d\d)[年./-](\d{1,2})[月./-](\d{1,2})[日号]?", _two_digits
    yield r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", _year_last
    yield r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?[ T]\d{1,2}[:点时].*", _with_time
    yield rf"{day}\s*(?:至|到|~|—+|–|-)\s*{last}", _stretch
    yield rf"(?:(?P<year>\d{{4}})年?)?第?(?P<part>{parts})?", _part_of_year


_READINGS = tuple((re.compile(pattern), say) for pattern, say in _patterns())
