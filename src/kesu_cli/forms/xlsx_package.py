"""The file a form comes in: is it an .xlsx at all, how large are its sheets, how are its cells formatted."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any
from xml.etree import ElementTree as ET

from kesu_cli.forms.form_fault import NotAForm

LARGEST = 20_000_000
LARGEST_UNPACKED = 200_000_000
LAST_ROW, LAST_COLUMN = 5_000, 200

_OLD = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_SAVE_AS = "请用 WPS 或 Excel 打开它，“另存为”选 .xlsx（Excel 工作簿），再导入"
_MONTH_FORMATS = frozenset({17, 27, 36, 50, 52, 57})
_PERCENT_FORMATS = frozenset({9, 10})
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")


At = tuple[int, int]


@dataclass(frozen=True)
class CellFormats:
    """Cells of one sheet, by row and column from 0, that are shown as a month or as per cent.

    ``broken`` are formulas without a result, with what stands in its place; ``numbers`` are the bare
    numbers behind cells, whatever they are shown as.
    """

    months: frozenset[At] = frozenset()
    percents: frozenset[At] = frozenset()
    broken: Mapping[At, str] = field(default_factory=dict)
    numbers: Mapping[At, float] = field(default_factory=dict)


def cell_formats(content: bytes) -> dict[str, CellFormats]:
    """Return the formats by sheet name; raises NotAForm for what is no .xlsx or far too large."""
    if len(content) > LARGEST:
        raise NotAForm(f"文件有 {len(content) / 1e6:.0f} MB，填报表不会这么大", "请核对是不是选错了文件")
    if content.startswith(_OLD):
        raise NotAForm("这是旧格式（.xls、.et）的表格，或加了打开密码", f"{_SAVE_AS}；有密码的先取消密码")
    if not content.startswith(_ZIP):
        raise NotAForm("这不是 .xlsx 表格（可能是网页或文本改了扩展名）", _SAVE_AS)
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            return _formats(package)
    except (zipfile.BadZipFile, ET.ParseError, KeyError, ValueError, OSError, RuntimeError) as error:
        raise NotAForm("表格文件已经损坏，打不开", "请用 WPS 或 Excel 打开修复后另存一份，再导入") from error


def _formats(package: zipfile.ZipFile) -> dict[str, CellFormats]:
    if sum(part.file_size for part in package.infolist()) > LARGEST_UNPACKED:
        raise NotAForm("表格解开后太大，填报表不会这么大", "请核对是不是选错了文件")
    if "xl/workbook.xml" not in package.namelist():
        raise NotAForm("这不是 .xlsx 表格", _SAVE_AS)
    months, percents = _styles(package)
    return {name: _sheet(package, part, months, percents) for name, part in _sheets(package)}


def _sheets(package: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    links = {
        element.get("Id"): element.get("Target", "")
        for element in _elements(package, "xl/_rels/workbook.xml.rels", "Relationship")
    }
    for element in _elements(package, "xl/workbook.xml", "sheet"):
        link = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
        part = PurePosixPath("/xl", links.get(link, "")).as_posix().lstrip("/")
        if part in package.namelist():
            yield element.get("name", ""), part


def _styles(package: zipfile.ZipFile) -> tuple[frozenset[str], frozenset[str]]:
    """Return the style numbers that show a month, and those that show per cent."""
    if "xl/styles.xml" not in package.namelist():
        return frozenset(), frozenset()
    root = _parsed(package, "xl/styles.xml")
    codes = {int(e.get("numFmtId", "0")): e.get("formatCode", "") for e in root.iter() if _is(e, "numFmt")}
    styles = next((e for e in root.iter() if _is(e, "cellXfs")), ET.Element("none"))
    used = [int(style.get("numFmtId", "0")) for style in styles]
    months = (str(at) for at, number in enumerate(used) if _is_month(number, codes.get(number)))
    percents = (str(at) for at, number in enumerate(used) if _is_percent(number, codes.get(number)))
    return frozenset(months), frozenset(percents)


def _is_month(number: int, code: str | None) -> bool:
    if code is None:
        return number in _MONTH_FORMATS
    signs = _QUOTED.sub("", code).lower()
    return "y" in signs and "m" in signs and not set(signs) & set("dhs")


def _is_percent(number: int, code: str | None) -> bool:
    return number in _PERCENT_FORMATS if code is None else "%" in _QUOTED.sub("", code)


def _sheet(
    package: zipfile.ZipFile, part: str, months: frozenset[str], percents: frozenset[str]
) -> CellFormats:
    found: dict[str, set[At]] = {"month": set(), "percent": set()}
    broken: dict[At, str] = {}
    numbers: dict[At, float] = {}
    with package.open(part) as stream:
        for _, element in ET.iterparse(stream):  # noqa: S314 - expat refuses entities that explode
            if not _is(element, "c"):
                continue
            style, at = element.get("s", "0"), _position(element.get("r", "A1"))
            has_content = len(element) > 0
            if has_content and (at[0] > LAST_ROW or at[1] > LAST_COLUMN):
                raise NotAForm(
                    f"表格里有内容写在了很远的地方（{element.get('r')}）", "请删去那里的内容，再导入"
                )
            if style in months:
                found["month"].add(at)
            elif style in percents:
                found["percent"].add(at)
            if failure := _failure(element):
                broken[at] = failure
            numbers.update({at: number} if (number := _number(element)) is not None else {})
            element.clear()
    return CellFormats(frozenset(found["month"]), frozenset(found["percent"]), broken, numbers)


def _number(cell: Any) -> float | None:
    if cell.get("t", "n") != "n":
        return None
    return next((float(child.text) for child in cell if _is(child, "v") and child.text), None)


def _failure(cell: Any) -> str:
    """Return the error that a formula gives, or the formula itself where nobody has worked it out."""
    parts = {child.tag.rpartition("}")[2]: child.text or "" for child in cell}
    if cell.get("t") == "e":
        return parts.get("v", "#")
    has_result = parts.get("v") or cell.get("t") == "str"
    return f"={parts['f']}" if "f" in parts and not has_result else ""


def _position(name: str) -> At:
    match = _CELL.fullmatch(name)
    if match is None:
        raise ValueError(name)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _elements(package: zipfile.ZipFile, part: str, name: str) -> Iterator[Any]:
    return (element for element in _parsed(package, part).iter() if _is(element, name))


def _parsed(package: zipfile.ZipFile, part: str) -> Any:
    return ET.fromstring(package.read(part))  # noqa: S314 - expat refuses entities that explode


def _is(element: Any, name: str) -> bool:
    return isinstance(element.tag, str) and element.tag.rpartition("}")[2] == name
