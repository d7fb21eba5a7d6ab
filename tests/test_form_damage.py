"""Forms damaged in the ways that forms come back damaged: each names the cell, and nothing is written."""

import io
import zipfile
from collections.abc import Callable, Collection
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from form_city import FILE, REPORT, lay_out, sound_form, take_in
from kesu_cli.cli.app import run
from kesu_cli.forms.layout import COLUMNS, HIDDEN, INDEX, column_letters
from test_cli import kesu

ROW = 9  # the first entry; three examples stand above it
EMPTY = 15  # the first empty row: three pieces of evidence take three rows
Damage = Callable[[Any], None]


def put(key: str, value: object, row: int = EMPTY, number_format: str = "") -> Damage:
    def damage(book: Any) -> None:
        cell = book["台账"].cell(row, INDEX[key] + 1)
        cell.value = value
        if number_format:
            cell.number_format = number_format

    return damage


def entry(**cells: object) -> Damage:
    """Fill in the first empty row soundly but for the cells given."""
    sound = {"task": "M06-1 培训科技辅导员", "date": date(2024, 7, 16), "name": "一期", "value": 18}

    def damage(book: Any) -> None:
        for key, value in (sound | cells).items():
            put(key, value)(book)

    return damage


def put_entry(key: str, value: object, number_format: str = "General") -> Damage:
    """Fill in the first empty row soundly but for one cell with a format of its own."""

    def damage(book: Any) -> None:
        entry()(book)
        put(key, value, number_format=number_format)(book)

    return damage


def rename_sheet(old: str, new: str) -> Damage:
    def damage(book: Any) -> None:
        book[old].title = new

    return damage


def merge(cells: str) -> Damage:
    return lambda book: book["台账"].merge_cells(cells)


def at(sheet: str, cell: str, value: object) -> Damage:
    def damage(book: Any) -> None:
        book[sheet][cell] = value

    return damage


def swap_columns(book: Any) -> None:
    sheet = book["台账"]
    for row in range(5, EMPTY):
        left, right = sheet.cell(row, INDEX["value"] + 1), sheet.cell(row, INDEX["unit"] + 1)
        left.value, right.value = right.value, left.value


def another_sheet(book: Any) -> None:
    book.create_sheet("台账 (2)")["B3"] = "M06-1"


def row_above(book: Any) -> None:
    book["台账"].insert_rows(1)


def sorted_by_date(book: Any) -> None:
    """Sort the entries as a spreadsheet does: rows without a date go to the end."""
    sheet = book["台账"]
    rows = [[cell.value for cell in sheet[row]] for row in range(ROW, EMPTY)]
    rows.sort(key=lambda values: (values[2] is None, values[2] or date.max))
    for row, values in enumerate(rows, ROW):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column).value = value


def entry_amid_evidence(book: Any) -> None:
    book["台账"].insert_rows(ROW + 1)
    for key, value in {"task": "M06-1", "date": date(2024, 7, 16), "name": "一期"}.items():
        put(key, value, ROW + 1)(book)


def example_with_a_figure(book: Any) -> None:
    put("number", 1, 6)(book)
    put("value", 25, 6)(book)


def without_hidden(book: Any) -> None:
    del book[HIDDEN]


def without_ledger(book: Any) -> None:
    del book["台账"]


