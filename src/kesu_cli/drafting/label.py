"""Labels of headings: 一、 （一） 1． （1） ①, full- or half-width, and the titles that follow them."""

import re
from enum import IntEnum
from typing import NamedTuple

_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}
_CHINESE = "[一二三四五六七八九十百〇零]{1,4}"
_ENCLOSED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BRACKETED_DIGITS = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_BRACKETED_CHINESE = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
_DOTTED_DIGITS = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"


class Rank(IntEnum):
    """How deep a heading stands: the smaller, the higher."""

    PART = 0
    CHAPTER = 1
    SECTION = 2
    ITEM = 3
    SUBITEM = 4
    POINT = 5


class Label(NamedTuple):
    """A label as printed, its rank and number, and where the text behind it begins."""

    text: str
    rank: Rank
    number: int
    end: int


_PATTERNS = (
    (Rank.PART, re.compile(rf"第({_CHINESE}|\d{{1,2}})(?:部分|章|编)[\s、．.：:]*")),
    (Rank.CHAPTER, re.compile(rf"({_CHINESE})\s*(?:、|[．.](?!\d)|,|，(?=[^，]{{2,30}}$))\s*")),
    (Rank.SECTION, re.compile(rf"第({_CHINESE}|\d{{1,2}})节[\s、．.：:]*")),
    (Rank.SECTION, re.compile(rf"[（(〔]\s*({_CHINESE})\s*[）)〕]\s*[、．.]?\s*")),
    (Rank.SECTION, re.compile(rf"([{_BRACKETED_CHINESE}])\s*[、．.]?\s*")),
    (Rank.ITEM, re.compile(r"(\d{1,3})\s*(?:[．.](?!\d)|[．.](?=(?:19|20)\d\d\s*年)|、|﹒|・|·)\s*")),
    (Rank.ITEM, re.compile(rf"([{_DOTTED_DIGITS}])\s*")),
    (
        Rank.ITEM,
        re.compile(rf"(?:第({_CHINESE}|\d{{1,3}})条|(?:任务|措施|举措)({_CHINESE}|\d{{1,2}})[：:、．.])\s*"),
    ),
    (Rank.SECTION, re.compile(rf"(?:专项行动|重点行动|行动|工程)({_CHINESE}|\d{{1,2}})[：:、．.]\s*")),
    (Rank.SUBITEM, re.compile(r"[（(]\s*(\d{1,2})\s*[）)]\s*[、．.]?\s*")),
    (Rank.SUBITEM, re.compile(r"(\d{1,2})[）)]\s*[、．.]?\s*")),
    (Rank.SUBITEM, re.compile(rf"([{_BRACKETED_DIGITS}])\s*")),
    (Rank.POINT, re.compile(rf"([{_ENCLOSED}])\s*")),
)
_LONGEST = 40
_BOX = re.compile(r"专栏\s*[\d一二三四五六七八九十]{0,3}\s*[：:、．.]?\s*")
_DASH = re.compile(r"(?:——|--|—|●|■|◆|▲|•)\s*")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_SPACED = re.compile(r"(\d{1,2})\s+(?=[\u4e00-\u9fa5])")
_DECIMAL = re.compile(r"(\d{1,2}(?:[.．]\d{1,2}){1,3})(?![\d%％万亿个名场次元])\s*[、．.]?\s*(?=[^\d\s])")


def label_of(text: str) -> Label | None:
    """Read the label at the head of a paragraph."""
    plain = text[:_LONGEST].translate(_FULL_WIDTH)
    for rank, pattern in _PATTERNS:
        match = pattern.match(plain)
        if match and match.end() < len(text):
            written = next(group for group in match.groups() if group)
            number = number_of(written)
            if number:
                return Label(text[: match.end()].strip(), rank, number, match.end())
    return None


def decimal_of(text: str) -> tuple[str, int, int] | None:
    """Read 1.1 or a bare 2 at the head of a paragraph: label, how many numbers, where the text begins."""
    plain = text[:_LONGEST].translate(_FULL_WIDTH)
    match = _DECIMAL.match(plain) or _SPACED.match(plain)
    return (match[1], len(re.split("[.．]", match[1])), match.end()) if match else None


def box_of(text: str) -> int:
    """Where the title behind 专栏1 begins; 0 where a paragraph opens no box."""
    match = _BOX.match(text)
    return match.end() if match and match.end() < len(text) <= _LONGEST else 0


def dash_of(text: str) -> int:
    """Where the text behind a leading dash or bullet begins; 0 where there is none."""
    match = _DASH.match(text)
    return match.end() if match and match.end() < len(text) else 0


def number_of(written: str) -> int:
    """Read 十二, 12, ⑫; 0 for what is no number."""
    for signs in (_ENCLOSED, _BRACKETED_DIGITS, _BRACKETED_CHINESE, _DOTTED_DIGITS):
        if written in signs:
            return signs.index(written) + 1
    if written.isdecimal():
        return int(written)
    return _of_chinese(written)


def _of_chinese(written: str) -> int:
    total, digit = 0, 0
    for sign in written:
        if sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            digit = digit * 10 + _DIGITS.get(sign, 0)
    return total + digit
