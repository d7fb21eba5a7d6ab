"""Amounts are read exactly as people write them, or refused with what to write instead."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kesu_cli.model.amount import Amount, combine, fixed, normal, read_amount, read_unit, show_number

READ = [
    ("18", "18", "", 1),
    ("１８", "18", "", 1),
    (" 18 ", "18", "", 1),
    ("0", "0", "", 1),
    ("007", "7", "", 1),
    ("12,000", "12000", "", 1),
    ("１２，０００", "12000", "", 1),
    ("1,234,567.5", "1234567.5", "", 1),
    ("2万", "20000", "", 10_000),
    ("2 万", "20000", "", 10_000),
    ("1.2万人次", "12000", "人次", 10_000),
    ("1．2万 人次", "12000", "人次", 10_000),
    ("0.35亿元", "35000000", "元", 100_000_000),
    ("15.4%", "15.4", "%", 1),
    ("15.4％", "15.4", "%", 1),
    ("0.15%", "0.15", "%", 1),
    ("15个百分点", "15", "个百分点", 1),
    ("30名", "30", "名", 1),
    ("30 人/次", "30", "人/次", 1),
    ("5千克", "5", "千克", 1),
    ("3个数字科技馆", "3", "个数字科技馆", 1),
    ("5个多媒体教室", "5", "个多媒体教室", 1),
    ("12345678901234567890亿", "1234567890123456789000000000", "", 100_000_000),
]


@pytest.mark.parametrize(("text", "number", "unit", "factor"), READ)
def test_what_people_write_is_read_exactly(text: str, number: str, unit: str, factor: int) -> None:
    assert Amount(Decimal(number), unit, factor) == read_amount(text)


NOT_A_NUMBER = [
    "", "-", "—", "是", "NaN", "inf", "二十", "2万二", "2万半", "5千人", "3百", "2万万", "1.2万亿", "1,23",
    "12,00", "1,2345", "12 000", "18\n19", "1.", ".5", "1.2.3", "+5", "1e5", "1/2", "18?", "18。", "5000+",
    "30名~", "2024-07-16", "10²", "①", "½",
]  # fmt: skip


@pytest.mark.parametrize("text", NOT_A_NUMBER)
def test_what_is_no_number_is_refused_with_examples_of_one(text: str) -> None:
    with pytest.raises(ValueError, match="不是数值") as refusal:
        read_amount(text)
    assert f"“{text}”不是数值；请填写数字，例如 18、12,000、2万、15.4%" == str(refusal.value)


VAGUE = [
    "约30", "大约30名", "近30", "将近2万", "逾30", "超过100", "不少于30", "至少3次", "几十",
    "数百人",
    "30余名", "30多名", "2万多人次", "2 万余人", "30来名",
    "30左右", "18人左右", "30上下", "100以上", "100名以内", "5以下",
]  # fmt: skip


@pytest.mark.parametrize("text", VAGUE)
def test_a_vague_number_is_refused_and_an_exact_one_asked_for(text: str) -> None:
    with pytest.raises(ValueError, match="请填写一个确切的数") as refusal:
        read_amount(text)
    assert f"“{text}”不是确切的数；请填写一个确切的数，例如 18" == str(refusal.value)


@pytest.mark.parametrize("text", ["-3", "－3", "−3", "- 3名", "-0.5%"])
def test_a_negative_number_is_refused_and_says_how_to_correct(text: str) -> None:
    with pytest.raises(ValueError, match="请直接修改原来那条") as refusal:
        read_amount(text)
    assert f"“{text}”是负数；如需更正以前多报的数，请直接修改原来那条" == str(refusal.value)


def test_a_sentence_is_refused_and_pointed_to_the_note() -> None:
    with pytest.raises(ValueError, match="太长，不是一个数值；请只填写数字，说明写在 note 里"):
        read_amount("3场，其中一场在洎阳街道，" * 5)


def test_forty_characters_are_not_too_long() -> None:
    assert read_amount("3" + "场" * 39).number == 3
    with pytest.raises(ValueError, match="太长"):
        read_amount("3" + "场" * 40)


def test_more_digits_than_can_be_reckoned_exactly_are_refused() -> None:
    with pytest.raises(ValueError, match="位数太多；请核对"):
        read_amount("123456789012345678901")


def test_tenths_add_up_exactly() -> None:
    tenth, fifth = read_amount("0.1").number, read_amount("0.2").number
    assert Fraction(3, 10) == Fraction(tenth) + Fraction(fifth)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("名", (1, "名")),
        ("万人次", (10_000, "人次")),
        ("亿元", (100_000_000, "元")),
        ("万", (1, "万")),
        (" ％ ", (1, "%")),
    ],
)
def test_a_unit_of_measure_is_split_from_its_factor(unit: str, expected: tuple[int, str]) -> None:
    assert expected == read_unit(unit)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("18", "", Amount(Decimal(18), "", 1)),
        ("18", "名", Amount(Decimal(18), "名", 1)),
        ("2万", "人次", Amount(Decimal(20_000), "人次", 10_000)),
        ("2", "万人次", Amount(Decimal(20_000), "人次", 10_000)),
        ("1.2人次", "万人次", Amount(Decimal(12_000), "人次", 10_000)),
        ("2万人次", "人次", Amount(Decimal(20_000), "人次", 10_000)),
        ("15.4%", "％", Amount(Decimal("15.4"), "%", 1)),
    ],
)
def test_a_value_and_the_unit_beside_it_become_one_amount(value: str, unit: str, expected: Amount) -> None:
    assert expected == combine(read_amount(value), unit)


def test_two_different_units_are_refused() -> None:
    with pytest.raises(ValueError, match="“人”与“unit: 人次”不一致；请只保留一处"):
        combine(read_amount("18人"), "人次")


@pytest.mark.parametrize("value", ["2万", "2万人次"])
def test_a_factor_written_twice_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="都写了万或亿，分不清是否重复；请只在一处写"):
        combine(read_amount(value), "万人次")


@pytest.mark.parametrize(
    ("number", "places", "expected"),
    [
        (Fraction(1, 3), 1, "0.3"),
        (Fraction(2, 3), 1, "0.7"),
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "-3"),
        (Fraction(-1, 1000), 2, "0.00"),
        (Fraction(9995, 10_000), 3, "1.000"),
        (Fraction(12), 2, "12.00"),
    ],
)
def test_an_exact_fraction_is_printed_rounded_half_away_from_zero(
    number: Fraction, places: int, expected: str
) -> None:
    assert expected == fixed(number, places)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (Decimal("15.40"), "15.4"),
        (Decimal(20_000), "20000"),
        (100, "100"),
        (Fraction(1, 3), "0.33"),
        (Fraction(-1, 1000), "0"),
        (Decimal("0.005"), "0.01"),
    ],
)
def test_a_number_is_shown_without_trailing_zeros(number: Decimal | Fraction | int, expected: str) -> None:
    assert expected == show_number(number)


def test_a_whole_number_shown_without_decimals_keeps_its_zeros() -> None:
    assert show_number(1200, places=0) == "1200"


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_chinese(text: str) -> None:
    try:
        amount = read_amount(text)
    except ValueError as refusal:
        assert "；" in str(refusal)  # noqa: PT017 - either outcome is right
    else:
        assert amount.number >= 0
        assert normal(amount.unit) == amount.unit


@given(st.integers(0, 10**12), st.integers(0, 6))
def test_a_number_shown_is_read_back_as_itself(digits: int, places: int) -> None:
    number = Decimal(digits).scaleb(-places)
    assert number == read_amount(show_number(number, places)).number
