"""What sort of figure a number is, and how it is to be compared when all its words are read."""

import re

from kesu_cli.drafting.counting_verb import VERBS
from kesu_cli.drafting.figure import Nature
from kesu_cli.drafting.measure_word import Sort
from kesu_cli.drafting.phrase import Phrase
from kesu_cli.model.plan_file import Comparator

_LOWER_IS_BETTER = re.compile(
    "浓度|死亡|发病率|失业率|辍学率|近视率|肥胖率|感染率|能耗|水耗|电耗|用水量|排放|事故|亡人|伤亡|贫困发生率"
    "|投诉率|差错率|漏损率|空置率|不合格率|负债率|违法率|发案|重污染天数|使用量|办结时限|班额"
)
_RATE = re.compile(
    "(?:率|比例|占比|比重)(?:要|应|均|都|分别)*(?:达到|达|保持在?|稳定在?|提高到|提升到|为|在)?$"
)
_LOWER_RATE = re.compile(
    "(?:死亡|发病|失业|辍学|近视|肥胖|感染|贫困发生|投诉|差错|漏损|空置|不合格|负债|违法|发案|事故|伤亡|超标|流失|破损"
    "|闲置|返贫|复发|重[点复]信访|逾期|积压)(?:发生)?(?:率|比例|占比|比重)"
)
_BETWEEN = "(?:了|不少于|不低于|不超过|超过|至少|大于|高于|约|近|分别| )*$"
_RISES = re.compile("(?:提高|提升|增长|增加|上升|扩大|增幅|递增)" + _BETWEEN)
_FALLS = re.compile("(?:下降|降低|减少|压减|缩减|压缩|降幅|递减)" + _BETWEEN)
_BASELINE = re.compile("(?:比|较)[^，。；]{0,14}(?:年|上年|同期|末|基期)|在[^，。；]{0,12}基础上")
_STOCK = re.compile(f"总数|总量|存量|保有量|累计(?!{VERBS}|新)|总人数|总面积|总规模|拥有量")
_ABLE = re.compile("(?:能力|产能|容量)[^，。；]{0,6}$")
_CAPACITY = re.compile(
    "(?:保有量|拥有量|密度|指数|覆盖率|覆盖面|满意度|水平|规模)(?:要|应当?|须|均|都|总体|稳定|分别)*"
    "(?:达到?|提高到|提升到|增加到|扩大到|保持在?|稳定在|维持在|为|在|有)?$"
)
_KEPT = re.compile("(?:保持|稳定|维持|始终|长期)在?[^，。；]{0,6}$")
_OCCASIONS = frozenset({"次", "场", "场次", "人次", "期", "批", "届", "轮", "课时", "学时"})
_HUNDRED = 100
_TIMES = "倍"


def nature(phrase: Phrase, near: str, per: str) -> Nature:
    """Say what sort of figure a phrase is; ``near`` are the words of its clause before it."""
    change = _change(phrase, near)
    if change or per:
        return change or Nature.PER_ENTITY
    if phrase.sort is Sort.SHARE:
        return Nature.RATE
    if phrase.sort is Sort.CHANGE and phrase.unit != _TIMES:
        return Nature.RELATIVE
    if _is_level(phrase) or _is_standing(phrase, near):
        return Nature.LEVEL
    return Nature.STOCK if _STOCK.search(near) else Nature.COUNT


def _change(phrase: Phrase, near: str) -> Nature | None:
    """提高5个百分点 is a change; 提高到5% is not, and 增加100个 is a count unless compared with a year."""
    if phrase.numeral.is_growth:
        return Nature.GROWTH
    if phrase.sort not in {Sort.SHARE, Sort.CHANGE} and not _BASELINE.search(near):
        return None
    if _RISES.search(near):
        return Nature.GROWTH
    return Nature.DECLINE if _FALLS.search(near) else None


def _is_level(phrase: Phrase) -> bool:
    if phrase.sort in {Sort.CHANGE, Sort.LASTING} or "/" in phrase.unit:
        return True
    return phrase.sort is Sort.MEASURED and phrase.before.loose is not None


def _is_standing(phrase: Phrase, near: str) -> bool:
    """Whether a number is a capacity or a state that is kept, and no sum: 日处理能力200吨, 保持在30支."""
    if _ABLE.search(near):
        return True
    if phrase.unit in _OCCASIONS or phrase.sort in {Sort.MONEY, Sort.LASTING}:
        return False
    return bool(_CAPACITY.search(near) or _KEPT.search(near))


def _is_better_low(near: str) -> bool:
    """Whether less is better: of 漏损率, but not of 事故隐患整改率, where the rate is that of the cure."""
    return bool((_LOWER_RATE if _RATE.search(near) else _LOWER_IS_BETTER).search(near))


def comparator(phrase: Phrase, near: str, kind: Nature) -> Comparator:
    """Join the words before and behind a number; a bare number asks for at least so much."""
    if phrase.high is not None:
        return Comparator.BETWEEN
    words = phrase.before
    if words.firm or phrase.behind:
        return words.firm or phrase.behind or Comparator.AT_LEAST
    if _is_better_low(near) and kind not in {Nature.GROWTH, Nature.DECLINE}:
        return Comparator.AT_MOST
    is_whole = phrase.unit == "%" and phrase.numeral.value == _HUNDRED and kind is Nature.RATE
    return words.loose or (Comparator.EQUAL if is_whole else Comparator.AT_LEAST)
