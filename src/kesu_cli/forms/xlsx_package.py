"""The file a form comes in: an .xlsx of a likely size, taken apart before any other program opens it."""

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from kesu_cli.forms.form_fault import NotAForm

LARGEST = 20_000_000
LARGEST_TEXT = 20_000_000
LARGEST_UNPACKED = 200_000_000
MOST_PARTS = 5_000

_OLD = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_SAVE_AS = "请用 WPS 或 Excel 打开它，“另存为”选 .xlsx（Excel 工作簿），再导入"
_CHECK_WHICH = "请核对是不是选错了文件"
# zipfile stops inside these at the size that a part declares, in the others only after all is unpacked
_BOUNDED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_WORKBOOK = "xl/workbook.xml"


@dataclass(frozen=True)
class Package:
    """The parts of an .xlsx that hold text, by name."""

    parts: Mapping[str, bytes]

    def sheets(self) -> Iterator[tuple[str, str]]:
        """Yield the name and part of each sheet."""
        links = {link: target for link, _, target in self._links(_WORKBOOK)}
        for element in self.elements(_WORKBOOK, "sheet"):
            link = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
            if links.get(link) in self.parts:
                yield element.get("name", ""), links[link]

    def hidden_sheets(self) -> Iterator[str]:
        """Yield the names of the sheets that nobody sees."""
        for element in self.elements(_WORKBOOK, "sheet"):
            if element.get("state", "visible") != "visible":
                yield element.get("name", "")

    def linked(self, part: str, kind: str) -> Iterator[str]:
        """Yield the parts of a kind that another refers to."""
        for _, its_kind, target in self._links(part):
            if its_kind.rpartition("/")[2] == kind and target in self.parts:
                yield target

    def outside(self, part: str) -> dict[str, str]:
        """Return the addresses outside of the package that a part refers to, by the names of the links."""
        return {
            link.get("Id", ""): link.get("Target", "")
            for link in self._relationships(part)
            if link.get("TargetMode") == "External"
        }

    def elements(self, part: str, *names: str) -> Iterator[Any]:
        """Yield the elements of a part that bear one of the names, whatever their namespace."""
        for element in ET.fromstring(self.parts[part]).iter():  # noqa: S314 - expat refuses entities that explode
            if local_name(element) in names:
                yield element

    def repacked(self) -> bytes:
        """Return the same parts as a file that unpacks to what was measured, and to no more."""
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as package:
            for name, part in self.parts.items():
                package.writestr(name, part)
        return content.getvalue()

    def _relationships(self, part: str) -> Iterator[Any]:
        folder, name = posixpath.split(part)
        links = f"{folder}/_rels/{name}.rels"
        if links in self.parts:
            yield from self.elements(links, "Relationship")

    def _links(self, part: str) -> Iterator[tuple[str, str, str]]:
        folder = posixpath.dirname(part)
        for element in self._relationships(part):
            target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", "")))
            yield element.get("Id", ""), element.get("Type", ""), target.lstrip("/")


@contextmanager
def refusing_damage() -> Iterator[None]:
    """Turn whatever a library raises over a damaged file into the refusal of that file."""
    try:
        yield
    except (NotAForm, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        message = "表格文件已经损坏，打不开"
        raise NotAForm(message, "请用 WPS 或 Excel 打开修复后另存一份，再导入") from error


def open_package(content: bytes) -> Package:
    """Take the file apart; raises NotAForm for what is no .xlsx or far too large."""
    if len(content) > LARGEST:
        raise NotAForm(f"文件有 {len(content) / 1e6:.0f} MB，填报表不会这么大", _CHECK_WHICH)
    if content.startswith(_OLD):
        raise NotAForm("这是旧格式（.xls、.et）的表格，或加了打开密码", f"{_SAVE_AS}；有密码的先取消密码")
    if not content.startswith(_ZIP):
        raise NotAForm("这不是 .xlsx 表格（可能是网页或文本改了扩展名）", _SAVE_AS)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        _weigh(package)
        texts = [part for part in package.infolist() if _is_text(part)]
        parts = {part.filename: _unpacked(package, part) for part in texts}
    if _WORKBOOK not in parts:
        raise NotAForm("这不是 .xlsx 表格", _SAVE_AS)
    return Package(parts)


def _weigh(package: zipfile.ZipFile) -> None:
    """Refuse by the declared sizes what is too large; nothing is unpacked beyond them."""
    parts = package.infolist()
    texts = [part for part in parts if _is_text(part)]
    whole, text = (sum(part.file_size for part in group) for group in (parts, texts))
    if text > LARGEST_TEXT or whole > LARGEST_UNPACKED or len(parts) > MOST_PARTS:
        raise NotAForm("表格解开后太大，填报表不会这么大", _CHECK_WHICH)
    if any(part.compress_type not in _BOUNDED for part in texts):
        raise zipfile.BadZipFile


def _unpacked(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    """Unpack a part; without a size given, zipfile would unpack it all before it cuts off the rest."""
    with package.open(part) as stream:
        return stream.read(part.file_size)


def _is_text(part: zipfile.ZipInfo) -> bool:
    return part.filename.endswith((".xml", ".rels"))


def local_name(element: Any) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
