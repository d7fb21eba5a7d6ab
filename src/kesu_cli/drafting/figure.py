"""What a target figure of a clause is."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kesu_cli.model.target import Comparator


class Nature(StrEnum):
    """What sort of figure it is: only levels, rates, counts and stocks are a plan's targets as they stand."""

    COUNT = "count"
    STOCK = "stock"
    LEVEL = "level"
    RATE = "rate"
    COVERAGE = "coverage"
    GROWTH = "growth"
    DECLINE = "decline"
    RELATIVE = "relative"  # above another figure: 高于全省平均水平2个百分点
    RANK = "rank"
    PER_ENTITY = "per_entity"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One target figure in its place; offsets count code points of the text that was given."""

    comparator: Comparator
    amount: Decimal
    high: Decimal | None
    unit: str
    noun: str
    start: int
    end: int
    number_start: int
    number_end: int
    nature: Nature
    per: str = ""
    stretch: Decimal | None = None
    conflict: bool = False
    is_aspired: bool = False
    is_explicit: bool = True
    part_of: int | None = None
    is_allowance: bool = False  # what each is paid or may have, not what is to be reached

    @property
    def measure(self) -> str:
        """The unit with what it is asked per: 个/县, 元/人·年."""
        if not self.per:
            return self.unit
        unit, slash, rest = self.unit.partition("/")
        return f"{unit}/{self.per}" + (f"·{rest}" if slash else "")
