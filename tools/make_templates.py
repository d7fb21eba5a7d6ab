"""Build the Word templates that ship with kesu: python tools/make_templates.py.

The numbers are those of GB/T 9704-2012: A4, margins 37/35/28/26 mm, 22 lines of 28 characters.
What stands in {{ }} is filled in by render/document; an office may change everything else in Word.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FOLDER = Path(__file__).parent.parent / "src" / "kesu_cli" / "render" / "template"
FANG, KAI, HEI, SONG, TITLE = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"
NOTICE = "演示数据：数字均为虚构，不代表任何单位的实际工作"
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


def set_font(style: Any, font: str, size: float, *, bold: bool = False) -> None:
    """Set a font for every script, so that no theme font slips in, and draw the characters closer."""
    properties = style.element.get_or_add_rPr()
    properties.clear()
    fonts = element("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font, hint="eastAsia")
    half_points = round(size * 2)
    parts = [fonts, *([element("b")] if bold else []), element("color", val="000000")]
    parts += [element("spacing", val=CLOSER)] if size == 16 else []
    parts += [element("kern", val=0), element("sz", val=half_points), element("szCs", val=half_points)]
    properties.extend(parts)


def set_paragraph(style: Any, align: Any, *, indent: bool = False, exact: bool = True) -> None:
    """Set alignment, exact line height and first-line indent of two characters."""
    shape = style.paragraph_format
    shape.alignment = align
    shape.space_before = shape.space_after = Pt(0)
    shape.widow_control = False
    if exact:
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE)
    else:
        shape.line_spacing_rule = WD_LINE_SPACING.SINGLE
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:ind")):
        properties.remove(old)
    ind = element("ind", firstLineChars=200 if indent else 0, firstLine=640 if indent else 0)
    properties.insert_element_before(ind, "w:contextualSpacing", "w:mirrorIndents", "w:jc", "w:rPr")
    if not exact:
        snap = element("snapToGrid", val=0)
        properties.insert_element_before(snap, "w:spacing", "w:ind", "w:jc", "w:rPr")


STYLES: dict[str, tuple[str, float, Any, bool, bool]] = {
    "公文标题": (TITLE, 22, CENTRE, False, True),
    "文号": (FANG, 16, CENTRE, False, True),
    "主送机关": (FANG, 16, LEFT, False, True),
    "一级标题": (HEI, 16, JUSTIFIED, True, True),
    "附件标识": (HEI, 16, LEFT, False, True),
    "附件标题": (TITLE, 18, CENTRE, False, True),
    "署名": (FANG, 16, RIGHT, False, True),
    "表头": (HEI, 12, CENTRE, False, False),
    "表文": (FANG, 12, LEFT, False, False),
    "表数": (FANG, 12, CENTRE, False, False),
    "表注": (FANG, 12, LEFT, False, False),
}


def blank_document() -> Any:
    """Return a document with the page, the grid and the styles of an official document."""
    document = Document()
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.created = document.core_properties.modified = datetime(2026, 1, 1)
    clear_defaults(document)
    normal = document.styles["Normal"]
    set_font(normal, FANG, 16)
    set_paragraph(normal, JUSTIFIED, indent=True)
    for name, (font, size, align, indent, exact) in STYLES.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.quick_style = True
        set_font(style, font, size)
        set_paragraph(style, align, indent=indent, exact=exact)
    second = document.styles.add_style("二级标题", WD_STYLE_TYPE.CHARACTER)
    set_font(second, KAI, 16)
    for name in ("Header", "Footer"):
        set_font(document.styles[name], HEI if name == "Header" else SONG, 10.5 if name == "Header" else 14)
        set_paragraph(document.styles[name], CENTRE, exact=False)
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
    properties = section._sectPr  # noqa: SLF001 - python-docx has no door to the grid
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    properties.append(element("docGrid", type="lines", linePitch=round(LINE * 20)))


def set_header_and_footer(section: Any) -> None:
    """Number the pages outside (odd right, even left) and say on each that the data is invented."""
    for footer, align, side in (
        (section.footer, RIGHT, "rightChars"),
        (section.even_page_footer, LEFT, "leftChars"),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = align
        paragraph.paragraph_format.element.get_or_add_pPr().append(element("ind", **{side: 100}))
        order_properties(paragraph)
        paragraph.add_run("— ")
        page_field(paragraph)
        paragraph.add_run(" —")
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        header.paragraphs[0].text = "{% if 演示 %}" + NOTICE + "{% endif %}"


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
            run._r.append(code)  # noqa: SLF001 - fields are raw XML in python-docx
        elif kind == "text":
            run.text = text
        else:
            run._r.append(element("fldChar", fldCharType=kind))  # noqa: SLF001


def add(document: Any, text: str, style: str = "Normal") -> Any:
    """Add a paragraph."""
    return document.add_paragraph(text, style=document.styles[style])


def table(document: Any, widths: Sequence[int]) -> Any:
    """Add a table with borders and fixed column widths in millimetres."""
    made = document.add_table(rows=0, cols=len(widths))
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    properties = made._tbl.tblPr  # noqa: SLF001
    borders = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(side, val="single", sz=4, space=0, color="000000"))
    properties.insert_element_before(borders, "w:tblLayout", "w:tblCellMar", "w:tblLook")
    margins = element("tblCellMar")
    for side in ("left", "right"):
        margins.append(element(side, w=70, type="dxa"))
    properties.insert_element_before(margins, "w:tblLook")
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
    return made


def row(made: Any, widths: Sequence[int], texts: Sequence[str], styles: Sequence[str]) -> Any:
    """Add a row that no page break splits."""
    added = made.add_row()
    added._tr.get_or_add_trPr().append(element("cantSplit"))  # noqa: SLF001
    for cell, width, text, style in zip(added.cells, widths, texts, styles, strict=True):
        cell.width = Mm(width)
        cell.vertical_alignment = 1
        paragraph = cell.paragraphs[0]
        paragraph.style = made.part.document.styles[style]
        paragraph.text = text
    return added


Columns = Sequence[tuple[str, int, str]]


def listing(document: Any, field: str, columns: Columns) -> None:
    """Add a table that repeats one row for each of a field, its header row on every page."""
    widths = [width for _, width, _ in columns]
    made = table(document, widths)
    head = row(made, widths, [title for title, _, _ in columns], ["表头"] * len(columns))
    head._tr.get_or_add_trPr().append(element("tblHeader"))  # noqa: SLF001
    blank = [""] * (len(columns) - 1)
    styles = [style for _, _, style in columns]
    row(made, widths, [f"{{%tr for 行 in {field} %}}", *blank], styles)
    names = [title.replace("\n", "").split("（")[0] for title, _, _ in columns]
    row(made, widths, [f"{{{{ 行.{name} }}}}" for name in names], styles)
    row(made, widths, ["{%tr endfor %}", *blank], styles)


FIGURES: Columns = (
    ("序号", 11, "表数"),
    ("任务", 42, "表文"),
    ("牵头", 28, "表文"),
    ("考核期", 27, "表数"),
    ("目标", 26, "表数"),
    ("完成", 25, "表数"),
    ("完成率", 17, "表数"),
    ("序时进度", 16, "表数"),
    ("进度差（百分点）", 17, "表数"),
    ("状态", 16, "表数"),
)
ACTIONS: Columns = (
    ("序号", 14, "表数"),
    ("行动", 84, "表文"),
    *((name, 18, "表数") for name in ("考核", "达标", "进行中", "待核实", "欠进度", "未落实", "已豁免")),
)
UNITS: Columns = (
    ("序号", 16, "表数"),
    ("单位", 77, "表文"),
    ("报告", 32, "表数"),
    ("汇总", 25, "表数"),
    ("未落实", 25, "表数"),
    ("错误", 25, "表数"),
    ("警告", 25, "表数"),
)
PROBLEMS: Columns = (
    ("序号", 12, "表数"),
    ("级别", 18, "表数"),
    ("单位", 33, "表文"),
    ("问题", 90, "表文"),
    ("办理", 72, "表文"),
)


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
    properties.append(element("ind", rightChars=characters * 100, firstLineChars=0, firstLine=0))


def circular() -> Any:
    """Build the template of the circular."""
    document = blank_document()
    set_header_and_footer(document.sections[0])
    add(document, "{{ 文号 }}", "文号")
    add(document, "")
    add(document, "{{ 标题 }}", "公文标题")
    add(document, "")
    add(document, "{{ 主送 }}：", "主送机关")
    add(document, "现将{{ 方案 }}（以下简称《方案》）{{ 年度 }}任务落实情况通报如下（{{ 截至 }}）。")
    loop(document, "说明", "{{ 项 }}")
    add(document, "一、总体情况", "一级标题")
    loop(document, "总体", "{{ 项 }}")
    add(document, "二、各项行动落实情况", "一级标题")
    named_loop(document, "行动")
    add(document, "三、各单位落实情况", "一级标题")
    loop(document, "单位", "{{ 项 }}")
    add(document, "{%p if 问题 %}")
    add(document, "四、存在的主要问题", "一级标题")
    named_loop(document, "问题")
    add(document, "{%p endif %}")
    add(document, "{%p if 要求 %}")
    add(document, "{% if 问题 %}五{% else %}四{% endif %}、下一步工作要求", "一级标题")
    named_loop(document, "要求")
    add(document, "{%p endif %}")
    add(document, "")
    attachments(document)
    add(document, "")
    indented_right(add(document, "{{ 署名 }}", "署名"), 2)
    indented_right(add(document, "{{ 日期 }}", "署名"), 4)
    annexes(document)
    return document


ANNEXES = (
    ("有数量和频次要求的任务完成情况表", "指标表", FIGURES),
    ("各项行动落实情况表", "行动表", ACTIONS),
    ("各单位落实情况表", "单位表", UNITS),
    ("问题清单", "问题表", PROBLEMS),
)
REMARKS = {
    "指标表": "注：进度差为完成率减序时进度，单位是百分点；序时进度按天计算，办公室定有阶段目标的按阶段目标计算。",
    "行动表": "注：按考核期和单位计项次；“未落实”是未达标和未报送之和，“进行中”含达进度和未到期；"
    "达标率只算考核期已经结束的。",
    "单位表": "注：“汇总”是由本单位汇总报告的任务项次，“未落实”是其中未达标、未报送和欠进度的；"
    "错误、警告含与其他单位共同涉及的。",
    "问题表": "注：已豁免的只作标记，不计入各单位的问题数。",
}


def attachments(document: Any) -> None:
    """List the annexes below the body, the second line aligned behind the number."""
    for number, (name, _, _) in enumerate(ANNEXES, start=1):
        lead = "附件：" if number == 1 else "　　　"
        add(document, f"{lead}{number}．{name}")


def annexes(document: Any) -> None:
    """Put the tables on landscape pages."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    set_page(section, landscape=True)
    for number, (name, field, columns) in enumerate(ANNEXES, start=1):
        mark = add(document, f"附件{number}", "附件标识")
        mark.paragraph_format.page_break_before = number > 1
        add(document, name, "附件标题")
        add(document, "{{ 截至 }}", "表注")
        columns = (*columns, ("达标率", 18, "表数")) if field == "行动表" else columns
        listing(document, field, columns)
        add(document, REMARKS[field], "表注")


