"""Days, months and windows (考核期): which stretch of days a task is judged in."""

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from kesu_cli.model.amount import REMEMBERED, normal
from kesu_cli.model.coded_word import CodedWord
from kesu_cli.model.scalar_regex import read_pattern

DAY_FORM = "Y(-M-M|/M/M|.M.M|年M月M日)"
MONTH_FORM = "Y(~M|年M月)"
WRITE_A_DAY = "请写成 2024-07-16 这样的日期"

_DAY = re.compile(read_pattern(DAY_FORM))
_MONTH = re.compile(read_pattern(MONTH_FORM))
_RANGE = re.compile(r"(\S+?)\s*(?:至|到|~|—+|–|--|(?<=[.月日/]\d)-|(?<=[.月日/]\d\d)-|(?<=日)-)\s*(\S+)")
_SERIAL = re.compile(r"[1-9]\d{4}")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")

DAYS_OF_A_YEAR = 366

YEARS = range(1900, 2200)  # anything else is a slip of the keyboard


class Precision(StrEnum):
    """How exactly a date was written."""

    DAY = "day"
    MONTH = "month"
    RANGE = "range"


class Days(NamedTuple):
    """A stretch of days, both ends inclusive, with the precision it was written in."""

    start: date
    end: date
    precision: Precision = Precision.RANGE

    def __str__(self) -> str:
        if self.precision is Precision.DAY:
            return self.start.isoformat()
        if self.precision is Precision.MONTH:
            return f"{self.start:%Y-%m}"
        return f"{self.start.isoformat()} 至 {self.end.isoformat()}"

    @property
    def length(self) -> int:
        """Number of days, both ends counted."""
        return (self.end - self.start).days + 1

    def contains(self, day: date) -> bool:
        """Whether the day lies within."""
        return self.start <= day <= self.end

    def meets(self, other: "Days") -> bool:
        """Whether the two share at least one day."""
        return self.start <= other.end and other.start <= self.end


def read_day(text: str) -> date:
    """Read a calendar day; raises ValueError with what to write instead."""
    plain = normal(text)
    if _ISO_DAY.fullmatch(plain):
        return _exact_day(text, int(plain[:4]), int(plain[5:7]), int(plain[8:]))
    match = _DAY.fullmatch(plain)
    if match:
        year, month, day = (int(part) for part in match.groups() if part)
        return _exact_day(text, year, month, day)
    if _SERIAL.fullmatch(plain):
        raise ValueError(f"“{text}”像是表格软件里的日期序号；{WRITE_A_DAY}")
    raise ValueError(f"“{text}”不是日期；{WRITE_A_DAY}")


@lru_cache(maxsize=REMEMBERED)
def read_days(text: str) -> Days:
    """Read a day or a month; a month stays a month. Raises ValueError with what to write instead."""
    match = _MONTH.fullmatch(normal(text))
    if match is None:
        _refuse_range(text)
        day = read_day(text)
        return Days(day, day, Precision.DAY)
    year, month = (int(part) for part in match.groups() if part)
    start = _exact_day(text, year, month, 1)
    return Days(start, month_end(start), Precision.MONTH)


def _refuse_range(text: str) -> None:
    """Say how to write a stretch of days that is written as one text."""
    days = _range_in(text)
    if days is not None:
        form = f"{{from: {days.start}, to: {days.end}}}"
        raise ValueError(f"“{text}”是一段日期；起止日期请写成 {form}")


def _range_in(text: str) -> Days | None:
    """Read two days with a sign between them, the second perhaps without its year and month."""
    parts = _RANGE.fullmatch(normal(text))
    if parts is None:
        return None
    first = read_day(parts[1])
    rest = parts[2].removesuffix("日")
    ways = (parts[2], f"{first.year}-{rest.replace('月', '-')}", f"{first:%Y-%m}-{rest}")
    last = next((read_day(way) for way in ways if _DAY.fullmatch(way)), None)
    return Days(first, last) if last else None


def read_stretch(text: str) -> Days:
    """Read a day, a month, or the first and the last day with 至 between them; raises ValueError."""
    days = _range_in(text)
    if days is None:
        return read_days(text)
    if days.end < days.start:
        raise ValueError(f"起始日期 {days.start} 晚于结束日期 {days.end}；请核对前后顺序")
    return days


def _exact_day(text: str, year: int, month: int, day: int) -> date:
    if year not in YEARS:
        raise ValueError(f"“{text}”的年份不对；请核对，年份是四位数字，例如 2024")
    if month not in range(1, 13):
        raise ValueError(f"“{text}”的月份是 {month}，月份只有 1—12；请核对")
    try:
        return date(year, month, day)
    except ValueError:
        last = calendar.monthrange(year, month)[1]
        raise ValueError(f"“{text}”这一天不存在；{year} 年 {month} 月只有 {last} 天，请核对") from None


