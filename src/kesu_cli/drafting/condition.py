"""Numbers that look like targets but say whom a duty is about: conditions, present figures, lengths."""

import re

from kesu_cli.drafting.clause_break import clause_before
from kesu_cli.drafting.counting_verb import VERBS
from kesu_cli.drafting.measure_word import Sort
from kesu_cli.drafting.phrase import Phrase
from kesu_cli.drafting.speech import is_speech
from kesu_cli.model.plan_file import Comparator

_PRESENT = re.compile(
    "(?:现有|已有|已建成|已建|原有|现已|已达|已累计|截至目前|目前(?:全|我|共|有|拥|已))[^，。；]*$"
)
_BASE = re.compile("(?:由|从|自)(?:[^，。；、]{0,12}的)?$")
_MOVES = re.compile("[^，。；、]{0,4}?(?:提高|增加|上升|提升|增长|扩大|升|降|减少|压缩|缩短|到|至)")
_COMPARED_WITH = re.compile("(?:比|较|相比)[^，。；、]{0,12}的$")
_LENGTH_ASKED = re.compile("(?:年限|寿命|时长|时间|时限|期限|工期|天数|周期|年龄)[^，。；]{0,10}$")
_DESCRIBES_COUNTED = re.compile(r"的[^，。；、\d]{1,16}\d")  # 销售额超过1亿元的龙头企业5家
_DESCRIBES_THINGS = re.compile(  # 年接待30万人次以上的科技馆达到3座
    r"的[^，。；、\d]{1,16}\d[\d.万]*[一-龥]{1,2}(?:以上|左右)?(?:[，。；、]|$)"
)
_OF_THINGS = {Sort.MONEY, Sort.MEASURED, Sort.LASTING}
_VERB_BEFORE = re.compile(rf"(?:{VERBS}|至少|每[一-龥]{{1,4}})(?:了|好|并|出)?$|(?:{VERBS}|动员|参与).*、$")
_BELONGS_BEFORE = re.compile("(?:由|涉及|跨|经|对|以|具有|具备|含|有|被|连续|满|在|从事|取得|拥有)$")
_SHARE_BEFORE = re.compile("(?:率|占比|比例|比重|持股|占)$")
_NOUN_BEHIND = re.compile(
    f"(?!的?(?:目标|水平|任务|规模)|并|且|和|及|用于|进入|为|其中|达|{VERBS}|由|在|到|全|都|均|共|以|、)[一-龥“]"
)
_FEW = 3


def condition(text: str, phrase: Phrase) -> str:
    """Say why a phrase is no target, in words for the reader; an empty text where it is one."""
    head = clause_before(text, phrase.start)
    if not phrase.unit and not phrase.numeral.is_scaled:
        return "数字后面没有计量单位"
    if is_speech(text, phrase, head):
        return "一般叙述中的数字"
    if _PRESENT.search(head) and not phrase.before.is_aspired:
        return "现状数，不是目标"
    if (_BASE.search(head) and _MOVES.match(text, phrase.end)) or _COMPARED_WITH.search(head):
        return "作比较的基数，不是目标"
    return _of_whom(text, phrase, head)


def _of_whom(text: str, phrase: Phrase, head: str) -> str:
    words = phrase.before
    is_asked = words.firm or words.loose or _LENGTH_ASKED.search(head)
    if phrase.sort is Sort.LASTING and not is_asked:
        return "时间长度，不是数量目标"
    if _describes(text, phrase) or _is_threshold(text, phrase, head):
        return "对象的条件，不是目标"
    return ""


def _describes(text: str, phrase: Phrase) -> bool:
    """Whether a figure describes what a later figure counts."""
    if not phrase.is_compared or phrase.sort is Sort.SHARE:
        return False
    pattern = _DESCRIBES_COUNTED if phrase.sort in _OF_THINGS else _DESCRIBES_THINGS
    return pattern.match(text, phrase.end) is not None


def _is_threshold(text: str, phrase: Phrase, head: str) -> bool:
    """Tell 面积50亩以上的农场 and 两个以上部门 (conditions) from 培育100个以上的示范村 (a target)."""
    if phrase.behind in {None, Comparator.ABOUT} or phrase.before.firm or phrase.before.loose:
        return False
    if not _NOUN_BEHIND.match(text, phrase.end) or _VERB_BEFORE.search(head):
        return False
    if phrase.sort is Sort.SHARE:
        return bool(_SHARE_BEFORE.search(head)) and text.startswith("的", phrase.end)
    if phrase.sort is Sort.COUNTED and phrase.unit not in {"人", "名"}:
        return bool(_BELONGS_BEFORE.search(head)) or (not head.strip() and phrase.numeral.value <= _FEW)
    return True
