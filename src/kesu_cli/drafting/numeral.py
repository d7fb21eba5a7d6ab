"""Numerals as plan documents write them, Arabic and Chinese, read as exact decimals."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

PER_CENT, PER_MILLE = "%", "‰"

_ARABIC = (
    r"(?<!\d)(?<!\d\.)(?:\d{1,3}(?:,\d{3}){1,5}(?!\d)|\d{1,16}(?:\.\d{1,6})?(?!\.?\d))"
    r"(?: ?(?:万亿|[百千]?[万亿]|百|千(?![克米瓦伏卡赫帕])))?(?:\d千(?![克米瓦]))?"
)
_CHINESE = r"[零〇一二三四五六七八九十百千万亿两廿卅]+(?:点[零〇一二三四五六七八九]+)?"
_EITHER = f"(?:{_ARABIC}|{_CHINESE})"
_NUMERAL = re.compile(
    rf"百分之(?P<hundredths>百(?![一-龥]分)|{_EITHER})|千分之(?P<thousandths>{_EITHER})"
    rf"|万分之(?P<myriads>{_EITHER})"
    rf"|(?P<whole>{_EITHER})分之(?P<parts>{_EITHER})"
    r"|(?P<over>\d+)/(?P<under>\d+)(?=以上|以下|左右|的|[，。；、]|$)"
    r"|(?P<tenths>[一二两三四五六七八九])成(?P<half>半)?(?=以上|以下|以内|左右|多|的|[，。、；]|$)"
    r"|(?P<halves>半数|一半|过半)"
    r"|翻(?P<doublings>[一二两三1-3])番"
    r"|(?<=[近上超逾约])(?P<round>十万|百万|千万|[百千万亿])(?=[名人个家次场])"
    rf"|(?P<arabic>{_ARABIC})|(?P<chinese>{_CHINESE})"
)
_MULTIPLIERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_NEIGHBOURS = re.compile(  # 两三次, 三四百人
    "(?P<low>一(?=[二两])|[二两](?=三)|三(?=[四五])|四(?=五)|五(?=六)|六(?=七)|七(?=八)|八(?=九))"
    "(?P<high>[二两三四五六七八九])(?P<sign>[十百千万亿]?)"
)
_DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_RUN = re.compile(r"(?P<digits>[\d,.]+) ?(?P<signs>[百千万亿]*)")
_LEFT_OUT = {"百": "十", "千": "百", "万": "千", "亿": "千万"}
_TEN = 10
_MOST = {"十": 10, "百": 10, "千": 10, "万": 10**4, "亿": 10**8}  # 十二千 and 三亿万 are no numbers
_MOST_CHARACTERS = 20
_WHOLE, _CENT = Decimal(100), Decimal("0.01")


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
    if kind in {"arabic", "chinese"}:
        return _number(match, text, is_arabic=kind == "arabic")
    if kind == "doublings":
        times = _DIGITS.get(match["doublings"]) or int(match["doublings"])
        return Numeral(start, end, Decimal((2**times - 1) * 100), unit=PER_CENT, is_growth=True)
    if kind == "round":
        ten = 10 if "十" in text else 1
        return Numeral(start, end, ten * _read_arabic("1" + text.lstrip("十")))
    share, unit = _share(match)
    return None if share is None else Numeral(start, end, share, unit=unit)


def _number(match: re.Match[str], text: str, *, is_arabic: bool) -> Numeral | None:
    pair = _NEIGHBOURS.fullmatch(text)
    if pair:
        scale = _MULTIPLIERS.get(pair["sign"], 1)
        low, high = _DIGITS[pair["low"]] * scale, _DIGITS[pair["high"]] * scale
        return Numeral(*match.span(), Decimal(low), Decimal(high))
    value = read_numeral(text)
    if value is None:
        return None
    return Numeral(*match.span(), value, is_arabic=is_arabic, is_scaled=text[-1] in "万亿")


def _share(match: re.Match[str]) -> tuple[Decimal | None, str]:
    if match["hundredths"]:
        return _WHOLE if match["hundredths"] == "百" else read_numeral(match["hundredths"]), PER_CENT
    if match["thousandths"]:
        return read_numeral(match["thousandths"]), PER_MILLE
    if match["myriads"]:
        return _fraction(match["myriads"], "一万"), PER_CENT
    if match["halves"]:
        return _WHOLE / 2, PER_CENT
    if match["tenths"]:
        return Decimal(_DIGITS[match["tenths"]] * 10 + (5 if match["half"] else 0)), PER_CENT
    return _fraction(match["parts"] or match["over"], match["whole"] or match["under"]), PER_CENT


def _fraction(parts_text: str, whole_text: str) -> Decimal | None:
    """Read 三分之一 as 33.33 of a hundred."""
    parts, whole = read_numeral(parts_text), read_numeral(whole_text)
    if not parts or not whole or parts > whole:
        return None
    return (parts * _WHOLE / whole).quantize(_CENT).normalize() + 0


@lru_cache(maxsize=4096)
def read_numeral(text: str) -> Decimal | None:
    """Read one plain numeral: ``1.5亿``, ``一百二十``, ``两万``, ``二〇二五``; None where there is none."""
    if len(text) > _MOST_CHARACTERS:
        return None
    return _read_arabic(text) if text[0].isdecimal() else _read_chinese(text)


def _read_arabic(text: str) -> Decimal:
    """Read 12,000, 1.5亿 and 2万5千, run by run."""
    return sum((_scaled(match["digits"], match["signs"]) for match in _RUN.finditer(text)), Decimal(0))


def _scaled(digits: str, signs: str) -> Decimal:
    value = Decimal(digits.replace(",", ""))
    for sign in signs:
        value *= _MULTIPLIERS[sign]
    return value


def _read_chinese(text: str) -> Decimal | None:
    if text[0] in _MULTIPLIERS and text[0] != "十":
        return None  # 百县千乡, 万名: a way of speaking, no amount
    plain = text.replace("廿", "二十").replace("卅", "三十").replace("〇", "零")
    whole, point, after_point = plain.partition("点")
    value, places = _digits(whole) or _by_signs(_spelt_out(whole)), _digits(after_point)
    if value is None or (point and places is None):
        return None
    return Decimal(f"{value}.{places}") if point else Decimal(value)


def _digits(text: str) -> str | None:
    """Read a row of digits, 二〇二五; None where there is anything else, or nothing."""
    is_row = text != "" and all(sign in _DIGITS for sign in text)
    return "".join(str(_DIGITS[sign]) for sign in text) if is_row else None


def _by_signs(text: str) -> int | None:
    """Read a number as so many of its greatest sign, and a rest that is less than one of them."""
    if text in _DIGITS:
        return _DIGITS[text]
    sign = next((sign for sign in reversed(_MULTIPLIERS) if sign in text), None)
    if sign is None:
        return None
    before, _, after = text.partition(sign)
    many = 1 if sign == "十" and not before else _by_signs(before)
    rest = _rest(after, _MULTIPLIERS[sign])
    return many * _MULTIPLIERS[sign] + rest if many and many < _MOST[sign] and rest is not None else None


def _rest(text: str, unit: int) -> int | None:
    """Read what follows a sign; one digit alone follows only 十, or a 零."""
    if text == "":
        return 0
    if unit == _TEN:
        return _DIGITS.get(text) or None
    value = None if text in _DIGITS else _by_signs(text.removeprefix("零"))
    return value if value and value < unit else None


def _spelt_out(text: str) -> str:
    """Add the sign that speech leaves out at the end: 二百五 is 二百五十, 一万二 is 一万二千."""
    is_short = text[-1:] in _DIGITS and text[-1:] != "零"
    return text + _LEFT_OUT.get(text[-2:-1], "") if is_short else text
