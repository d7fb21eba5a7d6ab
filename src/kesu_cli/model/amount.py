"""Amounts as people write them, read exactly or refused with the reason."""

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from kesu_cli.model.scalar_regex import DIGITS, read_pattern, typed_pattern

MULTIPLIERS = {"万": 10_000, "亿": 100_000_000}
PER_CENT = "%"

REMEMBERED = 65_536  # the same dates and numbers come back in every file of a large check

NUMBERS = "18、12,000、2万、15.4%"

_NUMBER_FORM = "(t(,T)+|D+)(.D+)?"
_NUMERAL = "万亿百十一二两三四五六七八九半"
_MORE = "余多几来"
_ABOUT = "左右|上下|以[上下内]"
_STOPS = ",.;:?!~+*=<>。、；"
_AMOUNT = re.compile(
    rf"(?P<number>{read_pattern(_NUMBER_FORM)})\s*(?P<multiplier>[万亿]?)\s*"
    rf"(?P<unit>[%‰℃]|(?![{_NUMERAL}]|千(?![克米瓦]))[^\W\d_][^\d{_STOPS}]*)?"
)
AMOUNT_TYPED = (
    rf"{typed_pattern(_NUMBER_FORM)}\s*[万亿]?\s*"
    rf"([%％‰℃]|(?![{_NUMERAL}{_MORE}]|{_ABOUT})[^\s{DIGITS}{_STOPS}_\-][^{DIGITS}{_STOPS}]*)?"
)
_VAGUE = re.compile(rf"\D*(?:[约近逾]|超过|不少于|至少)|[几数]|.*\d\s*[万亿]?\s*[{_MORE}]|.*(?:{_ABOUT})")
_NEGATIVE = re.compile(r"[-−]\s*\d")
_LONGEST = 40
_MOST_DIGITS = 20  # with 亿 still within the 28 digits that decimals multiply exactly


class Amount(NamedTuple):
    """A number and the unit of measure written with it (empty where none is).

    ``factor`` is the 万 or 亿 that was written, already applied to ``number``.
    """

    number: Decimal
    unit: str
    factor: int = 1


def normal(text: str) -> str:
    """Fold full-width digits, letters and signs into their plain forms and trim."""
    if text.isascii():
        return text.strip()
    # the brackets of nearly every name; text that is plain already costs a thirtieth
    plain = text.replace("（", "(").replace("）", ")")
    return unicodedata.normalize("NFKC", plain).strip()


@lru_cache(maxsize=REMEMBERED)
def read_amount(text: str) -> Amount:
    """Read ``2万``, ``1.2万人次``, ``15.4%``, ``１８`` or ``12,000`` as an exact decimal.

    Raises ValueError, with a message for the officer, for whatever is not one exact number.
    """
    plain = normal(text)
    if len(plain) > _LONGEST:
        raise ValueError(f"“{plain[:_LONGEST]}…”太长，不是一个数值；请只填写数字，说明写在 note 里")
    if _NEGATIVE.match(plain):
        raise ValueError(f"“{text}”是负数；如需更正以前多报的数，请直接修改原来那条")
    if _VAGUE.match(plain):
        raise ValueError(f"“{text}”不是确切的数；请填写一个确切的数，例如 18")
    match = _AMOUNT.fullmatch(plain)
    if match is None or any(sign.isdigit() and not sign.isdecimal() for sign in text):
        # folding would turn 10² into 102
        raise ValueError(f"“{text}”不是数值；请填写数字，例如 {NUMBERS}")
    digits = match["number"].replace(",", "")
    if len(digits) > _MOST_DIGITS:
        raise ValueError(f"“{text}”位数太多；请核对，例如 18、12,000、2万")
    factor = MULTIPLIERS.get(match["multiplier"], 1)
    return Amount(Decimal(digits) * factor, (match["unit"] or "").strip(), factor)


def read_unit(text: str) -> tuple[int, str]:
    """Split a unit of measure into the factor in front of it and the unit: 万人次 → (10000, 人次)."""
    plain = normal(text)
    if plain[:1] in MULTIPLIERS and len(plain) > 1:
        return MULTIPLIERS[plain[0]], plain[1:].strip()
    return 1, plain


def combine(amount: Amount, unit: str) -> Amount:
    """Join a value with the unit of measure given beside it.

    Raises ValueError where the two contradict each other.
    """
    return _joined(amount, unit) if unit else amount


@lru_cache(maxsize=REMEMBERED)  # an entry is asked twice: whether it holds together, and what it says
def _joined(amount: Amount, unit: str) -> Amount:
    factor, name = read_unit(unit)
    if amount.unit and amount.unit != name:
        raise ValueError(f"数值后面写的单位“{amount.unit}”与“unit: {unit}”不一致；请只保留一处")
    if factor > 1 and amount.factor > 1:
        raise ValueError(f"数值和“unit: {unit}”里都写了万或亿，分不清是否重复；请只在一处写")
    return Amount(amount.number * factor, name, factor * amount.factor)


def show_number(number: Decimal | Fraction | int, places: int = 2) -> str:
    """Print a number rounded half up to at most ``places`` decimals, without trailing zeros."""
    text = fixed(Fraction(number), places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def fixed(number: Fraction, places: int) -> str:
    """Print an exact fraction with exactly ``places`` decimals, rounded half away from zero."""
    scale = 10**places
    scaled = abs(number) * scale
    rounded = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    whole, rest = divmod(rounded, scale)
    sign = "-" if number < 0 and rounded else ""
    return f"{sign}{whole}.{rest:0{places}d}" if places else f"{sign}{whole}"
