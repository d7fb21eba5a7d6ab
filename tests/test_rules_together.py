"""What the rules of standings, reports and several files say where their examples are silent."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import Example, run_example
from kesu_cli.diagnostic import EvidenceFile, Problem, Severity
from kesu_cli.engine.check import Request, check
from kesu_cli.engine.standings import judge
from kesu_cli.loaded import Loaded
from kesu_cli.model.amount import show_number
from kesu_cli.model.plan_folder import Terms
from kesu_cli.model.policy import Policy
from kesu_cli.model.progress import Filing, filing_of
from kesu_cli.model.progress_file import ProgressFile
from kesu_cli.model.window import AsOf
from kesu_cli.report import Report
from kesu_cli.rule import Context, Rule
from kesu_cli.rules import (
    behind_pace,
    double_count,
    due_soon,
    duplicate_report,
    evidence_changed,
    evidence_missing,
    foreign_task,
    identical_years,
    item_uncovered,
    level_falls,
    magnitude_jump,
    nothing_reported,
    overdue,
    percent_scale,
    repeated_entry,
    semester_gap,
    shared_evidence,
    target_missed,
    unit_did_not_report,
    unit_of_measure,
    unknown_item,
)
from kesu_cli.standing import Standing
from kesu_cli.submission import submissions
from kesu_cli.verdict import Verdict
from sample_task import (
    AT_LEAST_30,
    PROOF,
    as_of,
    doubts_of,
    plan_of,
    policy_of,
    row_of,
    units_of,
    without_proof,
)

LEADS = ("市教体局", "团市委")
OWNERS = (*LEADS, "市科协")
YEARLY_30 = row_of(strength="hard", target=AT_LEAST_30)
LEVEL_15 = row_of(
    kind="rate", strength="hard", spread="any", by="2025-12-31", target={"at_least": "15", "unit": "%"}
)


def entry(
    value: object = None, day: object = "2024-07-16", name: object = "条目", **keys: object
) -> dict[str, object]:
    figure = {} if value is None else {"value": value}
    return {"task": "M06-1", "date": day, "name": name} | figure | keys


def filing(
    unit: str, *entries: Mapping[str, object], year: int = 2024, nothing: Mapping[str, str] | None = None
) -> Filing:
    declared = [{"task": task, "reason": reason} for task, reason in (nothing or {}).items()]
    written = {"unit": unit, "year": str(year), "status": "draft", "entries": list(entries)}
    file = ProgressFile.model_validate(written | {"nothing_to_report": declared})
    return filing_of(f"progress/{year}/{unit}.yaml", file, units_of(), tuple(range(len(entries))))


def context_of(
    rows: Iterable[Mapping[str, object]],
    *filings: Filing,
    on: str | AsOf = "2024-12-31",
    years: tuple[int, ...] = (2024,),
    policy: Policy | None = None,
    **keys: object,
) -> Context:
    judged = as_of(on) if isinstance(on, str) else on
    policy = policy or policy_of()
    plan = plan_of(rows, policy, **keys)
    loaded = Loaded(Terms(plan, units_of(), policy), filings)
    return Context(loaded, judged, years, standings=judge(loaded, years, judged))


def handed_over(context: Context) -> Context:
    """Return the context with what is known about who has reported."""
    found = submissions(context.loaded, context.years, context.as_of)
    return replace(context, submissions=found)


def said(rule: Rule, context: Context) -> list[Problem]:
    return list(rule.check(context))


def messages(rule: Rule, context: Context) -> list[str]:
    return [problem.message for problem in said(rule, context)]


def places(rule: Rule, context: Context) -> list[tuple[str, int]]:
    """Return file and entry number of every problem, in order."""
    return sorted((problem.place.file, int(problem.place.path[1])) for problem in said(rule, context))


# --- every shortfall is said by exactly one rule

WHENS: list[dict[str, object]] = [
    {"by": "2024-06-30"},
    {"by": "2025-12-31"},
    {"during": "2024"},
    {"every": "year"},
    {"every": "semester"},
    {"throughout": "true"},
    {"on_event": "true"},
]
WHATS: list[dict[str, object]] = [
    {},
    {"items": ["安全生产月", "防灾减灾日"]},
    {"target": AT_LEAST_30},
    {"target": AT_LEAST_30, "tally": "latest"},
    {"target": AT_LEAST_30, "tally": "max"},
    {"target": {"at_least": "1", "unit": "次"}, "tally": "count"},
    {"target": {"at_most": "5", "unit": "名"}},
    {"target": {"equal": "100", "unit": "%"}, "kind": "rate", "spread": "each"},
]
GRID = [
    row_of(**{"id": f"M06-{number}", "spread": spread} | when | what)
    for number, (when, what, spread) in enumerate(
        ((when, what, spread) for when in WHENS for what in WHATS for spread in ("total", "each")), 1
    )
]
REPORTED: dict[str, list[dict[str, object]]] = {
    "nothing": [],
    "an unfinished entry": [{"status": "ongoing"}],
    "an entry without figure": [{}],
    "too little": [{"value": "1"}],
    "too much": [{"value": "200"}],
    "enough": [{"value": "30", "evidence": PROOF, "items": ["安全生产月", "防灾减灾日"]}],
    "one of the parts": [{"value": "3", "items": ["安全生产月"], "evidence": PROOF}],
    "another unit of measure": [{"value": "30", "unit": "场"}],
    "too late": [{"value": "30", "date": "2024-07-20"}],
    "another unit's figure": [{"value": "30", "counted_by": "市科协"}],
}
COVERING = (target_missed, overdue, item_uncovered, nothing_reported)


def grid_context(what: str, on: str, *, declared: bool = False) -> Context:
    tasks = [str(row["id"]) for row in GRID]
    entries = [
        entry(**({"day": "2024-03-05", "task": task} | keys)) for task in tasks for keys in _dated(what)
    ]
    nothing = dict.fromkeys(tasks, "本年未安排") if declared else {}
    filings = [filing(unit, *(entries if unit == LEADS[0] else []), nothing=nothing) for unit in OWNERS]
    return context_of(GRID, *filings, on=on)


def _dated(what: str) -> Iterator[dict[str, object]]:
    for keys in REPORTED[what]:
        yield (
            {"day": keys["date"]} | {key: keys[key] for key in keys if key != "date"}
            if "date" in keys
            else keys
        )


def needs_saying(standing: Standing) -> bool:
    return standing.weighs_as is Verdict.MISSED or standing.overdue


def key_of(standing: Standing) -> tuple[str, str, str]:
    return standing.task.id, standing.window.label, standing.unit


@pytest.mark.parametrize("declared", [False, True])
@pytest.mark.parametrize("on", ["2024-02-15", "2024-06-30", "2024-12-31", "2025-01-31", "2025-12-31"])
@pytest.mark.parametrize("what", REPORTED)
def test_every_shortfall_is_said_by_exactly_one_rule(what: str, on: str, declared: bool) -> None:
    context = grid_context(what, on, declared=declared)
    found = [problem for module in COVERING for problem in said(module.RULE, context)]
    speaking = Counter((problem.task, problem.window, problem.unit) for problem in found)
    short = [key_of(standing) for standing in context.standings if needs_saying(standing)]
    assert dict.fromkeys(short, 1) == {key: speaking[key] for key in short}
    # the only other thing these rules may say: a figure of which nothing was heard in a whole year
    rest = {key_of(standing): standing for standing in context.standings}
    others = {rest[key].worst for key in speaking if key not in short}
    assert others <= {Verdict.UNREPORTED, Verdict.BEHIND}
    assert set(speaking.values()) <= {1}


def test_the_grid_makes_each_of_the_rules_speak_of_each_bad_verdict() -> None:
    contexts = [
        grid_context(what, "2025-12-31", declared=flag) for what in REPORTED for flag in (False, True)
    ]
    verdicts = {(*key_of(s), number): s.worst for number, c in enumerate(contexts) for s in c.standings}
    spoken = {
        (module.RULE.code, verdicts[problem.task, problem.window, problem.unit, number])
        for number, context in enumerate(contexts)
        for module in COVERING
        for problem in said(module.RULE, context)
    }
    expected = {(code, verdict) for code in ("KS304", "KS305", "KS306") for verdict in _BAD}
    assert expected | {("KS301", Verdict.MISSED)} == spoken


_BAD = (Verdict.MISSED, Verdict.UNREPORTED)


# --- KS302 behind pace


def test_the_gap_of_a_rate_is_in_points_and_so_is_what_is_needed() -> None:
    row = LEVEL_15 | {"baseline": "7"}
    context = context_of([row], filing("市科协", entry("9%", "2024-11-30")))
    found = (
        "M06-1 任务：2021—2025年完成率 25.0%，序时进度 80.0%，进度差 -55.0 个百分点；"
        "今后平均每月需增加 0.5 个百分点"
    )
    assert messages(behind_pace.RULE, context) == [found]


def test_with_less_than_a_month_left_all_that_lacks_is_named() -> None:
    context = context_of([YEARLY_30], filing("市教体局", entry("24")), on="2024-12-20")
    assert messages(behind_pace.RULE, context)[0].endswith("；到期前还需增加 6 名")


def test_a_figure_that_has_run_past_what_it_must_hit_is_said_to_be_over() -> None:
    row = row_of(target={"equal": "100", "unit": "户"}, tally="latest")
    context = context_of([row], filing("市教体局", entry("120")), on="2024-09-30")
    assert messages(behind_pace.RULE, context) == ["M06-1 任务：2024年现为 120 户，已超出目标（等于 100 户）"]


def test_a_level_above_its_ceiling_is_said_to_be_over_and_never_held_against_time() -> None:
    row = row_of(target={"at_most": "100", "unit": "起"}, tally="latest")
    context = context_of([row], filing("市教体局", entry("118")), on="2024-09-30")
    said_of_it = "M06-1 任务：2024年现为 118 起，已超出目标（不超过 100 起）"
    assert messages(behind_pace.RULE, context) == [said_of_it]


@pytest.mark.parametrize(
    ("strength", "expected"),
    [("hard", Severity.WARNING), ("firm", Severity.WARNING), ("soft", Severity.NOTE)],
)
def test_being_behind_is_never_an_error(strength: str, expected: Severity) -> None:
    row = row_of(strength=strength, target=AT_LEAST_30)
    context = context_of([row], filing("市教体局", entry("1")), on="2024-09-30")
    assert [expected] == [problem.severity for problem in said(behind_pace.RULE, context)]


# --- KS303 due soon

DUE_BY_NOVEMBER = row_of(by="2024-11-30")


@pytest.mark.parametrize(
    ("day", "over", "expected"),
    [
        ("2024-09-30", True, []),  # 61 days before
        ("2024-10-01", True, ["还剩 60 天，"]),
        ("2024-11-29", True, ["还剩 1 天，"]),
        ("2024-11-29", False, ["还剩 2 天（含今天），"]),
        ("2024-11-30", False, ["还剩 1 天（含今天），"]),
        ("2024-11-30", True, []),
        ("2024-12-05", True, []),
    ],
)
def test_the_days_left_are_counted_up_to_the_end_of_the_last_day(
    day: str, over: bool, expected: list[str]
) -> None:
    found = messages(due_soon.RULE, context_of([DUE_BY_NOVEMBER], on=as_of(day, over=over)))
    assert expected == [text[text.index("还剩") : text.index("现在")] for text in found]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (row_of(during="2024", strength="soft"), [Severity.NOTE]),
        (row_of(every="year", strength="hard"), [Severity.NOTE]),
        (row_of(every="year", strength="firm"), []),
        (row_of(on_event="true", strength="hard"), []),
    ],
)
def test_only_deadlines_and_hard_rhythms_fall_due(row: dict[str, object], expected: list[Severity]) -> None:
    context = context_of([row], on="2024-12-01")
    assert expected == [problem.severity for problem in said(due_soon.RULE, context)]


@pytest.mark.parametrize(("value", "expected"), [("30", []), ("28", []), ("2", ["M06-1"]), (None, ["M06-1"])])
def test_what_is_met_or_on_pace_needs_no_reminder(value: str | None, expected: list[str]) -> None:
    entries = [entry(value, evidence=PROOF)] if value else []
    context = context_of([YEARLY_30], filing("市教体局", *entries), on="2024-12-01")
    assert expected == [problem.task for problem in said(due_soon.RULE, context)]


# --- KS304, KS305 and KS306: why nothing counts


def test_a_deadline_is_overdue_from_the_moment_its_day_is_over() -> None:
    row = row_of(by="2024-06-30")
    last_day = as_of("2024-06-30", over=False)
    assert messages(overdue.RULE, context_of([row], on=last_day)) == []
    assert messages(overdue.RULE, context_of([row], on="2024-06-30")) == [
        "M06-1 任务：应于 2024-06-30 以前完成，期限当天已过；没有报送任何条目"
    ]


def test_work_done_after_its_deadline_is_named_as_late() -> None:
    context = context_of([row_of(by="2024-06-30")], filing("市教体局", entry()), on="2024-07-31")
    assert messages(overdue.RULE, context) == [
        "M06-1 任务：应于 2024-06-30 以前完成，逾期 16 天完成（2024-07-16“条目”）"
    ]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"status": "ongoing"}, "已逾期 31 天；报送的 1 条都不能计入（尚未办结）"),
        ({"day": "2024-06", "name": "会"}, "期限当天已过"),
    ],
)
def test_what_is_not_done_or_not_surely_late_is_not_called_done_late(
    keys: dict[str, object], expected: str
) -> None:
    on = "2024-07-31" if "status" in keys else "2024-06-15"
    due = "2024-06-30" if "status" in keys else "2024-06-15"
    context = context_of([row_of(by=due)], filing("市教体局", entry(**keys)), on=on)
    (text,) = messages(overdue.RULE, context)
    assert expected in text


def test_of_several_late_entries_the_first_says_when_it_was_done() -> None:
    late = [entry(None, day, name) for day, name in (("2024-09-01", "后"), ("2024-07-10", "先"))]
    context = context_of([row_of(by="2024-06-30")], filing("市教体局", *late), on="2024-12-31")
    assert messages(overdue.RULE, context)[0].endswith("逾期 10 天完成（2024-07-10“先”）")


@pytest.mark.parametrize(
    ("reported", "nothing", "expected"),
    [
        ([], {}, "2024年没有报送任何条目"),
        ([entry(status="ongoing")], {}, "2024年报送的 1 条都不能计入（尚未办结）"),
        ([], {"M06-1": "上级未安排"}, "2024年已声明无可报送（上级未安排）"),
        ([], {"M06-2": "上级未安排"}, "2024年没有报送任何条目"),
    ],
)
def test_an_empty_duty_says_whether_it_is_silence_unfinished_or_declared(
    reported: list[dict[str, object]], nothing: dict[str, str], expected: str
) -> None:
    context = context_of([row_of()], filing("市教体局", *reported, nothing=nothing), on="2025-01-31")
    assert [f"M06-1 任务：{expected}"] == messages(nothing_reported.RULE, context)


@pytest.mark.parametrize(("on", "expected"), [("2021-12-30", 0), ("2021-12-31", 1), ("2024-06-30", 1)])
def test_a_long_figure_is_asked_for_after_its_first_calendar_year(on: str, expected: int) -> None:
    row = row_of(by="2025-12-31", target=AT_LEAST_30)
    context = context_of([row], on=on, years=(int(on[:4]),))
    found = messages(nothing_reported.RULE, context)
    assert ["M06-1 任务：2021—2025年至今没有报送任何条目"] * expected == found


@pytest.mark.parametrize(("on", "expected"), [("2021-12-31", 0), ("2022-12-30", 0), ("2022-12-31", 1)])
def test_a_year_of_which_the_window_has_only_a_part_is_not_asked_for(on: str, expected: int) -> None:
    period = {"from": "2021-03-01", "to": "2025-12-31"}
    row = row_of(by="2025-12-31", target=AT_LEAST_30)
    context = context_of([row], on=on, years=(int(on[:4]),), period=period)
    assert expected == len(said(nothing_reported.RULE, context))


@pytest.mark.parametrize(("on", "expected"), [("2024-12-31", []), ("2025-01-31", ["2024年秋季学期"])])
def test_an_autumn_semester_may_be_reported_until_its_end_in_january(on: str, expected: list[str]) -> None:
    context = context_of([row_of(every="semester", target=AT_LEAST_30)], on=on)
    windows = [problem.window for problem in said(nothing_reported.RULE, context)]
    assert expected == [window for window in windows if window == "2024年秋季学期"]


def test_a_unit_without_any_report_is_named_once_and_not_for_each_of_its_duties() -> None:
    rows = [row_of(spread="each"), row_of(id="M06-2", spread="each", target=AT_LEAST_30)]
    reports = [filing("市教体局"), filing("团市委")]
    context = handed_over(context_of(rows, *reports, on="2025-02-01"))
    assert Counter({"市教体局": 2, "团市委": 2}) == Counter(
        p.unit for p in said(nothing_reported.RULE, context)
    )
    assert [p.unit for p in said(unit_did_not_report.RULE, context)].count("市科协") == 1
    early = handed_over(context_of(rows, *reports, on="2025-01-30"))
    assert said(nothing_reported.RULE, early) == []


# --- through the engine: waivers, due dates

PLAN = """title: 方案
issuer: 示例市人民政府
issued: 2021-03-29
period: {from: 2021-01-01, to: 2025-12-31}
actions: []
phases:
  - id: P2
    name: 深入实施
    period: {from: 2022-01-01, to: 2025-12-31}
    tasks:
      - id: P2-1
        name: 建设培训基地
        kind: deliverable
        strength: hard
        during: 2024
        lead: [市科协]
