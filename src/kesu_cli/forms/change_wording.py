"""What an import would change, in words: one line for each entry that comes, goes or becomes another."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from kesu_cli.forms.layout import COLUMNS, COMPLETE, DONE, DRAFT, ONGOING
from kesu_cli.model.evidence import ON_PAPER
from kesu_cli.yamltext.write import flow_text

_TITLES = {column.key: column.title for column in COLUMNS} | {
    "evidence": "佐证",
    "date": "日期",
    "area": "所属地区",
    "sample": "样本量",
    "margin": "误差",
}
HEAD = {"status": "报送状态", "submitted": "报送日期", "note": "总的说明"}
_STATES = {"draft": DRAFT, "complete": COMPLETE, "done": DONE, "ongoing": ONGOING}
_NOTHING = "（空）"
_NAMING = ("task", "date", "name", "value")

Data = Mapping[str, Any]


def differences(before: Data, after: Data) -> Iterator[str]:
    """Say what differs between two progress files, given as plain data."""
    for key, label in HEAD.items():
        if before.get(key) != after.get(key):
            yield f"{label}：{words(before.get(key))} → {words(after.get(key))}"
    yield from _entries(before.get("entries") or [], after.get("entries") or [])
    yield from _statements(before.get("nothing_to_report") or [], after.get("nothing_to_report") or [])


def _entries(before: Sequence[Data], after: Sequence[Data]) -> Iterator[str]:
    old, new = [flow_text(entry) for entry in before], [flow_text(entry) for entry in after]
    for tag, low, high, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from _stretch(list(before[low:high]), list(after[first:last]))


def _stretch(before: list[Data], after: list[Data]) -> Iterator[str]:
    """Pair the entries of one task in order; the rest comes or goes."""
    for task in dict.fromkeys(entry["task"] for entry in (*before, *after)):
        olds = [entry for entry in before if entry["task"] == task]
        news = [entry for entry in after if entry["task"] == task]
        for old, new in zip_longest(olds, news):
            if old is None:
                yield f"新增 {named(new)}{_rest(new)}"
            elif new is None:
                yield f"删去 {named(old)}"
            else:
                yield from _change(old, new)


def _change(old: Data, new: Data) -> Iterator[str]:
    keys = [key for key in dict.fromkeys((*old, *new)) if old.get(key) != new.get(key)]
    changes = (f"{_title(key)} {words(old.get(key))} → {words(new.get(key))}" for key in keys)
    if keys:
        yield f"修改 {named(old)}：{'；'.join(changes)}"


def _statements(before: Sequence[Data], after: Sequence[Data]) -> Iterator[str]:
    yield from (f"新增 {stated(row)}" for row in after if row not in before)
    yield from (f"删去 {stated(row)}" for row in before if row not in after)


def stated(row: Data) -> str:
    """Name a statement that there is nothing to report."""
    return f"无可报送 {row['task']}：{row['reason']}"


def named(entry: Data) -> str:
    """Name an entry."""
    value = f" {entry['value']}" if entry.get("value") else ""
    return f"{entry['task']} {words(entry['date'])} {entry['name']}{value}"


def _rest(entry: Data) -> str:
    """Say all that an entry holds beside what names it."""
    told = (f"{_title(key)} {words(value)}" for key, value in entry.items() if key not in _NAMING and value)
    return "".join(f"；{part}" for part in told)


def _title(key: str) -> str:
    return _TITLES.get(key, key)


def words(value: Any) -> str:
    """Write a value of a progress file for people."""
    if not value:
        return _NOTHING
    if isinstance(value, str):
        return _STATES.get(value, value)
    if isinstance(value, Mapping) and set(value) == {"from", "to"}:
        return f"{value['from']} 至 {value['to']}"
    if isinstance(value, Mapping):
        return " ".join(_piece_part(key, text) for key, text in value.items() if text)
    return "、".join(map(words, value))


def _piece_part(key: str, text: str) -> str:
    """Write one part of a piece of evidence; only what would not be recognised bears its title."""
    if key == "sha256":
        return f"校验值 {text[:12]}"
    if key == "archive":
        return f"{ON_PAPER}{text}"
    return f"（{text}）" if key == "note" else text
