"""What each is paid or may have (每户补助3000元): a standard to keep to, and no amount to reach."""

import re

from kesu_cli.drafting.measure_word import Sort
from kesu_cli.drafting.phrase import Phrase
from kesu_cli.model.target import Comparator

REASON = "补助、奖励或待遇的标准，不是要完成的数量"
_PAID = "补助|补贴|奖励|资助|奖补|补偿|减免"
_EACH = "人|户|个|家|名|亩|月|年|餐|张|台|套|次|生|项|件|吨|辆|天|场|期|位"
_BEFORE = re.compile(
    rf"(?:给予|予以|享受|每(?:{_EACH})[^，。；]{{0,8}}(?:{_PAID}|补))[^，。；]*$"
    rf"|(?:{_PAID}|罚款)(?:标准|最高|金额|额度)?(?:可?达|为|是|按|不?超过|不低于|提高[到至]|提标[到至])?(?:每[一-龥]{{1,4}}){{0,2}}$"
)
_BEHIND = re.compile(
    rf"(?:的?(?:标准|比例|额度))?[^，。；\d]{{0,6}}(?:给予|予以|{_PAID})"
    rf"|[^，。；\d]{{0,6}}的?(?:一次性)?(?:{_PAID})(?:[，。；、]|$|标准)"
)
_FUND = re.compile("(?:安排|列支|投入|统筹|筹集|设立|预算|争取|兑现|累计)[^，。；]*$")
_ALLOWED = re.compile(
    "(?:可|允许)(?:以)?(?:再)?(?:上浮|下浮|享受|申请|放宽|延长|提高|减免|缩短)[^，。；]{0,6}$|最高可[^，。；]{0,4}$"
)


_CAPPED = re.compile("^(?:单个|单项|单户|单家|同一|每家|每个|每户|每人)[^，。；]{0,10}$")


def _is_cap(phrase: Phrase) -> bool:
    return phrase.before.firm is Comparator.AT_MOST


def is_allowance(text: str, phrase: Phrase, head: str) -> bool:
    """Tell what each is paid from what is to be spent (安排资金3000万元); ``head`` is the clause before."""
    if _ALLOWED.search(head) or (phrase.sort is Sort.MONEY and _CAPPED.search(head) and _is_cap(phrase)):
        return True
    is_paid = phrase.sort is Sort.MONEY or (phrase.sort is Sort.SHARE and head.startswith(("按", "给予")))
    if not is_paid or _FUND.search(head):
        return False
    return bool(_BEFORE.search(head) or _BEHIND.match(text, phrase.end))
