"""Words that name a day, a year or a stretch of years: the table, and what each row means."""

import re
from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from kesu_cli.drafting.clause_break import sentence_behind
from kesu_cli.drafting.numeral import read_numeral
from kesu_cli.model.window import month_end

Said: TypeAlias = dict[str, object]
Build: TypeAlias = Callable[[re.Match[str]], Said]

YEAR = r"(?:(?:19|20)\d\d|二[零〇][零〇一二三四五六七八九]{2})(?!\d)"
MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
DAY = (
    r"(?:[12]\d|3[01]|0?[1-9]|二十[一二三四五六七八九]?|三十一?|十[一二三四五六七八九]?|[一二三四五六七八九])"
)
TO = "(?:[—–~～-]{1,2}|至|到)"
_FIRST_PLAN_YEAR, _PLAN_YEARS = 1951, 5  # the N-th five-year plan begins in 1951 + 5 N
_FINISH = (
    "制定|制订|出台|印发|编制|编印|建成|完成|建立|启动|组建|成立|落实|出版|修订|形成|实现|基本"
    "|健全|开通|上线|发布|设立"
)
_HOLD = "开展|举办|组织|评估|表彰|总结|召开|培训|评选|参加"
_SOME_YEAR = 2001  # a common year, for months without one


def whole(text: str) -> int:
    """Read a numeral of a date."""
    return int(read_numeral(text) or 0)


def last_day(year: int, month: int = 12, day: int | None = None) -> date:
    """Return a day, or the last one of its month."""
    end = month_end(date(year, month, 1))
    return end if day is None or day > end.day else end.replace(day=day)


def month_day(month: str | None, day: str | None) -> tuple[int | None, int]:
    """Return a month and a day of any year; without a day the month's last."""
    number = whole(month) if month else None
    return number, whole(day) if day else last_day(_SOME_YEAR, number or 12).day


def _stretch(match: re.Match[str]) -> Said:
    first, last = whole(match["y1"]), whole(match["y2"] or match["y1"])
    start = date(first, whole(match["m1"]) if match["m1"] else 1, whole(match["d1"]) if match["d1"] else 1)
    day = whole(match["d2"]) if match["d2"] else None
    by = last_day(last, whole(match["m2"]) if match["m2"] else 12, day)
    return {"start": start, "by": by, "is_deadline": bool(match["before"])} if start <= by else {}


def _five_years(match: re.Match[str]) -> Said:
    start = _FIRST_PLAN_YEAR + _PLAN_YEARS * (10 + whole(match["n"]))
    by = last_day(start + _PLAN_YEARS - 1)
    return {"by": by} if "末" in match["part"] else {"start": date(start, 1, 1), "by": by}


def _since(match: re.Match[str]) -> Said:
    return {"start": date(whole(match["y"]), whole(match["m"]) if match["m"] else 1, 1)}


def _point(match: re.Match[str]) -> Said:
    year = whole(match["y"])
    if not any(match[name] for name in ("to", "m", "half", "quarter", "close", "before")):
        return _bare_year(match, year)
    day = whole(match["d"]) if match["d"] else None
    closes = any(match[name] for name in ("m", "half", "quarter", "close", "before"))
    return {"by": last_day(year, _last_month(match), day), "is_deadline": closes}


def _last_month(match: re.Match[str]) -> int:
    if match["half"]:
        return 6 if match["half"] == "上" else 12
    if match["quarter"]:
        return 3 * whole(match["quarter"])
    return whole(match["m"]) if match["m"] else 12


def _bare_year(match: re.Match[str], year: int) -> Said:
    """2021年，制定… means by its end, 2025年，开展… during it."""
    rest = re.sub("《[^》]*》", "", sentence_behind(match.string, match.end()))
    finish, hold = re.search(_FINISH, rest), re.search(_HOLD, rest)
    has_figure = re.search(r"\d", re.split("[，,]", rest.lstrip("，,"))[0])
    if finish and not has_figure and not (hold and hold.start() < finish.start()):
        return {"by": last_day(year), "is_deadline": True}
    return {"during": year}


def _due(match: re.Match[str]) -> Said:
    return {"due": month_day(match["m"], match["d"]), "is_deadline": True}


def _half(match: re.Match[str]) -> Said:
    return {"due": (6, 30) if match["half"] == "上" else (12, 31), "is_deadline": True}


def _quarter(match: re.Match[str]) -> Said:
    return {"due": month_day(str(3 * whole(match["quarter"])), None), "is_deadline": True}


def _nothing(_match: re.Match[str]) -> Said:
    return {}


def _soon(_match: re.Match[str]) -> Said:
    return {"is_deadline": True}


_STRETCH = (
    rf"(?:从|自)?(?P<y1>{YEAR})年?(?:(?P<m1>{MONTH})月)?(?:(?P<d1>{DAY})日)?(?:份|起|开始|底|末)?{TO}"
    rf"(?:(?P<y2>{YEAR})年?|(?=\d{{1,2}}月))(?:(?P<m2>{MONTH})月)?(?:份)?(?:(?P<d2>{DAY})日)?"
    r"(?P<before>(?:年?[底末])?(?:前|之前|以前)?)?(?:期间|之间|间|止)?"
)
_POINT = (
    rf"(?P<to>到|至|截至|截止到?)?(?P<y>{YEAR})(?:年"
    rf"(?:(?P<half>[上下])半年|第?(?P<quarter>[一二三四1-4])季度)?(?:(?P<m>{MONTH})月(?:份)?(?:(?P<d>{DAY})日)?)?"
    r"(?P<close>年?[底末])?(?P<before>前|之前|以前|为止)?(?!级|度的))"
)
_MONTH_AND_DAY = rf"(?<!\d)(?P<m>{MONTH})月(?:份)?(?:(?P<d>{DAY})日)?[底末]?"

DATE_WORDS: tuple[tuple[str, Build], ...] = (
    (_STRETCH, _stretch),
    (r"“?十(?P<n>[一二三四五六七八九])五”?(?:规划)?(?P<part>期?末|期间|时期|期内)", _five_years),
    (rf"(?:自|从)(?P<y>{YEAR})年?(?:(?P<m>{MONTH})月)?(?:份)?(?:起|开始|以来)", _since),
    (_POINT, _point),
)
MONTH_WORDS: tuple[tuple[str, Build], ...] = (
    (_MONTH_AND_DAY + "(?:前|之前|以前)", _due),
    ("(?P<half>[上下])半年(?!度)", _half),
    ("第?(?P<quarter>[一二三四])季度[末底]?前?", _quarter),
    (r"(?<!\d)\d{1,2}月(?:份|\d{1,2}日)?(?![一-龥]*[度]电)", _nothing),
    (
        r"(?:今|当|本)年(?:年)?(?:度内?|[底末])?(?:前|之前|内)?|年[底末](?:前|之前)?|(?<![\d〇零一二两三四五六七八九十几数])年内",
        _soon,
    ),
)
