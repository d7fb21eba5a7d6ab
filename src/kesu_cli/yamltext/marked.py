"""YAML text as a tree that remembers at which character each node begins and ends."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs hide the C parser
from yaml.events import (
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamStartEvent,
)

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class MarkedScalar:
    """A scalar; ``text`` is None where it is left empty, ``is_block`` says that it is a | or > block."""

    start: int
    end: int
    text: str | None
    is_block: bool


@dataclass(frozen=True, slots=True)
class MarkedList:
    """A list; in block style it begins at its first dash and ends where its last content ends."""

    start: int
    end: int
    flow: bool
    items: tuple["Marked", ...]


@dataclass(frozen=True, slots=True)
class MarkedMapping:
    """A mapping; in block style it ends where its last content ends."""

    start: int
    end: int
    flow: bool
    pairs: tuple[tuple[MarkedScalar, "Marked"], ...]

    def value(self, key: str) -> "Marked | None":
        """Return the value of a key."""
        return next((value for name, value in self.pairs if name.text == key), None)


Marked = MarkedScalar | MarkedList | MarkedMapping


def marked(text: str) -> Marked:
    """Parse a text that the reference reader takes."""
    parser = CParser(text)
    events = iter(parser.get_event, None)
    for event in events:
        if not isinstance(event, (StreamStartEvent, DocumentStartEvent)):
            return _node(event, events)
    raise yaml.YAMLError("no document")


def _node(event: Any, events: Iterator[Any]) -> Marked:
    if isinstance(event, ScalarEvent):
        empty = not event.style and event.value in _NULLS
        text = None if empty else event.value
        return MarkedScalar(_at(event.start_mark), _at(event.end_mark), text, event.style in ("|", ">"))
    start, flow = _at(event.start_mark), bool(event.flow_style)
    closing = MappingEndEvent if isinstance(event, MappingStartEvent) else SequenceEndEvent
    children: list[Marked] = []
    for following in events:
        if isinstance(following, closing):
            last = children[-1].end if children else start
            end = _at(following.end_mark) if flow else last
            break
        children.append(_node(following, events))
    if isinstance(event, SequenceStartEvent):
        return MarkedList(start, end, flow, tuple(children))
    keys = (child for child in children[::2] if isinstance(child, MarkedScalar))
    return MarkedMapping(start, end, flow, tuple(zip(keys, children[1::2], strict=True)))


def _at(mark: Any) -> int:
    index: int = mark.index
    return index


def plain(node: Marked) -> Any:
    """Return the data of a node, as the reference reader does."""
    if isinstance(node, MarkedScalar):
        return node.text
    if isinstance(node, MarkedList):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.pairs}
