"""Files that are documents, and files that are not: each is read or refused with what to do."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lxml import etree

from kesu_cli.drafting.outline import NoPlan, outline
from kesu_cli.model.document import Paragraph, Table
from kesu_cli.source.documents.document_reader import read_document
from kesu_cli.source.documents.docx_numeral import numeral
from kesu_cli.source.documents.text_blocks import NoDocument


def texts(path: Path) -> list[str]:
    return [block.text for block in read_document(path).blocks if isinstance(block, Paragraph)]


def archive(name: str, content: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(name, content)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"%PDF-1.4", "这是 PDF 文件"),
        ("a.docx", b"%PDF-1.4", "这是 PDF 文件"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "“另存为” .docx"),
        ("a.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Word 或 WPS"),
        ("a.rtf", b"{\\rtf1 x}", "这是 RTF 文件"),
        ("a.png", b"\x89PNG\r\n", "请先识别成文字"),
        ("a.txt", b"", "文件是空的"),
        ("a.md", b" \n\n", "文件是空的"),
        ("a.html", b"<html><body><script>x</script></body></html>", "文件里没有文字"),
        ("a.txt", bytes(range(256)) * 8, "编码认不出"),
        ("a.docx", b"hello", "扩展名是 .docx，内容却不是"),
        ("a.docx", b"PK\x03\x04garbage", "Word 文件已损坏"),
        ("a.docx", archive("xl/workbook.xml", "<a/>"), "不是 Word 文档"),
        ("a.docx", archive("word/document.xml", "<a/>"), "Word 文件已损坏"),
        ("a.docx", archive("word/document.xml", "<a>" + " " * 30_000_000), "解开后过大"),
    ],
)
def test_what_is_no_document_is_refused_with_what_to_do(
    name: str, content: bytes, said: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(NoDocument) as raised:
        read_document(path)
    assert said in str(raised.value)
    assert str(raised.value).startswith(f"{name}：")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NoDocument, match="找不到这个文件"):
        read_document(tmp_path / "没有.txt")
    with pytest.raises(NoDocument, match="这是一个文件夹"):
        read_document(tmp_path)


def test_a_page_of_a_novel_is_no_plan(tmp_path: Path) -> None:
    path = tmp_path / "小说.txt"
    path.write_text(
        "第一章\n\n夜里下着雨，她走进巷子。一、二、三，她数着雨滴。\n\n第二章\n\n人们都在议论。\n",
        "utf-8",
    )
    with pytest.raises(NoPlan, match="看不出这是一份有任务、有分工的方案"):
        outline(read_document(path))


def test_lines_are_counted_from_one_and_invisible_signs_are_gone(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeff标\u200b题\r\n\r\n　　正\u00ad文\xa0\r\n".encode())
    assert (Paragraph("标题", 1), Paragraph("正文", 3)) == read_document(path).blocks


def test_markdown_loses_its_marks_and_keeps_ranks_and_tables(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("## **总则**\n- 第一[条](x)\n\n| 甲 | 乙 |\n|---|---|\n| 1<br>2 | 3 |\n\n末段\n", "utf-8")
    expected = (
        Paragraph("总则", 1, 2),
        Paragraph("第一条", 2),
        Table((("甲", "乙"), ("1\n2", "3")), (4, 6)),
        Paragraph("末段", 8),
    )
    assert expected == read_document(path).blocks


def test_cells_of_a_page_that_span_stand_in_each_place(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<p>前</p><table><tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr>"
        "<tr><td>1</td><td>2</td></tr></table>",
        "utf-8",
    )
    tables = [block.rows for block in read_document(path).blocks if isinstance(block, Table)]
    assert tables == [(("甲", "乙", "乙"), ("甲", "1", "2"))]


def test_a_table_that_only_lays_out_the_page_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    article = "".join(f"<p>第{number}段的文字。</p>" for number in range(10))
    page = f"<table><tr><td>导航</td><td>搜索</td></tr><tr><td>首页</td><td>{article}</td></tr></table>"
    path.write_text(page, "utf-8")
    assert [f"第{number}段的文字。" for number in range(10)] == texts(path)


def test_a_page_nested_deep_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<div>" * 1_000 + "正文", "utf-8")
    assert texts(path) == ["正文"]


def test_a_numbered_list_of_a_page_keeps_its_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<ol start=3><li>建馆。</li><li>办班。</li></ol>", "utf-8")
    assert texts(path) == ["3．建馆。", "4．办班。"]


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    document = docx.Document()
    run: etree._Element = document.add_paragraph("正文。").add_run()._r  # noqa: SLF001 - no public way
    box = "<w:txbxContent><w:p><w:r><w:t>框内。</w:t></w:r></w:p></w:txbxContent>"
    space = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f"<mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    run.append(parse_xml(f"<mc:AlternateContent {space} {nsdecls('w')}>{both}</mc:AlternateContent>"))
    path = tmp_path / "a.docx"
    document.save(str(path))
    assert texts(path) == ["正文。", "框内。"]


def test_heading_styles_give_ranks(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("总则", level=2)
    path = tmp_path / "a.docx"
    document.save(str(path))
    assert (Paragraph("总则", 1, 2),) == read_document(path).blocks


@pytest.mark.parametrize(
    ("number", "form", "printed"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCounting", "十"),
        (21, "chineseCountingThousand", "二十一"),
        (105, "japaneseCounting", "一百零五"),
        (112, "japaneseCounting", "一百一十二"),
        (12, "decimalFullWidth", "１２"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (2, "ideographTraditional", "乙"),
        (4, "lowerRoman", "iv"),
        (2, "upperLetter", "B"),
        (7, "somethingNew", "7"),
    ],
)
def test_numbers_are_printed_as_word_prints_them(number: int, form: str, printed: str) -> None:
    assert printed == numeral(number, form)
