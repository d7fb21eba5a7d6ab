"""What the office lays down in plan/policy.yaml decides, and only as it is written there."""

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from kesu_cli.contribution import EvidenceNeed, evidence_needed
from kesu_cli.diagnostic import Place
from kesu_cli.drafting.strictness import of_time
from kesu_cli.loaded import Loaded
from kesu_cli.model.plan import assemble
from kesu_cli.model.plan_diff import PlanChangeKind
from kesu_cli.model.policy import Policy
from kesu_cli.model.progress import Entry
from kesu_cli.model.window import Days, Window
from kesu_cli.render.wording import remark_words, survey_words
from kesu_cli.rule import Context
from kesu_cli.rules import (
    counted_by_nobody,
    entry_not_counted,
    evidence_missing,
    policy_not_applied,
    unknown_task,
    unknown_unit,
)
from kesu_cli.source.plan import terms_at
from kesu_cli.standing import Declaration, Known, Source, Standing, finished_late, stand
from kesu_cli.verdict import Light, Verdict
from kesu_cli.yamltext.read import read_mapping
from sample_task import (
    AT_LEAST_30,
    as_of,
    entry_of,
    plan_of,
    policy_of,
    row_of,
    standing_of,
    task_of,
    window_of,
    without_proof,
)
from test_rules_together import context_of, entry, filing, handed_over, messages, said

# --- source_of_record

OF_RECORD = policy_of(source_of_record={"M06-1": "市科协"})
AT_MOST_30 = {"at_most": "30", "unit": "名"}


def _told(standing: Standing) -> list[tuple[str, str]]:
    return [(c.entry.unit, c.why) for c in standing.contributions]


def test_only_the_ledger_of_record_counts_and_the_rest_is_part_of_it() -> None:
    task = task_of(OF_RECORD, target=AT_LEAST_30)
    standing = standing_of(task, entry_of("18"), entry_of("20", unit="市科协"))
    assert standing.actual == 20
    assert sorted(_told(standing)) == [("市教体局", "以市科协的台账为准，这里是其中数"), ("市科协", "")]


def test_while_the_ledger_of_record_is_silent_nobody_has_reported() -> None:
    task = task_of(OF_RECORD, target=AT_LEAST_30)
    assert standing_of(task, entry_of("40")).verdict is Verdict.UNREPORTED


def test_a_ceiling_is_not_kept_by_a_unit_whose_ledger_is_not_of_record() -> None:
    task = task_of(OF_RECORD, target=AT_MOST_30)
    known = Known(
        declared=[Declaration("市教体局", 2024, "没有开展")],
        sources=[Source("市科协", 2024, is_zero=False)],
    )
    standing = stand(task, window_of(task), "", [entry_of("18")], as_of("2024-12-31"), OF_RECORD, known)
    assert (standing.actual, standing.verdict) == (None, Verdict.UNREPORTED)
    overdue = known._replace(sources=[Source("市科协", 2024, is_zero=False, unknown="到期没有报送")])
    standing = stand(task, window_of(task), "", [entry_of("18")], as_of("2025-02-01"), OF_RECORD, overdue)
    assert standing.worst in (Verdict.MISSED, Verdict.UNREPORTED)


def test_a_ledger_of_record_may_be_named_by_an_alias() -> None:
    task = task_of(policy_of(source_of_record={"M06-1": "市教育体育局"}), target=AT_LEAST_30)
    assert (task.source_of_record, task.sources) == ("市教体局", ("市教体局",))


def test_a_ledger_of_record_that_counts_nothing_is_named() -> None:
    rows = [row_of(target=AT_LEAST_30), row_of(id="M06-2", target=AT_LEAST_30, spread="each")]
    named = {"M06-1": "洎阳街道", "M06-2": "市科协"}
    policy = policy_of(source_of_record=named)
    assert messages(policy_not_applied.RULE, context_of(rows, policy=policy)) == [
        "M06-1 任务：以洎阳街道的台账为准，而它不是这项任务的牵头或责任单位，谁报的都不计入",
        "M06-2 任务：各单位各算各的，不能以市科协的台账为准",
    ]
    standing = standing_of(task_of(policy, target=AT_MOST_30), entry_of("18"))
    assert (standing.actual, standing.verdict) == (None, Verdict.UNREPORTED)


