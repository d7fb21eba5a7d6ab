"""Forms made from invented data say so on every page, and what is invented and what is real never mix."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from form_city import FILE, REPORT, UNIT, form_bytes, lay_out, take_in
from kesu_cli.forms.layout import DEMO, DEMO_NOTICE, HIDDEN
from test_cli import kesu

REAL = REPORT.replace("demo: true\n", "")
MORE = {"B15": "M06-1", "C15": date(2024, 8, 1), "F15": "二期", "G15": 12}


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def filled(content: bytes) -> bytes:
    book = opened(content)
    for name, value in MORE.items():
        book["台账"][name] = value
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def said(content: bytes) -> dict[str, tuple[bool, str]]:
    """Return for each sheet that is seen whether its title says demo, and what stands on top of its pages."""
    sheets = [sheet for sheet in opened(content) if sheet.title != HIDDEN]
    return {sheet.title: (DEMO in sheet["A1"].value, sheet.oddHeader.right.text or "") for sheet in sheets}


def words(content: bytes) -> set[str]:
    sheets = [sheet for sheet in opened(content) if sheet.title != HIDDEN]
    return {str(cell.value) for sheet in sheets for row in sheet for cell in row if cell.value}


def test_every_sheet_and_every_page_of_a_form_of_invented_data_says_so(tmp_path: Path) -> None:
    content = form_bytes(lay_out(tmp_path))
    assert said(content) == dict.fromkeys(("填报说明", "任务", "台账", "无可报送"), (True, DEMO_NOTICE))
    assert DEMO_NOTICE in words(content)


def test_a_form_of_a_unit_that_reported_nothing_says_that_the_figures_around_it_are_invented(
    tmp_path: Path,
) -> None:
    city = lay_out(tmp_path)
    assert {seen for seen, _ in said(form_bytes(city, "团市委")).values()} == {True}


def test_a_form_of_real_data_says_nothing_of_the_kind(tmp_path: Path) -> None:
    content = form_bytes(lay_out(tmp_path, REAL))
    assert set(said(content).values()) == {(False, "")}
    assert [word for word in words(content) if DEMO in word] == []


def test_what_is_filled_in_over_invented_data_stays_marked_as_invented(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    intake = take_in(city, filled(form_bytes(city)))
    assert (intake.faults, intake.demo) == ((), True)
    assert intake.after.decode().count("demo: true\n") == 1


def test_what_is_invented_stays_marked_where_the_file_is_gone(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    content = filled(form_bytes(city))
    (city / FILE).unlink()
    assert "\ndemo: true\n" in take_in(city, content).after.decode()


@pytest.mark.parametrize("report", [REAL, ""])
def test_real_data_is_not_marked_as_invented(report: str, tmp_path: Path) -> None:
    city = lay_out(tmp_path, report)
    intake = take_in(city, filled(form_bytes(city)))
    assert (intake.faults, intake.demo) == ((), False)
    assert b"demo:" not in intake.after


def test_the_report_of_a_unit_is_real_even_where_those_of_others_are_invented(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    book = opened(form_bytes(city, "团市委"))
    for name, value in {"B9": "M06-1", "C9": date(2024, 8, 1), "F9": "二期", "G9": 12}.items():
        book["台账"][name] = value
    saved = io.BytesIO()
    book.save(saved)
    assert b"demo:" not in take_in(city, saved.getvalue()).after


MIXED = {
    "invented over real": (REPORT, REAL, f"{FILE} 不是演示数据，这张表是从演示数据导出的"),
    "real over invented": (REAL, REPORT, f"{FILE} 是演示数据，这张表不是从演示数据导出的"),
}


@pytest.mark.parametrize("name", MIXED)
def test_invented_and_real_data_do_not_mix(name: str, tmp_path: Path) -> None:
    exported, held, message = MIXED[name]
    city = lay_out(tmp_path, exported)
    (city / "form.xlsx").write_bytes(filled(form_bytes(city)))
    (city / FILE).write_bytes(held.encode())
    done = kesu("form", "import", "form.xlsx", "--yes", folder=city)
    assert (done.returncode, (city / FILE).read_text("utf-8")) == (1, held)
    assert f"{message}" in done.stdout.decode()


def test_the_command_says_so_too(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    out = kesu("form", "export", "--year", "2024", "--unit", UNIT, "-o", "out", folder=city)
    assert out.stdout.decode() == "已导出 1 份填报表到 out（演示数据）\n"
    form = city / "out" / f"2024-{UNIT}.xlsx"
    form.write_bytes(filled(form.read_bytes()))
    done = kesu("form", "import", str(form), "--yes", folder=city)
    assert f"→ {FILE}（演示数据）：1 处变化\n" in done.stdout.decode()
