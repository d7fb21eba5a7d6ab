"""The example data are what the generator writes, and hold just the faults that their README lists."""

import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from kesu_cli.diagnostic import Finding
from kesu_cli.engine.check import Request, check
from kesu_cli.source.plan import terms_at
from kesu_cli.source.progress import load_progress
from kesu_cli.source.workspace import find_workspace

ROOT = Path(__file__).parent.parent
PROGRESS = ROOT / "progress"
YEARS = range(2021, 2026)
TODAY = date(2026, 11, 24)

Row = tuple[str, str, str]


@cache
def findings_of(year: int) -> tuple[Finding, ...]:
    return check(Request((PROGRESS / str(year),), TODAY), "test").findings


def found_in(year: int) -> list[Row]:
    return sorted((found.code, found.unit or found.file, found.task) for found in findings_of(year))


def listed_in(year: int) -> list[Row]:
    lines = (PROGRESS / "README.md").read_text("utf-8").splitlines()
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if line.startswith("| 20")]
    return sorted((code, where, task) for when, code, where, task, _ in rows if when == str(year))


def contents(workspace: Path) -> dict[str, bytes]:
    files = [path for path in (workspace / "progress").rglob("*") if path.is_file()]
    texts = {path.relative_to(workspace).as_posix(): path.read_bytes() for path in files}
    return {name: text for name, text in texts.items() if name != "progress/README.md"}


def test_the_generator_writes_the_committed_files_byte_for_byte(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "tools" / "make_demo.py", "--into", tmp_path], check=True)
    assert contents(tmp_path) == contents(ROOT)


@pytest.mark.parametrize("year", YEARS)
def test_what_is_found_in_a_year_is_what_the_readme_lists(year: int) -> None:
    assert listed_in(year) == found_in(year)


def test_every_report_says_that_it_is_invented() -> None:
    units = terms_at(ROOT / "plan", "plan").readable_terms().units
    assert units is not None
    workspace = find_workspace((ROOT,))
    listed, _ = workspace.listing()
    said = {
        filing.file: filing.demo for filing in load_progress(listed, units, workspace.read_report).filings
    }
    assert dict.fromkeys((item.file for item in listed), True) == said


def test_every_report_opens_with_a_line_that_says_so_to_the_reader() -> None:
    first_lines = {path.read_text("utf-8").splitlines()[0] for path in PROGRESS.glob("20*/*.yaml")}
    assert {"# 演示数据，纯属虚构"} == first_lines


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("a yearly target missed", "KS301"),
        ("a cumulative target behind pace", "KS302"),
        ("a deliverable overdue", "KS304"),
        ("an item never covered", "KS305"),
        ("a unit that never reported", "KS401"),
        ("a report handed in late", "KS402"),
        ("a report still a draft", "KS403"),
        ("an entry dated outside its year", "KS404"),
        ("an entry without evidence", "KS406"),
        ("a course counted by two units", "KS501"),
        ("a level that falls", "KS506"),
        ("an alias in place of a name", "KS107"),
    ],
)
def test_the_story_holds_each_fault_it_promises(fault: str, code: str) -> None:
    found = {finding.code for year in YEARS for finding in findings_of(year)}
    assert code in found, fault


def test_a_target_in_dispute_and_one_ahead_stand_as_the_readme_says() -> None:
    report = check(Request((PROGRESS / "2025",), TODAY), "test")
    reached = {
        standing.task.name: (int(standing.actual or 0), standing.verdict.value)
        for standing in report.standings
        if standing.task.row.target and standing.window.label == "2021—2025年"
    }
    assert reached["农民教育培训人次"] == (19980, "unverified")
    assert reached["农村创业创新带头人"] == (2640, "met")