DAMAGES: dict[str, tuple[Damage, str, str]] = {
    "merged cells in a column": (merge("B9:B12"), "台账!B9", "B9:B12 合并了单元格"),
    "merged cells in a row": (merge("F15:G15"), "台账!F15", "合并了单元格"),
    "merged cells in the header": (merge("G5:H5"), "台账!H5", "表头读到“”，应为“计量单位”"),
    "a row of sums": (put("task", "合计"), "台账!B15", "读到“合计”，合计行"),
    "a row of sums with blanks and number": (put("name", "合　计：3条"), "台账!F15", "合计行"),
    "a row of sums by its first column": (put("number", "小计"), "台账!A15", "合计行"),
    "the same as above": (entry(task="同上"), "台账!B15", "读到“同上”"),
    "ditto mark for a unit": (entry(jointly_with="〃"), "台账!M15", "读到“〃”"),
    "a number with a space within": (entry(value="1 800"), "台账!G15", "“1 800”不是数值"),
    "a vague number": (entry(value="约18"), "台账!G15", "“约18”不是确切的数"),
    "a negative number": (entry(value=-3), "台账!G15", "“-3”是负数"),
    "wan twice": (entry(value="2万", unit="万名"), "台账!H15", "都写了万或亿"),
    "another unit of measure": (entry(unit="人次"), "台账!H15", "读到“人次”，计量单位不对，任务要求的是“名”"),
    "another unit of measure in the value": (entry(value="18场"), "台账!G15", "读到“18场”，计量单位不对"),
    "a formula error": (entry(value="#REF!"), "台账!G15", "公式没有算出结果（#REF!）"),
    "a formula nobody worked out": (entry(name="=A1"), "台账!F15", "公式没有算出结果（=A1）"),
    "0.15 where per cent are asked for": (
        entry(task="G-1 公民具备科学素质比例", value=0.15),
        "台账!G15",
        "0.15 分不清是 0.15% 还是 15%",
    ),
    "1500 where per cent are asked for": (
        entry(task="G-1 公民具备科学素质比例", value=1500),
        "台账!G15",
        "1500% 超过了 100%",
    ),
    "points where per cent are asked for": (
        entry(task="G-1 公民具备科学素质比例", value="15个百分点"),
        "台账!G15",
        "读到“15个百分点”，计量单位不对，任务要求的是“%”",
    ),
    "times where a count of names is asked for": (
        entry(value="18场次"),
        "台账!G15",
        "读到“18场次”，计量单位不对",
    ),
    "two numbers in a cell": (entry(value="18（其中女6）"), "台账!G15", "不是数值"),
    "a number in Chinese": (entry(value="十八"), "台账!G15", "“十八”不是数值"),
    "ditto mark for a number": (entry(value="〃"), "台账!G15", "读到“〃”"),
    "only a numerator": (entry(value=None, numerator=3), "台账!J15", "分子和分母只填了一个"),
    "a denominator of 0": (entry(value=None, numerator=3, denominator=0), "台账!J15", "分母是 0"),
    "value and numerator": (entry(numerator=3, denominator=4), "台账!G15", "既填了数值"),
    "a serial number for a date": (
        put("date", 45489, ROW, "General"),
        "台账!C9",
        "“45489”是表格软件里的日期序号（2024-07-16）",
    ),
    "a day that isn't": (entry(date="2024-02-30"), "台账!C15", "“2024-02-30”这一天不存在"),
    "a date without its year": (entry(date="7月16日"), "台账!C15", "读到“7月16日”，没有年份"),
    "a serial number as text": (entry(date="45489"), "台账!C15", "“45489”是表格软件里的日期序号"),
    "a month typed as a number": (entry(date=2024.3), "台账!C15", "读到数字“2024.3”，不是日期"),
    "October typed as a number": (
        put_entry("date", 2024.1),
        "台账!C15",
        "读到数字“2024.1”，分不清是 2024年1月 还是 2024年10月",
    ),
    "a year typed as a number": (entry(date=2024), "台账!C15", "读到数字“2024”，没有写到哪一天"),
    "a day without its lines": (put_entry("date", 20240716), "台账!C15", "中间没有横线"),
    "a month without its line": (put_entry("date", 202407), "台账!C15", "读到数字“202407”，不是日期"),
    "a day typed as a number": (put_entry("date", 7.16), "台账!C15", "读到数字“7.16”，没有年份"),
    "a day typed as a number that may be another": (
        put_entry("date", 7.1),
        "台账!C15",
        "读到数字“7.1”，分不清是哪一天",
    ),
    "nought for a date": (entry(date=0), "台账!C15", "读到“0”，不是日期"),
    "a negative number for a date": (entry(date=-5), "台账!C15", "读到“-5”，不是日期"),
    "a time for a date": (put_entry("date", time(14, 30), "hh:mm"), "台账!C15", "“14:30:00”不是日期"),
    "a day with the time in words": (entry(date="2024-07-16 09:00"), "台账!C15", "带了时间"),
    "a year of two digits": (entry(date="24.7.16"), "台账!C15", "年份只有两位"),
    "several days written short": (entry(date="2024/7/16-18"), "台账!C15", "是一段日期"),
    "several days without a year": (entry(date="7.16-7.18"), "台账!C15", "是一段日期"),
    "several months": (entry(date="7月至9月"), "台账!C15", "是一段日期"),
    "half a year": (entry(date="2024年上半年"), "台账!C15", "没有写到哪一天"),
    "a third of a month": (entry(date="3月上旬"), "台账!C15", "读到“3月上旬”，不是日期"),
    "a truth value for a number": (entry(value=True), "台账!G15", "“TRUE”不是数值"),
    "a number that became a date": (
        put_entry("value", date(2024, 7, 16), "yyyy-mm-dd"),
        "台账!G15",
        "“2024-07-16”不是数值",
    ),
    "per cent for a numerator": (
        entry(task="G-1 公民具备科学素质比例", value=None, numerator="15%", denominator=100),
        "台账!I15",
        "分子读到“15%”，是百分比",
    ),
    "nothing written as a dash": (entry(value="—"), "台账!G15", "读到“—”"),
    "nothing written as a word": (entry(cited_from="无"), "台账!O15", "读到“无”"),
    "a name that is none": (entry(name="无"), "台账!F15", "名称读到“无”"),
    "no task, in words": (entry(task="无"), "台账!B15", "任务读到“无”"),
    "a part that the task does not name": (
        entry(task="M30-5", value=None, items="安全生产月、安全月"),
        "台账!K15",
        "读到“安全月”，任务没有点名这一部分",
    ),
    "several units that count": (entry(counted_by="市教体局、团市委"), "台账!N15", "方案的单位里没有"),
    "a path in quotes": (entry(kind="照片", path="“佐证/a.jpg”"), "台账!R15", "两边有引号"),
    "an error in the note on it all": (at("台账", "I3", "#N/A"), "台账!I3", "公式没有算出结果（#N/A）"),
    "the day of the report without its year": (at("台账", "F3", "1月8日"), "台账!F3", "“1月8日”不是日期"),
    "nothing to report, for no reason": (at("无可报送", "B4", "无"), "无可报送!B4", "P2-1 的原因读到“无”"),
    "a date the American way": (entry(date="07/16/2024"), "台账!C15", "读到“07/16/2024”，年份要写在前面"),
    "a date of another year": (entry(date=date(2023, 7, 16)), "台账!C15", "不在 2024 年内"),
    "an end before the start": (entry(until=date(2024, 7, 1)), "台账!D15", "早于开始日期"),
    "an end without a start": (entry(date=None, until=date(2024, 7, 1)), "台账!C15", "没有填日期"),
    "day and month": (entry(month="7月"), "台账!E15", "既填了日期，又选了月份"),
    "a thirteenth month": (entry(date=None, month="13月"), "台账!E15", "读到“13月”"),
    "no date": (entry(date=None), "台账!C15", "没有填日期"),
    "no task": (entry(task=None), "台账!B15", "没有选任务"),
    "no name": (entry(name=None), "台账!F15", "没有填名称"),
    "an unknown task typed over": (
        entry(task="M66-1 培训科技辅导员"),
        "台账!B15",
        "是否应为“M06-1 培训科技辅导员”",
    ),
    "a task whose id and name differ": (entry(task="M06-2 培训科技辅导员"), "台账!B15", "方案里没有"),
    "an unknown unit typed over": (
        entry(counted_by="市科技协会"),
        "台账!N15",
        "读到“市科技协会”，方案的单位里没有",
    ),
    "an unknown unit among several": (entry(jointly_with="团市委、市教体"), "台账!M15", "是否应为“市教体局”"),
    "an unknown state typed over": (entry(status="差不多"), "台账!L15", "读到“差不多”"),
    "yes for a state": (entry(status="是"), "台账!L15", "读到“是”"),
    "a task id that became a date": (entry(task=date(2024, 6, 1)), "台账!B15", "读到“2024-06-01”"),
    "evidence without a kind": (entry(path="佐证/a.pdf"), "台账!Q15", "没有写种类"),
    "a kind without evidence": (entry(kind="照片"), "台账!R15", "没有写文件，也没有写网址"),
    "evidence that belongs to nothing": (
        put("url", "https://demo.invalid", EMPTY + 3),
        "台账!S18",
        "上面一行不是一条台账",
    ),
    "rows sorted by date": (sorted_by_date, "台账!A12", "这是第 1 条的佐证，现在排在别的条目下面"),
    "a row put between an entry and its evidence": (
        entry_amid_evidence,
        "台账!A11",
        "这是第 1 条的佐证，现在排在别的条目下面",
    ),
    "a control character": (entry(name="一期\x7f"), "台账!F15", "看不见的字符 U+007F"),
    "an invisible character pasted in": (
        entry(task="M06-1\u200b 培训科技辅导员"),
        "台账!B15",
        "看不见的字符 U+200B",
    ),
    "a renamed column": (at("台账", "G5", "数量"), "台账!G5", "读到“数量”，应为“数值”"),
    "columns in another order": (swap_columns, "台账!G5", "读到“计量单位”，应为“数值”"),
    "a row added above the header": (row_above, "台账!A2", "应为“填报单位：市科协"),
    "content beside the table": (at("台账", "W15", "张三 138"), "台账!W15", "表格右边多了内容"),
    "an example typed over": (at("台账", "F6", "我们的培训班"), "台账!A6", "示例行被改过"),
    "a sheet copied in": (another_sheet, "台账 (2)!B3", "多了一张工作表"),
    "the ledger of another form": (
        at("台账", "A2", "填报单位：团市委　　年度：2024"),
        "台账!A2",
        "从别的填报表复制来的",
    ),
    "content copied into another workbook": (without_hidden, "填报说明!A1", "不是 kesu 导出的填报表"),
    "the ledger renamed": (rename_sheet("台账", "台帐"), "台帐!A1", "多了一张工作表“台帐”"),
    "the ledger deleted": (without_ledger, "台账!A1", "缺少工作表“台账”"),
    "another plan": (at(HIDDEN, "B2", "别的方案"), "", "这是另一份方案（《别的方案》）"),
    "a year that is none": (at(HIDDEN, "B4", "abc"), "", "内部记录被改过"),
    "an example that is no longer marked": (at("台账", "A6", 1), "台账!A6", "这一行的内容还是示例的"),
    "an example whose mark is cleared": (at("台账", "A8", None), "台账!A8", "这一行的内容还是示例的"),
    "evidence of an example that is no longer marked": (
        at("台账", "A7", None),
        "台账!A7",
        "这一行的内容还是示例的",
    ),
    "an example with a figure of one's own": (example_with_a_figure, "台账!A6", "这一行的内容还是示例的"),
    "words beside what there is not to report": (
        at("无可报送", "C4", "张三"),
        "无可报送!C4",
        "表格右边多了内容，读到“张三”",
    ),
    "words beside an empty row": (at("无可报送", "C6", "张三"), "无可报送!C6", "表格右边多了内容"),
    "words above the ledger": (at("台账", "K3", "张三"), "台账!K3", "读到“张三”，写在了不读取的地方"),
    "words beside the state": (at("台账", "D3", "张三"), "台账!D3", "写在了不读取的地方"),
    "a number beside the state": (at("台账", "G3", 138), "台账!G3", "读到“138”，写在了不读取的地方"),
    "words beside the day of the report": (at("台账", "H3", "张三"), "台账!H3", "写在了不读取的地方"),
    "the legend typed over": (at("台账", "A4", "联系人张三"), "台账!A4", "写在了不读取的地方"),
    "words right of the header": (at("台账", "W5", "联系人"), "台账!W5", "写在了不读取的地方"),
    "words right of the tasks": (at("任务", "K4", "已完成"), "任务!K4", "写在了不读取的地方"),
    "words over a task": (at("任务", "J4", "我们完成了"), "任务!J4", "写在了不读取的地方"),
    "words below the guide": (at("填报说明", "B99", "联系人"), "填报说明!B99", "写在了不读取的地方"),
    "words above what there is not to report": (at("无可报送", "B2", "无"), "无可报送!B2", "不读取的地方"),
    "a file outside": (entry(kind="照片", path="../../x.pdf"), "台账!R15", "读到“../../x.pdf”，不在资料库里"),
    "a file of one's own disk": (
        entry(kind="照片", path="D:\\佐证\\x.pdf"),
        "台账!R15",
        "不在资料库里",
    ),
    "a digest that is none": (
        entry(kind="照片", path="佐证/x.pdf", sha256="zzz"),
        "台账!U15",
        "读到“zzz”，不是 64 位的校验值",
    ),
    "a name of two lines": (entry(name="一期\n二期"), "台账!F15", "读到“一期”，后面换了行"),
    "a kind of two lines": (entry(kind="照\n片", path="佐证/x.pdf"), "台账!Q15", "后面换了行"),
    "another version": (at(HIDDEN, "B1", "0"), "", "填报表的版本是“0”"),
    "a unit that isn't any more": (
        at(HIDDEN, "B5", "市科技协会"),
        "",
        "方案的单位里没有“市科技协会”",
    ),
    "complete without a date": (at("台账", "F3", None), "台账!F3", "没有填报送日期"),
    "an unknown state of the report": (at("台账", "C3", "已报"), "台账!C3", "读到“已报”"),
    "nothing to report, without a reason": (at("无可报送", "B4", None), "无可报送!B4", "P2-1 没有写原因"),
    "nothing to report, of an unknown task": (at("无可报送", "A4", "P9-9"), "无可报送!A4", "方案里没有"),
    "nothing to report, a row of sums": (at("无可报送", "A4", "合计"), "无可报送!A4", "合计行"),
    "nothing to report, merged": (
        lambda book: book["无可报送"].merge_cells("A4:A6"),
        "无可报送!A4",
        "合并了单元格",
    ),
    "nothing to report, the same as above": (at("无可报送", "B4", "同上"), "无可报送!B4", "读到“同上”"),
}


