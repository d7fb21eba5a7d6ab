"""Programs that people use read every format for machines: they, not we, say that it is right."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import junitparser
import pytest
import xmlschema
from python_calamine import CalamineWorkbook

from client import installed, program
from examples import TODAY
from kesu_cli.diagnostic import START_OF_FILE, Finding, Severity
from kesu_cli.engine.check import Request, check
from kesu_cli.render.ci.github import command
from kesu_cli.render.format_table import format_named
from kesu_cli.render.wording import marked, sentence
from kesu_cli.report import Outcome, Report, RuleOutcome
from kesu_cli.rules.book import BY_CODE
from kesu_cli.verdict import Verdict
from libreoffice import converted
from test_formats import lay_out

HERE = Path(__file__).parent
GITLAB_SEVERITIES = {"info", "minor", "major", "critical", "blocker"}
ANNOTATE = """
import * as core from "@actions/core";
import { readFileSync } from "node:fs";
for (const { level, message, properties } of JSON.parse(readFileSync(0, "utf8"))) {
  core[level](message, properties);
}
"""


@pytest.fixture
def sample(tmp_path: Path) -> Report:
    return check(Request((lay_out(tmp_path),), TODAY), "0.1.0")


@pytest.fixture(scope="module")
def city() -> Report:
    """Judge the example data of the repository."""
    return check(Request((HERE.parent / "progress" / "2024",), TODAY), "0.1.0")


@pytest.fixture
def unreadable(tmp_path: Path) -> Report:
    folder = tmp_path / "unreadable"
    lay_out(folder)
    (folder / "plan" / "measures.yaml").write_text("title： 缺\n", "utf-8")
    return check(Request((folder,), TODAY), "0.1.0")


@pytest.fixture
def crashed(sample: Report) -> Report:
    crash = RuleOutcome(BY_CODE["KS301"], Outcome.CRASHED, why="ValueError: 不该发生")
    outcomes = (crash if outcome.code == crash.code else outcome for outcome in sample.outcomes)
    return replace(sample, outcomes=tuple(outcomes))


@pytest.fixture(params=["sample", "city", "unreadable", "crashed"])
def report(request: pytest.FixtureRequest) -> Report:
    wanted: Report = request.getfixturevalue(request.param)
    return wanted


def written(name: str, report: Report, folder: Path) -> Path:
    form = format_named(name)
    path = folder / f"报告{form.suffix}"
    path.write_bytes(form.render(report))
    return path


def loaded(name: str, report: Report) -> Any:  # noqa: ANN401 - JSON
    return json.loads(format_named(name).render(report))


def run(*arguments: str | Path, standard_input: str = "", cwd: Path | None = None) -> str:
    done = subprocess.run(
        arguments, input=standard_input.encode(), cwd=cwd, capture_output=True, timeout=120, check=False
    )
    assert done.returncode == 0, (done.stdout + done.stderr).decode()
    return done.stdout.decode()


# --- SARIF -------------------------------------------------------------------


def test_the_sarif_schema_is_held_to(report: Report, tmp_path: Path) -> None:
    schema = installed("node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json")
    file = written("sarif", report, tmp_path)
    checker = ("-m", "check_jsonschema", "--regex-variant", "nonunicode", "--schemafile", str(schema))
    assert "ok" in run(sys.executable, *checker, str(file))


def test_sarif_multitool_finds_neither_error_nor_warning(report: Report, tmp_path: Path) -> None:
    tool = installed("node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool")
    said = tmp_path / "validation.sarif"
    options = ("--level", "Error;Warning", "--rule-kind", "Sarif;Ghas", "--log", "ForceOverwrite")
    run(tool, "validate", written("sarif", report, tmp_path), "-o", said, *options)
    validation = json.loads(said.read_text("utf-8-sig"))["runs"][0]
    assert validation["invocations"][0]["executionSuccessful"]
    assert [result["message"] for result in validation.get("results", [])] == []


def test_sarif_multitool_would_find_an_error(sample: Report, tmp_path: Path) -> None:
    tool = installed("node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool")
    log = loaded("sarif", sample)
    log["runs"][0]["results"][0]["ruleIndex"] = 999
    (tmp_path / "wrong.sarif").write_text(json.dumps(log), "utf-8")
    said = tmp_path / "validation.sarif"
    subprocess.run(
        [tool, "validate", tmp_path / "wrong.sarif", "-o", said, "--level", "Error;Warning"], check=False
    )
    assert json.loads(said.read_text("utf-8-sig"))["runs"][0]["results"]


def test_every_sarif_result_has_a_rule_a_line_and_a_fingerprint_of_its_own(report: Report) -> None:
    run = loaded("sarif", report)["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    marks = [result["partialFingerprints"]["kesu/v1"] for result in run["results"]]
    assert len(set(marks)) == len(report.all_findings)
    for result in run["results"]:
        assert result["ruleId"] == rules[result["ruleIndex"]]
        (location,) = result["locations"]
        for place in (location, *result.get("relatedLocations", ())):
            assert place["physicalLocation"]["region"]["startLine"] >= 1
            assert place["physicalLocation"]["artifactLocation"]["uri"].isascii()


def test_sarif_carries_the_manual_of_each_rule(sample: Report) -> None:
    rules = loaded("sarif", sample)["runs"][0]["tool"]["driver"]["rules"]
    missed = next(rule for rule in rules if rule["id"] == "KS301")
    assert "## 怎么改" in missed["help"]["markdown"]
    assert missed["shortDescription"]["text"] == BY_CODE["KS301"].summary
    assert missed["defaultConfiguration"] == {"level": "error"}


def results_of(report: Report, code: str) -> list[Any]:
    results = loaded("sarif", report)["runs"][0]["results"]
    return [result for result in results if result["ruleId"] == code]


def test_a_missed_target_points_at_the_words_of_the_plan(sample: Report) -> None:
    missed = next(one for one in results_of(sample, "KS301") if "M06-1" in one["message"]["text"])
    (related,) = missed["relatedLocations"]
    place = related["physicalLocation"]
    plan = (HERE / "world" / "plan" / "measures.yaml").read_text("utf-8").splitlines()
    assert place["artifactLocation"] == {"uri": "plan/measures.yaml", "uriBaseId": "%SRCROOT%"}
    assert "target: {at_least: 30" in plan[place["region"]["startLine"] - 1]
    assert related["message"]["text"].startswith("原文：")


def test_a_double_count_points_at_the_entry_of_the_other_unit(city: Report) -> None:
    (double,) = results_of(city, "KS501")
    (related,) = double["relatedLocations"]
    other = "progress/2024/%E5%B8%82%E4%B9%A1%E6%9D%91%E6%8C%AF%E5%85%B4%E5%B1%80.yaml"
    assert related["physicalLocation"]["artifactLocation"]["uri"] == other


def test_a_waiver_is_a_suppression_and_all_else_says_that_it_has_none(sample: Report) -> None:
    (waived,) = results_of(sample, "KS304")
    waiver = "示例市人民政府批准，示例府办〔2024〕8号，至 2025-06-30"
    expected = {"kind": "external", "status": "accepted", "justification": waiver}
    assert [expected] == waived["suppressions"]
    assert all(result["suppressions"] == [] for result in results_of(sample, "KS301"))


def test_sarif_says_by_which_date_and_which_rules_did_not_run(unreadable: Report, crashed: Report) -> None:
    (invocation,) = loaded("sarif", unreadable)["runs"][0]["invocations"]
    assert not invocation["executionSuccessful"]
    said = [notice["associatedRule"]["id"] for notice in invocation["toolConfigurationNotifications"]]
    assert [outcome.code for outcome in unreadable.skipped] == said
    (invocation,) = loaded("sarif", crashed)["runs"][0]["invocations"]
    assert not invocation["executionSuccessful"]
    assert invocation["properties"]["asOf"] == "2024-12-31"
    (notice,) = invocation["toolExecutionNotifications"]
    assert notice["message"]["text"] == "规则 KS301 运行出错：ValueError: 不该发生"


# --- JUnit -------------------------------------------------------------------


def test_the_strict_schema_of_jenkins_is_held_to(report: Report, tmp_path: Path) -> None:
    schema = xmlschema.XMLSchema(installed("junit-10.xsd"))
    schema.validate(written("junit", report, tmp_path))


def cases(report: Report, folder: Path) -> list[tuple[Any, Any]]:
    suites = junitparser.JUnitXml.fromfile(str(written("junit", report, folder)))
    return [(suite, case) for suite in suites for case in suite]


def test_junitparser_counts_what_the_report_counts(report: Report, tmp_path: Path) -> None:
    suites = junitparser.JUnitXml.fromfile(str(written("junit", report, tmp_path)))
    claimed = (suites.tests, suites.failures, suites.errors)
    suites.update_statistics()
    assert claimed == (suites.tests, suites.failures, suites.errors)
    errors = [f for f in report.all_findings if f.counts and f.severity is Severity.ERROR]
    assert (len(errors), len(report.crashed)) == (suites.failures, suites.errors)


def test_no_finding_is_lost_and_each_says_its_line(report: Report, tmp_path: Path) -> None:
    text = "\n".join(result.text for _, case in cases(report, tmp_path) for result in case.result)
    for finding in report.all_findings:
        assert f"{finding.file}:{finding.span.line} {finding.code}" in text
        assert finding.message in text


def test_every_task_has_a_case_and_passes_only_where_it_is_met(city: Report, tmp_path: Path) -> None:
    found = {
        (suite.name, case.name): case.result[0] if case.result else None
        for suite, case in cases(city, tmp_path)
    }
    good = (Verdict.MET, Verdict.ON_PACE)
    for standing in city.standings:
        unit = "、".join(standing.task.answering(standing.unit)) or "未明确单位"
        name = f"{standing.task.id} {standing.task.name}（{standing.window.label}）"
        assert (found[unit, name] is None) == (standing.verdict in good)
    missed = found["市教体局", "M06-1 培训科技辅导员（2024年）"]
    assert isinstance(missed, junitparser.Failure)
    upcoming = next(result for result in found.values() if result is not None and result.type == "open")
    assert isinstance(upcoming, junitparser.Skipped)
    assert upcoming.message == "进行中"


def test_rules_that_crashed_or_did_not_run_have_cases(crashed: Report, unreadable: Report) -> None:
    def said(report: Report) -> set[tuple[str, str]]:
        suites = junitparser.JUnitXml.fromstring(format_named("junit").render(report))
        last = next(suite for suite in suites if suite.name == "没有运行的规则")
        return {(case.name[:5], type(case.result[0]).__name__) for case in last}

    assert said(crashed) == {("KS301", "Error")}
    assert said(unreadable) == {(outcome.code, "Skipped") for outcome in unreadable.skipped}


# --- GitHub ------------------------------------------------------------------


def actions_core(report: Report) -> list[str]:
    """Let GitHub's own library write the annotations of a report, in the order of the report."""
    levels = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
    asked = [
        {
            "level": levels[finding.severity] if finding.counts else "notice",
            "message": marked(report, sentence(finding)),
            "properties": _properties(finding),
        }
        for finding in report.all_findings
    ]
    folder = installed("node_modules/@actions/core").parent.parent.parent
    arguments = (program("node"), "--input-type=module", "-e", ANNOTATE)
    return run(*arguments, standard_input=json.dumps(asked), cwd=folder).splitlines()


