"""A Word document to blocks: paragraphs with their automatic numbers, tables, text boxes."""

import io
import re
import zipfile
from collections.abc import Iterator

from docx import Document as open_docx
from docx.oxml.ns import qn
from lxml import etree

from kesu_cli.model.document import Block, Paragraph, Table
from kesu_cli.source.document_numbering import Numbering
from kesu_cli.source.document_text import NoDocument, clean
from kesu_cli.source.grid import Cell, grid_of

LARGEST_TEXT = 20_000_000
LARGEST_WHOLE = 200_000_000
MOST_PARTS = 5_000

_TEXT = "word/document.xml"
_BROKEN = "Word 文件已损坏；请用 WPS 或 Word 打开，确认能看到正文后重新保存"
_SKIPPED = {qn(name) for name in ("w:del", "w:moveFrom", "w:instrText", "w:rPr", "w:pPr")}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_HEADING = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)
_DEEPEST = 100


def blocks_of_docx(content: bytes) -> tuple[Block, ...]:
    """Read the text of a .docx; raises NoDocument for what is none, or is too large unpacked."""
    _weigh(content)
    try:
        document = open_docx(io.BytesIO(content))
        return tuple(_Walk(document.part).read())
    except (KeyError, ValueError, zipfile.BadZipFile, etree.LxmlError, OSError, NotImplementedError):
        raise NoDocument(_BROKEN) from None


def _weigh(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise NoDocument(_BROKEN) from None
    sizes = {part.filename: part.file_size for part in parts}
    if _TEXT not in sizes:
        raise NoDocument("这是压缩包、表格或别的办公文件，不是 Word 文档；请换成 .docx、.txt、.md 或 .html")
    if sizes[_TEXT] > LARGEST_TEXT or sum(sizes.values()) > LARGEST_WHOLE or len(parts) > MOST_PARTS:
        raise NoDocument("Word 文件解开后过大；请删去图片和附件，只留方案的文字再试")