def month_end(day: date) -> date:
    """Return the last day of the month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def on(year: int, month_day: tuple[int, int]) -> date:
    """Return a month and day in a year; 29 February of a common year is the 28th."""
    month, day = month_day
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def year_of(year: int) -> Days:
    """Return the days of a calendar year."""
    return Days(date(year, 1, 1), date(year, 12, 31))


class Rhythm(CodedWord):
    """How often a task comes round."""

    YEAR = "year", "每年"
    HALF = "half", "每半年"
    SEMESTER = "semester", "每学期"
    QUARTER = "quarter", "每季度"
    MONTH = "month", "每月"

    @property
    def label(self) -> str:
        """The word that is printed."""
        return self.word


MonthAndDay = tuple[int, int]
_MONTHS = {Rhythm.HALF: 6, Rhythm.QUARTER: 3, Rhythm.MONTH: 1}
_HALVES = "上下"


class Semester(NamedTuple):
    """A half of the school year, by month and day; an end before the start lies in the next year."""

    name: str
    start: tuple[int, int]
    end: tuple[int, int]

    def in_year(self, year: int) -> Days:
        """Return the semester that begins in the given year."""
        first = on(year, self.start)
        if first.day != self.start[1]:
            first += timedelta(days=1)  # the 28th still belongs to the semester before
        return Days(first, on(year if self.end >= self.start else year + 1, self.end))


class Window(NamedTuple):
    """A stretch of days in which a task is judged, with the name it is printed under."""

    days: Days
    label: str

    @property
    def start(self) -> date:
        """First day, inclusive."""
        return self.days.start

    @property
    def end(self) -> date:
        """Last day, inclusive."""
        return self.days.end

    def belongs_to(self, year: int) -> bool:
        """Whether it is judged in a year: of one that is no longer than a year where most of its days lie.

        Of two years that hold as many days it is the earlier.
        """
        if not self.days.meets(year_of(year)):
            return False
        return self.days.length > DAYS_OF_A_YEAR or year == self.year

    @property
    def year(self) -> int:
        """The year whose report tells the last of it: its last one, or where most of its days lie."""
        if self.days.length > DAYS_OF_A_YEAR:
            return self.end.year
        first, last = self.start.year, self.end.year
        return max(range(first, last + 1), key=lambda year: (self._days_in(year), -year))

    def _days_in(self, year: int) -> int:
        whole = year_of(year)
        return Days(max(self.start, whole.start), min(self.end, whole.end)).length


@lru_cache(maxsize=1024)
def windows(
    rhythm: Rhythm, period: Days, semesters: tuple[Semester, ...], until: MonthAndDay | None = None
) -> tuple[Window, ...]:
    """Cut a period into the windows of a rhythm, clipped to the period; a year may end on a day of its own.

    A window of which less than half lies in the period is left out: the duty of a semester
    cannot be met in its last month.
    """
    return tuple(sorted(_cut(rhythm, period, semesters, until)))


def _cut(
    rhythm: Rhythm, period: Days, semesters: tuple[Semester, ...], until: MonthAndDay | None
) -> Iterator[Window]:
    for year in range(period.start.year - 1, period.end.year + 1):
        for window in _of_year(rhythm, year, semesters, until):
            if not window.days.meets(period):
                continue
            inside = Days(max(window.start, period.start), min(window.end, period.end))
            if 2 * inside.length >= window.days.length:
                yield Window(inside, window.label)


def _of_year(
    rhythm: Rhythm, year: int, semesters: tuple[Semester, ...], until: MonthAndDay | None
) -> Iterator[Window]:
    if rhythm is Rhythm.SEMESTER:
        for semester in semesters:
            yield Window(semester.in_year(year), f"{year}年{semester.name}")
        return
    if rhythm is Rhythm.YEAR and until:
        yield Window(Days(date(year, 1, 1), on(year, until)), f"{year}年{until[0]}月{until[1]}日前")
        return
    if rhythm is Rhythm.YEAR:
        yield Window(year_of(year), f"{year}年")
        return
    step = _MONTHS[rhythm]
    for number, first in enumerate(range(1, 13, step)):
        last = month_end(date(year, first + step - 1, 1))
        yield Window(Days(date(year, first, 1), last), f"{year}年{_part(rhythm, number)}")


def _part(rhythm: Rhythm, number: int) -> str:
    """Name a part of the year, counted from 0."""
    if rhythm is Rhythm.HALF:
        return f"{_HALVES[number]}半年"
    return f"第{number + 1}季度" if rhythm is Rhythm.QUARTER else f"{number + 1}月"


class Basis(StrEnum):
    """Where the judging date comes from."""

    GIVEN = "given"
    TODAY = "today"
    PAST_YEAR = "past_year"
    COMMIT = "commit"


class AsOf(NamedTuple):
    """The judging date (截至).

    ``over`` says whether that day itself has ended; ``reporting`` is the day on which it is judged
    who has handed in a report, also ended if ``reporting_over``.
    """

    day: date
    over: bool
    basis: Basis
    reporting: date
    reporting_over: bool

    def has_ended(self, day: date) -> bool:
        """Whether the given day is over."""
        return self.day > day or (self.over and self.day == day)

    def days_left(self, day: date) -> int:
        """Count the days that can still be used up to the given one: today can, where it is not over."""
        return (day - self.day).days + (0 if self.over else 1)

    def remaining(self, day: date) -> str:
        """Say how many days are left."""
        return f"还剩 {self.days_left(day)} 天{'' if self.over else '（含今天）'}"

    def report_overdue(self, due: date) -> bool:
        """Whether a report due on the given day is overdue."""
        return self.reporting > due or (self.reporting_over and self.reporting == due)


def day_before(day: date) -> date:
    """Return the previous day."""
    return day - timedelta(days=1)