def _properties(finding: Finding) -> dict[str, object]:
    span = finding.span
    lines: dict[str, object] = {
        "title": f"{finding.code} {finding.name}",
        "file": finding.file,
        "startLine": span.line,
        "endLine": span.end_line,
    }
    one_line = span.line == span.end_line
    return lines | ({"startColumn": span.column, "endColumn": span.end_column} if one_line else {})


NASTY = (
    "第一行\n第二行\r\n::error::假的\n##[error]假的",
    "100%25, 50%: a,b:c %0A",
    "，：😀\u200f\u202e<b>]]>[/red]",
)


def test_actions_core_writes_the_same_annotations(report: Report) -> None:
    nasty = tuple(
        replace(report.all_findings[0], message=text, hint=text, file=f"progress/{text}.yaml")
        for text in NASTY
    )
    report = replace(report, findings=(*report.findings, *nasty))
    ours = format_named("github").render(report).decode().splitlines()
    assert sorted(actions_core(report)) == sorted(ours[:-1])
    assert "\n" not in command("error", {"file": NASTY[0]}, NASTY[0])


def test_the_worst_come_first_and_the_last_line_counts_them_all(sample: Report) -> None:
    *annotations, last = format_named("github").render(sample).decode().splitlines()
    levels = [line.split()[0].strip(":") for line in annotations]
    assert levels == sorted(levels, key=["error", "warning", "notice"].index)
    assert last.startswith("合计：错误 13，警告 5，提示 1；已豁免 1（不计入以上）")
    assert "已豁免：示例市人民政府批准" in annotations[-1]


