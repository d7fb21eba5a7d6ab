"""What is counted, as far as the words around a number tell."""

import re

from kesu_cli.drafting.clause_break import clause_before
from kesu_cli.drafting.counting_verb import VERBS
from kesu_cli.drafting.phrase import Phrase

_STOP = re.compile(r"[，。；;：:、（）()\n]|以及|和(?=\d)|并(?=[一-龥])")
_LONG_VERBS = "|".join(verb for verb in VERBS.split("|") if len(verb) > 1)
_LEADING = re.compile(
    r"^(?:\d+[.、]|[一二三四五]是|在?(?:到|至)?[十\d]*年(?:底|末)?(?:前)?|每年|每季度|全年|年均|其中|包括|包含|全市|全县|全省|全区|我市|我省|我县|重点|积极|力争|确保|到|共|累计|"
    rf"计划|推动|持续|至少|各|分别|和|及|与|(?:{_LONG_VERBS})(?!率|面|量|数|度|时|比|人数|任务|经费))+"
)
_TRAILING = re.compile(
    r"(?:数量|人数|总数|总量|数|占比|比例|比重|的比例|的)?(?:分别|要|将|应|都|均|各|共|达|到|在|为|是|不)*$"
)
_CLAUSE_AFTER = re.compile(r"[^，。；;：:、（）()\n\d]+")
_TAIL = re.compile(r"^(?:以上|以下|以内|左右|的)+")


def noun(text: str, phrase: Phrase) -> str:
    """Take the words behind the unit (30名科技辅导员), or before the number (科技辅导员30名)."""
    following = _CLAUSE_AFTER.match(text, phrase.end)
    if following and phrase.unit != "%":
        words = _TAIL.sub("", following.group())
        if words and not re.match(rf"{VERBS}|和|及|以及|或", words):
            return words.rpartition("的")[2] if not words.endswith("的") else words[:-1]
    head = _STOP.split(clause_before(text, phrase.start))[-1]
    return _LEADING.sub("", _TRAILING.sub("", head)).strip()