"""
DRAFT = "unit: 市科协\nyear: 2024\nstatus: draft\n"
WAIVERS = """waivers:
  - task: P2-1
    unit: 市科协
    reason: 用地未批
    document: 示例文〔2024〕1号
    approved_by: 市农业农村局
    until: 2025-06-30
"""


def report_of(folder: Path, *, on: date | None = None, today: date | None = None, **more: str) -> Report:
    files = {"plan/measures.yaml": PLAN, "progress/2024/市科协.yaml": DRAFT}
    files.update({f"plan/{name}.yaml": text for name, text in more.items()})
    report = run_example(Example(files=files, as_of=on), folder)
    return check(Request((folder / "progress/2024",), today), "test") if today else report


def test_a_waived_shortfall_is_marked_and_said_by_no_other_rule(tmp_path: Path) -> None:
    report = report_of(tmp_path, waivers=WAIVERS)
    assert [(s.verdict, s.unwaived) for s in report.standings] == [(Verdict.WAIVED, Verdict.UNREPORTED)]
    about = [(finding.code, finding.counts) for finding in report.findings if finding.task == "P2-1"]
    assert about == [("KS304", False)]


@pytest.mark.parametrize(
    ("on", "expected"),
    [(date(2025, 1, 30), set()), (date(2025, 1, 31), {"KS401", "KS403"}), (date(2024, 12, 31), set())],
)
def test_a_report_is_overdue_when_its_last_day_is_over(tmp_path: Path, on: date, expected: set[str]) -> None:
    found = {finding.code for finding in report_of(tmp_path, on=on).findings}
    assert expected == found & {"KS401", "KS403"}


@pytest.mark.parametrize(
    ("today", "expected"), [(date(2025, 1, 31), set()), (date(2025, 2, 1), {"KS401", "KS403"})]
)
def test_on_its_last_day_a_report_may_still_come_in(tmp_path: Path, today: date, expected: set[str]) -> None:
    found = {finding.code for finding in report_of(tmp_path, today=today).findings}
    assert expected == found & {"KS401", "KS403"}


# --- KS406, KS408, KS410: evidence and foreign tasks


@pytest.mark.parametrize(
    ("unit", "keys", "expected"),
    [
        ("市教体局", {}, 1),
        ("市教体局", {"evidence": PROOF}, 0),
        ("市教体局", {"status": "ongoing"}, 0),
        ("市教体局", {"counted_by": "市科协"}, 0),
        ("市教体局", {"counted_by": "市教体局"}, 1),
        ("市教体局", {"unit": "场"}, 1),
        ("市教体局", {"day": "2025-01-05"}, 0),
        ("市教体局", {"task": "M99-9"}, 0),
        ("洎阳街道", {}, 0),
    ],
)
def test_evidence_is_asked_only_of_what_can_count(unit: str, keys: dict[str, object], expected: int) -> None:
    context = context_of([YEARLY_30], filing(unit, entry(**({"value": "30"} | keys))))
    assert expected == len(said(evidence_missing.RULE, context))


@pytest.mark.parametrize(
    ("sha256", "found", "expected"),
    [
        ("a" * 64, EvidenceFile(exists=True, inside=True, sha256="a" * 64), 0),
        ("A" * 64, EvidenceFile(exists=True, inside=True, sha256="a" * 64), 0),
        ("b" * 64, EvidenceFile(exists=True, inside=True, sha256="a" * 64), 1),
        ("b" * 64, EvidenceFile(exists=False, inside=True), 0),  # KS407 says it
        ("b" * 64, EvidenceFile(exists=False, inside=False), 0),  # KS409 says it
        ("b" * 63, EvidenceFile(exists=False, inside=True), 1),
        ("g" * 64, EvidenceFile(exists=True, inside=True, sha256="a" * 64), 1),
    ],
)
def test_a_digest_is_compared_where_there_is_a_file_and_must_always_be_one(
    sha256: str, found: EvidenceFile, expected: int
) -> None:
    piece = {"kind": "签到表", "path": "佐证/1.pdf", "sha256": sha256}
    context = context_of([YEARLY_30], filing("市教体局", entry("30", evidence=[piece])))
    context = replace(context, loaded=replace(context.loaded, evidence={"佐证/1.pdf": found}))
    assert expected == len(said(evidence_changed.RULE, context))


OWNERLESS = LEVEL_15 | {"lead": [], "responsible": []}


@pytest.mark.parametrize(
    ("row", "policy"),
    [
        (OWNERLESS, {"unowned_by": "领导小组办公室"}),
        (OWNERLESS, {"accountable_for": {"M06-1": "市科协"}}),
        (OWNERLESS | {"accountable": "市科协"}, {"unowned_by": "市教体局"}),
    ],
)
def test_of_a_level_without_owners_only_the_unit_that_was_named_may_report(
    row: dict[str, object], policy: dict[str, object]
) -> None:
    reports = [filing("市科协", entry("12%", "2024-07-20")), filing("洎阳街道", entry("99%", "2024-08-20"))]
    context = context_of([row], *reports, policy=policy_of(**policy))
    assert [standing.actual for standing in context.standings] == [12]
    assert {c.why for s in context.standings for c in s.contributions} == {"", "由市科协报送"}
    (problem,) = said(foreign_task.RULE, context)
    assert problem.message == "洎阳街道不是 M06-1 任务的牵头或责任单位（应为市科协），“条目”没有计入"


def test_the_unit_for_what_nobody_owes_takes_nothing_from_those_who_owe() -> None:
    context = context_of([LEVEL_15], policy=policy_of(unowned_by="市科协"))
    assert context.plan.tasks[0].accountable == "市教体局"


def test_a_task_that_nobody_owes_is_foreign_to_nobody() -> None:
    row = row_of(lead=[], responsible=[])
    assert said(foreign_task.RULE, context_of([row], filing("洎阳街道", entry()))) == []
    context = context_of([row_of()], filing("洎阳街道", entry(), entry(task="M99-9")))
    assert places(foreign_task.RULE, context) == [("progress/2024/洎阳街道.yaml", 0)]


# --- KS220 semesters


@pytest.mark.parametrize(
    ("semesters", "expected"),
    [
        ((("春", "02-01", "07-31"), ("秋", "08-01", "01-31")), []),
        ((("春", "03-01", "08-31"), ("秋", "09-01", "02-29")), []),
        ((("秋", "08-15", "01-31"), ("春", "02-01", "07-31")), [(0, "14 天（08-01 至 08-14）不属于")]),
        ((("春", "02-01", "08-31"), ("秋", "08-15", "01-31")), [(1, "17 天（08-15 至 08-31）同时属于")]),
        (
            (("春", "02-01", "07-31"), ("夏", "03-01", "03-31"), ("秋", "08-01", "01-31")),
            [(1, "31 天（03-01 至 03-31）同时属于")],
        ),
        ((("全年", "01-01", "12-31"),), []),
        ((("春", "02-01", "07-31"),), [(0, "184 天（08-01 至 01-31）不属于")]),
        ((), []),
    ],
)
def test_semesters_follow_one_another(
    semesters: tuple[tuple[str, str, str], ...], expected: list[tuple[int, str]]
) -> None:
    rows = [{"name": name, "from": first, "to": last} for name, first, last in semesters]
    found = said(semester_gap.RULE, context_of([row_of()], policy=policy_of(semesters=rows)))
    assert [index for index, _ in expected] == [problem.place.path[-1] for problem in found]
    assert all(words in problem.message for (_, words), problem in zip(expected, found, strict=True))


# --- KS413 unknown items


@pytest.mark.parametrize(
    ("keys", "strength", "expected"),
    [
        ({"items": ["安全生产周", "防灾减灾日", "科普"]}, "hard", [(0, Severity.ERROR), (2, Severity.ERROR)]),
        ({"items": "安全生产周"}, "firm", [(0, Severity.WARNING)]),
        ({"items": ["安全生产月"]}, "hard", []),
        ({"items": ["安全生产月"], "task": "M06-2"}, "hard", [(0, Severity.WARNING)]),
        ({"items": ["安全生产月"], "task": "M99-9"}, "hard", []),
        ({}, "hard", []),
    ],
)
def test_an_item_must_be_one_that_its_task_names(
    keys: dict[str, object], strength: str, expected: list[tuple[int, Severity]]
) -> None:
    named = row_of(items=["安全生产月", "防灾减灾日"], strength=strength)
    context = context_of([named, row_of(id="M06-2", strength="hard")], filing("市教体局", entry(**keys)))
    found = said(unknown_item.RULE, context)
    assert expected == [(problem.place.path[-1], problem.severity) for problem in found]


def test_the_item_that_was_meant_is_offered() -> None:
    wrong = entry(items=["安全生产周", "科普"])
    context = context_of([row_of(items=["安全生产月", "防灾减灾日"])], filing("市教体局", wrong))
    assert messages(unknown_item.RULE, context) == [
        "“条目”：“安全生产周”不是 M06-1 点名的各项，没有计入；是否应为“安全生产月”？",
        "“条目”：“科普”不是 M06-1 点名的各项，没有计入",
    ]


# --- KS501 double count

LONG = "全市中小学科技辅导员暑期培训班"


def doubles(
    *filings: Filing, row: dict[str, object] = YEARLY_30, years: tuple[int, ...] = (2024,)
) -> list[tuple[str, str]]:
    """Return severity and file of every double count."""
    context = context_of([row, row_of(id="M06-2")], *filings, years=years)
    found = said(double_count.RULE, context)
    return sorted((str(problem.severity), problem.place.file[14:-5]) for problem in found)


def pair(one: dict[str, object], other: dict[str, object]) -> list[tuple[str, str]]:
    usual = {"value": "18"}
    return doubles(filing("市教体局", entry(**(usual | one))), filing("市科协", entry(**(usual | other))))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"name": LONG}, {"name": LONG}, ["error"]),
        ({"name": LONG}, {"name": f" {LONG[:4]}（{LONG[4:]}）"}, ["error"]),
        ({"name": f"{LONG}第1期"}, {"name": f"{LONG}第一期"}, ["error"]),
        ({"name": f"{LONG}第十二期"}, {"name": f"{LONG}（第１２期）"}, ["error"]),
        ({"name": f"{LONG}第1期"}, {"name": f"{LONG}第2期"}, []),
        ({"name": f"{LONG}第一期"}, {"name": f"{LONG}第二期"}, []),
        ({"name": f"{LONG}第1期"}, {"name": LONG}, []),
        ({"name": LONG}, {"name": LONG[:-1]}, ["warning"]),
        ({"name": LONG}, {"name": LONG[:-4]}, []),
        ({"name": f"市教体局{LONG * 3}"}, {"name": f"市科协{LONG * 3}"}, []),
        ({"name": f"市教体局{LONG * 3}"}, {"name": f"市教体局{LONG * 3}活动"}, ["warning"]),
        ({"day": "2024-07"}, {"day": "2024-07-31"}, ["error"]),
        ({"day": "2024-07"}, {"day": "2024-08-01"}, []),
        ({"day": {"from": "2024-07-01", "to": "2024-07-05"}}, {"day": "2024-07-05"}, ["error"]),
        ({"name": f"2024年{LONG}"}, {"name": LONG}, ["error"]),
        ({"name": f"二〇二四年度举办的{LONG}"}, {"name": LONG}, ["error"]),
        ({"name": "2024年第1期"}, {"name": "2024年第2期"}, []),
        ({"name": "2024年"}, {"name": "2023年"}, []),
        ({"name": "暑期科技辅导员培训班"}, {"name": "科技辅导员暑期培训班"}, ["error"]),
        ({"value": "20"}, {}, ["warning"]),
        ({"name": LONG, "value": "20"}, {"name": LONG[:-1]}, ["warning"]),
        ({"name": "科学教师研修", "jointly_with": ["市科协"]}, {"jointly_with": "市教体局"}, ["warning"]),
        ({"jointly_with": ["市科协"]}, {"jointly_with": "市教体局"}, ["error"]),
        ({"name": "科学教师研修", "jointly_with": ["市科协"]}, {}, []),
        (
            {"name": "研修1期", "jointly_with": ["市科协"]},
            {"name": "班", "jointly_with": "市教体局"},
            ["warning"],
        ),
        ({"name": "研修1期", "jointly_with": ["市科协"]}, {"name": "2期", "jointly_with": "市教体局"}, []),
        (
            {"name": "研修", "jointly_with": ["市科协"], "day": "2024-08"},
            {"jointly_with": "市教体局"},
            [],
        ),
        ({"task": "M06-2"}, {}, []),
        ({"counted_by": "市科协"}, {}, []),
        ({"counted_by": "市教体局"}, {}, ["error"]),  # then the other one should not count it
        ({"status": "ongoing"}, {}, []),
        ({"day": "2025-01-03"}, {"day": "2025-01-03"}, []),  # has not happened yet
    ],
)
def test_two_entries_are_one_fact_by_task_date_and_name(
    one: dict[str, object], other: dict[str, object], expected: list[str]
) -> None:
    assert [(severity, "市科协") for severity in expected] == pair(one, other)


def test_one_unit_is_not_two() -> None:
    assert doubles(filing("市教体局", entry("9"), entry("9"))) == []


def test_what_has_no_quantity_is_not_counted_twice() -> None:
    both = [filing(unit, entry(name="全国科普日活动")) for unit in LEADS]
    assert doubles(*both, row=row_of()) == []
    assert doubles(*both, row=row_of(target={"at_least": "1", "unit": "次"}, tally="count")) == [
        ("error", "市教体局")
    ]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"value": "100"}, {"value": "101"}, []),
        ({"value": "100"}, {"value": "100"}, ["warning"]),
        ({"value": "100", "name": LONG}, {"value": "101", "name": LONG[:-1]}, []),
        ({"value": "100", "name": LONG}, {"value": "100", "name": LONG[:-1]}, ["warning"]),
        (
            {"value": "100", "jointly_with": ["塔山街道"]},
            {"value": "101", "jointly_with": ["洎阳街道"]},
            ["warning"],
        ),
    ],
)
@pytest.mark.parametrize("day", ["2024-09-20", "2024-09"])
def test_members_of_a_group_hold_their_own_events_on_one_day(
    one: dict[str, object], other: dict[str, object], expected: list[str], day: str
) -> None:
    row = row_of(target=AT_LEAST_30, lead=["市教体局"], responsible=["各街道"])
    usual = {"day": "2024-09-20", "name": "农民教育培训班"}
    both = [
        filing("洎阳街道", entry(**(usual | one))),
        filing("塔山街道", entry(**(usual | other | {"day": day}))),
    ]
    assert [severity for severity, _ in doubles(*both, row=row)] == expected


def test_of_several_entries_of_one_name_the_one_with_the_same_figure_is_the_twin() -> None:
    mine = filing("市教体局", entry("20"), entry("18"), entry("22"))
    (problem,) = said(double_count.RULE, context_of([YEARLY_30], mine, filing("市科协", entry("18"))))
    assert [other.place for other in problem.related] == [mine.entries[1].place]
    assert problem.severity is Severity.ERROR


# --- KS510 repeated entry


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({}, "error"),
        ({"name": f"2024年{LONG}"}, "error"),
        ({"name": LONG[:-1]}, "warning"),
        ({"name": LONG[:-4]}, ""),
        ({"name": f"{LONG}第2期"}, ""),
        ({"value": "19"}, "error"),
        ({"value": "19", "name": LONG[:-1]}, ""),
        ({"day": "2024-07-17"}, ""),
        ({"task": "M06-2"}, ""),
        ({"task": "M99-9"}, ""),
        ({"counted_by": "市科协"}, ""),
    ],
)
def test_an_entry_is_repeated_by_task_date_value_and_name(keys: dict[str, object], expected: str) -> None:
    usual = {"value": "18", "name": LONG}
    report = filing("市教体局", entry(**usual), entry(**(usual | keys)))
    found = said(repeated_entry.RULE, context_of([YEARLY_30, row_of(id="M06-2")], report))
    assert [expected] * bool(expected) == [problem.severity for problem in found]
    assert [1] * bool(expected) == [problem.place.path[1] for problem in found]


def test_of_a_month_two_events_of_one_name_may_be_two() -> None:
    report = filing("市教体局", *(entry("18", "2024-07", LONG) for _ in range(3)))
    found = said(repeated_entry.RULE, context_of([YEARLY_30], report))
    assert [problem.severity for problem in found] == [Severity.WARNING] * 2
    assert found[0].message == (
        f"“{LONG}”（2024-07）与前面的“{LONG}”日期、数值都相同，名称相近，可能是同一件事写了两条"
    )


def test_duties_without_quantity_are_left_alone() -> None:
    twice = [entry(name=LONG), entry(name=LONG)]
    assert said(repeated_entry.RULE, context_of([row_of()], filing("市教体局", *twice))) == []


def test_units_that_each_have_their_own_duty_do_not_count_twice() -> None:
    both = [filing("市教体局", entry("9")), filing("市科协", entry("9"))]
    assert doubles(*both, row=row_of(target=AT_LEAST_30, spread="each")) == []
    assert doubles(*both, row=row_of(target=AT_LEAST_30, spread="total")) == [("error", "市科协")]


def test_a_fact_that_three_units_report_is_said_twice_not_three_times() -> None:
    found = doubles(*(filing(unit, entry("9")) for unit in OWNERS))
    assert found == [("error", "市教体局"), ("error", "市科协")]


def test_what_is_counted_twice_is_found_in_whatever_year_it_was_reported() -> None:
    old = [filing(unit, entry("9", "2023-07-16"), year=2023) for unit in LEADS]
    assert doubles(*old, filing("市科协")) == doubles(*old, years=(2023,)) == [("error", "市教体局")]


def test_the_later_file_is_marked_whatever_the_dates_and_the_other_is_shown() -> None:
    early = filing("市科协", entry("9", "2024-07", LONG))
    late = filing("市教体局", entry("9", "2024-07-16", LONG))
    (problem,) = said(double_count.RULE, context_of([YEARLY_30], late, early))
    assert problem.place == early.entries[0].place
    assert [(other.place, other.message) for other in problem.related] == [
        (late.entries[0].place, "市教体局的条目")
    ]
    assert problem.owners == ("市科协", "市教体局")
    assert problem.message == (
        f"“{LONG}”（2024-07）与市教体局报送的“{LONG}”（2024-07-16）是同一件事，被计了两次，多计 9 名"
    )


def test_a_likeness_is_said_in_per_cent() -> None:
    reports = [filing("市教体局", entry("9", name=LONG)), filing("市科协", entry("9", name=LONG[:-1]))]
    (text,) = messages(double_count.RULE, context_of([YEARLY_30], *reports))
    assert text.endswith("名称相似 96%、日期重叠，可能是同一件事计了两次")


def test_a_fact_across_two_years_is_said_when_one_of_them_is_judged() -> None:
    old = filing("市教体局", entry("9", {"from": "2023-12-20", "to": "2024-01-05"}, LONG), year=2023)
    assert doubles(old, filing("市科协", entry("9", "2024-01-05", LONG))) == [("error", "市科协")]


SUMMER = {"from": "2024-07-01", "to": "2024-08-31"}


@pytest.mark.parametrize("last", ["2024-08-15", "2024-08-31"])
@pytest.mark.parametrize("days", [[SUMMER, "2024-07-02"], ["2024-07-01", SUMMER]])
def test_of_a_long_and_a_short_entry_the_long_one_goes_on_running(days: list[object], last: str) -> None:
    mine = filing("团市委", *(entry("9", day, LONG) for day in days))
    alike = entry("9", "2024-07-10", f"{LONG}甲")  # lets the short one expire before the last one comes
    other = filing("市教体局", alike, entry("9", last, LONG))
    assert doubles(mine, other) == [("error", "市教体局"), ("warning", "市教体局")]


def test_an_entry_runs_up_to_the_end_of_its_last_day() -> None:
    mine = filing("团市委", entry("9", "2024-07-01", LONG), entry("9", SUMMER, LONG))
    assert doubles(mine, filing("市教体局", entry("9", "2024-08-31", LONG))) == [("error", "市教体局")]
    assert doubles(mine, filing("市教体局", entry("9", "2024-09-01", LONG))) == []


class Compared(str):
    """A unit's name that counts how often it is compared."""

    times = 0
    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        Compared.times += 1
        return str.__eq__(self, other)  # type: ignore[no-any-return, unused-ignore]

    def __ne__(self, other: object) -> bool:
        Compared.times += 1
        return str.__ne__(self, other)  # type: ignore[no-any-return, unused-ignore]

    __hash__ = str.__hash__


