"""How a sheet of a form looks: formats, what is hidden or struck out, what lies over its cells."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

from kesu_cli.forms.cell_style import CellStyles, cell_styles, is_struck
from kesu_cli.forms.form_fault import NotAForm
from kesu_cli.forms.xlsx_package import Package, local_name

LAST_ROW, LAST_COLUMN = 5_000, 200
MOST_CELLS = 300_000

_STRINGS = "xl/sharedStrings.xml"
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_IMAGE = re.compile(r"=?(?:_xlfn\.)?(?:DISPIMG|IMAGE)\(", re.IGNORECASE)
_NO = (None, "0", "false")


At = tuple[int, int]


class Laid(Enum):
    """What lies over or in a cell and is no text of it."""

    PICTURE = "picture"
    EMBEDDED = "embedded picture"
    CHART = "chart"
    SHAPE = "shape"
    OBJECT = "object"
    CONTROL = "control"
    COMMENT = "comment"
    BACKGROUND = "background"


_DRAWN = {"pic": Laid.PICTURE, "graphicFrame": Laid.CHART, "sp": Laid.SHAPE, "cxnSp": Laid.SHAPE}
_EMBEDDED = {"oleObject": Laid.OBJECT, "control": Laid.CONTROL, "picture": Laid.BACKGROUND}


@dataclass(frozen=True)
class SheetLook:
    """What one sheet shows beside the text of its cells; rows and columns count from 0.

    ``broken`` are formulas without a result, with what stands in its place; ``numbers`` are the bare
    numbers behind cells, whatever they are shown as; ``worded`` are the words that a format adds to them;
    ``links`` are the addresses that open when a cell is clicked.
    """

    months: frozenset[At] = frozenset()
    percents: frozenset[At] = frozenset()
    broken: Mapping[At, str] = field(default_factory=dict)
    numbers: Mapping[At, float] = field(default_factory=dict)
    struck: frozenset[At] = frozenset()
    worded: Mapping[At, str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    laid: tuple[tuple[At, Laid], ...] = ()
    links: Mapping[At, str] = field(default_factory=dict)
    is_hidden: bool = False


def looks(package: Package) -> dict[str, SheetLook]:
    """Return how each sheet looks, by its name; raises NotAForm where one reaches far too wide."""
    styles, struck = cell_styles(package), frozenset(_struck_texts(package))
    found = {name: _SheetWalk(styles, struck).look(package, part) for name, part in package.sheets()}
    hidden = frozenset(package.hidden_sheets())
    return {name: replace(look, is_hidden=name in hidden) for name, look in found.items()}


def _struck_texts(package: Package) -> Iterator[str]:
    """Yield the numbers of the shared texts of which some words are struck out."""
    if _STRINGS in package.parts:
        for number, text in enumerate(package.elements(_STRINGS, "si")):
            if _has_struck_words(text):
                yield str(number)


def _has_struck_words(text: Any) -> bool:
    return any(is_struck(font) for font in text.iter() if local_name(font) == "rPr")


class _SheetWalk:
    """Goes through the cells of a sheet once, forgetting each when it has been looked at."""

    def __init__(self, styles: CellStyles, struck_texts: frozenset[str]) -> None:
        self._styles = styles
        self._struck_texts = struck_texts
        self._at: dict[str, set[At]] = {"month": set(), "percent": set(), "struck": set()}
        self._broken: dict[At, str] = {}
        self._numbers: dict[At, float] = {}
        self._worded: dict[At, str] = {}
        self._hidden: dict[str, set[int]] = {"row": set(), "col": set()}
        self._laid: dict[tuple[At, Laid], None] = {}
        self._linked: dict[At, str] = {}
        self._cells = 0
        self._filled = False  # whether the row has content so far

    def look(self, package: Package, part: str) -> SheetLook:
        stream = BytesIO(package.parts[part])
        for _, element in ET.iterparse(stream):  # noqa: S314 - expat refuses entities that explode
            self._see(element, local_name(element))
        self._laid.update(dict.fromkeys(_laid_over(package, part)))
        outside = package.outside(part) if self._linked else {}
        return SheetLook(
            months=frozenset(self._at["month"]),
            percents=frozenset(self._at["percent"]),
            broken=self._broken,
            numbers=self._numbers,
            struck=frozenset(self._at["struck"]),
            worded=self._worded,
            hidden_rows=frozenset(self._hidden["row"]),
            hidden_columns=frozenset(self._hidden["col"]),
            laid=tuple(self._laid),
            links={at: outside[link] for at, link in self._linked.items() if link in outside},
        )

    def _see(self, element: Any, name: str) -> None:
        if name == "c":
            self._cell(element)
            element.clear()
        elif name == "row" and not (element.text or "").strip():  # one with a text is a place of an object
            self._row(element)
            element.clear()
        elif name == "col":
            ends = element.get("min", "0"), element.get("max", "0")
            self._hide(element, "col", ends, element.get("width"))
        elif name == "hyperlink":
            link = next((text for key, text in element.items() if key.endswith("}id")), "")
            self._linked[_position(element.get("ref", "A1").partition(":")[0])] = link
        elif name in _EMBEDDED:
            start = next((child for child in element.iter() if local_name(child) == "from"), None)
            self._laid[(_corner(start), _EMBEDDED[name])] = None

    def _row(self, row: Any) -> None:
        number = row.get("r", "1")
        if self._filled and int(number) > LAST_ROW + 1:
            raise _far_away(f"第 {number} 行")
        self._filled = False
        self._hide(row, "row", (number, number), row.get("ht"))

    def _hide(self, element: Any, name: str, ends: tuple[str, str], size: str | None) -> None:
        if element.get("hidden") not in _NO or (size is not None and float(size) == 0):
            first, last = int(ends[0]) - 1, min(int(ends[1]), LAST_ROW)
            self._hidden[name].update(range(first, last))

    def _cell(self, cell: Any) -> None:
        style, at = cell.get("s", "0"), _position(cell.get("r", "A1"))
        self._cells += 1
        if self._cells > MOST_CELLS:
            raise NotAForm("表格里的格子太多，填报表不会这么大", "请删去表格下面和右边多余的行、列，再导入")
        if len(cell) and (at[0] > LAST_ROW or at[1] > LAST_COLUMN):
            raise _far_away(cell.get("r"))
        if style in self._styles.months:
            self._at["month"].add(at)
        elif style in self._styles.percents:
            self._at["percent"].add(at)
        if len(cell):
            self._content(cell, style, at)

    def _content(self, cell: Any, style: str, at: At) -> None:
        self._filled = True
        if failure := _failure(cell):
            self._broken[at] = failure
        texts = {local_name(child): child.text or "" for child in cell}
        if cell.get("vm") or any(_IMAGE.match(text) for text in texts.values()):
            self._laid[(at, Laid.EMBEDDED)] = None
        is_shared = cell.get("t") == "s" and texts.get("v") in self._struck_texts
        if style in self._styles.struck or is_shared or _has_struck_words(cell):
            self._at["struck"].add(at)
        number = _number(cell)
        if number is not None:
            self._numbers[at] = number
        worded = self._styles.text_worded if number is None else self._styles.worded
        if style in worded:
            self._worded[at] = worded[style]


def _far_away(where: str) -> NotAForm:
    return NotAForm(f"表格里有内容写在了很远的地方（{where}）", "请删去那里的内容，再导入")


def _number(cell: Any) -> float | None:
    if cell.get("t", "n") != "n":
        return None
    return next((float(child.text) for child in cell if local_name(child) == "v" and child.text), None)


def _failure(cell: Any) -> str:
    """Return the error that a formula gives, or the formula itself where nobody has worked it out."""
    parts = {local_name(child): child.text or "" for child in cell}
    if cell.get("t") == "e":
        return parts.get("v", "#")
    has_result = parts.get("v") or cell.get("t") == "str"
    return f"={parts['f']}" if "f" in parts and not has_result else ""


def _laid_over(package: Package, part: str) -> Iterator[tuple[At, Laid]]:
    """Yield what lies over a sheet: pictures, charts, shapes, comments."""
    for drawing in package.linked(part, "drawing"):
        for anchor in package.elements(drawing, "twoCellAnchor", "oneCellAnchor", "absoluteAnchor"):
            start = next((child for child in anchor if local_name(child) == "from"), None)
            kinds = (_DRAWN.get(local_name(element)) for element in anchor.iter())
            yield _corner(start), next(filter(None, kinds), Laid.SHAPE)
    for kind in ("comments", "threadedComment"):
        for comments in package.linked(part, kind):
            for comment in package.elements(comments, "comment", "threadedComment"):
                yield _position(comment.get("ref", "A1")), Laid.COMMENT


def _corner(start: Any) -> At:
    """Return the cell at which something that lies over the sheet begins."""
    parts = {} if start is None else {local_name(child): child.text or "0" for child in start}
    return int(parts.get("row", "0")), int(parts.get("col", "0"))


def _position(name: str) -> At:
    match = _CELL.fullmatch(name)
    if match is None:
        raise ValueError(name)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1