def test_a_part_of_the_ledger_of_record_is_not_lost_whoever_else_is_said_to_count_it() -> None:
    theirs = filing("市教体局", entry("18", counted_by="团市委"))
    rows = [row_of(target=AT_LEAST_30)]
    assert messages(counted_by_nobody.RULE, context_of(rows, theirs, policy=OF_RECORD)) == []


def test_what_the_ledger_of_record_leaves_to_another_unit_is_lost() -> None:
    ours = filing("市科协", entry("18", counted_by="市教体局"))
    theirs = filing("市教体局", entry("18"))
    context = context_of([row_of(target=AT_LEAST_30)], ours, theirs, policy=OF_RECORD)
    (message,) = messages(counted_by_nobody.RULE, context)
    assert "市教体局的条目只作其中数（以市科协的台账为准），报了也不计入" in message


# --- evidence by task

SIGNED = {"kind": "签到表", "url": "https://example.invalid/1"}
PICTURE = {"kind": "照片", "url": "https://example.invalid/2"}


def _asking(**need: object) -> Policy:
    return policy_of(evidence={"hard": "1", "tasks": {"M06-1": need}})


def _lacking(policy: Policy, *pieces: dict[str, str], strength: str = "hard") -> list[str]:
    rows = [row_of(strength=strength, target=AT_LEAST_30)]
    reported = filing("市教体局", entry("18", evidence=list(pieces)))
    return messages(evidence_missing.RULE, context_of(rows, reported, policy=policy))


def test_the_office_may_ask_for_more_evidence_of_one_task_and_for_kinds() -> None:
    policy = _asking(at_least="2", kinds=["签到表", "照片"])
    head = "“条目”的佐证材料"
    assert _lacking(policy) == [f"{head}有 0 件，M06-1 的条目每条至少要 2 件，还缺签到表、照片"]
    assert _lacking(policy, SIGNED) == [f"{head}有 1 件，M06-1 的条目每条至少要 2 件，还缺照片"]
    assert _lacking(policy, SIGNED, SIGNED) == [f"{head}里没有照片，M06-1 的条目每条都要有"]
    assert _lacking(policy, SIGNED, PICTURE) == []
    assert _lacking(_asking(at_least="2"), SIGNED) == [f"{head}有 1 件，M06-1 的条目每条至少要 2 件"]


def test_of_what_the_office_does_not_say_of_a_task_its_strength_decides() -> None:
    assert evidence_needed(task_of(strength="hard"), _asking(kinds=["照片"])) == EvidenceNeed(1, ("照片",))
    assert evidence_needed(task_of(strength="hard"), _asking()) == EvidenceNeed(1)
    assert evidence_needed(task_of(strength="soft"), _asking(kinds="照片")) == EvidenceNeed(1, ("照片",))
    assert evidence_needed(task_of(strength="hard"), _asking(at_least="0")) == EvidenceNeed(0)
    assert evidence_needed(task_of(), _asking(at_least="1", kinds=["照片", "报道", "照片"])).number == 2


def test_the_kind_that_lacks_is_the_one_to_write() -> None:
    policy = _asking(kinds=["照片"])
    context = context_of([row_of(target=AT_LEAST_30)], filing("市教体局", entry("18")), policy=policy)
    assert [problem.write for problem in said(evidence_missing.RULE, context)] == [
        "evidence: [{kind: 照片, path: 文件}]"
    ]


# --- baselines and interims

PER_CENT_15 = {"at_least": "15", "unit": "%"}
SURVEY = {"kind": "rate", "spread": "any", "by": "2025-12-31"}