def test_entries_are_compared_only_while_they_overlap() -> None:
    days = [date.fromordinal(date(2023, 1, 1).toordinal() + number) for number in range(400)]
    # four hundred names, all alike, none the same: each lasts three days, so three run at a time
    entries = [
        entry(
            "9",
            {"from": str(day), "to": str(date.fromordinal(day.toordinal() + 2))},
            LONG + chr(0x4E00 + 16 * n),
        )
        for n, day in enumerate(days)
    ]
    plain = filing("市教体局", *entries, year=2024)
    counted = tuple(one._replace(unit=Compared(one.unit)) for one in plain.entries)
    # with one unit alone there would be nothing to compare
    other = filing("市科协", entry("9", "2024-12-31", LONG), year=2024)
    context = context_of([YEARLY_30], plain._replace(entries=counted), other)
    Compared.times = 0
    assert said(double_count.RULE, context) == []
    assert len(entries) <= Compared.times <= 10 * len(entries)


# --- KS502 shared evidence


def piece(**keys: str) -> dict[str, str]:
    return {"kind": "签到表"} | keys


def shared(*filings: Filing) -> list[tuple[str, int]]:
    found = places(shared_evidence.RULE, context_of([YEARLY_30], *filings))
    return [(file[14:-5], position) for file, position in found]


