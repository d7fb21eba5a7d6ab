"""YAML text to plain data, and back from a path to its span: a strict subset, scalars stay text."""

from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs hide the C parser
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from kesu_cli.diagnostic import START_OF_FILE, Fault, FaultKind, Place, Span, Step
from kesu_cli.invisible import CONTROL
from kesu_cli.yamltext.syntax_message import explain_no_mapping, explain_syntax

DEEPEST = 40
_TOO_DEEP = (f"嵌套超过 {DEEPEST} 层", "请检查括号和缩进")
_TOO_DEEP_FOR_LIBYAML = "maximum nesting depth"  # PyYAML 6.0.4 refuses a thousand brackets by itself

Data = Any
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class NotTaken(Exception):
    """The text is YAML that kesu does not take."""

    def __init__(self, kind: FaultKind, message: str, hint: str, span: Span) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.hint = hint
        self.span = span


def read(text: str, place: Place) -> tuple[Data, tuple[Fault, ...]]:
    """Read one YAML document as mappings, lists, text and None (for what is left empty).

    Anchors, aliases, tags, merge keys, second documents and duplicate keys are faults; then, as
    after a syntax error, the data is None.
    """
    try:
        return _build(text), ()
    except NotTaken as refused:
        return None, (Fault(refused.kind, place, refused.message, refused.hint, refused.span),)
    except yaml.YAMLError as error:
        message, hint, span = explain_syntax(error, text)
        if _TOO_DEEP_FOR_LIBYAML in str(error):
            return None, (Fault(FaultKind.SUBSET, place, *_TOO_DEEP, span),)
        return None, (Fault(FaultKind.SYNTAX, place, message, hint, span),)


def read_mapping(text: str, place: Place) -> tuple[Data, tuple[Fault, ...]]:
    """Read a document that must be a mapping, as every file of a workspace is."""
    data, faults = read(text, place)
    if faults or isinstance(data, dict):
        return data, faults
    if data is None:
        fault = Fault(FaultKind.UNREADABLE, place, "文件是空的，或只有注释", "请按格式填写，或删除这个文件")
        return None, (fault,)
    message, hint, span = explain_no_mapping(text)
    return None, (Fault(FaultKind.SYNTAX, place, message, hint, span),)


def _build(text: str) -> Data:  # noqa: C901, PLR0912 - one branch an event; the hot loop of every check
    """Build the data from libyaml's events; a stack, not recursion, so that depth can be limited.

    ``within`` is the collection being filled, ``key`` its next key or a marker; this loop is where
    most of the time of a large check goes, so it keeps to local names.
    """
    next_event: Any = CParser(text).get_event
    outer: list[tuple[Any, Any]] = []
    within: Any = None
    key: Any = _NOTHING_YET
    has_escapes = "\\" in text
    while True:
        event = next_event()
        kind = event.__class__
        if kind is ScalarEvent:
            if event.anchor is not None or event.tag is not None:
                raise _unsupported(event)
            value = event.value
            if not event.style and value in _NULLS:
                value = None
            elif has_escapes and CONTROL.search(value):
                raise _control_character(event)
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            value = within
            within, key = outer.pop()
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            _refuse_collection(event, key, len(outer))
            outer.append((within, key))
            within, key = ({}, _AWAITING_KEY) if kind is MappingStartEvent else ([], _IN_LIST)
            continue
        elif kind is StreamEndEvent:
            return within
        else:
            _refuse_other(event, key)
            continue
        if key is _IN_LIST:
            within.append(value)
        elif key is _AWAITING_KEY:
            if value is None or value == "<<" or value in within:
                raise _odd_key(event, value)
            key = value
        elif key is _NOTHING_YET:
            within, key = value, _DONE
        else:
            within[key] = value
            key = _AWAITING_KEY


class _Marker:
    """A state of a collection under construction that no key can be mistaken for."""


_NOTHING_YET = _Marker()
_AWAITING_KEY = _Marker()
_IN_LIST = _Marker()
_DONE = _Marker()


def _refuse_collection(event: Any, key: Any, depth: int) -> None:
    if event.anchor is not None or event.tag is not None:
        raise _unsupported(event)
    if depth >= DEEPEST:
        raise NotTaken(FaultKind.SUBSET, *_TOO_DEEP, _span(event))
    if key is _AWAITING_KEY:
        message = "“键”应是一个词，不能是列表或一组“键: 值”"
        raise NotTaken(FaultKind.SUBSET, message, "请检查冒号和括号", _span(event))


