"""JSON version 2: the verdict with its weight, between which figures it lies, and what is in doubt."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from examples import WORLD, Example, run_example
from kesu_cli.engine.check import Request, check
from kesu_cli.engine.explain import explain
from kesu_cli.log import Log, LogCommit, LogLine
from kesu_cli.render.format_table import format_named
from kesu_cli.render.json import explain_v2, log_v2, report_v2
from kesu_cli.render.json.json_base import written
from kesu_cli.report import Explanation, Report
from kesu_cli.verdict import Verdict

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 24)
BEFORE_REVIEW, AFTER_REVIEW = date(2025, 2, 15), date(2025, 4, 1)
# design §4: what the published schema allows, whether or not it can come of today's rules
CODES = {"unreported", "missed", "behind", "open", "upcoming", "on_pace", "late", "met"}
NAMES = ("市教体局", "团市委", "市科协")
EVIDENCE = '[{kind: 报告, url: "https://demo.invalid/a"}]'

Document = dict[str, Any]


def allowed_by(name: str, document: Document) -> Document:
    schema = json.loads((ROOT / "docs" / f"{name}.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(document)
    return document


def public(report: Report) -> Document:
    return allowed_by("report-v2", json.loads(report_v2.FORMAT.render(report)))


def standing(report: Report, task: str) -> Document:
    (found,) = (one for one in public(report)["standings"] if one["task"] == task)
    return dict(found)


def explained(explanation: Explanation) -> Document:
    return allowed_by("explain-v2", json.loads(written(explain_v2.public(explanation))))


def reported(unit: str, *entries: str, status: str = "complete", submitted: str = "2025-01-08") -> str:
    lines = [f"unit: {unit}", "year: 2024", f"status: {status}"]
    lines += [f"submitted: {submitted}"] if status == "complete" else []
    return "\n".join([*lines, "entries:", *(f"  - {{{entry}}}" for entry in entries)]) + "\n"


def training(value: int, name: str = "辅导员培训班", day: str = "2024-07-16") -> str:
    return f"task: M06-1, date: {day}, name: {name}, value: {value}, evidence: {EVIDENCE}"


def counted_twice(folder: Path, as_of: date) -> Report:
    """Two units report one course of 18; a third course of 12 is not disputed."""
    entries = {
        "市教体局": reported("市教体局", training(18), training(12, "校长班", "2024-09-01")),
        "团市委": reported("团市委", training(18)),
    }
    files = {f"progress/2024/{unit}.yaml": text for unit, text in entries.items()}
    return run_example(Example(files, as_of=as_of), folder)


def test_a_disputed_total_says_both_figures_the_word_its_weight_and_the_finding(tmp_path: Path) -> None:
    report = counted_twice(tmp_path, BEFORE_REVIEW)
    told = standing(report, "M06-1")
    (finding,) = (one for one in report.findings if one.code == "KS501")
    expected = {
        "target": "30",
        "actual": "30",
        "in_doubt": "18",
        "verdict": "met",
        "word": "达标",
        "worst": "met",
        "weight": None,
        "retroactive": False,
        "interval": {"least": "30", "greatest": "48", "least_unbounded": False, "greatest_unbounded": False},
    }
    assert expected == {key: told[key] for key in expected}
    (dispute,) = standing(report, "M06-1")["disputes"]
    assert {
        "kind": "one_of",
        "why": "同一件事计了两次",
        "code": "KS501",
        "message": finding.message,
        "file": finding.file,
        "line": finding.span.line,
        "fingerprint": finding.fingerprint,
        "entries": [{"file": f"progress/2024/{unit}.yaml", "entry": 0} for unit in ("团市委", "市教体局")],
    } == dispute


def test_a_doubt_that_parts_what_is_well_from_what_is_not_weighs_as_its_worse_end(tmp_path: Path) -> None:
    without_evidence = "task: M06-1, date: 2024-07-16, name: 培训班, value: 30"
    files = {"progress/2024/市教体局.yaml": reported("市教体局", without_evidence)}
    before = standing(run_example(Example(files, as_of=BEFORE_REVIEW), tmp_path / "a"), "M06-1")
    after = standing(run_example(Example(files, as_of=AFTER_REVIEW), tmp_path / "b"), "M06-1")
    keys = ("word", "verdict", "worst", "weight", "actual", "in_doubt")
    assert tuple(before[key] for key in keys) == ("待核实", "unverified", "missed", "error", "0", "30")
    assert tuple(after[key] for key in keys) == ("未达标", "missed", "missed", "error", "0", "30")


def test_of_findings_that_say_the_same_each_dispute_names_its_own_line(tmp_path: Path) -> None:
    entry = "task: M06-1, date: 2024-07-16, name: 培训班, value: 10"
    files = {"progress/2024/市教体局.yaml": reported("市教体局", entry, entry.replace("培训班", "进修班"))}
    report = run_example(Example(files, as_of=BEFORE_REVIEW), tmp_path)
    lines = {
        place["entry"]: one["line"]
        for one in standing(report, "M06-1")["disputes"]
        if one["kind"] == "out"
        for place in one["entries"]
    }
    assert lines == {0: 6, 1: 7}


def test_a_dispute_whose_finding_was_not_asked_for_has_no_line(tmp_path: Path) -> None:
    report = counted_twice(tmp_path, BEFORE_REVIEW)
    (dispute,) = standing(replace(report, findings=()), "M06-1")["disputes"]
    assert (dispute["code"], dispute["line"], dispute["fingerprint"]) == ("KS501", None, None)


def test_an_end_that_nothing_bounds_is_null_and_said_to_be_unbounded(tmp_path: Path) -> None:
    plan = (WORLD / "plan" / "measures.yaml").read_text("utf-8").replace("at_least: 30", "at_most: 30")
    files = {
        "plan/measures.yaml": plan,
        "progress/2024/市教体局.yaml": reported("市教体局", training(18)),
        "progress/2024/团市委.yaml": reported("团市委", status="draft").replace("entries:\n", ""),
    }
    told = standing(run_example(Example(files, as_of=BEFORE_REVIEW), tmp_path), "M06-1")
    bounds = {"least": "18", "greatest": None, "least_unbounded": False, "greatest_unbounded": True}
    assert bounds == told["interval"]
    unknown = {(one["unit"], one["year"], one["why"], one["file"]) for one in told["unknown"]}
    assert ("团市委", 2024, "是草稿，还没有报送完毕", "") in unknown
    assert ("市科协", 2024, "到期没有报送", "") in unknown
    assert (told["verdict"], told["worst"], told["weight"]) == ("unverified", "missed", "error")
    assert (told["completion"], told["pace"], told["gap_points"]) == (None, None, None)


def test_a_file_that_can_not_be_read_is_named_as_what_is_not_known(tmp_path: Path) -> None:
    files = {
        "progress/2024/市教体局.yaml": reported("市教体局", training(18)),
        "progress/2024/团市委.yaml": "unit: 团市委\nyear: [\n",
    }
    told = standing(run_example(Example(files, as_of=BEFORE_REVIEW), tmp_path), "M06-1")
    unread = [one for one in told["unknown"] if one["file"]]
    expected = {"unit": "团市委", "year": 2024, "why": "读不出来", "file": "progress/2024/团市委.yaml"}
    assert [expected] == unread


@pytest.mark.parametrize("verdict", sorted(CODES | {"unverified", "waived"}))
def test_the_schema_knows_every_verdict_of_the_design(verdict: str, tmp_path: Path) -> None:
    document = public(counted_twice(tmp_path, BEFORE_REVIEW))
    document["standings"][0].update(verdict=verdict, worst="missed", unwaived=verdict)
    allowed_by("report-v2", document)


def test_the_schema_knows_every_verdict_of_the_code_and_nothing_else(tmp_path: Path) -> None:
    assert {verdict.value for verdict in Verdict} <= CODES | {"unverified", "waived"}
    document = public(counted_twice(tmp_path, BEFORE_REVIEW))
    document["standings"][0].update(verdict="good")
    with pytest.raises(jsonschema.ValidationError):
        allowed_by("report-v2", document)


def test_what_is_waived_weighs_nothing_and_keeps_the_word_behind_it(tmp_path: Path) -> None:
    waivers = "waivers:\n  - {unit: 市教体局, task: M06-1, reason: 停训, approved_by: 示例市人民政府, "
    waivers += "document: 示例府办〔2024〕8号, until: 2026-12-31}\n"
    files = {
        "plan/waivers.yaml": waivers,
        "progress/2024/市教体局.yaml": reported("市教体局", training(18)),
    }
    told = standing(run_example(Example(files, as_of=AFTER_REVIEW), tmp_path), "M06-1")
    keys = ("verdict", "unwaived", "worst", "weight")
    assert tuple(told[key] for key in keys) == ("waived", "missed", "missed", None)


def test_past_due_says_that_the_day_is_over_and_amiss_that_the_report_did_not_come_in_time(
    tmp_path: Path,
) -> None:
    files = {
        "progress/2024/市教体局.yaml": reported("市教体局", training(18)),
        "progress/2024/团市委.yaml": reported("团市委", training(9), submitted="2025-03-01"),
    }
    report = run_example(Example(files, as_of=AFTER_REVIEW), tmp_path)
    handed_in = {one["unit"]: one for one in public(report)["handovers"]}
    told = {
        unit: tuple(handed_in[unit][key] for key in ("receipt", "word", "past_due", "amiss"))
        for unit in NAMES
    }
    assert told == {
        "市教体局": ("complete", "已报送", True, False),
        "团市委": ("late", "迟报", True, True),
        "市科协": ("missing", "未报送", True, True),
    }


def test_a_finding_as_a_line_says_which_version_it_is(tmp_path: Path) -> None:
    report = counted_twice(tmp_path, BEFORE_REVIEW)
    lines = [json.loads(line) for line in format_named("jsonl").render(report).splitlines()]
    assert {("kesu-finding", "2")} == {(line["format"], line["format_version"]) for line in lines}


def test_a_point_of_the_log_says_the_interval_and_the_weight(tmp_path: Path) -> None:
    report = counted_twice(tmp_path, BEFORE_REVIEW)
    assert report.plan is not None
    (standing,) = (one for one in report.standings if one.task.id == "M06-1")
    commit = LogCommit("0" * 40, BEFORE_REVIEW, "报送")
    line = LogLine((standing,))
    log = Log(
        report.plan, 2024, "", monthly=False, commits=(commit,), lines=(line,), complete=True, version="test"
    )
    document = allowed_by("log-v2", json.loads(written(log_v2.public(log))))
    (point,) = document["lines"][0]["points"]
    keys = ("actual", "in_doubt", "verdict", "word", "worst", "weight")
    assert tuple(point[key] for key in keys) == ("30", "18", "met", "达标", "met", None)
    assert (point["interval"]["least"], point["interval"]["greatest"]) == ("30", "48")


def test_the_page_lists_the_verdicts_of_the_schema() -> None:
    page = (ROOT / "docs" / "json.md").read_text("utf-8")
    listed = re.findall(r"(?m)^\| `([a-z_]+)` \| [^`|]*(?:`unwaived` )?\|$", page)
    assert set(listed) == CODES | {"unverified", "waived"}


# --- csv ---------------------------------------------------------------------


def row_of(report: Report, task: str) -> dict[str, str]:
    text = format_named("csv").render(report).decode("utf-8-sig")
    (row,) = (row for row in csv.DictReader(io.StringIO(text, newline="")) if row["任务编号"] == task)
    return row


def test_a_row_of_the_csv_says_both_figures_and_what_disputes_them(tmp_path: Path) -> None:
    row = row_of(counted_twice(tmp_path, BEFORE_REVIEW), "M06-1")
    told = [row[name] for name in ("完成值", "最少", "最多", "存疑", "判定", "判定的轻重", "存疑的原因")]
    why = "同一件事计了两次（KS501 progress/2024/市教体局.yaml）"
    assert told == ["30", "30", "48", "18", "达标", "", why]


def test_a_row_of_the_csv_says_that_nothing_bounds_a_figure_and_whose_report_is_missing(
    tmp_path: Path,
) -> None:
    plan = (WORLD / "plan" / "measures.yaml").read_text("utf-8").replace("at_least: 30", "at_most: 30")
    files = {
        "plan/measures.yaml": plan,
        "progress/2024/市教体局.yaml": reported("市教体局", training(18)),
    }
    row = row_of(run_example(Example(files, as_of=BEFORE_REVIEW), tmp_path), "M06-1")
    told = [row[name] for name in ("最少", "最多", "判定", "判定的轻重", "序时进度（%）")]
    assert told == ["18", "无上限", "待核实", "错误", ""]
    assert "市科协 2024 年度报告到期没有报送" in row["情况不明的报告"]


# --- explain -----------------------------------------------------------------


def test_an_explanation_says_of_each_entry_whether_it_counts_and_what_disputes_it(tmp_path: Path) -> None:
    counted_twice(tmp_path, BEFORE_REVIEW)
    request = Request((tmp_path / "progress" / "2024",), TODAY, BEFORE_REVIEW)
    (told,) = explained(explain(request, "M06-1", "test"))["standings"]
    entries = {
        (one["unit"], one["name"]): (
            *(one[key] for key in ("line", "value", "amount", "counted", "disputed", "kept")),
            [doubt["code"] for doubt in one["doubts"]],
        )
        for one in told["entries"]
    }
    assert entries == {
        ("团市委", "辅导员培训班"): (6, "18", "18", True, False, True, ["KS501"]),
        ("市教体局", "辅导员培训班"): (6, "18", "18", False, True, False, ["KS501"]),
        ("市教体局", "校长班"): (7, "12", "12", True, False, False, []),
    }


def test_an_explanation_says_which_level_was_taken(tmp_path: Path) -> None:
    levels = (("2024-03-01", "春季调查", 12), ("2024-11-30", "冬季调查", 13))
    entries = (
        f"task: G-1, date: {day}, name: {name}, value: {value}%, evidence: {EVIDENCE}"
        for day, name, value in levels
    )
    run_example(Example({"progress/2024/市科协.yaml": reported("市科协", *entries)}), tmp_path)
    found = explained(explain(Request((tmp_path / "progress/2024",), TODAY), "G-1", "test"))
    (level,) = found["standings"]
    assert [(entry["counted"], entry["passed_over"], entry["value"]) for entry in level["entries"]] == [
        (False, "已有更近的数", "12"),
        (True, "", "13"),
    ]
    assert (found["task"]["tally"], found["task"]["spread"], level["pace"]) == ("latest", "any", None)


def test_an_entry_that_adds_nothing_has_no_amount_but_keeps_what_it_reports(tmp_path: Path) -> None:
    other = training(9).replace("value: 9", "value: 9, unit: 场")
    run_example(Example({"progress/2024/市教体局.yaml": reported("市教体局", other)}), tmp_path)
    found = explained(explain(Request((tmp_path / "progress/2024",), TODAY), "M06-1", "test"))
    (entry,) = found["standings"][0]["entries"]
    keys = ("value", "measured_in", "amount", "counted", "unknown")
    assert tuple(entry[key] for key in keys) == ("9", "场", None, False, True)
    assert "计量单位" in entry["why"]


def test_a_figure_of_a_survey_says_its_error_beside_it(tmp_path: Path) -> None:
    level = "task: G-1, date: 2024-11-30, name: 调查, value: 15.5%, sample: 1200, margin: 2%, "
    level += f"evidence: {EVIDENCE}"
    report = run_example(Example({"progress/2024/市科协.yaml": reported("市科协", level)}), tmp_path)
    found = explained(explain(Request((tmp_path / "progress/2024",), TODAY), "G-1", "test"))
    (told,) = found["standings"]
    said = "与目标相差 0.5 个百分点，在调查误差（上下 2 个百分点）以内"
    assert told["entries"][0]["survey"] == {"area": "", "sample": 1200, "margin": "2"}
    assert (told["remarks"], row_of(report, "G-1")["完成值的说明"]) == ([said], said)


def test_a_mark_explains_its_finding_and_names_its_rule(tmp_path: Path) -> None:
    report = counted_twice(tmp_path, BEFORE_REVIEW)
    (finding,) = (one for one in report.findings if one.code == "KS501")
    request = Request((tmp_path / "progress" / "2024",), TODAY, BEFORE_REVIEW)
    found = explained(explain(request, finding.fingerprint[:7], "test"))
    assert found["rule"] == "KS501"
    assert [finding.fingerprint] == [one["fingerprint"] for one in found["findings"]]
    assert found["task"]["id"] == "M06-1"


def test_a_mark_about_no_task_has_none(tmp_path: Path) -> None:
    report = counted_twice(tmp_path, BEFORE_REVIEW)
    silent = next(one for one in report.findings if one.code == "KS401")
    request = Request((tmp_path / "progress" / "2024",), TODAY, BEFORE_REVIEW)
    found = explained(explain(request, silent.fingerprint, "test"))
    assert (found["task"], found["standings"]) == (None, [])


def test_of_all_tasks_of_the_example_data_the_counted_amounts_come_to_the_figure() -> None:
    request = Request((ROOT / "progress" / "2025",), TODAY, date(2025, 12, 31))
    report = check(request, "test")
    assert report.plan is not None
    everything = Explanation(report, None, None, report.standings, (), {})
    allowed_by("explain-v2", found := json.loads(written(explain_v2.public(everything))))
    for told, standing in zip(found["standings"], report.standings, strict=True):
        if not standing.task.row.items and told["actual"] is not None:
            amounts = (Fraction(one["amount"]) for one in told["entries"] if one["counted"])
            assert Fraction(told["actual"]) == sum(amounts)


def test_the_same_question_gets_the_same_bytes(tmp_path: Path) -> None:
    counted_twice(tmp_path, BEFORE_REVIEW)
    request = Request((tmp_path / "progress" / "2024",), TODAY, BEFORE_REVIEW)
    first, second = (written(explain_v2.public(explain(request, "M06-1", "test"))) for _ in range(2))
    assert first == second
