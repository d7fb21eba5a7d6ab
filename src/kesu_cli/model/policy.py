"""What the coordinating office decided and the plan does not say (plan/policy.yaml)."""

from datetime import date, timedelta
from decimal import Decimal

from pydantic import ConfigDict, Field

from kesu_cli.model.amount import Amount
from kesu_cli.model.coded_word import CodedWord
from kesu_cli.model.field import FileRow, Flag, Line, MonthDay, Names, Whole, WrittenAmount
from kesu_cli.model.task_in_plan_file import InterimPoints
from kesu_cli.model.window import Rhythm, Semester, on

DAYS_FOR_REVIEW = 30


class SemesterRow(FileRow):
    """A semester as written: name, first and last day by month and day."""

    model_config = ConfigDict(title="学期")

    name: Line = Field(title="名称", examples=["春季学期"], description="学期的名称")
    start: MonthDay = Field(alias="from", title="第一天", examples=["02-01"], description="第一天，月-日")
    end: MonthDay = Field(
        alias="to",
        title="最后一天",
        examples=["07-31"],
        description="最后一天，月-日；早于第一天的，算到下一年",
    )


class DueRow(FileRow):
    """When a yearly report is due: so many years after the year it is about, on a month and day."""

    model_config = ConfigDict(title="报送期限")

    years_after: Whole = Field(title="年度后第几年", examples=["1"], description="年度结束后第几年，通常是 1")
    day: MonthDay = Field(
        title="截止日", examples=["01-31"], description="那一年的哪一天以前（含当日），月-日"
    )

    def of(self, year: int) -> date:
        """Return the last day on which the report of a year may be handed in."""
        return on(year + self.years_after, self.day)


class LightsRow(FileRow):
    """亮灯: how many percentage points below pace are still yellow."""

    model_config = ConfigDict(title="亮灯")

    yellow_within: WrittenAmount = Field(
        Amount(Decimal(30), ""),
        title="黄灯界线",
        examples=["30"],
        description="落后序时进度不超过多少个百分点亮黄灯，超过亮红灯；不写按 30",
    )


class EvidenceOfTaskRow(FileRow):
    """How many pieces of evidence an entry of one task needs, and of which kinds at least one each."""

    model_config = ConfigDict(title="一项任务的佐证材料")

    at_least: Whole | None = Field(
        None, title="至少几件", examples=["2"], description="每条至少几件；不写按任务的强弱"
    )
    kinds: Names = Field(
        (),
        title="要有的种类",
        examples=["[签到表, 照片]"],
        description="每一种至少一件，照条目里佐证材料的种类写",
    )


class EvidenceNeedRow(FileRow):
    """How many pieces of evidence an entry needs, by the strength of its task, or for the task itself."""

    model_config = ConfigDict(title="佐证材料的件数")

    hard: Whole = Field(1, title="硬任务", examples=["1"], description="硬任务每条至少几件；不写按 1")
    firm: Whole = Field(0, title="一般任务", examples=["0"], description="一般任务每条至少几件；不写按 0")
    soft: Whole = Field(0, title="鼓励性任务", examples=["0"], description="鼓励性任务每条至少几件；不写按 0")
    tasks: dict[Line, EvidenceOfTaskRow] = Field(
        default_factory=dict,
        title="按任务另定",
        examples=["{M06-1: {at_least: 2, kinds: [签到表, 照片]}}"],
        description="任务编号和它的要求：几件，哪几种",
    )


class FirstAmongLeads(CodedWord):
    """Who answers for a task with several lead units."""

    FIRST_LEAD = "first_lead", "排在第一位的牵头单位"
    NONE = "none", "不指定"


