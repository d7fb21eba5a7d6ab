"""Opens what kesu writes for the office with other people's libraries, and says what is in it."""

import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.document import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from kesu_cli.render.format import Format

ROOT = Path(__file__).parent.parent


def shown(form: Format, content: bytes) -> str:
    """Return what a reader sees, in order, as text; two files that differ only in compression are alike."""
    if form.name == "xlsx":
        return "\n".join(_of_workbook(content)) + "\n"
    if form.name == "docx":
        return "\n".join(_of_document(content)) + "\n"
    return content.decode()


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def workbook(content: bytes) -> Any:  # noqa: ANN401 - openpyxl has no types
    return openpyxl.load_workbook(io.BytesIO(content))


def _of_workbook(content: bytes) -> Iterator[str]:
    for sheet in workbook(content):
        yield f"== {sheet.title} {sheet.dimensions}"
        yield f"header: {sheet.oddHeader.center.text or ''}"
        for row in sheet.iter_rows():
            yield "\t".join(_cell(cell) for cell in row).rstrip()


def _cell(cell: Any) -> str:  # noqa: ANN401
    if cell.value is None:
        return ""
    number = isinstance(cell.value, (int, float))
    return f"{cell.value!r} [{cell.number_format}]" if number else str(cell.value).replace("\n", "⏎")


def _of_document(content: bytes) -> Iterator[str]:
    document = opened(content)
    for section in document.sections:
        for part in (section.header, section.even_page_header, section.footer, section.even_page_footer):
            yield f"header or footer: {''.join(p.text for p in part.paragraphs)}"
    for item in document.iter_inner_content():
        yield from _item(item)


def _item(item: Paragraph | Table) -> Iterator[str]:
    if isinstance(item, Paragraph):
        yield f"{item.style.name if item.style else ''}: {item.text}".replace("\n", "⏎")
        return
    for row in item.rows:
        yield "\t".join(cell.text.replace("\n", "⏎") for cell in row.cells)


def texts(content: bytes) -> set[str]:
    """Return every paragraph of a document, those in tables too."""
    document = opened(content)
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    return {p.text for p in document.paragraphs} | {cell.text for cell in cells}


def part(content: bytes, name: str) -> str:
    """Return one part of an office file."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name).decode()


def silent(folder: Path) -> Path:
    """Copy the example data; one unit reported nothing for 2024, and why not for one of its tasks."""
    shutil.copytree(ROOT / "plan", folder / "plan")
    shutil.copytree(ROOT / "progress", folder / "progress")
    year = folder / "progress" / "2024"
    (year / "市教体局.yaml").write_text(
        "unit: 市教体局\nyear: 2024\nstatus: complete\nsubmitted: 2025-01-07\ndemo: true\nentries: []\n"
        "nothing_to_report:\n  - {task: M04-5, reason: 上级没有安排}\n",
        "utf-8",
    )
    return year
