"""Tells numerals that are meant (建设一个科技馆) from those that are a way of speaking (同一个, 一条龙)."""

import re

from kesu_cli.drafting.counting_verb import VERBS
from kesu_cli.drafting.measure_word import Sort
from kesu_cli.drafting.phrase import Phrase

_IDIOM = re.compile(
    "张(?:网|蓝图|表|图|卡|清单)|条(?:龙|线|心)|件(?:事|实事)|盘棋|站式|次性|户一|家亲|本(?:账|通)|处(?:一|理)|项一"
    "|个(?:周期|闭环|口子|样|声音|窗口|整体|都不)"
)
_ONE_OF_KIND = re.compile("[支批套种类代期级届项门本面条对]")
_NOT_COUNTED = re.compile("(?:经过|[同另每任某这那之唯第统逐单哪该进分新])$")
_ONE_TO_EACH = re.compile("一(?!年)[一-龥]{1,2}$")  # 一村一名
_ASKED = re.compile(rf"(?:{VERBS})(?:了|好|并|出)?$|每|至少|各$|开展|举办|组织|一年")


def is_speech(text: str, phrase: Phrase, head: str) -> bool:
    """Whether a Chinese numeral counts nothing; ``head`` are the words of its clause before it."""
    number = phrase.numeral
    if number.is_arabic or number.unit or phrase.sort is Sort.CHANGE:
        return False
    if _IDIOM.match(text, number.end):
        return True
    if phrase.is_compared:
        return False
    if _NOT_COUNTED.search(text, 0, number.start) or _ONE_TO_EACH.search(head):
        return True
    return number.value == 1 and _is_loose_one(text, number.end, head)


def _is_loose_one(text: str, end: int, head: str) -> bool:
    if _ONE_OF_KIND.match(text, end) and not re.search("每(?!年|月|季|学期|半年)|至少", head):
        return True
    return not _ASKED.search(head)
