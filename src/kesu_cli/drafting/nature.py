"""What sort of figure a number is, and how it is to be compared when all its words are read."""

import re

from kesu_cli.drafting.figure import Nature
from kesu_cli.drafting.measure_word import Sort
from kesu_cli.drafting.phrase import Phrase
from kesu_cli.model.plan_file import Comparator

_LOWER_IS_BETTER = re.compile(
    r"浓度|死亡|发病率|失业率|辍学率|近视率|肥胖率|感染率|能耗|水耗|电耗|用水量|排放|事故|亡人|伤亡|贫困发生率|投诉率|差错率|漏损率|"
    r"空置率|不合格率|负债率|违法率|发案|重污染天数|使用量|办结时限|班额"
)
_RISES = re.compile(r"(?:提高|提升|增长|增加|上升|扩大|增幅|递增|增速提高)(?:了|约|近)?$")
_FALLS = re.compile(r"(?:下降|降低|减少|压减|缩减|压缩|降幅|递减)(?:了|约|近)?$")
_BASELINE = re.compile(r"(?:比|较)[^，。；]{0,14}(?:年|上年|同期|末|基期)|在[^，。；]{0,12}基础上")
_STOCK = re.compile(r"总数|总量|存量|保有量|累计|总人数|总面积|总规模|拥有量")
_HUNDRED = 100


def nature(phrase: Phrase, near: str, per: str) -> Nature:
    """Say what sort of figure a phrase is; ``near`` are the words of its clause before it."""
    if phrase.numeral.is_growth or _rises(phrase, near):
        return Nature.GROWTH
    if _falls(phrase, near):
        return Nature.DECLINE
    if per:
        return Nature.PER_ENTITY
    if phrase.sort is Sort.SHARE:
        return Nature.RATE
    if phrase.sort is Sort.CHANGE and phrase.unit != "倍":
        return Nature.RELATIVE
    if phrase.sort is Sort.CHANGE or (phrase.sort is Sort.MEASURED and phrase.before.loose):
        return Nature.LEVEL
    if phrase.unit.startswith("/") or "/" in phrase.unit or phrase.sort is Sort.LASTING:
        return Nature.LEVEL
    return Nature.STOCK if _STOCK.search(near) else Nature.COUNT


def _is_relative(phrase: Phrase, near: str) -> bool:
    return phrase.sort in {Sort.SHARE, Sort.CHANGE} or bool(_BASELINE.search(near))


def _rises(phrase: Phrase, near: str) -> bool:
    return bool(_RISES.search(_bare(near))) and _is_relative(phrase, near)


def _falls(phrase: Phrase, near: str) -> bool:
    return bool(_FALLS.search(_bare(near))) and _is_relative(phrase, near)


def _bare(near: str) -> str:
    return re.sub(r"(?:不少于|不低于|不超过|超过|至少|大于|高于|约|分别|[ ])+$", "", near)


def comparator(phrase: Phrase, near: str, kind: Nature) -> Comparator:
    """Join the words before and behind a number; a bare number asks for at least so much."""
    if phrase.high is not None:
        return Comparator.BETWEEN
    words = phrase.before
    if words.firm:
        return words.firm
    if phrase.behind:
        return phrase.behind
    if _LOWER_IS_BETTER.search(near) and kind not in {Nature.GROWTH, Nature.DECLINE}:
        return Comparator.AT_MOST
    if words.loose:
        return words.loose
    is_whole = phrase.unit == "%" and phrase.numeral.value == _HUNDRED and kind is Nature.RATE
    return Comparator.EQUAL if is_whole else Comparator.AT_LEAST
