"""YAML text as plain data and, where asked for, as a tree with places: one walk over libyaml's events.

A strict subset is taken: no anchors, aliases, tags, merge keys, second documents or duplicate keys.
Scalars stay text; what is left empty is None.
"""

import re
from typing import Any, NamedTuple

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

from kesu_cli.diagnostic import FaultKind, Span
from kesu_cli.invisible import INVISIBLE, UNSEEN

DEEPEST = 40
TOO_DEEP = (f"嵌套超过 {DEEPEST} 层", "请检查括号和缩进")

Data = Any
_HIDDEN = re.compile(f"\r|{UNSEEN.pattern}")  # a carriage return of its own can only come by an escape
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class NotTaken(Exception):
    """The text is YAML that kesu does not take."""

    def __init__(self, kind: FaultKind, message: str, hint: str, span: Span) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.hint = hint
        self.span = span


def walk(text: str, tree: "TreeBuilder | None" = None) -> Data:  # noqa: C901, PLR0912 - one branch an event
    """Return the data of a text; ``tree`` makes nodes of it by the way.

    Raises NotTaken, or the error of libyaml, at the first thing that is not as it should be. A stack,
    not recursion, so that depth can be limited: ``within`` is the collection being filled, ``key`` its
    next key or a marker. It is the hot loop of every check and keeps to local names.
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
            elif has_escapes and _HIDDEN.search(value):
                raise _hidden_character(event)
            if tree is not None:
                tree.scalar(event, value)
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            value = within
            within, key = outer.pop()
            if tree is not None:
                tree.end(event)
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            _refuse_collection(event, key, len(outer))
            outer.append((within, key))
            within, key = ({}, _AWAITING_KEY) if kind is MappingStartEvent else ([], _IN_LIST)
            if tree is not None:
                tree.begin(event)
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
        raise NotTaken(FaultKind.SUBSET, *TOO_DEEP, _span(event))
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


def _hidden_character(event: Any) -> NotTaken:
    """Refuse what the gate refuses where it is written out, when an escape brings it in."""
    found = _HIDDEN.search(event.value)
    code = f"U+{ord(found[0]):04X}" if found else ""
    name = "" if INVISIBLE.fullmatch(found[0] if found else "") else "控制"
    message = f"这段文字用反斜杠写法带进了看不见的{name}字符 {code}"
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


class ScalarNode(NamedTuple):
    """A scalar as libyaml met it; ``text`` is None where it is left empty."""

    event: Any
    text: str | None

    @property
    def start(self) -> int:
        """The offset at which it begins."""
        return int(self.event.start_mark.index)

    @property
    def end(self) -> int:
        """The offset behind it."""
        return int(self.event.end_mark.index)

    @property
    def span(self) -> Span:
        """Its lines and columns."""
        return _span(self.event)

    @property
    def is_block(self) -> bool:
        """Whether it is a | or > block."""
        return self.event.style in ("|", ">")

    @property
    def is_written(self) -> bool:
        """Whether any sign of it stands in the text."""
        return bool(self.event.value or self.event.style)


class ListNode(NamedTuple):
    """A list; in block style it begins at its first dash and ends where its last content ends."""

    start: int
    end: int
    flow: bool
    items: tuple["TreeNode", ...]


class MappingNode(NamedTuple):
    """A mapping; in block style it ends where its last content ends."""

    start: int
    end: int
    flow: bool
    pairs: tuple[tuple[ScalarNode, "TreeNode"], ...]

    def pair(self, key: str | int) -> "tuple[ScalarNode, TreeNode] | None":
        """Return a key with its value."""
        for pair in self.pairs:
            if pair[0].text == key:
                return pair
        return None


TreeNode = ScalarNode | ListNode | MappingNode


class TreeBuilder:
    """Makes the nodes of a text while the walk goes over it."""

    def __init__(self) -> None:
        self._outer: list[tuple[Any, list[Any]]] = []
        self._within: list[Any] = []

    @property
    def root(self) -> TreeNode | None:
        """The node of the whole text; None where it holds nothing."""
        return next(iter(self._within), None)

    def scalar(self, event: Any, text: str | None) -> None:
        self._within.append(ScalarNode(event, text))

    def begin(self, event: Any) -> None:
        self._outer.append((event, self._within))
        self._within = []

    def end(self, event: Any) -> None:
        within = self._within
        opening, self._within = self._outer.pop()
        start, flow = opening.start_mark.index, opening.flow_style
        end = event.end_mark.index if flow else within[-1].end if within else start
        if event.__class__ is SequenceEndEvent:
            self._within.append(ListNode(start, end, flow, tuple(within)))
        else:
            pairs = zip(within[::2], within[1::2], strict=True)
            self._within.append(MappingNode(start, end, flow, tuple(pairs)))


def tree_of(text: str) -> TreeNode | None:
    """Return the tree of a text; None where it holds nothing or is not taken."""
    tree = TreeBuilder()
    try:
        walk(text, tree)
    except (NotTaken, yaml.YAMLError):
        return None
    return tree.root


def plain(node: TreeNode) -> Data:
    """Return the data of a node, as the walk does."""
    if isinstance(node, ScalarNode):
        return node.text
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.pairs}


def _span(event: Any) -> Span:
    start, end = event.start_mark, event.end_mark
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)