SEVERAL = {
    "columns in another order",
    "the ledger renamed",
    "rows sorted by date",
    "a row put between an entry and its evidence",
}


def damaged(content: bytes, damage: Damage) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    damage(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


@cache
def damaged_form(name: str) -> bytes:
    """Return the form with one of the damages; each is tried alone and in a folder of them."""
    return damaged(sound_form(), DAMAGES[name][0])


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_form_names_the_cell_and_writes_nothing(name: str, tmp_path: Path) -> None:
    _, cell, message = DAMAGES[name]
    city = lay_out(tmp_path)
    intake = take_in(city, damaged_form(name))
    first, *others = intake.faults
    assert cell == first.where
    assert message in first.message
    assert bool(others) == (name in SEVERAL)
    assert intake.after == b""
    assert REPORT.encode() == (city / FILE).read_bytes()


def test_a_form_saved_by_another_program_is_read_the_same(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    intake = take_in(city, damaged(sound_form(), lambda _: None))
    assert (intake.faults, intake.changes) == ((), ())


UNDERSTOOD: dict[str, tuple[Damage, str]] = {
    "full-width digits": (entry(value="１８"), "    value: １８\n"),
    "a number with blanks around": (entry(value="　18 "), "    value: 18\n"),
    "a number with a no-break space": (entry(value="\xa018"), "    value: 18\n"),
    "ten thousands": (entry(value="2万"), "    value: 2万\n"),
    "a date as text": (entry(date="2024/7/16"), "    date: 2024-07-16\n"),
    "a date in Chinese": (entry(date="2024年7月16日"), "    date: 2024-07-16\n"),
    "a month in the date column": (entry(date="2024年3月"), "    date: 2024-03\n"),
    "a month with a full stop": (entry(date="2024.3"), "    date: 2024-03\n"),
    "per cent as text": (
        entry(task="G-1 公民具备科学素质比例", value="15.4%"),
        "    value: 15.4%\n",
    ),
    "several days in one cell": (
        entry(date="2024-07-01至2024-07-05"),
        "    date: {from: 2024-07-01, to: 2024-07-05}\n",
    ),
    "a day with its time": (entry(date=datetime(2024, 7, 16, 14, 30)), "    date: 2024-07-16\n"),  # noqa: DTZ001 - a cell has no zone
    "a unit of measure that means the same": (entry(value="18人"), "    value: 18人\n"),
    "only blanks, wide and narrow": (entry(cited_from="　 \xa0"), "    value: 18\n"),
    "a month from the list": (entry(date=None, month="3月"), "    date: 2024-03\n"),
    "a cell in several fonts": (
        entry(task=CellRichText("M06", TextBlock(InlineFont(b=True), "-1"))),
        "  - task: M06-1\n",
    ),
    "the id of a task alone": (entry(task="m06-1"), "  - task: M06-1\n"),
    "units by their other names": (
        entry(jointly_with="市教育体育局，团市委"),
        "    jointly_with: [市教育体育局, 团市委]\n",
    ),
}


@pytest.mark.parametrize("name", UNDERSTOOD)
def test_what_can_be_read_for_certain_is_read(name: str, tmp_path: Path) -> None:
    damage, line = UNDERSTOOD[name]
    city = lay_out(tmp_path)
    intake = take_in(city, damaged(sound_form(), damage))
    assert intake.faults == ()
    assert line in intake.after.decode()
    assert intake.changes[0].startswith(("新增 M06-1 2024-0", "新增 G-1 2024-0"))


def test_a_cell_shown_as_a_month_stays_a_month(tmp_path: Path) -> None:
    city = lay_out(tmp_path)

    def damage(book: Any) -> None:
        entry()(book)
        put("date", date(2024, 3, 1), number_format='yyyy"年"m"月"')(book)

    assert "    date: 2024-03\n" in take_in(city, damaged(sound_form(), damage)).after.decode()


def test_a_cell_shown_as_per_cent_is_per_cent(tmp_path: Path) -> None:
    city = lay_out(tmp_path)

    def damage(book: Any) -> None:
        entry(task="G-1 公民具备科学素质比例")(book)
        put("value", 0.154, number_format="0.0%")(book)

    assert "    value: 15.4%\n" in take_in(city, damaged(sound_form(), damage)).after.decode()


def test_blank_lines_between_entries_are_passed_over(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    damage = put("task", "M06-1", EMPTY + 4)

    def spaced(book: Any) -> None:
        damage(book)
        put("date", date(2024, 7, 16), EMPTY + 4)(book)
        put("name", "二期", EMPTY + 4)(book)

    assert take_in(city, damaged(sound_form(), spaced)).changes == ("新增 M06-1 2024-07-16 二期",)


def test_the_form_of_another_year_is_refused(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    (fault,) = take_in(city, sound_form(), year=2023).faults
    assert (fault.where, fault.message) == ("", "这是 2024 年度的填报表，要导入的是 2023 年度")


def test_one_unit_is_taken_in_once(tmp_path: Path) -> None:
    from kesu_cli.engine.form_import import Importer
    from kesu_cli.engine.open_workspace import open_workspace

    city = lay_out(tmp_path)
    importer = Importer(open_workspace((city,)))
    importer.take_in(sound_form())
    (fault,) = importer.take_in(sound_form()).faults
    assert fault.message == "本次导入里已经有同一单位、同一年度的一张表"


def test_a_form_can_not_go_over_a_file_that_can_not_be_read(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    content = sound_form()
    (city / FILE).write_bytes(REPORT.encode("gb18030"))
    (fault,) = take_in(city, content).faults
    assert f"{FILE} 现在的内容有读不出来的地方，不能在它上面修改" == fault.message


def _zip_of(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name.replace("__", "/"), part)
    return content.getvalue()


def _without(content: bytes, part: str) -> bytes:
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
    return changed.getvalue()


NO_FORMS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "an old .xls or .et": (lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧格式（.xls、.et）"),
    "a table of text in GBK": (lambda _: "任务,日期\r\n".encode("gbk"), "网页或文本改了扩展名"),
    "a page saved as .xlsx": (lambda _: b"<html><table></table></html>", "网页或文本改了扩展名"),
    "an empty file": (lambda _: b"", "网页或文本改了扩展名"),
    "another zip": (lambda _: _zip_of(a=b"b"), "这不是 .xlsx 表格"),
    "half a file": (lambda content: content[: len(content) // 2], "已经损坏"),
    "a missing part": (lambda content: _without(content, "xl/worksheets/sheet3.xml"), "已经损坏"),
    "a broken part": (
        lambda _: _zip_of(**{"xl__workbook.xml": b"<workbook", "xl___rels__workbook.xml.rels": b"<"}),
        "已经损坏",
    ),
    "far too large a file": (lambda _: bytes(20_000_001), "20 MB"),
    "a bomb": (lambda _: _zip_of(**{"xl__workbook.xml": bytes(200_000_001)}), "太大"),
    "a cell far away": (
        lambda content: damaged(content, at("台账", "XFD1048576", "x")),
        "很远的地方（XFD1048576）",
    ),
}


@pytest.mark.parametrize("name", NO_FORMS)
def test_what_is_no_form_is_refused_with_what_to_do(name: str, tmp_path: Path) -> None:
    make, message = NO_FORMS[name]
    city = lay_out(tmp_path)
    intake = take_in(city, make(sound_form()))
    assert [message in fault.message for fault in intake.faults] == [True], intake.faults
    assert intake.faults[0].hint


IN_ANY_COLUMN = {
    "同上": "读到“同上”",
    "#N/A": "公式没有算出结果（#N/A）",
    "一\u200b期": "看不见的字符 U+200B",
}


@pytest.mark.parametrize("text", IN_ANY_COLUMN)
def test_what_nobody_can_read_is_named_in_whichever_column_it_stands(text: str, tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    columns = COLUMNS[1:]

    def damage(book: Any) -> None:
        entry()(book)
        for row, column in enumerate(columns, EMPTY):
            put(column.key, text, row)(book)

    found = take_in(city, damaged(sound_form(), damage)).faults
    wanted = {f"台账!{column_letters(INDEX[column.key])}{row}" for row, column in enumerate(columns, EMPTY)}
    assert wanted == {fault.where for fault in found if IN_ANY_COLUMN[text] in fault.message}


def test_all_that_is_wrong_in_a_row_is_said_at_once(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    row = {"name": "同上", "value": "约200", "unit": "场", "status": "#N/A", "jointly_with": "张三"}
    damage = entry(**row, kind="照\n片", path="../x.pdf", sha256="zzz")
    found = take_in(city, damaged(sound_form(), damage)).faults
    assert [fault.where for fault in found] == [f"台账!{column}15" for column in "FGHLMQRU"]


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def damaged_forms(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Lay out a folder of damaged forms, and return with it how the first line on each must begin."""
    city = lay_out(tmp_path_factory.mktemp("city"))
    (city / "forms").mkdir()
    wanted = {}
    for number, (name, (_, cell, message)) in enumerate(DAMAGES.items()):
        file = f"forms/{number:03}.xlsx"
        (city / file).write_bytes(damaged_form(name))
        wanted[file] = f"  {cell}{'  ' if cell else ''}…{message}"
    for number, (make, message) in enumerate(NO_FORMS.values()):
        file = f"forms/no-{number:02}.{'et' if number == 0 else 'xlsx'}"
        (city / file).write_bytes(make(sound_form()))
        wanted[file] = f"  …{message}"
    return city, wanted


def said(shown: str, files: Collection[str]) -> dict[str, str]:
    """Return the first line below each file's own."""
    lines = shown.splitlines()
    found = {at: file for at, line in enumerate(lines) for file in files if line.startswith(f"{file}：有 ")}
    return {file: lines[at + 1] for at, file in found.items()}


def unlike(wanted: dict[str, str], got: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Return what was said otherwise than wanted."""
    return {
        file: (line, got.get(file, ""))
        for file, line in wanted.items()
        for cell, message in [line.split("…")]
        if not got.get(file, "").startswith(cell) or message not in got[file]
    }


def test_a_folder_of_damaged_forms_is_refused_form_by_form_and_nothing_is_written(
    damaged_forms: tuple[Path, dict[str, str]],
) -> None:
    city, wanted = damaged_forms
    before = tree(city)
    done = kesu("form", "import", "--yes", *wanted, folder=city)
    assert (done.returncode, done.stderr, unlike(wanted, said(done.stdout.decode(), wanted))) == (1, b"", {})
    assert before == tree(city)
    assert len(wanted) >= 25


def test_each_of_the_damaged_forms_is_refused_alone_too(
    damaged_forms: tuple[Path, dict[str, str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    city, wanted = damaged_forms
    monkeypatch.chdir(city)
    before = tree(city)
    got: dict[str, str] = {}
    for file in wanted:
        code = run(["form", "import", "--yes", file])
        shown = capsys.readouterr()
        assert (code, shown.err) == (1, "")
        got |= said(shown.out, [file])
    assert unlike(wanted, got) == {}
    assert before == tree(city)
