"""Empty is an answer: a plan that nobody has reported on is judged, and so is what came before the plan."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from kesu_cli.cli.exit_code import exit_code
from kesu_cli.engine.check import Request, check
from kesu_cli.engine.judged_years import NothingToCheck
from kesu_cli.report import Report
from kesu_cli.source.workspace import LayoutError
from kesu_cli.verdict import Verdict
from test_cli import kesu

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 24)


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """Lay out the plan of the example, with a folder for 2024 in which nothing lies yet."""
    shutil.copytree(ROOT / "plan", tmp_path / "plan")
    (tmp_path / "progress" / "2024").mkdir(parents=True)
    return tmp_path


def judge(city: Path, path: str, as_of: date | None = None, *, today: date = TODAY, unit: str = "") -> Report:
    return check(Request((city / path,), today, as_of, unit=unit), "test")


def codes(report: Report) -> set[str]:
    return {finding.code for finding in report.findings}


def test_before_the_reports_are_due_they_are_awaited_and_nothing_is_wrong(city: Path) -> None:
    report = judge(city, "progress/2024", date(2025, 1, 30))
    assert exit_code(report, "error") == 0
    assert {"尚未报送"} == {submission.label for submission in report.submissions}
    yearly = [s for s in report.standings if s.window.label == "2024年"]
    assert {"尚未报送"} == {s.word for s in yearly if not s.task.has_deadline and not s.task.row.on_event}
    assert [s.task.id for s in yearly if s.weight and not s.task.has_deadline] == []


def test_after_the_due_day_everyone_who_owes_is_listed(city: Path) -> None:
    report = judge(city, "progress/2024", date(2025, 1, 31))
    assert exit_code(report, "error") == 1
    assert report.terms is not None
    missing = {finding.unit for finding in report.findings if finding.code == "KS401"}
    owing = {owner for f in report.findings if f.code == "KS401" for owner in f.owners}
    assert missing | owing >= set(report.terms.units.reporting)
    hard = [s for s in report.standings if s.task.is_hard and s.window.label == "2024年"]
    assert {Verdict.UNREPORTED} == {s.verdict for s in hard}
    assert {"error"} == {s.weight.value for s in hard if s.weight}


def test_a_past_year_of_which_nobody_reported_is_judged_on_its_days(city: Path) -> None:
    report = judge(city, "progress/2024")
    assert (report.as_of.day, report.as_of.reporting) == (date(2024, 12, 31), date(2025, 1, 31))
    assert exit_code(report, "error") == 1
    assert "KS401" in codes(report)


@pytest.mark.parametrize("year", [2024, 2025])
def test_a_folder_that_is_not_there_is_a_year_in_which_nobody_reported(city: Path, year: int) -> None:
    (city / "progress" / "2024").rmdir()
    report = judge(city, f"progress/{year}")
    assert report.years == (year,)
    assert "KS401" in codes(report)


def test_the_folder_of_progress_may_be_empty_or_not_there(city: Path) -> None:
    empty = judge(city, "progress")
    assert empty.years == (2021, 2022, 2023, 2024, 2025)
    shutil.rmtree(city / "progress")
    assert judge(city, ".").findings == empty.findings
    assert exit_code(empty, "error") == 1


@pytest.mark.parametrize("year", [1999, 2030])
def test_a_year_that_is_none_of_the_plan_is_not_judged(city: Path, year: int) -> None:
    with pytest.raises(NothingToCheck, match=f"{year} 年没有可以判定的任务"):
        judge(city, f"progress/{year}")
    (city / "progress" / str(year)).mkdir()
    done = kesu("check", f"progress/{year}", folder=city)
    assert (done.returncode, done.stdout) == (2, b"")
    assert f"{year} 年没有可以判定的任务" in done.stderr.decode()


@pytest.mark.parametrize(
    "path", ["progress/2024年", "progress/二〇二四", "进展/2024", "progress/2024/市科协.yaml"]
)
def test_what_is_no_folder_of_a_year_must_be_there(city: Path, path: str) -> None:
    with pytest.raises(LayoutError, match="找不到"):
        judge(city, path)


def test_the_exit_code_of_the_command_goes_by_the_due_day(city: Path) -> None:
    for day, expected in (("2025-01-30", 0), ("2025-01-31", 1)):
        done = kesu("check", "progress/2024", "--as-of", day, folder=city)
        assert (expected, b"") == (done.returncode, done.stderr)
        assert (
            "尚未报送"
            in kesu("report", "--year", "2024", "--as-of", "2025-01-30", folder=city).stdout.decode()
        )


# --- 追溯 ---------------------------------------------------------------------


def test_what_was_over_before_the_plan_was_issued_is_shown_and_found_fault_with_by_nobody(city: Path) -> None:
    report = judge(city, "progress/2021")
    assert exit_code(report, "error") == 0
    assert {f.task for f in report.findings if f.window == "2021年"} == set()
    assert "KS401" not in codes(report)
    yearly = [s for s in report.standings if s.window.label == "2021年"]
    assert yearly
    assert {True} == {s.retroactive for s in yearly}
    assert {None} == {s.weight for s in yearly}


def test_from_the_first_year_that_ends_after_the_issue_on_it_counts(city: Path) -> None:
    report = judge(city, "progress/2022")
    assert "KS401" in codes(report)
    assert {s.retroactive for s in report.standings if s.window.label == "2022年"} == {False}


def test_a_total_counts_what_was_done_before_the_plan_was_issued(city: Path) -> None:
    file = city / "progress" / "2021" / "市农业农村局.yaml"
    file.parent.mkdir()
    entry = "  - task: M08-4\n    date: 2021-05-10\n    name: 农民培训\n    value: 300\n"
    proof = '    evidence:\n      - {kind: 台账, url: "https://demo.invalid/1"}\n'
    head = "unit: 市农业农村局\nyear: 2021\nstatus: complete\nsubmitted: 2022-01-10\nentries:\n"
    file.write_text(head + entry + proof, encoding="utf-8")
    (total,) = (s for s in judge(city, "progress/2022").standings if s.task.id == "M08-4")
    assert total.actual == 300
    assert not total.retroactive
