"""The quantities of a clause with their place, sort, parts and the reason why a number is none."""

from decimal import Decimal

import pytest

from kesu_cli.drafting.figure import Nature, Quantity
from kesu_cli.drafting.not_target import NotTarget
from kesu_cli.drafting.quantity import numbers, quantities
from kesu_cli.model.target import Comparator

NATURES = {
    "培训农民500名": Nature.COUNT,
    "科普基地总数达到60家": Nature.STOCK,
    "森林蓄积量达到350万立方米": Nature.LEVEL,
    "合格率达到95%": Nature.RATE,
    "实现行政村全覆盖": Nature.COVERAGE,
    "比例提高2个百分点": Nature.GROWTH,
    "单位能耗下降13.5%": Nature.DECLINE,
    "高于全省平均水平2个百分点": Nature.RELATIVE,
    "进入全省前三": Nature.RANK,
    "每个县建设1所": Nature.PER_ENTITY,
}
REASONS = {
    "根据国发〔2021〕9号文件": "文号",
    "《规划纲要（2021—2035年）》": "文件或规划名称中的数字",
    "推行“1+X”证书制度": "引号内名称的一部分",
    "实施拔尖计划2.0": "名称中的版本号",
    "组织35岁以下青年参加": "对象的年龄条件",
    "扶持面积50亩以上的农场": "对象的条件，不是目标",
    "现有基地32个": "现状数，不是目标",
    "由8.5%提高": "作比较的基数，不是目标",
    "市政府第5次常务会议": "会议届次",
    "公布第3批名单": "序数，说的是第几",
    "到2025年": "时间",
    "跟踪服务3年": "时间长度，不是数量目标",
    "拨打12345热线": "热线或电话号码",
    "师生比达到1:15": "比值",
    "1．将弘扬科学精神贯穿": "条款编号",
    "对完成率低于80%的乡镇": "对象的条件，不是目标",
    "对年薪50万元以上且签订合同的，": "对象的条件，不是目标",
    "对获得前3名的选手": "对象的条件，不是目标",
    "对连续2次考核排名末位的约谈": "对象的条件，不是目标",
    "道路两侧50米范围内": "对象的条件，不是目标",
    "由每生每年500元提高": "作比较的基数，不是目标",
    "建成后3个月内移交": "时间",
}


def test_a_quantity_says_where_it_stands() -> None:
    text = "到2025年，培育科技辅导员不少于３００名。"
    (item,) = quantities(text)
    assert (text[item.start : item.end], text[item.number_start : item.number_end]) == (
        "不少于３００名",
        "３００",
    )
    assert (item.comparator, item.amount, item.unit, item.noun) == (
        Comparator.AT_LEAST,
        Decimal(300),
        "名",
        "科技辅导员",
    )


@pytest.mark.parametrize(("text", "nature"), NATURES.items())
def test_a_figure_is_of_its_sort(text: str, nature: Nature) -> None:
    assert [nature] == [item.nature for item in quantities(text)]


@pytest.mark.parametrize(("text", "reason"), REASONS.items())
def test_a_number_that_is_no_target_says_why(text: str, reason: str) -> None:
    assert [reason] == [item.reason for item in numbers(text) if isinstance(item, NotTarget)]
    assert quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "is_allowance"),
    [
        ("每户补助3000元", True),
        ("对入选者给予最高500万元项目资助", True),
        ("按薪酬的20%给予奖励", True),
        ("单个企业每年不超过100万元", True),
        ("贷款额度最高可上浮50%", True),
        ("市财政每年安排专项资金3000万元", False),
        ("累计发放贷款5亿元", False),
        ("补助对象达到3000人", False),
    ],
)
def test_what_each_is_paid_is_told_from_what_is_to_be_reached(text: str, is_allowance: bool) -> None:
    assert [is_allowance] == [item.is_allowance for item in quantities(text)]


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("重大事故隐患整改率达100%", Comparator.AT_LEAST),
        ("违法案件查处率达到95%", Comparator.AT_LEAST),
        ("管网漏损率达到9%", Comparator.AT_MOST),
        ("PM2.5平均浓度达到35微克/立方米", Comparator.AT_MOST),
        ("办理时间压缩至0.5个工作日内", Comparator.AT_MOST),
    ],
)
def test_a_rate_of_cure_is_to_rise_and_a_rate_of_harm_to_fall(text: str, comparator: Comparator) -> None:
    assert [comparator] == [item.comparator for item in quantities(text)]


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("新增储备帐篷200顶、棉被1000床", ["顶", "床"]),
        ("开展3轮次以上排查", ["轮次"]),
        ("每个镇街组织2次演练", ["次/镇街"]),
        ("每个县（市、区）至少1个", ["个/县"]),
        ("每个面积不低于200平方米", ["平方米/个"]),
        ("开展1次全覆盖检查", ["次"]),
        ("举办市级一类大赛1次", ["次"]),
        ("经过一个周期试点", []),
    ],
)
def test_what_is_counted_is_named_with_what_it_is_counted_per(text: str, measures: list[str]) -> None:
    assert measures == [item.measure for item in quantities(text)]


def test_what_a_rate_is_of_is_not_counted() -> None:
    found = [(item.unit, item.amount) for item in quantities("3个断面水质达标率100%")]
    assert found == [("%", Decimal(100))]


def test_a_list_that_is_dealt_out_is_of_one_sort() -> None:
    items = quantities("满意度分别达到85分、86分和84分以上")
    assert [item.nature for item in items] == [Nature.LEVEL] * 3


def test_a_number_nobody_can_place_is_reported_for_review() -> None:
    assert [item.reason for item in numbers("科普画廊达到10") if isinstance(item, NotTarget)] == [
        "数字后面没有计量单位"
    ]


def test_parts_name_their_total_over_two_levels() -> None:
    text = "计划培育300人，具体是：经营管理型100人，其中水稻班50人、养猪班50人，专业生产型200人，培训教师20人"
    found = quantities(text)
    assert [item.amount for item in found] == [300, 100, 50, 50, 200, 20]
    assert [item.part_of for item in found] == [None, 0, 1, 1, 0, None]
    assert Comparator.EQUAL is found[0].comparator


def test_the_stretch_belongs_to_the_figure_before_it() -> None:
    (item,) = quantities("比例超过14%，力争达到15%")
    assert (item.comparator, item.amount, item.stretch) == (Comparator.MORE_THAN, Decimal(14), Decimal(15))


def test_a_hope_alone_is_a_figure_of_its_own() -> None:
    (item,) = quantities("力争达到15%")
    assert (item.is_aspired, item.stretch) == (True, None)


def test_words_that_contradict_each_other_are_marked() -> None:
    (item,) = quantities("比例达到（超过）15%")
    assert (item.conflict, item.comparator) == (True, Comparator.AT_LEAST)


def test_a_comparing_word_holds_for_the_whole_list() -> None:
    assert [item.comparator for item in quantities("不超过10个、5个")] == [Comparator.AT_MOST] * 2


def test_what_it_is_asked_per_stands_beside_the_unit() -> None:
    (item,) = quantities("人均经费达到3元/年")
    assert (item.unit, item.per, item.measure) == ("元/年", "人", "元/人·年")


def test_every_number_of_a_sentence_is_accounted_for_once() -> None:
    text = "到2025年，每个县（市、区）组织60岁以上老年人培训2场，覆盖率达到90%以上。"
    assert [
        text[item.start : item.end] if isinstance(item, Quantity) else item.reason for item in numbers(text)
    ] == ["时间", "对象的年龄条件", "2场", "达到90%以上"]
