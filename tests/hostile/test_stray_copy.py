"""A copy beside a report is never counted and never written, whatever its name and wherever that sorts."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from form_city import FILE, REPORT, UNIT, form_bytes, lay_out
from kesu_cli.diagnostic import Finding
from kesu_cli.engine.check import Request, check
from kesu_cli.report import Report
from kesu_cli.submission import SubmissionState
from kesu_cli.verdict import Verdict
from test_cli import kesu
from test_record import GIVEN

HERE = "progress/2024/"
ALIAS = f"{HERE}市科学技术协会.yaml"
OTHER = f"{HERE}科协.yaml"
LESS = REPORT.replace("value: 18", "value: 5")
COPIES = (
    f"{UNIT}(1)",
    f"{UNIT} - 副本",
    f"{UNIT}_张三的冲突副本",
    f"{UNIT} ",
    f"!{UNIT}",
    "2024年报送材料",
    "各乡（镇）、街道",
)
CLOSE = ("close", "2024", "--by", "李某")


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """Lay out a workspace in which the unit has two more names."""
    city = lay_out(tmp_path / "city")
    units = city / "plan" / "units.yaml"
    text = units.read_text("utf-8")
    assert text.count(f"name: {UNIT}, ") == 1
    named = text.replace(f"name: {UNIT}, ", f"name: {UNIT}, aliases: [市科学技术协会, 科协], ")
    units.write_text(named, "utf-8")
    return city


def _judged(city: Path) -> Report:
    return check(Request((city / "progress",), date(2025, 6, 1), date(2025, 2, 28)), "test")


def _counted(report: Report) -> object:
    return next(
        s for s in report.standings if s.task.id == "M06-1" and s.window.end.year == 2024
    ).interval.greatest


def _about(report: Report) -> list[tuple[str, str, str]]:
    return [(f.code, f.file, f.hint) for f in report.findings if f.code in ("KS105", "KS111")]


def _rest(report: Report) -> list[tuple[str, str, str]]:
    return [_said(f) for f in report.findings if f.code not in ("KS105", "KS111")]


def _said(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.file, finding.message


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_changes_no_figure_and_is_itself_what_is_found(name: str, city: Path) -> None:
    before = _judged(city)
    (city / HERE / f"{name}.yaml").write_text(LESS, "utf-8")
    after = _judged(city)
    hint = f"{FILE} 已有一份报告：请把这一份的内容并进去，再删去这一份，不要改名覆盖"
    assert [("KS105", f"{HERE}{name}.yaml", hint)] == _about(after)
    assert _counted(before) == _counted(after) == 18
    assert _rest(before) == _rest(after)
    assert before.standings == after.standings
    assert before.submissions == after.submissions


@pytest.mark.parametrize("name", COPIES[:3])
def test_while_a_copy_lies_there_nobody_writes_for_the_unit(name: str, city: Path) -> None:
    (city / "表.xlsx").write_bytes(form_bytes(city))
    copy = city / HERE / f"{name}.yaml"
    copy.write_text(LESS, "utf-8")
    (city / FILE).write_text(REPORT.replace("全年情况见附件", "又改过"), "utf-8")
    before = {path: path.read_bytes() for path in city.rglob("*") if path.is_file()}
    for command in (("record", *GIVEN), ("form", "import", "表.xlsx", "--yes"), CLOSE):
        done = kesu(*command, folder=city)
        assert (done.returncode, copy.name in done.stderr.decode()) == (2, True)
    said = kesu("record", *GIVEN, folder=city).stderr.decode()
    cure = f"报告是 {FILE}，没有写入；有要补的先并进报告，再删去这一份"
    assert said == f"错误：{HERE}{copy.name} 写的也是{UNIT} 2024 年度，{cure}\n"
    assert before == {path: path.read_bytes() for path in city.rglob("*") if path.is_file()}
    copy.unlink()
    assert kesu("record", *GIVEN, folder=city).returncode == 0


def test_other_units_are_written_for_as_before(city: Path) -> None:
    shutil.copy(city / FILE, city / HERE / f"{UNIT}(1).yaml")
    other = [word if word != UNIT else "团市委" for word in GIVEN]
    assert kesu("record", *other, folder=city).returncode == 0


def test_a_form_is_filled_from_the_report_and_not_from_its_copy(city: Path) -> None:
    wanted = form_bytes(city)
    (city / HERE / f"{UNIT} - 副本.yaml").write_text(LESS, "utf-8")
    assert form_bytes(city) == wanted


@pytest.mark.parametrize("name", [f"{UNIT}(1)", "市科学技术协会"])
def test_fix_mends_the_report_and_leaves_its_copy_alone(name: str, city: Path) -> None:
    wrong = REPORT.replace("unit: 市科协", "unit: 科协").replace("M06-1", "Ｍ06-1")
    copy = city / HERE / f"{name}.yaml"
    for file in (city / FILE, copy):
        file.write_text(wrong, "utf-8")
    done = kesu("fix", folder=city)
    assert (done.returncode, "再删去这一份" in done.stdout.decode()) == (0, True)
    assert copy.read_text("utf-8") == wrong
    assert "unit: 市科协" in (city / FILE).read_text("utf-8")


def test_beside_the_canonical_name_a_file_under_an_alias_is_the_copy(city: Path) -> None:
    before = _judged(city)
    (city / ALIAS).write_text(LESS, "utf-8")
    after = _judged(city)
    assert _about(after) == [("KS111", ALIAS, "有要补的先并进那一份，再删去这一份")]
    assert before.standings == after.standings
    assert kesu("record", *GIVEN, folder=city).returncode == 2


def test_without_the_canonical_name_the_file_under_an_alias_is_the_report(city: Path) -> None:
    (city / FILE).rename(city / ALIAS)
    (city / HERE / f"{UNIT}(1).yaml").write_text(LESS, "utf-8")
    report = _judged(city)
    hint = f"{ALIAS} 已有一份报告：请把这一份的内容并进去，再删去这一份，不要改名覆盖"
    assert [("KS105", f"{HERE}{UNIT}(1).yaml", hint)] == _about(report)
    assert _counted(report) == 18
    (city / HERE / f"{UNIT}(1).yaml").unlink()
    assert f"已记入 {ALIAS}" in kesu("record", *GIVEN, folder=city).stdout.decode()


def test_of_two_under_aliases_neither_counts_and_both_are_named(city: Path) -> None:
    (city / FILE).rename(city / ALIAS)
    (city / OTHER).write_text(LESS, "utf-8")
    report = _judged(city)
    hint = f"请把对的一份改名为 {UNIT}.yaml；这一份不对的，删去这一份"
    assert [("KS111", ALIAS, hint), ("KS111", OTHER, hint)] == sorted(_about(report))
    standing = next(s for s in report.standings if s.task.id == "M06-1" and s.window.end.year == 2024)
    assert standing.verdict is Verdict.MISSED
    assert {s.state for s in report.submissions if (s.unit, s.year) == (UNIT, 2024)} == {
        SubmissionState.UNREADABLE
    }
    done = kesu("record", *GIVEN, folder=city)
    assert (done.returncode, f"{ALIAS}、{OTHER} 说不准是不是" in done.stderr.decode()) == (2, True)
    assert kesu("form", "export", "--year", "2024", "--unit", UNIT, "-o", ".", folder=city).returncode == 1


def test_a_report_under_a_name_of_no_unit_is_not_counted_and_not_called_missing(city: Path) -> None:
    (city / FILE).rename(city / HERE / f"{UNIT}(1).yaml")
    report = _judged(city)
    assert [("KS105", f"{HERE}{UNIT}(1).yaml", f"请把文件改名为 {UNIT}.yaml")] == _about(report)
    standing = next(s for s in report.standings if s.task.id == "M06-1" and s.window.end.year == 2024)
    assert standing.verdict is Verdict.MISSED
    assert kesu("record", *GIVEN, folder=city).returncode == 2
    assert not (city / FILE).exists()


def test_the_report_that_bears_the_name_stays_the_report_where_it_cannot_be_read(city: Path) -> None:
    (city / ALIAS).write_text(LESS, "utf-8")
    (city / FILE).write_text("unit: [", "utf-8")
    report = _judged(city)
    standing = next(s for s in report.standings if s.task.id == "M06-1" and s.window.end.year == 2024)
    assert (standing.verdict, standing.unread) == (Verdict.MISSED, (FILE,))
    assert [(code, file) for code, file, _ in _about(report)] == [("KS111", ALIAS)]


def test_a_copy_in_the_folder_of_another_year_keeps_nobody_from_writing_in_this_one(city: Path) -> None:
    (city / "progress" / "2023").mkdir()
    shutil.copy(city / FILE, city / "progress" / "2023" / f"{UNIT}.yaml")
    assert kesu("record", *GIVEN, folder=city).returncode == 0


def test_a_copy_whose_text_is_broken_keeps_writers_out_too(city: Path) -> None:
    (city / HERE / f"{UNIT}(1).yaml").write_text(REPORT.replace("year: 2024", "year: 二〇二四"), "utf-8")
    assert kesu("record", *GIVEN, folder=city).returncode == 2
