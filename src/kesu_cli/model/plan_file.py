"""The shape of plan/measures.yaml: what may be written there."""

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from kesu_cli.model.amount import PER_CENT, Amount, combine, normal, read_unit, show_number
from kesu_cli.model.calendar import Days, Rhythm
from kesu_cli.model.condition import exactly_one
from kesu_cli.model.field import Day, Flag, Row, Text, Whole, WrittenAmount, Year
from kesu_cli.model.word import Word
from kesu_cli.model.written import ANY_TEXT, INTERIM, TASK_ID

TaskId = Annotated[
    Text, StringConstraints(pattern=r"^(G|[SPA]\d{1,2}|M\d{2,3})-\d{1,3}$"), WithJsonSchema(TASK_ID)
]


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


class Target(Row):
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
    unit: Annotated[Text, AfterValidator(normal)] = Field(
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

    model_config = ConfigDict(title="分期目标")

    day: Day = Field(title="日期", examples=["2022-12-31"], description="到哪一天")
    amount: WrittenAmount = Field(title="数量", examples=["4000"], description="达到多少")


def _interim(value: object) -> object:
    if isinstance(value, dict):
        return [{"day": day, "amount": amount} for day, amount in value.items()]
    return value


_ONE_TIME = "任务要且只要写一种时间：by、during、every、throughout、on_event 之一"
WHEN_KEYS = ("by", "during", "every", "throughout", "on_event")


class TaskRow(Row):
    """One checkable duty as written; ``open_ended`` where its units are followed by 等单位."""

    model_config = ConfigDict(
        title="任务", json_schema_extra={"allOf": exactly_one(WHEN_KEYS[:3], WHEN_KEYS[3:], _ONE_TIME)}
    )

    id: TaskId = Field(
        title="任务编号",
        examples=["M06-1"],
        description="任务编号：M 措施、G 目标、S 保障、P 阶段、A 行动，如 M06-1",
    )
    name: Text = Field(title="任务简称", examples=["培训科技辅导员"], description="任务的简称")
    quote: Annotated[str, WithJsonSchema(ANY_TEXT)] | None = Field(
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
    items: tuple[Text, ...] = Field(
        (),
        title="点名的各项",
        examples=["[防灾减灾日, 安全生产月]"],
        description="点名的各项，每个考核期都要做到",
    )
    baseline: WrittenAmount | None = Field(None, title="基数", examples=["12.5%"], description="起算的基数")
    interim: Annotated[tuple[Interim, ...], BeforeValidator(_interim), WithJsonSchema(INTERIM)] = Field(
        (),
        title="分期目标",
        examples=["{2022-12-31: 4000}"],
        description="办公室分期的目标：{2022-12-31: 4000}",
    )
    lead: tuple[Text, ...] | None = Field(
        None, title="牵头单位", examples=["[市教体局, 团市委]"], description="牵头单位，与所属行动不同时才写"
    )
    responsible: tuple[Text, ...] | None = Field(
        None, title="责任单位", examples=["[市科技局]"], description="责任单位，与所属行动不同时才写"
    )
    accountable: Text | None = Field(
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
            return self.every.label
        return "有事即报" if self.on_event else "持续推进"

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        given = [key for key in WHEN_KEYS if getattr(self, key) not in (None, False)]
        if len(given) != 1:
            raise ValueError(_ONE_TIME)
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

    model_config = ConfigDict(title="措施")

    number: Whole = Field(title="序号", examples=["6"], description="措施的序号")
    title: Text = Field(title="标题", examples=["实施教师科学素质提升工程"], description="措施的标题")
    tasks: tuple[TaskRow, ...] = Field(
        title="任务", examples=["另起一行写“- id: M06-1”，下面各行与 id 对齐"], description="措施里的各项任务"
    )


class ActionRow(Row):
    """One action with its units as the document writes them; ``open_ended`` where it adds 等单位."""

    model_config = ConfigDict(title="行动（工程）")

    id: Text = Field(title="行动编号", examples=["A1"], description="行动的编号，如 A1")
    name: Text = Field(title="行动名称", examples=["青少年科学素质提升行动"], description="行动的名称")
    lead: tuple[Text, ...] = Field(
        title="牵头单位", examples=["[市教体局, 团市委, 市科协]"], description="牵头单位，照原文的次序"
    )
    responsible: tuple[Text, ...] = Field(
        (), title="责任单位", examples=["[市委宣传部, 市科技局]"], description="责任单位，照原文的次序"
    )
    open_ended: Flag = Field(
        default=False, title="等单位", examples=["true"], description="单位名单是否以“等单位”收尾"
    )
    tasks: tuple[TaskRow, ...] = Field(
        (),
        title="直属任务",
        examples=["另起一行写“- id: A1-1”，下面各行与 id 对齐"],
        description="直接属于行动、不属于哪条措施的任务",
    )
    measures: tuple[MeasureRow, ...] = Field(
        title="措施",
        examples=["另起一行写“- number: 6”，下面各行与 number 对齐"],
        description="行动里的各条措施",
    )


class ChapterRow(Row):
    """The goals chapter."""

    model_config = ConfigDict(title="工作目标")

    tasks: tuple[TaskRow, ...] = Field(
        title="任务", examples=["另起一行写“- id: G-1”，下面各行与 id 对齐"], description="这一章里的各项任务"
    )


class SectionRow(Row):
    """A section of the safeguards chapter."""

    model_config = ConfigDict(title="保障措施的一节")

    id: Text = Field(title="编号", examples=["S1"], description="这一节的编号，如 S1")
    title: Text = Field(title="标题", examples=["加强组织领导"], description="这一节的标题")
    tasks: tuple[TaskRow, ...] = Field(
        title="任务",
        examples=["另起一行写“- id: S1-1”，下面各行与 id 对齐"],
        description="这一节里的各项任务",
    )


class PeriodRow(Row):
    """First and last day, both inclusive."""

    model_config = ConfigDict(title="起止日期")

    start: Day = Field(alias="from", title="第一天", examples=["2021-01-01"], description="第一天（含）")
    end: Day = Field(alias="to", title="最后一天", examples=["2025-12-31"], description="最后一天（含）")

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

    model_config = ConfigDict(title="阶段")

    id: Text = Field(title="阶段编号", examples=["P1"], description="阶段的编号，如 P1")
    name: Text = Field(title="阶段名称", examples=["启动实施"], description="阶段的名称")
    period: PeriodRow = Field(
        title="起止日期", examples=["{from: 2021-01-01, to: 2021-12-31}"], description="阶段的起止日期"
    )
    quote: Text | None = Field(
        None, title="原文", examples=["制定实施方案，作好动员部署"], description="原文的话"
    )
    tasks: tuple[TaskRow, ...] = Field(
        title="任务", examples=["另起一行写“- id: P1-1”，下面各行与 id 对齐"], description="这个阶段的任务"
    )


class CitedRow(Row):
    """A document that the plan cites."""

    model_config = ConfigDict(title="引用的文件")

    title: Text = Field(
        title="文件名称", examples=["全民科学素质行动规划纲要（2021—2035年）"], description="文件的名称"
    )
    number: Text | None = Field(None, title="发文字号", examples=["国发〔2021〕9号"], description="发文字号")


class SourceRow(Row):
    """The official document that was transcribed."""

    model_config = ConfigDict(title="方案原文")

    file: Text = Field(title="文件名", examples=["实施方案.docx"], description="原文的文件名")
    sha256: Text = Field(title="文件校验值", examples=["64 位的十六进制数"], description="原文文件的校验值")


class NotTargetRow(Row):
    """A number of the document that asks for nothing, with the reason."""

    model_config = ConfigDict(title="不是目标的数")

    text: Text = Field(title="数", examples=["2035年"], description="这个数")
    quote: Text = Field(title="原文", examples=["为2035年奠定基础"], description="它所在的原文")
    reason: Text = Field(title="原因", examples=["远景年份，不在本方案期内"], description="为什么不是目标")


class NotDutyRow(Row):
    """Words of the document that ask for something and are no task of their own, with the reason."""

    model_config = ConfigDict(title="不单列任务的话")

    quote: Text = Field(title="原文", examples=["各地各部门要高度重视"], description="原文的话")
    reason: Text = Field(
        title="原因", examples=["总的要求，已由各项任务落实"], description="为什么不单列任务"
    )


class PlanFile(Row):
    """The whole of plan/measures.yaml."""

    model_config = ConfigDict(title="方案")

    title: Text = Field(
        title="方案全称",
        examples=["某市全民科学素质行动规划纲要实施方案（2021—2025年）"],
        description="方案的全称",
    )
    issuer: Text = Field(title="发文机关", examples=["某市人民政府"], description="发文机关")
    issued: Day = Field(title="印发日期", examples=["2022-03-29"], description="印发日期")
    period: PeriodRow = Field(
        title="方案期", examples=["{from: 2021-01-01, to: 2025-12-31}"], description="方案的起止日期"
    )
    source: SourceRow | None = Field(
        None,
        title="原文文件",
        examples=["{file: 实施方案.docx, sha256: 64 位的十六进制数}"],
        description="转录所依据的原文文件",
    )
    cites: tuple[CitedRow, ...] = Field(
        (),
        title="引用的文件",
        examples=["[{title: 全民科学素质行动规划纲要（2021—2035年）, number: 国发〔2021〕9号}]"],
        description="方案引用的文件",
    )
    goals: ChapterRow | None = Field(
        None, title="工作目标", examples=["另起一行写“  tasks:”，任务写在它下面"], description="工作目标一章"
    )
    actions: tuple[ActionRow, ...] = Field(
        title="行动（工程）",
        examples=["另起一行写“- id: A1”，下面各行与 id 对齐"],
        description="各项行动（工程）",
    )
    safeguards: tuple[SectionRow, ...] = Field(
        (),
        title="保障措施",
        examples=["另起一行写“- id: S1”，下面各行与 id 对齐"],
        description="保障措施一章的各节",
    )
    phases: tuple[PhaseRow, ...] = Field(
        (),
        title="阶段",
        examples=["另起一行写“- id: P1”，下面各行与 id 对齐"],
        description="实施步骤的各阶段",
    )
    not_targets: tuple[NotTargetRow, ...] = Field(
        (),
        title="不是目标的数",
        examples=["[{text: 2035年, quote: 为2035年奠定基础, reason: 远景年份}]"],
        description="原文里不是目标的数和原因",
    )
    not_duties: tuple[NotDutyRow, ...] = Field(
        (),
        title="不单列任务的话",
        examples=["[{quote: 各地各部门要高度重视, reason: 总的要求}]"],
        description="原文里不单列任务的话和原因",
    )
