"""Forms that are damaged, far too large, or hold what no cell says: each is named, and the others go on."""

import bz2
import io
import struct
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.styles import Font

from form_city import lay_out, sound_form, take_in
from test_cli import kesu

SHEET = "xl/worksheets/sheet3.xml"
STRINGS = "xl/sharedStrings.xml"
ROW = 15  # the first empty row
ENTRY = {"B": "M06-1 培训科技辅导员", "C": date(2024, 8, 1), "F": "二期", "G": 2}
Make = Callable[[bytes], bytes]
Change = Callable[[Any], None]


def repacked(content: bytes, **changed: bytes | None) -> bytes:
    """Write the parts anew, some of them changed, added or (None) left out; / is written as __."""
    wanted = {name.replace("__", "/"): part for name, part in changed.items()}
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {name: old.read(name) for name in old.namelist()} | wanted
        for name, part in parts.items():
            if part is not None:
                new.writestr(name, part)
    return made.getvalue()


def replaced(part: str, old: bytes, new: bytes) -> Make:
    """Change the text of a part, which must be there."""

    def make(content: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            text = package.read(part)
        assert old in text
        return repacked(content, **{part: text.replace(old, new, 1)})

    return make


def flipped(part: str) -> Make:
    """Damage the compressed bytes of a part, its place in the file untouched."""

    def make(content: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            at = package.getinfo(part)
        start = at.header_offset + 30 + len(part)
        damaged = bytearray(content)
        damaged[start : start + 8] = b"\xff" * 8
        return bytes(damaged)

    return make


def understated(content: bytes) -> bytes:
    """Declare a part of 300 MB as one of ten bytes, with the digest of those ten."""
    bomb = b"<sst></sst" + b">" + b" " * 300_000_000
    made = bytearray(repacked(content, **{STRINGS: None}))
    with zipfile.ZipFile(io.BytesIO(bytes(made))) as package:
        directory, entries = package.start_dir, len(package.infolist())
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = squeezer.compress(bomb) + squeezer.flush()
    name, crc = STRINGS.encode(), zlib.crc32(bomb[:10])
    common = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0x21, crc, len(data), 10, len(name), 0)
    local = b"PK\x03\x04" + common + name + data
    central = (
        b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, directory) + name
    )
    old = bytes(made[directory:])
    end = old.index(b"PK\x05\x06")
    size = end + len(central)
    tail = struct.pack("<HHHHIIH", 0, 0, entries + 1, entries + 1, size, directory + len(local), 0)
    return bytes(made[:directory]) + local + old[:end] + central + b"PK\x05\x06" + tail


def squeezed_by(method: int) -> Make:
    """Pack the texts so that nothing stops the unpacking at the declared size."""

    def make(content: bytes) -> bytes:
        made = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", method) as new:
            for name in old.namelist():
                new.writestr(name, old.read(name))
        return made.getvalue()

    return make


def many_cells(content: bytes) -> bytes:
    row = b"".join(b'<c r="A%d"/>' % number for number in range(1, 1001)) * 800
    return replaced(SHEET, b"<sheetData>", b'<sheetData><row r="1">' + row + b"</row>")(content)


def laughing(content: bytes) -> bytes:
    levels = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    head = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">' + levels + b"]><x>&a11;</x>"
    return repacked(content, xl__workbook_xml=None, **{"xl/workbook.xml": head})


