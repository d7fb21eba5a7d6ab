"""Documents that are damaged, huge or no plan: each is read, or refused in a sentence with its name."""

import io
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import docx
import pytest

from kesu_cli.diagnostic import Refusal
from kesu_cli.drafting.draft import draft
from kesu_cli.drafting.outline import NoPlan
from kesu_cli.model.document import Document, Paragraph
from kesu_cli.source.documents.document_reader import read_document
from kesu_cli.source.documents.text_blocks import NoDocument
from test_cli import kesu

HERE = Path(__file__).parent
BODY = "word/document.xml"
WORD = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PLAN = """\
某市全民科学素质行动实施方案（2021—2025年）

一、重点任务
（一）青少年科学素质提升行动
1．开展科普活动。每年举办5场科普讲座。{words}
牵头单位：市教体局
责任单位：市科协
"""


@cache
def sound() -> bytes:
    made = docx.Document()
    made.add_paragraph("实施方案")
    made.add_table(2, 2).cell(0, 0).text = "任务"
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def repacked(*, by: int = zipfile.ZIP_DEFLATED, changed: dict[str, bytes] | None = None) -> bytes:
    """Write the parts of a sound document anew, some of them changed or added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound())) as old, zipfile.ZipFile(made, "w", by) as new:
        for name, part in ({name: old.read(name) for name in old.namelist()} | (changed or {})).items():
            new.writestr(name, part)
    return made.getvalue()


def replaced(old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(sound())) as package:
        text = package.read(BODY)
    assert old in text
    return repacked(changed={BODY: text.replace(old, new, 1)})


def flipped(part: str) -> bytes:
    """Damage the compressed bytes of a part."""
    with zipfile.ZipFile(io.BytesIO(sound())) as package:
        start = package.getinfo(part).header_offset + 30 + len(part)
    damaged = bytearray(sound())
    damaged[start : start + 8] = b"\xff" * 8
    return bytes(damaged)


def body(text: bytes) -> bytes:
    return repacked(changed={BODY: b"<w:document " + WORD + b"><w:body>" + text + b"</w:body></w:document>"})


def laughing() -> bytes:
    levels = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    head = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">' + levels + b"]><x>&a11;</x>"
    return repacked(changed={BODY: head})


REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a text whose bytes are damaged": ("a.docx", lambda: flipped(BODY)),
    "styles whose bytes are damaged": ("a.docx", lambda: flipped("word/styles.xml")),
    "types whose bytes are damaged": ("a.docx", lambda: flipped("[Content_Types].xml")),
    "another root": ("a.docx", lambda: repacked(changed={BODY: b"<a/>"})),
    "types of another root": ("a.docx", lambda: repacked(changed={"[Content_Types].xml": b"<a/>"})),
    "no body": ("a.docx", lambda: repacked(changed={BODY: b"<w:document " + WORD + b"/>"})),
    "an encoding that is none": (
        "a.docx",
        lambda: repacked(changed={BODY: b'<?xml version="1.0" encoding="x-no"?><a/>'}),
    ),
    "entities that explode": ("a.docx", laughing),
    "footnotes cut off": ("a.docx", lambda: repacked(changed={"word/footnotes.xml": b"<w:footnotes"})),
    "a text far too large": ("a.docx", lambda: body(b" " * 30_000_000)),
    "parts without number": ("a.docx", lambda: repacked(changed={f"a/{n}": b"" for n in range(5001)})),
    "texts packed by bzip2": ("a.docx", lambda: repacked(by=zipfile.ZIP_BZIP2)),
    "texts packed by lzma": ("a.docx", lambda: repacked(by=zipfile.ZIP_LZMA)),
    "a page nested without end": ("a.html", lambda: b"<div>" * 100_000 + "方案".encode()),
    "bytes that are no text": ("a.txt", lambda: bytes(range(256)) * 100),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_damaged_document_is_refused_in_a_sentence_with_its_name(name: str, tmp_path: Path) -> None:
    file, make = REFUSED[name]
    (tmp_path / file).write_bytes(make())
    begun = time.process_time()
    with pytest.raises(NoDocument) as raised:
        read_document(tmp_path / file)
    assert str(raised.value).startswith(f"{file}：")
    assert time.process_time() - begun < 5  # a second on a free machine


READ: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a span over all columns": (
        "a.docx",
        lambda: replaced(b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="999999999"/>'),
    ),
    "a span of many digits": (
        "a.docx",
        lambda: replaced(b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="' + b"9" * 5000 + b'"/>'),
    ),
    "a row that begins far right": (
        "a.docx",
        lambda: replaced(b"<w:tr>", b'<w:tr><w:trPr><w:gridBefore w:val="999999999"/></w:trPr>'),
    ),
    "pictures of 190 MB": ("a.docx", lambda: repacked(changed={"word/media/a.png": bytes(190_000_000)})),
    "a page with a cell over all": (
        "a.html",
        "<table><tr><td colspan=999999999 rowspan=999999999>方案<td>b<tr><td>c<td>d</table>".encode,
    ),
    "a page with a span of many digits": (
        "a.html",
        f"<table><tr><td colspan={'9' * 5000}>方案<td>b<tr><td>c<td>d</table>".encode,
    ),
    "a list that begins at many digits": (
        "a.html",
        f"<ol start={'9' * 5000}><li>方案<li>b</ol>".encode,
    ),
    "a list of many items": ("a.html", ("<ol>" + "<li>方案</li>" * 20_000 + "</ol>").encode),
    "comments that never end": ("a.md", ("<!--" * 100_000 + "方案").encode),
    "brackets that never close": ("a.md", ("[" * 100_000 + "方案").encode),
    "stars that never close": ("a.md", ("*" * 100_000 + "方案").encode),
}


@pytest.mark.parametrize("name", READ)
def test_what_is_odd_and_sound_is_read_at_once(name: str, tmp_path: Path) -> None:
    file, make = READ[name]
    (tmp_path / file).write_bytes(make())
    begun = time.process_time()
    assert read_document(tmp_path / file).blocks
    assert time.process_time() - begun < 5


def test_pictures_are_not_unpacked(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(READ["pictures of 190 MB"][1]())
    tracemalloc.start()
    read_document(tmp_path / "a.docx")
    largest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert largest < 20_000_000


def test_comments_and_front_matter_are_blanked_out_as_ever(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\na: b\n---\n一<!-- x\n-->二\n<!-- <!-- y -->三\n四<!-- 五\n", "utf-8")
    found = [(b.text, b.line) for b in read_document(tmp_path / "a.md").blocks if isinstance(b, Paragraph)]
    assert found == [("一", 4), ("二", 5), ("三", 6), ("四<!-- 五", 7)]


@pytest.mark.parametrize("command", [["draft", "-o", "draft"], ["verify", "--source"]])
def test_both_commands_refuse_a_damaged_document(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(flipped(BODY))
    plan = ["--plan", str(HERE.parent / "world" / "plan")] if "verify" in command else []
    done = kesu("plan", *command, "a.docx", *plan, folder=tmp_path)
    said = "错误：a.docx：Word 文件已损坏；请用 WPS 或 Word 打开，确认能看到正文后重新保存\n"
    assert (2, said) == (done.returncode, done.stderr.decode())


REVERSED = (
    "培训30至20名科技辅导员",
    "举办5～3场科普活动",
    "比例达到15%至12%",
    "建设2万至1万个站点",
    "培训9-8人次",
)


@pytest.mark.parametrize("words", REVERSED)
def test_a_reversed_range_leaves_a_question_and_all_else_is_drafted(words: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PLAN.format(words=f"每年{words}。"), "utf-8")
    made = draft(read_document(tmp_path / "a.txt"))
    assert "target: {at_least: 5, unit: 场}" in made.measures
    assert "review: 原文的数没有读成指标（between 的两个数应先小后大）" in made.measures
    assert f"quote: 每年{words}\n" in made.measures


NAMELESS = {
    "an action": ("（一）青少年科学素质提升行动", "（一）"),
    "an action with a full stop": ("（一）青少年科学素质提升行动", "（一）。"),
    "an action of blanks": ("（一）青少年科学素质提升行动", "（一）　　"),
    "a measure": ("1．开展科普活动。", "1．\n"),
    "a chapter": ("一、重点任务", "一、"),
}


@pytest.mark.parametrize("name", NAMELESS)
def test_what_has_a_number_and_no_name_is_drafted_or_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PLAN.format(words="").replace(*NAMELESS[name]), "utf-8")
    said = ""
    try:
        said = draft(read_document(tmp_path / "a.txt")).measures
    except Refusal as refused:
        said = str(refused)
    assert "每年举办5场科普讲座" in said or said.startswith("a.txt：")


@pytest.mark.parametrize("name", ["city-80", "unit-80", "log-all-80", "table-80"])
def test_a_page_that_kesu_printed_is_no_plan(name: str) -> None:
    with pytest.raises(NoPlan) as raised:
        draft(read_document(HERE.parent / "golden" / f"{name}.txt"))
    assert str(raised.value).startswith(f"{name}.txt：")


LINES = {
    "running text": "组织科普活动进校园，每年培训30名科技辅导员，推动资源下沉；加强队伍建设。",
    "commas": "推动科普，",
    "semicolons": "举办1场活动；",
    "brackets that never close": "（",
    "quotation marks that never close": "“科普",
}


def document_of(line: str) -> Document:
    lines = PLAN.format(words="").splitlines()
    texts = [text for text in (*lines[:-2], line, *lines[-2:]) if text]
    return Document("a.txt", "0" * 64, tuple(Paragraph(text, n) for n, text in enumerate(texts, 1)))


def seconds_for(line: str) -> float:
    begun = time.process_time()
    draft(document_of(line))
    return time.process_time() - begun


@pytest.mark.parametrize("name", LINES)
def test_a_line_four_times_as_long_takes_about_four_times_as_long(name: str) -> None:
    line = LINES[name] * 16_000
    seconds_for(line[:1000])
    short, long = seconds_for(line[:4000]), seconds_for(line[:16_000])
    assert long < 10 * short + 0.5  # sixteen times and more, were it quadratic


@pytest.mark.parametrize("name", LINES)
def test_a_document_in_one_line_is_refused_with_the_line(name: str) -> None:
    with pytest.raises(NoPlan, match=r"a\.txt：第 5 行有 2000000 字，方案的一段不会这么长"):
        draft(document_of((LINES[name] * 2_000_000)[:2_000_000]))
