"""Repairs of a progress file that change no meaning: what was not mended keeps its bytes."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from kesu_cli.finding import Place, Span, Step
from kesu_cli.model.calendar import year_of
from kesu_cli.model.progress_file import EntryRow, EvidenceRow, NothingRow, ProgressFile
from kesu_cli.model.unit import Units
from kesu_cli.rule import FaultKind
from kesu_cli.source.evidence import look
from kesu_cli.source.progress_text import ProgressText, progress_text
from kesu_cli.source.rewriting import CannotRewrite, rewritten
from kesu_cli.source.tree import Data, locate, read_mapping, spans

_ROWS = (ProgressFile, EntryRow, EvidenceRow, NothingRow)
_KEYS = "|".join(sorted({key for row in _ROWS for key in row.model_fields}))
_CHINESE_COLON = re.compile(rf"( *(?:- )? *(?:{_KEYS}) *)：[ \u3000]*")


class Repair(NamedTuple):
    """One repair: the rule it answers, the line, and what was done."""

    code: str
    line: int
    said: str


class Left(NamedTuple):
    """What was not mended, and why."""

    line: int
    said: str


@dataclass(frozen=True)
class Mended:
    """A progress file before and after its repairs; ``old`` and ``new`` are its text."""

    file: str
    before: bytes
    after: bytes
    old: str
    new: str
    repairs: tuple[Repair, ...]
    left: tuple[Left, ...]


@dataclass(frozen=True)
class Ground:
    """What repairs are judged by: the names of units and tasks, and where evidence lies."""

    units: Units
    tasks: frozenset[str]
    root: Path


def mended(content: bytes, file: str, ground: Ground) -> Mended:
    """Mend the bytes of a progress file as far as that is safe."""
    first = progress_text(content, file)
    now, repairs = first, []
    for step in (_with_colons, _in_utf8, _with_names):
        now, done = step(now, ground)
        repairs += done
    left = tuple(
        Left(_line_of(now, fault.place, fault.span), f"{fault.message}（{fault.hint}）")
        for fault in now.faults
    )
    after = now.content or content
    return Mended(file, content, after, first.text, now.text, tuple(repairs), left)


_Step = tuple[ProgressText, list[Repair]]


def _with_colons(before: ProgressText, _: Ground) -> _Step:
    """Replace the Chinese colons at which reading stopped; only if the whole file then reads."""
    lines, repairs = before.text.split("\n"), []
    while True:
        text = "\n".join(lines)
        faults = read_mapping(text, Place(before.file))[1] if text else ()
        span = faults[0].span if faults and faults[0].kind is FaultKind.SYNTAX else None
        match = _CHINESE_COLON.match(lines[span.line - 1]) if span else None
        if span is None or match is None:
            break
        lines[span.line - 1] = f"{match[1].rstrip()}: {lines[span.line - 1][match.end() :]}"
        repairs.append(Repair("KS101", span.line, "中文冒号“：”改为英文冒号"))
    if faults or not repairs or before.content is None:
        return before, []
    after = progress_text(_like(before, text), before.file)
    return after, repairs


def _like(before: ProgressText, text: str) -> bytes:
    """Encode a text as its file is encoded; where that is not UTF-8 by GB18030 or UTF-16."""
    content = before.content or b""
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"):
        if before.text.encode(encoding) == content:
            return text.encode(encoding)
    return before.encoded(text)


def _in_utf8(before: ProgressText, ground: Ground) -> _Step:
    """Encode as UTF-8 what was read without a loss, as the name of a known unit in it proves."""
    fault = next((fault for fault in before.faults if fault.kind is FaultKind.ENCODING), None)
    unit = before.data.get("unit")
    is_sure = isinstance(unit, str) and ground.units.find_one(unit.strip()) is not None
    if fault is None or fault.span is not None or not is_sure:
        return before, []
    after = progress_text(before.text.encode(), before.file)
    return after, [Repair("KS102", 1, f"{fault.message.partition('，')[0]}，改为 UTF-8")]


def _with_names(before: ProgressText, ground: Ground) -> _Step:
    """Write canonical names and missing digests; of a file that is not sound nothing is touched."""
    if before.written is None or before.faults:
        return before, []
    changes = [*_names(before.written, before.data, ground), *_digests(before.data, ground)]
    wanted = before.data
    for change in changes:
        wanted = _put(wanted, change.path, change.value)
    try:
        content = rewritten(before, wanted) if changes else before.content or b""
    except CannotRewrite:
        return before, []
    after = progress_text(content, before.file)
    places = spans(before.text)
    return after, [Repair(change.code, locate(places, change.path).line, change.said) for change in changes]


class _Change(NamedTuple):
    code: str
    path: tuple[Step, ...]
    value: str
    said: str


def _names(written: ProgressFile, data: Mapping[str, Any], ground: Ground) -> Iterator[_Change]:
    unit = ground.units.find_one(written.unit, year_of(written.year))
    if unit and unit != written.unit:
        yield _Change("KS107", ("unit",), unit, f"别称“{written.unit}”改为规范名称“{unit}”")
    for part in ("entries", "nothing_to_report"):
        for index, row in enumerate(data.get(part) or ()):
            plain = unicodedata.normalize("NFKC", row["task"]).strip()
            if row["task"].strip() not in ground.tasks and plain in ground.tasks:
                said = f"任务编号里的全角字符“{row['task']}”改为“{plain}”"
                yield _Change("KS108", (part, index, "task"), plain, said)


def _digests(data: Mapping[str, Any], ground: Ground) -> Iterator[_Change]:
    for number, entry in enumerate(data.get("entries") or ()):
        for index, piece in enumerate(entry.get("evidence") or ()):
            digest = look(piece["path"].strip(), ground.root, hashed=True).sha256 if piece.get("path") else ""
            if digest and not piece.get("sha256"):
                path = ("entries", number, "evidence", index, "sha256")
                yield _Change("KS408", path, digest, f"补上 {piece['path']} 的校验值 sha256")


def _put(data: Data, path: tuple[Step, ...], value: str) -> Data:
    """Return data that holds a value at a path, the rest shared."""
    if not path:
        return value
    first, rest = path[0], path[1:]
    if isinstance(data, Mapping):
        return {**data, first: _put(data.get(first), rest, value)}
    return [_put(item, rest, value) if index == first else item for index, item in enumerate(data)]


def _line_of(text: ProgressText, place: Place, span: Span | None) -> int:
    return span.line if span else locate(spans(text.text), place.path).line if text.text else 1
