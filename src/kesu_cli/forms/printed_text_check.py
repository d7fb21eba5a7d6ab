"""What a form says of itself, kept as digests: it shows where somebody has written what nobody would read."""

import hashlib
from collections.abc import Collection, Iterator
from typing import Any

from kesu_cli.forms.layout import (
    COLUMNS,
    FIRST_ROW,
    GUIDE,
    HEADER_ROW,
    LEDGER,
    NOTE_AT,
    NOTHING,
    NOTHING_FIRST_ROW,
    NOTHING_HEADER_ROW,
    NOTHING_TITLES,
    STATUS_AT,
    SUBJECT_ROW,
    SUBMITTED_AT,
    TASKS,
)
from kesu_cli.forms.placeholder import read_words
from kesu_cli.forms.reading_faults import Found
from kesu_cli.forms.returned_cells import ReturnedSheet

_FILLED_IN = {LEDGER: FIRST_ROW, NOTHING: NOTHING_FIRST_ROW}
_HEADERS = {LEDGER: (HEADER_ROW, len(COLUMNS)), NOTHING: (NOTHING_HEADER_ROW, len(NOTHING_TITLES))}
_READ = {(LEDGER, at) for at in (STATUS_AT, SUBMITTED_AT, NOTE_AT, (SUBJECT_ROW, 0))}


class Printed:
    """A worksheet that keeps the texts written on it, but for the rows that are filled in."""

    def __init__(self, name: str, sheet: Any) -> None:
        self._name = name
        self._sheet = sheet
        self.texts: dict[str, None] = {}

    def write_string(self, row: int, column: int, text: str, style: Any = None) -> None:
        """Write a text and keep it."""
        if not _is_filled_in(self._name, row):
            self.texts[printed_digest(text)] = None
        self._sheet.write_string(row, column, text, style)

    def __getattr__(self, name: str) -> Any:
        """Do whatever else a worksheet does."""
        return getattr(self._sheet, name)


def printed_digest(text: str) -> str:
    """Return what tells a text of the form from what somebody typed."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return hashlib.sha256(plain.encode()).hexdigest()[:10]


def check_printed(sheet: ReturnedSheet, printed: Collection[str], found: Found) -> None:
    """Find each cell that the form did not write and that isn't read."""
    for at, text in _unread(sheet):
        if printed_digest(text) not in printed:
            message = f"{read_words(text)}，写在了不读取的地方"
            found.fault(sheet.name, at, message, f"要报的内容请填进“{LEDGER}”，再清空这一格")


def _unread(sheet: ReturnedSheet) -> Iterator[tuple[tuple[int, int], str]]:
    header, width = _HEADERS.get(sheet.name, (-1, 0))
    for row, texts in enumerate(sheet.rows):
        if _is_filled_in(sheet.name, row):
            return
        for column, text in enumerate(texts):
            is_header = row == header and column < width
            if text and not is_header and (sheet.name, (row, column)) not in _READ:
                yield (row, column), text


def _is_filled_in(name: str, row: int) -> bool:
    return name not in (GUIDE, TASKS) and row >= _FILLED_IN.get(name, 0)
