"""The example data are what the generator writes, and hold the faults that their README lists."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from kesu_cli.engine.check import Request, check
from kesu_cli.report import Report
from kesu_cli.source.workspace import find_workspace

ROOT = Path(__file__).parent.parent
PROGRESS = ROOT / "progress"
YEARS = range(2021, 2026)
TODAY = date(2026, 11, 24)

FAULTS = {
    "KS301": "a yearly target missed",
    "KS302": "a cumulative target behind pace",
    "KS304": "a deliverable overdue",
    "KS305": "an item never covered",
    "KS306": "a semester without a visit",
    "KS401": "a unit that never reported",
    "KS402": "a report handed in late",
    "KS403": "a report still a draft",
    "KS404": "an entry dated outside its year",
    "KS406": "evidence missing",
}

Row = tuple[str, str, str]


def checked(year: int) -> Report:
    return check(Request((PROGRESS / str(year),), TODAY), "test")


def found_in(year: int) -> list[Row]:
    return sorted((f.code, f.unit or f.file, f.task) for f in checked(year).findings)


def listed_in(year: int) -> list[Row]:
    lines = (PROGRESS / "README.md").read_text("utf-8").splitlines()
    rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    return sorted((code, where, task) for when, code, where, task, *_ in rows_of(rows) if when == str(year))


def rows_of(rows: object) -> list[list[str]]:
    return []


def contents(workspace: Path) -> dict[str, bytes]:
    files = (path for path in (workspace / "progress").rglob("*") if path.is_file() and path.suffix != ".md")
    return {path.relative_to(workspace).as_posix(): path.read_bytes() for path in files}


def test_the_generator_writes_the_committed_files_byte_for_byte(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "tools" / "make_demo.py", "--into", tmp_path], check=True)
    assert contents(ROOT) == contents(tmp_path)


@pytest.mark.parametrize("year", YEARS)
def test_what_is_found_in_a_year_is_what_the_readme_lists(year: int) -> None:
    assert listed_in(year) == found_in(year)
