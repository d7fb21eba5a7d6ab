"""Numerals as plan documents write them, Arabic and Chinese, read as exact decimals."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

PER_CENT, PER_MILLE = "%", "‰"

_ARABIC = (
    r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?)"
    r"(?: ?(?:万亿|[百千]?[万亿]|百|千(?![克米瓦伏卡赫帕])))?(?:\d千(?![克米瓦]))?"
)
_CHINESE = r"[零〇一二三四五六七八九十百千万亿两廿卅]+(?:点[零〇一二三四五六七八九]+)?"
_EITHER = f"(?:{_ARABIC}|{_CHINESE})"
_NUMERAL = re.compile(
    rf"百分之(?P<hundredths>百(?![一-龥]分)|{_EITHER})|千分之(?P<thousandths>{_EITHER})"
    rf"|(?P<whole>{_EITHER})分之(?P<parts>{_EITHER})"
    r"|(?P<over>\d+)/(?P<under>\d+)(?=以上|以下|左右|的)"
    r"|(?P<tenths>[一二两三四五六七八九])成(?P<half>半)?(?=以上|以下|以内|左右|多|的|[，。、；]|$)"
    r"|(?P<halves>半数|一半|过半)"
    r"|翻(?P<doublings>[一二两三1-3])番"
    r"|(?<=[近上超逾约])(?P<round>十万|百万|千万|[百千万亿])(?=[名人个家次场])"
    rf"|(?P<arabic>{_ARABIC})|(?P<chinese>{_CHINESE})"
)
_MULTIPLIERS = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_NEIGHBOURS = re.compile(
    r"(?:一[二两]|[二两]三|三四|三五|四五|五六|六七|七八|八九)(?![零〇一二三四五六七八九])"
)
_DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_MOST_CHARACTERS = 20
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral in its place; ``unit`` where the words hold one themselves (百分之十五, 九成)."""

    start: int
    end: int
    value: Decimal
    high: Decimal | None = None  # 两三次
    unit: str = ""
    is_arabic: bool = False
    is_scaled: bool = False  # 万 or 亿 was written
    is_growth: bool = False  # 翻一番


def numerals(text: str) -> Iterator[Numeral]:
    """Yield the numerals of a plain text that can be read, from left to right."""
    for match in _NUMERAL.finditer(text):
        numeral = _read(match)
        if numeral is not None:
            yield numeral


def _read(match: re.Match[str]) -> Numeral | None:
    kind, text = str(match.lastgroup), match.group()
    start, end = match.span()
    if kind == "doublings":
        times = _DIGITS.get(match["doublings"]) or int(match["doublings"])
        return Numeral(start, end, Decimal((2**times - 1) * 100), unit=PER_CENT, is_growth=True)
    if kind == "round":
        return Numeral(start, end, _read_arabic(f"1{text.lstrip('十')}") * (10 if "十" in text else 1))
    if kind in {"arabic", "chinese"}:
        neighbours = _NEIGHBOURS.fullmatch(text)
        if neighbours:
            return Numeral(start, end, Decimal(_DIGITS[text[0]]), Decimal(_DIGITS[text[1]]))
        value = read_numeral(text)
        arabic = kind == "arabic"
        scaled = text[-1] in "万亿"
        return None if value is None else Numeral(start, end, value, is_arabic=arabic, is_scaled=scaled)
    share, unit = _share(match)
    return None if share is None else Numeral(start, end, share, unit=unit)


def _share(match: re.Match[str]) -> tuple[Decimal | None, str]:
    if match["hundredths"] == "百":
        return Decimal(100), PER_CENT
    if match["hundredths"]:
        return read_numeral(match["hundredths"]), PER_CENT
    if match["thousandths"]:
        return read_numeral(match["thousandths"]), PER_MILLE
    if match["halves"]:
        return Decimal(50), PER_CENT
    if match["tenths"]:
        return Decimal(_DIGITS[match["tenths"]] * 10 + (5 if match["half"] else 0)), PER_CENT
    parts = read_numeral(match["parts"] or match["over"])
    whole = read_numeral(match["whole"] or match["under"])
    if not parts or not whole:
        return None, PER_CENT
    return (parts * 100 / whole).quantize(_CENT).normalize() + 0, PER_CENT


@lru_cache(maxsize=4096)
def read_numeral(text: str) -> Decimal | None:
    """Read one numeral: ``2万``, ``１.5亿`` folded, ``一百二十``, ``两万``, ``二〇二五``; None for what is none."""
    if len(text) > _MOST_CHARACTERS:
        return None
    return _read_arabic(text) if text[0].isdecimal() else _read_chinese(text)


def _read_arabic(text: str) -> Decimal:
    digits, tail = re.fullmatch(r"([\d,.]+) ?(.*)", text).groups()  # type: ignore[union-attr]
    value = Decimal(digits.replace(",", ""))
    thousands = re.fullmatch(r"(.*?)(\d)千", tail)
    if thousands:
        tail = thousands[1]
    for sign in tail:
        value *= _MULTIPLIERS[sign]
    return value + (int(thousands[2]) * 1000 if thousands else 0)


def _read_chinese(text: str) -> Decimal | None:
    if text[0] in "百千万亿点":
        return None  # 百县千乡, 万名: a way of speaking, no amount
    from cn2an import cn2an

    try:
        return Decimal(str(cn2an(text.replace("卅", "三十"), "normal")))
    except ValueError:
        return None
