"""Reads dates and stretches of time as headings, titles and signatures of documents write them."""

import re
from datetime import date

from kesu_cli.drafting.label import number_of
from kesu_cli.model.window import YEARS, Days, month_end

_TO = r"\s*(?:——|—|–|－|-|−|~|～|至|到|―|─)+\s*"
_YEARS = re.compile(rf"(\d{{4}})\s*年?{_TO}(\d{{4}})\s*年?(?!\s*\d{{1,2}}\s*月)(?!\d)")
_MONTHS = re.compile(
    rf"(\d{{4}})\s*年\s*(\d{{1,2}})\s*月(?:\s*(\d{{1,2}})\s*日)?(?:底|初|份|上旬|中旬|下旬)?{_TO}"
    rf"(?:(\d{{4}})\s*年\s*)?(\d{{1,2}})\s*月(?:\s*(\d{{1,2}})\s*日)?"
)
_FROM_MONTH = re.compile(rf"(\d{{4}})\s*年\s*(\d{{1,2}})\s*月?{_TO}(\d{{1,2}})\s*月")
_TO_YEAR = re.compile(rf"(\d{{4}})\s*年\s*(\d{{1,2}})\s*月{_TO}(\d{{4}})\s*年(?:底|末)?(?!\s*\d)")
_BY = re.compile(r"(\d{4})\s*年\s*(?:(\d{1,2})\s*月)?\s*(?:底|末)?\s*(?:之|以)?前")
_MONTH = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月(?!\s*\d)")
_YEAR = re.compile(r"(?<!\d)(\d{4})\s*年(?!\s*\d)")
_FIVE = re.compile(r"[“\"]?十([一二三四五六])五[”\"]?(?:时期|期间)?")
_DAY = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_DASHED_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_CHINESE_DAY = re.compile(
    r"([二一][〇○OoО0零Ο一二三四五六七八九]{3})\s*年\s*([一二三四五六七八九十]{1,2})\s*月\s*([一二三四五六七八九十]{1,3})\s*日"
)
_CHINESE_PART = re.compile(  # 二〇二三年, 十一月, 二十日
    "[二一][〇○OoО0零Ο一二三四五六七八九]{3}(?=\\s*年)|[一二三四五六七八九十]{1,3}(?=\\s*(?:月|日))"
)
_ZERO = str.maketrans("○OoО0零Ο", "〇〇〇〇〇〇〇")


def day_in(text: str) -> date | None:
    """Return the last calendar day written in a text: 2022年3月29日, 二〇二二年三月二十九日, 2022-03-29."""
    found = [*_DAY.finditer(text), *_CHINESE_DAY.finditer(text), *_DASHED_DAY.finditer(text)]
    for match in sorted(found, key=lambda match: match.start(), reverse=True):
        parts = [_value(part) for part in match.groups()]
        day = _day(*parts)
        if day:
            return day
    return None


def stretch_in(text: str, after: date | None = None) -> Days | None:
    """Return the first stretch of days written in a text; ``after`` begins one that has only an end."""
    text = _CHINESE_PART.sub(lambda match: str(_value(match[0])), text)
    found = [
        (match.start(), -len(match[0]), reader(match, after))
        for pattern, reader in _READERS
        if (match := pattern.search(text))
    ]
    read = sorted((start, length, days) for start, length, days in found if days)
    return read[0][2] if read else None


def _value(written: str) -> int:
    if written.isdecimal() and written.isascii():
        return int(written)
    return number_of(written.translate(_ZERO))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def _days(start: date | None, end: date | None) -> Days | None:
    return Days(start, end) if start and end and start <= end else None


def _end(year: int, month: int, day: str | None) -> date | None:
    first = _day(year, month, int(day) if day else 1)
    return month_end(first) if first and not day else first


def _years(match: re.Match[str], _: date | None) -> Days | None:
    return _days(_day(int(match[1]), 1, 1), _day(int(match[2]), 12, 31))


def _months(match: re.Match[str], _: date | None) -> Days | None:
    start = _day(int(match[1]), int(match[2]), int(match[3] or 1))
    return _days(start, _end(int(match[4] or match[1]), int(match[5]), match[6]))


def _from_month(match: re.Match[str], _: date | None) -> Days | None:
    return _days(_day(int(match[1]), int(match[2]), 1), _end(int(match[1]), int(match[3]), None))


def _to_year(match: re.Match[str], _: date | None) -> Days | None:
    return _days(_day(int(match[1]), int(match[2]), 1), _day(int(match[3]), 12, 31))


def _by(match: re.Match[str], after: date | None) -> Days | None:
    end = _end(int(match[1]), int(match[2] or 12), None)
    start = after if after and end and after <= end else _day(int(match[1]), 1, 1)
    return _days(start, end)


def _month(match: re.Match[str], _: date | None) -> Days | None:
    return _days(_day(int(match[1]), int(match[2]), 1), _end(int(match[1]), int(match[2]), None))


def _year(match: re.Match[str], _: date | None) -> Days | None:
    return _days(_day(int(match[1]), 1, 1), _day(int(match[1]), 12, 31))


def _five(match: re.Match[str], _: date | None) -> Days | None:
    first = 2001 + 5 * number_of(match[1])
    start = _day(first, 1, 1)
    return _days(start, _day(first + 4, 12, 31))


_READERS = (
    (_YEARS, _years),
    (_MONTHS, _months),
    (_FROM_MONTH, _from_month),
    (_TO_YEAR, _to_year),
    (_BY, _by),
    (_MONTH, _month),
    (_YEAR, _year),
    (_FIVE, _five),
)
