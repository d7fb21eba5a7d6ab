"""Tables of tasks (任务分工表): whose columns are whose, and what each row says."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kesu_cli.drafting.label import number_of
from kesu_cli.drafting.owners import Owners, owners_of_cells
from kesu_cli.model.document import Table

_COLUMNS = (
    ("number", re.compile(r"^序号$|^编号$|^条目$|^No\.?$", re.IGNORECASE)),
    ("time", re.compile(r"时限|完成时间|完成期限|完成日期|时间节点|时间要求|进度要求|时间安排")),
    ("person", re.compile(r"领导|联系人|责任人|负责人|电话|备注|进展|完成情况|考核分|分值")),
    ("supporting", re.compile(r"配合|协办|参与|参加|协同|协助")),
    ("lead", re.compile(r"牵头|主办|主责|主要责任")),
    (
        "responsible",
        re.compile(
            r"责任(?:单位|部门|主体|分工)|落实(?:单位|部门)|承办|实施单位|负责(?:单位|部门)|责任落实|^单位$|成员单位"
        ),
    ),
    ("group", re.compile(r"类别|领域|方面|板块|分类|一级|行动名称|所属|大项|专项")),
    ("task", re.compile(r"任务|事项|项目|工作|目标|内容|行动|工程")),
    ("measure", re.compile(r"措施|举措|内容|要求|具体|做法|标准|成果")),
)
_LONGEST_HEADER = 16
_HEADER_ROWS = 3
_LONGEST_NAME = 8
_NAME = re.compile(
    r"^(?:20\d\d年(?:目标|任务)?值?|.{0,4}(?:指标|单位|名称|数量|时间|时限|期限|任务|事项|内容|项目|措施|部门|备注|序号|类别|目标值?"
    r"|联系人|电话|地点|标准|金额|责任人|做))$"
)
_AMOUNT = re.compile(r"\d(?!\d{0,3}年)")
_DITTO = re.compile(r"同上|同前|同左|[〃″\"”]+")
_NUMBER = re.compile(r"[（(]?\s*(\d{1,3}|[一二三四五六七八九十]{1,3})\s*[）)．.、]?")
_EMPTY = re.compile(r"[\s\-—/\\]*")


Columns: TypeAlias = dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class TableTask:
    """One row: ``group`` is the action that it stands under, ``task`` and ``detail`` its words."""

    number: int
    group: str
    task: str
    detail: str
    owners: Owners | None
    deadline: str
    line: int


def rows_of(tables: Sequence[Table]) -> tuple[TableTask, ...]:
    """Read the tables of tasks.

    A table without a header goes on with the columns of the one before, if it is as wide.
    """
    rows: list[TableTask] = []
    known: tuple[int, Columns] | None = None
    for table in tables:
        start, columns = _header(table)
        if columns is None and known and known[0] == len(table.rows[0]):
            start, columns = 0, known[1]
        if columns is None:
            continue
        known = len(table.rows[0]), columns
        rows.extend(_read(table, start, columns))
    return tuple(rows)


def _header(table: Table) -> tuple[int, Columns | None]:
    for start in range(min(_HEADER_ROWS, len(table.rows))):
        columns = _columns(table.rows[start])
        if _is_task_table(columns):
            return start + 1, columns
    return 0, None


def header_rows(table: Table) -> int:
    """Say how many rows at the head of a table only name its columns."""
    start, _ = _header(table)
    return start or int(len(table.rows) > 1 and _only_names(table.rows[0]))


def _only_names(row: Sequence[str]) -> bool:
    """Whether short words that name columns, and no numbers, fill a row."""
    cells = [re.sub(r"\s", "", cell) for cell in row if cell.strip()]
    named = sum(bool(_NAME.search(cell)) for cell in cells)
    is_short = all(len(cell) <= _LONGEST_NAME and not _AMOUNT.search(cell) for cell in cells)
    return is_short and 2 * named > len(cells)


def _is_task_table(columns: Columns) -> bool:
    has_task = bool(columns["task"] or columns["measure"])
    return has_task and bool(columns["lead"] or columns["responsible"] or columns["supporting"])


def _columns(header: Sequence[str]) -> Columns:
    found: dict[str, list[int]] = {name: [] for name, _ in _COLUMNS}
    for index, cell in enumerate(header):
        plain = re.sub(r"\s", "", cell)
        role = (
            next((name for name, pattern in _COLUMNS if pattern.search(plain)), "")
            if len(plain) <= _LONGEST_HEADER
            else ""
        )
        if role == "task" and re.search("措施|举措|内容", plain) and found["task"]:
            role = "measure"
        if role:
            found[role].append(index)
    return found


def _read(table: Table, start: int, columns: Columns) -> Iterator[TableTask]:
    group = ""
    above: tuple[str, ...] = ()
    for row, line in zip(table.rows[start:], table.lines[start:], strict=True):
        cells = _dittoed(row, above)
        distinct = {cell.strip() for cell in cells if cell.strip()}
        if (
            len(distinct) == 1
            and len(cells) > 1
            and sum(bool(cell.strip()) for cell in cells) > len(cells) / 2
        ):
            group = distinct.pop()
            continue
        if _columns(cells) == columns:
            continue
        above = cells
        read = _row(cells, columns, group, line)
        if read:
            yield read


def _dittoed(row: tuple[str, ...], above: tuple[str, ...]) -> tuple[str, ...]:
    if not above:
        return row
    return tuple(
        before if _DITTO.fullmatch(cell.strip()) else cell for cell, before in zip(row, above, strict=True)
    )


def _row(cells: tuple[str, ...], columns: Columns, group: str, line: int) -> TableTask | None:
    def text(role: str) -> str:
        return "\n".join(
            dict.fromkeys(cells[index].strip() for index in columns[role] if cells[index].strip())
        )

    task, detail = text("task"), text("measure")
    if len(columns["task"]) > 1:
        parts = list(dict.fromkeys(cells[index].strip() for index in columns["task"]))
        task, detail = parts[0], "\n".join([*parts[1:], *([detail] if detail else [])])
    if not task and not detail:
        return None
    number = _NUMBER.fullmatch(text("number").strip())
    own = owners_of_cells(text("lead"), text("responsible"), text("supporting"), line)
    return TableTask(
        number_of(number[1]) if number else 0,
        text("group") or group,
        task or detail,
        detail if task else "",
        own,
        "" if _EMPTY.fullmatch(text("time")) else text("time").replace("\n", ""),
        line,
    )
