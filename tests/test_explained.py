"""What the pages say beyond the sample: which figure was taken, what was declared, who reports for whom."""

import re
from datetime import date
from pathlib import Path

import pytest

from examples import Example, run_example
from kesu_cli.cli.explain import EXAMPLES
from kesu_cli.engine.check import Request, check
from kesu_cli.engine.explain import explain, explain_in
from kesu_cli.render.terminal import explanation_page, plan_page, unit_page
from kesu_cli.render.terminal.layout_to_text import to_bytes

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 24)
OFFICE = """unit: 市科协
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - {task: G-1, date: 2024-03-01, name: 春季调查, value: 12%, evidence: [{kind: 报告, url: "https://example.invalid/1"}]}
  - {task: G-1, date: 2024-11-30, name: 冬季调查, value: 13%, evidence: [{kind: 报告, url: "https://example.invalid/2"}]}
  - {task: M30-5, date: 2024-05-12, name: 宣传, items: [防灾减灾日, 安全生产月]}
  - {task: M30-5, date: 2024-06-12, name: 咨询}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    run_example(Example({"progress/2024/市科协.yaml": OFFICE}), tmp_path)
    return tmp_path / "progress" / "2024"


def explained(folder: Path, subject: str) -> str:
    return to_bytes(
        explanation_page.layout(explain(Request((folder,), TODAY), subject, "test")), 120
    ).decode()


def test_a_level_that_was_passed_over_is_said_to_be(folder: Path) -> None:
    lines = explained(folder, "G-1").splitlines()
    rows = [line.split()[:3] for line in lines if line.startswith(("是", "否"))]
    assert rows == [["否", "12", "2024-03-01"], ["是", "13", "2024-11-30"]]
    assert [line.strip() for line in lines if "未采用" in line] == ["未采用：已有更近的数"]


def test_an_entry_says_which_named_parts_it_covers(folder: Path) -> None:
    text = explained(folder, "M30-5")
    assert "覆盖：防灾减灾日、安全生产月" in text
    assert "未计入：没有写明是点名的哪一项" in text


def test_the_share_of_a_unit_in_a_level_is_its_latest(folder: Path) -> None:
    page = to_bytes(unit_page.layout(check(Request((folder,), TODAY, unit="市科协"), "test")), 120).decode()
    assert "13（2 条）" in page


def test_who_reports_for_another_is_said_beside_the_name_of_the_document() -> None:
    request = Request((ROOT / "progress/2024",), TODAY)
    page = to_bytes(explanation_page.layout(explain(request, "S1-1", "test")), 120).decode()
    assert "牵头 市人民政府（由市政府办公室报送）" in page
    plan = check(request, "test").plan
    assert plan is not None
    layout = plan_page.tasks_layout(plan, "S1-1")
    assert layout is not None
    assert "市人民政府（由市政府办公室报送）" in to_bytes(layout, 120).decode()


def test_a_body_that_hands_in_no_report_is_pointed_to_the_one_that_does() -> None:
    report = check(Request((ROOT / "progress/2024",), TODAY, unit="市政府"), "test")
    page = to_bytes(unit_page.layout(report), 120).decode()
    assert "市人民政府不单独报送：方案写明由它承担的任务，由市政府办公室报送。" in page
    assert "kesu report --unit 市政府办公室" in page
    assert "没有。" not in page


def test_a_mark_shows_its_finding_whole_with_the_manual(folder: Path) -> None:
    report = check(Request((folder,), TODAY), "test")
    silent = next(f for f in report.findings if f.code == "KS401" and f.unit == "团市委")
    page = explained(folder, silent.fingerprint[:7])
    for words in (
        "团市委没有报送 2024 年度报告",
        "由谁处理：团市委",
        "这个单位的任务就无从判定",
        "kesu rule KS401",
    ):
        assert words in page
    assert "考核期" not in page.split("对的、错的例子")[1]


def test_a_mark_of_a_shortfall_shows_the_one_window_it_is_about(folder: Path) -> None:
    report = check(Request((folder,), TODAY), "test")
    short = next(f for f in report.findings if f.code == "KS301" and f.task == "M04-2")
    page = explained(folder, short.fingerprint)
    assert "M04-2 每学期组织学生到科普场所" in page
    assert re.findall(r"(?m)^(\d{4}年..学期)：", page) == [short.window]


def test_a_mark_whose_window_is_a_year_shows_the_window_of_its_task(tmp_path: Path) -> None:
    training = "entries:\n  - {{task: M08-3, date: {year}-05-05, name: 培训, value: 300}}\n"
    head = "unit: 市农业农村局\nyear: {year}\nstatus: draft\n"
    files = {f"progress/{y}/市农业农村局.yaml": (head + training).format(year=y) for y in (2023, 2024)}
    report = run_example(Example(files), tmp_path)
    (copied,) = [f for f in report.findings if f.code == "KS507"]
    assert "2021—2025年：" in explained(tmp_path / "progress/2024", copied.fingerprint)


def test_what_was_declared_is_shown_where_nothing_was_reported(tmp_path: Path) -> None:
    text = "unit: 市教体局\nyear: 2024\nstatus: draft\n"
    text += "nothing_to_report:\n  - {task: M06-1, reason: 上级未安排}\n"
    run_example(Example({"progress/2024/市教体局.yaml": text}), tmp_path)
    assert "市教体局 2024 年度声明无可报送：上级未安排" in explained(tmp_path / "progress/2024", "M06-1")


def test_the_mark_in_the_help_is_one_of_the_example_data() -> None:
    (mark,) = re.findall(r"explain ([0-9a-f]{7})", EXAMPLES)
    found = explain_in(Request((ROOT,), TODAY), None, mark, "test")
    assert [finding.code for finding in found.findings] == ["KS301"]
