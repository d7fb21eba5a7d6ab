"""Which keys of a file belong together, said as JSON Schema with what an editor shows where it is not so.

Nothing in a condition is a key or a value that completion should offer: what is wanted of a value stands
behind an ``if``, and ``doNotSuggest`` keeps the key back.
"""

from collections.abc import Iterable
from typing import Any

Schema = dict[str, Any]

NEVER: Schema = {"type": "string", "pattern": "(?!)"}

_WRITTEN: Schema = {"type": ["string", "number", "boolean", "object", "array"]}
_EMPTY: Schema = {"type": "null"}
_ON: Schema = {"enum": [True, "true", "是"]}
_OFF: Schema = {"enum": [False, "false", "否", None]}


def filled(key: str, message: str = "") -> Schema:
    """Return the condition that a key is written and not left empty."""
    return _with(message, required=[key], **_only(key, _WRITTEN, message))


def when(condition: Schema, then: Schema) -> Schema:
    """Return the condition that one thing asks for another."""
    return {"if": condition, "then": then}


def some(keys: Iterable[str], message: str) -> Schema:
    """Return the condition that at least one of the keys is filled."""
    return {"anyOf": [filled(key, message) for key in keys]}


def empty(key: str, message: str) -> Schema:
    """Return the condition that a key is left out or left empty."""
    return _only(key, _EMPTY, message)


def exactly_one(keys: Iterable[str], flags: Iterable[str], message: str) -> list[Any]:
    """Return the conditions that one key is filled, or one flag is true, and only one."""
    given = [(filled(key), filled(key, message), empty(key, message)) for key in keys]
    given += [(_on(flag), _on(flag, message), _only(flag, _OFF, message)) for flag in flags]
    at_least: Schema = {"anyOf": [said for _, said, _ in given]}
    later = [_all(absent for _, _, absent in given[number + 1 :]) for number in range(len(given) - 1)]
    return [at_least, *(when(first, rest) for (first, _, _), rest in zip(given, later, strict=False))]


def _all(conditions: Iterable[Schema]) -> Schema:
    return {"properties": {key: within for one in conditions for key, within in one["properties"].items()}}


def _on(flag: str, message: str = "") -> Schema:
    return _with(message, required=[flag], **_only(flag, _ON, message))


def _only(key: str, wanted: Schema, message: str) -> Schema:
    within = {"doNotSuggest": True, "if": wanted, "else": _with(message, **NEVER)}
    return {"properties": {key: within}}


def _with(message: str, **schema: Any) -> Schema:  # noqa: ANN401 - what JSON Schema takes
    return schema | ({"errorMessage": message} if message else {})
