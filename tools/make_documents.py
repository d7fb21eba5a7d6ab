"""Writes the Word document among the test documents: automatic numbers, merged cells, tracked changes."""

import io
import sys
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

TARGET = Path(__file__).parent.parent / "tests/fixtures/documents/示例市养老服务实施方案.docx"
NAMESPACES = nsdecls("w")
LEVELS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3．"))
ABSTRACT, NUM = 90, 90
WRITTEN = datetime(2024, 1, 1, tzinfo=UTC)
EPOCH = (1980, 1, 1, 0, 0, 0)

FRONT = (
    "示例市人民政府办公室",
    "关于印发示例市养老服务体系建设",
    "实施方案（2023—2025年）的通知",
    "示政办发〔2023〕12号",
    "各县（区）人民政府，市政府各部门：",
    "《示例市养老服务体系建设实施方案（2023—2025年）》已经市政府同意，现印发给你们，请认真组织实施。",
    "示例市人民政府办公室",
    "2023年3月20日",
    "示例市养老服务体系建设",
    "实施方案（2023—2025年）",
    "为落实《国务院办公厅关于推进养老服务发展的意见》（国办发〔2019〕5号），健全养老服务体系，制定本方案。",
)
# the level of the automatic number (None: running text) and the words
BODY: tuple[tuple[int | None, str], ...] = (
    (0, "总体要求"),
    (1, "指导思想。坚持以人民为中心的发展思想，积极应对人口老龄化。"),
    (
        1,
        "工作目标。到2025年，全市护理型床位占比达到60%，街道综合养老服务中心实现全覆盖，满意度保持在90%以上。",
    ),
    (0, "重点任务"),
    (1, "实施居家适老行动"),
    (None, "以方便老年人生活为重点，提升居家安全水平。"),
    (2, "开展适老化改造。三年完成特殊困难老年人家庭适老化改造2400户，每年不少于800户，建立改造对象台账。"),
    (2, "建设家庭养老床位。2024年底前建成家庭养老床位1500张，为签约老年人每月上门服务不少于2次。"),
    (1, "实施社区助餐行动"),
    (2, "布局助餐网点。新建社区食堂60个、助餐点150个，城区15分钟就餐圈覆盖率达到95%。"),
    (2, "落实就餐补贴。鼓励各县（区）对高龄老年人给予每餐不超过5元的补贴。"),
    (1, "实施人才培养工程"),
    (2, "培训护理员。每年培训养老护理员1000人次，举办1届养老护理职业技能大赛。"),
    (2, "加强院校合作。支持示例职业学院开设养老服务专业，定期开展校企对接。"),
    (0, "保障措施"),
    (1, "加强组织领导。建立市养老服务联席会议制度，每季度召开1次会议。"),
    (1, "保障资金投入。将养老服务经费列入年度预算，福利彩票公益金用于养老服务的比例不低于55%。"),
    (0, "实施步骤"),
    (1, "动员部署阶段（2023年3月—2023年6月）。各县（区）制定具体方案。"),
    (1, "全面推进阶段（2023年7月—2025年9月）。落实各项任务，每半年报送进展。"),
    (1, "总结评估阶段（2025年10月—12月）。对目标任务完成情况开展评估。"),
)
HEADER = ("序号", "重点任务", "工作内容", "牵头单位", "责任单位", "完成时限")
ROWS = (
    (
        "1",
        "居家适老行动",
        "开展适老化改造，三年完成2400户",
        "市民政局、市住房城乡建设局",
        "市财政局，各县（区）人民政府",
        "2025年12月底",
    ),
    (
        "2",
        "居家适老行动",
        "建设家庭养老床位1500张",
        "市民政局、市住房城乡建设局",
        "市卫生健康委、医保局",
        "2024年12月底",
    ),
    (
        "3",
        "社区助餐行动",
        "布局助餐网点，新建社区食堂60个、助餐点150个",
        "市民政局",
        "市商务局、市市场监管局",
        "2025年12月底",
    ),
    ("4", "社区助餐行动", "落实就餐补贴", "市财政局", "同上", "每年12月底"),
    (
        "5",
        "人才培养工程",
        "培训护理员，每年1000人次",
        "市人力资源社会保障局",
        "市民政局、市总工会",
        "持续推进",
    ),
    ("6", "人才培养工程", "加强院校合作", "市教育局", "示例职业学院", "持续推进"),
)
MERGED_DOWN = ((1, 1, 2), (1, 3, 4), (1, 5, 6), (3, 1, 2))  # column, first and last row


def _number_list(document: WordDocument) -> None:
    """Add a list of three levels as Word keeps it."""
    levels = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for index, (form, text) in enumerate(LEVELS)
    )
    root = document.part.numbering_part.element
    abstract = f'<w:abstractNum {NAMESPACES} w:abstractNumId="{ABSTRACT}">{levels}</w:abstractNum>'
    root.insert(0, parse_xml(abstract))
    root.append(
        parse_xml(f'<w:num {NAMESPACES} w:numId="{NUM}"><w:abstractNumId w:val="{ABSTRACT}"/></w:num>')
    )


def _append(parent: etree._Element, written: str) -> None:
    parent.append(parse_xml(written))


def _numbered(paragraph: Paragraph, level: int) -> None:
    number = f'<w:numPr {NAMESPACES}><w:ilvl w:val="{level}"/><w:numId w:val="{NUM}"/></w:numPr>'
    _append(paragraph._p.get_or_add_pPr(), number)  # noqa: SLF001 - python-docx has no public way


def _track_change(paragraph: Paragraph) -> None:
    """Strike out words and put others in, so that only the new ones may be read."""
    element = paragraph._p  # noqa: SLF001 - the same
    old = "<w:r><w:delText>原定每年召开一次会议。</w:delText></w:r>"
    struck = f'<w:del {NAMESPACES} w:id="1" w:author="示例">{old}</w:del>'
    put_in = (
        f'<w:ins {NAMESPACES} w:id="2" w:author="示例"><w:r><w:t>会议纪要报市政府备案。</w:t></w:r></w:ins>'
    )
    _append(element, struck)
    _append(element, put_in)


def _fill(table: Table, rows: Sequence[Sequence[str]]) -> None:
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    for column, first, last in MERGED_DOWN:
        text = rows[first][column]
        for index in range(first + 1, last + 1):
            table.cell(index, column).text = ""
        table.cell(first, column).merge(table.cell(last, column)).text = text


def _written() -> WordDocument:
    document = Document()
    _number_list(document)
    for text in FRONT:
        document.add_paragraph(text)
    for level, text in BODY:
        paragraph = document.add_paragraph(text)
        if level is not None:
            _numbered(paragraph, level)
        if "联席会议" in text:
            _track_change(paragraph)
    document.add_paragraph("附件")
    document.add_paragraph("示例市养老服务体系建设任务分工表")
    _fill(document.add_table(rows=len(ROWS) + 1, cols=len(HEADER)), (HEADER, *ROWS))
    return document


def contents() -> bytes:
    """Return the document: the same bytes on every day."""
    document = _written()
    properties = document.core_properties
    properties.created = properties.modified = WRITTEN
    properties.author = properties.last_modified_by = "kesu"
    held = io.BytesIO()
    document.save(held)
    fixed = io.BytesIO()
    with zipfile.ZipFile(held) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist()):
            target.writestr(zipfile.ZipInfo(name, EPOCH), source.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(contents())
    sys.stdout.write(f"{TARGET}\n")
