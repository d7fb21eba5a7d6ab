"""Field types of the files: every scalar arrives as text and is typed here, or refused in Chinese."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from kesu_cli.model import written
from kesu_cli.model.amount import Amount, normal, read_amount
from kesu_cli.model.window import YEARS, Days, read_day, read_days

EMPTY = "没有填写"

_FLAGS = {"true": True, "false": False, "是": True, "否": False}
_LONGEST_WHOLE = 9
_MONTH_DAY = re.compile(r"(\d{1,2})-(\d{1,2})")


class FileRow(BaseModel):
    """A mapping of a file: unknown keys are refused, nothing is changed after it is read."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _blank_lists_are_empty(cls, value: object) -> object:
        """Read a list of which only the key is written as one that is left out."""
        if not isinstance(value, dict) or None not in value.values():
            return value
        lists = {field.alias or name for name, field in cls.model_fields.items() if field.default == ()}
        return {key: within for key, within in value.items() if within is not None or key not in lists}


def _text(value: object) -> str:
    if value is None:
        raise ValueError(EMPTY)
    if not isinstance(value, str):
        raise ValueError("这里应填写一段文字，不能是列表或一组“键: 值”")  # noqa: TRY004 - Pydantic collects only these
    return value


def _filled(value: object) -> object:
    """Refuse a key that is written and left empty; one that may be left out is left out whole."""
    if value is None:
        raise ValueError(EMPTY)
    return value


def _whole(value: object) -> int:
    plain = normal(_text(value))
    if not plain.isdecimal() or len(plain) > _LONGEST_WHOLE or (len(plain) > 1 and plain[0] == "0"):
        raise ValueError(f"“{value}”不是整数；请只写数字，例如 2024")
    return int(plain)


def _year(value: object) -> int:
    year = _whole(value)
    if year not in YEARS:
        raise ValueError(f"“{value}”不是年份；请写四位数字，例如 2024")
    return year


def _day(value: object) -> date:
    return read_day(_text(value))


def _days(value: object) -> Days:
    if isinstance(value, Mapping):
        if set(value) != {"from", "to"}:
            raise ValueError("起止日期应写成 {from: 2024-07-01, to: 2024-07-05}")
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
        raise ValueError(f"“{value}”应为 true（是）或 false（否）")
    return flag


def _month_day(value: object) -> tuple[int, int]:
    match = _MONTH_DAY.fullmatch(normal(_text(value)))
    if match is None:
        raise ValueError(f"“{value}”应写成“月-日”，例如 09-01")
    month, day = int(match[1]), int(match[2])
    try:
        date(2024, month, day)
    except ValueError:
        raise ValueError(f"“{value}”这一天不存在；请核对月、日") from None
    return month, day


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), WithJsonSchema(written.TEXT)]
Whole = Annotated[int, BeforeValidator(_whole), WithJsonSchema(written.WHOLE)]
Year = Annotated[int, BeforeValidator(_year), WithJsonSchema(written.YEAR)]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema(written.DAY)]
WrittenDays = Annotated[Days, BeforeValidator(_days), WithJsonSchema(written.DAYS)]
WrittenAmount = Annotated[Amount, BeforeValidator(_amount), WithJsonSchema(written.AMOUNT)]
Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema(written.FLAG)]
OptionalText = Annotated[Text | None, BeforeValidator(_filled), WithJsonSchema(written.TEXT)]
OptionalAmount = Annotated[Amount | None, BeforeValidator(_amount), WithJsonSchema(written.AMOUNT)]
MonthDay = Annotated[tuple[int, int], BeforeValidator(_month_day), WithJsonSchema(written.MONTH_DAY)]
