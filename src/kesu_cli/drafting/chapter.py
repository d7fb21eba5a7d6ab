"""What a heading announces: goals, guiding ideas, tasks, safeguards, phases."""

import re
from enum import Enum, auto


class Topic(Enum):
    """What a chapter or section is about."""

    GOALS = auto()
    GUIDANCE = auto()
    TASKS = auto()
    SAFEGUARDS = auto()
    PHASES = auto()
    REST = auto()


_GOALS = re.compile(
    r"目标(?!责任|管理|考核)(?:任务)?$|^(?:总体|工作|主要|发展|预期|行动|年度|阶段)+目标|目标(?:要求|指标)?$|^目标|主要指标"
)
_GUIDANCE = re.compile(
    r"(?:发展|工作|现实)基础$|发展(?:成效|回顾|环境)|工作回顾|面临(?:形势|问题)|指导思想|总体要求|总体思路|基本原则|工作原则|^背景|背景(?:和|与)意义|重要意义|基本情况|工作思路|总体考虑|现状|形势|适用范围|^总则|^原则|思想认识|^前言"
)
_PHASES = re.compile(
    r"(?:步骤|进度|阶段|时间)(?:安排|划分|计划|要求|节点)?$|(?:实施|工作|方法)步骤|进度安排|时间安排|阶段(?:安排|划分|任务)|实施阶段|工作阶段"
)
_SAFEGUARDS = re.compile(
    r"(?:组织|措施|要素|政策|资金|经费|工作|条件|监督|实施|领导|制度|机制|服务|强化|加强|和|人才|队伍)保障(?:$|措施|机制|工作|体系|条件)|^保障(?:$|措施|机制|条件|体系|和|与)|保障(?:措施|机制|条件)$"
    r"|(?:组织|加强|强化)(?:组织)?(?:领导|实施|推进|管理)$|组织(?:领导|实施|推进|保障)|领导和?保障|工作(?:要求|机制)$|有关要求|相关要求|几点要求"
    r"|监督(?:检查|管理|考核|评估)|督(?:查|导)(?:检查|考核|问效|评估)|考核(?:评价|评估|奖惩|办法)|实施保障|加强领导|组织与(?:实施|保障)"
)
_NO_SAFEGUARD = re.compile(r"(?:社会|住房|医疗|民生|就业|生活|粮食|能源|安全|供应|基本|交通|法治|权益)保障")
_REST = re.compile(
    r"^本?(?:措施|办法|方案|意见|细则|规定|计划|政策)?自.{0,20}(?:施行|实施|执行)|^附则|^其他|^其它|^附\s*[件表录]|名词解释|有效期|^解释"
)


def topic_of(title: str) -> Topic:
    """Tell from its title what a chapter or section is about; most are tasks."""
    plain = re.sub(r"\s", "", title)
    if _REST.search(plain):
        return Topic.REST
    if _GOALS.search(plain):
        return Topic.GOALS
    if _GUIDANCE.search(plain):
        return Topic.GUIDANCE
    if _PHASES.search(plain):
        return Topic.PHASES
    if _SAFEGUARDS.search(plain) and not _NO_SAFEGUARD.search(plain):
        return Topic.SAFEGUARDS
    return Topic.TASKS


_GOAL_TEXT = re.compile(r"到\s*(?:20\d\d|[“\"]?十[一二三四五六]五)|达到|目标|[%％]|力争|以上|不低于|不少于")


def is_goal(text: str) -> bool:
    """Whether a paragraph of a mixed chapter states a goal."""
    return bool(_GOAL_TEXT.search(text))
