"""Numbers that look like targets but say whom a duty is about: conditions, present figures, lengths."""

import re

from kesu_cli.drafting.clause_break import clause_before
from kesu_cli.drafting.counting_verb import VERBS
from kesu_cli.drafting.measure_word import Sort
from kesu_cli.drafting.phrase import Phrase
from kesu_cli.drafting.speech import is_speech
from kesu_cli.model.target import Comparator

_PRESENT = re.compile(
    "(?:现有|已有|已建成|已建|原有|现已|已达|已累计|截至目前|目前(?:全|我|共|有|拥|已))[^，。；]*$"
)
_BASE = re.compile("(?:由|从|自)(?:[^，。；、]{0,12}的|(?:每[一-龥]{1,4}){1,2})?$")
_MOVES = re.compile("[^，。；、]{0,4}?(?:提高|增加|上升|提升|增长|扩大|升|降|减少|压缩|缩短|到|至)")
_COMPARED_WITH = re.compile("(?:比|较|相比)[^，。；、]{0,12}的$")
_LENGTH_ASKED = re.compile("(?:年限|寿命|时长|时间|时限|期限|工期|天数|周期|年龄)[^，。；]{0,10}$")
_DESCRIBES_COUNTED = re.compile(r"的[^，。；、\d]{1,16}\d")  # 销售额超过1亿元的龙头企业5家
_DESCRIBES_THINGS = re.compile(  # 年接待30万人次以上的科技馆达到3座
    r"的[^，。；、\d]{1,16}\d[\d.万]*[一-龥]{1,2}(?:以上|左右)?(?:[，。；、]|$)"
)
_OF_RATE = re.compile(r"[^，。；、\d]{2,16}(?:率|比例|占比)[^，。；\d]{0,6}\d")  # 3个国控断面水质达标率100%
_BOUNDS = {Comparator.AT_LEAST, Comparator.AT_MOST}
_OF_THINGS = {Sort.MONEY, Sort.MEASURED, Sort.LASTING}
_VERB_BEFORE = re.compile(rf"(?:{VERBS}|至少|每[一-龥]{{1,4}})(?:了|好|并|出)?$|(?:{VERBS}|动员|参与).*、$")
_BELONGS_BEFORE = re.compile("(?:由|涉及|跨|经|对|以|具有|具备|含|有|被|连续|满|在|从事|取得|拥有)$")
_SHARE_BEFORE = re.compile("(?:率|占比|比例|比重|持股|占)$")
_NOUN_BEHIND = re.compile(
    f"(?!的?(?:目标|水平|任务|规模)|并|且|和|及|用于|进入|为|其中|达|{VERBS}|由|在|到|全|都|均|共|以|、)[一-龥“]"
)
_FEW = 3
_OF_ONE_COUNTED = re.compile(
    r"[\d一二两三四五六七八九十](?:[一-龥]{1,2})$"
)  # 1处不少于1000平方米的养老服务中心
_ITS = re.compile("的[一-龥“]")
_AROUND = re.compile("(?:半径|内外)?范围|半径|以远|以外|纵深")
_PERSONS_MET = re.compile("^(?:并)?(?:对|凡|凡是|针对)")
_THOSE = re.compile("[^，。；]*?的(?:[一-龥，,]|$)")
_IN_A_ROW = re.compile(r"连续[^，。；\d]{0,2}$")


def condition(text: str, phrase: Phrase) -> str:
    """Say why a phrase is no target, in words for the reader; an empty text where it is one."""
    head = clause_before(text, phrase.start)
    if not phrase.unit and not phrase.numeral.is_scaled:
        return "数字后面没有计量单位"
    if is_speech(text, phrase, head):
        return "一般叙述中的数字"
    if _PRESENT.search(head) and not phrase.before.is_aspired and phrase.before.firm not in _BOUNDS:
        return "现状数，不是目标"
    if (_BASE.search(head) and _MOVES.match(text, phrase.end)) or _COMPARED_WITH.search(head):
        return "作比较的基数，不是目标"
    return _of_whom(text, phrase, head)


def _of_whom(text: str, phrase: Phrase, head: str) -> str:
    words = phrase.before
    is_asked = words.firm or words.loose or _LENGTH_ASKED.search(head)
    if phrase.sort is Sort.LASTING and not is_asked:
        return "时间长度，不是数量目标"
    if _names_whom(text, phrase, head) or _describes(text, phrase) or _is_threshold(text, phrase, head):
        return "对象的条件，不是目标"
    return ""


def _names_whom(text: str, phrase: Phrase, head: str) -> bool:
    """Tell whom or what a figure describes.

    对完成率低于80%的乡镇, 对连续两次排名末位的, 两侧50米范围内, 1处1000平方米的中心.
    """
    if _AROUND.match(text, phrase.end):
        return True
    is_placed = text.endswith("前", 0, phrase.start)  # 对获得前三名的选手
    is_met = _PERSONS_MET.search(head) and (phrase.sort is not Sort.COUNTED or is_placed)
    if (is_met or _IN_A_ROW.search(text, 0, phrase.start)) and _THOSE.match(text, phrase.end):
        return True
    is_bare = phrase.sort is Sort.COUNTED and not phrase.is_compared and not head.strip()
    if is_bare and _OF_RATE.match(text, phrase.end):
        return True
    is_size = phrase.sort in {Sort.MEASURED, Sort.MONEY} and _ITS.match(text, phrase.end)
    return bool(is_size and _OF_ONE_COUNTED.search(text, 0, phrase.start))


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
