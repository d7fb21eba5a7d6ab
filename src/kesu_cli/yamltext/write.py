"""YAML as kesu writes it: the strict subset that it reads, block style, quotes only where they are needed."""

import re
from collections.abc import Iterator, Mapping, Sequence

Node = str | Mapping[str, "Node"] | Sequence["Node"]

COMMENT = "#"
_STEP = "  "
_FEW = 2
_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`~](?:[^:#\n]|:(?=[^\s,\[\]{}])|(?<=\S)#)*")
_NULLS = frozenset({"null", "Null", "NULL"})
_FLOW_SIGNS = re.compile(r"[,\[\]{}]|:\?")  # libyaml ends a text in brackets at :? too


def yaml_text(data: Mapping[str, Node]) -> str:
    """Write a mapping as YAML; a key that begins with ``#`` holds the text of a comment line."""
    return "".join(f"{line}\n" for line in _mapping(data, ""))


def scalar(text: str, *, in_flow: bool = False) -> str:
    """Write one scalar, in double quotes where it would otherwise not be read as the same text."""
    plain = _PLAIN.fullmatch(text) and text not in _NULLS and text == text.strip()
    if plain and not (in_flow and _FLOW_SIGNS.search(text)):
        return text
    return (
        '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'
    )


def flow_text(node: Node) -> str:
    """Write a node on one line, in flow style."""
    if isinstance(node, str):
        return scalar(node, in_flow=True)
    if isinstance(node, Mapping):
        return "{" + ", ".join(f"{flow_text(key)}: {flow_text(part)}" for key, part in node.items()) + "}"
    return "[" + ", ".join(map(flow_text, node)) + "]"


def _mapping(data: Mapping[str, Node], indent: str) -> Iterator[str]:
    for key, value in data.items():
        if key.startswith(COMMENT):
            yield from (f"{indent}# {line}" for line in str(value).splitlines())
        elif isinstance(value, str):
            yield f"{indent}{scalar(key)}: {scalar(value)}"
        elif _is_flat(value):
            yield f"{indent}{scalar(key)}: {_on_one_line(value)}"
        elif isinstance(value, Mapping):
            yield f"{indent}{scalar(key)}:"
            yield from _mapping(value, indent + _STEP)
        else:
            yield f"{indent}{scalar(key)}:"
            yield from _items(value, indent + _STEP)


def _items(values: Sequence[Node], indent: str) -> Iterator[str]:
    for value in values:
        if isinstance(value, str) or _is_flat(value):
            yield f"{indent}- {_on_one_line(value)}"
            continue
        comments, rest = _parted(value)
        yield from _mapping(comments, indent)
        first, *others = _mapping(rest, indent + _STEP)
        yield f"{indent}- {first.strip()}"
        yield from others


def _parted(value: Node) -> tuple[Mapping[str, Node], Mapping[str, Node]]:
    """Set the comments of a list item apart: they stand above its dash."""
    if not isinstance(value, Mapping):
        raise TypeError(f"a list may hold texts and mappings, not {type(value).__name__}")
    comments = {key: part for key, part in value.items() if key.startswith(COMMENT)}
    return comments, {key: part for key, part in value.items() if key not in comments}


def _is_flat(value: Node) -> bool:
    """Whether a list or mapping is written on one line: only texts, and of mappings only short ones."""
    if isinstance(value, str):
        return True
    if isinstance(value, Mapping):
        texts = [part for part in value.values() if isinstance(part, str)]
        return (
            len(texts) == len(value)
            and not any(key.startswith(COMMENT) for key in value)
            and _is_short(texts)
        )
    return all(isinstance(part, str) for part in value)


def _is_short(texts: Sequence[str]) -> bool:
    return sum(map(len, texts)) <= 40  # noqa: PLR2004 - about half a line


def _on_one_line(value: Node) -> str:
    """Write what is flat: a text outside brackets may hold brackets and commas."""
    return scalar(value) if isinstance(value, str) else flow_text(value)


def item_lines(item: Node, indent: str) -> list[str]:
    """Write an item of a list: a mapping of more than a few keys with a line for each of them."""
    if not isinstance(item, Mapping) or len(item) <= _FEW:
        return [f"{indent}- {scalar(item) if isinstance(item, str) else flow_text(item)}"]
    lines = [line for key, value in item.items() for line in key_lines(key, value, within_item=True)]
    return [f"{indent}- {lines[0]}", *(f"{indent}{_STEP}{line}" for line in lines[1:])]


def key_lines(key: str, value: Node, *, within_item: bool = False) -> Iterator[str]:
    """Write a key and its value; what lies deeper than an item of a list stands on one line each."""
    if isinstance(value, str):
        yield f"{scalar(key)}: {scalar(value)}"
    elif isinstance(value, Mapping) or all(isinstance(item, str) for item in value):
        yield f"{scalar(key)}: {flow_text(value)}"
    else:
        yield f"{scalar(key)}:"
        for item in value:
            yield from [f"{_STEP}- {flow_text(item)}"] if within_item else item_lines(item, _STEP)
