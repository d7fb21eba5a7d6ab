"""Forms that go out and come back: nothing is lost, nothing changes by itself, the bytes are the same."""

import io
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from form_city import DIGEST, FILE, HERE, REPORT, TODAY, UNIT, form_bytes, lay_out, take_in
from kesu_cli.diagnostic import Place
from kesu_cli.engine.form_export import NoForm, form_of, form_year
from kesu_cli.engine.form_import import Importer
from kesu_cli.engine.open_workspace import OpenWorkspace, open_workspace
from kesu_cli.forms.form import Form
from kesu_cli.forms.form_context import FormContext
from kesu_cli.forms.form_reading import take
from kesu_cli.forms.ledger_rows import joined, parted
from kesu_cli.forms.ledger_sheet import DoesNotFit
from kesu_cli.forms.workbook import workbook
from kesu_cli.model.progress_file import ProgressFile
from kesu_cli.source.validate import fit


def filled(content: bytes, **cells: Any) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for name, value in cells.items():
        book["台账"][name] = value
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_a_form_that_comes_back_unchanged_changes_nothing(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    intake = take_in(city, form_bytes(city))
    assert ((), (), REPORT.encode()) == (intake.faults, intake.changes, intake.after)


def test_a_form_without_a_report_that_comes_back_empty_makes_no_file(tmp_path: Path) -> None:
    city = lay_out(tmp_path, "")
    intake = take_in(city, form_bytes(city))
    assert (intake.faults, intake.before, intake.changes) == ((), None, ())


def test_what_is_filled_in_is_added_and_the_rest_of_the_file_stays_as_typed(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    content = filled(form_bytes(city), B15="M06-1 培训科技辅导员", C15=date(2024, 8, 1), F15="二期", G15=12)
    intake = take_in(city, content)
    added = "  - task: M06-1\n    date: 2024-08-01\n    name: 二期\n    value: 12\n"
    assert REPORT.replace("nothing_to_report", f"{added}nothing_to_report") == intake.after.decode()
    assert intake.changes == ("新增 M06-1 2024-08-01 二期 12",)


def test_a_changed_cell_changes_one_line(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    intake = take_in(city, filled(form_bytes(city), G14=20, C3="草稿"))
    wanted = REPORT.replace("value: 18", "value: 20").replace("status: complete", "status: draft")
    assert wanted == intake.after.decode()
    assert intake.changes == ("报送状态：报送完毕 → 草稿", "修改 M06-1 2024年7月16日 暑期班 18：数值 18 → 20")


SURVEYED = REPORT.replace(
    "    cited_from: 省级抽样调查\n",
    "    cited_from: 省级抽样调查\n    area: 本省\n    sample: 2000\n    margin: 1.5%\n",
)


def test_what_the_form_has_no_column_for_comes_back_with_its_entry(tmp_path: Path) -> None:
    city = lay_out(tmp_path, SURVEYED)
    same = take_in(city, form_bytes(city))
    assert ((), (), SURVEYED.encode()) == (same.faults, same.changes, same.after)
    renamed = take_in(city, filled(form_bytes(city), F9="科学素质调查", I9=125))
    assert SURVEYED.replace("公民科学素质抽样调查", "科学素质调查").replace(
        "numerator: 124", "numerator: 125"
    ) == (renamed.after.decode())
    moved = take_in(city, filled(form_bytes(city), C9=date(2024, 7, 1)))
    assert SURVEYED.replace("date: 2024-06-30", "date: 2024-07-01") == moved.after.decode()


def test_another_entry_of_the_task_does_not_inherit_it_and_the_loss_is_said(tmp_path: Path) -> None:
    city = lay_out(tmp_path, SURVEYED)
    other = take_in(city, filled(form_bytes(city), C9=date(2024, 7, 1), F9="本级调查"))
    assert "area" not in other.after.decode()
    assert "所属地区 本省 → （空）；样本量 2000 → （空）；误差 1.5% → （空）" in "".join(other.changes)


def test_an_entry_that_is_cleared_goes_and_is_named(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    cleared = {f"{letter}14": None for letter in "BCDEFGHIJKLMNOP"}
    intake = take_in(city, filled(form_bytes(city), **cleared))
    assert intake.changes == ("删去 M06-1 2024年7月16日 暑期班 18",)
    assert (
        REPORT[: REPORT.index("  - task: M06-1")] + REPORT[REPORT.index("nothing_to") :]
        == intake.after.decode()
    )


def test_another_file_does_not_keep_the_digest_of_the_one_before(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    assert DIGEST in form_rows(form_bytes(city))[9]
    after = take_in(city, filled(form_bytes(city), R10="佐证/新调查.csv")).after.decode()
    assert "- {kind: 数据表, path: 佐证/新调查.csv}\n" in after
    after = take_in(city, filled(form_bytes(city), R10=None, S10="https://demo.invalid/5")).after.decode()
    assert "- {kind: 数据表, url: https://demo.invalid/5}\n" in after


def test_evidence_that_is_cleared_goes_with_its_digest(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    intake = take_in(city, filled(form_bytes(city), Q10=None, R10=None))
    assert intake.faults == ()
    assert "数据表" not in intake.after.decode()
    assert DIGEST not in intake.after.decode()


def form_rows(content: bytes) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(content))["台账"].values)


def test_out_in_and_out_again_gives_the_same_form(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    intake = take_in(city, filled(form_bytes(city), B15="M06-1", C15=date(2024, 8, 1), F15="二期", G15="2万"))
    (city / FILE).write_bytes(intake.after)
    again = form_bytes(city)
    assert take_in(city, again).changes == ()
    assert again == form_bytes(city)


def test_the_same_form_is_the_same_bytes(tmp_path: Path) -> None:
    assert form_bytes(lay_out(tmp_path / "one")) == form_bytes(lay_out(tmp_path / "other"))


def test_every_form_of_the_example_data_comes_back_without_a_change() -> None:
    office = open_workspace((HERE.parent,))
    made, importer = form_year(office, 2024, TODAY), Importer(office)
    outcomes = {
        unit: importer.take_in(workbook(form_of(made, unit))) for unit in office.terms.units.reporting
    }
    assert [unit for unit, intake in outcomes.items() if intake.changes] == []
    faults = {
        unit: [fault.where for fault in intake.faults] for unit, intake in outcomes.items() if intake.faults
    }
    assert faults == {"市卫健委": ["台账!C7"]}  # there one entry of 2023 stands in the file of 2024


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> OpenWorkspace:
    folder = tmp_path_factory.mktemp("office")
    shutil.copytree(HERE / "world" / "plan", folder / "plan")
    return open_workspace((folder,))


SIGNS = st.characters(
    codec="utf-8",
    exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"),
    exclude_characters="\ufeff\ufffe\uffff",
)
WORDS = st.text(SIGNS, min_size=1, max_size=30).map(str.strip).filter(bool)
LINES = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)
ADDRESSES = WORDS.map(lambda words: f"https://demo.invalid/{quote(words)}?一")
ARCHIVES = st.integers(1, 999).map("乐科协〔2024〕{}号".format)
DIGESTS = st.text("0123456789abcdefABCDEF", min_size=64, max_size=64)
NAMES = st.lists(st.sampled_from(["市教体局", "团市委", "市教育体育局", "塔山街道"]), min_size=1, max_size=3)
DAYS = st.dates(date(2024, 1, 1), date(2024, 12, 31))
MONTHS = st.integers(1, 12).map("2024-{:02d}".format)
AMOUNTS = st.one_of(
    st.integers(0, 10**15).map(str),
    st.decimals(0, 10**9, places=2).map(str),
    st.sampled_from(["2万", "1.2万名", "12,000", "１８", "15.0", "007", "30 名"]),
)


def _is_inside(text: str) -> bool:
    from kesu_cli.model.evidence import file_path, leads_outside

    try:
        return file_path(text) == text and not leads_outside(text)
    except ValueError:
        return False


def _is_told_apart(text: str) -> bool:
    """Whether a text is nothing that a form refuses: a row of sums, ditto marks, 无, something in quotes."""
    from kesu_cli.forms.placeholder import is_ditto, is_placeholder, is_sum

    is_quoted = bool({text[0], text[-1]} & set("\"'"))
    return not is_sum(text) and not is_ditto(text) and not is_placeholder(text) and not is_quoted


@st.composite
def entries(draw: st.DrawFn) -> dict[str, Any]:
    start, end = sorted((draw(DAYS), draw(DAYS)))
    told = LINES.filter(_is_told_apart)
    written = [start.isoformat(), {"from": start.isoformat(), "to": end.isoformat()}, draw(MONTHS)]
    fields: dict[str, Any] = {
        "items": draw(st.lists(WORDS.filter(_is_told_apart), min_size=1, max_size=3)),
        "status": draw(st.sampled_from(["done", "ongoing"])),
        "jointly_with": draw(NAMES),
        "counted_by": "团市委",
        "cited_from": draw(WORDS.filter(_is_told_apart)),
        "note": draw(told),
        "evidence": draw(st.lists(evidence(), min_size=1, max_size=3)),
    }
    figures = draw(
        st.one_of(
            st.just({}),
            st.fixed_dictionaries({"value": AMOUNTS}),
            st.fixed_dictionaries(
                {"numerator": st.sampled_from(["3", "2万"]), "denominator": st.just("1,000")}
            ),
        )
    )
    kept = draw(st.lists(st.sampled_from(sorted(fields)), unique=True))
    return {
        "task": draw(st.sampled_from(["M06-1", "M06-2", "M30-5"])),
        "date": draw(st.sampled_from(written)),
        "name": draw(WORDS.filter(_is_told_apart)),
        **figures,
        **{key: fields[key] for key in kept},
    }


@st.composite
def evidence(draw: st.DrawFn) -> dict[str, str]:
    told = WORDS.filter(_is_told_apart)
    where = draw(
        st.sampled_from(
            [("path",), ("url",), ("archive",), ("path", "url"), ("path", "sha256"), ("path", "note")]
        )
    )
    drawn = {
        "path": told.filter(_is_inside),
        "url": ADDRESSES,
        "archive": ARCHIVES,
        "sha256": DIGESTS,
        "note": told,
    }
    return {"kind": draw(told), **{key: draw(drawn[key]) for key in where}}


@settings(max_examples=150, deadline=None)
@given(st.lists(entries(), max_size=4), st.booleans(), st.one_of(st.none(), LINES), DAYS)
def test_whatever_was_reported_comes_back_the_same(
    office: OpenWorkspace, rows: list[dict[str, Any]], complete: bool, note: str | None, day: date
) -> None:
    filing = {"unit": UNIT, "year": "2024", "status": "complete" if complete else "draft", "entries": rows}
    filing |= {"submitted": day.isoformat()} if complete else {}
    filing |= {"note": note, "nothing_to_report": [{"task": "P2-1", "reason": note}]} if note else {}
    wanted, wrong = fit(ProgressFile, filing, Place("x"))
    if wanted is None:
        assert all("单位" in fault.message or "万" in fault.message for fault in wrong)
        return
    taken = take(workbook(form(office, filing)), FormContext(office.terms))
    assert [fault for fault in taken.found.faults if not _is_of_the_task(fault.message)] == []
    back, wrong = fit(ProgressFile, taken.data, Place("x"))
    assert wrong == ()
    assert wanted == back


def _is_of_the_task(message: str) -> bool:
    """Whether a fault is that the entry isn't what its task asks for, which the file may well hold."""
    return "任务要求的是" in message or "任务没有点名" in message


def form(office: OpenWorkspace, filing: dict[str, Any]) -> Form:
    return replace(form_of(form_year(office, 2024, TODAY), UNIT), filing=filing)


def test_a_text_too_long_for_a_cell_is_refused_not_cut(office: OpenWorkspace) -> None:
    filing = {"entries": [{"task": "M06-1", "date": "2024-07-16", "name": "长" * 32768}]}
    with pytest.raises(DoesNotFit, match="有 32768 字，超过表格一格能放的 32767 字"):
        workbook(form(office, filing))


def test_a_year_outside_of_the_plan_has_no_form(office: OpenWorkspace) -> None:
    with pytest.raises(NoForm, match="2026 年不在方案的期限内（2021—2025 年）"):
        form_year(office, 2026, TODAY)


def test_a_report_that_can_not_be_read_has_no_form(tmp_path: Path) -> None:
    city = lay_out(tmp_path, REPORT + "more: 1\n")
    with pytest.raises(NoForm, match="有读不出来的地方"):
        form_bytes(city)


def test_the_tasks_say_what_was_reached_before_and_what_is_still_lacking() -> None:
    made = form_of(form_year(open_workspace((HERE.parent,)), 2024, TODAY), "市教体局")
    (training,) = [task for task in made.tasks if task.id == "M08-4"]
    assert (training.before, training.this_year) == ("11270 人次", "到 2025-12-31 还差 8730 人次")
    (yearly,) = [task for task in made.tasks if task.id == "M06-1"]
    assert (yearly.before, yearly.this_year, yearly.role) == ("35 名", "不少于 30 名", "汇总")


PARTS = [["a"], ["a、b"], ["a、b", "c"], ["“a”"], ["说“a、b”", "c"], ["a”，”b"], [","], ["”"]]


@pytest.mark.parametrize("parts", PARTS)
def test_names_that_hold_separators_come_back_whole(parts: list[str]) -> None:
    assert parts == parted(joined(parts))


def test_names_may_be_separated_as_people_do() -> None:
    assert parted("a、b， c；“d”\n e、") == ["a", "b", "c", "d", "e"]


def test_a_report_that_was_deleted_since_can_be_brought_back_by_its_form(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    content = form_bytes(city)
    (city / FILE).unlink()
    intake = take_in(city, content)
    assert (intake.faults, intake.undone) == ((), ())
    assert "  - task: M08-3\n" in intake.after.decode()
