"""From a quantity of a clause to the target of a task, with what the words leave open."""

from dataclasses import dataclass
from decimal import Decimal

from kesu_cli.drafting.figure import Nature, Quantity
from kesu_cli.model.amount import PER_CENT, show_number
from kesu_cli.model.target import Comparator
from kesu_cli.model.task_in_plan_file import Kind
from kesu_cli.yamltext.write import Node

_TIMES = frozenset(["次", "场", "场次", "期", "批", "届", "轮", "遍", "回"])
_RATES = frozenset({Nature.RATE, Nature.COVERAGE})
LEVELS = _RATES | frozenset({Nature.LEVEL, Nature.STOCK, Nature.RANK, Nature.PER_ENTITY, Nature.RELATIVE})

_REVIEWS = {
    Nature.GROWTH: "原文是增长的幅度，不是水平；请核对基数（baseline）和口径",
    Nature.DECLINE: "原文是下降的幅度，不是水平；请核对基数（baseline）和口径",
    Nature.RELATIVE: "原文是与别的数相比，请核对比较的对象",
    Nature.RANK: "原文是位次，请核对由谁公布",
    Nature.PER_ENTITY: "原文按每个对象计算（{per}），请核对怎样填报",
    Nature.LEVEL: "原文是要达到或保持的水平，按最近一次报的数考核，不是各条相加，请核对（tally）",
    Nature.STOCK: "原文是累计总数，请核对是否含期初已有的",
}


@dataclass(frozen=True, slots=True)
class DraftedTarget:
    """A target as written, with the kind, tally and spread that follow from it."""

    target: dict[str, Node]
    kind: Kind
    tally: str
    spread: str
    reading: str
    reviews: tuple[str, ...]


def target_of(quantity: Quantity, *, is_regular: bool) -> DraftedTarget:
    """Turn a quantity into a target; ``is_regular`` says that the words hold a rhythm."""
    unit = quantity.measure or ("项" if quantity.nature is not Nature.COVERAGE else PER_CENT)
    is_rate = quantity.nature in _RATES or unit == PER_CENT
    is_level = is_rate or quantity.nature in LEVELS or unit.endswith("百分点")
    kind = Kind.RATE if is_rate else Kind.RECURRENCE if is_regular and unit in _TIMES else Kind.QUANTITY
    return DraftedTarget(
        target={**_compared(quantity), "unit": unit, **_stretch(quantity)},
        kind=kind,
        tally="latest" if is_level else "sum",
        spread="any" if is_level else "",
        reading=_reading(quantity),
        reviews=tuple(_reviews(quantity)),
    )


def _compared(quantity: Quantity) -> dict[str, Node]:
    amount = _digits(quantity.amount)
    if quantity.comparator is Comparator.BETWEEN and quantity.high is not None:
        return {"between": [amount, _digits(quantity.high)]}
    return {quantity.comparator.value: amount}


def _stretch(quantity: Quantity) -> dict[str, str]:
    return {"stretch": _digits(quantity.stretch)} if quantity.stretch is not None else {}


def _digits(amount: Decimal) -> str:
    return show_number(amount, 6)


def _reading(quantity: Quantity) -> str:
    said = _compared_by(quantity)
    hoped = "原文是“力争”" if quantity.is_aspired and quantity.stretch is None else ""
    return "；".join(part for part in (said, hoped) if part)


def _compared_by(quantity: Quantity) -> str:
    if quantity.conflict:
        return f"原文两种比较方式并列，取“达到”，按不低于 {_digits(quantity.amount)} 理解"
    if not quantity.is_explicit and quantity.comparator is Comparator.AT_LEAST:
        return f"原文未写“不少于”，按不少于 {_digits(quantity.amount)} 理解"
    return ""


def _reviews(quantity: Quantity) -> list[str]:
    found = [_REVIEWS[quantity.nature].format(per=quantity.measure)] if quantity.nature in _REVIEWS else []
    if quantity.conflict:
        found.append("两个比较词相冲突，请定口径")
    if not quantity.unit:
        found.append("原文没有写计量单位，请补上")
    if quantity.part_of is not None:
        found.append("这是其中的一部分，已含在总数里，请核对是否单独考核")
    return found