DAMAGED: dict[str, tuple[Make, str]] = {
    "a sheet whose bytes are damaged": (flipped(SHEET), "已经损坏"),
    "texts whose bytes are damaged": (flipped(STRINGS), "已经损坏"),
    "styles whose bytes are damaged": (flipped("xl/styles.xml"), "已经损坏"),
    "an encoding that is none": (
        lambda content: repacked(
            content, **{"xl/workbook.xml": b'<?xml version="1.0" encoding="x-no"?><a/>'}
        ),
        "已经损坏",
    ),
    "styles in an encoding that is none": (
        lambda content: repacked(content, **{"xl/styles.xml": b'<?xml version="1.0" encoding="rot13"?><a/>'}),
        "已经损坏",
    ),
    "a sheet that is a picture": (
        lambda content: repacked(content, **{SHEET: b"\x89PNG\r\n\x1a\n"}),
        "已经损坏",
    ),
    "a sheet that is empty": (lambda content: repacked(content, **{SHEET: b""}), "已经损坏"),
    "a style number that is none": (replaced("xl/styles.xml", b'numFmtId="', b'numFmtId="x'), "已经损坏"),
    "a cell name that is none": (replaced(SHEET, b'<c r="A1"', b'<c r="A0x"'), "已经损坏"),
    "a row number that is none": (replaced(SHEET, b'<row r="1"', b'<row r="one"'), "已经损坏"),
    "a shared text that is none": (replaced(SHEET, b't="s"><v>', b't="s"><v>99999'), ""),
    "entities that explode": (laughing, "已经损坏"),
    "a row far away": (
        replaced(SHEET, b"</sheetData>", b'<row r="1048576"><c><v>1</v></c></row></sheetData>'),
        "很远的地方",
    ),
    "far too many cells": (many_cells, "格子太多"),
    "texts that unpack to a hundred megabytes": (
        lambda content: repacked(content, **{STRINGS: b"<sst/>" + b" " * 100_000_000}),
        "太大",
    ),
    "texts that unpack to more than they say": (understated, "已经损坏"),
    "parts without number": (
        lambda content: repacked(content, **{f"a/{number}": b"" for number in range(5001)}),
        "太大",
    ),
    "texts packed by bzip2": (squeezed_by(zipfile.ZIP_BZIP2), "已经损坏"),
    "texts packed by lzma": (squeezed_by(zipfile.ZIP_LZMA), "已经损坏"),
    "nothing but a head": (lambda _: b"PK\x03\x04" + bytes(100), "已经损坏"),
    "a workbook of bzip2 under another name": (
        lambda content: b"PK\x03\x04" + bz2.compress(content),
        "已经损坏",
    ),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_form_is_refused_in_a_sentence_at_once(name: str, tmp_path: Path) -> None:
    make, said = DAMAGED[name]
    content, city = make(sound_form()), lay_out(tmp_path)
    begun = time.process_time()
    intake = take_in(city, content)
    assert intake.faults
    assert said in intake.faults[0].message
    assert time.process_time() - begun < 5  # a second on a free machine
    assert intake.after == b""


BOMBS = ("texts that unpack to more than they say", "texts that unpack to a hundred megabytes")


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_takes_no_memory(name: str, tmp_path: Path) -> None:
    content, city = DAMAGED[name][0](sound_form()), lay_out(tmp_path)
    tracemalloc.start()
    take_in(city, content)
    largest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert largest < 100_000_000


def test_a_span_over_the_whole_sheet_takes_no_time(tmp_path: Path) -> None:
    spans = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    content = replaced(SHEET, b"</sheetData>", b"</sheetData>" + spans)(sound_form())
    city, begun = lay_out(tmp_path), time.process_time()
    intake = take_in(city, content)
    assert "合并了单元格" in " ".join(fault.message for fault in intake.faults)
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    "name", ["a sheet whose bytes are damaged", "an encoding that is none", "entities that explode"]
)
def test_the_other_forms_of_a_command_go_on(name: str, tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    (city / "坏.xlsx").write_bytes(DAMAGED[name][0](sound_form()))
    (city / "好.xlsx").write_bytes(sound_form())
    done = kesu("form", "import", "坏.xlsx", "好.xlsx", folder=city)
    first, fault, last = done.stdout.decode().splitlines()
    assert (done.returncode, done.stderr) == (1, b"")
    assert first == "坏.xlsx：有 1 处要改，没有写入"
    assert "表格文件已经损坏" in fault
    assert last == "好.xlsx：与 progress/2024/市科协.yaml 的内容相同，没有变化"


@cache
def picture() -> bytes:
    """Return a picture of one dot."""
    body = b"\x89PNG\r\n\x1a\n"
    for kind, data in (
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\0")),
        (b"IEND", b""),
    ):
        body += struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return body


def saved(change: Change, sheet: str = "台账") -> bytes:
    """Fill in an entry and change the sheet as people do."""
    book = openpyxl.load_workbook(io.BytesIO(sound_form()))
    for column, value in ENTRY.items():
        book["台账"][f"{column}{ROW}"] = value
    change(book[sheet] if sheet in book.sheetnames else book.create_sheet(sheet))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def put_picture(cell: str) -> Change:
    return lambda sheet: sheet.add_image(Image(io.BytesIO(picture())), cell)


def put_chart(sheet: Any) -> None:
    sheet.add_chart(BarChart(), "F20")


def put_chart_sheet(sheet: Any) -> None:
    sheet.parent.create_chartsheet("图").add_chart(BarChart())


def hide_sheet(state: str) -> Change:
    def change(sheet: Any) -> None:
        sheet.sheet_state = state

    return change


def comment_on(cell: str) -> Change:
    def change(sheet: Any) -> None:
        sheet[cell].comment = Comment("实际20人，另2人请假", "张三")

    return change


def strike(*cells: str) -> Change:
    def change(sheet: Any) -> None:
        for cell in cells:
            sheet[cell].font = Font(strike=True)

    return change


def shown_as(number_format: str, value: str = "") -> Change:
    def change(sheet: Any) -> None:
        sheet[f"G{ROW}"].number_format = number_format
        sheet[f"G{ROW}"].value = value or sheet[f"G{ROW}"].value

    return change


def hide_row(row: int) -> Change:
    def change(sheet: Any) -> None:
        sheet.row_dimensions[row].hidden = True

    return change


def hide_column(letters: str) -> Change:
    def change(sheet: Any) -> None:
        sheet.column_dimensions[letters].hidden = True

    return change


def object_over(anchor: str) -> Make:
    """Embed a document in the ledger, which openpyxl can't."""
    place = f"<objectPr><anchor>{anchor}</anchor></objectPr>" if anchor else ""
    element = (
        f'<oleObjects><oleObject progId="Word.Document.12" shapeId="1025">{place}</oleObject></oleObjects>'
    )
    return replaced(SHEET, b"</worksheet>", element.encode() + b"</worksheet>")


def threaded(content: bytes) -> bytes:
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    link = f'<Relationship Id="r9" Type="{kind}" Target="../threadedComments/c.xml"/>'
    note = '<threadedComment ref="H10"><text>缺签到表</text></threadedComment>'
    return repacked(
        content,
        **{
            "xl/worksheets/_rels/sheet3.xml.rels": f"<Relationships>{link}</Relationships>".encode(),
            "xl/threadedComments/c.xml": f"<ThreadedComments>{note}</ThreadedComments>".encode(),
        },
    )


_WPS = b'<c r="R15" t="str"><f>_xlfn.DISPIMG("ID_ABC123",1)</f><v>=DISPIMG("ID_ABC123",1)</v></c>'


def embedded(cell: bytes) -> Make:
    """Put a cell with a picture of its own into the row after the last."""
    return replaced(
        SHEET, b"</sheetData>", b'<row r="900">' + cell.replace(b"R15", b"R900") + b"</row></sheetData>"
    )


SHOWN: dict[str, tuple[Make, str, str]] = {
    "a picture over the table": (lambda _: saved(put_picture("S9")), "台账!S9", "有一张图片"),
    "a picture below the table": (lambda _: saved(put_picture("B200")), "台账!B200", "有一张图片"),
    "a picture on the guide": (lambda _: saved(put_picture("A1"), "填报说明"), "填报说明!A1", "有一张图片"),
    "a picture on a sheet of its own": (lambda _: saved(put_picture("C3"), "照片"), "照片!C3", "有一张图片"),
    "a picture in a cell, of WPS": (embedded(_WPS), "台账!R900", "格子里嵌着一张图片"),
    "a picture in a cell, its formula lost": (
        embedded(b'<c r="R15" t="str"><v>=DISPIMG("ID_1",1)</v></c>'),
        "台账!R900",
        "格子里嵌着一张图片",
    ),
    "a picture in a cell, of Excel": (
        embedded(b'<c r="R15" t="e" vm="1"><v>#VALUE!</v></c>'),
        "台账!R900",
        "格子里嵌着一张图片",
    ),
    "a chart": (lambda _: saved(put_chart), "台账!F20", "有一张图表"),
    "a sheet that is one chart": (lambda _: saved(put_chart_sheet), "图!A1", "有一张图表"),
    "a hidden ledger": (lambda _: saved(hide_sheet("hidden")), "台账!A9", "工作表“台账”隐藏着"),
    "a ledger that only a macro shows": (
        lambda _: saved(hide_sheet("veryHidden")),
        "台账!A9",
        "工作表“台账”隐藏着",
    ),
    "an object with its place": (
        object_over("<from><col>5</col><row>11</row></from>"),
        "台账!F12",
        "有一个嵌入的文件",
    ),
    "an object without its place": (object_over(""), "台账!A1", "有一个嵌入的文件"),
    "an object far below": (
        object_over("<from><col>0</col><row>4000</row></from>"),
        "台账!A4001",
        "有一个嵌入的文件",
    ),
    "a comment": (lambda _: saved(comment_on("G9")), "台账!G9", "有一条批注"),
    "a comment on an empty cell": (lambda _: saved(comment_on("P40")), "台账!P40", "有一条批注"),
    "a comment in a thread": (threaded, "台账!H10", "有一条批注"),
    "a row struck out": (
        lambda _: saved(strike(*(f"{column}{ROW}" for column in "BCFG"))),
        f"台账!B{ROW}",
        f"第 {ROW} 行有划去的内容",
    ),
    "a cell struck out": (lambda _: saved(strike(f"G{ROW}")), f"台账!G{ROW}", "划去的内容"),
    "an old row struck out": (lambda _: saved(strike("F9")), "台账!F9", "第 9 行有划去的内容"),
    "ten thousands by the format": (
        lambda _: saved(shown_as('0"万"')),
        "台账!G15",
        "存的是“2”，显示时另加了“万”",
    ),
    "ten thousands without quotes": (lambda _: saved(shown_as("0.0\\万")), "台账!G15", "另加了“万”"),
    "ten thousands on a text": (
        lambda _: saved(shown_as('@"万"', value="2")),
        "台账!G15",
        "存的是“2”，显示时另加了“万”",
    ),
    "ten thousands on texts alone": (
        lambda _: saved(shown_as('0;-0;0;@"万名"', value="2")),
        "台账!G15",
        "另加了“万名”",
    ),
    "a unit by the format": (lambda _: saved(shown_as('General"场次"')), "台账!G15", "另加了“场次”"),
    "noughts by the format": (lambda _: saved(shown_as('0"000"')), "台账!G15", "另加了“000”"),
    "thousands left out by the format": (lambda _: saved(shown_as("0.00,,")), "台账!G15", "缩小的倍数"),
    "a hidden row": (lambda _: saved(hide_row(ROW)), f"台账!B{ROW}", f"第 {ROW} 行隐藏着"),
    "a row of no height": (
        replaced(SHEET, b'<row r="9" spans="1:21" ht="32.25"', b'<row r="9" ht="0"'),
        "台账!A9",
        "第 9 行隐藏着",
    ),
    "a hidden row of nothing to report": (
        lambda _: saved(hide_row(4), "无可报送"),
        "无可报送!A4",
        "第 4 行隐藏着",
    ),
    "a hidden column": (lambda _: saved(hide_column("G")), "台账!G", "G 列隐藏着"),
    "a hidden column of evidence": (lambda _: saved(hide_column("S")), "台账!S", "S 列隐藏着"),
    "a hidden column of reasons": (
        lambda _: saved(hide_column("B"), "无可报送"),
        "无可报送!B4",
        "B 列隐藏着",
    ),
}


@pytest.mark.parametrize("name", SHOWN)
def test_what_a_form_shows_and_no_cell_says_is_named_with_its_cell(name: str, tmp_path: Path) -> None:
    make, cell, said = SHOWN[name]
    intake = take_in(lay_out(tmp_path), make(sound_form()))
    found = [fault for fault in intake.faults if said in fault.message]
    assert len(found) == 1, intake.faults
    assert found[0].where.startswith(cell)
    assert found[0].hint
    assert intake.after == b""


HARMLESS: dict[str, Change] = {
    "a number with two places": shown_as("0.00"),
    "words for numbers on a text": shown_as('0"万";-0"万";0;@', value="2"),
    "a number by thousands": shown_as("#,##0"),
    "a number with its sign in red": shown_as("0_);[Red]\\(0\\)"),
    "a number of an account": shown_as('_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ '),
    "a fraction of ten": shown_as("0.00E+00"),
    "an empty row struck out": strike("F40"),
    "an empty hidden row": hide_row(40),
    "a hidden example": hide_row(6),
    "a struck-out example": strike("F6", "G6"),
    "a hidden column that nobody filled in": hide_column("X"),
}


def test_a_hidden_sheet_of_nothing_is_passed_over(tmp_path: Path) -> None:
    intake = take_in(lay_out(tmp_path), saved(hide_sheet("hidden"), "填报说明"))
    assert intake.faults == ()


def test_of_a_folder_every_form_is_taken_by_name_and_nothing_else(tmp_path: Path) -> None:
    city, inbox = lay_out(tmp_path / "city"), tmp_path / "city" / "收件"
    inbox.mkdir()
    (inbox / "b.XLSX").write_bytes(sound_form())
    (inbox / "a.xlsx").write_bytes(flipped(SHEET)(sound_form()))
    (inbox / "~$b.xlsx").write_bytes(b"\x05wang")
    (inbox / "旧.xls").write_bytes(b"x")
    (tmp_path / "外.xlsx").write_bytes(sound_form())
    (inbox / "c.xlsx").symlink_to("../../外.xlsx")
    done = kesu("form", "import", "收件", folder=city)
    said = done.stdout.decode().splitlines()
    assert [line.partition("：")[0] for line in said if line[:1] != " "] == [
        "收件",
        "收件/a.xlsx",
        "收件/b.XLSX",
        "收件/~$b.xlsx",
    ]
    assert said[0] == "收件：没有读 旧.xls（不是 .xlsx 填报表）"
    assert (
        done.returncode,
        "错误：读不了 收件/c.xlsx（这个链接指到了工作区外面）；请核对路径\n",
    ) == (2, done.stderr.decode())


def test_a_folder_without_forms_is_refused(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    done = kesu("form", "import", "progress", folder=city)
    assert (
        done.returncode,
        done.stderr.decode(),
    ) == (2, "错误：progress 里没有填报表（.xlsx）；请核对文件夹\n")


@pytest.mark.parametrize("name", HARMLESS)
def test_what_changes_nothing_is_passed_over(name: str, tmp_path: Path) -> None:
    intake = take_in(lay_out(tmp_path), saved(HARMLESS[name]))
    assert intake.faults == ()
    assert len(intake.changes) == 1
