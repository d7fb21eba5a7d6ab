"""Reads one row of the ledger as one entry."""

import re
from collections.abc import Mapping
from typing import Any

from kesu_cli.forms.date_cells import read_when
from kesu_cli.forms.form_context import FormContext
from kesu_cli.forms.layout import COLUMNS, DONE, INDEX, LEDGER, NOTHING, ONGOING
from kesu_cli.forms.ledger_rows import parted
from kesu_cli.forms.placeholder import is_placeholder, read_words
from kesu_cli.forms.reading_faults import Found
from kesu_cli.model.amount import PER_CENT, Amount, combine, normal, read_amount, show_number
from kesu_cli.model.evidence import (
    ON_PAPER,
    archive_number,
    file_path,
    leads_outside,
    told_apart,
    web_address,
)
from kesu_cli.model.name_similarity import did_you_mean
from kesu_cli.model.plan import Task
from kesu_cli.model.target import Target

_STATES = {DONE: "done", ONGOING: "ongoing"}
_WHOLE = 100
_QUOTES = frozenset("“”‘’「」『』＂＇\"'")
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")
_DATE = re.compile(r"\d{4}-\d\d(?:-\d\d)?")
_WHERE = {"path": file_path, "url": web_address, "archive": archive_number}
_PIECE = {"kind": "kind", "path": "path", "url": "url", "sha256": "sha256", "evidence_note": "note"}


