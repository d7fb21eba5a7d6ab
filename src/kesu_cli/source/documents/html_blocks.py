"""A saved web page to blocks: the page's own furniture left out, tables kept."""

import re
from collections.abc import Iterator

from lxml import etree, html

from kesu_cli.model.document import Block, Paragraph, Table
from kesu_cli.source.documents.spanning_cells import SpanningCell, grid_of, whole_number
from kesu_cli.source.documents.text_blocks import NoDocument, clean

_DROPPED = {
    *(
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "object",
        "head",
        "svg",
        "canvas",
        "audio",
        "video",
    ),
    *("nav", "footer", "aside", "form", "button", "select", "option", "input", "textarea"),
}
_BLOCKS = {
    *(
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
    ),
    *(
        "figure",
        "figcaption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "menu",
        "ol",
        "p",
    ),
    *("pre", "section", "table", "tbody", "td", "th", "thead", "tfoot", "tr", "ul", "caption"),
}
_HEADINGS = {f"h{rank}": rank for rank in range(1, 7)}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|breadcrumb|crumbs?|share|footer|foot(?!-?note)|copyright|toolbar|sidebar|related|qrcode|pagination|topbar|login|search)(?:$|[\s_-])",
    re.IGNORECASE,
)
_FURNITURE_SHARE = 0.3
_MAIN_SHARE = 0.7
_DEEPEST = 200
_FEWEST_PARAGRAPHS = 8
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")


def blocks_of_html(text: str) -> tuple[tuple[Block, ...], tuple[Paragraph, ...]]:
    """Read the paragraphs and tables of the main text of a page, and the lines that stand beside it."""
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8", huge_tree=True)
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, ValueError):
        raise NoDocument("网页里没有文字；请在浏览器里打开，确认能看到正文后重新保存") from None
    body = root.find("body")
    page = root if body is None else body
    _strip(page)
    main = _main(page)
    walk = _Walk()
    title = None if main is page else _title_outside(page, main)
    if title is not None:
        walk.visit(title)
    walk.visit(main)
    return tuple(walk.blocks), tuple(_beside(page, main, title))


def _beside(
    page: html.HtmlElement, main: html.HtmlElement, title: html.HtmlElement | None
) -> Iterator[Paragraph]:
    """Yield what the page says outside its main text, cell by cell."""
    if main is page:
        return
    for element in (main, title):
        if element is not None:
            element.drop_tree()
    walk = _Walk()
    walk.visit(page)
    for block in walk.blocks:
        if isinstance(block, Paragraph):
            yield Paragraph(block.text, 0)
        else:
            yield from (Paragraph(cell, 0) for row in block.rows for cell in dict.fromkeys(row) if cell)


def _strip(page: html.HtmlElement) -> None:
    size = max(len(_text(page)), 1)
    for element in list(page.iter(etree.Element)):
        if element is page or element.getparent() is None:
            continue
        names = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}"
        is_hidden = "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style", "")))
        is_furniture = bool(_FURNITURE.search(names)) and len(_text(element)) < _FURNITURE_SHARE * size
        if element.tag in _DROPPED or is_hidden or is_furniture:
            element.drop_tree()


def _main(page: html.HtmlElement) -> html.HtmlElement:
    """Go down as long as one child holds most of the text."""
    here, size = page, len(_text(page))
    while True:
        children = [
            child for child in here if child.tag in _BLOCKS and child.tag != "p" and not _is_data(child)
        ]
        heavy = next((child for child in children if len(_text(child)) >= _MAIN_SHARE * size), None)
        if heavy is None:
            return here
        here = heavy


def _title_outside(page: html.HtmlElement, main: html.HtmlElement) -> html.HtmlElement | None:
    for heading in page.iter("h1"):
        if main not in heading.iterancestors() and re.search(
            "方案|计划|规划|纲要|意见|要点|通知", _text(heading)
        ):
            return heading
    return None


def _text(element: html.HtmlElement) -> str:
    return "".join("".join(part for part in element.itertext()).split())


class _Walk:
    """Collects blocks in the order of the page."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._held: list[str] = []
        self._line = 1
        self._heading = 0
        self._numbers: dict[html.HtmlElement, int] = {}

    def visit(self, element: html.HtmlElement, depth: int = 0) -> None:
        if _is_data(element):
            self._flush()
            self.blocks.extend(_table(element))
            return
        is_block = element.tag in _BLOCKS
        if is_block:
            self._flush()
            self._heading = _HEADINGS.get(str(element.tag), self._heading)
        elif element.tag == "br":
            self._flush()
        self._add(self._number(element), element)
        self._add(element.text, element)
        for child in element:
            if depth < _DEEPEST:
                self.visit(child, depth + 1)
            else:
                self._add("".join(child.itertext()), child)
            self._add(child.tail, child)
        if is_block:
            self._flush()
            self._heading = 0 if element.tag in _HEADINGS else self._heading

    def _add(self, text: str | None, element: html.HtmlElement) -> None:
        if text and text.strip() and not self._held:
            self._line = element.sourceline or self._line
        if text:
            self._held.append(text)

    def _flush(self) -> None:
        text = clean(_SPACE.sub(" ", "".join(self._held)))
        self._held.clear()
        if text:
            self.blocks.append(Paragraph(text, self._line, self._heading))

    def _number(self, element: html.HtmlElement) -> str:
        """Return the number that a browser prints before an item of a numbered list."""
        parent = element.getparent()
        if element.tag != "li" or parent is None or parent.tag != "ol":
            return ""
        if parent not in self._numbers:
            before = sum(1 for sibling in element.itersiblings("li", preceding=True))
            self._numbers[parent] = _start(parent) + before
        else:
            self._numbers[parent] += 1
        return f"{self._numbers[parent]}．"


def _start(numbered: html.HtmlElement) -> int:
    written = numbered.get("start", "1")
    return 0 if written == "0" else whole_number(written)


def _is_data(table: html.HtmlElement) -> bool:
    """Whether a table holds data, not the layout of the page."""
    if table.tag != "table":
        return False
    rows = list(table.iter("tr"))
    widest = max((len(row.findall("td")) + len(row.findall("th")) for row in rows), default=0)
    is_nested = any(True for _ in table.iterdescendants("table"))
    return len(rows) > 1 and widest > 1 and not is_nested and not _lays_out(table)


def _lays_out(table: html.HtmlElement) -> bool:
    """Whether one cell holds a whole article: then the table only lays out the page."""
    size = len(_text(table))
    heavy = (cell for cell in table.iter("td") if len(_text(cell)) > _MAIN_SHARE * size)
    return any(sum(1 for _ in cell.iter("p", "br", "div")) > _FEWEST_PARAGRAPHS for cell in heavy)


def _table(table: html.HtmlElement) -> Iterator[Table]:
    rows = list(table.iter("tr"))
    cells = [[_cell(cell) for cell in row if cell.tag in {"td", "th"}] for row in rows]
    grid = grid_of(cells)
    if grid:
        yield Table(grid, tuple(row.sourceline or 1 for row in rows))


def _cell(element: html.HtmlElement) -> SpanningCell:
    walk = _Walk()
    walk.visit(element)
    text = "\n".join(block.text for block in walk.blocks if isinstance(block, Paragraph))
    return SpanningCell(text, *(whole_number(element.get(name, "1")) for name in ("colspan", "rowspan")))
