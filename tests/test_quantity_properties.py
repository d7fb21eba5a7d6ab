"""What holds for any text at all that the clause grammar is given."""

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kesu_cli.drafting.figure import Quantity
from kesu_cli.drafting.plain import plain
from kesu_cli.drafting.quantity import numbers, quantities
from kesu_cli.drafting.row_form import row_form
from kesu_cli.drafting.when import times, when
from kesu_cli.model.window import year_of

PIECES = [
    *"0123456789０５％%.,，。、；：（）()“”《》—-~至到/ 万亿千百十一二两三〇零半成",
    *(
        "2025年",
        "到",
        "每年",
        "每个县",
        "每千人口",
        "不少于",
        "超过",
        "以上",
        "左右",
        "以内",
        "名",
        "个",
        "人次",
        "所",
    ),
    *(
        "力争",
        "其中",
        "含",
        "具体是",
        "翻一番",
        "百分之",
        "三分之一",
        "全覆盖",
        "清零",
        "5年内",
        "3月底前",
        "十四五",
        "前三",
    ),
    *(
        "提高",
        "下降",
        "个百分点",
        "倍",
        "元",
        "平方米",
        "岁",
        "第",
        "届",
        "培训",
        "建设",
        "农民",
        "基地",
        "的",
        "比",
        "由",
    ),
]
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
WIDE = {ord("0") + digit: chr(ord("０") + digit) for digit in range(10)}


@given(TEXTS)
def test_any_text_is_read_without_an_exception_and_within_its_bounds(text: str) -> None:
    row_form(text)
    when(text, period=year_of(2025))
    for item in numbers(text):
        assert 0 <= item.start < item.end <= len(text)
        if isinstance(item, Quantity):
            assert item.start <= item.number_start <= item.number_end <= item.end
    for time in times(text):
        assert text[time.start_at : time.end_at]


@given(TEXTS)
def test_what_is_found_lies_apart_and_in_order(text: str) -> None:
    found = numbers(text)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(TEXTS)
def test_every_arabic_number_is_accounted_for(text: str) -> None:
    found = numbers(text)
    folded = plain(text)
    for match in re.finditer(r"[0-9]+", folded.text):
        start, end = folded.span(*match.span())
        assert any(item.start < end and start < item.end for item in found)


@given(TEXTS)
def test_full_width_digits_read_like_half_width_ones(text: str) -> None:
    assert quantities(text) == quantities(text.translate(WIDE))


@given(TEXTS)
def test_a_part_names_an_earlier_figure_as_its_total(text: str) -> None:
    for index, item in enumerate(quantities(text)):
        assert item.part_of is None or item.part_of < index
