"""Words that say how often, how long, or on what occasion: the table, and what each row means."""

import re

from kesu_cli.drafting.date_word import DAY, MONTH, TO, Build, Said, month_day, whole
from kesu_cli.model.window import Rhythm

_N = r"(?:\d{1,4}|[一二两三四五六七八九十]{1,4})"
_DOING = (
    "新建|改建|扩建|改造|建设|建成|更新|列支|筹集|引进|招收|选派|选拔|创建|治理"
    "|培训|培养|培育|接待|服务|举办|开展|组织|均|发放|生产|处理|参与|新增|完成|放映|演出"
)
_EVERY = {"年": Rhythm.YEAR, "学期": Rhythm.SEMESTER, "季": Rhythm.QUARTER, "月": Rhythm.MONTH}
_SHORT = {"旬": "ten-day", "周": "week", "星期": "week", "天": "day", "日": "day"}
_LENGTH = {"年": "y", "个月": "m"}


def _rhythm(match: re.Match[str]) -> Said:
    every = _EVERY[match["each"]]
    if (match["d"] and not match["around"]) or (match["m"] and match["before"]):
        return {"every": every, "due": month_day(match["m"], match["d"]), "is_deadline": True}
    return {"every": every}


def _yearly(_match: re.Match[str]) -> Said:
    return {"every": Rhythm.YEAR}


def _monthly(match: re.Match[str]) -> Said:
    return {"every": _EVERY[match["each"] or match["other"]]}


def _year_after_year(match: re.Match[str]) -> Said:
    return {"every": Rhythm.YEAR, "lasting": f"{whole(match['n'])}y"}


def _half_yearly(_match: re.Match[str]) -> Said:
    return {"every": Rhythm.HALF}


def _half_monthly(_match: re.Match[str]) -> Said:
    return {"cycle": "half-month"}


def _short(match: re.Match[str]) -> Said:
    return {"cycle": _SHORT[match["each"]]}


def _years(match: re.Match[str]) -> Said:
    count = whole(match["n"])
    return {"every": Rhythm.YEAR} if count == 1 else {"cycle": f"every {count}y"}


def _within(match: re.Match[str]) -> Said:
    return {"lasting": f"{whole(match['n'])}{_LENGTH.get(match['unit'], 'd')}", "is_deadline": True}


def _after_event(_match: re.Match[str]) -> Said:
    return {}


def _lasting(match: re.Match[str]) -> Said:
    return {"lasting": f"{whole(match['n'])}y"}


def _regularly(_match: re.Match[str]) -> Said:
    return {"throughout": True, "is_recurring": True}


def _throughout(_match: re.Match[str]) -> Said:
    return {"throughout": True}


def _on_event(_match: re.Match[str]) -> Said:
    return {"on_event": True}


_EACH = (
    r"(?:每一?个?|逐(?!年[^，。；\d]*(?:[，。；]|$))|按)(?:学(?=年))?(?P<each>年|学期|季|月)(?:度|学年)?(?:终|年?底|末)?"
    rf"(?:(?:[末首]?月)|(?P<m>{MONTH})月(?:[、和—～~至到-]{MONTH}月)*)?(?:份)?(?:(?P<d>{DAY})[日号])?"
    r"(?:(?P<around>前后|左右)|(?P<before>年?[底末]?(?:前|之前|以前)))?"
)
_TIMES_A_YEAR = (  # 一年两次, 两年一届
    r"(?P<n>[1-5一两二三])年(?=[^，。；\d年]{0,4}"
    r"(?:[一两二三四五六1-9](?:[—~至、-][\d一-九])?(?:次|届|场|度)|一度))"
)
_LENGTH_OF_TIME = rf"(?:{_N}{TO})?(?P<n>{_N})(?P<unit>年|个月)(?:左右)?(?:的?时间)?"

RHYTHM_WORDS: tuple[tuple[str, Build], ...] = (
    (_EACH, _rhythm),
    (r"年均(?!浓度|值|气温|降)|(?<![本今当上下])年度(?=[^，。；内]{0,8}\d)|[全历]年", _yearly),
    (rf"(?<![\d〇零一二两三四五六七八九十去今明当近多每同成几半本])年(?={_DOING})", _yearly),
    (r"(?P<each>月|季)均|一(?P<other>月|季)度?(?=[一两二\d]次)", _monthly),
    (rf"连续(?P<n>{_N})年", _year_after_year),
    (r"每半年", _half_yearly),
    (r"每半个?月", _half_monthly),
    (rf"每(?:{_N}{TO})?(?P<n>{_N})年", _years),
    (r"每(?P<each>旬|周|星期|天|日)", _short),
    (_TIMES_A_YEAR, _years),
    (  # 建成后3个月内: counted from what happens, which no calendar tells
        rf"(?<=[后起])(?:的?{_N}{TO})?{_N}(?:年|个月|日|天|个工作日|工作日|小时|个小时)(?:之?内|以内)",
        _after_event,
    ),
    (
        rf"(?<![至到过于\d.])(?<!控制在)(?<!压缩在)(?:力争|利?用)*(?:{_N}{TO})?(?P<n>{_N})(?P<unit>年|个月|日|天|个工作日|工作日)(?:之?内|以内)(?![未不无没发])",
        _within,
    ),
    (rf"(?:力争|再)?(?:利用|(?<![使采应适])用|经过|通过){_LENGTH_OF_TIME}(?!以上|以下)", _within),
    (rf"(?<![\d.])(?P<n>{_N})年(?!均)(?:计划|共|累计)?(?={_DOING}|投入|安排|建设|\d)", _lasting),
    (rf"(?:未来|今后)(?P<n>{_N})年", _lasting),
)
_OCCASION = (
    "突发[一-龥]{0,10}(?:时|后|期间|中)|(?:事件|事故|灾害|疫情)发生(?:时|后)|遇有?(?:重大|突发|紧急)"
    "|适时|必要时|视情况?"
)
VAGUE_WORDS: tuple[tuple[str, Build], ...] = (
    ("不?定期|常态化(?!发展)|经常性", _regularly),
    ("(?<!可)持续(?!发展)|长期|不断|常年", _throughout),
    (_OCCASION, _on_event),
)
