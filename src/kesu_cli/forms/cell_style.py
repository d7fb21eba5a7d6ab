"""What the styles of a workbook make of a number or a text: a month, per cent, words added, struck out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kesu_cli.forms.xlsx_package import Package, local_name

_PART = "xl/styles.xml"
_MONTH_FORMATS = frozenset({17, 27, 36, 50, 52, 57})
_PERCENT_FORMATS = frozenset({9, 10})
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')
_ADDED = re.compile(r'"([^"]*)"|[\\!](.)|\[\$([^\]-]*)[^\]]*\]|([^\x00-\x7f])|[_*].|\[[^\]]*\]')
_SECTION = re.compile(r'(?:"[^"]*"|\\.|[^;"\\])+')
_SCALED = re.compile(r"[0#?],+(?![0#?,])|!\.")
_DATE = re.compile(r"[ymdhsgeb]")
_SCALES = "缩小的倍数"


@dataclass(frozen=True)
class CellStyles:
    """The numbers of the styles that show something else than what stands in a cell.

    ``worded`` are the words that a number format adds to the number, by style, ``text_worded`` to a text.
    """

    months: frozenset[str] = frozenset()
    percents: frozenset[str] = frozenset()
    struck: frozenset[str] = frozenset()
    worded: Mapping[str, str] = field(default_factory=dict)
    text_worded: Mapping[str, str] = field(default_factory=dict)


def cell_styles(package: Package) -> CellStyles:
    """Read the styles."""
    if _PART not in package.parts:
        return CellStyles()
    codes = {int(e.get("numFmtId", "0")): e.get("formatCode", "") for e in package.elements(_PART, "numFmt")}
    fonts = [is_struck(font) for group in package.elements(_PART, "fonts") for font in group]
    styles = [style for group in package.elements(_PART, "cellXfs") for style in group]
    used = [int(style.get("numFmtId", "0")) for style in styles]
    faces = [int(style.get("fontId", "0")) for style in styles]
    months = (str(at) for at, number in enumerate(used) if _is_month(number, codes.get(number)))
    percents = (str(at) for at, number in enumerate(used) if _is_percent(number, codes.get(number)))
    struck = (str(at) for at, font in enumerate(faces) if font < len(fonts) and fonts[font])
    written = {str(at): codes.get(number, "") for at, number in enumerate(used)}
    worded = {style: added for style, code in written.items() if (added := _words(code))}
    of_texts = {style: added for style, code in written.items() if (added := _words(_section_of_text(code)))}
    return CellStyles(frozenset(months), frozenset(percents), frozenset(struck), worded, of_texts)


def is_struck(font: Any) -> bool:
    """Whether a font strikes its text out."""
    marks = (child for child in font if local_name(child) == "strike")
    return any(mark.get("val", "1") not in ("0", "false") for mark in marks)


def _is_month(number: int, code: str | None) -> bool:
    if code is None:
        return number in _MONTH_FORMATS
    signs = _QUOTED.sub("", code).lower()
    return "y" in signs and "m" in signs and not set(signs) & set("dhs")


def _is_percent(number: int, code: str | None) -> bool:
    return number in _PERCENT_FORMATS if code is None else "%" in _QUOTED.sub("", code)


def _words(code: str) -> str:
    """Return what a format adds to a number: 万 of 0"万"; nothing for days and mere signs."""
    signs = _QUOTED.sub("", code.replace("General", "0")).lower()
    if _DATE.search(signs.replace("e+", "").replace("e-", "")):
        return ""
    added = "".join(dict.fromkeys(_added(code)))
    return added if any(map(str.isalnum, added)) else _SCALES if _SCALED.search(signs) else ""


def _section_of_text(code: str) -> str:
    """Return the part of a format that texts are shown by; empty where they are shown as they are."""
    return next((section for section in _SECTION.findall(code) if "@" in _QUOTED.sub("", section)), "")


def _added(code: str) -> Iterator[str]:
    for match in _ADDED.finditer(code):
        yield next(filter(None, match.groups()), "")