# --- GitLab ------------------------------------------------------------------


def test_gitlab_gets_what_its_documentation_asks_for(report: Report) -> None:
    content = format_named("gitlab").render(report)
    assert not content.startswith(b"\xef\xbb\xbf")
    issues = json.loads(content)
    marks = [issue["fingerprint"] for issue in issues]
    assert len(set(marks)) == len(marks) == len(report.all_findings)
    for issue in issues:
        assert issue["description"]
        assert issue["check_name"].startswith("KS")
        assert issue["severity"] in GITLAB_SEVERITIES
        assert not issue["location"]["path"].startswith(("./", "/"))
        assert issue["location"]["lines"]["begin"] >= 1
        assert ("演示数据" in issue["description"]) == report.demo


# --- JSON Lines --------------------------------------------------------------


def test_each_json_line_holds_to_the_published_schema(report: Report) -> None:
    schema = json.loads((HERE.parent / "docs" / "finding-v2.schema.json").read_text("utf-8"))
    lines = format_named("jsonl").render(report).decode().splitlines()
    assert len(lines) == len(report.all_findings)
    for line in lines:
        jsonschema.Draft202012Validator(schema).validate(json.loads(line))


# --- CSV ---------------------------------------------------------------------


def in_libreoffice(file: Path, folder: Path) -> tuple[list[list[object]], bool]:
    """Open a file as a person would, save it as a workbook, and say whether that holds a formula."""
    comma_quote_utf8 = "--infilter=CSV:44,34,76"  # what the import dialog proposes by itself, BOM and all
    book = converted(file, "xlsx:Calc MS Excel 2007 XML", folder, comma_quote_utf8)
    with zipfile.ZipFile(book) as parts:
        has_formula = b"<f" in parts.read("xl/worksheets/sheet1.xml")
    rows: list[list[object]] = [
        list(row) for row in CalamineWorkbook.from_path(book).get_sheet_by_index(0).to_python()
    ]
    return rows, has_formula


