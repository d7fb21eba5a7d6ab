"""Unit lists in all the ways that documents write them."""

import pytest

from kesu_cli.drafting.owners import all_owners, owners, without_owners
from kesu_cli.drafting.unit_name import aliases, is_group, names_in


@pytest.mark.parametrize(
    ("text", "lead", "responsible"),
    [
        (
            "（牵头单位：市教体局、团市委。责任单位：市科技局、市财政局）",
            "市教体局 团市委",
            "市科技局 市财政局",
        ),
        ("（牵头单位：市科协，责任单位：市财政局，市教育局）", "市科协", "市财政局 市教育局"),
        ("(牵头单位:市科协;责任单位:市财政局;市教育局)", "市科协", "市财政局 市教育局"),
        ("（牵头单位：市科协\n责任单位：市财政局）", "市科协", "市财政局"),
        ("【牵头单位】市科协 【责任单位】市财政局、市教育局", "市科协", "市财政局 市教育局"),
        ("〔责任单位：市水利局、市财政局〕", "", "市水利局 市财政局"),
        ("责任单位：市应急局  市气象局　市水利局", "", "市应急局 市气象局 市水利局"),
        ("牵头单位:市科协 责任单位:市教育局 市财政局", "市科协", "市教育局 市财政局"),
        ("主要责任单位：县卫健局", "县卫健局", ""),
        ("（市教育局、市科协按职责分工负责）", "", "市教育局 市科协"),
        ("（市教育局牵头，市财政局、市科协按职责分工负责）", "市教育局", "市财政局 市科协"),
        ("由市教体局牵头，市财政局、市科协配合。", "市教体局", "市财政局 市科协"),
        ("各项工作由市科协牵头，市教育局、团市委参与。", "市科协", "市教育局 团市委"),
        ("由市科协会同市教育局负责。", "市科协", "市教育局"),
        ("市科协负责，市教育局、市工商联配合。", "市科协", "市教育局 市工商联"),
        ("（责任单位：市科协（牵头）、市教育局及各乡镇、街道）", "市科协", "市教育局 各乡镇、街道"),
        ("（牵头领导：张三；责任单位：市科协）", "", "市科协"),
        (
            "（责任单位：市交通委（市道运局），各县（市、区）人民政府）",
            "",
            "市交通委（市道运局） 各县（市、区）人民政府",
        ),
        (
            "（责任单位：市人力资源和社会保障局、市自然资源局和规划局）",
            "",
            "市人力资源和社会保障局 市自然资源局和规划局",
        ),
        ("（各成员单位）", "", "各成员单位"),
    ],
)
def test_a_unit_list_is_read_in_any_layout(text: str, lead: str, responsible: str) -> None:
    found = owners(text)
    assert found is not None
    assert (tuple(lead.split()), tuple(responsible.split())) == (found.lead, found.responsible)
    assert without_owners(text, [found]) == ""


@pytest.mark.parametrize(
    "text",
    [
        "由市科协牵头组织开展活动，提升质量。",
        "开展（市级、县级）培训。",
        "开展科普培训（含各县区）。",
        "完善社区服务中心（站）。",
        "市科协认真履行职责，做好综合协调工作。",
        "牵头单位要会同责任单位制定方案。",
        "（此件公开发布）",
        "（2024年3月5日）",
    ],
)
def test_a_sentence_that_is_no_unit_list_is_left_alone(text: str) -> None:
    assert all_owners(text) == ()


def test_the_list_is_cut_out_and_the_words_before_it_stay() -> None:
    text = "建设示范点（站）。牵头单位：市科协，配合单位：市财政局。完成时限：2024年底。"
    found = all_owners(text, line=7)
    assert without_owners(text, found) == "建设示范点（站）。"
    assert [(row.deadline, row.line) for row in found] == [("2024年底", 7)]


def test_two_lists_in_one_paragraph_are_two() -> None:
    found = all_owners("办班。（责任单位：市科协）建馆。（责任单位：市财政局）")
    assert [row.responsible for row in found] == [("市科协",), ("市财政局",)]


def test_a_prefix_left_out_is_put_back_and_noted() -> None:
    found = owners("（责任单位：市委组织部、宣传部，市发展改革委、科技局、团市委、妇联、乐平生态环境局）")
    assert found is not None
    names = ("市委组织部", "市委宣传部", "市发展改革委", "市科技局", "团市委", "市妇联", "乐平生态环境局")
    assert (names, ("市委宣传部", "市科技局", "市妇联")) == (found.responsible, found.expanded)


def test_the_offices_of_party_and_government_are_two() -> None:
    assert names_in("市委、市政府办公室").names == ("市委办公室", "市政府办公室")


@pytest.mark.parametrize(
    "text",
    [
        "（市教育局、市科协等按职责分工负责）",
        "（责任单位：市科协等单位）",
        "（责任单位：市科协、各乡镇等有关单位参加）",
    ],
)
def test_a_list_that_ends_in_and_others_is_open_ended(text: str) -> None:
    found = owners(text)
    assert found is not None
    assert found.open_ended


def test_a_group_is_one_name() -> None:
    assert names_in("市妇联、各乡（镇）、街道").names == ("市妇联", "各乡（镇）、街道")
    assert [is_group(name) for name in ("各乡（镇）、街道", "各成员单位", "市直有关单位", "市科协")] == [
        True,
        True,
        True,
        False,
    ]


def test_like_names_are_proposed_as_one_unit_and_unlike_names_are_not() -> None:
    names = [
        "市文广新局",
        "市科协",
        "市文广新旅局",
        "市发展改革委",
        "市科技局",
        "市发展改革委员会",
        "市委编办",
        "市委编委办",
    ]
    others = ["市教育局", "市文联", "市妇联", "市财政局", "市委组织部", "市委宣传部"]
    expected = (
        ("市文广新局", "市文广新旅局"),
        ("市发展改革委", "市发展改革委员会"),
        ("市委编办", "市委编委办"),
    )
    assert expected == aliases(names + others)