SAME_PIECES = [
    (piece(path="佐证/1.pdf"), piece(path="佐证/1.pdf")),
    (piece(path="佐证/1.pdf"), piece(path="./佐证\\1.pdf")),
    (piece(path="佐证/1.pdf", sha256="a" * 64), piece(path="佐证/2.pdf", sha256="A" * 64)),
    (piece(url="https://example.invalid/1"), piece(url="https://example.invalid/1")),
]


@pytest.mark.parametrize(("one", "other"), SAME_PIECES)
def test_evidence_is_the_same_by_path_content_or_address(one: dict[str, str], other: dict[str, str]) -> None:
    first = entry(name="春季班", evidence=[one])
    assert shared(filing("市教体局", first, entry(name="秋季班", evidence=[other]))) == [("市教体局", 1)]
    assert shared(filing("市教体局", entry(evidence=[one, other]))) == [("市教体局", 0)]


def test_pieces_that_only_look_alike_are_not_the_same() -> None:
    others = [piece(path="佐证/2.pdf", sha256="b" * 64), piece(archive="佐证/1.pdf")]
    first = entry(name="春季班", evidence=[piece(path="佐证/1.pdf", sha256="a" * 64)])
    assert shared(filing("市教体局", first, entry(name="秋季班", evidence=others))) == []


