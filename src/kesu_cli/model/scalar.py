"""The scalars of the files, a row each: its name, how it is read, what an editor takes, what is said of it.

A validator of JSON Schema has turned 18 into a number and 是 into text before it looks; both pass there.
What may be written and is not to be offered by an editor (true where a name belongs, an empty value)
stands behind an ``if``. The reader decides.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import core_schema

from kesu_cli.model.amount import AMOUNT_TYPED, NUMBERS, Amount, normal, read_amount
from kesu_cli.model.evidence import (
    A_FILE,
    AN_ADDRESS,
    AN_ARCHIVE,
    archive_number,
    file_path,
    web_address,
)
from kesu_cli.model.scalar_regex import DIGITS, alone, read_pattern, typed_pattern, typed_word
from kesu_cli.model.window import DAY_FORM, MONTH_FORM, WRITE_A_DAY, YEARS, Days, read_day, read_days

EMPTY = "没有填写"

_NO_LIST = "不能是列表或一组“键: 值”"
_ONLY_DIGITS = "整数；请只写数字，例如"
_LONGEST_WHOLE = 9
_BREAK = re.compile("[\r\n\x0b\x0c\x85\u2028\u2029]+")
_FLAGS = {"true": True, "false": False, "是": True, "否": False}
_TRUE_OR_FALSE = "true（是）或 false（否）"
_MONTH_DAY_FORM = "M-M"
_MONTH_DAY = re.compile(read_pattern(_MONTH_DAY_FORM))
_FROM_TO = "{from: 2024-07-01, to: 2024-07-05}"
_INTERIM = "应写成 {2022-12-31: 4000, 2023-12-31: 8000} 这样的一组“日期: 数值”"
TASK_ID_FORM = r"(G|[SPA]\d{1,2}|M\d{2,3})-\d{1,3}"

Schema = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Scalar:
    """A kind of value, as an annotation of the type that it is read as.

    ``word`` is its name in the reference of the files, ``message`` what an editor says where there
    is something else; without ``read`` the type itself decides.
    """

    word: str
    message: str
    schema: Schema
    read: Callable[[object], object] | None = None

    def refusal(self, value: object) -> str:
        """Say that a value is none."""
        return f"“{value}”{self.message.replace('应是', '不是', 1)}"

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        if self.read is None:
            return handler(source)
        return core_schema.no_info_before_validator_function(self.read, handler(source))

    def __get_pydantic_json_schema__(
        self, _: core_schema.CoreSchema, __: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return dict(self.schema)


def _text(value: object) -> str:
    if value is None:
        raise ValueError(EMPTY)
    if not isinstance(value, str):
        raise ValueError(ANY_TEXT.message)  # noqa: TRY004 - Pydantic collects only these
    return value


def filled(value: object) -> object:
    """Refuse a key that is written and left empty; one that may be left out is left out whole."""
    if value is None:
        raise ValueError(EMPTY)
    return value


def on_one_line(text: str) -> str:
    """Return a title or a name as one line: no part of it ever begins a line of an output."""
    return _BREAK.sub(" ", text)


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _whole(value: object) -> int:
    plain = normal(_text(value))
    if not plain.isdecimal() or len(plain) > _LONGEST_WHOLE or (len(plain) > 1 and plain[0] == "0"):
        raise ValueError(f"“{value}”不是{_ONLY_DIGITS} 2024")
    return int(plain)


def _year(value: object) -> int:
    year = _whole(value)
    if year not in YEARS:
        raise ValueError(YEAR.refusal(value))
    return year


def _day(value: object) -> date:
    return read_day(_text(value))


def _days(value: object) -> Days:
    if isinstance(value, Mapping):
        if set(value) != {"from", "to"}:
            raise ValueError(f"起止日期应写成 {_FROM_TO}")
        start, end = _day(value["from"]), _day(value["to"])
        if start > end:
            raise ValueError(f"起始日期 {start} 晚于结束日期 {end}；请核对前后顺序")
        return Days(start, end)
    return read_days(_text(value))


def _amount(value: object) -> Amount:
    return read_amount(_text(value))


def _flag(value: object) -> bool:
    flag = _FLAGS.get(normal(_text(value)))
    if flag is None:
        raise ValueError(f"“{value}”应为 {_TRUE_OR_FALSE}")
    return flag


def _month_day(value: object) -> tuple[int, int]:
    match = _MONTH_DAY.fullmatch(normal(_text(value)))
    if match is None:
        raise ValueError(MONTH_DAY.refusal(value))
    month, day = int(match[1]), int(match[2])
    try:
        date(2024, month, day)
    except ValueError:
        raise ValueError(f"“{value}”这一天不存在；请核对月、日") from None
    return month, day


def _file_path(value: object) -> str:
    return file_path(_filled(value))


def _address(value: object) -> str:
    return web_address(_filled(value))


def _archive(value: object) -> str:
    return archive_number(_filled(value))


def _filled(value: object) -> str:
    text = _text(value)
    if not text.strip():
        raise ValueError(EMPTY)
    return text


def _interim(value: object) -> object:
    if isinstance(value, dict):
        return [{"day": day, "amount": amount} for day, amount in value.items()]
    return value


def _row(word: str, message: str, read: Callable[[object], object] | None = None, **schema: object) -> Scalar:
    return Scalar(word, message, {**schema, "errorMessage": message}, read)


def _words(
    word: str, message: str, read: Callable[[object], object] | None = None, **schema: object
) -> Scalar:
    """Make the row of words: true and false are taken, and not offered."""
    within = {**schema, "errorMessage": message}
    return Scalar(word, message, {"if": {"type": ["boolean"]}, "else": within}, read)


TEXT = _words("文字", f"这里应填写一段文字，不能空着，也{_NO_LIST}", type=["string", "number"], pattern=r"\S")
ANY_TEXT = _words("文字", f"这里应填写一段文字，{_NO_LIST}", type=["string", "number"])
NAMES = _words(
    "一个名称，或名称的列表",
    "应是一个名称，或方括号里的几个名称，例如 [市科协, 团市委]",
    _listed,
    type=["string", "number", "array"],
    pattern=r"\S",
    items=TEXT.schema,
)
WHOLE = _row(
    "整数",
    f"应是{_ONLY_DIGITS} 60",
    _whole,
    type=["integer", "string"],
    minimum=0,
    maximum=10**_LONGEST_WHOLE - 1,
    pattern=alone(f"[{DIGITS}]{{1,{_LONGEST_WHOLE}}}"),
)
YEAR = _row(
    "年份，如 2024",
    "应是年份；请写四位数字，例如 2024",
    _year,
    type=["integer", "string"],
    minimum=YEARS.start,
    maximum=YEARS.stop - 1,
    pattern=alone(typed_pattern("Y")),
)
DAY = _row(
    "日期，如 2024-07-16",
    f"应是日期；{WRITE_A_DAY}",
    _day,
    type="string",
    pattern=alone(typed_pattern(DAY_FORM)),
)
_DAYS = f"应是一天（2024-07-16）、一个月（2024-07）或起止日期 {_FROM_TO}"
DAYS = _row(
    "日期、月份或起止日期",
    _DAYS,
    _days,
    type=["string", "number", "object"],
    pattern=alone(typed_pattern(f"({DAY_FORM}|{MONTH_FORM})")),
    allOf=[
        {
            "if": {"type": "integer"},
            "then": {"type": "string", "errorMessage": _DAYS},
            "else": {"minimum": YEARS.start, "exclusiveMaximum": YEARS.stop},
        },
        {
            "if": {"type": "object"},
            "then": {
                "properties": {"from": DAY.schema, "to": DAY.schema},
                "required": ["from", "to"],
                "additionalProperties": False,
                "errorMessage": _DAYS,
            },
        },
    ],
)
AMOUNT = _row(
    f"数值，如 {NUMBERS}",
    f"应是一个确切的数，例如 {NUMBERS}",
    _amount,
    type=["number", "string"],
    minimum=0,
    pattern=alone(AMOUNT_TYPED),
)
FLAG = _row(
    "true 或 false",
    f"应写 {_TRUE_OR_FALSE}",
    _flag,
    type=["boolean", "string"],
    pattern=alone(f"({'|'.join(map(typed_word, _FLAGS))})"),
)
MONTH_DAY = _row(
    "月-日，如 09-01",
    "应写成“月-日”，例如 09-01",
    _month_day,
    type="string",
    pattern=alone(typed_pattern(_MONTH_DAY_FORM)),
)
TASK_ID = _row(
    "任务编号，如 M06-1",
    "编号应写成 M06-1、G-1、S1-2、P3-1 这样的形式",
    type="string",
    pattern=alone(TASK_ID_FORM.replace(r"\d", "[0-9]")),
)
FILE_PATH = _words(
    "文件的路径",
    f"应是仓库里文件的路径，例如 {A_FILE}",
    _file_path,
    type=["string", "number"],
    pattern=r"^(?!\s*[Hh][Tt][Tt][Pp][Ss]?://)[\s\S]*\S",
)
ADDRESS = _row(
    "网址",
    f"应是完整的网址，从 https:// 写起，例如 {AN_ADDRESS}；不能只是网站首页",
    _address,
    type="string",
    pattern=alone(r"[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#]+\.[^\s/?#]+[/?#]\S+"),
)
ARCHIVE = _words(
    "存档号",
    f"应是纸质材料的档案编号，例如 {AN_ARCHIVE}",
    _archive,
    type=["string", "number"],
    pattern=f"[{DIGITS}]",
)
INTERIM = _row(
    "一组“日期: 数值”",
    _INTERIM,
    _interim,
    **{
        "type": ["object", "array"],
        "additionalProperties": AMOUNT.schema,
        "propertyNames": DAY.schema,
        "if": {"type": "array"},
        "then": {
            "items": {
                "type": "object",
                "properties": {"day": DAY.schema, "amount": AMOUNT.schema},
                "required": ["day", "amount"],
                "additionalProperties": False,
                "errorMessage": _INTERIM,
            }
        },
    },
)
SCALARS = (
    TEXT,
    ANY_TEXT,
    NAMES,
    WHOLE,
    YEAR,
    DAY,
    DAYS,
    AMOUNT,
    FLAG,
    MONTH_DAY,
    TASK_ID,
    FILE_PATH,
    ADDRESS,
    ARCHIVE,
    INTERIM,
)