class Policy(FileRow):
    """The shape and the meaning of plan/policy.yaml."""

    model_config = ConfigDict(title="办公室的决定")

    report_due: DueRow = Field(
        title="报送期限", examples=["{years_after: 1, day: 01-31}"], description="年度报告的报送期限"
    )
    review_due: DueRow | None = Field(
        None,
        title="核定期限",
        examples=["{years_after: 1, day: 03-02}"],
        description="存疑的条目最迟哪一天核定，过了这一天只按没有争议的数判定；不写按报送期限后 30 天",
    )
    lights: LightsRow = Field(
        LightsRow(), title="亮灯", examples=["{yellow_within: 30}"], description="亮黄灯和红灯的界线"
    )
    evidence: EvidenceNeedRow = Field(
        EvidenceNeedRow(),
        title="佐证件数",
        examples=["{hard: 1, firm: 0, soft: 0}"],
        description="每条台账至少要有几件佐证材料，可以按任务另定件数和种类",
    )
    semesters: tuple[SemesterRow, ...] = Field(
        (), title="学期", examples=["[{name: 春季学期, from: 02-01, to: 07-31}]"], description="学期的起止"
    )
    judge_before_issue: Flag = Field(
        default=False,
        title="印发以前的也判定",
        examples=["true"],
        description="方案印发以前就结束的考核期、就到期的报告是否也追究；不写的只显示、注明追溯，不算问题",
    )
    throughout: Rhythm = Field(
        Rhythm.YEAR,
        title="持续推进的考核间隔",
        examples=["year"],
        description="持续推进的任务多久考核一次；不写按每年",
    )
    about_within: WrittenAmount = Field(
        Amount(Decimal(10), ""),
        title="“约”的幅度",
        examples=["10"],
        description="“左右”“约”低于目标百分之几以内仍算达到；不写按 10",
    )
    due_soon_days: Whole = Field(
        60, title="提前提醒的天数", examples=["60"], description="到期前多少天开始提醒；不写按 60"
    )
    same_fact_similarity: Whole = Field(
        90,
        title="名称相似度",
        examples=["90"],
        description="两个单位报的名称相似到百分之几，提示可能是同一件事；不写按 90",
    )
    jump_factor: Whole = Field(
        10,
        title="跳变倍数",
        examples=["10"],
        description="数值是同一任务其他各条中位数的多少倍，提示可能差了位数；不写按 10",
    )
    accountable: FirstAmongLeads = Field(
        FirstAmongLeads.FIRST_LEAD,
        title="汇总单位",
        examples=["first_lead"],
        description="几个单位共同牵头的，由谁汇总报告；不写按 first_lead",
    )
    accountable_for: dict[Line, Line] = Field(
        default_factory=dict,
        title="指定汇总单位",
        examples=["{M06-1: 市教体局}"],
        description="例外：任务编号和负责汇总的单位",
    )
    source_of_record: dict[Line, Line] = Field(
        default_factory=dict,
        title="以谁的台账为准",
        examples=["{M08-4: 市农业农村局}"],
        description="任务编号和单位：只有这个单位的条目计入合计，别的单位报的只作其中数",
    )
    area: Line | None = Field(
        None,
        title="本级的地区名称",
        examples=["某市"],
        description="本级叫什么；条目的 area 写这个名称的，与不写一样",
    )
    accept_area: dict[Line, Names] = Field(
        default_factory=dict,
        title="认定别的地区的数",
        examples=["{G-1: [某市]}"],
        description="任务编号和地区：本级没有数据，办公室认定用这些地区的数，各处都写明",
    )
    baselines: dict[Line, WrittenAmount] = Field(
        default_factory=dict,
        title="基数",
        examples=["{G-1: 8.5%}"],
        description="任务编号和起算的基数，原文没有写的由办公室定；原文写了的以原文为准",
    )
    interims: dict[Line, InterimPoints] = Field(
        default_factory=dict,
        title="分期目标",
        examples=["{M08-4: {2022-12-31: 4000}}"],
        description="任务编号和办公室分期的目标；原文写了的以原文为准",
    )
    same_measure: tuple[tuple[Line, ...], ...] = Field(
        (), title="相同的计量单位", examples=["[[名, 人], [场, 场次]]"], description="哪些计量单位是一回事"
    )
    unowned_by: Line | None = Field(
        None, title="无主任务的单位", examples=["市科协"], description="原文没有写单位的任务由谁报送"
    )
    approvers: tuple[Line, ...] = Field(
        (), title="批准机构", examples=["[市人民政府]"], description="除登记的单位以外，哪些机构可以批准豁免"
    )
    reports_through: dict[Line, Line] = Field(
        default_factory=dict,
        title="代为报送",
        examples=["{市政府办公室: 市科协}"],
        description="自己不报送的单位，由谁代为报送",
    )

    def equal_measures(self, unit: str) -> frozenset[str]:
        """Return the units of measure that mean the same as the given one, itself among them."""
        return frozenset((unit, *(name for names in self.same_measure if unit in names for name in names)))

    def review_due_of(self, year: int) -> date:
        """Return the last day on which what is in doubt of a year may be settled."""
        if self.review_due:
            return self.review_due.of(year)
        return self.report_due.of(year) + timedelta(days=DAYS_FOR_REVIEW)

    @property
    def school_year(self) -> tuple[Semester, ...]:
        """The semesters in the order written."""
        return tuple(Semester(row.name, row.start, row.end) for row in self.semesters)
