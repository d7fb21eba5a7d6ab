"""The target of a task as written in plan/measures.yaml: how much, of what, and compared how."""

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    model_validator,
)

from kesu_cli.model.amount import PER_CENT, Amount, combine, normal, read_unit, show_number
from kesu_cli.model.field import FileRow, Line, WrittenAmount
from kesu_cli.model.key_dependency import exactly_one


class Comparator(StrEnum):
    """How the actual figure is held against the target."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    EQUAL = "equal"
    ABOUT = "about"
    BETWEEN = "between"


_COUNTED = frozenset("名人个次场项所家条期支户处篇部件座辆套册份种批届站台张")
_STEPS = 100  # what is not counted whole is said to two decimals
_ONE_COMPARATOR = "目标要且只要写一种比较方式，例如 {at_least: 30, unit: 名}"
_COMPARATOR_WORDS = {
    Comparator.AT_LEAST: "不少于 {amount}",
    Comparator.MORE_THAN: "超过 {amount}",
    Comparator.AT_MOST: "不超过 {amount}",
    Comparator.LESS_THAN: "低于 {amount}",
    Comparator.EQUAL: "等于 {amount}",
    Comparator.ABOUT: "约 {amount}",
    Comparator.BETWEEN: "{amount} 至 {high}",
}


class Target(FileRow):
    """The quantity a task asks for: exactly one comparator with its amount, and the unit of measure."""

    model_config = ConfigDict(
        title="目标", json_schema_extra={"allOf": exactly_one(Comparator, (), _ONE_COMPARATOR)}
    )

    at_least: WrittenAmount | None = Field(
        None, title="不少于", examples=["30"], description="不少于（以上、达到、不少于，或只写了一个数）"
    )
    more_than: WrittenAmount | None = Field(
        None, title="超过", examples=["15%"], description="超过，不含这个数"
    )
    at_most: WrittenAmount | None = Field(None, title="不超过", examples=["10"], description="不超过（以内）")
    less_than: WrittenAmount | None = Field(
        None, title="低于", examples=["5%"], description="低于，不含这个数"
    )
    equal: WrittenAmount | None = Field(
        None, title="等于", examples=["100%"], description="等于（如全覆盖 100%）"
    )
    about: WrittenAmount | None = Field(None, title="约", examples=["50"], description="左右，约")
    between: tuple[WrittenAmount, WrittenAmount] | None = Field(
        None, title="从多少到多少", examples=["[30, 40]"], description="从多少到多少，两个数先小后大"
    )
    unit: Annotated[Line, AfterValidator(normal)] = Field(
        title="计量单位", examples=["名"], description="计量单位，不带“万”“亿”"
    )
    stretch: WrittenAmount | None = Field(None, title="力争", examples=["20%"], description="力争达到的数")

    @model_validator(mode="after")
    def _one_comparator(self) -> Self:
        given = [name.value for name in Comparator if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(_ONE_COMPARATOR)
        if self.between and self.between[0].number > self.between[1].number:
            raise ValueError("between 的两个数应先小后大")
        if read_unit(self.unit)[0] > 1:
            raise ValueError("目标的计量单位不带“万”“亿”；请写成 {at_least: 2万, unit: 人次}")
        for amount in (*(self.between or (getattr(self, self.comparator),)), self.stretch):
            if amount is not None:
                combine(amount, self.unit)
        return self

    @cached_property
    def comparator(self) -> Comparator:
        """The one comparator that is written."""
        return next(name for name in Comparator if getattr(self, name) is not None)

    @cached_property
    def amount(self) -> Decimal:
        """The amount to reach; of a range, its lower end."""
        if self.between:
            return self.between[0].number
        amount: Amount = getattr(self, self.comparator)
        return amount.number

    @property
    def words(self) -> str:
        """The target as it is printed: 不少于 30 名."""
        amount, high = show_number(self.amount), show_number(self.high)
        phrase = _COMPARATOR_WORDS[self.comparator].format(amount=amount, high=high)
        return f"{phrase}{'' if self.unit == PER_CENT else ' '}{self.unit}"

    @property
    def is_counted(self) -> bool:
        """Whether it is of things that are counted whole: 名, 人次, 个, and not 名/小学, 元 or 公里."""
        is_ratio = "/" in self.unit or "每" in self.unit
        return self.unit[:1] in _COUNTED and not is_ratio and self.amount == self.amount.to_integral_value()

    def more(self, amount: Fraction) -> str:
        """Print an increase that is needed, never less than it is: of things that are counted whole ones."""
        step = 1 if self.is_counted else _STEPS
        enough = Fraction(ceil(amount * step), step)
        return f"{show_number(enough)} {'个百分点' if self.unit == PER_CENT else self.unit}"

    @property
    def high(self) -> Decimal:
        """The upper end of a range; otherwise the amount itself."""
        return self.between[1].number if self.between else self.amount