def notice() -> Any:
    """Build the template of the notice to one unit."""
    document = blank_document()
    set_header_and_footer(document.sections[0])
    add(document, "督办单", "公文标题")
    add(document, "{{ 文号 }}", "文号")
    add(document, "{{ 承办单位 }}：", "主送机关")
    add(
        document,
        "根据{{ 方案 }}（以下简称《方案》），经检查{{ 年度 }}任务落实情况（{{ 截至 }}），"
        "你单位有下列{{ 事项|length }}项需要办理。请逐项落实，按时限办结，填写所附回执，"
        "连同佐证材料一并报送{{ 督办单位 }}。",
    )
    loop(document, "说明", "{{ 项 }}")
    matter_tables(document)
    add(document, "{%p if 豁免 %}")
    add(document, "以下问题已经批准豁免，本次不要求办理：")
    loop(document, "豁免", "{{ 项 }}")
    add(document, "{%p endif %}")
    add(document, "")
    indented_right(add(document, "{{ 督办单位 }}", "署名"), 2)
    indented_right(add(document, "{{ 日期 }}", "署名"), 4)
    slip(document)
    return document


MATTER = (27, 129)


def matter_tables(document: Any) -> None:
    """Repeat for each matter a heading and a table of what the plan says, what is, what is wanted."""
    add(document, "{%p for 项 in 事项 %}")
    heading = add(document, "{{ 项.序号 }}{{ 项.名称 }}{% if 项.编号 %}（{{ 项.编号 }}）{% endif %}", "一级标题")
    heading.paragraph_format.keep_with_next = True
    made = table(document, MATTER)
    styles = ("表头", "表文")

    def line(left: str, right: str = "") -> None:
        row(made, MATTER, (left, right), styles)

    line("{%tr if 项.原文 %}")
    line("方案原文", "{{ 项.原文 }}")
    line("{%tr endif %}")
    line("{%tr if 项.要求 %}")
    line("考核要求", "{{ 项.要求 }}")
    line("{%tr endif %}")
    line("{%tr for 句 in 项.现状 %}")
    line("落实情况", "{{ 句 }}")
    line("{%tr endfor %}")
    line("{%tr for 题 in 项.问题 %}")
    line("存在问题", "{{ 题.序号 }}{{ 题.说明 }}")
    line("办理要求", "{{ 题.办理 }}")
    line("办理时限", "{{ 题.时限 }}")
    line("{%tr endfor %}")
    add(document, "{%p endfor %}")


