"""Whatever a unit writes is counted, or somebody is told that it is not and why."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from examples import TODAY, WORLD
from kesu_cli.diagnostic import Finding, Severity
from kesu_cli.engine.check import Request, check
from kesu_cli.engine.explain import UnknownSubject, explain_in
from kesu_cli.loaded import Loaded
from kesu_cli.model.plan_folder import Terms
from kesu_cli.model.unit import UnknownUnit
from kesu_cli.render.terminal import city_page, plan_page, unit_page
from kesu_cli.render.terminal.layout_to_text import to_bytes
from kesu_cli.report import Report
from kesu_cli.rules import (
    counted_by_nobody,
    double_count,
    entry_after_date,
    entry_not_counted,
    foreign_task,
    fraction_of_whole,
    nothing_contradicted,
    nothing_reported,
    percent_scale,
    unit_of_measure,
    unknown_item,
)
from kesu_cli.submission import Submission, SubmissionState, submissions
from kesu_cli.verdict import Verdict
from sample_task import AT_LEAST_30, as_of, plan_of, policy_of, row_of, units_of
from test_rules_together import context_of, entry, filing, messages, said

ROOT = Path(__file__).parent.parent
ITEMS = ["安全生产月", "防灾减灾日"]
WHATS: dict[str, dict[str, object]] = {
    "a sum": {"target": AT_LEAST_30},
    "a level": {"target": AT_LEAST_30, "tally": "latest"},
    "a count": {"target": {"at_least": "1", "unit": "次"}, "tally": "count"},
    "a rate": {"target": {"at_least": "15", "unit": "%"}, "kind": "rate", "spread": "any"},
    "parts": {"items": ITEMS},
    "a duty": {},
}
WRITTEN: dict[str, dict[str, object]] = {
    "nothing": {},
    "a figure": {"value": "18"},
    "a share": {"value": "0.15"},
    "another measure": {"value": "18", "unit": "场"},
    "a part": {"items": ["安全生产月"]},
    "a part nobody named": {"items": ["安全月"]},
    "too early": {"value": "18", "day": "2021-07-16"},
    "to come": {"value": "18", "day": "2024-12-30"},
    "a month": {"value": "18", "day": "2024-06", "items": ["安全生产月"]},
}
SPEAKING = (entry_not_counted, unit_of_measure, percent_scale, foreign_task, entry_after_date)


@pytest.mark.parametrize("unit", ["市教体局", "洎阳街道"])
@pytest.mark.parametrize("when", [{"every": "year"}, {"during": "2024"}, {"by": "2024-06-15"}])
@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("what", WHATS)
def test_an_entry_counts_or_one_rule_says_why_not(
    what: str, written: str, when: dict[str, object], unit: str
) -> None:
    keys = WRITTEN[written]
    report = filing(unit, entry(**keys), year=int(str(keys.get("day", "2024"))[:4]))
    context = context_of([row_of(**when, **WHATS[what])], report, on="2024-09-30", years=(2021, 2024))
    counted = [
        item
        for standing in context.standings
        for item in standing.contributions
        if item.counted and (not standing.task.row.items or set(item.entry.items) & set(ITEMS))
    ]
    late = context.plan.tasks[0].has_deadline and when.get("by") and "day" not in keys
    spoken = [problem for module in SPEAKING for problem in said(module.RULE, context)]
    spoken += said(unknown_item.RULE, context) if what == "parts" else []
    if late and unit == "市教体局" and not spoken:
        assert counted == []  # done after the deadline: the rules about the deadline say so
        return
    assert bool(counted) != bool(spoken)


@pytest.mark.parametrize(("strength", "expected"), [("hard", Severity.ERROR), ("firm", Severity.WARNING)])
def test_a_missing_value_is_as_grave_as_the_words_are_hard(strength: str, expected: Severity) -> None:
    context = context_of([row_of(strength=strength, target=AT_LEAST_30)], filing("市教体局", entry()))
    (problem,) = said(entry_not_counted.RULE, context)
    assert (problem.severity, problem.message) == (
        expected,
        "“条目”没有计入 M06-1 任务：没有填数值",
    )
    assert problem.write == "value: 18"


@pytest.mark.parametrize("keys", [{"status": "ongoing"}, {"counted_by": "市科协"}, {"day": "2024-12-30"}])
def test_an_entry_that_need_not_count_need_not_have_a_value(keys: dict[str, object]) -> None:
    context = context_of([row_of(target=AT_LEAST_30)], filing("市教体局", entry(**keys)), on="2024-09-30")
    assert messages(entry_not_counted.RULE, context) == []


# --- counted by another, who does not

LEFT = entry("18", counted_by="市科协")


@pytest.mark.parametrize(
    ("theirs", "silent"),
    [
        ([entry("18")], True),
        ([entry("18", {"from": "2024-07-01", "to": "2024-07-16"}, "别的名称")], True),
        ([entry("18", "2024-07")], True),
        ([entry("18", "2024-07-17")], False),
        ([entry("18", status="ongoing")], False),
        ([entry("18", task="M06-2")], False),
        ([entry("18", counted_by="团市委")], False),
        ([entry("18", counted_by="市教体局")], False),
        ([], False),
    ],
)
def test_who_is_named_to_count_must_have_the_entry(theirs: list[dict[str, object]], silent: bool) -> None:
    rows = [row_of(target=AT_LEAST_30), row_of(id="M06-2", target=AT_LEAST_30)]
    context = context_of(rows, filing("市教体局", LEFT), filing("市科协", *theirs))
    found = [problem for problem in said(counted_by_nobody.RULE, context) if problem.unit == "市教体局"]
    assert silent == (found == [])


def test_a_unit_that_may_not_report_the_task_counts_nothing() -> None:
    left, theirs = entry("18", counted_by="洎阳街道"), entry("18")
    context = context_of([row_of(target=AT_LEAST_30)], filing("市教体局", left), filing("洎阳街道", theirs))
    (problem,) = said(counted_by_nobody.RULE, context)
    assert "洎阳街道不承担 M06-1，报了也不计入" in problem.message
    assert problem.owners == ("市教体局", "洎阳街道")


@pytest.mark.parametrize(("on", "expected"), [("2024-12-31", Severity.NOTE), ("2025-02-01", Severity.ERROR)])
def test_before_the_other_report_is_due_it_is_only_a_reminder(on: str, expected: Severity) -> None:
    context = context_of([row_of(strength="hard", target=AT_LEAST_30)], filing("市教体局", LEFT), on=on)
    assert [expected] == [problem.severity for problem in said(counted_by_nobody.RULE, context)]


# --- figures


@pytest.mark.parametrize(
    ("value", "target", "expected"),
    [
        ("276.5", {"at_least": "30", "unit": "人次"}, ["人次数应是整数"]),
        ("0.01235万", {"at_least": "30", "unit": "名"}, ["名数应是整数"]),
        ("1.2万", {"at_least": "30", "unit": "人次"}, []),
        ("276.0", {"at_least": "30", "unit": "人次"}, []),
        ("12.5", {"at_least": "30", "unit": "元"}, []),
        ("14.2%", {"at_least": "15", "unit": "%"}, []),
    ],
)
def test_only_what_comes_in_whole_ones_must_be_whole(
    value: str, target: dict[str, str], expected: list[str]
) -> None:
    context = context_of([row_of(target=target)], filing("市教体局", entry(value)))
    assert expected == [text.split("，")[-1] for text in messages(fraction_of_whole.RULE, context)]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("160", "160"), "，多计 160 名"),
        (("160", "150"), "，多计 150 名 或 160 名"),
    ],
)
def test_what_is_counted_twice_is_said_with_the_figure(values: tuple[str, str], expected: str) -> None:
    reports = [filing(unit, entry(value)) for unit, value in zip(("市教体局", "市科协"), values, strict=True)]
    (text,) = messages(double_count.RULE, context_of([row_of(target=AT_LEAST_30)], *reports))
    assert text.partition("计了两次")[2] == expected


@pytest.mark.parametrize(
    ("row", "days"),
    [
        (
            row_of(target=AT_LEAST_30),
            ({"from": "2023-12-30", "to": "2024-01-02"}, "2023-12-31"),
        ),  # two windows
    ],
)
def test_where_there_is_no_one_total_none_is_said(
    row: dict[str, object], days: tuple[object, object]
) -> None:
    other = row_of(id="M06-2", target=AT_LEAST_30)
    reports = [filing(unit, entry("9", day)) for unit, day in zip(("市教体局", "市科协"), days, strict=True)]
    (text,) = messages(double_count.RULE, context_of([other, row], *reports))
    assert "合计" not in text


def test_a_level_that_two_units_report_has_no_total_to_mend() -> None:
    reports = [filing(unit, entry("160")) for unit in ("市教体局", "市科协")]
    (text,) = messages(double_count.RULE, context_of([row_of(target=AT_LEAST_30, tally="latest")], *reports))
    assert text.endswith("，重复的数是 160 名")


def test_a_declaration_is_held_against_the_entries_of_its_own_file_only() -> None:
    own = filing("市教体局", entry(), nothing={"M06-1": "没有开展"})
    others = (filing("团市委", entry()), filing("市科协", nothing={"M06-1": "没有开展"}))
    (problem,) = said(nothing_contradicted.RULE, context_of([row_of()], own, *others))
    assert problem.place == own.place / "nothing_to_report" / 0 / "task"
    assert [other.place for other in problem.related] == [own.entries[0].place]


# --- before the end, nobody is accused


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2023-12-31", [Severity.WARNING]), ("2025-12-31", [Severity.ERROR])],
)
def test_a_figure_nobody_reported_is_an_error_only_when_its_time_is_over(
    on: str, expected: list[Severity]
) -> None:
    row = row_of(strength="hard", by="2025-12-31", target=AT_LEAST_30)
    context = context_of([row], on=on, years=(int(on[:4]),))
    assert expected == [problem.severity for problem in said(nothing_reported.RULE, context)]
    (standing,) = context.standings
    assert standing.verdict is Verdict.UNREPORTED
    assert standing.word == ("未报送" if standing.over else "尚未报送")


def _submission(submitted: str, on: str) -> Submission:
    written = filing("市科协")._replace(complete=True, submitted=date.fromisoformat(submitted))
    terms = Terms(plan_of([row_of()]), units_of(), policy_of())
    found = submissions(Loaded(terms, (written,)), (2024,), as_of(on))
    return next(submission for submission in found if submission.unit == "市科协")


@pytest.mark.parametrize(
    ("submitted", "on", "receipt", "label"),
    [
        ("2025-01-08", "2024-06-30", SubmissionState.MISSING, "尚未报送"),
        ("2025-01-08", "2025-01-08", SubmissionState.COMPLETE, "已报送"),
        ("2025-01-08", "2025-02-10", SubmissionState.COMPLETE, "已报送"),
        ("2025-02-18", "2025-01-30", SubmissionState.MISSING, "尚未报送"),
        ("2025-02-18", "2025-02-10", SubmissionState.LATE, "迟报"),
    ],
)
def test_a_report_is_handed_in_on_its_day_and_not_before(
    submitted: str, on: str, receipt: SubmissionState, label: str
) -> None:
    handover = _submission(submitted, on)
    assert (handover.state, handover.label) == (receipt, label)
    assert handover.is_amiss == (receipt is SubmissionState.LATE)


# --- files under a wrong name or year

TRAINING = """\
  - task: M06-1
    date: 2024-07-16
    name: 暑期科技辅导员培训班
    value: 30
    evidence: [{kind: 签到表, url: "https://example.invalid/1"}]