@pytest.mark.parametrize(
    ("unit", "keys", "expected"),
    [
        ("市教体局", {}, False),
        ("市教体局", {"task": "M06-2"}, False),
        ("市教体局", {"name": " 条 目 "}, False),
        ("市教体局", {"name": "另一件"}, True),
        ("市教体局", {"day": "2024-07-17"}, True),
        ("市教体局", {"day": "2024-07-17", "counted_by": "市教体局"}, True),
        ("市科协", {}, False),
        ("市科协", {"day": "2024-07-17"}, False),
        ("市科协", {"name": "另一件"}, True),
        ("市科协", {"name": "另一件", "counted_by": "市教体局"}, False),
        ("市科协", {"name": "另一件", "counted_by": "团市委"}, True),
    ],
)
def test_evidence_may_be_shared_within_one_fact(unit: str, keys: dict[str, object], expected: bool) -> None:
    proof = {"evidence": [piece(path="佐证/1.pdf")]}
    second = entry(**(keys | proof))
    reports = [filing(unit, second)] if unit != "市教体局" else []
    first = [entry(**proof)] + ([] if reports else [second])
    where = [(unit, 0 if reports else 1)] if expected else []
    assert where == shared(filing("市教体局", *first), *reports)


def test_it_is_said_which_material_was_used_where_before() -> None:
    one, other = piece(path="佐证/1.pdf"), piece(url="https://example.invalid/1")
    report = filing(
        "市教体局", entry(name="春季班", evidence=[one]), entry(name="秋季班", evidence=[other, one])
    )
    (problem,) = said(shared_evidence.RULE, context_of([YEARLY_30], report))
    assert problem.message == "“秋季班”的佐证材料 佐证/1.pdf 已用于市教体局的“春季班”（2024-07-16）"
    assert problem.place == report.entries[1].place / "evidence" / 1
    assert [other.place for other in problem.related] == [report.entries[0].place]
    assert problem.owners == ("市教体局",)