def _columns(texts: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return what a row says of a piece of evidence, and where; a file's column may hold what is none."""
    columns: dict[str, tuple[str, str]] = {}
    for key, name in _PIECE.items():
        if texts[key]:
            told, text = told_apart(texts[key]) if key in ("path", "url") else (name, texts[key])
            columns[name if told == "path" else told] = key, text
    return columns


class EntryReader:
    """Reads rows against the plan; what is wrong goes to ``found`` with its cell."""

    def __init__(self, context: FormContext, found: Found, year: int) -> None:
        self._context = context
        self._found = found
        self._year = year

    def read(
        self, position: int, row: int, texts: dict[str, str], numbers: Mapping[str, str]
    ) -> dict[str, Any]:
        """Return the entry of a row, its keys in the order in which they are written to a file."""
        for key, column in INDEX.items():
            self._found.came_from(("entries", position, key), LEDGER, (row, column))
        self._found.came_from(("entries", position), LEDGER, (row, INDEX["task"]))
        task = self._task(row, texts["task"])
        entry: dict[str, Any] = {
            "task": task.id if task else "",
            "date": read_when(texts, numbers, row, self._year, self._found),
            "name": self._name(row, texts["name"]),
            **self._figures(row, texts, task),
            "items": self._parts(row, parted(texts["items"]), task),
            "status": self._status(row, texts["status"]),
            "jointly_with": self._units(row, "jointly_with", parted(texts["jointly_with"])),
            "counted_by": "".join(self._units(row, "counted_by", [texts["counted_by"]])),
            "cited_from": texts["cited_from"],
            "evidence": [],
            "note": texts["note"],
        }
        self.add_evidence(entry, position, row, texts)
        return {key: value for key, value in entry.items() if value}

    def add_evidence(self, entry: dict[str, Any], position: int, row: int, texts: dict[str, str]) -> None:
        """Add the evidence of a row to its entry, where the row holds any."""
        columns = _columns(texts)
        if "path" not in columns:
            columns.pop("sha256", None)  # the column is hidden: it stays behind when a file is taken out
        if not columns:
            return
        pieces = entry.setdefault("evidence", [])
        place = ("entries", position, "evidence", len(pieces))
        self._found.came_from(place, LEDGER, (row, INDEX["path"]))
        for name, (key, _) in columns.items():
            self._found.came_from((*place, name), LEDGER, (row, INDEX[key]))
        if "kind" not in columns:
            message = "佐证没有写种类"
            self._fault(row, "kind", message, "请从下拉列表里选，如“签到表”")
        if not columns.keys() & _WHERE.keys():
            message = "佐证没有写文件，也没有写网址"
            self._fault(row, "path", message, f"请至少填一样；只有纸质的，在“佐证文件”写“{ON_PAPER}编号”")
        if texts["path"] and texts["url"] and told_apart(texts["path"])[0] == "url":
            self._fault(row, "path", "写了两个网址", "另一个请写在下一行")
        for name in columns.keys() & _WHERE.keys():
            self._check_where(row, name, *columns[name])
        piece = {name: text for name, (_, text) in columns.items()}
        self._check_place(row, piece)
        pieces.append(piece)

    def _check_where(self, row: int, name: str, key: str, text: str) -> None:
        if set(text[:1] + text[-1:]) & _QUOTES:
            self._fault(row, key, f"{read_words(text)}，两边有引号", "请去掉引号")
            return
        try:
            _WHERE[name](text)
        except ValueError as error:
            message, _, hint = str(error).partition("；")
            self._fault(row, key, message, hint)

    def _check_place(self, row: int, piece: Mapping[str, str]) -> None:
        path = piece.get("path", "")
        if leads_outside(path):
            message = f"{read_words(path)}，不在资料库里"
            self._fault(row, "path", message, "请把文件放进资料库，从它的最上层写起，如 佐证/2024/签到表.pdf")
        if "sha256" in piece and not _SHA256.fullmatch(piece["sha256"]):
            message = f"{read_words(piece['sha256'])}，不是 64 位的校验值"
            self._fault(row, "sha256", message, "这一列不用填，请清空（列是隐藏的，可先取消隐藏）")

    def _fault(self, row: int, key: str, message: str, hint: str) -> None:
        self._found.fault(LEDGER, (row, INDEX[key]), message, hint)

    def _task(self, row: int, text: str) -> Task | None:
        task = self._context.task(text)
        if not text:
            self._fault(row, "task", "没有选任务", "请从下拉列表里选")
        elif task is None:
            near = self._context.nearest_task(text)
            hint = f"请从下拉列表里选；没有可报内容的任务，写在“{NOTHING}”里"
            message = f"任务{read_words(text)}，方案里没有；{near}".rstrip("；")
            self._fault(row, "task", message, hint if is_placeholder(text) else "请从下拉列表里选")
        return task

    def _name(self, row: int, text: str) -> str:
        if not text or is_placeholder(text):
            message = f"名称{read_words(text)}" if text else "没有填名称"
            self._fault(row, "name", message, "请写清楚做了什么")
        return text

    def _parts(self, row: int, items: list[str], task: Task | None) -> list[str]:
        named = task.row.items if task else ()
        for item in (item for item in items if named and item not in named):
            message = f"{read_words(item)}，任务没有点名这一部分；{did_you_mean(item, named)}".rstrip("；")
            self._fault(row, "items", message, f"请从任务点名的里面填：{'、'.join(named)}")
        return items

    def _status(self, row: int, text: str) -> str:
        if text and text not in _STATES:
            self._fault(row, "status", f"办理情况{read_words(text)}", f"请选“{DONE}”或“{ONGOING}”")
        return _STATES.get(text, "")

    def _units(self, row: int, key: str, names: list[str]) -> list[str]:
        for name in filter(None, names):
            if self._context.terms.units.find(name) is None:
                near = did_you_mean(name, self._context.terms.units.spellings)
                message = f"单位{read_words(name)}，方案的单位里没有；{near}".rstrip("；")
                several = "只填一个单位" if key == "counted_by" else "几个单位用顿号隔开"
                self._fault(row, key, message, f"请从下拉列表里选；{several}")
        return names

    def _figures(self, row: int, texts: dict[str, str], task: Task | None) -> dict[str, str]:
        """Read the figures; their unit of measure must be the one that the task asks for."""
        figures = {key: texts[key] for key in ("value", "numerator", "denominator", "unit") if texts[key]}
        sound = [self._amount(row, key, texts[key]) for key in ("value", "numerator", "denominator")]
        self._measure(row, texts if sound[0] else texts | {"value": ""}, task)
        if bool(texts["numerator"]) != bool(texts["denominator"]):
            missing = "denominator" if texts["numerator"] else "numerator"
            self._fault(row, missing, "分子和分母只填了一个", "请把另一个也填上")
        if texts["value"] and texts["numerator"]:
            self._fault(row, "value", "既填了数值，又填了分子和分母", "请只留一样")
        return figures

    def _amount(self, row: int, key: str, text: str) -> bool:
        try:
            amount = read_amount(text) if text else None
        except ValueError as error:
            message, _, hint = str(error).replace("写在 note 里", "写在“备注”里").partition("；")
            is_date = _DATE.fullmatch(text)
            self._fault(row, key, message, "这一格成了日期格式，请改成“常规”，重新填数" if is_date else hint)
            return False
        if key == "denominator" and amount and not amount.number:
            self._fault(row, key, "分母是 0", "请核对")
            return False
        if key != "value" and amount and amount.unit == PER_CENT:
            title = COLUMNS[INDEX[key]].title
            self._fault(
                row, key, f"{title}{read_words(text)}，是百分比", f"{title}请填个数；百分比填在“数值”里"
            )
            return False
        return True

    def _measure(self, row: int, texts: dict[str, str], task: Task | None) -> None:
        target = task.row.target if task else None
        try:
            amount = combine(read_amount(texts["value"] or "0"), texts["unit"])
        except ValueError as error:
            self._fault(row, "unit", str(error).partition("；")[0].replace("unit: ", ""), "请只在一处写")
            return
        if task and target and amount.unit and normal(amount.unit) not in task.measures:
            key = "unit" if texts["unit"] else "value"
            message = f"{read_words(texts[key])}，计量单位不对，任务要求的是“{target.unit}”"
            self._fault(row, key, message, f"请按“{target.unit}”填报；不填即按任务要求")
        elif target and texts["value"]:
            self._scale(row, amount, target)

    def _scale(self, row: int, amount: Amount, target: Target) -> None:
        """Refuse what may be 0.15 or 15 per cent, and more than the whole where the plan asks for no more."""
        if target.unit != PER_CENT:
            return
        number, share = show_number(amount.number, 4), show_number(amount.number * 100, 4)
        if not amount.unit and 0 < amount.number < 1:
            message = f"{number} 分不清是 {number}% 还是 {share}%"
            self._fault(row, "value", message, f"请写成带百分号的数：{share}% 或 {number}%")
        elif amount.number > _WHOLE and amount.number > target.high:
            self._fault(row, "value", f"{number}% 超过了 100%", "请核对小数点，以及分子、分母有没有写反")
