"""The automatic numbers of a Word document: they stand nowhere in its text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from docx.oxml.ns import qn
from lxml import etree

from kesu_cli.source.documents.docx_numeral import numeral

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml exports the class of its elements under no other name

_SILENT = {"bullet", "none"}
_HEADING = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"%(\d)")
_NESTING = 20


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int
    style: str


class ListStyles:
    """What the paragraph styles say of numbers and heading ranks."""

    def __init__(self, root: Element) -> None:
        self._by_id = {style.get(qn("w:styleId"), ""): style for style in root.iter(qn("w:style"))}

    def chain(self, identifier: str) -> Iterator[Element]:
        """Yield the style and those it is based on."""
        for _ in range(_NESTING):
            style = self._by_id.get(identifier)
            if style is None:
                return
            yield style
            identifier = _value(style, "w:basedOn")

    def heading_of(self, paragraph: Element) -> int:
        """Return the rank of a paragraph in a heading style, 0 for running text."""
        for style in self.chain(_value(paragraph, "w:pPr", "w:pStyle")):
            match = _HEADING.fullmatch(_value(style, "w:name"))
            if match:
                return int(match[1])
        return 0


class ListNumbering:
    """Counts through the paragraphs in order and prints the label of each."""

    def __init__(self, root: Element | None, styles: ListStyles) -> None:
        self._styles = styles
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._of_num: dict[str, tuple[str, dict[int, int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        for element in root if root is not None else ():
            if element.tag == qn("w:abstractNum"):
                self._abstract[element.get(qn("w:abstractNumId"), "")] = _levels(element)
            elif element.tag == qn("w:num"):
                self._take_num(element)

    def _take_num(self, element: Element) -> None:
        identifier, abstract = element.get(qn("w:numId"), ""), _value(element, "w:abstractNumId")
        starts: dict[int, int] = {}
        for override in element.findall(qn("w:lvlOverride")):
            index = int(override.get(qn("w:ilvl"), "0"))
            start = _value(override, "w:startOverride")
            if start.isdecimal():
                starts[index] = int(start)
            level = override.find(qn("w:lvl"))
            if level is not None:
                own = f"{abstract}/{identifier}"
                self._abstract[own] = {**self._abstract.get(abstract, {}), index: _level(level)}
                abstract = own
        self._of_num[identifier] = (abstract, starts)

    def label_of(self, paragraph: Element) -> str:
        """Return the printed label of the next paragraph, empty where it has none."""
        num, index = self._found(paragraph)
        if num not in self._of_num:
            return ""
        abstract, starts = self._of_num[num]
        levels = self._abstract.get(abstract, {})
        if index not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        restarts = index in starts and (num, index) not in self._begun
        self._begun.add((num, index))
        first = starts.get(index, levels[index].start)
        counts[index] = first if restarts or index not in counts else counts[index] + 1
        for deeper in [level for level in counts if level > index]:
            del counts[deeper]
        return _printed(levels, index, counts)

    def _found(self, paragraph: Element) -> tuple[str, int]:
        """Find the number list of a paragraph and the level in it, its own or that of its style."""
        num, level = _num_of(paragraph)
        identifier = _value(paragraph, "w:pPr", "w:pStyle")
        for style in self._styles.chain(identifier):
            if num:
                break
            num, level = _num_of(style)
            if num and level is None:
                abstract = self._of_num.get(num, ("", {}))[0]
                levels = self._abstract.get(abstract, {})
                linked = (index for index, row in levels.items() if row.style == style.get(qn("w:styleId")))
                level = next(linked, 0)
        return num, level or 0


def _num_of(holder: Element) -> tuple[str, int | None]:
    level = _value(holder, "w:pPr", "w:numPr", "w:ilvl")
    return _value(holder, "w:pPr", "w:numPr", "w:numId"), int(level) if level.isdecimal() else None


def _levels(abstract: Element) -> dict[int, _Level]:
    return {int(level.get(qn("w:ilvl"), "0")): _level(level) for level in abstract.findall(qn("w:lvl"))}


def _level(element: Element) -> _Level:
    start = _value(element, "w:start")
    form = _value(element, "w:numFmt") or "decimal"
    return _Level(
        form,
        _value(element, "w:lvlText"),
        int(start) if start.isdecimal() else 1,
        _value(element, "w:pStyle"),
    )


def _value(element: Element, *path: str) -> str:
    found = element.find("/".join(map(qn, path)))
    return found.get(qn("w:val"), "") if found is not None else ""


def _printed(levels: dict[int, _Level], index: int, counts: dict[int, int]) -> str:
    level = levels[index]
    if level.form in _SILENT:
        return ""

    def number(match: re.Match[str]) -> str:
        other = int(match[1]) - 1
        row = levels.get(other, level)
        return numeral(counts.get(other, row.start), row.form)

    label = _PLACEHOLDER.sub(number, level.text).strip()
    return f"{label}．" if label.isdecimal() else label
