"""The shape of plan/measures.yaml: what may be written there."""

from typing import Self

from pydantic import (
    ConfigDict,
    Field,
    model_validator,
)

from kesu_cli.model.field import Day, FileRow, Flag, Line, Text, Whole
from kesu_cli.model.task_in_plan_file import TaskRow
from kesu_cli.model.window import Days


class MeasureRow(FileRow):
    """One numbered measure with its tasks."""

    model_config = ConfigDict(title="措施")

    number: Whole = Field(title="序号", examples=["6"], description="措施的序号")
    title: Line = Field(title="标题", examples=["实施教师科学素质提升工程"], description="措施的标题")
    tasks: tuple[TaskRow, ...] = Field(
        title="任务", examples=["另起一行写“- id: M06-1”，下面各行与 id 对齐"], description="措施里的各项任务"
    )


class ActionRow(FileRow):
    """One action with its units as the document writes them; ``open_ended`` where it adds 等单位."""

    model_config = ConfigDict(title="行动（工程）")

    id: Line = Field(title="行动编号", examples=["A1"], description="行动的编号，如 A1")
    name: Line = Field(title="行动名称", examples=["青少年科学素质提升行动"], description="行动的名称")
    lead: tuple[Line, ...] = Field(
        title="牵头单位", examples=["[市教体局, 团市委, 市科协]"], description="牵头单位，照原文的次序"
    )
    responsible: tuple[Line, ...] = Field(
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


class ChapterRow(FileRow):
    """The goals chapter."""

    model_config = ConfigDict(title="工作目标")

    tasks: tuple[TaskRow, ...] = Field(
        title="任务", examples=["另起一行写“- id: G-1”，下面各行与 id 对齐"], description="这一章里的各项任务"
    )


class SectionRow(FileRow):
    """A section of the safeguards chapter."""

    model_config = ConfigDict(title="保障措施的一节")

    id: Line = Field(title="编号", examples=["S1"], description="这一节的编号，如 S1")
    title: Line = Field(title="标题", examples=["加强组织领导"], description="这一节的标题")
    tasks: tuple[TaskRow, ...] = Field(
        title="任务",
        examples=["另起一行写“- id: S1-1”，下面各行与 id 对齐"],
        description="这一节里的各项任务",
    )


class PeriodRow(FileRow):
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


class PhaseRow(FileRow):
    """A phase with its own tasks."""

    model_config = ConfigDict(title="阶段")

    id: Line = Field(title="阶段编号", examples=["P1"], description="阶段的编号，如 P1")
    name: Line = Field(title="阶段名称", examples=["启动实施"], description="阶段的名称")
    period: PeriodRow = Field(
        title="起止日期", examples=["{from: 2021-01-01, to: 2021-12-31}"], description="阶段的起止日期"
    )
    quote: Text | None = Field(
        None, title="原文", examples=["制定实施方案，作好动员部署"], description="原文的话"
    )
    tasks: tuple[TaskRow, ...] = Field(
        title="任务", examples=["另起一行写“- id: P1-1”，下面各行与 id 对齐"], description="这个阶段的任务"
    )


class CitedRow(FileRow):
    """A document that the plan cites."""

    model_config = ConfigDict(title="引用的文件")

    title: Line = Field(
        title="文件名称", examples=["全民科学素质行动规划纲要（2021—2035年）"], description="文件的名称"
    )
    number: Line | None = Field(None, title="发文字号", examples=["国发〔2021〕9号"], description="发文字号")


class SourceRow(FileRow):
    """The official document that was transcribed."""

    model_config = ConfigDict(title="方案原文")

    file: Text = Field(title="文件名", examples=["实施方案.docx"], description="原文的文件名")
    sha256: Text = Field(title="文件校验值", examples=["64 位的十六进制数"], description="原文文件的校验值")


class NotTargetRow(FileRow):
    """A number of the document that asks for nothing, with the reason."""

    model_config = ConfigDict(title="不是目标的数")

    text: Text = Field(title="数", examples=["2035年"], description="这个数")
    quote: Text = Field(title="原文", examples=["为2035年奠定基础"], description="它所在的原文")
    reason: Text = Field(title="原因", examples=["远景年份，不在本方案期内"], description="为什么不是目标")


class NotDutyRow(FileRow):
    """Words of the document that ask for something and are no task of their own, with the reason."""

    model_config = ConfigDict(title="不单列任务的话")

    quote: Text = Field(title="原文", examples=["各地各部门要高度重视"], description="原文的话")
    reason: Text = Field(
        title="原因", examples=["总的要求，已由各项任务落实"], description="为什么不单列任务"
    )


class PlanFile(FileRow):
    """The whole of plan/measures.yaml."""

    model_config = ConfigDict(title="方案")

    title: Line = Field(
        title="方案全称",
        examples=["某市全民科学素质行动规划纲要实施方案（2021—2025年）"],
        description="方案的全称",
    )
    issuer: Line = Field(title="发文机关", examples=["某市人民政府"], description="发文机关")
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
