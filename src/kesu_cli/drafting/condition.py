"""Numbers that look like targets but say whom or what a duty is about: conditions, present figures, lengths."""

import re

from kesu_cli.drafting.measure_word import Sort
from kesu_cli.drafting.phrase import Phrase
from kesu_cli.model.plan_file import Comparator

VERBS = (
    "培训|培育|培养|建设|建成|建立|新建|改建|扩建|修建|筹建|创建|打造|举办|开展|组织|引进|引育|选拔|选派|选聘|资助|扶持|认定|评选|评定|"
    "表彰|奖励|完成|新增|增加|发展|配备|配置|设立|设置|推广|编印|编写|编制|制作|发放|出版|命名|改造|提升|投入|投放|安排|筹集|落实|支持|遴选|"
    "推出|推荐|召开|放映|服务|创作|培植|实施|推进|推动|达到|形成|吸引|吸纳|带动|覆盖|布局|设|建|办|育|招收|招募|选树|孵化|转化|申报|争取|"
    "获得|获|派出|派驻|开设|开办|开发|种植|治理|整治|创办|补贴|签约|引入|辐射|惠及|受益|接待|帮扶|安置|解决|实现|确保|巩固|完善|升级|储备|评|发"
)
_VERB_BEFORE = re.compile(rf"(?:{VERBS}|至少|每[一-龥]{{1,4}})(?:了|好|并|出)?$")
_CONDITION_BEFORE = re.compile(r"(?:由|涉及|跨|经|对|以|具有|具备|含|有|被|连续|满|在|从事|取得|拥有)$")
_SENTENCE_GOES_ON = re.compile(r"(?:的|、)?[一-龥“]")
_NO_NOUN = re.compile(
    rf"(?:的?(?:目标|水平|任务|规模)|并|且|和|及|以及|用于|进入|为|其中|达|{VERBS}|由|在|到|全|都|均|共|以|，|。|、)"
)
_PRESENT = re.compile(
    r"(?:现有|已有|已建成|已建|原有|现已|已达|已累计|截至目前|目前(?:全|我|共|有|拥|已))[^，。；]*$"
)
_BASE = re.compile(r"(?:由|从|自)(?:[^，。；、]{0,12}的)?$")
_RISES = re.compile(
    r"[^，。；、]{0,4}?(?:提高|增加|上升|提升|增长|扩大|升|降|下降|降低|减少|压缩|缩短|到|至)"
)
_COMPARED_WITH = re.compile(r"(?:比|较|相比)[^，。；、]{0,12}的$")
_DESCRIBES_COUNTED = re.compile(r"的[^，。；、\d]{1,16}\d")  # 销售额超过1亿元的龙头企业5家
_OF_THINGS = {Sort.MONEY, Sort.MEASURED, Sort.LASTING}
_LENGTH_TARGET = re.compile(r"(?:年限|寿命|时长|时间|时限|期限|工期|天数|周期|年龄)[^，。；]{0,10}$")
_FEW = 3
_IDIOM = re.compile(
    r"(?:张(?:网|蓝图|表|图|卡|清单)|条(?:龙|线|心)|件(?:事|实事)|盘棋|站式|次性|个(?:口子|样|声音|窗口|整体|都不)|户一|家亲|本(?:账|通)|处(?:一|理)|项一)"
)
_ONE_OF_KIND = re.compile(r"[支批套种类代期级届项门本面条对]|系列")
_NOT_COUNTED = re.compile(r"[同另每任某这那之唯第统逐单哪该进有]$")
_ONE_OF_EACH = re.compile(r"一(?!年)[一-龥]{1,2}$")


def condition(text: str, phrase: Phrase) -> str:
    """Say why a phrase is no target, in words for the reader; an empty text where it is one."""
    number = phrase.numeral
    head = re.split("[，。；;：:\n]", text[: phrase.start])[-1]
    if not phrase.unit and not (number.is_scaled or number.unit):
        return "数字后面没有计量单位"
    if (
        not number.is_arabic
        and not number.unit
        and phrase.sort is not Sort.CHANGE
        and _is_speech(text, phrase, head)
    ):
        return "一般叙述中的数字"
    if _PRESENT.search(head) and not phrase.before.is_aspired:
        return "现状数，不是目标"
    if (_BASE.search(head) and _RISES.match(text, phrase.end)) or _COMPARED_WITH.search(head):
        return "作比较的基数，不是目标"
    if phrase.sort is Sort.LASTING and not _is_length_target(phrase, head):
        return "时间长度，不是数量目标"
    if _is_threshold(text, phrase, head):
        return "对象的条件，不是目标"
    return ""


def _is_speech(text: str, phrase: Phrase, head: str) -> bool:
    """Tell 建设一个科技馆 from 同一个, 一条龙 and 一支队伍."""
    after = phrase.numeral.end
    if _NOT_COUNTED.search(text[: phrase.numeral.start]) and not phrase.is_compared and "至少" not in head:
        return text[phrase.numeral.start - 1] not in "每有" or not head.endswith(("至少有", "建有"))
    if (
        _IDIOM.match(text, after)
        or head.endswith("分")
        or (_ONE_OF_EACH.search(head) and not phrase.is_compared)
    ):
        return True
    if phrase.numeral.value != 1 or phrase.is_compared or phrase.high is not None:
        return False
    if _ONE_OF_KIND.match(text, after) and not re.search("每|至少", head):
        return True
    return not (_VERB_BEFORE.search(head) or re.search("每|至少|各$|开展|举办|组织|一年", head))


def _is_length_target(phrase: Phrase, head: str) -> bool:
    words = phrase.before
    return bool(words.firm or words.loose or _LENGTH_TARGET.search(head))


def _is_threshold(text: str, phrase: Phrase, head: str) -> bool:
    """Tell 面积50亩以上的农场 and 两个以上部门 (conditions) from 培育100个以上的示范村 (a target)."""
    if _DESCRIBES_COUNTED.match(text, phrase.end) and phrase.is_compared and phrase.sort in _OF_THINGS:
        return True
    if phrase.behind in {None, Comparator.ABOUT} or phrase.before.firm or phrase.before.loose:
        return False
    if _NO_NOUN.match(text, phrase.end) and not text.startswith("的", phrase.end):
        return False
    if not _SENTENCE_GOES_ON.match(text, phrase.end) or _NO_NOUN.match(text, phrase.end):
        return False
    if _VERB_BEFORE.search(head):
        return False
    if phrase.sort is Sort.SHARE:
        return bool(re.search("(?:率|占比|比例|比重|持股|占)$", head)) and text.startswith("的", phrase.end)
    if phrase.sort is Sort.COUNTED and phrase.unit not in {"人", "名"}:
        return bool(_CONDITION_BEFORE.search(head)) or (not head.strip() and phrase.numeral.value <= _FEW)
    return True
