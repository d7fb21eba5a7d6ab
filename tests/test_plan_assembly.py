"""The plan is assembled from its file, the units and the policy: owners, periods, windows, places."""

from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from kesu_cli.diagnostic import Place
from kesu_cli.model.plan import Chapter, Mention, Task
from kesu_cli.model.plan_folder import blank_terms
from kesu_cli.model.target import Comparator, Target
from kesu_cli.model.task_in_plan_file import Strength, Tally
from sample_task import AT_LEAST_30, plan_of, policy_of, row_of, task_of

PER_CENT_15 = {"at_least": "15", "unit": "%"}


def _refusal(**keys: object) -> str:
    with pytest.raises(ValidationError) as refusal:
        task_of(**keys)
    return str(refusal.value)


def _target(**keys: object) -> Target:
    return Target.model_validate(keys)


def _target_refusal(**keys: object) -> str:
    with pytest.raises(ValidationError) as refusal:
        _target(**keys)
    return str(refusal.value)


def _phase(period: tuple[str, str], **keys: object) -> Task:
    start, end = period
    row = row_of(id="P3-1", **keys)
    phase = {"id": "P3", "name": "总结", "period": {"from": start, "to": end}, "tasks": [row]}
    return plan_of(phases=[phase]).tasks[0]


def test_a_task_inherits_the_units_of_its_action() -> None:
    task = task_of()
    assert task.lead == ("市教体局", "团市委")
    assert task.responsible == ("市科协",)
    assert task.owners == ("市教体局", "团市委", "市科协")
    assert task.measure == 6
    assert Chapter("A1", "行动") == task.chapter
    assert Place("plan/measures.yaml", ("actions", 0, "measures", 0, "tasks", 0)) == task.place


def test_a_task_with_leads_of_its_own_inherits_nobody() -> None:
    task = task_of(lead=["市科协"])
    assert task.owners == ("市科协",)


def test_a_task_may_replace_the_responsible_units_alone() -> None:
    task = task_of(responsible=["各街道"])
    assert task.lead == ("市教体局", "团市委")
    assert task.responsible == ("洎阳街道", "塔山街道")


def test_a_unit_that_leads_is_not_also_responsible() -> None:
    assert task_of(lead=["洎阳街道"], responsible=["各街道"]).responsible == ("塔山街道",)


def test_a_task_knows_by_which_group_a_unit_came_in() -> None:
    assert dict(task_of(lead=["洎阳街道", "各街道"]).through) == {"塔山街道": "各街道"}


def test_names_are_resolved_through_aliases_and_roles() -> None:
    assert task_of(lead=["市教育体育局", "领导小组办公室"]).lead == ("市教体局", "市科协")


def test_a_name_that_is_not_declared_owns_nothing_but_stays_a_mention() -> None:
    plan = plan_of([row_of(lead=["市科技协会", "市科协"], accountable="市科协")])
    place = plan.tasks[0].place
    assert plan.tasks[0].lead == ("市科协",)
    assert Mention(place / "lead" / 0, "市科技协会") in plan.mentions
    assert Mention(place / "accountable", "市科协") in plan.mentions
    assert Mention(Place("plan/measures.yaml", ("actions", 0, "responsible", 0)), "市科协") in plan.mentions


@pytest.mark.parametrize("written", ["市人民政府", "市政府"])
def test_a_body_that_hands_in_no_report_is_replaced_by_the_one_that_does(written: str) -> None:
    policy = policy_of(reports_through={written: "市政府办公室"})
    task = task_of(policy, lead=["市人民政府"], accountable="市政府")
    assert task.owners == ("市政府办公室",)
    assert task.accountable == "市政府办公室"


def test_the_first_lead_answers_by_custom() -> None:
    assert task_of().accountable == "市教体局"


def test_without_the_custom_only_a_single_lead_answers() -> None:
    policy = policy_of(accountable="none")
    assert task_of(policy).accountable is None
    assert task_of(policy, lead=["市科协"]).accountable == "市科协"


def test_the_plan_or_the_policy_may_name_who_answers() -> None:
    assert task_of(accountable="团市委").accountable == "团市委"
    assert task_of(policy_of(accountable_for={"M06-1": "领导小组办公室"})).accountable == "市科协"
    assert task_of(policy_of(accountable_for={"M06-2": "市科协"})).accountable == "市教体局"