def test_a_material_listed_twice_is_said_without_another_place() -> None:
    twice = entry(name="春季班", evidence=[piece(url="https://example.invalid/1")] * 2)
    (problem,) = said(shared_evidence.RULE, context_of([YEARLY_30], filing("市教体局", twice)))
    assert problem.message == "“春季班”把同一份佐证材料 https://example.invalid/1 列了两次"
    assert problem.related == ()


def test_evidence_of_an_earlier_year_is_remembered_and_only_this_year_is_told() -> None:
    proof = {"evidence": [piece(path="佐证/1.pdf")]}
    old = filing(
        "市教体局", entry(None, "2023-07-12", **proof), entry(None, "2023-09-12", **proof), year=2023
    )
    assert shared(old, filing("市教体局", entry(None, "2024-07-12", **proof))) == [("市教体局", 0)]


@pytest.mark.parametrize("rule", [double_count.RULE, shared_evidence.RULE], ids=lambda rule: rule.code)
def test_the_order_of_the_files_changes_nothing(rule: Rule) -> None:
    def proven(name: str, day: str) -> dict[str, object]:
        return entry("9", day, name, evidence=[piece(path="佐证/1.pdf")])

    reports = [
        filing("市教体局", proven(LONG, "2024-07"), proven("春季班", "2024-03-12")),
        filing("市科协", proven(LONG, "2024-07-16"), proven(LONG[:-1], "2024-07-17")),
        filing("团市委", proven(LONG[1:], "2024-07-16"), proven("春季班", "2024-03-12")),
        filing("市教体局", proven("春季班", "2023-03-12"), year=2023),
    ]
    found = {frozenset(rule.check(context_of([YEARLY_30], *order))) for order in permutations(reports)}
    assert len(found) == 1
    assert len(found.pop()) >= 4


# --- KS503, KS504: units of measure and per cent


def test_where_entries_are_only_counted_their_figures_may_be_in_any_unit() -> None:
    target = {"at_least": "1", "unit": "次"}
    visitors = filing("市教体局", entry("300", unit="人"))
    counted = context_of([row_of(target=target, tally="count")], visitors)
    added = context_of([row_of(target=target, tally="sum")], visitors)
    assert said(unit_of_measure.RULE, counted) == []
    assert places(unit_of_measure.RULE, added) == [("progress/2024/市教体局.yaml", 0)]


@pytest.mark.parametrize(("unit", "expected"), [("人", 0), ("名", 0), ("人次", 1), ("", 0)])
def test_two_words_for_one_measure_are_one_where_the_office_says_so(unit: str, expected: int) -> None:
    policy = policy_of(same_measure=[["名", "人"], ["场", "次"]])
    keys = {"unit": unit} if unit else {}
    context = context_of([YEARLY_30], filing("市教体局", entry("20", **keys)), policy=policy)
    assert expected == len(said(unit_of_measure.RULE, context))
    assert [standing.actual for standing in context.standings] == [None if expected else 20]
    strict = context_of([YEARLY_30], filing("市教体局", entry("20", unit="人")))
    assert len(said(unit_of_measure.RULE, strict)) == 1


