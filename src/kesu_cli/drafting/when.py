"""When a clause asks for something: deadline, window, rhythm, as its words say it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kesu_cli.drafting.not_target import BASE_YEAR
from kesu_cli.drafting.numeral import read_numeral
from kesu_cli.drafting.plain import plain
from kesu_cli.model.calendar import YEARS, Days, Rhythm, month_end

_FIRST_PLAN_YEAR, _PLAN_YEARS = 1951, 5  # the N-th five-year plan begins in 1951 + 5 N


@dataclass(frozen=True, slots=True)
class When:
    """What the words say about time; what they do not say stays empty.

    ``due`` is a day that comes round within every rhythm: (None, 28) for 每月28日前, (1, 15) for
    每年1月15日前. ``lasting`` is a length without dates (5y, 6m, 30d). ``cycle`` is a rhythm that the
    plan has no word for (2y, half-year, week).
    """

    words: str
    start_at: int
    end_at: int
    every: Rhythm | None = None
    by: date | None = None
    during: int | None = None
    start: date | None = None
    throughout: bool = False
    on_event: bool = False
    due: tuple[int | None, int] | None = None
    lasting: str = ""
    cycle: str = ""
    is_deadline: bool = False  # the words say 前, 底 or 内, or the year ends a piece of work
    is_recurring: bool = False  # 定期, 常态化: more than once, nobody says how often


_CN_YEAR = "二[零〇][零〇一二三四五六七八九]{2}"
_Y = rf"(?:(?:19|20)\d\d|{_CN_YEAR})(?!\d)"
_M = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_D = r"(?:[12]\d|3[01]|0?[1-9])"
_N = r"(?:\d+|[一二两三四五六七八九十]+)"
_TO = "(?:[—–~～-]{1,2}|至|到)"
_FINISH = "制定|制订|出台|印发|编制|编印|建成|完成|建立|启动|组建|成立|落实|出版|修订|形成|实现|基本|全面建成|健全|开通|上线|发布|设立"
_HOLD = "开展|举办|组织|评估|表彰|总结|召开|培训|评选|参加"
_DOING = "培训|培养|培育|接待|服务|举办|开展|组织|均|发放|生产|处理|参与|新增|完成|放映|演出"


def _number(text: str) -> int:
    return int(read_numeral(text) or 0)


def _year(text: str) -> int:
    return _number(text)


def _day(year: int, month: int = 12, day: int | None = None) -> date:
    last = month_end(date(year, month, 1))
    return last if day is None or day > last.day else date(year, month, day)


def _range(match: re.Match[str]) -> dict[str, object]:
    first, last = _year(match["y1"]), _year(match["y2"] or match["y1"])
    start = date(first, _number(match["m1"]) if match["m1"] else 1, 1)
    by = _day(
        last, _number(match["m2"]) if match["m2"] else 12, _number(match["d2"]) if match["d2"] else None
    )
    return {"start": start, "by": by, "is_deadline": bool(match["before"])}


def _five_years(match: re.Match[str]) -> dict[str, object]:
    start = _FIRST_PLAN_YEAR + _PLAN_YEARS * (10 + _number(match["n"]))
    by = _day(start + _PLAN_YEARS - 1)
    return {"by": by} if "末" in match["part"] else {"start": date(start, 1, 1), "by": by}


def _point(match: re.Match[str]) -> dict[str, object]:
    year = _year(match["y"])
    bare = not any(match[name] for name in ("to", "m", "half", "quarter", "close", "before"))
    if bare:
        return _bare_year(match, year)
    if match["half"]:
        month = 6 if match["half"] == "上" else 12
    elif match["quarter"]:
        month = 3 * _number(match["quarter"])
    else:
        month = _number(match["m"]) if match["m"] else 12
    by = _day(year, month, _number(match["d"]) if match["d"] else None)
    closes = bool(match["close"] or match["before"] or match["half"] or match["quarter"] or match["m"])
    return {"by": by, "is_deadline": closes}


def _bare_year(match: re.Match[str], year: int) -> dict[str, object]:
    rest = re.sub("《[^》]*》", "", re.split("[。；;\n]", match.string[match.end() :])[0])
    finish, hold = re.search(_FINISH, rest), re.search(_HOLD, rest)
    counted = re.search(r"\d", re.split("[，,]", rest.lstrip("，,"))[0])
    if finish and not counted and not (hold and hold.start() < finish.start()):
        return {"by": _day(year), "is_deadline": True}
    return {"during": year}


def _rhythm(match: re.Match[str]) -> dict[str, object]:
    every = {"年": Rhythm.YEAR, "学期": Rhythm.SEMESTER, "季": Rhythm.QUARTER, "月": Rhythm.MONTH}[
        match["each"]
    ]
    day = _number(match["d"]) if match["d"] else None
    month = _number(match["m"]) if match["m"] else None
    if day is None and (month is None or not match["before"]):
        return {"every": every}
    day = day or month_end(date(2001, month or 12, 1)).day
    return {"every": every, "due": (month, min(day, 31)), "is_deadline": True}


def _due(match: re.Match[str]) -> dict[str, object]:
    month = _number(match["m"])
    day = _number(match["d"]) if match["d"] else month_end(date(2001, month, 1)).day
    return {"due": (month, day), "is_deadline": True}


def _cycle(match: re.Match[str]) -> dict[str, object]:
    if match["half"]:
        return {"cycle": "half-year"}
    if match["short"]:
        return {"cycle": {"周": "week", "星期": "week", "天": "day", "日": "day"}[match["short"]]}
    count = _number(match["n"])
    return {"every": Rhythm.YEAR} if count == 1 else {"cycle": f"every {count}y"}


def _lasting(match: re.Match[str]) -> dict[str, object]:
    unit = {"年": "y", "个月": "m", "月": "m"}.get(match["unit"], "d")
    return {"lasting": f"{_number(match['n'])}{unit}", "is_deadline": match["inside"] is not None}


_Build = Callable[[re.Match[str]], dict[str, object]]
_TABLE: tuple[tuple[str, _Build], ...] = (
    (
        rf"(?:从|自)?(?P<y1>{_Y})年?(?:(?P<m1>{_M})月)?(?:份|起|开始|底|末)?{_TO}(?:(?P<y2>{_Y})年?|(?=\d{{1,2}}月))"
        rf"(?:(?P<m2>{_M})月)?(?:份)?(?:(?P<d2>{_D})日)?(?P<before>(?:年?[底末])?(?:前|之前|以前)?)?(?:期间|之间|间)?",
        _range,
    ),
    (
        r"“?十(?P<n1>)(?P<n>[一二三四五六七八九])五”?(?:规划)?(?P<part>期?末|期间|时期|期内)",
        lambda m: _five_years(m),
    ),
    (
        rf"(?:自|从)(?P<y>{_Y})年?(?:(?P<m>{_M})月)?(?:份)?(?:起|开始|以来)",
        lambda m: {"start": date(_year(m["y"]), _number(m["m"]) if m["m"] else 1, 1)},
    ),
    (
        rf"(?P<to>到|至|截至|截止到?)?(?P<y>{_Y})(?:年(?:(?P<half>[上下])半年|第?(?P<quarter>[一二三四1-4])季度)?"
        rf"(?:(?P<m>{_M})月(?:份)?(?:(?P<d>{_D})日)?)?(?P<close>年?[底末])?(?P<before>前|之前|以前|为止)?(?!级|度的|年?远景))",
        _point,
    ),
    (
        r"(?:每一?个?|逐|按)(?P<each>年|学期|季|月)(?:度|学年)?(?:终|年?底|末)?"
        rf"(?:(?:末?月)|(?P<m>{_M})月)?(?:份)?(?:(?P<d>{_D})[日号])?(?P<before>年?[底末]?(?:前|之前|以前))?",
        _rhythm,
    ),
    (
        r"(?P<each>年)(?:均(?!浓度|值|气温|降)|度(?=[^，。；内]{0,6}\d)|度(?=[一-龥]))(?P<m>)(?P<d>)(?P<before>)",
        _rhythm,
    ),
    (r"(?:全|常|历)(?P<each>年)(?P<m>)(?P<d>)(?P<before>)", _rhythm),
    (
        rf"(?<![\d〇零一二两三四五六七八九十去今明当近多全每同成历几])(?P<each>年)(?={_DOING})(?P<m>)(?P<d>)(?P<before>)",
        _rhythm,
    ),
    (r"(?P<each>月|季)均(?P<m>)(?P<d>)(?P<before>)", _rhythm),
    (
        rf"连续(?P<n>{_N})(?P<each>年)(?P<m>)(?P<d>)(?P<before>)",
        lambda m: {"every": Rhythm.YEAR, "lasting": f"{_number(m['n'])}y"},
    ),
    (
        rf"每(?:(?P<half>半)年|(?P<n>[2-9]|[两二三四五])年|(?P<short>周|星期|天|日))",
        _cycle,
    ),
    (
        rf"(?P<half>)(?P<short>)(?P<n>[1-5一两二三])年(?=[^，。；\d年]{{0,4}}(?:[一两二三四五六1-9](?:[—~至、-][\d一-九])?(?:次|届|场|度)|一度))",
        _cycle,
    ),
    (
        rf"(?:用|利用|力争用)?(?:{_N}{_TO})?(?P<n>{_N})(?P<unit>年|个月|日|天|个工作日|工作日)(?P<inside>之?内|以内)",
        _lasting,
    ),
    (
        rf"(?:用|利用|经过|通过|力争用|再用)(?:{_N}{_TO})?(?P<n>{_N})(?P<unit>年|个月)(?:左右)?(?:的?时间)?(?P<inside>)",
        _lasting,
    ),
    (rf"(?<![\d.])(?P<n>{_N})(?P<unit>年)(?!均)(?:计划|共|累计)?(?P<inside>)(?={_DOING})", _lasting),
    (rf"(?<!\d)(?P<m>{_M})月(?:份)?(?:(?P<d>{_D})日)?[底末]?(?:前|之前|以前)", _due),
    (
        r"(?:今|当|本)年(?:年)?[底末]?(?:前|之前|内)?|年[底末](?:前|之前)?|(?<![\d〇零一二两三四五六七八九十几数])年内",
        lambda m: {"is_deadline": True},
    ),
    (r"不?定期|常态化|经常性|常态", lambda m: {"throughout": True, "is_recurring": True}),
    (r"持续|长期|不断|坚持|常年|日常|长效", lambda m: {"throughout": True}),
    (
        r"突发[一-龥]{0,10}(?:时|后|期间|中)|(?:事件|事故|灾害|疫情)发生(?:时|后)|遇有?(?:重大|突发|紧急)|适时|必要时|视情况?",
        lambda m: {"on_event": True},
    ),
)
_ROWS = tuple((re.compile(pattern), build) for pattern, build in _TABLE)
_NAMED = re.compile(BASE_YEAR + r"|《[^》]*》|[（(][^）)]*[—–-](?:19|20)\d\d年?[）)]")


def times(text: str, *, is_event: bool | None = None) -> tuple[When, ...]:
    """Find every expression of time of a text, from left to right, none within another."""
    folded = plain(text)
    taken = [match.span() for match in _NAMED.finditer(folded)]
    found: list[When] = []
    for pattern, build in _ROWS:
        for match in pattern.finditer(folded):
            if match.group() and not any(start < match.end() and match.start() < end for start, end in taken):
                when = _make(match, build)
                if when is not None:
                    taken.append(match.span())
                    found.append(_held(when, is_event=is_event))
    return tuple(sorted(found, key=lambda when: when.start_at))


def _make(match: re.Match[str], build: _Build) -> When | None:
    try:
        fields = build(match)
    except ValueError:
        return None  # 2023年13月 and the like: no day of the calendar
    return When(match.group(), match.start(), match.end(), **fields)  # type: ignore[arg-type]


def _held(when: When, *, is_event: bool | None) -> When:
    if is_event is None or not re.fullmatch(rf"{_Y}年", when.words):
        return when
    year = when.during or (when.by.year if when.by else 0)
    if is_event:
        return replace(when, during=year, by=None, is_deadline=False)
    return replace(when, during=None, by=_day(year), is_deadline=True)


def when(
    text: str, *, period: Days | None = None, is_event: bool | None = None, at: int | None = None
) -> When | None:
    """Read what a clause says about time, all its expressions taken together; None where it says nothing.

    With ``at``, the place of a figure, only the expressions that govern that figure count: the last date
    and the last rhythm before it, or the first behind it. With the plan's period, 5年内 gets its dates and 年底前 the year of a one-year plan.
    """
    found = times(text, is_event=is_event)
    found = found if at is None else _governing(found, at)
    if not found:
        return None
    whole = _together(found, text)
    return _dated(whole, period) if period else whole


def _governing(found: tuple[When, ...], at: int) -> tuple[When, ...]:
    dates = [w for w in found if w.by or w.during or w.start]
    rhythms = [w for w in found if w.every or w.cycle]
    date_of, rhythm = _nearest(dates, at), _nearest(rhythms, at)
    if date_of and rhythm and rhythm.start_at < date_of.start_at < at and rhythm.due is None:
        rhythm = None  # 每年培训100名，到2025年达到600名: the date has the last word
    chosen = [w for w in (date_of, rhythm) if w]
    others = [w for w in found if w not in dates and w not in rhythms]
    return tuple(sorted([*chosen, *others], key=lambda w: w.start_at))


def _nearest(found: list[When], at: int) -> When | None:
    earlier = [w for w in found if w.start_at < at]
    return earlier[-1] if earlier else next(iter(found), None)


def _together(found: tuple[When, ...], text: str) -> When:
    first, last = min(w.start_at for w in found), max(w.end_at for w in found)
    words = "，".join(dict.fromkeys(text[w.start_at : w.end_at] for w in found))
    dated = next((w for w in found if w.by or w.during), None) or next((w for w in found if w.start), None)
    regular = next((w for w in found if w.every or w.cycle), None)
    vague = None if dated or regular else found[0]
    base = dated or regular or vague or found[0]
    return replace(
        base,
        words=words,
        start_at=first,
        end_at=last,
        every=regular.every if regular else None,
        cycle=regular.cycle if regular else "",
        due=next((w.due for w in found if w.due), None),
        lasting=next((w.lasting for w in found if w.lasting), ""),
        is_deadline=any(w.is_deadline for w in found),
        throughout=not dated and not regular and any(w.throughout for w in found),
        is_recurring=not regular and any(w.is_recurring for w in found),
        on_event=not dated and not regular and any(w.on_event for w in found),
    )


def _dated(when: When, period: Days) -> When:
    if when.by or when.during or when.every or when.throughout or when.on_event:
        return when
    if when.lasting:
        return replace(when, start=period.start, by=_after(period.start, when.lasting))
    if when.due and period.start.year == period.end.year:
        return replace(when, by=_day(period.start.year, when.due[0] or 12, when.due[1]))
    if when.is_deadline and period.start.year == period.end.year:
        return replace(when, by=period.end)
    return when


def _after(start: date, lasting: str) -> date | None:
    count, unit = int(lasting[:-1]), lasting[-1]
    if unit == "d":
        return start + timedelta(days=count) if count < 10_000 else None
    months = start.month - 1 + count * (12 if unit == "y" else 1)
    year = start.year + months // 12
    return (
        date(year, months % 12 + 1, start.day if start.day < 29 else 28) - timedelta(days=1)
        if year in YEARS
        else None
    )


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a text speaks of time."""
    yield from ((when.start_at, when.end_at) for when in times(text))
