"""The story that the example data tell, and the words they are told in.

Tasks are named by words of their quote, so that the ids of the plan may change.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from kesu_cli.model.task_in_plan_file import Kind
from kesu_cli.model.window import Days, Precision

Value = TypeVar("Value")


@dataclass(frozen=True)
class Fact:
    """One entry with the unit and year of its report; ``evidence`` are the pieces as they are written."""

    unit: str
    year: int
    days: Days
    name: str
    task: str = ""
    value: str = ""
    items: tuple[str, ...] = ()
    jointly_with: tuple[str, ...] = ()
    counted_by: str = ""
    cited_from: str = ""
    area: str = ""
    evidence: tuple[str, ...] = ()


def on(year: int, month: int, day: int, until: int = 0) -> Days:
    """Return one day, or the days of a month until another one."""
    first = date(year, month, day)
    return Days(first, first.replace(day=until)) if until else Days(first, first, Precision.DAY)


# What the entries of each year add up to, or the level they report, from the plan's first year on;
# what is told by hand comes on top.
FIGURES: dict[str, tuple[int | str, ...]] = {
    "公民具备科学素质比例": ("10.8%", "11.9%", "13.2%", "12.9%", "15.3%"),  # falls in 2024
    "科技辅导员": (32, 31, 35, 28, 33),  # two short in 2024
    "2万人次": (4110, 3440, 3570, 2360, 4990),  # behind from 2022 on, made good in 2025
    "带头人2500名": (560, 540, 590, 520, 430),  # ahead throughout
    "“科普小镇”": (1, 0, 1, 0, 0),
}
SOURCES = {"公民具备科学素质比例": "景德镇市公民科学素质抽样调查"}
AREAS = {"公民具备科学素质比例": "景德镇市"}  # the city has no survey of its own: the policy takes this one

TOLD_BY_HAND = {
    "2万人次": (
        Fact("市农业农村局", 2023, on(2023, 9, 11, 15), "农产品电商培训班", value="150人次"),
        Fact(
            "市乡村振兴局",
            2023,
            on(2023, 9, 11, 15),
            "农产品电商培训班",
            value="150人次",
            counted_by="市农业农村局",
        ),
        # the same course counted twice
        Fact("市农业农村局", 2024, on(2024, 7, 8, 12), "高素质农民水稻栽培培训班", value="160"),
        Fact("市乡村振兴局", 2024, on(2024, 7, 10), "高素质农民水稻栽培培训班", value="160"),
        Fact("市农业农村局", 2024, on(2024, 11, 18, 29), "冬季农民大培训", value="0.12万人次"),
    ),
    # the plan was issued a year after its first phase began
    "制定《乐平市全民科学素质行动规划纲要": (Fact("市科协", 2022, on(2022, 3, 29), "实施方案经市政府印发"),),
    "启动实施工作": (Fact("市科协", 2022, on(2022, 4, 12), "全市全民科学素质工作部署会"),),
    "突发事件状态下": (
        Fact("市应急管理局", 2022, on(2022, 6, 20), "强降雨防范应急科普"),
        Fact("市应急管理局", 2024, on(2024, 6, 27), "防汛避险应急科普"),
    ),
    # stands in the report of another year than its date
    "健康大讲堂": (Fact("市卫健委", 2024, on(2023, 12, 21), "健康大讲堂冬季专场"),),
}
TOLD_ENOUGH = ("制定《乐平市全民科学素质行动规划纲要", "启动实施工作", "突发事件状态下")
NOTHING_TO_REPORT = {"突发事件状态下": "本年度没有发生需要应急科普的突发事件"}

NEVER_DONE = ("工作进行全面总结和评估",)
LEFT_OUT = {  # words, window, item
    ("每学期组织学生", "2024年春季学期", ""),
    ("等主题科普宣教活动", "2024年", "健康科普行动"),
}
UNPROVEN = {("公务员招录计划", 2024)}
ABSENT = {("市工商联", 2024)}
DRAFTS = {("市林业局", 2024)}
LATE = {("涌山镇", 2024): date(2025, 2, 18)}
WRITTEN_AS = {("市文广新旅局", 2024): "市文广新局"}
SIGNED = {("科技辅导员", 2024)}  # courses whose list of names lies beside the reports

ONE_TASK_EACH = (
    *FIGURES,
    *SOURCES,
    *(words for words, _, _ in sorted(LEFT_OUT)),
    *(words for words, _ in sorted(UNPROVEN | SIGNED)),
)

TITLES = {  # what an activity is called where the name of the task would not do
    "公民具备科学素质比例": "公民科学素质抽样调查结果",
    "科技辅导员": "科技辅导员培训班",
    "2万人次": "农民教育培训班",
    "带头人2500名": "农村创业创新带头人培育班",
    "“科普小镇”": "科普小镇授牌",
    "每学期组织学生": "中小学生走进科普场所",
    "公务员招录计划": "公务员招录计划编制",
    "列入年度工作计划": "科学素质工作列入年度计划",
    "纳入目标管理考核": "科学素质工作纳入目标考核",
    "纳入本地区总体规划": "科学素质建设纳入总体规划",
    "具体实施办法": "“十四五”科学素质实施办法",
    "每年组织开展表彰和奖励": "全民科学素质工作先进评选",
}
FORMS = {
    Kind.RATE: ("",),
    Kind.QUANTITY: ("（第一期）", "（第二期）", "（{place}班）"),
    Kind.RECURRENCE: ("（{place}）", "（集中开展）"),
    Kind.DELIVERABLE: ("（建成启用）", "（通过验收）", "（成果印发）", "（阶段成果上报）"),
    Kind.MECHANISM: ("（联席会议）", "（制度印发）", "（修订完善）", "（运行情况通报）"),
    Kind.INTEGRATION: ("（工作方案印发）", "（会议审定）", "（文件印发）"),
    Kind.EVENT: ("（{place}专场）", "（第一期）", "（第二期）", "（{place}站）"),
    Kind.PROGRAMME: ("（年度方案印发）", "（中期调度）", "（{place}试点）", "（年度小结）"),
    Kind.COVERAGE: ("科普宣传（{place}）", "科普集中宣传"),
    Kind.DIRECTION: ("（现场推进会）", "（专题调度）", "（{place}观摩）", "（工作培训）"),
    Kind.FUNDING: ("（预算下达）", "（资金安排）"),
    Kind.POLICY: ("（政策汇编）", "（落实情况督查）"),
    Kind.DEADLINE: ("（部署会）",),
    Kind.QUALITATIVE: ("（专题调研）", "（自评报告）"),
}
FORMS_OF = {  # of single tasks, by words of the quote
    "表彰": ("（评审会）", "（表彰会）"),
    "公务员招录计划": ("（岗位需求审核）", "（方案上报）"),
    "督促检查": ("（分组开展）", "（集中开展）"),
    "具体实施办法": ("（文件印发）", "（会议审定）"),
    "“科普小镇”": ("（洪岩镇）", "（涌山镇）"),
}
SCHOOLS = ("第一小学", "第三小学", "实验学校", "第二中学", "第五中学", "职业中专", "青少年宫")
PLACES = {  # by words of the action's name
    "青少年": SCHOOLS,
    "农民": ("农技站", "农广校", "种植合作社", "蔬菜基地", "便民服务中心"),
    "产业工人": ("工业园区", "职业中专", "工人文化宫", "实训基地"),
    "老年人": ("市人民医院", "老年大学", "养老服务中心", "文化广场"),
    "领导干部": ("市委党校", "干部学院", "机关大院"),
}
ANY_PLACES = ("市图书馆", "文化广场", "市博物馆", "东湖社区", "工业园区", "新时代文明实践中心")
SEASONS = {  # months
    "列入年度工作计划": (1, 2, 3),
    "安全生产月": (6,),
    "防灾减灾日": (5,),
    "健康科普行动": (9, 10, 11),
    "公务员招录计划": (10, 11),
    "表彰": (11, 12),
    "公民具备科学素质比例": (12,),
    "科普日": (9,),
    "每学期组织学生": (3, 4, 5, 9, 10, 11),
    "预算": (1, 2),
}
HOLIDAYS = {(1, 1), *((4, day) for day in (4, 5)), *((5, day) for day in range(1, 6))}
HOLIDAYS |= {(10, day) for day in range(1, 8)}
EVIDENCE = {
    Kind.QUANTITY: ("签到表", "照片"),
    Kind.RECURRENCE: ("通知", "报道"),
    Kind.EVENT: ("照片", "报道"),
}
ANY_EVIDENCE = ("文件", "通知")

HAMLETS = ("柏树", "上湾", "石桥", "杨家", "新塘", "山口", "龙潭", "南溪", "枫林", "塘坞")
HAMLET_KINDS = {"镇": "村", "乡": "村", "街道": "社区"}  # by kind of unit
HELD_IN_HAMLETS = ("培训", "活动", "教育", "宣传周", "培训班", "培育班")  # endings of titles
TOPICS = {  # the same
    "农民": ("水稻病虫害防治", "果树修剪", "雷竹栽培", "畜禽防疫", "蔬菜大棚管理", "农产品直播"),
    "老年": ("防范电信诈骗", "手机挂号", "慢病防治", "合理用药", "扫码乘车"),
}
ANY_TOPICS = ("集中宣传",)
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林"


def by_words(text: str, table: Mapping[str, Value], default: Value) -> Value:
    """Look up what the table holds for the first of its words that the text contains."""
    return next((value for words, value in table.items() if words in text), default)
