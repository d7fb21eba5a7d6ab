"""Numerals of plan documents, Arabic and Chinese, are read exactly or not at all."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kesu_cli.drafting.numeral import numerals, read_numeral

LONGEST = 20
READ = {
    "30": "30",
    "12,000": "12000",
    "1.5": "1.5",
    "2万": "20000",
    "1.5亿": "150000000",
    "0.4万": "4000",
    "3 万": "30000",
    "3千": "3000",
    "2万5千": "25000",
    "5百万": "5000000",
    "1万亿": "1000000000000",
    "一": "1",
    "十": "10",
    "十二": "12",
    "二十": "20",
    "一百零五": "105",
    "一百二十": "120",
    "二百五": "250",
    "两": "2",
    "两百": "200",
    "两万": "20000",
    "两千零二十": "2020",
    "两万亿": "2000000000000",
    "廿": "20",
    "廿五": "25",
    "卅": "30",
    "二〇二五": "2025",
    "〇": "0",
    "一点五": "1.5",
    "一亿二千万": "120000000",
    "两亿十万": "200100000",
    "三万零五百": "30500",
    "一千零一十": "1010",
    "一千零十": "1010",
    "一百十二": "112",
    "三万亿零二百": "3000000000200",
    "两千三": "2300",
    "一万二": "12000",
    "一百二十五万三": "1253000",
    "廿点五": "20.5",
    "零点零五": "0.05",
    "二〇点二五": "20.25",
    "零五": "5",
}
SAID = {
    "百分之十五": ("15", "%"),
    "百分之百": ("100", "%"),
    "百分之15": ("15", "%"),
    "百分之两点五": ("2.5", "%"),
    "百分之廿": ("20", "%"),
    "百分之一百二十": ("120", "%"),
    "千分之三": ("3", "‰"),
    "三分之一": ("33.33", "%"),
    "四分之三": ("75", "%"),
    "2/3以上": ("66.67", "%"),
    "九成以上": ("90", "%"),
    "六成半以上": ("65", "%"),
    "半数以上": ("50", "%"),
    "翻一番": ("100", "%"),
    "翻两番": ("300", "%"),
    "近万名": ("10000", ""),
    "上千家": ("1000", ""),
}


@pytest.mark.parametrize(("text", "value"), READ.items())
def test_a_numeral_has_its_exact_value(text: str, value: str) -> None:
    assert Decimal(value) == read_numeral(text)


@pytest.mark.parametrize(
    "text",
    [
        *("百", "千", "万亿", "〇〇十一", "一一万二三", "一" * 21),
        *(
            "一百零",
            "二百一万",
            "十二千",
            "一亿亿",
            "二十零五",
            "零十",
            "一点",
            "点五",
            "一点十",
            "一点二点三",
        ),
    ],
)
def test_what_is_no_numeral_has_no_value(text: str) -> None:
    assert read_numeral(text) is None


def spelt(number: int) -> str:
    """Spell a number below 10¹⁶ as an office writes it: 20010 is 二万零一十."""
    for unit, sign in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        many, rest = divmod(number, unit)
        if many:
            zero = "零" if 0 < rest < unit // 10 else ""
            return f"{spelt(many)}{sign}{zero}{spelt(rest) if rest else ''}"
    return "零一二三四五六七八九"[number]


@given(st.integers(min_value=0, max_value=10**16 - 1))
def test_what_is_spelt_is_read_back(number: int) -> None:
    text = spelt(number)
    assert (Decimal(number) if len(text) <= LONGEST else None) == read_numeral(text)
    assert read_numeral(text.replace("零", "〇")) == read_numeral(text)


@given(st.integers(min_value=0, max_value=9999), st.text("零一二三四五六七八九", min_size=1, max_size=6))
def test_what_is_spelt_with_a_fraction_is_read_back(number: int, places: str) -> None:
    digits = "".join(str("零一二三四五六七八九".index(sign)) for sign in places)
    assert Decimal(f"{number}.{digits}") == read_numeral(f"{spelt(number)}点{places}")


@given(st.text("零〇一二两三九十百千万亿廿卅点", min_size=1, max_size=12))
def test_whatever_the_signs_a_numeral_is_read_or_not(text: str) -> None:
    value = read_numeral(text)
    assert value is None or value >= 0


@pytest.mark.parametrize(("text", "said"), SAID.items())
def test_shares_and_ways_of_speaking_have_their_value(text: str, said: tuple[str, str]) -> None:
    (numeral,) = numerals(text)
    assert (Decimal(said[0]), said[1]) == (numeral.value, numeral.unit)


@pytest.mark.parametrize(
    ("text", "low", "high"), [("两三次", 2, 3), ("一两次", 1, 2), ("三五个", 3, 5), ("三四百人", 300, 400)]
)
def test_two_neighbouring_digits_are_a_range(text: str, low: int, high: int) -> None:
    (numeral,) = numerals(text)
    assert (Decimal(low), Decimal(high)) == (numeral.value, numeral.high)


@pytest.mark.parametrize("text", ["百县千乡", "万名干部", "千方百计", "10千克"])
def test_names_hold_no_numeral_but_what_stands_in_digits(text: str) -> None:
    assert [numeral.value for numeral in numerals(text)] == ([10] if text[0] == "1" else [])
