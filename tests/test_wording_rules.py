"""What the rules about the document itself find in the real plan, and where their examples are silent."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kesu_cli.diagnostic import Place, Problem
from kesu_cli.engine.check import Request, check_plan
from kesu_cli.loaded import Loaded
from kesu_cli.model.parts_of_text import clauses, names_period, occurring, quoted, titles, without_titles
from kesu_cli.model.plan import Plan
from kesu_cli.model.plan_folder import Terms
from kesu_cli.model.unit import Units
from kesu_cli.rule import Context, Rule
from kesu_cli.rules import (
    cited_plan_ended,
    comparator_conflict,
    duty_repeated,
    look_alike_character,
    named_unit_not_owner,
    number_without_period,
    open_ended_owners,
    quotation_reversed,
    rhythm_conflict,
    target_without_basis,
)
from sample_task import AT_LEAST_30, UNITS, as_of, plan_of, policy_of, row_of, units_of

ROOT = Path(__file__).parent.parent
CODES = {f"KS{number}" for number in range(210, 220)}
ROWS: Any = UNITS["units"]
MANY = {"at_least": "2500", "unit": "名"}


def ask(rule: Rule, plan: Plan, units: Units | None = None, **policy: object) -> list[Problem]:
    terms = Terms(plan, units or units_of(), policy_of(**policy))
    context = Context(Loaded(terms), as_of("2024-12-31"), ())
    return list(rule.check(context))


def quoting(*quotes: str, **keys: object) -> Plan:
    """Return a plan of one measure whose tasks quote the given words."""
    return plan_of(
        [row_of(id=f"M06-{number}", quote=quote, **keys) for number, quote in enumerate(quotes, 1)]
    )


def measures(*quotes: str, owners: Mapping[int, list[str]] | None = None) -> Plan:
    """Return a plan of one action with a measure for each of the given words."""
    rows: list[dict[str, Any]] = []
    for number, quote in enumerate(quotes, 1):
        lead = {"lead": (owners or {})[number]} if number in (owners or {}) else {}
        task = row_of(id=f"M{number:02}-1", quote=quote, **lead)
        rows.append({"number": str(number), "title": "措施", "tasks": [task]})
    return plan_of(actions=[{"id": "A1", "name": "行动", "lead": ["市教体局"], "measures": rows}])


# --- the real plan -----------------------------------------------------------


def test_in_the_real_plan_exactly_these_are_found() -> None:
    expected = [
        ("KS210", "M19-1", "807"),
        ("KS211", "G-1", "35"),
        ("KS212", "S2-6", "1671"),
        ("KS213", "M08-4", "405"),
        ("KS213", "M08-5", "414"),
        ("KS213", "M29-2", "1232"),
        ("KS214", "G-1", "38"),
        ("KS215", "M20-1", "859"),
        ("KS216", "", "661"),
        ("KS217", "M01-1", "97"),
        ("KS217", "M30-5", "1317"),
        ("KS218", "M18-2", "796"),
        ("KS219", "", "24"),
    ]
    found = check_plan(Request((ROOT,), date(2026, 11, 24)), "test").plan_findings
    about_words = sorted((one.code, one.task, str(one.span.line)) for one in found if one.code in CODES)
    assert expected == about_words


# --- reading words -----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到2025年", True),
        ("到二〇二五年", True),
        ("每年培训", True),
        ("每半年一次", True),
        ("每学期组织", True),
        ("列入年度计划", True),
        ("“十四五”期间", True),
        ("三年内", True),
        ("五年培训1500名", True),
        ("面向三年级学生", False),
        ("12月底前", True),
        ("6月30日", True),
        ("培训30名", False),
        ("开展安全生产月活动", False),
        ("落实《2021—2025年规划》", False),
        ("全民参与", False),
    ],
)
def test_a_period_is_a_year_a_rhythm_or_a_stretch_of_time(text: str, expected: bool) -> None:
    assert expected is names_period(text)


def test_titles_quotations_and_clauses_are_told_apart() -> None:
    text = "落实《甲规划》《乙条例》，开展“ 丙日”“丁周”等活动；完善戊。"
    assert titles(text) == ("甲规划", "乙条例")
    assert quoted(text) == ("丙日", "丁周")
    assert list(clauses(text)) == ["落实《甲规划》《乙条例》", "开展“ 丙日”“丁周”等活动", "完善戊"]
    assert without_titles(text).startswith("落实《   》《   》，开展")
    assert occurring(["日", "丙日", "己"], text) == ("丙日", "日")


# --- rule by rule ------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("2018－2022年省干部教育培训规划", 1),
        ("2018年至2022年规划", 1),
        ("规划纲要（2021—2035年）", 0),
        ("规划（2021—2025年）", 0),
        ("2022年工作要点", 0),
        ("科普条例", 0),
    ],
)
def test_only_a_title_whose_years_end_before_the_plan_is_told(title: str, expected: int) -> None:
    assert expected == len(ask(cited_plan_ended.RULE, quoting(f"落实《{title}》")))


def test_a_title_that_a_task_cites_is_told_there_and_the_list_is_shown_beside_it() -> None:
    rows = [row_of(quote="落实《甲规划（2016—2020年）》")]
    plan = plan_of(rows, cites=[{"title": "乙条例"}, {"title": "甲规划（2016—2020年）"}])
    (problem,) = ask(cited_plan_ended.RULE, plan)
    assert problem.place == plan.tasks[0].place / "quote"
    assert [related.place for related in problem.related] == [plan.place / "cites" / 1 / "title"]


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("比例达到（超过）15%", "“达到”、“超过”"),
        ("超过30名以上", "“超过”、“以上”"),
        ("不少于30名左右", "“不少于”、“左右”"),
        ("约30名（以上）", "“约”、“以上”"),
        ("控制在5%以内，达到30名以上", ""),
        ("达到30名左右", ""),
        ("不少于30名、不超过50名", ""),
        ("培训30名以上、40场以内", ""),
        ("超过上年，培训30名以上", ""),
        ("达到要求", ""),
        ("落实《超过30名以上规定》", ""),
    ],
)
def test_a_number_is_compared_in_one_way(quote: str, words: str) -> None:
    problems = ask(comparator_conflict.RULE, quoting(quote))
    assert [words] * bool(words) == [p.message.split("里")[1].split("互相")[0] for p in problems]


def safeguards(*rows: Mapping[str, object]) -> Plan:
    tasks = [
        row_of(id=f"S1-{number}", lead=["市科协"], strength="hard", **row)
        for number, row in enumerate(rows, 1)
    ]
    return plan_of(safeguards=[{"id": "S1", "title": "保障", "tasks": tasks}])


YEARLY = {"every": "year", "quote": "每年表彰奖励"}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (YEARLY, {"during": "2025", "quote": "给予表彰和奖励"}, "表彰奖励"),
        (YEARLY, {"every": "month", "quote": "每月表彰奖励"}, "表彰奖励"),
        (YEARLY, {"by": "2023-12-31", "quote": "2023年表彰奖励"}, "表彰奖励"),
        (YEARLY, {"every": "year", "quote": "年度表彰奖励"}, ""),
        (YEARLY, {"throughout": "true", "quote": "持续表彰奖励"}, ""),
        (YEARLY, {"by": "2025-12-31", "quote": "表彰奖励"}, ""),
        ({"every": "year", "quote": "每年组织开展培训"}, {"during": "2025", "quote": "组织开展评估"}, ""),
        ({"every": "year", "quote": "市科协每年培训"}, {"during": "2025", "quote": "由市科协评估"}, ""),
    ],
)
def test_one_matter_has_one_time(
    one: Mapping[str, object], other: Mapping[str, object], expected: str
) -> None:
    problems = ask(rhythm_conflict.RULE, safeguards(one, other))
    assert [expected] * bool(expected) == [problem.subject for problem in problems]


def test_a_term_that_half_the_plan_or_its_title_uses_is_no_matter() -> None:
    often = [{"throughout": "true", "quote": f"第{number}项科普基地"} for number in range(4)]
    rows = [{"every": "year", "quote": "每年评估科普基地"}, {"during": "2025", "quote": "建成科普基地"}]
    assert ask(rhythm_conflict.RULE, safeguards(*rows))
    assert not ask(rhythm_conflict.RULE, safeguards(*rows, *often))
    titled = [{"every": "year", "quote": "每年实施方案评估"}, {"during": "2025", "quote": "方案评估"}]
    assert ask(rhythm_conflict.RULE, safeguards(*titled))
    assert not ask(rhythm_conflict.RULE, plan_like(safeguards(*titled), "关于方案评估的意见"))


def plan_like(plan: Plan, title: str) -> Plan:
    file = plan.file.model_copy(update={"title": title})
    return Plan(file, plan.place, plan.tasks, plan.mentions)


def test_of_several_stretches_in_common_the_widest_circle_of_tasks_is_told() -> None:
    rows = (
        {"every": "year", "quote": "每年先进集体表彰奖励，成绩突出"},
        {"during": "2025", "quote": "先进集体表彰奖励，成绩突出"},
        {"every": "month", "quote": "每月表彰奖励"},
    )
    (problem,) = ask(rhythm_conflict.RULE, safeguards(*rows))
    assert problem.subject == "表彰奖励"
    assert "S1-1（每年）、S1-2（2025年）、S1-3（每月）" in problem.message
    (longer,) = ask(rhythm_conflict.RULE, safeguards(*rows[:2]))
    assert longer.subject == "先进集体表彰奖励"


def test_a_task_of_a_phase_has_the_time_of_the_phase() -> None:
    task = row_of(id="P3-1", quote="表彰奖励30名", lead=["市科协"], by="2025-12-31", target=AT_LEAST_30)
    days = {"from": "2025-01-01", "to": "2025-12-31"}
    phase = {"id": "P3", "name": "总结", "period": days, "tasks": [task]}
    plan = plan_of([row_of(quote="每年表彰奖励")], phases=[phase])
    assert [problem.subject for problem in ask(rhythm_conflict.RULE, plan)] == ["表彰奖励"]
    assert ask(number_without_period.RULE, plan) == []


@pytest.mark.parametrize(
    ("quote", "reading", "expected"),
    [
        ("培育带头人2500名以上", "“以上”含本数", 1),
        ("培育带头人2500名以上", None, 1),
        ("到2025年，培育带头人2500名以上", None, 0),
        ("培育带头人2500名以上", "“到2025年”统领本句", 0),
        ("按《2021—2025年规划》培育带头人2500名", None, 1),
    ],
)
def test_a_number_needs_a_time_in_its_words_or_in_those_around_it(
    quote: str, reading: str | None, expected: int
) -> None:
    plan = quoting(quote, by="2025-12-31", target=MANY, reading=reading)
    assert expected == len(ask(number_without_period.RULE, plan))


def test_a_duty_without_a_number_needs_no_time() -> None:
    assert ask(number_without_period.RULE, quoting("开展培训")) == []


RATE: dict[str, Any] = {
    "kind": "rate",
    "spread": "any",
    "by": "2025-12-31",
    "target": {"at_least": "15", "unit": "%"},
    "quote": "到2025年达到15%",
}


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({}, "缺基数、数据来源"),
        ({"lead": []}, "缺责任单位、基数、数据来源"),
        ({"lead": [], "accountable": "市科协", "baseline": "10"}, "缺数据来源"),
        ({"baseline": "10", "quote": "抽样调查达到15%"}, ""),
        ({"baseline": "10", "reading": "以监测公布的数为准"}, ""),
        ({"kind": "quantity", "tally": "max", "baseline": "10"}, "缺数据来源"),
        ({"kind": "quantity", "spread": "total", "lead": []}, ""),
    ],
)
def test_a_level_needs_an_owner_a_baseline_and_a_source(keys: dict[str, Any], expected: str) -> None:
    problems = ask(target_without_basis.RULE, plan_of([row_of(**(RATE | keys))]))
    assert [expected] * bool(expected) == [
        p.message[p.message.index("缺") : p.message.index("（")] for p in problems
    ]


@pytest.mark.parametrize(
    ("quote", "named"),
    [
        ("联合团市委开展培训", ""),
        ("配合市政府办公室做好工作", "市政府办公室"),
        ("使用市政府办公室、洎阳街道的数据，报市政府办公室", "市政府办公室、洎阳街道"),
        ("各街道配合", "各街道"),
        ("景德镇市政府办公室印发", ""),
        ("建设综合园区", ""),
        ("由园区负责", "园区"),
        ("落实《市政府办公室规定》", ""),
    ],
)
def test_a_unit_that_the_words_name_should_owe_the_task(quote: str, named: str) -> None:
    rows = [*ROWS, {"name": "工业园区", "kind": "园区", "aliases": ["园区"]}]
    units = units_of({"units": rows, "groups": UNITS["groups"]})
    problems = ask(named_unit_not_owner.RULE, quoting(quote), units)
    assert [named] * bool(named) == [problem.subject for problem in problems]


def test_a_body_that_another_reports_for_is_not_outside() -> None:
    through = {"市人民政府": "市教体局"}
    assert ask(named_unit_not_owner.RULE, quoting("报市政府审定"), reports_through=through) == []
    assert len(ask(named_unit_not_owner.RULE, quoting("报市政府审定"))) == 1
    assert ask(named_unit_not_owner.RULE, quoting("报审定")) == []


def test_an_open_list_is_told_with_its_last_name() -> None:
    action = {"id": "A1", "name": "行动", "lead": ["市教体局"], "open_ended": "true", "measures": []}
    (problem,) = ask(open_ended_owners.RULE, plan_of(actions=[action]))
    assert "市教体局等单位" in problem.message
    (problem,) = ask(open_ended_owners.RULE, plan_of([row_of(open_ended="true", responsible=["市科协"])]))
    assert "市科协等单位" in problem.message
    assert problem.task == "M06-1"


def test_an_event_is_told_once_however_often_it_comes() -> None:
    listed = "开展全国科普日、防灾减灾日、低碳日等活动"
    (problem,) = ask(duty_repeated.RULE, measures("开展“防灾减灾日”宣传", listed, "“防灾减灾日”演练"))
    assert problem.subject == "防灾减灾日"
    assert "措施 1（M01-1）、措施 2（M02-1）、措施 3（M03-1）" in problem.message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“十四五”期间总结", "制定“十四五”办法"),
        ("建设“科普”平台", "推广“科普”平台"),
        ("开展“科普进机关”活动", "开展进机关的科普"),
    ],
)
def test_names_of_times_and_short_names_are_no_events(one: str, other: str) -> None:
    assert ask(duty_repeated.RULE, measures(one, other)) == []


def test_one_measure_may_name_an_event_twice() -> None:
    assert ask(duty_repeated.RULE, quoting("建设“乐平科普”品牌", "推广“乐平科普”品牌")) == []


@pytest.mark.parametrize(
    ("one", "other", "owners", "expected"),
    [
        ("大力弘扬科学家精神", "大力弘扬科学家精神，讲好故事", {2: ["市科协"]}, 1),
        ("大力弘扬科学家精神", "大力弘扬科学家精神，讲好故事", {}, 0),
        ("大力弘扬科学家精神", "通过各类媒体和文艺作品大力弘扬科学家精神", {2: ["市科协"]}, 0),
        ("提升农民科技文化素质水平", "提升产业工人科技文化素质", {2: ["市科协"]}, 0),
    ],
)
def test_a_clause_is_repeated_only_by_other_units(
    one: str, other: str, owners: Mapping[int, list[str]], expected: int
) -> None:
    assert expected == len(ask(duty_repeated.RULE, measures(one, other, owners=owners)))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("“科学普及与科技创新同等重要”", "“科技创新和科学普及同等重要”", 1),
        ("“科学普及与科技创新同等重要”", "“科学普及和科技创新同等重要”", 0),
        ("“科学普及”", "“普及科学”", 0),
        ("科学普及与科技创新同等重要", "“科技创新和科学普及同等重要”", 0),
    ],
)
def test_a_quotation_keeps_its_order(one: str, other: str, expected: int) -> None:
    assert expected == len(ask(quotation_reversed.RULE, quoting(one, other)))


@pytest.mark.parametrize(
    ("text", "wrong", "meant"),
    [
        ("二O三五年", "O", "〇"),
        ("二00五年", "00", "〇〇"),
        ("一九九○年", "○", "〇"),
        ("到2O25年", "2O25", "2025"),
        ("达到l5%", "l5", "15"),
        ("推广АI助教", "А", "A"),
        ("⼯作站", "⼯", "工"),
    ],
)
def test_a_look_alike_is_told_with_what_was_meant(text: str, wrong: str, meant: str) -> None:
    (problem,) = ask(look_alike_character.RULE, quoting(text))
    assert f"“{wrong}”" in problem.message
    assert f"形似“{meant}”" in problem.message


@pytest.mark.parametrize(
    "text", ["O2O模式", "CO2排放", "二〇三五年", "科普e站", "5G和IPv6", "1+X", "十O", "AI"]
)
def test_letters_and_figures_in_their_place_are_left_alone(text: str) -> None:
    assert ask(look_alike_character.RULE, quoting(text)) == []


def test_names_of_units_groups_and_items_are_looked_at_too() -> None:
    units = units_of(
        {
            "units": [{"name": "市科协", "kind": "群团组织", "aliases": ["市科⼯协"]}],
            "groups": [{"name": "各⼯会", "members": ["市科协"]}],
        }
    )
    plan = plan_of([row_of(items=["安全⽣产月"])])
    expected = [
        Place("plan/units.yaml", ("units", 0, "aliases", 0)),
        Place("plan/units.yaml", ("groups", 0, "name")),
        plan.tasks[0].place / "items" / 0,
    ]
    assert set(expected) == {problem.place for problem in ask(look_alike_character.RULE, plan, units)}
