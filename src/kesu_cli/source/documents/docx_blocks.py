"""A Word document to blocks: paragraphs with their automatic numbers, tables, text boxes."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import docx
from docx.oxml.ns import qn
from lxml import etree

from kesu_cli.model.document import Block, Paragraph, Table
from kesu_cli.source.documents.docx_numbering import Element, ListNumbering, ListStyles
from kesu_cli.source.documents.text_blocks import NoDocument, clean

LARGEST_TEXT = 20_000_000
LARGEST_WHOLE = 200_000_000
MOST_PARTS = 5_000

_TEXT = "word/document.xml"
_BROKEN = "Word 文件已损坏；请用 WPS 或 Word 打开，确认能看到正文后重新保存"
_P, _TBL, _TR, _TC, _BOX = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc"), qn("w:txbxContent")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {
    *map(qn, ("w:del", "w:moveFrom", "w:instrText", "w:rPr", "w:pPr", "w:tblPr", "w:sectPr")),
    _FALLBACK,
}
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SHAPE_P, _SHAPE_T = f"{_DRAWING}p", f"{_DRAWING}t"
_APART = re.compile(
    r"word/(?:(?:footnotes|endnotes|header\d*|footer\d*)|(?:diagrams/data|charts/chart)\d*)\.xml"
)
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_WORDS = {qn("w:t"), "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"}
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_WIDEST = 100
_LONGEST_NUMBER = 9  # digits
# zipfile stops inside these at the size that a part declares, in the others only after all is unpacked
_BOUNDED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


def text_parts_of_docx(content: bytes) -> bytes:
    """Return the file with its texts alone, unpacked to their declared sizes and no further.

    Raises NoDocument for what is no .docx, or is too large unpacked.
    """
    made = io.BytesIO()
    with _refusing_damage(), zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        _weigh(old.infolist())
        for part in old.infolist():
            with old.open(part) as stream:
                new.writestr(part.filename, stream.read(part.file_size) if _is_xml(part) else b"")
    return made.getvalue()


def blocks_of_docx(content: bytes) -> tuple[Block, ...]:
    """Read the text of a .docx; raises NoDocument for a damaged one."""
    with _refusing_damage():
        part = docx.Document(io.BytesIO(content)).part
        body = part.element.body
        styles = ListStyles(part.styles.element)
        has_numbers = any(rel.reltype.endswith("/numbering") for rel in part.rels.values())
        numbering = ListNumbering(part.numbering_part.element if has_numbers else None, styles)
        return tuple(_Walk(numbering, styles).blocks(body))


@contextmanager
def _refusing_damage() -> Iterator[None]:
    """Turn whatever a library raises over a damaged file into the refusal of that file."""
    try:
        yield
    except NoDocument:
        raise
    except Exception as error:
        raise NoDocument(_BROKEN) from error


def notes_of_docx(content: bytes) -> tuple[Paragraph, ...]:
    """Read what stands outside the running text: footnotes, endnotes, page headers and footers, diagrams."""
    with _refusing_damage(), zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = sorted(name for name in archive.namelist() if _APART.fullmatch(name))
        roots = [etree.fromstring(archive.read(name), _PARSER) for name in names]
    texts = (text for root in roots for element in root.iter(_P, _SHAPE_P) for text in _note(element))
    return tuple(Paragraph(text, 0) for text in dict.fromkeys(texts))


def _note(element: Element) -> Iterator[str]:
    if element.tag == _SHAPE_P:
        yield from filter(None, [clean("".join(part.text or "" for part in element.iter(_SHAPE_T)))])
    else:
        yield from filter(None, map(clean, _text(element).split("\n")))


def _weigh(parts: Sequence[zipfile.ZipInfo]) -> None:
    sizes = {part.filename: part.file_size for part in parts}
    if _TEXT not in sizes:
        raise NoDocument("这是压缩包、表格或别的办公文件，不是 Word 文档；请换成 .docx、.txt、.md 或 .html")
    xml = sum(part.file_size for part in parts if _is_xml(part))
    if xml > LARGEST_TEXT or sum(sizes.values()) > LARGEST_WHOLE or len(parts) > MOST_PARTS:
        raise NoDocument("Word 文件解开后过大；请删去图片和附件，只留方案的文字再试")
    if any(part.compress_type not in _BOUNDED for part in parts if _is_xml(part)):
        raise zipfile.BadZipFile


def _is_xml(part: zipfile.ZipInfo) -> bool:
    return part.filename.endswith((".xml", ".rels"))


class _Walk:
    """Goes through the body and counts paragraphs and rows as lines."""

    def __init__(self, numbering: ListNumbering, styles: ListStyles) -> None:
        self._numbering = numbering
        self._styles = styles
        self._line = 0

    def blocks(self, parent: Element) -> Iterator[Block]:
        for element in parent:
            if element.tag == _P:
                yield from self._paragraph(element)
            elif element.tag == _TBL:
                yield from self._table(element)
            elif element.tag not in _SKIPPED:
                yield from self.blocks(element)

    def _paragraph(self, element: Element) -> Iterator[Block]:
        self._line += 1
        line = self._line
        heading = self._styles.heading_of(element)
        lines = [clean(part) for part in _text(element).split("\n")]
        label = "" if _is_deleted(element) else self._numbering.label_of(element)
        first = next((index for index, text in enumerate(lines) if text), None)
        for index, text in enumerate(lines):
            if text:
                yield Paragraph(_joined(label, text) if index == first else text, line, heading)
        for box in element.iter(_BOX):
            if not any(True for _ in box.iterancestors(_FALLBACK)) and _is_outermost(box, element):
                yield from self.blocks(box)

    def _table(self, element: Element) -> Iterator[Block]:
        if _only_lays_out(element):
            for row in _rows(element):
                for cell in _cells(row):
                    yield from self.blocks(cell)
            return
        rows: list[dict[int, str]] = []
        lines: list[int] = []
        for row in _rows(element):
            self._line += 1
            lines.append(self._line)
            rows.append(self._row(row, rows[-1] if rows else {}))
        width = max((max(row, default=-1) + 1 for row in rows), default=0)
        grid = tuple(tuple(row.get(column, "") for column in range(width)) for row in rows)
        if width == 1:
            yield from (
                Paragraph(text, line) for row, line in zip(grid, lines, strict=True) for text in _lines(row)
            )
        elif grid:
            yield Table(grid, tuple(lines))

    def _row(self, row: Element, above: dict[int, str]) -> dict[int, str]:
        places: dict[int, str] = {}
        column = _number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
        for cell in _cells(row):
            merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            goes_on = merged is not None and merged.get(qn("w:val"), "continue") == "continue"
            text = above.get(column, "") if goes_on else self._cell(cell)
            width = _number(cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1)
            places.update({column + offset: text for offset in range(width) if column + offset < _WIDEST})
            column += width
        return places

    def _cell(self, cell: Element) -> str:
        before = self._line
        blocks = list(self.blocks(cell))
        self._line = before
        texts = [block.text for block in blocks if isinstance(block, Paragraph)]
        inner = [text for block in blocks if isinstance(block, Table) for row in block.rows for text in row]
        return "\n".join([*texts, *inner])


def _only_lays_out(table: Element) -> bool:
    """Whether a table of one column holds other tables: a frame around a part of the text."""
    rows = [list(_cells(row)) for row in _rows(table)]
    is_narrow = all(len(cells) <= 1 for cells in rows)
    return is_narrow and any(next(cell.iter(_TBL), None) is not None for cells in rows for cell in cells)


def _lines(row: tuple[str, ...]) -> list[str]:
    return [text for text in row[0].split("\n") if text]


def _joined(label: str, text: str) -> str:
    if not label:
        return text
    return (
        label + text
        if re.search(r"[、．.）)：:]$", label) and not label[-2:-1].isascii()
        else f"{label} {text}"
    )


def _is_outermost(box: Element, paragraph: Element) -> bool:
    outer = next(box.iterancestors(_BOX), None)
    return outer is None or outer not in paragraph.iter(_BOX)


def _text(element: Element) -> str:
    parts: list[str] = []
    for child in element:
        if child.tag in _SKIPPED or child.tag == _BOX:
            continue
        if child.tag in _WORDS:
            parts.append(child.text or "")
        elif child.tag in _SIGNS:
            parts.append(_SIGNS[child.tag])
        elif child.tag == qn("w:r") and child.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is not None:
            continue
        else:
            parts.append(_text(child))
    return "".join(parts)


def _is_deleted(paragraph: Element) -> bool:
    mark = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}")
    return mark is not None and not _text(paragraph).strip()


def _rows(table: Element) -> Iterator[Element]:
    for element in table:
        if element.tag == _TR:
            if element.find(f"{qn('w:trPr')}/{qn('w:del')}") is None:
                yield element
        elif element.tag not in _SKIPPED:
            yield from _rows(element)


def _cells(row: Element) -> Iterator[Element]:
    for element in row:
        if element.tag == _TC:
            yield element
        elif element.tag not in _SKIPPED:
            yield from _cells(element)


def _number(element: Element | None, default: int) -> int:
    written = element.get(qn("w:val"), "") if element is not None else ""
    is_number = written.isdecimal() and len(written) <= _LONGEST_NUMBER
    return min(int(written), _WIDEST) if is_number else default