def test_a_plain_duty_and_an_unknown_task_have_no_unit_of_measure() -> None:
    context = context_of([row_of()], filing("市教体局", entry("3", unit="场"), entry("3", task="M99-9")))
    assert said(unit_of_measure.RULE, context) == []


@pytest.mark.parametrize(
    ("value", "expected"), [("0.142", 1), ("0.142%", 0), ("1", 0), ("0", 0), ("14.2", 0)]
)
def test_only_a_bare_value_below_one_is_in_doubt(value: str, expected: int) -> None:
    context = context_of([LEVEL_15], filing("市科协", entry(value)))
    assert expected == len(said(percent_scale.RULE, context))


@pytest.mark.parametrize(
    ("keys", "target", "expected"),
    [
        ({"value": "100"}, "15", ""),
        ({"value": "150"}, "15", "“条目”的数值 150% 超过了 100%，没有计入"),
        ({"value": "1500%"}, "15", "“条目”的数值 1500% 超过了 100%，没有计入"),
        ({"numerator": "1500", "denominator": "1000"}, "15", "“条目”的数值 150% 超过了 100%，没有计入"),
        ({"value": "150"}, "150", ""),
        ({"value": "150.5"}, "150", "“条目”的数值 150.5% 超过了 100%，没有计入"),
        ({}, "15", ""),
    ],
)
def test_more_than_the_whole_is_refused_unless_the_plan_itself_asks_for_more(
    keys: dict[str, object], target: str, expected: str
) -> None:
    row = LEVEL_15 | {"target": {"at_least": target, "unit": "%"}}
    context = context_of([row], filing("市科协", entry(**keys)))
    assert [expected] * bool(expected) == messages(percent_scale.RULE, context)
    is_counted = "value" in keys and not expected
    assert [standing.actual is not None for standing in context.standings] == [is_counted]


def test_the_hint_writes_out_both_readings() -> None:
    context = context_of([LEVEL_15], filing("市科协", entry("0.142")))
    assert [p.hint for p in said(percent_scale.RULE, context)] == ["请写成带百分号的数：14.2% 或 0.142%"]


# --- KS505 magnitude


def jumps(*values: str, row: dict[str, object] = YEARLY_30, factor: int = 10, **keys: object) -> list[str]:
    """Return what is said of the last of the values, which alone is of the judged year."""
    old = filing("市教体局", *(entry(value, "2023-05-05") for value in values[:-1]), year=2023)
    now = filing("市教体局", entry(values[-1], **keys))
    policy = policy_of(jump_factor=str(factor))
    return messages(magnitude_jump.RULE, context_of([row], old, now, policy=policy))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["20", "21", "299"], ""),  # two others are too few
        (["20", "21", "22", "209"], ""),
        (["20", "21", "22", "210"], "中位数 21 的 10 倍，像是多写了一个零"),
        (["20", "21", "22", "2000"], "中位数 21 的 95.2 倍，像是多写了两个零"),
        (["20", "21", "22", "20万"], "中位数 21 的 9523.8 倍，像是“万”写了两次或单位已含“万”"),
        (["20", "21", "22", "21000"], "中位数 21 的 1000 倍"),
        (["200", "210", "220", "21"], "中位数 210 的 1/10，像是少写了一个零"),
        (["200", "210", "220", "22"], ""),
        (["20000", "20000", "20000", "2"], "中位数 20000 的 1/10000，像是漏写了“万”"),
        (["20", "20", "20", "0"], ""),  # nothing is a statement, no slip
        (["0", "0", "0", "30"], ""),
    ],
)
def test_a_value_a_magnitude_off_the_usual_is_named_with_the_likely_slip(
    values: list[str], expected: str
) -> None:
    found = jumps(*values)
    assert [expected] * bool(expected) == [text[text.index("中位数") :] for text in found]


def test_only_figures_that_are_added_up_and_count_are_compared() -> None:
    values = ("20", "21", "22", "2000")
    assert jumps(*values, row=row_of(target=AT_LEAST_30, tally="latest")) == []
    assert jumps(*values, row=row_of()) == []
    assert jumps(*values, counted_by="市科协") == []


def test_values_of_earlier_years_are_the_measure_and_not_reported() -> None:
    assert jumps("2000", "21", "22", "23", "20") == []


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [
        ("4.9", ""),
        ("5", "一个零"),
        ("20", "一个零"),
        ("20.1", ""),
        ("49.9", ""),
        ("50", "两个零"),
        ("200", "两个零"),
        ("200.1", ""),
        ("4999", ""),
        ("5000", "“万”"),
        ("20000", "“万”"),
        ("20001", ""),
    ],
)
def test_a_slip_is_named_within_half_and_double_of_it(ratio: str, expected: str) -> None:
    more = jumps("1", "1", "1", ratio, factor=2)
    less = jumps(ratio, ratio, ratio, "1", factor=2)
    words = [text.partition("，")[2] for text in (*more, *less)]
    assert len(words) == 2
    assert [expected in text for text in words] == [True, True]
    assert [bool(text) for text in words] == [bool(expected)] * 2


def test_a_jump_is_said_with_what_it_is_measured_by() -> None:
    assert jumps("20", "21", "23", "20", "300") == [
        "“条目”的数值 300 是本单位同一任务其他 4 条中位数 20.5 的 14.6 倍，像是多写了一个零"
    ]


DEADLINE_2000 = row_of(by="2025-12-31", target={"at_least": "2000", "unit": "名"})


@pytest.mark.parametrize(
    ("row", "value", "expected"),
    [
        (YEARLY_30, "30", ""),  # one course may well reach what a year asks for
        (YEARLY_30, "299", ""),
        (YEARLY_30, "300", "“条目”的数值 300 是全部目标（不少于 30 名）的 10 倍，像是多写了一个零"),
        (DEADLINE_2000, "1999", ""),
        (DEADLINE_2000, "2000", "“条目”的数值 2000 一条就达到了 3 个单位共同的全部目标（不少于 2000 名）"),
        (DEADLINE_2000 | {"lead": ["市教体局"], "responsible": []}, "2000", ""),
        (DEADLINE_2000 | {"target": {"at_least": "2", "unit": "个"}}, "2", ""),  # fewer than units
        (DEADLINE_2000 | {"target": {"at_most": "2000", "unit": "名"}}, "2000万", ""),
        (DEADLINE_2000 | {"target": {"at_least": "0", "unit": "名"}}, "2000万", ""),
        (DEADLINE_2000 | {"spread": "each"}, "2000", ""),
        (
            DEADLINE_2000 | {"spread": "each"},
            "2000万",
            "“条目”的数值 20000000 是全部目标（不少于 2000 名）的 10000 倍，像是“万”写了两次或单位已含“万”",
        ),
    ],
)
def test_a_first_entry_is_measured_by_the_target(row: dict[str, object], value: str, expected: str) -> None:
    context = context_of([row], filing("市教体局", entry(value)))
    assert [expected] * bool(expected) == messages(magnitude_jump.RULE, context)


@pytest.mark.parametrize(("value", "expected"), [("219", ""), ("220", "22 的 10 倍，像是多写了一个零")])
def test_a_rare_entry_is_measured_by_the_largest_of_all_units(value: str, expected: str) -> None:
    usual = filing("团市委", entry("20"), entry("21"), entry("22"))
    context = context_of([DEADLINE_2000], usual, filing("市教体局", entry(value)))
    found = messages(magnitude_jump.RULE, context)
    assert [expected] * bool(expected) == [text.partition("最大的 ")[2] for text in found]