@pytest.mark.parametrize("named", ["各街道", "没有的单位"])
def test_a_group_or_a_stranger_answers_for_nothing(named: str) -> None:
    assert task_of(accountable=named).accountable is None


def test_nobody_answers_where_nobody_leads() -> None:
    assert task_of(lead=[]).accountable is None


def test_owners_and_whoever_answers_may_report() -> None:
    task = task_of(lead=["市科协"], accountable="团市委")
    assert task.owed_by("市科协")
    assert task.owed_by("团市委")
    assert not task.owed_by("市教体局")
    assert task_of(lead=[]).owed_by("市教体局")


def test_a_shortfall_is_answered_by_the_unit_itself_the_accountable_one_or_all_leads() -> None:
    assert task_of().answering("市科协") == ("市科协",)
    assert task_of().answering("") == ("市教体局",)
    nobody = policy_of(accountable="none")
    assert task_of(nobody).answering("") == ("市教体局", "团市委")
    assert task_of(nobody, lead=[], responsible=["各街道"]).answering(None) == ("洎阳街道", "塔山街道")


def test_tasks_come_from_every_part_of_the_document_in_order() -> None:
    goals = {"tasks": [row_of(id="G-1")]}
    section = {"id": "S1", "title": "组织", "tasks": [row_of(id="S1-1")]}
    period = {"from": "2025-01-01", "to": "2025-12-31"}
    phase = {"id": "P3", "name": "总结", "period": period, "tasks": [row_of(id="P3-1")]}
    plan = plan_of([row_of()], goals=goals, safeguards=[section], phases=[phase])
    assert [task.id for task in plan.tasks] == ["G-1", "M06-1", "S1-1", "P3-1"]
    assert [task.measure for task in plan.tasks] == [None, 6, None, None]
    assert [str(task.place.path[0]) for task in plan.tasks] == ["goals", "actions", "safeguards", "phases"]
    assert [task.chapter.id for task in plan.tasks] == ["G", "A1", "S1", "P3"]
    assert plan.tasks[0].owners == ()
    assert [row.id for row in plan.phases] == ["P3"]


def test_a_task_of_an_action_itself_stands_before_its_measures() -> None:
    action = {"id": "A9", "name": "工程", "lead": ["市科协"], "tasks": [row_of(id="A9-1")], "measures": []}
    task = plan_of(actions=[action]).tasks[0]
    assert (task.measure, task.owners) == (None, ("市科协",))
    assert Place("plan/measures.yaml", ("actions", 0, "tasks", 0)) == task.place


def test_of_two_tasks_with_one_id_the_first_is_found() -> None:
    plan = plan_of([row_of(name="甲"), row_of(id="M06-2", name="丙"), row_of(name="乙")])
    assert [task.name for task in plan.tasks] == ["甲", "丙", "乙"]
    assert [task.name for task in plan.by_id.values()] == ["甲", "丙"]


def test_the_plan_tells_its_title_and_years() -> None:
    plan = plan_of()
    assert plan.title == "方案"
    assert list(plan.years) == [2021, 2022, 2023, 2024, 2025]


def test_a_task_tells_its_words_and_how_they_bind() -> None:
    task = task_of(quote="每年培训30名", strength="hard", target=AT_LEAST_30)
    assert (task.id, task.quote, task.strength, task.is_hard) == (
        "M06-1",
        "每年培训30名",
        Strength.HARD,
        True,
    )
    assert task_of().quote == ""
    assert not task_of().is_hard


def test_a_blank_plan_asks_for_nothing() -> None:
    terms = blank_terms()
    plan, units, policy = terms.plan, terms.units, terms.policy
    assert plan.tasks == ()
    assert units.names == ()
    assert policy.school_year == ()


def _windows(task: Task) -> list[tuple[str, str]]:
    return [(str(window.days), window.label) for window in task.windows]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("2025-12-31", ("2021-01-01 至 2025-12-31", "2021—2025年")),
        ("2021-12-31", ("2021-01-01 至 2021-12-31", "2021年")),
        ("2023-06-30", ("2021-01-01 至 2023-06-30", "截至2023-06-30")),
        ("2021-06-30", ("2021-01-01 至 2021-06-30", "截至2021-06-30")),
    ],
)
def test_a_deadline_makes_one_window_from_the_start_of_the_plan(by: str, expected: tuple[str, str]) -> None:
    task = task_of(by=by)
    assert _windows(task) == [expected]
    assert task.has_deadline


