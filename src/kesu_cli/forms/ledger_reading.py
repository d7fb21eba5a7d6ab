"""Reads the ledger: rows become entries, and whatever can't be read for certain is named with its cell."""

from collections.abc import Collection, Sequence
from typing import Any

from kesu_cli.forms.cell_check import check_merged, check_results, check_text
from kesu_cli.forms.entry_reading import EntryReader
from kesu_cli.forms.example_rows import example_digest, matter_digest
from kesu_cli.forms.form_context import FormContext
from kesu_cli.forms.layout import COLUMNS, EVIDENCE, EXAMPLE, FIRST_ROW, HEADER_ROW, INDEX, LEDGER
from kesu_cli.forms.placeholder import is_ditto, is_placeholder, is_sum, read_words
from kesu_cli.forms.reading_faults import Found
from kesu_cli.forms.returned_cells import ReturnedSheet

_MAY_SAY_NOTHING = ("number", "note", "evidence_note")
_MAY_HAVE_LINES = ("note", "evidence_note", "items", "jointly_with")
_MUST_BE_FILLED = ("task", "date", "name")
_UNSEEN = ("number", "sha256")
_MAY_HEAD_A_SUM = ("number", "task", "date", "name")


class LedgerReader:
    """Reads one ledger from top to bottom."""

    def __init__(self, sheet: ReturnedSheet, context: FormContext, found: Found, year: int) -> None:
        self._sheet = sheet
        self._found = found
        self._entry = EntryReader(context, found, year)
        self._rows: list[dict[str, Any]] = []
        self._open: dict[str, Any] | None = None
        self._number = ""

    def entries(self, examples: Sequence[str]) -> list[dict[str, Any]]:
        """Return the entries; incomplete where faults were found."""
        if not self._has_our_header():
            return []
        check_merged(self._sheet, HEADER_ROW, self._found)
        touched = {row for start, end in self._sheet.merged for row in range(start[0], end[0] + 1)}
        for row in range(FIRST_ROW, len(self._sheet.rows)):
            if row not in touched:
                self._row(row, set(examples))
        return self._rows

    def _has_our_header(self) -> bool:
        sound = True
        for column, wanted in enumerate(COLUMNS):
            read = self._sheet.cell(HEADER_ROW, column)
            if read != wanted.title:
                message = f"表头{read_words(read)}，应为“{wanted.title}”"
                hint = "请把表头改回来；各列的顺序不能变，上面也不能加行"
                self._found.fault(LEDGER, (HEADER_ROW, column), message, hint)
                sound = False
        return sound

    def _row(self, row: int, examples: set[str]) -> None:
        texts = {
            column.key: check_text(self._sheet.cell(row, at), LEDGER, (row, at), self._found)
            for at, column in enumerate(COLUMNS)
        }
        content = {key: text for key, text in texts.items() if text and key not in _UNSEEN}
        self._check_right_of_table(row)
        if texts["number"] == EXAMPLE:
            self._check_example(row, texts, examples)
            self._open = None
        elif self._is_still_example(row, texts, examples) or self._is_sum(row, texts):
            self._open = None
        else:
            self._check_cells(row, texts)
            self._filled(row, texts, content)

    def _check_cells(self, row: int, texts: dict[str, str]) -> None:
        check_results(self._sheet, row, self._found)
        self._check_ditto(row, texts)
        self._check_lines(row, texts)
        self._drop_placeholders(row, texts)

    def _filled(self, row: int, texts: dict[str, str], content: Collection[str]) -> None:
        if not content:
            is_cleared_evidence = texts["number"] and texts["number"] == self._number
            self._open = self._open if is_cleared_evidence else None
        elif set(content) <= set(EVIDENCE):
            self._further_evidence(row, texts)
        else:
            self._begin_entry(row, texts)

    def _check_right_of_table(self, row: int) -> None:
        for column in range(len(COLUMNS), len(self._sheet.rows[row])):
            text = self._sheet.cell(row, column)
            if text:
                message = f"表格右边多了内容，{read_words(text)}"
                self._found.fault(LEDGER, (row, column), message, "请写进“备注”，再删去这一格")

    def _is_still_example(self, row: int, texts: dict[str, str], examples: set[str]) -> bool:
        """Whether a row that is no longer marked as an example still tells of the invented matter."""
        is_still = bool({example_digest(texts), matter_digest(texts)} & examples)
        if is_still:
            message = f"这一行的内容还是示例的（去掉了“{EXAMPLE}”二字），不是实际做的事"
            hint = "请改写成实际做的事，或删去这一行；要报的内容也可以填在示例下面的空行里"
            self._found.fault(LEDGER, (row, 0), message, hint)
        return is_still

    def _check_example(self, row: int, texts: dict[str, str], examples: set[str]) -> None:
        is_blank = not any(text for key, text in texts.items() if key != "number")
        if not is_blank and example_digest(texts) not in examples:
            message = "示例行被改过，里面的内容不会被读取"
            self._found.fault(LEDGER, (row, 0), message, "要报的内容请填在示例下面的空行里；示例行可以删去")

    def _is_sum(self, row: int, texts: dict[str, str]) -> bool:
        for key, text in texts.items():
            if text and key in _MAY_HEAD_A_SUM and is_sum(text):
                message = f"{read_words(text)}，合计行不是一件事"
                self._found.fault(LEDGER, (row, INDEX[key]), message, "请删去这一行；合计由 kesu 计算")
                return True
        return False

    def _check_ditto(self, row: int, texts: dict[str, str]) -> None:
        for key in (key for key, text in texts.items() if is_ditto(text)):
            message = f"{read_words(texts[key])}，不知道指的是什么"
            self._found.unreadable(LEDGER, (row, INDEX[key]), message, "请写出实际内容")

    def _check_lines(self, row: int, texts: dict[str, str]) -> None:
        for key, text in texts.items():
            if "\n" in text and key not in _MAY_HAVE_LINES:
                message = f"{read_words(text.splitlines()[0])}，后面换了行"
                self._found.unreadable(LEDGER, (row, INDEX[key]), message, "请写成一行")

    def _drop_placeholders(self, row: int, texts: dict[str, str]) -> None:
        """Refuse 无 and — where a cell should be empty: they would be taken for names, files and sources."""
        for key, text in texts.items():
            if key not in (*_MAY_SAY_NOTHING, *_MUST_BE_FILLED) and is_placeholder(text):
                self._found.fault(LEDGER, (row, INDEX[key]), read_words(text), "没有可填的，请空着")
                texts[key] = ""

    def _further_evidence(self, row: int, texts: dict[str, str]) -> None:
        if self._open is None:
            message = "这一行只填了佐证，上面一行不是一条台账"
            at = next(INDEX[key] for key in EVIDENCE if texts[key])
            hint = "同一件事的佐证要紧接着写在它的下一行；是另一件事的请补上任务、日期和名称"
            self._found.fault(LEDGER, (row, at), message, hint)
            return
        number = texts["number"]
        if number and number != self._number:
            message = f"这是第 {number} 条的佐证，现在排在别的条目下面（可能排过序，或中间插了行）"
            hint = "请移回那一条的下一行；确是上面这一条的，请删去序号"
            self._found.fault(LEDGER, (row, 0), message, hint)
        self._entry.add_evidence(self._open, len(self._rows) - 1, row, texts)

    def _begin_entry(self, row: int, texts: dict[str, str]) -> None:
        position = len(self._rows)
        self._number = texts["number"]
        bare = self._sheet.numbers
        numbers = {key: bare[row, column] for key, column in INDEX.items() if (row, column) in bare}
        self._open = self._entry.read(position, row, texts, numbers)
        self._rows.append(self._open)
