"""The shape of progress/<year>/<unit>.yaml: what a unit may write there."""

from typing import Self

from pydantic import ConfigDict, Field, model_validator

from kesu_cli.model.amount import PER_CENT, combine
from kesu_cli.model.coded_word import CodedWord
from kesu_cli.model.evidence import A_FILE, AN_ADDRESS, AN_ARCHIVE, KINDS
from kesu_cli.model.field import (
    ArchiveNumber,
    Day,
    FilePath,
    FileRow,
    Flag,
    Line,
    Names,
    OptionalAmount,
    Text,
    WebAddress,
    Whole,
    WrittenDays,
    Year,
    fields_by_key,
)
from kesu_cli.model.key_dependency import empty, filled, some, when

_POINTS = "个百分点"
_TOGETHER = "numerator（分子）和 denominator（分母）要一起写"
_SOMEWHERE = "佐证材料要写 path（仓库内的文件）、url（网址）或 archive（存档号），至少一项"
_ONLY_ARCHIVE = "archive（存档号）单独写一件，不与 path、url 写在一起"
_WHEN_HANDED_IN = "状态是 complete（报送完毕）时要写 submitted（报送日期），例如 submitted: 2025-01-08"


class FilingStatus(CodedWord):
    """Whether the unit has finished its report."""

    DRAFT = "draft", "草稿", "填报中", "未完成"
    COMPLETE = "complete", "报送完毕", "已报送", "已完成", "完成", "完毕"


class Progress(CodedWord):
    """Whether the matter of an entry is finished."""

    DONE = "done", "已办结", "办结", "已完成", "完成"
    ONGOING = "ongoing", "正在办理", "进行中", "未办结", "未完成"


class EvidenceRow(FileRow):
    """One piece of evidence: a file of the repository, an address on the web, or a paper in an archive."""

    model_config = ConfigDict(
        title="佐证材料",
        json_schema_extra={
            "allOf": [
                some(("path", "url", "archive"), _SOMEWHERE),
                when(filled("archive"), empty("path", _ONLY_ARCHIVE)),
                when(filled("archive"), empty("url", _ONLY_ARCHIVE)),
                when(filled("sha256"), filled("path", "sha256 只用于 path 所指的文件；别的不用写")),
            ]
        },
    )

    kind: Text = Field(
        title="种类", examples=list(KINDS), description="材料的种类：签到表、照片、文件、报道等"
    )
    path: FilePath = Field(
        None,
        title="文件路径",
        examples=[A_FILE],
        description="仓库里这个文件的路径，从工作区的顶层写起；不能是空文件，也不能是方案和进展文件",
    )
    url: WebAddress = Field(
        None,
        title="网址",
        examples=[f'"{AN_ADDRESS}"'],
        description="这件事所在网页的完整网址；不能只是网站首页",
    )
    archive: ArchiveNumber = Field(
        None,
        title="存档号",
        examples=[AN_ARCHIVE],
        description="只有纸质材料的，写它的档案编号；不与 path、url 写在一起",
    )
    sha256: Text | None = Field(
        None,
        title="文件校验值",
        examples=["64 位的十六进制数"],
        description="path 所指文件的校验值（64 位十六进制数），文件被改动时能查出来",
    )
    note: Text | None = Field(None, title="说明", examples=["原件存办公室"], description="要补充说明的话")

    @model_validator(mode="after")
    def _points_somewhere(self) -> Self:
        if not (self.path or self.url or self.archive):
            raise ValueError(_SOMEWHERE)
        if self.archive and (self.path or self.url):
            raise ValueError(_ONLY_ARCHIVE)
        if self.sha256 is not None and self.path is None:
            raise ValueError("sha256 只用于 path 所指的文件；别的不用写")
        return self