def test_a_task_of_one_year_has_that_year_as_its_window() -> None:
    task = task_of(during="2024")
    assert _windows(task) == [("2024-01-01 至 2024-12-31", "2024年")]
    assert task.has_deadline


def test_a_rhythm_cuts_the_plan() -> None:
    assert [label for _, label in _windows(task_of(every="year"))] == [
        f"{year}年" for year in range(2021, 2026)
    ]
    assert len(task_of(every="quarter").windows) == 20
    assert len(task_of(every="month").windows) == 60
    assert len(task_of(every="semester").windows) == 10
    assert not task_of(every="year").has_deadline


@pytest.mark.parametrize("when", ["throughout", "on_event"])
def test_without_a_rhythm_the_policy_says_how_often(when: str) -> None:
    assert len(task_of(**{when: "true"}).windows) == 5
    assert len(task_of(policy_of(throughout="quarter"), **{when: "是"}).windows) == 20


def test_a_task_of_a_phase_is_judged_within_the_phase() -> None:
    assert _windows(_phase(("2022-01-01", "2023-12-31"), throughout="true")) == [
        ("2022-01-01 至 2022-12-31", "2022年"),
        ("2023-01-01 至 2023-12-31", "2023年"),
    ]
    assert _windows(_phase(("2025-01-01", "2025-12-31"), by="2025-10-31")) == [
        ("2025-01-01 至 2025-10-31", "截至2025-10-31")
    ]


def test_a_deadline_before_its_phase_is_a_window_of_one_day() -> None:
    task = _phase(("2025-01-01", "2025-12-31"), by="2024-12-31")
    assert _windows(task) == [("2024-12-31 至 2024-12-31", "2024年")]


def test_a_phase_too_short_for_its_rhythm_is_judged_as_a_whole() -> None:
    task = _phase(("2025-10-01", "2025-12-31"), throughout="true")
    assert _windows(task) == [("2025-10-01 至 2025-12-31", "2025年")]


def test_a_semester_task_has_no_window_where_the_policy_knows_no_semesters() -> None:
    assert task_of(policy_of(semesters=[]), every="semester").windows == ()


def test_how_entries_add_up_follows_from_the_task() -> None:
    each = {"kind": "rate", "spread": "each", "target": PER_CENT_15}
    assert task_of().tally is Tally.COUNT
    assert task_of(tally="sum").tally is Tally.COUNT
    assert task_of(target=AT_LEAST_30).tally is Tally.SUM
    assert task_of(target=AT_LEAST_30, tally="max").tally is Tally.MAX
    assert task_of(target=AT_LEAST_30, spread="any").tally is Tally.LATEST
    assert task_of(**each).tally is Tally.LATEST
    assert task_of(**each, tally="max").tally is Tally.MAX


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"by": "2025-12-31", "every": "year"}, "任务要且只要写一种时间"),
        ({"kind": "rate", "target": PER_CENT_15}, "比率不能跨单位相加"),
        ({"kind": "rate", "spread": "any", "tally": "sum"}, "比率不能按时间相加"),
        ({"kind": "rate", "spread": "each", "tally": "count"}, "也不能计次"),
        ({"spread": "any", "tally": "sum", "target": AT_LEAST_30}, "请改 spread 或 tally"),
        ({"items": ["甲", "乙"], "target": AT_LEAST_30}, "请拆成两项任务"),
        ({"baseline": "30", "target": AT_LEAST_30}, "基数与目标相同"),
        ({"baseline": "40", "target": AT_LEAST_30}, "要降下来的指标请用 at_most"),
        ({"baseline": "40", "target": {"about": "30", "unit": "名"}}, "要降下来的指标请用 at_most"),
        ({"baseline": "20", "target": {"at_most": "30", "unit": "名"}}, "基数已经低于上限"),
        ({"throughout": "否"}, "任务要且只要写一种时间"),
        ({"during": "0"}, "“0”不是年份；请写四位数字，例如 2024"),
        ({"during": "20244"}, "“20244”不是年份；请写四位数字，例如 2024"),
        ({"id": "6-1"}, "id"),
    ],
)
def test_a_task_that_contradicts_itself_is_refused(keys: dict[str, object], message: str) -> None:
    assert message in _refusal(**keys)


def test_a_task_without_a_time_is_refused() -> None:
    with pytest.raises(ValidationError, match="任务要且只要写一种时间"):
        plan_of([{"id": "M06-1", "name": "任务", "kind": "event", "strength": "firm"}])