def test_a_baseline_that_the_document_leaves_out_is_the_office_s() -> None:
    policy = policy_of(baselines={"M06-1": "10%"})
    task = task_of(policy, target=PER_CENT_15, **SURVEY)
    standing = standing_of(task, entry_of("12.5%", "2022-06-30"), on="2022-12-31", policy=policy)
    assert (standing.completion, standing.verdict) == (Fraction(1, 2), Verdict.ON_PACE)
    assert standing_of(task_of(target=PER_CENT_15, **SURVEY), entry_of("12.5%")).gap is None


def test_interim_points_that_the_document_leaves_out_are_the_office_s() -> None:
    policy = policy_of(interims={"M06-1": {"2024-06-30": "20"}})
    standing = standing_of(task_of(policy, target=AT_LEAST_30), on="2024-06-30")
    assert standing.pace == Fraction(2, 3)


def test_the_document_s_own_baseline_and_points_stand_above_the_office_s() -> None:
    policy = policy_of(baselines={"M06-1": "9"}, interims={"M06-1": {"2024-06-30": "20"}})
    row = row_of(target=AT_LEAST_30, baseline="10", interim={"2024-06-30": "25"})
    task = plan_of([row], policy).tasks[0]
    assert (task.baseline, task.interim) == (task.row.baseline, task.row.interim)
    assert messages(policy_not_applied.RULE, context_of([row], policy=policy)) == [
        "M06-1 任务：办公室定的基数是 9，原文写的是 10，按原文计算",
        "M06-1 任务：办公室分期的目标与原文写的不同，按原文计算",
    ]


def test_the_same_said_twice_is_no_conflict() -> None:
    policy = policy_of(baselines={"M06-1": "10名"}, interims={"M06-1": {"2024-06-30": "20"}})
    row = row_of(target=AT_LEAST_30, baseline="10", interim={"2024-06-30": "20名"})
    assert messages(policy_not_applied.RULE, context_of([row], policy=policy)) == []


@pytest.mark.parametrize(
    ("target", "baseline", "why"),
    [
        (AT_LEAST_30, "30", "基数与目标相同，无法计算完成率"),
        (AT_LEAST_30, "31", "基数已经超过目标，无法计算完成率"),
        (AT_MOST_30, "20", "基数已经低于上限，无法计算完成率"),
        (AT_LEAST_30, "20人次", "计量单位是“人次”，任务要求“名”"),
        (PER_CENT_15, "0.1", "百分数写成了小数，分不清是百分之几还是比例"),
        (None, "20", "这项任务没有目标数"),
    ],
)
def test_a_baseline_that_nothing_can_be_reckoned_from_is_not_applied(
    target: dict[str, str] | None, baseline: str, why: str
) -> None:
    policy = policy_of(baselines={"M06-1": baseline})
    row = row_of() if target is None else row_of(target=target)
    assert plan_of([row], policy).tasks[0].baseline is None
    (found,) = messages(policy_not_applied.RULE, context_of([row], policy=policy))
    assert found == f"M06-1 任务：基数用不上：{why}"


def test_points_in_another_unit_of_measure_are_not_applied() -> None:
    policy = policy_of(interims={"M06-1": {"2024-06-30": "20", "2024-09-30": "25人次"}})
    row = row_of(target=AT_LEAST_30)
    assert plan_of([row], policy).tasks[0].interim == ()
    assert messages(policy_not_applied.RULE, context_of([row], policy=policy)) == [
        "M06-1 任务：分期目标用不上：计量单位是“人次”，任务要求“名”"
    ]


# --- whose figure it is

NEXT_CITY = policy_of(accept_area={"M06-1": ["邻市"]}, area="本市")


def _surveyed(policy: Policy, *entries: Entry, **keys: object) -> Standing:
    task = task_of(policy, **({"target": PER_CENT_15} | SURVEY | keys))
    return standing_of(task, *entries, on="2025-12-31", policy=policy)


