"""The building blocks of an official document: page, grid, styles, tables, page numbers (GB/T 9704-2012)."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FANG, KAI, HEI, SONG, TITLE = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"
NOTICE = "演示数据：数字均为虚构，不代表任何单位的实际工作"
LONG_AGO = datetime.fromisoformat("1980-01-01")
BODY = 16  # points
LINE = 28.95  # points; 22 of them fill 225 mm
CLOSER = -5  # twentieths of a point between characters; 28 of them fill 156 mm
LEFT, RIGHT, CENTRE = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.CENTER
JUSTIFIED = WD_ALIGN_PARAGRAPH.JUSTIFY
KEPT = {"Normal", "Default Paragraph Font", "Normal Table", "No List", "Header", "Footer"}


def element(name: str, **values: object) -> Any:
    """Make a WordprocessingML element with attributes of its own namespace."""
    made = OxmlElement(f"w:{name}")
    for key, value in values.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def set_font(style: Any, font: str, size: float) -> None:
    """Set a font for every script, so that no theme font slips in, and draw the characters closer."""
    properties = style.element.get_or_add_rPr()
    properties.clear()
    fonts = element("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font, hint="eastAsia")
    half_points = round(size * 2)
    parts = [fonts, element("color", val="000000")]
    parts += [element("spacing", val=CLOSER)] if size == BODY else []
    parts += [element("kern", val=0), element("sz", val=half_points), element("szCs", val=half_points)]
    properties.extend(parts)


def set_paragraph(style: Any, align: Any, *, indent: bool = False, line: float = LINE) -> None:
    """Set alignment, exact line height and first-line indent of two characters."""
    shape = style.paragraph_format
    shape.alignment = align
    shape.space_before = shape.space_after = Pt(0)
    shape.widow_control = False
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
    properties = style.element.get_or_add_pPr()
    for name in ("ind", "overflowPunct", "snapToGrid"):
        for old in properties.findall(qn(f"w:{name}")):
            properties.remove(old)
    ind = element("ind", firstLineChars=200 if indent else 0, firstLine=640 if indent else 0)
    properties.insert_element_before(ind, "w:contextualSpacing", "w:jc", "w:rPr")
    properties.insert_element_before(element("overflowPunct", val=0), "w:snapToGrid", "w:spacing")
    if line != LINE:
        for name in ("autoSpaceDE", "autoSpaceDN"):  # a figure needs no more room than its characters
            properties.insert_element_before(element(name, val=0), "w:snapToGrid", "w:spacing")
        properties.insert_element_before(element("snapToGrid", val=0), "w:spacing")


STYLES: dict[str, tuple[str, float, Any, bool, float]] = {
    "公文标题": (TITLE, 22, CENTRE, False, LINE),
    "文号": (FANG, 16, CENTRE, False, LINE),
    "主送机关": (FANG, 16, LEFT, False, LINE),
    "一级标题": (HEI, 16, JUSTIFIED, True, LINE),
    "附件标识": (HEI, 16, LEFT, False, LINE),
    "附件标题": (TITLE, 18, CENTRE, False, LINE),
    "署名": (FANG, 16, RIGHT, False, LINE),
    "表头": (HEI, 10.5, CENTRE, False, 15),
    "表文": (FANG, 10.5, LEFT, False, 15),
    "表数": (FANG, 10.5, CENTRE, False, 15),
    "表注": (FANG, 10.5, LEFT, False, 18),
    "事项标签": (HEI, 12, CENTRE, False, 19),
    "事项内容": (FANG, 12, JUSTIFIED, False, 19),
}


def blank_document() -> Any:
    """Return a document with the page, the grid and the styles of an official document."""
    document = Document()
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.created = document.core_properties.modified = LONG_AGO
    clear_defaults(document)
    normal = document.styles["Normal"]
    set_font(normal, FANG, 16)
    set_paragraph(normal, JUSTIFIED, indent=True)
    for name, (font, size, align, indent, line) in STYLES.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.quick_style = True
        set_font(style, font, size)
        set_paragraph(style, align, indent=indent, line=line)
    second = document.styles.add_style("二级标题", WD_STYLE_TYPE.CHARACTER)
    set_font(second, KAI, 16)
    for name in ("Header", "Footer"):
        set_font(document.styles[name], HEI if name == "Header" else SONG, 10.5 if name == "Header" else 14)
        set_paragraph(document.styles[name], CENTRE, line=18)
    set_page(document.sections[0])
    document.settings.odd_and_even_pages_header_footer = True
    for spacing in document.settings.element.iter(qn("w:characterSpacingControl")):
        spacing.set(qn("w:val"), "doNotCompress")
    return document


def clear_defaults(document: Any) -> None:
    """Take out theme fonts and the styles nobody uses, so that Word asks for no other font."""
    styles = document.styles.element
    for fonts in styles.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{script}"), FANG)
    for language in styles.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    for style in list(document.styles):
        if style.name not in KEPT:
            styles.remove(style.element)
    for left in list(styles.iter(qn("w:link"))):
        left.getparent().remove(left)


def set_page(section: Any, *, landscape: bool = False) -> None:
    """Set paper, margins and the grid of lines."""
    sides = (Mm(28), Mm(26), Mm(37), Mm(35)) if landscape else (Mm(37), Mm(35), Mm(28), Mm(26))
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = sides
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    width, height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.page_width, section.page_height = width, height
    section.header_distance = Mm(15)
    section.footer_distance = Mm(16) if landscape else Mm(25)
    properties = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    properties.append(element("docGrid", type="lines", linePitch=round(LINE * 20)))


def set_header_and_footer(section: Any) -> None:
    """Put the number of the page outside (odd right, even left), and on top that the data is invented."""
    for footer, align, side in (
        (section.footer, RIGHT, "right"),
        (section.even_page_footer, LEFT, "left"),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = align
        paragraph.paragraph_format.element.get_or_add_pPr().append(indent(side, 1, 14))
        order_properties(paragraph)
        paragraph.add_run("— ")
        page_field(paragraph)
        paragraph.add_run(" —")
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        header.paragraphs[0].text = "{% if 演示 %}" + NOTICE + "{% endif %}"


def indent(side: str, characters: int, size: int) -> Any:
    """Keep away so many characters from a side: in characters for Word, in twips for the others."""
    chars = {f"{side}Chars": characters * 100, side: characters * size * 20}
    return element("ind", **chars, firstLineChars=0, firstLine=0)


def order_properties(paragraph: Any) -> None:
    """Put the alignment behind the indent, as the schema wants it."""
    properties = paragraph.paragraph_format.element.get_or_add_pPr()
    for align in properties.findall(qn("w:jc")):
        properties.remove(align)
        properties.append(align)


def page_field(paragraph: Any) -> None:
    """Add the number of the page."""
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run()
        if text == "PAGE":
            code = element("instrText")
            code.text = " PAGE "
            run._r.append(code)
        elif kind == "text":
            run.text = text
        else:
            run._r.append(element("fldChar", fldCharType=kind))


def add(document: Any, text: str, style: str = "Normal") -> Any:
    """Add a paragraph."""
    return document.add_paragraph(text, style=document.styles[style])


def table(document: Any, widths: Sequence[float]) -> Any:
    """Add a table with borders and fixed column widths in millimetres."""
    made = document.add_table(rows=0, cols=len(widths))
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    properties = made._tbl.tblPr
    borders = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(side, val="single", sz=4, space=0, color="000000"))
    properties.insert_element_before(borders, "w:tblLayout", "w:tblCellMar", "w:tblLook")
    margins = element("tblCellMar")
    for side, margin in (("top", 40), ("left", 60), ("bottom", 40), ("right", 60)):
        margins.append(element(side, w=margin, type="dxa"))
    properties.insert_element_before(margins, "w:tblLook")
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
    return made


def row(made: Any, widths: Sequence[float], texts: Sequence[str], styles: Sequence[str]) -> Any:
    """Add a row that no page break splits."""
    added = made.add_row()
    added._tr.get_or_add_trPr().append(element("cantSplit"))
    for cell, width, text, style in zip(added.cells, widths, texts, styles, strict=True):
        cell.width = Mm(width)
        cell.vertical_alignment = 1
        paragraph = cell.paragraphs[0]
        paragraph.style = made.part.document.styles[style]
        paragraph.text = text
    return added


class Column(NamedTuple):
    """A column of a table: what stands above it, the field that fills it, its width in millimetres."""

    title: str
    field: str
    width: float
    style: str = "表数"


def listing(document: Any, field: str, columns: Sequence[Column], height: int = 0) -> None:
    """Add a table that repeats one row for each of a field, its header row on every page."""
    widths = [column.width for column in columns]
    made = table(document, widths)
    head = row(made, widths, [column.title for column in columns], ["表头"] * len(columns))
    head._tr.get_or_add_trPr().append(element("tblHeader"))
    blank = [""] * (len(columns) - 1)
    styles = [column.style for column in columns]
    row(made, widths, [f"{{%tr for 行 in {field} %}}", *blank], styles)
    texts = [f"{{{{ 行.{column.field} }}}}" if column.field else "" for column in columns]
    filled = row(made, widths, texts, styles)
    if height:
        filled.height = Mm(height)
    row(made, widths, ["{%tr endfor %}", *blank], styles)


def loop(document: Any, field: str, text: str, style: str = "Normal") -> None:
    """Add a paragraph for each of a field."""
    add(document, f"{{%p for 项 in {field} %}}")
    add(document, text, style)
    add(document, "{%p endfor %}")


def named_loop(document: Any, field: str) -> None:
    """Add a paragraph for each of a field: its heading in 楷体, then what there is to say."""
    add(document, f"{{%p for 项 in {field} %}}")
    paragraph = add(document, "")
    paragraph.add_run("{{ 项.序号 }}{{ 项.名称 }}。", style=document.styles["二级标题"])
    paragraph.add_run("{{ 项.情况 }}")
    add(document, "{%p endfor %}")


def indented_right(paragraph: Any, characters: int) -> None:
    """Keep a line so many characters away from the right edge."""
    properties = paragraph.paragraph_format.element.get_or_add_pPr()
    properties.append(indent("right", characters, 16))


def signature(document: Any, office: str) -> None:
    """Add who signs and the day, on one page with what stands before them."""
    for text, style in (("", "Normal"), (f"{{{{ {office} }}}}", "署名")):
        paragraph = add(document, text, style)
        paragraph.paragraph_format.keep_with_next = True
    indented_right(paragraph, 2)
    indented_right(add(document, "{{ 日期 }}", "署名"), 4)


def end_section_with_text(document: Any) -> None:
    """Let the last line of text end the section: an empty line of its own might open a blank page."""
    empty, last = document.paragraphs[-1], document.paragraphs[-2]
    last._p.get_or_add_pPr().append(empty._p.pPr.sectPr)
    document.element.body.remove(empty._p)


def content(document: Any) -> bytes:
    """Return the bytes of a document, the same on every run."""
    stream = io.BytesIO()
    document.save(stream)
    fixed = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(fixed, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, LONG_AGO.timetuple()[:6])
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return fixed.getvalue()