@pytest.mark.parametrize(
    ("start", "target"),
    [
        ("10", AT_LEAST_30),
        ("40", {"at_most": "30", "unit": "名"}),
        ("40", {"equal": "30", "unit": "名"}),
        ("20", {"equal": "30", "unit": "名"}),
    ],
)
def test_a_baseline_lies_on_the_way_to_the_target(start: str, target: dict[str, object]) -> None:
    baseline = task_of(baseline=start, target=target).row.baseline
    assert baseline is not None
    assert baseline.number == int(start)


def test_a_baseline_without_a_target_is_let_be() -> None:
    assert task_of(baseline="10").row.target is None


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"unit": "名"}, "目标要且只要写一种比较方式"),
        ({"at_least": "30", "about": "30", "unit": "名"}, "目标要且只要写一种比较方式"),
        ({"between": ["20", "10"], "unit": "名"}, "先小后大"),
        ({"at_least": "2", "unit": "万人次"}, "请写成 {at_least: 2万, unit: 人次}"),
        ({"at_least": "2万名", "unit": "人次"}, "请只保留一处"),
        ({"at_least": "15", "stretch": "20名", "unit": "%"}, "请只保留一处"),
        ({"between": ["10名", "20人"], "unit": "名"}, "请只保留一处"),
        ({"at_least": "三十", "unit": "名"}, "不是数值"),
    ],
)
def test_a_target_that_is_unclear_is_refused(keys: dict[str, object], message: str) -> None:
    assert message in _target_refusal(**keys)


@pytest.mark.parametrize(
    ("keys", "comparator", "words"),
    [
        ({"at_least": "2万", "unit": "人次"}, Comparator.AT_LEAST, "不少于 20000 人次"),
        ({"more_than": "80", "unit": "％"}, Comparator.MORE_THAN, "超过 80%"),
        ({"at_most": "5", "unit": "起"}, Comparator.AT_MOST, "不超过 5 起"),
        ({"less_than": "0.5", "unit": "%"}, Comparator.LESS_THAN, "低于 0.5%"),
        ({"equal": "100", "unit": "%"}, Comparator.EQUAL, "等于 100%"),
        ({"about": "500", "unit": "人"}, Comparator.ABOUT, "约 500 人"),
        ({"between": ["10", "20"], "unit": "场"}, Comparator.BETWEEN, "10 至 20 场"),
    ],
)
def test_a_target_says_what_it_asks_for(keys: dict[str, object], comparator: Comparator, words: str) -> None:
    target = _target(**keys)
    assert (comparator, words) == (target.comparator, target.words)


def test_a_range_has_two_ends_and_everything_else_one() -> None:
    stretch, point = _target(between=["10", "20"], unit="场"), _target(about="10", unit="场")
    assert (stretch.amount, stretch.high) == (Decimal(10), Decimal(20))
    assert (point.amount, point.high) == (Decimal(10), Decimal(10))


def test_the_office_may_split_a_target() -> None:
    interim = {"2022-12-31": "4000", "2023-12-31": "1.2万"}
    task = task_of(by="2025-12-31", target={"at_least": "2万", "unit": "人次"}, interim=interim)
    found = [(row.day, row.amount.number) for row in task.row.interim]
    assert found == [(date(2022, 12, 31), Decimal(4000)), (date(2023, 12, 31), Decimal(12_000))]


def test_reports_are_due_on_the_day_the_policy_says_also_where_it_does_not_exist() -> None:
    assert date(2025, 1, 31) == policy_of().report_due.of(2024)
    leap = policy_of(report_due={"years_after": "1", "day": "02-29"}).report_due
    assert (date(2024, 2, 29), date(2025, 2, 28)) == (leap.of(2023), leap.of(2024))


def test_a_unit_that_the_document_names_itself_stands_for_nobody() -> None:
    policy = policy_of(reports_through={"市政府": "市政府办公室"})
    (alone,) = plan_of([row_of(lead=["市人民政府", "市科协"])], policy).tasks
    assert (alone.lead, alone.stands_for) == (("市政府办公室", "市科协"), {"市政府办公室": "市人民政府"})
    (both,) = plan_of([row_of(lead=["市人民政府", "市政府办公室"])], policy).tasks
    assert (both.lead, both.stands_for) == (("市政府办公室",), {})
