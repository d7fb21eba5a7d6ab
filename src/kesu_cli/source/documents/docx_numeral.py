"""Numbers as Word prints them in front of paragraphs: 一, 十二, １, ①, 甲, ii."""

from collections.abc import Callable

_CHINESE = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_HEAVENLY = "甲乙丙丁戊己庚辛壬癸"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_TEN, _HUNDRED, _LAST_SIGN, _HUGE = 10, 100, 20, 10_000


def numeral(number: int, form: str) -> str:
    """Print a number in one of the forms of Word; an unknown form, or a huge number, is printed in digits."""
    return _FORMS.get(form, str)(number) if number < _HUGE else str(number)


def _counting(number: int) -> str:
    if number < _TEN:
        return _CHINESE[number]
    if number < _HUNDRED:
        tens, ones = divmod(number, _TEN)
        return f"{_CHINESE[tens] if tens > 1 else ''}十{_CHINESE[ones] if ones else ''}"
    hundreds, rest = divmod(number, _HUNDRED)
    if not rest:
        return f"{_counting(hundreds)}百"
    between = "零" if rest < _TEN else "一" if rest < 2 * _TEN else ""
    return f"{_counting(hundreds)}百{between}{_counting(rest)}"


def _digits_of(signs: str) -> Callable[[int], str]:
    return lambda number: "".join(signs[int(digit)] for digit in str(number))


def _signs_from(first: str) -> Callable[[int], str]:
    """Print one of the twenty enclosed numbers that begin with the given sign."""
    return lambda number: chr(ord(first) + number - 1) if 1 <= number <= _LAST_SIGN else str(number)


def _heavenly(number: int) -> str:
    return _HEAVENLY[(number - 1) % len(_HEAVENLY)]


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26)


def _roman(number: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        written += sign * count
    return written


_FORMS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _counting,
    "chineseCountingThousand": _counting,
    "japaneseCounting": _counting,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _counting,
    "ideographDigital": _digits_of(_CHINESE),
    "chineseLegalSimplified": _digits_of(_LEGAL),
    "decimalFullWidth": _digits_of("０１２３４５６７８９"),
    "decimalFullWidth2": _digits_of("０１２３４５６７８９"),
    "decimalEnclosedCircle": _signs_from("①"),
    "decimalEnclosedCircleChinese": _signs_from("①"),
    "decimalEnclosedParen": _signs_from("⑴"),
    "decimalEnclosedFullstop": _signs_from("⒈"),
    "decimalZero": "{:02d}".format,
    "ideographTraditional": _heavenly,
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}