"""
FILE = "progress/2024/市教体局.yaml"


def _written(folder: Path, texts: dict[str, str]) -> Report:
    shutil.copytree(WORLD / "plan", folder / "plan")
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return check(Request((folder / "progress/2024",), TODAY), "test")


def _report(unit: str = "市教体局", year: int = 2024, entries: str = TRAINING) -> str:
    return f"unit: {unit}\nyear: {year}\nstatus: complete\nsubmitted: {year + 1}-01-08\nentries:\n{entries}"


def _of_file(report: Report, file: str = FILE) -> list[tuple[str, int]]:
    return [(found.code, found.span.line) for found in report.findings if found.file == file]


def _missing(report: Report) -> set[str]:
    return {found.unit for found in report.findings if found.code == "KS401"}


def test_a_wrong_year_is_one_finding_and_makes_the_unit_unreadable_not_silent(tmp_path: Path) -> None:
    earlier = _report(year=2023, entries=TRAINING.replace("2024-", "2023-"))
    report = _written(tmp_path, {FILE: _report(year=2023), "progress/2023/市教体局.yaml": earlier})
    assert _of_file(report) == [("KS105", 2)]
    assert "市教体局" not in _missing(report)
    training = next(s for s in report.standings if s.task.id == "M06-1")
    assert (training.verdict, training.unread) == (Verdict.MISSED, (FILE,))
    handover = next(h for h in report.submissions if h.unit == "市教体局")
    assert (handover.state, handover.file) == (SubmissionState.UNREADABLE, FILE)


def test_a_report_under_another_units_name_accuses_neither(tmp_path: Path) -> None:
    report = _written(tmp_path, {"progress/2024/团市委.yaml": _report()})
    assert _of_file(report, "progress/2024/团市委.yaml") == [("KS105", 1)]
    assert {"市教体局", "团市委"} & _missing(report) == set()


def test_a_copied_report_leaves_the_right_one_in_force(tmp_path: Path) -> None:
    report = _written(tmp_path, {FILE: _report(), "progress/2024/团市委.yaml": _report()})
    assert _of_file(report, "progress/2024/团市委.yaml") == [("KS105", 1)]
    training = next(s for s in report.standings if s.task.id == "M06-1")
    assert training.verdict is Verdict.MET
    assert training.actual == 30


def test_a_file_not_named_after_a_unit_does_not_count_and_leaves_the_unit_within_in_doubt(
    tmp_path: Path,
) -> None:
    report = _written(tmp_path, {"progress/2024/工作总结.yaml": _report()})
    training = next(s for s in report.standings if s.task.id == "M06-1")
    assert training.verdict is Verdict.MISSED
    assert training.unread == ("progress/2024/工作总结.yaml",)
    assert "市教体局" not in _missing(report)


def test_a_unit_written_wrongly_inside_is_not_called_silent_too(tmp_path: Path) -> None:
    report = _written(tmp_path, {FILE: _report("市教委")})
    assert _of_file(report) == [("KS106", 1)]
    assert "市教体局" not in _missing(report)


@pytest.mark.parametrize(
    ("key", "value", "said_of"),
    [("url", "“https://example.invalid/1”", "url"), ("path", "‘佐证/1.pdf’", "path")],
)
def test_chinese_quotes_round_an_address_are_refused_with_what_to_write(
    key: str, value: str, said_of: str, tmp_path: Path
) -> None:
    entries = TRAINING.replace('url: "https://example.invalid/1"', f"{key}: {value}")
    report = _written(tmp_path, {FILE: _report(entries=entries)})
    (found,) = [found for found in report.findings if found.code == "KS104"]
    assert (found.span.line, found.message) == (10, f"{said_of} 两边是中文引号")
    assert found.hint == f'请改成英文引号：{key}: "{value[1:-1]}"'


# --- what is asked for is found


def _city() -> Request:
    return Request((ROOT,), TODAY)


def test_a_mark_is_found_in_whatever_year_it_was_made() -> None:
    old = check(Request((ROOT / "progress/2024",), TODAY), "test").findings[-1]
    explanation = explain_in(_city(), None, old.fingerprint[:7], "test")
    assert explanation.findings == (old,)
    with pytest.raises(UnknownSubject, match="请核对年度"):
        explain_in(_city(), 2025, old.fingerprint[:7], "test")


def test_a_mark_that_is_nowhere_is_not_mistaken_for_a_task() -> None:
    with pytest.raises(UnknownSubject) as refused:
        explain_in(_city(), None, "#0000000", "test")
    assert str(refused.value) == (
        "没有标记为 #0000000 的问题（查了 2021—2025 年）；问题改好后标记就没有了，请重新运行 kesu check"
    )


@pytest.mark.parametrize(
    ("written", "offered"), [("教体局", "市教体局"), ("市教育局", "市教体局"), ("教育体育局", "市教体局")]
)
def test_a_short_name_is_offered_in_full_and_never_taken(written: str, offered: str) -> None:
    with pytest.raises(UnknownUnit, match=f"是否应为“{offered}”"):
        check(Request((ROOT / "progress/2024",), TODAY, unit=written), "test")


def _number(pattern: str, text: str) -> int:
    match = re.search(pattern, text)
    assert match, pattern
    return int(match[1])


@pytest.mark.parametrize("unit", ["市教体局", "市农业农村局", "市科协", "涌山镇"])
def test_how_many_tasks_a_unit_answers_for_is_the_same_on_every_page(unit: str) -> None:
    whole = check(Request((ROOT / "progress/2024",), TODAY), "test")
    own = check(Request((ROOT / "progress/2024",), TODAY, unit=unit), "test")
    assert whole.plan is not None
    assert whole.terms is not None
    on_city = to_bytes(city_page.layout(whole), 140).decode()
    on_unit = to_bytes(unit_page.layout(own), 140).decode()
    on_plan = to_bytes(plan_page.units_layout(whole.terms), 140).decode()
    of_2024 = _number(r"由本单位汇总 (\d+) 项", on_unit)
    assert of_2024 == _number(rf"{unit} +\S+ +(\d+)", on_city)
    judged = {standing.task.id for standing in whole.standings}
    others = sum(task.answered_by(unit) for task in whole.plan.tasks if task.id not in judged)
    assert of_2024 + others == _number(rf"(?m)^{unit}.*?(\d+) +\d+ +\d+$", on_plan)


def test_the_sample_of_the_officers_tutorial_passes_as_it_stands(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "tutorial-officer.md").read_text("utf-8")
    (sample,) = re.findall(r"```yaml\n(unit: .*?)```", text, re.DOTALL)
    shutil.copytree(ROOT / "plan", tmp_path / "plan")
    (path,) = re.findall(r"path: ([^,}]+)", sample)
    for name, content in ((FILE, sample), (path, "签到表")):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, "utf-8")
    report = check(Request((tmp_path / "progress/2024",), TODAY), "test")
    written = [found for found in report.findings if found.file == FILE and not _is_shortfall(found)]
    assert written == []
    training = next(s for s in report.standings if s.task.id == "M06-1")
    assert training.actual == 18


def _is_shortfall(found: Finding) -> bool:
    """Whether it is said what the unit has not done, rather than what is wrong with the file."""
    return found.code.startswith("KS3")


def test_the_waiver_of_the_offices_tutorial_waives_what_it_names(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "tutorial-office.md").read_text("utf-8")
    (waiver,) = re.findall(r"```yaml\n(waivers:.*?)```", text, re.DOTALL)
    shutil.copytree(ROOT / "plan", tmp_path / "plan")
    shutil.copytree(ROOT / "progress", tmp_path / "progress")
    (tmp_path / "plan" / "waivers.yaml").write_text(waiver, "utf-8")
    report = check(Request((tmp_path / "progress/2024",), TODAY), "test")
    assert [(found.code, found.task) for found in report.findings if found.waiver] == [("KS301", "M06-1")]
    assert [found.code for found in report.findings if found.code.startswith("KS6")] == []