@given(st.lists(st.integers(1, 50), min_size=4, max_size=9), st.data())
def test_the_median_leaves_the_value_itself_out(numbers: list[int], data: st.DataObject) -> None:
    chosen = data.draw(st.sampled_from(numbers))
    others = list(numbers)
    others.remove(chosen)
    (text,) = jumps(*map(str, others), str(chosen), factor=1)
    assert f"中位数 {show_number(Fraction(median(others)))} 的" in text


# --- KS506 falling levels


def falls(row: dict[str, object], *filings: Filing, on: str = "2024-12-31") -> list[tuple[str, int]]:
    found = places(level_falls.RULE, context_of([row], *filings, on=on))
    return [(file[14:-5], position) for file, position in found]


LEVEL_30 = row_of(target=AT_LEAST_30, tally="latest")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (("12", "2024-03-01"), ("11", "2024-06-01"), True),
        (("12", "2024-03-01"), ("12", "2024-06-01"), False),
        (("11", "2024-03-01"), ("12", "2024-06-01"), False),
        (("12", "2024-03-01"), ("11", "2024-03-01"), False),  # one day: the greater is the later
        (("12", "2024-06-15"), ("11", "2024-06"), False),  # of a month nobody knows the day
        (("12", "2024-06-01"), ("11", "2024-06"), False),
        (("12", "2024-05-31"), ("11", "2024-06"), True),
        (("12", "2024-05-31"), ("11", {"from": "2024-05-01", "to": "2024-06-30"}), True),
    ],
)
def test_a_level_falls_when_a_surely_later_one_is_lower(
    before: tuple[str, object], after: tuple[str, object], expected: bool
) -> None:
    report = filing("市教体局", entry(*before), entry(*after))
    assert [("市教体局", 1)] * expected == falls(LEVEL_30, report)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"target": AT_LEAST_30, "tally": "latest"}, 1),
        ({"target": {"more_than": "30", "unit": "名"}, "tally": "latest"}, 1),
        ({"target": {"about": "30", "unit": "名"}, "tally": "latest"}, 1),
        ({"target": {"at_most": "30", "unit": "名"}, "tally": "latest"}, 0),
        ({"target": {"equal": "30", "unit": "名"}, "tally": "latest"}, 0),
        ({"target": AT_LEAST_30, "tally": "max"}, 0),
        ({"target": AT_LEAST_30, "tally": "sum"}, 0),
        ({}, 0),
    ],
)
def test_only_latest_levels_towards_a_lower_bound_should_rise(keys: dict[str, object], expected: int) -> None:
    report = filing("市教体局", entry("12", "2024-03-01"), entry("11", "2024-06-01"))
    assert expected == len(falls(row_of(**keys), report))


def test_a_fall_is_said_with_both_levels_and_their_unit() -> None:
    reports = [filing("市教体局", entry("12.5%", "2024-03-01")), filing("市科协", entry("11%", "2024-06-01"))]
    (problem,) = said(level_falls.RULE, context_of([LEVEL_15], *reports))
    assert problem.message == "“条目”（2024-06-01）为 11%，低于市教体局此前（2024-03-01）报的 12.5%"
    assert [other.place for other in problem.related] == [reports[0].entries[0].place / "value"]


def test_levels_of_two_units_are_one_series_only_where_any_may_give_the_latest() -> None:
    reports = [filing("市教体局", entry("12", "2024-03-01")), filing("市科协", entry("11", "2024-06-01"))]
    assert falls(LEVEL_15, *reports) == [("市科协", 0)]
    assert falls(LEVEL_30, *reports) == []


def test_a_level_that_is_still_to_come_or_does_not_count_is_no_fall() -> None:
    later = [entry("11", "2024-10-01"), entry("9", "2024-06-01", status="ongoing")]
    report = filing("市教体局", entry("12", "2024-03-01"), *later)
    assert falls(LEVEL_30, report, on="2024-06-30") == []


def test_a_fall_of_an_earlier_year_is_not_said_again() -> None:
    old = filing("市教体局", entry("12", "2023-03-01"), entry("11", "2023-06-01"), year=2023)
    assert falls(LEVEL_30, old, filing("市教体局", entry("13", "2024-03-01"))) == []


# --- KS507 identical years


def repeats(before: list[str], now: list[str], row: dict[str, object] = YEARLY_30, **keys: object) -> bool:
    old = filing("市教体局", *(entry(value, "2023-05-05", **keys) for value in before), year=2023)
    new = filing("市教体局", *(entry(value, **keys) for value in now))
    return bool(said(identical_years.RULE, context_of([row], old, new)))


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (["20"], ["20"], False),
        (["21"], ["21"], True),
        (["21"], ["22"], False),
        (["18", "14"], ["18", "14"], True),
        (["18", "14"], ["14", "18"], True),
        (["18", "14"], ["18"], False),
        (["1", "1", "1"], ["1", "1", "1"], False),
        (["0", "0"], ["0", "0"], False),
        ([], [], False),
        ([], ["21"], False),
    ],
)
def test_the_same_figures_as_the_year_before_are_told_unless_they_may_well_be(
    before: list[str], now: list[str], expected: bool
) -> None:
    assert expected == repeats(before, now)


def test_cited_and_uncounted_figures_and_plain_duties_may_repeat() -> None:
    assert not repeats(["31", "32"], ["31", "32"], cited_from="省科协调查公报")
    assert not repeats(["31", "32"], ["31", "32"], counted_by="市科协")
    assert not repeats(["31", "32"], ["31", "32"], row=row_of(target=AT_LEAST_30, tally="max"))
    assert not repeats(["31", "32"], ["31", "32"], row=row_of())
    assert repeats(["31", "32"], ["31", "32"], row=LEVEL_30)


def test_a_gap_of_a_year_is_no_repetition() -> None:
    old = filing("市教体局", entry("31", "2022-05-05"), year=2022)
    context = context_of([YEARLY_30], old, filing("市教体局", entry("31")))
    assert said(identical_years.RULE, context) == []


def test_a_repetition_is_said_with_its_figures_and_the_year_before() -> None:
    old = filing("市教体局", entry("31", "2023-05-05"), entry("32", "2023-06-05"), year=2023)
    context = context_of([YEARLY_30], old, filing("市教体局", entry("31"), entry("32")))
    (problem,) = said(identical_years.RULE, context)
    assert problem.message == "M06-1 本年 2 条的数值（31、32）与 2023 年完全相同"
    assert [(other.place, other.message) for other in problem.related] == [
        (old.entries[0].place / "value", "2023 年的条目")
    ]


def test_a_copy_is_named_in_the_years_that_are_asked_for_alone() -> None:
    context = context_of([row_of()], filing("市教体局", entry()))
    copies = tuple(filing("市教体局", entry(day=f"{year}-07-16"), year=year) for year in (2023, 2024))
    with_copies = replace(context, loaded=replace(context.loaded, copies=copies))
    found = said(duplicate_report.RULE, with_copies)
    assert [problem.place.file for problem in found] == ["progress/2024/市教体局.yaml"]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({}, "2024年报送的 1 条存疑（佐证材料不够）"),
        ({"status": "ongoing"}, "2024年报送的 1 条都不能计入（尚未办结）"),
    ],
)
def test_a_duty_whose_entry_is_in_dispute_is_not_said_to_have_none(
    keys: dict[str, object], expected: str
) -> None:
    report = filing("市教体局", entry(**keys))
    context = context_of([row_of(strength="hard")], report, on="2025-01-31")
    (found,) = report.entries
    doubts = doubts_of(without_proof(found))
    standings = judge(context.loaded, (2024,), context.as_of, doubts)
    told = messages(nothing_reported.RULE, replace(context, standings=standings))
    assert [f"M06-1 任务：{expected}"] == told
