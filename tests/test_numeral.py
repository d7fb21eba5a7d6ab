"""Numerals of plan documents, Arabic and Chinese, are read exactly or not at all."""

from decimal import Decimal

import pytest

from kesu_cli.drafting.numeral import numerals, read_numeral

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
}
SAID = {
    "百分之十五": ("15", "%"),
    "百分之百": ("100", "%"),
    "百分之15": ("15", "%"),
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


@pytest.mark.parametrize("text", ["百", "千", "万亿", "〇〇十一", "一一万二三", "一" * 21])
def test_what_is_no_numeral_has_no_value(text: str) -> None:
    assert read_numeral(text) is None


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
