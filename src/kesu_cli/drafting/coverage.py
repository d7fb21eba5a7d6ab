"""Targets that are said without a number: 全覆盖, 应保尽保, 清零."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kesu_cli.drafting.clause_break import clause_before, sentence_behind
from kesu_cli.drafting.numeral import PER_CENT

_WHOLE, _NOTHING = Decimal(100), Decimal(0)
_DONE = (
    "配备|达标|建立|建成|完成|纳入|覆盖|实现|开展|设立|设置|配齐|接入|开放|参加|接受|达到|落实|入网|上线|改造"
    "|绿化|硬化|持证|建有|通|普及|轮训"
)
_GONE = "消除|取缔|淘汰|清除|销号|关停|脱贫|退出"
_ACCIDENTS = "事故|伤亡|死亡|发生|事件|上访|辍学|拖欠|新增|投诉|差错|污染"
_TABLE: tuple[tuple[Decimal, str], ...] = (
    (_WHOLE, "应(?P<what>[一-龥]{1,2})尽(?P=what)"),
    (_WHOLE, "(?:实现|达到|做到|推动|确保|完成)?全覆盖(?!工程|行动|计划)"),
    (_WHOLE, f"(?<!基本)全部(?:都|要|实行)?(?:{_DONE})"),
    (_NOTHING, f"(?:全部|全面|彻底)(?:{_GONE})"),
    (_NOTHING, "(?:动态)?清零|归零|(?<=率)(?:降?[为至到]|控制[为在])零"),
    (_NOTHING, f"零(?:重大|较大|安全|责任|生产)*(?:{_ACCIDENTS})"),
)
_ROWS = tuple((amount, re.compile(pattern)) for amount, pattern in _TABLE)
_UNIT_OF = (
    ("事故", "起"),
    ("事件", "起"),
    ("案件", "起"),
    ("水体", "条"),
    ("投诉", "件"),
    ("断面", "个"),
    ("率", PER_CENT),
)


@dataclass(frozen=True, slots=True)
class Coverage:
    """All of something, or none of it, in its place."""

    start: int
    end: int
    amount: Decimal
    unit: str


def coverages(text: str) -> Iterator[Coverage]:
    """Yield what a plain text asks for whole or not at all, from left to right."""
    found = [(*match.span(), amount) for amount, pattern in _ROWS for match in pattern.finditer(text)]
    at = 0
    for start, end, amount in sorted(found):
        if start >= at:
            at = end
            yield Coverage(start, end, amount, PER_CENT if amount else _unit(text, start, end))


def _unit(text: str, start: int, end: int) -> str:
    """Say what none of is left: 黑臭水体 are counted in 条, 事故 in 起."""
    clause = clause_before(text, start) + text[start:end] + re.split("[，,]", sentence_behind(text, end))[0]
    return next((unit for noun, unit in _UNIT_OF if noun in clause), "")
