"""What the pages say beyond the sample: which figure was taken, what was declared, who reports for whom."""

import json
from datetime import date
from pathlib import Path

import pytest

from examples import Example, run_example
from kesu_cli.engine.check import Request, check
from kesu_cli.engine.explaining import explain
from kesu_cli.render import explanation, form_of, unit_page
from kesu_cli.render.console import to_bytes

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 24)
OFFICE = """unit: 市科协
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - {task: G-1, date: 2024-03-01, name: 春季调查, value: 12%}
  - {task: G-1, date: 2024-11-30, name: 冬季调查, value: 13%}
  - {task: M30-5, date: 2024-05-12, name: 宣传, items: [防灾减灾日, 安全生产月]}
  - {task: M30-5, date: 2024-06-12, name: 咨询}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    run_example(Example({"progress/2024/市科协.yaml": OFFICE}), tmp_path)
    return tmp_path / "progress" / "2024"


def explained(folder: Path, subject: str) -> str:
    return to_bytes(explanation.layout(explain(Request((folder,), TODAY), subject, "test")), 120).decode()


def test_a_level_that_was_passed_over_is_said_to_be(folder: Path) -> None:
    lines = explained(folder, "G-1").splitlines()
    rows = [line.split()[:3] for line in lines if line.startswith(("是", "否"))]
    assert rows == [["否", "12", "2024-03-01"], ["是", "13", "2024-11-30"]]
    assert [line.strip() for line in lines if "未采用" in line] == ["未采用：已有更近的数"]


def test_json_says_which_level_was_taken(folder: Path) -> None:
    report = json.loads(form_of("json").render(check(Request((folder,), TODAY), "test")))
    (level,) = [standing for standing in report["standings"] if standing["task"] == "G-1"]
    assert [(entry["counted"], entry["why"]) for entry in level["entries"]] == [
        (False, "已有更近的数"),
        (True, ""),
    ]


def test_an_entry_says_which_named_parts_it_covers(folder: Path) -> None:
    text = explained(folder, "M30-5")
    assert "覆盖：防灾减灾日、安全生产月" in text
    assert "未计入：没有写明是点名的哪一项" in text


def test_the_share_of_a_unit_in_a_level_is_its_latest(folder: Path) -> None:
    page = to_bytes(unit_page.layout(check(Request((folder,), TODAY, unit="市科协"), "test")), 120).decode()
    assert "13（2 条）" in page
