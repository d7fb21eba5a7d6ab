"""The shape of plan/measures.yaml: what may be written there."""

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator

from kesu_cli.model.amount import PER_CENT, Amount, combine, normal, read_unit, show_number
from kesu_cli.model.calendar import Days, Rhythm
from kesu_cli.model.field import Day, Flag, Row, Text, Whole, WrittenAmount, Year
from kesu_cli.model.word import Word

TaskId = Annotated[Text, StringConstraints(pattern=r"^(G|[SPA]\d{1,2}|M\d{2,3})-\d{1,3}$")]


class Kind(Word):
    """What sort of duty a task is."""

    RATE = "rate", "比率"
    QUANTITY = "quantity", "数量"
    RECURRENCE = "recurrence", "频次"
    DELIVERABLE = "deliverable", "建成物"
    MECHANISM = "mechanism", "机制"
    INTEGRATION = "integration", "纳入"
    EVENT = "event", "活动"
    PROGRAMME = "programme", "计划或工程"
    COVERAGE = "coverage", "覆盖"
    DIRECTION = "direction", "方向"
    FUNDING = "funding", "经费"
    POLICY = "policy", "政策"
    DEADLINE = "deadline", "期限"
    QUALITATIVE = "qualitative", "定性"


class Strength(Word):
    """How binding the words are: a number or a date, a plain duty, an encouragement."""

    HARD = "hard", "硬任务"
    FIRM = "firm", "一般任务"
    SOFT = "soft", "鼓励性任务"


class Tally(Word):
    """How entries add up over time."""

    SUM = "sum", "各条相加"
    LATEST = "latest", "取最近的一条"
    MAX = "max", "取最大的一条"
    COUNT = "count", "数条数"


class Spread(Word):
    """How a task spreads over its units: one total, each its own, or the latest of any."""

    TOTAL = "total", "合计"
    EACH = "each", "各单位各算"
    ANY = "any", "任一单位的最新数"


class Comparator(StrEnum):
    """How the actual figure is held against the target."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    EQUAL = "equal"
    ABOUT = "about"
    BETWEEN = "between"


_COMPARATOR_WORDS = {
    Comparator.AT_LEAST: "不少于 {amount}",
    Comparator.MORE_THAN: "超过 {amount}",
    Comparator.AT_MOST: "不超过 {amount}",
    Comparator.LESS_THAN: "低于 {amount}",
    Comparator.EQUAL: "等于 {amount}",
    Comparator.ABOUT: "约 {amount}",
    Comparator.BETWEEN: "{amount} 至 {high}",
}


class Target(Row):
    """The quantity a task asks for: exactly one comparator with its amount, and the unit of measure."""

    at_least: WrittenAmount | None = None
    more_than: WrittenAmount | None = None
    at_most: WrittenAmount | None = None
    less_than: WrittenAmount | None = None
    equal: WrittenAmount | None = None
    about: WrittenAmount | None = None
    between: tuple[WrittenAmount, WrittenAmount] | None = None
    unit: Annotated[Text, AfterValidator(normal)]
    stretch: WrittenAmount | None = None

    @model_validator(mode="after")
    def _one_comparator(self) -> Self:
        given = [name.value for name in Comparator if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError("目标要且只要写一种比较方式，例如 {at_least: 30, unit: 名}")
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

    def more(self, amount: Fraction) -> str:
        """Print an increase that is needed: of things that are counted whole ones, of per cent 个百分点."""
        if self.unit == PER_CENT:
            return f"{show_number(amount)} 个百分点"
        is_counted = self.amount == self.amount.to_integral_value()
        return f"{ceil(amount) if is_counted else show_number(amount)} {self.unit}"

    @property
    def high(self) -> Decimal:
        """The upper end of a range; otherwise the amount itself."""
        return self.between[1].number if self.between else self.amount


class Interim(Row):
    """A point of the office's own split of a target: so much by a day."""

    day: Day
    amount: WrittenAmount


def _interim(value: object) -> object:
    if isinstance(value, dict):
        return [{"day": day, "amount": amount} for day, amount in value.items()]
    return value


WHEN_KEYS = ("by", "during", "every", "throughout", "on_event")


