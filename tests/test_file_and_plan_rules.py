"""What the manuals of the rules about files, the plan and waivers leave out."""

import re
from datetime import date
from pathlib import Path

import pytest

from examples import TODAY, WORLD, Example, run_example
from kesu_cli.diagnostic import Finding
from kesu_cli.engine.check import Request, check
from kesu_cli.engine.judged_years import NothingToCheck
from kesu_cli.report import Report

HEAD = "title: 方案\nissuer: 市人民政府\nissued: 2021-01-01\nperiod: {from: 2021-01-01, to: 2025-12-31}\n"
DRAFT = "unit: 市科协\nyear: 2024\nstatus: draft\n"
WAIVER = """\
waivers:
  - rule: KS301
    unit: 市教体局
    reason: 暑期防汛
    document: 科素办〔2024〕12号
    approved_by: 市全民科学素质工作领导小组办公室
    until: 2026-12-31
"""


def _report(folder: Path, **files: str) -> Report:
    named = {name.replace("__", "/") + ".yaml": text for name, text in files.items()}
    return run_example(Example(named, as_of=date(2025, 2, 28)), folder)


def _found(report: Report, code: str) -> list[Finding]:
    return [finding for finding in (*report.findings, *report.plan_findings) if finding.code == code]


@pytest.mark.parametrize(("name", "lines"), [("草稿", []), ("市科协", []), ("团市委", [1])])
def test_without_year_folders_only_the_name_of_another_unit_is_odd(
    name: str, lines: list[int], tmp_path: Path
) -> None:
    (tmp_path / f"{name}.yaml").write_text(DRAFT, "utf-8")
    report = check(Request((tmp_path,), TODAY, plan=WORLD / "plan"), "test")
    assert [finding.span.line for finding in _found(report, "KS105")] == lines


@pytest.mark.parametrize("path", ["progress", "progress/2024"])
def test_a_report_beside_the_year_folders_is_not_read_and_said_to_be_so(path: str, tmp_path: Path) -> None:
    files = {"progress__市科协": DRAFT, "progress__2024__市教体局": DRAFT.replace("市科协", "市教体局")}
    _report(tmp_path, **files)
    report = check(Request((tmp_path / path,), TODAY, date(2025, 2, 28)), "test")
    (found,) = _found(report, "KS112")
    assert (found.file, found.message) == (
        "progress/市科协.yaml",
        "“progress”不是年度文件夹，里面的文件不会被读取",
    )
    assert {h.state.value for h in report.submissions if h.unit == "市科协"} == {"missing"}


@pytest.mark.parametrize(
    ("other", "hint"),
    [
        (None, "请把文件改名为 市科协.yaml"),
        (DRAFT, "progress/2024/市科协.yaml 已有一份报告：请把这一份的内容并进去，再删去这一份，不要改名覆盖"),
        (
            "unit: [",
            "progress/2024/市科协.yaml 已有一份报告：请把这一份的内容并进去，再删去这一份，不要改名覆盖",
        ),
    ],
)
def test_no_hint_writes_over_another_report(other: str | None, hint: str, tmp_path: Path) -> None:
    files = {"progress__2024__市科协2": DRAFT} | ({"progress__2024__市科协": other} if other else {})
    found = _found(_report(tmp_path, **files), "KS105")
    assert [finding.hint for finding in found] == [hint]


def test_a_year_outside_the_plan_is_said_on_the_file_and_asks_nobody_for_a_report(tmp_path: Path) -> None:
    files = {f"progress__{year}__市科协": DRAFT.replace("2024", year) for year in ("2020", "2024", "2026")}
    entry = "entries:\n  - {task: P2-1, date: 2026-05-01, name: 评估}\n"
    _report(tmp_path, progress__2024__市教体局=DRAFT.replace("市科协", "市教体局"))
    for name, text in files.items():
        path = tmp_path / (name.replace("__", "/") + ".yaml")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text + (entry if "2026" in name else ""), "utf-8")
    report = check(Request((tmp_path / "progress",), TODAY), "test")
    assert [(f.file[9:13], f.span.line) for f in _found(report, "KS105")] == [("2020", 2), ("2026", 2)]
    assert {handover.year for handover in report.submissions} == set(range(2021, 2026))
    assert {f.code for f in report.findings if "/2026/" in f.file} == {"KS105"}


@pytest.mark.parametrize(
    ("year", "on", "message"),
    [
        ("2026", None, "方案期是 2021-01-01 至 2025-12-31，2026 年没有可以判定的任务"),
        ("2020", None, "方案期是 2021-01-01 至 2025-12-31，2020 年没有可以判定的任务"),
        ("2024", date(2020, 1, 1), "2020-01-01 早于方案期（2021-01-01 至 2025-12-31）"),
    ],
)
def test_where_nothing_can_be_judged_nothing_is_called_well(
    year: str, on: date | None, message: str, tmp_path: Path
) -> None:
    files = {f"progress/{year}/市科协.yaml": DRAFT.replace("2024", year)}
    with pytest.raises(NothingToCheck, match=re.escape(message)):
        run_example(Example(files, as_of=on), tmp_path)


def test_where_no_report_can_be_read_the_folders_say_which_years_are_judged(tmp_path: Path) -> None:
    _report(tmp_path, progress__2024__市科协=DRAFT)
    (tmp_path / "progress/2024/市科协.yaml").write_text("unit: [", "utf-8")
    report = check(Request((tmp_path / "progress",), TODAY), "test")
    assert report.years == (2024, 2025)


def test_a_file_of_an_unknown_unit_is_not_called_misplaced_too(tmp_path: Path) -> None:
    report = _report(tmp_path, progress__2024__市科协=DRAFT.replace("市科协", "市科委"))
    assert len(_found(report, "KS106")) == 1
    assert _found(report, "KS105") == []