class EntryRow(FileRow):
    """One dated fact as written."""

    model_config = ConfigDict(
        title="台账条目",
        json_schema_extra={
            "allOf": [
                when(filled("numerator"), filled("denominator", _TOGETHER)),
                when(filled("denominator"), filled("numerator", _TOGETHER)),
                when(filled("value"), empty("numerator", "value 与 numerator/denominator 只写一种")),
            ]
        },
    )

    task: Text = Field(title="任务编号", examples=["M06-1"], description="方案里的任务编号，如 M06-1")
    date: WrittenDays = Field(
        title="日期",
        examples=["2024-07-16"],
        description="哪一天（2024-07-16）、哪个月（2024-07），或起止日期 {from: 2024-07-01, to: 2024-07-05}",
    )
    name: Text = Field(
        title="名称",
        examples=["暑期科技辅导员培训班"],
        description="做了什么：活动、培训班、文件、建成物的名称",
    )
    value: OptionalAmount = Field(
        None, title="数值", examples=["18"], description="完成的数量，照平常的写法：18、12,000、2万、15.4%"
    )
    numerator: OptionalAmount = Field(
        None, title="分子", examples=["142"], description="比率的分子，与 denominator 一起写，不再写 value"
    )
    denominator: OptionalAmount = Field(
        None, title="分母", examples=["1000"], description="比率的分母，与 numerator 一起写，不能是 0"
    )
    measured_in: Text | None = Field(
        None,
        alias="unit",
        title="计量单位",
        examples=["名"],
        description="计量单位；写了就要与任务的计量单位一致",
    )
    items: Names = Field(
        (), title="点名的各项", examples=["[防灾减灾日]"], description="任务点名的各项中，这一条做了哪几项"
    )
    status: Progress = Field(
        Progress.DONE, title="办结情况", examples=["done"], description="这件事是否已经办结"
    )
    jointly_with: Names = Field((), title="合办单位", examples=["[市科协]"], description="一起办的单位")
    counted_by: Text | None = Field(
        None,
        title="由谁计数",
        examples=["市科协"],
        description="由哪个单位计数；写了别的单位，本单位这一条不再计数",
    )
    cited_from: Text | None = Field(
        None,
        title="引用自",
        examples=["省级抽样调查"],
        description="数据引用自哪里，如上级的抽样调查；是哪个地区的数，另写 area",
    )
    area: Line | None = Field(
        None,
        title="所属地区",
        examples=["某市"],
        description="这个数是哪个地区的；不写是本级的，写了别的地区只作参考、不计入，除非办公室认定",
    )
    sample: Whole | None = Field(
        None, title="样本量", examples=["2000"], description="抽样调查的样本量，只写整数"
    )
    margin: OptionalAmount = Field(
        None,
        title="误差",
        examples=["1.5%"],
        description="抽样调查的误差，上下多少，与数值同一个计量单位，如 1.5%",
    )
    evidence: tuple[EvidenceRow, ...] = Field(
        (),
        title="佐证材料",
        examples=["[{kind: 签到表, path: 佐证/2024/签到表.pdf}]"],
        description="证明这一条的材料",
    )
    note: Text | None = Field(None, title="说明", examples=["两天共一期"], description="要补充说明的话")

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if (self.numerator is None) != (self.denominator is None):
            raise ValueError(_TOGETHER)
        if self.denominator is not None and self.denominator.number == 0:
            raise ValueError("denominator（分母）不能是 0")
        if self.value is not None and self.numerator is not None:
            raise ValueError("value 与 numerator/denominator 只写一种")
        if self.value is not None:
            combine(self.value, self.measured_in or "")
        if self.margin is not None and not self._may_err_in(self.margin.unit):
            raise ValueError("误差要与数值用同一个计量单位")
        return self

    def _may_err_in(self, unit: str) -> bool:
        """Whether the error of the figure may be in a unit of measure; where it bears none, in any."""
        own = PER_CENT if self.value is None else combine(self.value, self.measured_in or "").unit
        return unit in ("", own) or not own or (unit == _POINTS and own == PER_CENT)


class NothingRow(FileRow):
    """A unit's statement that it has nothing to report for a task this year, and why."""

    model_config = ConfigDict(title="无可报送的任务")

    task: Text = Field(title="任务编号", examples=["M05-5"], description="方案里的任务编号")
    reason: Text = Field(title="原因", examples=["本年度上级未安排"], description="为什么本年度没有可报送的")


class ProgressFile(FileRow):
    """The whole of a progress file."""

    model_config = ConfigDict(
        title="单位年度进展",
        json_schema_extra={
            "allOf": [
                when(
                    {"properties": {"status": {"const": "complete"}}, "required": ["status"]},
                    filled("submitted", _WHEN_HANDED_IN),
                )
            ]
        },
    )

    unit: Text = Field(
        title="单位", examples=["市教体局"], description="填报单位的名称，与 plan/units.yaml 一致"
    )
    year: Year = Field(title="年度", examples=["2024"], description="填报的年度，四位数字")
    status: FilingStatus = Field(
        title="报送状态",
        examples=["draft"],
        description="draft 是草稿；complete 是报送完毕，要同时写 submitted",
    )
    submitted: Day | None = Field(None, title="报送日期", examples=["2025-01-08"], description="报送的日期")
    demo: Flag = Field(
        default=False, title="演示数据", examples=["true"], description="是否为演示数据；真实数据不写"
    )
    note: Text | None = Field(None, title="说明", examples=["全年工作另附总结"], description="要补充说明的话")
    entries: tuple[EntryRow, ...] = Field(
        (),
        title="条目",
        examples=["另起一行写“  - task: M06-1”，下面各行与 task 对齐"],
        description="台账条目，一件事一条",
    )
    nothing_to_report: tuple[NothingRow, ...] = Field(
        (),
        title="无可报送的任务",
        examples=["[{task: M05-5, reason: 本年度上级未安排}]"],
        description="本年度没有可报送的任务和原因",
    )

    @model_validator(mode="after")
    def _submitted_when_complete(self) -> Self:
        if self.status is FilingStatus.COMPLETE and self.submitted is None:
            raise ValueError(_WHEN_HANDED_IN)
        return self


_ROWS = (ProgressFile, EntryRow, EvidenceRow, NothingRow)
KEYS = tuple(sorted({key for row in _ROWS for key in fields_by_key(row)}))