def test_the_figure_of_another_area_is_a_reference_and_does_not_count() -> None:
    standing = _surveyed(policy_of(), entry_of("15.3%", area="邻市"))
    assert _told(standing) == [("市教体局", "是邻市的数，本级没有数据")]
    assert (standing.actual, standing.verdict, standing.remarks) == (None, Verdict.MISSED, ())


def test_the_figure_that_the_office_takes_counts_and_says_whose_it_is() -> None:
    standing = _surveyed(NEXT_CITY, entry_of("15.3%", area="邻市"), entry_of("16%", area="远市"))
    assert (standing.actual, standing.verdict) == (Fraction("15.3"), Verdict.MET)
    assert standing.remarks == ("用的是邻市的数，由办公室认定",)
    assert remark_words(standing) == "用的是邻市的数，由办公室认定"


def test_our_own_figure_needs_no_word_about_whose_it_is() -> None:
    standing = _surveyed(
        NEXT_CITY, entry_of("15.3%", area="本市"), entry_of("16%", "2023-07-01", area="邻市")
    )
    assert (standing.actual, standing.remarks) == (Fraction("15.3"), ())


def test_a_reference_does_not_keep_a_ceiling() -> None:
    ceiling = {"at_most": "15", "unit": "%"}
    standing = _surveyed(policy_of(), entry_of("10%", area="邻市"), target=ceiling)
    assert standing.verdict is Verdict.MISSED


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("15.3%", ("与目标相差 0.3 个百分点，在调查误差（上下 1.5 个百分点）以内",)),
        ("13.5%", ("与目标相差 1.5 个百分点，在调查误差（上下 1.5 个百分点）以内",)),
        ("13.4%", ()),
    ],
)
def test_a_level_as_near_to_its_target_as_the_survey_may_err_says_so(
    value: str, expected: tuple[str, ...]
) -> None:
    entry = entry_of(value, sample="2000", margin="1.5%")
    assert _surveyed(policy_of(), entry).remarks == expected
    spread = {"between": ["15", "20"], "unit": "%"}
    near_the_end = entry_of("21%", margin="1个百分点")
    assert _surveyed(policy_of(), near_the_end, target=spread).remarks == (
        "与目标相差 1 个百分点，在调查误差（上下 1 个百分点）以内",
    )


def test_the_undisputed_level_says_whose_it_is_beside_a_newer_one_in_doubt() -> None:
    sure = entry_of("14%", "2024-01-31", area="邻市")
    doubtful = entry_of("16%", "2024-06-30")._replace(position=1)
    task = task_of(NEXT_CITY, target=PER_CENT_15, **SURVEY)
    standing = standing_of(task, sure, doubtful, disputes=without_proof(doubtful), policy=NEXT_CITY)
    assert standing.actual == 14
    assert standing.remarks == ("用的是邻市的数，由办公室认定",)


def test_errors_of_figures_that_add_up_are_not_held_against_their_target() -> None:
    entry = entry_of("29", margin="5名")
    assert standing_of(task_of(target=AT_LEAST_30), entry).remarks == ()
    assert standing_of(task_of(), entry).remarks == ()


def test_no_line_is_drawn_through_the_figures_of_two_areas() -> None:
    task = task_of(NEXT_CITY, target=PER_CENT_15, **SURVEY)
    levels = entry_of("10%", "2022-06-30", area="邻市"), entry_of("12%", "2023-06-30", area="邻市")
    assert standing_of(task, *levels, on="2023-12-31", policy=NEXT_CITY).forecast is not None
    mixed = levels[0], entry_of("12%", "2023-06-30")
    assert standing_of(task, *mixed, on="2023-12-31", policy=NEXT_CITY).forecast is None


def test_an_entry_tells_its_area_its_source_and_its_survey() -> None:
    entry = entry_of("15%", area="邻市", cited_from="邻市公报", sample="2000", margin="1.5%")
    assert survey_words(entry) == "邻市的数；引用上级数据：邻市公报；样本量 2000；误差上下 1.5"
    assert survey_words(entry_of("15%")) == ""


