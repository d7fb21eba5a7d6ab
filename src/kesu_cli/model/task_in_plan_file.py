"""One task as written in plan/measures.yaml: its kind, its target, its time and its units."""

from typing import Annotated, Self

from pydantic import (
    ConfigDict,
    Field,
    model_validator,
)

from kesu_cli.model.amount import Amount
from kesu_cli.model.coded_word import CodedWord
from kesu_cli.model.field import (
    AnyText,
    Day,
    FileRow,
    Flag,
    Line,
    MonthDay,
    TaskId,
    Text,
    WrittenAmount,
    Year,
)
from kesu_cli.model.key_dependency import exactly_one, filled, when
from kesu_cli.model.scalar import INTERIM
from kesu_cli.model.target import Comparator, Target
from kesu_cli.model.window import Rhythm


class Kind(CodedWord):
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


class Strength(CodedWord):
    """How binding the words are: a number or a date, a plain duty, an encouragement."""

    HARD = "hard", "硬任务"
    FIRM = "firm", "一般任务"
    SOFT = "soft", "鼓励性任务"


class Tally(CodedWord):
    """How entries add up over time."""

    SUM = "sum", "各条相加"
    LATEST = "latest", "取最近的一条"
    MAX = "max", "取最大的一条"
    COUNT = "count", "数条数"


class Spread(CodedWord):
    """How a task spreads over its units: one total, each its own, or the latest of any."""

    TOTAL = "total", "合计"
    EACH = "each", "各单位各算"
    ANY = "any", "任一单位的最新数"


class Interim(FileRow):
    """A point of the split of a target: so much by a day."""

    model_config = ConfigDict(title="分期目标")

    day: Day = Field(title="日期", examples=["2022-12-31"], description="到哪一天")
    amount: WrittenAmount = Field(title="数量", examples=["4000"], description="达到多少")


InterimPoints = Annotated[tuple[Interim, ...], INTERIM]

_ONE_TIME = "任务要且只要写一种时间：by、during、every、throughout、on_event 之一"
_YEARLY_DAY = "until（每年的截止日）只与 every: year 一起写"
WHEN_KEYS = ("by", "during", "every", "throughout", "on_event")


class TaskRow(FileRow):
    """One checkable duty as written; ``open_ended`` where its units are followed by 等单位."""

    model_config = ConfigDict(
        title="任务",
        json_schema_extra={
            "allOf": [
                *exactly_one(WHEN_KEYS[:3], WHEN_KEYS[3:], _ONE_TIME),
                when(filled("until"), filled("every", _YEARLY_DAY)),
            ]
        },
    )

    id: TaskId = Field(
        title="任务编号",
        examples=["M06-1"],
        description="任务编号：M 措施、G 目标、S 保障、P 阶段、A 行动，如 M06-1",
    )
    name: Line = Field(title="任务简称", examples=["培训科技辅导员"], description="任务的简称")
    quote: AnyText | None = Field(
        None, title="原文", examples=["每年培训30名科技辅导员"], description="原文的话，一字不改"
    )
    kind: Kind = Field(title="种类", examples=["quantity"], description="任务的种类")
    strength: Strength = Field(title="约束强弱", examples=["hard"], description="约束的强弱")
    target: Target | None = Field(
        None,
        title="目标",
        examples=["{at_least: 30, unit: 名}"],
        description="要达到的数量；要且只要写一种比较方式",
    )
    by: Day | None = Field(
        None, title="完成日期", examples=["2025-12-31"], description="在哪一天以前完成（含当日）"
    )
    during: Year | None = Field(None, title="完成年度", examples=["2024"], description="在哪一年内完成")
    every: Rhythm | None = Field(None, title="考核间隔", examples=["year"], description="每隔多久考核一次")
    until: MonthDay | None = Field(
        None,
        title="每年的截止日",
        examples=["12-15"],
        description="“每年12月15日前”的那一天（含当日），月-日；只与 every: year 一起写",
    )
    throughout: Flag | None = Field(
        None, title="持续推进", examples=["true"], description="持续推进，原文没有写时间和频次"
    )
    on_event: Flag | None = Field(None, title="有事即报", examples=["true"], description="有事才报，不算欠账")
    tally: Tally | None = Field(
        None, title="按时间合计", examples=["sum"], description="几条数据怎样合成一个数"
    )
    spread: Spread = Field(
        Spread.TOTAL, title="按单位合计", examples=["total"], description="几个单位的数怎样合成一个数"
    )
    items: tuple[Line, ...] = Field(
        (),
        title="点名的各项",
        examples=["[防灾减灾日, 安全生产月]"],
        description="点名的各项，每个考核期都要做到",
    )
    baseline: WrittenAmount | None = Field(
        None,
        title="基数",
        examples=["12.5%"],
        description="原文写的起算的基数；办公室自己定的写在 policy.yaml",
    )
    interim: InterimPoints = Field(
        (),
        title="分期目标",
        examples=["{2022-12-31: 4000}"],
        description="原文写的分期目标；办公室自己分的写在 policy.yaml",
    )
    lead: tuple[Line, ...] | None = Field(
        None, title="牵头单位", examples=["[市教体局, 团市委]"], description="牵头单位，与所属行动不同时才写"
    )
    responsible: tuple[Line, ...] | None = Field(
        None, title="责任单位", examples=["[市科技局]"], description="责任单位，与所属行动不同时才写"
    )
    accountable: Line | None = Field(
        None, title="汇总单位", examples=["市教体局"], description="汇总报告的单位"
    )
    open_ended: Flag = Field(
        default=False, title="等单位", examples=["true"], description="单位名单是否以“等单位”收尾"
    )
    reading: Text | None = Field(
        None, title="口径", examples=["按不少于 30 名理解"], description="原文有歧义时，办公室按什么理解"
    )

    @property
    def when(self) -> str:
        """When the task is due, as it is printed."""
        if self.by:
            return f"{self.by} 前完成"
        if self.during:
            return f"{self.during} 年内完成"
        if self.every:
            month, day = self.until or (0, 0)
            return f"每年{month}月{day}日前" if self.until else self.every.label
        return "有事即报" if self.on_event else "持续推进"

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        given = [key for key in WHEN_KEYS if getattr(self, key) not in (None, False)]
        if len(given) != 1:
            raise ValueError(_ONE_TIME)
        if self.until and self.every is not Rhythm.YEAR:
            raise ValueError(_YEARLY_DAY)
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
        if self.baseline is not None and self.target is not None:
            fault = baseline_fault(self.target, self.baseline)
            if fault:
                raise ValueError(fault)
        return self


def baseline_fault(target: Target, baseline: Amount) -> str:
    """Say why nothing can be reckoned from a baseline; empty where it lies before the target."""
    wanted, start = target.amount, baseline.number
    if start == wanted:
        return "基数与目标相同，无法计算完成率；请核对 baseline"
    if target.comparator in (Comparator.AT_MOST, Comparator.LESS_THAN):
        return "基数已经低于上限，无法计算完成率；请核对 baseline" if start < wanted else ""
    if target.comparator is not Comparator.EQUAL and start > wanted:
        return "基数已经超过目标，无法计算完成率；要降下来的指标请用 at_most"
    return ""
