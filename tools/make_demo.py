"""Write the example data of progress/: invented reports of every unit and year, from a seed.

    python tools/make_demo.py [--into DIR]

The reports fulfil whatever plan/ asks for, except where the story below says otherwise.
progress/README.md lists, written by hand, the findings that the story leads to.
"""

import argparse
import hashlib
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path

from kesu_cli.model.calendar import Window
from kesu_cli.model.plan import Plan, Task
from kesu_cli.model.plan_file import Kind, Spread
from kesu_cli.model.unit import Units
from kesu_cli.source.plan import load_plan

ROOT = Path(__file__).parent.parent
SEED = "乐平"
FIRST_LINE = "# 演示数据，纯属虚构：单位以外的人名、活动、数字和网址均为编造"
OFFICE = "市全民科学素质工作领导小组办公室"

# --- the story: tasks are named by words of their quote, so that ids may change --------------------

# what each year adds up to, from the plan's first year on (entries told by hand come on top)
FIGURES = {
    "科技辅导员": (32, 31, 35, 28, 33),  # two short in 2024
    "2万人次": (4110, 3290, 3725, 2345, 4985),  # behind from 2022, made good in 2025
    "2500名": (560, 540, 590, 520, 430),  # ahead throughout
    "“科普小镇”": (1, 0, 1, 0, 0),
}
LEVELS = {"公民具备科学素质比例": ("10.8%", "11.9%", "13.2%", "12.9%", "15.3%")}  # falls in 2024
SURVEY = "景德镇市公民科学素质抽样调查"

UNTOLD_WINDOW = ("每学期组织学生", "2024年春季学期")
UNTOLD_ITEM = ("等主题科普宣教活动", "2024年", "健康科普行动")
UNTOLD_TASK = "工作进行全面总结和评估"
UNPROVEN = ("公务员招录计划", 2024)
ABSENT = ("市工商联", 2024)
DRAFT = ("市林业局", 2024)
LATE = {("涌山镇", 2024): date(2025, 2, 18)}
WRITTEN_AS = {("市文广新旅局", 2024): "市文广新局"}
DISASTERS = {2022: ("强降雨防范应急科普", date(2022, 6, 20)), 2024: ("防汛避险应急科普", date(2024, 6, 27))}


@dataclass(frozen=True)
class Fact:
    """One entry, and the year and unit of the report it stands in; ``on`` is the date as written."""

    unit: str
    year: int
    task: str
    day: date
    name: str
    on: str = ""
    value: str = ""
    items: tuple[str, ...] = ()
    together: tuple[str, ...] = ()
    counted_by: str = ""
    cited_from: str = ""
    evidence: tuple[str, ...] = ()


# entries told by hand, by words of the quote
TOLD = {
    "2万人次": (
        Fact("市农业农村局", 2023, "", date(2023, 9, 11), "农产品电商培训班", "2023-09-11..15", "150人次"),
        Fact("市乡村振兴局", 2023, "", date(2023, 9, 11), "农产品电商培训班", "2023-09-11..15", "150人次")
        | {"counted_by": "市农业农村局"},
    ),
}
