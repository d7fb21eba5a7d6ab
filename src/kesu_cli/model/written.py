"""How a scalar may be written in a file, said as JSON Schema for editors; ``field`` decides.

A validator of JSON Schema has turned 18 into a number and 是 into text before it looks; both pass here.
Patterns keep to what JavaScript and Python read alike. What may be written and is not to be offered by an
editor (true where a name belongs, an empty value) stands behind an ``if``.
"""

from typing import Any

Schema = dict[str, Any]

_DIGIT = "[0-9０-９]"
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

TEXT: Schema = {
    "if": {"type": ["boolean"]},
    "else": {
        "type": ["string", "number"],
        "pattern": r"\S",
        "errorMessage": "这里应填写一段文字，不能空着，也不能是列表或一组“键: 值”",
    },
}
ANY_TEXT: Schema = {
    "if": {"type": ["boolean"]},
    "else": {
        "type": ["string", "number"],
        "errorMessage": "这里应填写一段文字，不能是列表或一组“键: 值”",
    },
}
NAMES: Schema = {
    "if": {"type": ["boolean"]},
    "else": {
        "type": ["string", "number", "array"],
        "pattern": r"\S",
        "items": TEXT,
        "errorMessage": "应是一个名称，或方括号里的几个名称，例如 [市科协, 团市委]",
    },
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
_DAYS_MESSAGE = "应是一天（2024-07-16）、一个月（2024-07）或起止日期 {from: 2024-07-01, to: 2024-07-05}"
DAYS: Schema = {
    "type": ["string", "number", "object"],
    "pattern": rf"^\s*({_DAY}|{_MONTH})\s*$",
    "allOf": [
        {
            "if": {"type": "integer"},
            "then": {"type": "string", "errorMessage": _DAYS_MESSAGE},
            "else": {"minimum": 1900, "exclusiveMaximum": 2200},
        },
        {
            "if": {"type": "object"},
            "then": {
                "properties": {"from": DAY, "to": DAY},
                "required": ["from", "to"],
                "additionalProperties": False,
                "errorMessage": _DAYS_MESSAGE,
            },
        },
    ],
    "errorMessage": _DAYS_MESSAGE,
}
AMOUNT: Schema = {
    "type": ["number", "string"],
    "minimum": 0,
    "pattern": _AMOUNT,
    "errorMessage": "应是一个确切的数，例如 18、12,000、2万、15.4%",
}
FLAG: Schema = {
    "type": ["boolean", "string"],
    "pattern": r"^\s*([tｔ][rｒ][uｕ][eｅ]|[fｆ][aａ][lｌ][sｓ][eｅ]|是|否)\s*$",
    "errorMessage": "应写 true（是）或 false（否）",
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
_INTERIM_MESSAGE = "应写成 {2022-12-31: 4000, 2023-12-31: 8000} 这样的一组“日期: 数值”"
INTERIM: Schema = {
    "type": ["object", "array"],
    "additionalProperties": AMOUNT,
    "propertyNames": DAY,
    "if": {"type": "array"},
    "then": {
        "items": {
            "type": "object",
            "properties": {"day": DAY, "amount": AMOUNT},
            "required": ["day", "amount"],
            "additionalProperties": False,
            "errorMessage": _INTERIM_MESSAGE,
        }
    },
    "errorMessage": _INTERIM_MESSAGE,
}