class TaskRow(Row):
    """One checkable duty as written; ``open_ended`` where its units are followed by 等单位."""

    id: TaskId
    name: Text
    quote: str | None = None
    kind: Kind
    strength: Strength
    target: Target | None = None
    by: Day | None = None
    during: Year | None = None
    every: Rhythm | None = None
    throughout: Flag | None = None
    on_event: Flag | None = None
    tally: Tally | None = None
    spread: Spread = Spread.TOTAL
    items: tuple[Text, ...] = ()
    baseline: WrittenAmount | None = None
    interim: Annotated[tuple[Interim, ...], BeforeValidator(_interim)] = ()
    lead: tuple[Text, ...] | None = None
    responsible: tuple[Text, ...] | None = None
    accountable: Text | None = None
    open_ended: Flag = False
    reading: Text | None = None

    @property
    def when(self) -> str:
        """When the task is due, as it is printed."""
        if self.by:
            return f"{self.by} 前完成"
        if self.during:
            return f"{self.during} 年内完成"
        if self.every:
            return self.every.label
        return "有事即报" if self.on_event else "持续推进"

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        given = [key for key in WHEN_KEYS if getattr(self, key) not in (None, False)]
        if len(given) != 1:
            raise ValueError("任务要且只要写一种时间：by、during、every、throughout、on_event 之一")
        if self.kind is Kind.RATE and self.spread is Spread.TOTAL:
            raise ValueError("比率不能跨单位相加，spread 应为 any（任一单位的最新数）或 each（各单位各算）")
        if self.kind is Kind.RATE and self.tally in (Tally.SUM, Tally.COUNT):
            raise ValueError("比率不能按时间相加，也不能计次，tally 应为 latest（取最新）")
        if self.spread is Spread.ANY and self.tally is Tally.SUM:
            raise ValueError("spread: any 取任一单位的最新数，不能再用 tally: sum 相加；请改 spread 或 tally")
        if self.items and self.target:
            raise ValueError("items 和 target 不能写在一项任务里；请拆成两项任务")
        return self

    @model_validator(mode="after")
    def _baseline_lies_before_the_target(self) -> Self:
        if self.baseline is None or self.target is None:
            return self
        wanted, start = self.target.amount, self.baseline.number
        if start == wanted:
            raise ValueError("基数与目标相同，无法计算完成率；请核对 baseline")
        if self.target.comparator in (Comparator.AT_MOST, Comparator.LESS_THAN):
            if start < wanted:
                raise ValueError("基数已经低于上限，无法计算完成率；请核对 baseline")
        elif self.target.comparator is not Comparator.EQUAL and start > wanted:
            raise ValueError("基数已经超过目标，无法计算完成率；要降下来的指标请用 at_most")
        return self


class MeasureRow(Row):
    """One numbered measure with its tasks."""

    number: Whole
    title: Text
    tasks: tuple[TaskRow, ...]


class ActionRow(Row):
    """One action with its units as the document writes them; ``open_ended`` where it adds 等单位."""

    id: Text
    name: Text
    lead: tuple[Text, ...]
    responsible: tuple[Text, ...] = ()
    open_ended: Flag = False
    tasks: tuple[TaskRow, ...] = ()
    measures: tuple[MeasureRow, ...]


class ChapterRow(Row):
    """The goals chapter."""

    tasks: tuple[TaskRow, ...]


class SectionRow(Row):
    """A section of the safeguards chapter."""

    id: Text
    title: Text
    tasks: tuple[TaskRow, ...]


class PeriodRow(Row):
    """First and last day, both inclusive."""

    start: Day = Field(alias="from")
    end: Day = Field(alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.start > self.end:
            raise ValueError(f"起始日期 {self.start} 晚于结束日期 {self.end}；请核对前后顺序")
        return self

    @property
    def days(self) -> Days:
        """The period as a stretch of days."""
        return Days(self.start, self.end)


class PhaseRow(Row):
    """A phase with its own tasks."""

    id: Text
    name: Text
    period: PeriodRow
    quote: Text | None = None
    tasks: tuple[TaskRow, ...]


class CitedRow(Row):
    """A document that the plan cites."""

    title: Text
    number: Text | None = None


class SourceRow(Row):
    """The official document that was transcribed."""

    file: Text
    sha256: Text


class NotTargetRow(Row):
    """A number of the document that asks for nothing, with the reason."""

    text: Text
    quote: Text
    reason: Text


class NotDutyRow(Row):
    """Words of the document that ask for something and are no task of their own, with the reason."""

    quote: Text
    reason: Text


class PlanFile(Row):
    """The whole of plan/measures.yaml."""

    title: Text
    issuer: Text
    issued: Day
    period: PeriodRow
    source: SourceRow | None = None
    cites: tuple[CitedRow, ...] = ()
    goals: ChapterRow | None = None
    actions: tuple[ActionRow, ...]
    safeguards: tuple[SectionRow, ...] = ()
    phases: tuple[PhaseRow, ...] = ()
    not_targets: tuple[NotTargetRow, ...] = ()
    not_duties: tuple[NotDutyRow, ...] = ()
