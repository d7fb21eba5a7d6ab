"""比较词: the words before and behind a number that say how it is to be compared."""

import re
from dataclasses import dataclass

from kesu_cli.model.target import Comparator

# words that fix the comparison by themselves; nothing behind the number changes it
_FIRM = {
    Comparator.AT_LEAST: ("不少于 不得少于 不应少于 不低于 不得低于 不应低于 不小于 至少 最少 起码 ≥ >="),
    Comparator.MORE_THAN: "超过 超出 大于 高于 多于 突破 超越 > 超",
    Comparator.AT_MOST: (
        "不超过 不得超过 不超出 不高于 不得高于 不大于 不得大于 不多于 不得多于 至多 最多 最高 不突破 ≤ <="
    ),
    Comparator.LESS_THAN: "低于 少于 小于 不足 不到 不满 <",
    Comparator.ABOUT: "大约 约为 约 将近 接近 近",
}
# words that say which way the figure should go; 以上, 以下, 左右 behind the number say more
_LOOSE = {
    Comparator.AT_LEAST: (
        "达到 达成 达 提高到 提高至 提升到 提升至 增加到 增加至 增长到 增长至 扩大到 扩大至 上升到 上升至 "
        "发展到 发展至 增至 升至 提至 扩至 保持在 稳定在 维持在 占到"
    ),
    Comparator.AT_MOST: (
        "控制在 控制到 限制在 严控在 降至 降到 降低到 降低至 下降到 下降至 减少到 减少至 压减到 压减至 "
        "缩短到 缩短至 缩短为 压缩到 压缩至 压缩在 缩减到 缩减至"
    ),
}
_BEHIND = {
    Comparator.AT_LEAST: "+ 及以上 或以上 以上 之上",
    Comparator.AT_MOST: "及以下 或以下 以下 以内 之内 之下",
    Comparator.ABOUT: "左右 上下",
}
_ASPIRED = "力争 争取 努力 冲刺 奋力"
_NEUTRAL = (
    "下达 传达 分别 总计 共计 合计 累计 总数 平均 各 均 共 为 是 到 至 在 的 了 于 也 要 应 将 "
    "实现 时间 保持 ："
)
_CONFLICT = re.compile(r"(?:达到|达|不低于|不少于)[（(](?:超过|突破|高于|大于)[)）]$")


def _table(words: dict[Comparator, str]) -> dict[str, Comparator]:
    return {word: comparator for comparator, row in words.items() for word in row.split()}


_FIRM_WORDS, _LOOSE_WORDS, _BEHIND_WORDS = _table(_FIRM), _table(_LOOSE), _table(_BEHIND)
_BEFORE = sorted(
    (*_FIRM_WORDS, *_LOOSE_WORDS, *_ASPIRED.split(), *_NEUTRAL.split()), key=lambda word: (-len(word), word)
)
_AFTER = re.compile("|".join(re.escape(word) for word in sorted(_BEHIND_WORDS, key=lambda word: -len(word))))
_MOST_WORDS = 5
_REACH = 18
_AHEAD = re.compile(
    r"(?P<word>至少|最少|至多|最多|不超过|不少于)[一-龥]{1,5}$|(?P<share>不低于|不少于|超过|高于|大于|不超过|达到)[^，。；、\d]{1,12}的$"
)  # 最多设立5个


@dataclass(frozen=True, slots=True)
class Before:
    """What the words directly before a number say, and where they begin."""

    start: int
    firm: Comparator | None = None
    loose: Comparator | None = None
    is_aspired: bool = False
    conflict: bool = False


def before(text: str, end: int) -> Before:
    """Read the comparing words that end where the number begins."""
    conflict = _CONFLICT.search(text, 0, end) if text[end - 1 : end] in {"）", ")"} else None
    if conflict:
        return Before(conflict.start(), loose=Comparator.AT_LEAST, conflict=True)
    firm = loose = None
    aspired, start, at = False, end, end
    for _ in range(_MOST_WORDS):
        stripped = len(text[:at].rstrip(" "))
        word = next((word for word in _BEFORE if text.endswith(word, 0, stripped)), None)
        if word is None:
            break
        at = stripped - len(word)
        firm = firm or _FIRM_WORDS.get(word)
        loose = loose or _LOOSE_WORDS.get(word)
        aspired = aspired or word in _ASPIRED.split()
        start = at if word not in _NEUTRAL.split() else start
    ahead = None if firm or loose else _AHEAD.search(text, max(0, at - _REACH), at)
    if ahead:
        return Before(
            ahead.start(),
            _FIRM_WORDS.get(ahead["word"] or ahead["share"], Comparator.AT_LEAST),
            is_aspired=aspired,
        )
    return Before(start, firm, loose, aspired)


def behind(text: str, start: int) -> tuple[Comparator | None, int]:
    """Read the comparing word that stands directly behind a number and its unit."""
    match = _AFTER.match(text, start)
    return (_BEHIND_WORDS[match.group()], match.end()) if match else (None, start)