@pytest.mark.parametrize(
    ("value", "margin", "is_sound"),
    [("15%", "1.5", True), ("15%", "1.5个百分点", True), ("15%", "15‰", False), ("15名", "2名", True),
     ("15名", "2%", False), (None, "2%", True), (None, "2名", False), ("15", "2名", True)],
)  # fmt: skip
def test_the_error_is_in_the_unit_of_measure_of_its_figure(
    value: str | None, margin: str, *, is_sound: bool
) -> None:
    if is_sound:
        assert entry_of(value, margin=margin).survey.margin == Fraction(margin.rstrip("%名个百分点"))
    else:
        with pytest.raises(ValueError, match="误差要与数值用同一个计量单位"):
            entry_of(value, margin=margin)


# --- rhythms


def _windows(**keys: str) -> list[str]:
    found = (f"{w.label} {w.start}/{w.end}" for w in task_of(**keys).windows)
    return [text for text in found if "2024" in text]


def test_half_a_year_is_january_to_june_and_july_to_december() -> None:
    assert _windows(every="half") == [
        "2024年上半年 2024-01-01/2024-06-30",
        "2024年下半年 2024-07-01/2024-12-31",
    ]
    policy = policy_of(throughout="half")
    assert len(task_of(policy, throughout="true").windows) == 10


def test_a_year_may_end_on_a_day_of_its_own() -> None:
    assert _windows(every="year", until="12-15") == ["2024年12月15日前 2024-01-01/2024-12-15"]
    leap = task_of(every="year", until="02-29").windows
    assert [window.end.day for window in leap] == [28, 28, 28, 29, 28]
    assert task_of(every="year", until="12-15").row.when == "每年12月15日前"


@pytest.mark.parametrize("when", ["half", "semester", "quarter", "month"])
def test_a_day_of_the_year_goes_only_with_every_year(when: str) -> None:
    with pytest.raises(ValueError, match="until（每年的截止日）只与 every: year 一起写"):
        task_of(every=when, until="12-15")
    with pytest.raises(ValueError, match="只与 every: year 一起写"):
        task_of(by="2025-12-31", until="12-15")


def test_what_is_done_after_the_day_of_its_year_is_named_and_does_not_count() -> None:
    task = task_of(target=AT_LEAST_30, every="year", until="06-30")
    standing = standing_of(task, entry_of("20", "2024-06-30"), entry_of("20", "2024-11-20"))
    assert [c.why for c in standing.contributions] == ["", "晚于到期日 2024-06-30"]
    assert (standing.actual, standing.verdict) == (Fraction(20), Verdict.MISSED)
    reported = filing("市教体局", entry("20", "2024-06-30"), entry("20", "2024-11-20"))
    context = context_of([row_of(target=AT_LEAST_30, every="year", until="06-30")], reported)
    judged = [s for s in context.standings if s.window.end.year == 2024]
    assert [c.why for c in judged[0].contributions] == ["", "晚于到期日 2024-06-30"]
    assert messages(entry_not_counted.RULE, context) == []


def test_what_is_done_in_the_next_year_belongs_to_the_next_year() -> None:
    task = task_of(target=AT_LEAST_30, every="year", until="06-30")
    standing = standing_of(task, entry_of("20", "2025-01-01"), on="2025-06-30")
    assert standing.contributions == ()


def test_a_plain_duty_done_after_the_day_of_its_year_was_finished_late() -> None:
    standing = standing_of(task_of(every="year", until="06-30"), entry_of(day="2024-09-01"))
    late = finished_late(standing)
    assert late is not None
    assert str(late.days) == "2024-09-01"
    assert task_of(every="year", until="06-30").is_dated
    assert not task_of(every="year").is_dated