def _refuse_other(event: Any, key: Any) -> None:
    if isinstance(event, AliasEvent):
        raise _unsupported(event)
    if isinstance(event, DocumentStartEvent) and key is not _NOTHING_YET:
        hint = "请拆成两个文件，或删去多余的 ---"
        raise NotTaken(FaultKind.SUBSET, "一个文件里有两份文档（以 --- 分隔）", hint, _span(event))


def _unsupported(event: Any) -> NotTaken:
    sign = "*" if isinstance(event, AliasEvent) else "!" if event.tag is not None else "&"
    hint = f"以 {sign} 开头的内容有特殊含义；如果就是要写这个字符，请给整段文字加英文引号"
    return NotTaken(FaultKind.SUBSET, f"这里用了 YAML 的 {sign} 记号，kesu 不接受", hint, _span(event))


def _control_character(event: Any) -> NotTaken:
    """Refuse what the gate refuses where it is written out, when an escape brings it in."""
    found = CONTROL.search(event.value)
    code = f"U+{ord(found[0]):04X}" if found else ""
    message = f"这段文字用反斜杠写法带进了看不见的控制字符 {code}"
    return NotTaken(FaultKind.SUBSET, message, "请删去引号里的这个反斜杠写法，只写看得见的文字", _span(event))


def _odd_key(event: Any, key: str | None) -> NotTaken:
    if key is None:
        hint = "请在冒号前写上项目名称，例如 name:"
        return NotTaken(FaultKind.SUBSET, "冒号前面没有写“键”", hint, _span(event))
    if key == "<<":
        return NotTaken(
            FaultKind.SUBSET, "这里用了合并键 <<，kesu 不接受", "请把内容直接写出来", _span(event)
        )
    hint = f"请只保留一个“{key}”；如果是两件事，请分成两条"
    return NotTaken(FaultKind.DUPLICATE_KEY, f"“{key}”写了两次", hint, _span(event))


def _span(event: Any) -> Span:
    start, end = event.start_mark, event.end_mark
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


Spans = dict[tuple[Step, ...], Any]  # the event of each node; the few that are asked for become spans


def spans(text: str) -> Spans:
    """Map every path of a well-formed text to the place a reader should look at, for ``locate``.

    A scalar is its own place, a mapping or list under a key is at the key, an item of a list at
    its first scalar.
    """
    found: Spans = {}
    try:
        _walk(CParser(text), found)
    except yaml.YAMLError:
        return found
    return found


def _walk(parser: Any, found: Spans) -> None:
    path: list[Step] = []
    awaiting: list[bool | None] = []
    while event := parser.get_event():
        kind = event.__class__
        if kind is MappingEndEvent or kind is SequenceEndEvent:
            awaiting.pop()
            _advance(path, awaiting)
        elif kind is ScalarEvent and awaiting and awaiting[-1] is True:
            path[-1] = event.value
            awaiting[-1] = False
            found.setdefault(tuple(path), event)
            _first_of_ancestors(found, tuple(path[:-1]), event)
        elif kind is ScalarEvent:
            here = tuple(path)
            if event.value or event.style:
                found[here] = event
            _first_of_ancestors(found, here, event)
            _advance(path, awaiting)
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            is_mapping = kind is MappingStartEvent
            path.append("" if is_mapping else 0)
            awaiting.append(True if is_mapping else None)


def _advance(path: list[Step], awaiting: list[bool | None]) -> None:
    """Step on after a value: to the next item of a list, or to the next key of a mapping."""
    while len(path) > len(awaiting):
        path.pop()
    if not awaiting:
        return
    if awaiting[-1] is None:
        path[-1] = int(path[-1]) + 1
    else:
        awaiting[-1] = True


def _first_of_ancestors(found: Spans, path: tuple[Step, ...], event: Any) -> None:
    """Give list items and the root the place of the first scalar within."""
    while path not in found:
        found[path] = event
        if not path:
            return
        path = path[:-1]


def locate(found: Spans, path: tuple[Step, ...]) -> Span:
    """Return the span of a path, or of its nearest ancestor that exists."""
    while path and path not in found:
        path = path[:-1]
    return _span(found[path]) if path in found else START_OF_FILE