@pytest.mark.parametrize("entries", ["没有", "[一, 二]", "{task: M06-1}"])
def test_an_unknown_unit_is_said_though_the_entries_have_no_shape(entries: str, tmp_path: Path) -> None:
    text = DRAFT.replace("市科协", "市科委") + f"entries: {entries}\n"
    report = _report(tmp_path, progress__2024__市科协=text)
    assert len(_found(report, "KS104")) >= 1
    assert [found.span.line for found in _found(report, "KS106")] == [1]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (DRAFT.replace(": ", "："), [1, 2, 3]),
        (DRAFT.replace("year: ", "year：").replace("status: ", "status： "), [2, 3]),
        (DRAFT.replace("year: ", "year：").replace("s: ", "s：") + "note: |\n  name：说明里的冒号\n", [2, 3]),
    ],
)
def test_every_line_with_a_chinese_colon_is_named(text: str, lines: list[int], tmp_path: Path) -> None:
    report = _report(tmp_path, progress__2024__市科协=text)
    assert lines == [found.span.line for found in _found(report, "KS101")]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("6-1", "M06-1"),
        ("M6-1", "M06-1"),
        ("m06-1", "M06-1"),
        ("Ｍ06－1", "M06-1"),
        ("6月1日", "M06-1"),
        ("P01-1", "P1-1"),
        ("s1-5", "S1-5"),
        ("M06-7", "M06-"),
        ("任务M06-1", "M06-1"),
    ],
)
def test_the_task_that_was_meant_is_offered(written: str, meant: str, tmp_path: Path) -> None:
    entry = f"entries:\n  - {{task: {written}, date: 2024-05-01, name: 培训}}\n"
    (found,) = _found(_report(tmp_path, progress__2024__市科协=DRAFT + entry), "KS108")
    assert f"是否应为“{meant}" in found.message


def test_a_waiver_of_an_unknown_rule_names_the_rule_that_was_meant(tmp_path: Path) -> None:
    waivers = WAIVER.replace("KS301", "KS31")
    (found,) = _found(_report(tmp_path, progress__2024__市科协=DRAFT, plan__waivers=waivers), "KS603")
    assert found.message == "市教体局的豁免（科素办〔2024〕12号）没有规则“KS31”；是否应为“KS301”？"
    assert found.span.line == 2


def test_a_name_out_of_use_is_explained_with_its_dates(tmp_path: Path) -> None:
    report = _report(tmp_path, progress__2024__市农业农村局=DRAFT.replace("市科协", "市农业局"))
    (found,) = _found(report, "KS106")
    assert "2022-06-30 止" in found.message
    assert "市农业农村局" in found.hint


def test_a_group_without_a_known_member_means_nobody(tmp_path: Path) -> None:
    units = (WORLD / "plan" / "units.yaml").read_text("utf-8").replace("[洎阳街道, 塔山街道]", "[]")
    found = _found(_report(tmp_path, plan__units=units), "KS106")
    assert [finding.file for finding in found] == ["plan/measures.yaml"]
    assert "单位组“各街道”里没有一个登记的单位" in found[0].message


def test_a_phase_outside_the_period_of_the_plan_is_named(tmp_path: Path) -> None:
    phase = "  - {id: P1, name: 筹备, period: {from: 2020-06-01, to: 2026-01-31}, tasks: []}\n"
    report = _report(tmp_path, plan__measures=f"{HEAD}actions: []\nphases:\n{phase}")
    (found,) = _found(report, "KS202")
    assert "超出方案期" in found.message


def test_a_short_phase_within_a_long_one_does_not_hide_the_days_after_it(tmp_path: Path) -> None:
    rows = (
        ("P1", "2021-01-01", "2024-12-31"),
        ("P2", "2022-01-01", "2022-12-31"),
        ("P3", "2025-01-01", "2025-12-31"),
    )
    phases = "".join(
        f"  - {{id: {name}, name: 阶段, period: {{from: {start}, to: {end}}}, tasks: []}}\n"
        for name, start, end in rows
    )
    report = _report(tmp_path, plan__measures=f"{HEAD}actions: []\nphases:\n{phases}")
    (found,) = _found(report, "KS202")
    assert "P2" in found.message
    assert "2022-01-01 至 2022-12-31" in found.message


def test_a_waiver_is_called_unused_only_where_progress_was_judged(tmp_path: Path) -> None:
    waiver = WAIVER.replace("KS301", "KS999")
    judged = _report(tmp_path / "judged", plan__waivers=waiver, progress__2024__市科协=DRAFT)
    planned = _report(tmp_path / "planned", plan__waivers=waiver)
    assert [finding.span.line for finding in _found(judged, "KS603")] == [2]
    assert _found(planned, "KS603") == []


def test_a_waiver_that_does_not_hold_is_not_called_unused_on_top(tmp_path: Path) -> None:
    own = WAIVER.replace("市全民科学素质工作领导小组办公室", "市教育体育局")
    report = _report(tmp_path, plan__waivers=own, progress__2024__市科协=DRAFT)
    codes = [finding.code for finding in report.findings if finding.code.startswith("KS6")]
    assert codes == ["KS601"]


def test_a_year_mistyped_by_decades_does_not_ask_for_the_decades_between(tmp_path: Path) -> None:
    files = {f"progress__2024__{name}": DRAFT.replace("市科协", name) for name in ("市科协", "团市委")}
    files["progress__2024__团市委"] = files["progress__2024__团市委"].replace("2024", "2042")
    _report(tmp_path, **files)
    report = check(Request((tmp_path,), date(2025, 2, 28)), "test")
    (found,) = _found(report, "KS105")
    assert "2042" in found.message
    assert report.years == (2024, 2025, 2042)
