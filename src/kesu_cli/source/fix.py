"""Repairs of a progress file that change no meaning: what was not mended keeps its bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kesu_cli.diagnostic import Fault, FaultKind, FixKind
from kesu_cli.model.progress_file import KEYS
from kesu_cli.source.fix_value import FixBasis, ValueFix, value_fixes
from kesu_cli.source.progress_as_typed import ProgressText, progress_text
from kesu_cli.source.progress_edit import CannotRewrite, rewritten_at
from kesu_cli.yamltext.chinese_colon import with_colons, with_commas
from kesu_cli.yamltext.locate import locate
from kesu_cli.yamltext.tree import TreeNode, tree_of

_MARKED = (
    (b"", "utf-8"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"", "gb18030"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"", "utf-16-le"),
    (b"", "utf-16-be"),
)
_ODD = "这一处的写法特殊，不重新排版就改不了；请用编辑器手工改"
_RESAVE = "单位写错的，改好再运行 kesu fix；没有写错的，请用编辑器“另存为”，编码选 UTF-8"
_NOT_SOUND = "先改好上面的问题，再运行一次 kesu fix：别称、全角字符和校验值要等文件没有问题以后才能改"


class Fix(NamedTuple):
    """One repair: the rule it answers (empty where no rule asks for it), the line, and what was done."""

    code: str
    line: int
    said: str


class NotFixed(NamedTuple):
    """What was not mended, and why."""

    line: int
    said: str


@dataclass(frozen=True)
class FixedFile:
    """A progress file before and after its repairs; ``old`` and ``new`` are its text."""

    file: str
    before: bytes
    after: bytes
    old: str
    new: str
    repairs: tuple[Fix, ...]
    left: tuple[NotFixed, ...]


def fixed(content: bytes, file: str, basis: FixBasis) -> FixedFile:
    """Mend the bytes of a progress file as far as that is safe."""
    first = progress_text(content, file)
    now = first
    repairs: list[Fix] = []
    left: list[NotFixed] = []
    for step in (_with_colons, _with_commas, _in_utf8, _with_values):
        now, done, undone = step(now, basis)
        repairs += done
        left += undone
    after = now.content or content
    return FixedFile(
        file, content, after, first.text, now.text, tuple(sorted(repairs, key=_line)), tuple(left)
    )


def left_as_it_is(fault: Fault) -> FixedFile:
    """Return a file that was not read, with the reason."""
    return FixedFile(
        fault.place.file, b"", b"", "", "", (), (NotFixed(1, f"{fault.message}（{fault.hint}）"),)
    )


def _line(repair: Fix) -> int:
    return repair.line


_Step = tuple[ProgressText, Sequence[Fix], Sequence[NotFixed]]


def _with_colons(before: ProgressText, basis: FixBasis) -> _Step:
    """Replace the Chinese colons at which reading stopped; the file stays encoded as it is."""
    text, lines = with_colons(before.text, KEYS)
    content = _like(before, text)
    if not lines or content is None:
        return before, (), ()
    code = basis.codes[FixKind.COLON]
    repairs = [Fix(code, line, "中文冒号“：”改为英文冒号") for line in lines]
    return progress_text(content, before.file), repairs, ()


def _with_commas(before: ProgressText, basis: FixBasis) -> _Step:
    """Replace the Chinese commas within braces, where the file is sound afterwards as it was not before."""
    text, lines = with_commas(before.text, KEYS)
    content = _like(before, text)
    wrong = [fault for fault in before.faults if fault.kind is not FaultKind.ENCODING]
    if not wrong or not lines or content is None:
        return before, (), ()
    after = progress_text(content, before.file)
    if len(after.faults) >= len(before.faults):
        return before, (), ()
    code = basis.codes[FixKind.COMMA]
    return after, [Fix(code, line, "花括号里的中文逗号“，”改为英文逗号") for line in lines], ()


def _like(before: ProgressText, text: str) -> bytes | None:
    """Encode a text as its file is encoded."""
    ways = ((mark, encoding) for mark, encoding in _MARKED if _is_encoded(before, mark, encoding))
    mark, encoding = next(ways, (b"", ""))
    return mark + text.encode(encoding) if encoding else None


def _is_encoded(before: ProgressText, mark: bytes, encoding: str) -> bool:
    return mark + before.text.encode(encoding) == before.content


def _in_utf8(before: ProgressText, basis: FixBasis) -> _Step:
    """Encode as UTF-8 what was read without a loss, as the name of a known unit in it proves."""
    fault = next((fault for fault in before.faults if fault.kind is FaultKind.ENCODING), None)
    unit = before.data.get("unit")
    is_sure = isinstance(unit, str) and basis.units.find_one(unit.strip()) is not None
    if fault is None or fault.span is not None or not is_sure:
        return before, (), ()
    repair = Fix(basis.codes[FixKind.ENCODING], 1, f"{fault.message.partition('，')[0]}，改为 UTF-8")
    return progress_text(before.text.encode(), before.file), (repair,), ()


def _with_values(before: ProgressText, basis: FixBasis) -> _Step:
    """Write canonical names, plain digits and missing digests; of a file that is not sound nothing."""
    tree = tree_of(before.text)
    if before.written is None or before.faults:
        left = [_of_fault(before, tree, fault) for fault in before.faults]
        return before, (), [*left, NotFixed(1, _NOT_SOUND)]
    changes = tuple(value_fixes(before.written, before.data, basis))
    now, done = _applied(before, [change for change in changes if change.value is not None])
    lines = {change: locate(tree, change.path).line for change in changes}
    repairs = [Fix(change.code, lines[change], change.said) for change in done]
    left = [NotFixed(lines[change], _why_not(change)) for change in changes if change not in done]
    return now, repairs, left


def _applied(before: ProgressText, changes: Sequence[ValueFix]) -> tuple[ProgressText, Sequence[ValueFix]]:
    """Write values: all at once or, where that can't be done in place, each that can."""
    at_once = _written(before, changes)
    if at_once is not None:
        return at_once, changes
    now, done = before, []
    for change in changes:
        after = _written(now, (change,))
        if after is not None:
            now = after
            done.append(change)
    return now, done


def _written(before: ProgressText, changes: Sequence[ValueFix]) -> ProgressText | None:
    values = {change.path: change.value or "" for change in changes}
    try:
        return progress_text(rewritten_at(before, values), before.file) if changes else before
    except CannotRewrite:
        return None


def _why_not(change: ValueFix) -> str:
    return change.said if change.value is None else f"{change.said}：{_ODD}"


def _of_fault(text: ProgressText, tree: TreeNode | None, fault: Fault) -> NotFixed:
    if fault.kind is FaultKind.ENCODING and fault.span is None:
        return NotFixed(1, f"{fault.message}；{_why_unsure(text)}，不能确定编码（{_RESAVE}）")
    span = fault.span or locate(tree, fault.place.path)
    return NotFixed(span.line, fault.message + (f"（{fault.hint}）" if fault.hint else ""))


def _why_unsure(text: ProgressText) -> str:
    unit = text.data.get("unit")
    return f"单位“{unit}”认不出" if isinstance(unit, str) else "单位还读不出来"
