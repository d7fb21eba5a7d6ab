"""What Pydantic finds wrong with a file, said in Chinese: which key, what is wrong, what to write."""

from collections.abc import Mapping, Sequence
from enum import Enum, EnumType
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from kesu_cli.diagnostic import Step
from kesu_cli.model.amount import normal
from kesu_cli.model.field import fields_by_key
from kesu_cli.model.name_similarity import did_you_mean
from kesu_cli.model.scalar import ANY_TEXT, EMPTY, TASK_ID

_TEXT = ANY_TEXT.message.removeprefix("这里")
_LIST = "应是列表，每一项以“- ”开头，或写在方括号里"
_MAPPING = "应是一组“键: 值”"
_WORDS = {
    "string_type": _TEXT,
    "tuple_type": _LIST,
    "list_type": _LIST,
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "string_too_short": EMPTY,
    "string_pattern_mismatch": f"的{TASK_ID.message}",
    "too_short": "的项数不够",
    "too_long": "的项数太多",
}
_NEXT_LINE = "另起一行"


class _Named(NamedTuple):
    """A key as it is said to an officer: with its Chinese word, and a line that shows how to write it."""

    name: str
    example: str
    words: Mapping[str, Sequence[str]]
    required: bool = True


def say(model: type[BaseModel], detail: ErrorDetails) -> tuple[str, str]:
    """Say what is wrong and what to write instead."""
    kind, loc, given = detail["type"], detail["loc"], detail["input"]
    field = _field_at(model, loc)
    if kind == "missing":
        return f"缺少 {field.name}", f"请补上一行“{field.example}”"
    if kind == "extra_forbidden":
        return _unknown_key(model, loc)
    if kind == "enum" and given is not None:
        return _unknown_word(field, str(given))
    if kind == "value_error":
        wrong, remedy = _split(str(detail["ctx"]["error"]))
        return (wrong, remedy) if wrong != EMPTY else _left_empty(field)
    return _left_empty(field) if given is None else _misshapen(field, kind)


def _misshapen(field: _Named, kind: str) -> tuple[str, str]:
    said = _WORDS.get(kind, f"的内容不符合要求（{kind}）")
    return f"{field.name}{said}", _like(field.example)


def _like(example: str) -> str:
    return example if not example or example.startswith(_NEXT_LINE) else f"例如 {example}"


def _left_empty(field: _Named) -> tuple[str, str]:
    if not field.example:
        return f"{field.name}{EMPTY}", "请在冒号后面填上内容"
    spare = "" if field.required else "；不需要的，整行删去"
    return f"{field.name}{EMPTY}", f"请写成 {field.example}{spare}"


def _named(key: str, info: FieldInfo) -> _Named:
    title = f"（{info.title}）" if info.title else ""
    shown = str((info.examples or [""])[0])
    example = shown if shown.startswith(_NEXT_LINE) else f"{key}: {shown}" if shown else ""
    return _Named(f"{key}{title}", example, _words_of(info.annotation), info.is_required())


def _words_of(annotation: Any) -> dict[str, Sequence[str]]:
    """Return the codes of a field with their Chinese words, where it takes only some."""
    kinds = (annotation, *get_args(annotation))
    kind = next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Enum)), None)
    return {str(member.value): getattr(member, "words", ()) for member in kind} if kind else {}


def _field_at(model: type[BaseModel], loc: Sequence[Step]) -> _Named:
    """Find the innermost named key of a location."""
    keys = [position for position, step in enumerate(loc) if isinstance(step, str)]
    while keys:
        *_, last = keys
        fields = _fields_at(model, loc[:last])
        if str(loc[last]) in fields:
            return _named(str(loc[last]), fields[str(loc[last])])
        keys.pop()
    return _Named("这里", "", {})


def _unknown_word(field: _Named, given: str) -> tuple[str, str]:
    """Offer the code that a Chinese word stands for."""
    key = field.name.partition("（")[0]
    choices = "、".join(f"{code}（{words[0]}）" if words else code for code, words in field.words.items())
    plain = normal(given)
    meant = next((code for code, words in field.words.items() if plain in words or plain.lower() == code), "")
    offered = f"请写成 {key}: {meant}；" if meant else ""
    return f"{field.name}写的是“{given}”，不在可选范围内", f"{offered}这里可以写：{choices}"


def _unknown_key(model: type[BaseModel], loc: Sequence[Step]) -> tuple[str, str]:
    key, known = str(loc[-1]), _fields_at(model, loc[:-1])
    home = home_of(model, key) if len(loc) == 1 else ""
    if home:
        return f"{key} 这一行没有缩进，不知道属于 {home} 里的哪一条", "请在行首加空格，与那一条的其他各行对齐"
    titled = code_of(model, loc)
    choices = "、".join(_named(name, info).name for name, info in known.items())
    if titled:
        return f"“{key}”要写成英文的 {titled}", f"请改成“{_named(titled, known[titled]).example}”这样的形式"
    near = did_you_mean(key, known)
    return f"没有“{key}”这一项" + (f"；{near}" if near else ""), f"这里可以写：{choices}"


def _split(message: str) -> tuple[str, str]:
    """Our own messages put what to do behind the first semicolon."""
    wrong, _, remedy = message.partition("；")
    return wrong, remedy


def _fields_at(model: type[BaseModel], loc: Sequence[Step]) -> dict[str, FieldInfo]:
    """List the keys that the shape allows at a location."""
    shape: Any = model
    for step in loc:
        fields = fields_by_key(shape)
        if step in fields:
            shape = _row_within(fields[str(step)].annotation) or shape
    return fields_by_key(shape)


def code_of(model: type[BaseModel], loc: Sequence[Step]) -> str:
    """Return the key that the Chinese word at a location stands for."""
    fields, word = _fields_at(model, loc[:-1]), normal(str(loc[-1]))
    return next((name for name, info in fields.items() if info.title == word), "")


def home_of(model: type[BaseModel], key: str) -> str:
    """Name the list of a file whose items may hold the key."""
    for name, info in fields_by_key(model).items():
        row = _row_within(info.annotation)
        if row and key in fields_by_key(row):
            return name
    return ""


def _row_within(annotation: Any) -> type[BaseModel] | None:
    if (
        isinstance(annotation, type)
        and not isinstance(annotation, EnumType)
        and issubclass(annotation, BaseModel)
    ):
        return annotation
    found = (_row_within(part) for part in get_args(annotation))
    return next((row for row in found if row), None)