@pytest.mark.parametrize(
    ("first", "last", "year"),
    [
        ("2024-08-01", "2025-01-31", 2024),
        ("2024-12-01", "2025-05-31", 2025),
        ("2024-12-31", "2025-01-01", 2024),  # as many days in either: the earlier
        ("2023-09-01", "2024-08-30", 2024),
        ("2024-03-01", "2025-02-28", 2024),
    ],
)
def test_a_window_of_at_most_a_year_belongs_to_the_year_that_holds_most_of_its_days(
    first: str, last: str, year: int
) -> None:
    window = Window(Days(date.fromisoformat(first), date.fromisoformat(last)), "")
    assert [y for y in range(2020, 2030) if window.belongs_to(y)] == [year]


def test_a_window_of_more_than_a_year_belongs_to_every_year_it_meets() -> None:
    window = Window(Days(date(2023, 12, 31), date(2025, 1, 1)), "")
    assert [y for y in range(2020, 2030) if window.belongs_to(y)] == [2023, 2024, 2025]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"every": "year"}, {"every": "half"}, PlanChangeKind.RHYTHM_TIGHTER),
        ({"every": "quarter"}, {"every": "half"}, PlanChangeKind.RHYTHM_LOOSER),
        ({"every": "year"}, {"every": "year", "until": "12-15"}, PlanChangeKind.DEADLINE_EARLIER),
        (
            {"every": "year", "until": "11-30"},
            {"every": "year", "until": "12-15"},
            PlanChangeKind.DEADLINE_LATER,
        ),
        ({"every": "year", "until": "11-30"}, {"every": "year"}, PlanChangeKind.DEADLINE_LATER),
        ({"every": "half"}, {"every": "half"}, None),
    ],
)
def test_a_later_day_of_the_year_and_a_slower_rhythm_ask_for_less(
    old: dict[str, str], new: dict[str, str], expected: PlanChangeKind | None
) -> None:
    assert of_time(task_of(**old), task_of(**new)) is expected


# --- 追溯


def test_what_lay_before_the_issue_is_judged_only_if_the_office_says_so() -> None:
    rows = [row_of(strength="hard", target=AT_LEAST_30)]
    for policy, is_retroactive in ((policy_of(), True), (policy_of(judge_before_issue="true"), False)):
        context = handed_over(context_of(rows, on="2025-12-31", policy=policy, issued="2025-03-29"))
        (standing,) = context.standings
        assert (standing.verdict, standing.retroactive) == (Verdict.UNREPORTED, is_retroactive)
        assert (standing.weight is None, standing.light is Light.GREY) == (is_retroactive, is_retroactive)
        assert {s.retroactive for s in context.submissions} == {is_retroactive}
        assert {s.is_owed for s in context.submissions} == {not is_retroactive}


def test_what_ends_after_the_issue_is_judged_whatever_the_office_says() -> None:
    rows = [row_of(strength="hard", target=AT_LEAST_30)]
    context = handed_over(context_of(rows, on="2025-12-31", issued="2024-12-31"))
    assert [standing.retroactive for standing in context.standings] == [False]
    assert {s.retroactive for s in context.submissions} == {False}


# --- the page about it

PAGE = Path(__file__).parent.parent / "docs" / "policy.md"
BLOCK = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_what_the_page_shows_can_be_written_together_and_fits_the_plan() -> None:
    shown = "report_due: {years_after: 1, day: 01-31}\n" + "".join(BLOCK.findall(PAGE.read_text("utf-8")))
    data, faults = read_mapping(shown, Place("plan/policy.yaml"))
    assert faults == ()
    policy = Policy.model_validate(data)
    terms = terms_at(PAGE.parent.parent / "plan", "plan").readable_terms()
    plan = assemble(terms.plan.file, terms.plan.place, terms.units, policy)
    changed = replace(terms, plan=plan, policy=policy)
    context = Context(Loaded(changed), as_of("2024-12-31"), (2024,))
    for rule in (policy_not_applied.RULE, unknown_task.RULE, unknown_unit.RULE):
        assert [problem for problem in rule.check(context) if problem.place.file == "plan/policy.yaml"] == []
    assert plan.by_id["M08-4"].source_of_record == "市农业农村局"
    assert plan.by_id["G-1"].baseline is not None
