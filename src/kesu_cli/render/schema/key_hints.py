"""A row of a file as an editor wants it: what to write where a key is missing, unknown, or to be begun."""

from collections.abc import Iterator
from typing import Any

from kesu_cli.yamltext.tree import walk

Schema = dict[str, Any]

_NO_VALUE = "另起一行"


def row(schema: Schema, kinds: Schema) -> Schema:
    """Say in Chinese what an editor shows of a row; each required key stands apart, with its own words.

    ``kinds`` are the rows by their names: a key that holds one row is titled as that row is.
    """
    keys = {key: _titled(within, kinds) for key, within in schema["properties"].items()}
    required = schema.pop("required", [])
    found = schema | {"errorMessage": _may_be_written(keys)}
    conditions = [*(_missing(key, keys[key]) for key in required), *schema.get("allOf", ())]
    snippet = dict(_snippet(keys, required))
    if conditions:
        found["allOf"] = conditions
    if snippet:
        found["defaultSnippets"] = [{"label": schema["title"], "body": snippet}]
    return found | {"properties": {key: _with_values(within) for key, within in keys.items()}}


def _titled(within: Schema, kinds: Schema) -> Schema:
    kind = kinds.get(within.get("$ref", "").removeprefix("#/$defs/"), {})
    return {"title": kind["title"]} | within if "title" in kind else within


def _named(key: str, within: Schema) -> str:
    return f"{key}（{within['title']}）" if "title" in within else key


def _may_be_written(keys: Schema) -> str:
    names = "、".join(_named(key, within) for key, within in keys.items())
    return f"这里写一组“键: 值”，键只能是：{names}"


def _missing(key: str, within: Schema) -> Schema:
    example = _example(within)
    shown = f"{key}: {example}" if not example.startswith(_NO_VALUE) else example
    remedy = f"；请补上一行“{shown}”" if example else ""
    return {"required": [key], "errorMessage": f"缺少 {_named(key, within)}{remedy}"}


def _example(within: Schema) -> str:
    return str(within.get("examples", [""])[0])


def _snippet(keys: Schema, required: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the lines of a new row: its required keys, each with an example to write over."""
    for number, key in enumerate(required, 1):
        example = _example(keys[key])
        if example and not example.startswith((_NO_VALUE, "[", "{")):
            yield key, f"${{{number}:{example}}}"


def _with_values(within: Schema) -> Schema:
    """Give examples as the values they stand for; what only tells how to begin is no value."""
    written = [_value(text) for text in within.get("examples", ()) if not text.startswith(_NO_VALUE)]
    rest = {key: value for key, value in within.items() if key != "examples"}
    return rest | ({"examples": written} if written else {})


def _value(text: str) -> Any:  # noqa: ANN401 - an example of any kind
    return _typed(walk(text))


def _typed(value: Any) -> Any:  # noqa: ANN401 - an example of any kind
    if isinstance(value, list):
        return [_typed(within) for within in value]
    if isinstance(value, dict):
        return {_typed(key): _typed(within) for key, within in value.items()}
    return int(value) if value.isdecimal() and value == str(int(value)) else {"true": True}.get(value, value)