def test_libreoffice_shows_the_figures_as_numbers(city: Report, tmp_path: Path) -> None:
    rows, has_formula = in_libreoffice(written("csv", city, tmp_path), tmp_path)
    assert not has_formula
    assert len(rows) == 1 + len(city.standings)
    training = dict(zip(rows[0], next(row for row in rows if row[0] == "M06-1"), strict=True))
    figures = [training[name] for name in ("目标值", "完成值", "序时进度（%）")]
    assert figures == [30.0, 28.0, 100.0]
    assert training["进度差（百分点）"] == pytest.approx(-20 / 3)
    assert (training["判定"], training["数据性质"]) == ("未达标", "演示数据")


def test_libreoffice_would_make_a_formula_of_text_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "raw.csv"
    file.write_bytes("\ufeff甲\r\n=1+1\r\n".encode())
    rows, has_formula = in_libreoffice(file, tmp_path)
    assert has_formula
    assert rows == [["甲"], [2.0]]


FORMULAS = (
    *("=1+1", "+1+1", "-1+1", "@SUM(1)", "＝1+1", "\t=1+1", "'=1+1", "''=1", "=cmd|' /C calc'!A0"),
    *("普通的字", "'单引号", "第一行\n=1+1", '"引号",逗号;分号', "<b>]]>[/red]", "😀\u200f\u202e"),
)


def test_libreoffice_makes_no_formula_of_any_text(sample: Report, tmp_path: Path) -> None:
    standings = tuple(replace(sample.standings[0], waiver=text) for text in FORMULAS)
    file = written("csv", replace(sample, standings=standings), tmp_path)
    cells = [row["豁免"] for row in csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline=""))]
    rows, has_formula = in_libreoffice(file, tmp_path)
    assert not has_formula
    assert [row[rows[0].index("豁免")] for row in rows[1:]] == cells
    assert cells == [f"'{text}" if text in FORMULAS[:9] else text for text in FORMULAS]


def test_a_csv_line_break_and_byte_order_mark_are_those_of_a_spreadsheet(sample: Report) -> None:
    content = format_named("csv").render(sample)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == 1 + len(sample.standings)


def test_a_finding_about_a_whole_file_is_on_its_first_line(sample: Report) -> None:
    whole = replace(sample.findings[0], span=START_OF_FILE)
    report = replace(sample, findings=(whole,), plan_findings=())
    (result,) = loaded("sarif", report)["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}
