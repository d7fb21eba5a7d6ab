"""What may be written otherwise in a sound progress file without a change of meaning, value by value."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from kesu_cli.diagnostic import FixKind, Step
from kesu_cli.model.evidence import proves_nothing
from kesu_cli.model.progress_file import ProgressFile
from kesu_cli.model.unit import Units
from kesu_cli.model.window import Days, year_of
from kesu_cli.source.evidence import look
from kesu_cli.source.file_opening import real_path_of

UNASKED = ""

_WIDE_DIGITS = "０１２３４５６７８９"
_NARROW = str.maketrans(f"{_WIDE_DIGITS}．，－／％", "0123456789.,-/%")
_NUMBERS = ("date", "value", "numerator", "denominator")


@dataclass(frozen=True)
class FixBasis:
    """What repairs are judged by: the names of units and tasks, where evidence lies, which rules they serve.

    ``own`` are the folders of what kesu itself reads, ``codes`` the codes of those rules.
    """

    units: Units
    tasks: frozenset[str]
    root: Path
    own: tuple[Path, ...]
    codes: Mapping[FixKind, str]


class ValueFix(NamedTuple):
    """A value to be written, or to be left where it is None: where, by which rule, and what is said of it."""

    code: str
    path: tuple[Step, ...]
    value: str | None
    said: str


def value_fixes(written: ProgressFile, data: Mapping[str, Any], basis: FixBasis) -> Iterator[ValueFix]:
    """Name every value that should be written otherwise; ``code`` is UNASKED where no rule asks for it."""
    days = year_of(written.year)
    unit = basis.units.find_one(written.unit, days)
    if unit and unit != written.unit:
        said = f"别称“{written.unit}”改为规范名称“{unit}”"
        yield ValueFix(basis.codes[FixKind.ALIAS], ("unit",), unit, said)
    for part in ("entries", "nothing_to_report"):
        for index, row in enumerate(data.get(part) or ()):
            yield from _task((part, index, "task"), row["task"], basis)
    for index, entry in enumerate(data.get("entries") or ()):
        yield from _other_units(("entries", index), entry, basis.units, days)
    yield from _digits(data)
    yield from _digests(data, basis)


def _task(path: tuple[Step, ...], task: str, basis: FixBasis) -> Iterator[ValueFix]:
    plain = unicodedata.normalize("NFKC", task).strip()
    if task.strip() not in basis.tasks and plain in basis.tasks:
        said = f"任务编号里的全角字符“{task}”改为“{plain}”"
        yield ValueFix(basis.codes[FixKind.TASK_ID], path, plain, said)


def _other_units(
    path: tuple[Step, ...], entry: Mapping[str, Any], units: Units, days: Days
) -> Iterator[ValueFix]:
    """Name the aliases of other units; one that meant another unit in another year is not touched."""
    for where, text in chain(_texts(entry, "jointly_with"), _texts(entry, "counted_by")):
        name = text.strip()
        unit = units.find_one(name, days)
        if unit and unit != name and unit == units.find_one(name):
            yield ValueFix(UNASKED, (*path, *where), unit, f"别称“{name}”改为规范名称“{unit}”")


def _digits(data: Mapping[str, Any]) -> Iterator[ValueFix]:
    top = chain(_texts(data, "year"), _texts(data, "submitted"))
    rows = (
        (("entries", index, *where), text)
        for index, entry in enumerate(data.get("entries") or ())
        for key in _NUMBERS
        for where, text in _texts(entry, key)
    )
    for path, text in chain(top, rows):
        if any(sign in _WIDE_DIGITS for sign in text):
            plain = text.translate(_NARROW)
            yield ValueFix(UNASKED, path, plain, f"全角数字“{text}”改为“{plain}”")


def _texts(data: Mapping[str, Any], key: str) -> Iterator[tuple[tuple[Step, ...], str]]:
    """Return the text of a key, or every text of the list or mapping there, with its path."""
    value = data.get(key)
    if isinstance(value, str):
        yield (key,), value
    elif value is not None:
        steps = value.items() if isinstance(value, Mapping) else enumerate(value)
        yield from (((key, step), text) for step, text in steps)


def _digests(data: Mapping[str, Any], basis: FixBasis) -> Iterator[ValueFix]:
    """Add what is missing; not to what proves nothing, nor where two pieces hold the same, which is said."""
    pieces = [
        (("entries", number, "evidence", index, "sha256"), piece)
        for number, entry in enumerate(data.get("entries") or ())
        for index, piece in enumerate(entry.get("evidence") or ())
        if piece.get("path")
    ]
    known = {
        piece["sha256"].strip().lower(): piece["path"].strip() for _, piece in pieces if piece.get("sha256")
    }
    for path, piece in pieces:
        if piece.get("sha256"):
            continue
        name = piece["path"].strip()
        found = look(name, real_path_of(basis.root), basis.own, hashed=True)
        if proves_nothing(found):
            continue
        digest = found.sha256
        other = known.setdefault(digest, name)
        if digest and other == name:
            said = f"补上 {name} 的校验值 sha256，以后文件被改动时 {basis.codes[FixKind.DIGEST]} 能查出来"
            yield ValueFix(UNASKED, path, digest, said)
        elif digest:
            said = f"{name} 与 {other} 的内容相同，没有补校验值；请核对是不是放错了文件"
            yield ValueFix(UNASKED, path, None, said)