SLIP: Columns = (
    ("序号", 11, "表数"),
    ("督办事项", 33, "表文"),
    ("办理时限", 36, "表文"),
    ("办理情况", 40, "表文"),
    ("完成日期", 18, "表文"),
    ("佐证材料", 18, "表文"),
)
BY_HAND = ("办理情况", "完成日期", "佐证材料")


def slip(document: Any) -> None:
    """Add the reply slip on a page of its own."""
    title = add(document, "督办事项办理回执", "公文标题")
    title.paragraph_format.page_break_before = True
    add(document, "（对应督办单：{{ 文号 }}）", "文号")
    widths = [width for _, width, _ in SLIP]
    made = table(document, widths)
    head = row(made, widths, [title for title, _, _ in SLIP], ["表头"] * len(SLIP))
    head._tr.get_or_add_trPr().append(element("tblHeader"))  # noqa: SLF001
    styles = [style for _, _, style in SLIP]
    blank = [""] * (len(SLIP) - 1)
    row(made, widths, ["{%tr for 行 in 回执 %}", *blank], styles)
    fields = {"督办事项": "事项", "办理时限": "时限"}
    texts = ["" if name in BY_HAND else f"{{{{ 行.{fields.get(name, name)} }}}}" for name, _, _ in SLIP]
    filled = row(made, widths, texts, styles)
    filled.height = Mm(22)
    row(made, widths, ["{%tr endfor %}", *blank], styles)
    add(document, "")
    for line in ("承办单位（盖章）：{{ 承办单位 }}", "负责人（签字）：", "经办人：　　　　　　联系电话：", "填报日期：　　　　年　　月　　日"):
        add(document, line)


def content(document: Any) -> bytes:
    """Return the bytes of a document, the same on every run."""
    stream = io.BytesIO()
    document.save(stream)
    fixed = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(fixed, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return fixed.getvalue()


def built() -> Iterable[tuple[str, bytes]]:
    """Yield every template with its name."""
    yield "通报.docx", content(circular())
    yield "督办单.docx", content(notice())


if __name__ == "__main__":
    for name, made in built():
        (FOLDER / name).write_bytes(made)
