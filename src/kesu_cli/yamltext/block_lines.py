"""Lines of block YAML as progress files are written: a line for each key, what lies deeper on one line."""

from collections.abc import Iterator, Mapping

from kesu_cli.yamltext.write import Node, flow_text, scalar

_STEP = "  "
_FEW = 2


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
