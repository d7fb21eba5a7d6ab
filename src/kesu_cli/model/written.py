"""How a scalar may be written in a file, said as JSON Schema for editors; ``field`` decides.

A validator of JSON Schema has turned 18 into a number and 是 into text before it looks; both pass here.
Patterns keep to what JavaScript and Python read alike.
"""

from typing import Any

Schema = dict[str, Any]

_DIGIT = "[0-9０-９]"
_SCALAR = ["string", "number", "boolean"]
_AMOUNT = (
    rf"^\s*({_DIGIT}{{1,3}}([,，]{_DIGIT}{{3}})+|{_DIGIT}+)([.．]{_DIGIT}+)?\s*[万亿]?\s*"
    r"([%％‰℃]|(?![万亿百十一二两三四五六七八九半余多几来]|左右|上下|以[上下内])"
    r"[^\s0-9０-９,.;:?!~+*=<>。、；_\-][^0-9０-９,.;:?!~+*=<>。、；]*)?\s*$"
)
_ONE_OR_TWO = rf"{_DIGIT}{{1,2}}"
_DAY = (
    rf"{_DIGIT}{{4}}([-－]{_ONE_OR_TWO}[-－]{_ONE_OR_TWO}|[/／]{_ONE_OR_TWO}[/／]{_ONE_OR_TWO}|"
    rf"[.．]{_ONE_OR_TWO}[.．]{_ONE_OR_TWO}|年{_ONE_OR_TWO}月{_ONE_OR_TWO}日)"
)
_MONTH = rf"{_DIGIT}{{4}}([-－/／.．]{_ONE_OR_TWO}|年{_ONE_OR_TWO}月)"

TEXT: Schema = {"type": _SCALAR, "pattern": r"\S", "errorMessage": "这里应填写一段文字，不能空着"}
ANY_TEXT: Schema = {"type": _SCALAR, "errorMessage": "这里应填写一段文字"}
NAMES: Schema = {
    "type": [*_SCALAR, "array"],
    "pattern": r"\S",
    "items": TEXT,
    "errorMessage": "应是一个名称，或方括号里的几个名称，例如 [市科协, 团市委]",
}
WHOLE: Schema = {
    "type": ["integer", "string"],
    "minimum": 0,
    "maximum": 999_999_999,
    "pattern": rf"^\s*{_DIGIT}{{1,9}}\s*$",
    "errorMessage": "应是整数；请只写数字，例如 60",
}
YEAR: Schema = {
    "type": ["integer", "string"],
    "minimum": 1900,
    "maximum": 2199,
    "pattern": rf"^\s*{_DIGIT}{{4}}\s*$",
    "errorMessage": "应是年份；请写四位数字，例如 2024",
}
DAY: Schema = {
    "type": "string",
    "pattern": rf"^\s*{_DAY}\s*$",
    "errorMessage": "应是日期；请写成 2024-07-16 这样的日期",
}
DAYS: Schema = {
    "type": ["string", "number", "object"],
    "pattern": rf"^\s*({_DAY}|{_MONTH})\s*$",
    "minimum": 1900,
    "exclusiveMaximum": 2200,
    "not": {"type": "integer"},
    "properties": {"from": DAY, "to": DAY},
    "required": ["from", "to"],
    "additionalProperties": False,
    "errorMessage": "应是一天（2024-07-16）、一个月（2024-07）或 {from: 2024-07-01, to: 2024-07-05}",
}
AMOUNT: Schema = {
    "type": ["number", "string"],
    "minimum": 0,
    "pattern": _AMOUNT,
    "errorMessage": "应是一个确切的数，例如 18、12,000、2万、15.4%",
}
FLAG: Schema = {
    "enum": [True, False, "true", "false", "是", "否"],
    "errorMessage": "应为 true（是）或 false（否）",
}
MONTH_DAY: Schema = {
    "type": "string",
    "pattern": rf"^\s*{_ONE_OR_TWO}[-－]{_ONE_OR_TWO}\s*$",
    "errorMessage": "应写成“月-日”，例如 09-01",
}
TASK_ID: Schema = {
    "type": "string",
    "pattern": r"^\s*(G|[SPA][0-9]{1,2}|M[0-9]{2,3})-[0-9]{1,3}\s*$",
    "errorMessage": "编号应写成 M06-1、G-1、S1-2、P3-1 这样的形式",
}
INTERIM: Schema = {
    "type": ["object", "array"],
    "additionalProperties": AMOUNT,
    "propertyNames": DAY,
    "items": {
        "type": "object",
        "properties": {"day": DAY, "amount": AMOUNT},
        "required": ["day", "amount"],
        "additionalProperties": False,
    },
    "errorMessage": "应写成 {2022-12-31: 4000, 2023-12-31: 8000}",
}


def together(*keys: str) -> Schema:
    """Return the condition that keys are written together or not at all."""
    return {"dependentRequired": {key: [other for other in keys if other != key] for key in keys}}


def filled(key: str) -> Schema:
    """Return the condition that a key is written and not left empty."""
    return {"required": [key], "properties": {key: {"not": {"type": "null"}}}}


def on(key: str) -> Schema:
    """Return the condition that a flag is written and true."""
    return {"required": [key], "properties": {key: {"enum": [True, "true", "是"]}}}
