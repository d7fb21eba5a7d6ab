"""Plain data to typed files: what Pydantic finds wrong, said in Chinese, at its place."""

from collections.abc import Mapping, Sequence
from enum import EnumType
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kesu_cli.finding import Place, Step
from kesu_cli.model.similar import did_you_mean
from kesu_cli.rule import Fault, FaultKind

Model = TypeVar("Model", bound=BaseModel)

_WORDS = {
    "string_type": "这里应填写一段文字，不能是列表或一组“键: 值”",
    "tuple_type": "这里应是列表，每一项以“- ”开头，或写在方括号里",
    "list_type": "这里应是列表，每一项以“- ”开头，或写在方括号里",
    "dict_type": "这里应是一组“键: 值”",
    "model_type": "这里应是一组“键: 值”",
    "model_attributes_type": "这里应是一组“键: 值”",
    "string_too_short": "没有填写",
    "string_pattern_mismatch": "编号应写成 M06-1、G-1、S1-2、P3-1 这样的形式",
    "too_short": "这里的项数不够",
    "too_long": "这里的项数太多",
}


def fit(model: type[Model], data: Any, place: Place) -> tuple[Model | None, tuple[Fault, ...]]:
    """Validate data against a file's shape; every error becomes a located fault."""
    try:
        return model.model_validate(data), ()
    except ValidationError as error:
        details = error.errors(include_url=False)
    return None, tuple(_fault(model, detail, data, place) for detail in details)


def _fault(model: type[BaseModel], detail: ErrorDetails, data: Any, place: Place) -> Fault:
    path = real_path(detail["loc"], data)
    message, hint = _say(model, detail)
    return Fault(FaultKind.SCHEMA, Place(place.file, place.path + path), message, hint)


def real_path(loc: Sequence[Step], data: Any) -> tuple[Step, ...]:
    """Keep the steps of a Pydantic location that name something in the data."""
    path: list[Step] = []
    for step in loc:
        inside = (isinstance(data, Mapping) and step in data) or (
            isinstance(data, Sequence) and isinstance(step, int) and step < len(data)
        )
        if inside:
            data = data[step]
            path.append(step)
    return tuple(path)


def _say(model: type[BaseModel], detail: ErrorDetails) -> tuple[str, str]:
    """Say what is wrong and what to write instead."""
    kind, loc = detail["type"], detail["loc"]
    key = str(loc[-1]) if loc else ""
    if kind == "missing":
        return f"缺少“{key}”这一项", f"请补上一行“{key}: …”"
    if kind == "extra_forbidden":
        return _unknown_key(key, _keys_at(model, loc[:-1]))
    if kind == "enum":
        choices = detail["ctx"]["expected"].replace("'", "").replace(" or ", "、").replace(", ", "、")
        return f"“{detail['input']}”不在可选范围内", f"这里可以写：{choices}"
    if kind == "value_error":
        return _split(str(detail["ctx"]["error"]))
    if detail["input"] is None:
        return "没有填写", "请在冒号后面填上内容"
    return _WORDS.get(kind, f"这里的内容不符合要求（{kind}）"), ""


def _unknown_key(key: str, known: Sequence[str]) -> tuple[str, str]:
    near = did_you_mean(key, known)
    return f"没有“{key}”这一项" + (f"；{near}" if near else ""), f"这里可以写：{'、'.join(known)}"


def _split(message: str) -> tuple[str, str]:
    """Our own messages put what to do behind the first semicolon."""
    wrong, _, remedy = message.partition("；")
    return wrong, remedy


def _keys_at(model: type[BaseModel], loc: Sequence[Step]) -> tuple[str, ...]:
    """List the keys that the shape allows at a location."""
    shape: Any = model
    for step in loc:
        if isinstance(step, int):
            continue
        fields = {info.alias or name: info for name, info in shape.model_fields.items()}
        if step not in fields:
            break
        shape = _row_within(fields[str(step)].annotation) or shape
    return tuple(info.alias or name for name, info in shape.model_fields.items())


def _row_within(annotation: Any) -> type[BaseModel] | None:
    if (
        isinstance(annotation, type)
        and not isinstance(annotation, EnumType)
        and issubclass(annotation, BaseModel)
    ):
        return annotation
    found = (_row_within(part) for part in get_args(annotation))
    return next((row for row in found if row), None)
