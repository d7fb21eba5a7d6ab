"""督办单 as a document: to one unit, each matter, the words of the plan, what is wanted by when."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from kesu_cli.diagnostic import Finding
from kesu_cli.model.plan import Task
from kesu_cli.render.format import CannotRender, Format
from kesu_cli.render.office.docx_template import DocxTemplate, filled
from kesu_cli.render.office.official_wording import (
    BLANK_DAY,
    BLANK_NUMBER,
    as_of,
    handed_in,
    needed,
    numeral,
    office,
    state,
    subject,
    tight,
    years,
)
from kesu_cli.render.tallies import is_in_doubt, is_lacking, is_met, owed_standings
from kesu_cli.render.wording import STRENGTH_WORDS, day_words, heading, listed, owner_words, target_words
from kesu_cli.report import Report
from kesu_cli.rule import Category
from kesu_cli.standing import Standing

TEMPLATE = "督办单.docx"
_MATERIALS = "年度报告和填报材料"
_LACKING = "没有可以计入的落实情况"
_MAKE_UP = "请补报已经办结的工作；确未开展的，说明原因，提出补救办法"
_IN_DOUBT = "有条目存疑或者情况不明，数还不能认定"
_VERIFY = "请核对存疑的条目，补齐佐证材料，说明核实结果"
_FEWEST_ALIKE = 3


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to see to: a task and what was found about it, or the report as such."""

    task: Task | None
    standings: Sequence[Standing]
    findings: Sequence[Finding]

    @property
    def name(self) -> str:
        """What it is called."""
        return self.task.name if self.task else _MATERIALS


def render(report: Report) -> bytes:
    """Fill the template of the notice for the unit the report was narrowed to."""
    if report.plan is None or not report.years:
        raise CannotRender("方案读不出来，写不成督办单；请先运行 kesu plan check，按提示修好方案")
    title = f"督办单：{report.scope}"
    return filled(report, DocxTemplate(TEMPLATE, title, _fields(report)))


def matters(report: Report) -> tuple[Matter, ...]:
    """Sort what the unit must see to by task, in the order of the plan, the report itself last."""
    tasks = report.plan.by_id if report.plan else {}
    lacking = [s for s in owed_standings(report, report.scope) if _is_wanted(s, report.scope)]
    by_task: dict[str, list[Finding]] = {standing.task.id: [] for standing in lacking}
    for finding in report.findings:
        if finding.counts:
            by_task.setdefault(finding.task if finding.task in tasks else "", []).append(finding)
    return tuple(
        Matter(tasks.get(task), _standings(report, task, by_task[task]), by_task[task])
        for task in (*tasks, "")
        if task in by_task
    )


def _is_wanted(standing: Standing, unit: str) -> bool:
    """Whether a unit must see to a standing: short, and it answers for it."""
    is_wanted = is_lacking(standing) or is_in_doubt(standing)
    return is_wanted and unit in standing.task.answering(standing.unit)


def _standings(report: Report, task: str, findings: Sequence[Finding]) -> list[Standing]:
    """Return the standings that the findings are about, or that are short; where there is none, all."""
    windows = {finding.window for finding in findings if report.category(finding) is Category.STANDING}
    of_task = [s for s in owed_standings(report, report.scope) if s.task.id == task]
    told = [s for s in of_task if s.window.label in windows or _is_wanted(s, report.scope)]
    return told or of_task


def _fields(report: Report) -> dict[str, object]:
    single, alike = arranged(report, matters(report))
    found = [*single, *(matter for group in alike for matter in group)]
    fields = [_matter(report, number, matter) for number, matter in enumerate(found, start=1)]
    return {
        "演示": report.demo,
        "文号": BLANK_NUMBER,
        "承办单位": report.scope,
        "督办单位": office(report),
        "日期": BLANK_DAY,
        "方案": heading(report),
        "年度": years(report),
        "截至": as_of(report.as_of),
        "说明": [f"检查中有规则运行出错（{o.code}），结论不完整，核实以前不宜发出。" for o in report.crashed],
        "事项": fields,
        "单列事项": fields[: len(single)],
        "同类事项": list(_groups(report, alike, len(single))),
        "豁免": [f"{f.message}（{f.waiver}）" for f in report.findings if not f.counts],
        "回执": list(_slip(report, found)),
    }


def arranged(report: Report, found: Sequence[Matter]) -> tuple[list[Matter], list[list[Matter]]]:
    """Part the matters into those that stand alone and groups of plain duties with the same said of them."""
    groups: dict[Hashable, list[Matter]] = {}
    for matter in found:
        groups.setdefault(_alike(report, matter), []).append(matter)
    many = {key for key, group in groups.items() if key and len(group) >= _FEWEST_ALIKE}
    single = [matter for matter in found if _alike(report, matter) not in many]
    return single, [group for key, group in groups.items() if key in many]


def _alike(report: Report, matter: Matter) -> Hashable:
    """Return what a plain duty shares with others; None for a matter that stands alone."""
    task, problems = matter.task, list(_problems(report, matter))
    if task is None or task.row.target or task.row.items or (len(matter.standings), len(problems)) != (1, 1):
        return None
    said = problems[0] | {"说明": _without_name(task, problems[0]["说明"])}
    standing = matter.standings[0]
    return (_asked(task, matter.standings), standing.window.label, state(standing), *said.values())


def _without_name(task: Task, message: str) -> str:
    return message.removeprefix(f"{task.id} {task.name}：")


def _groups(report: Report, alike: Sequence[Sequence[Matter]], before: int) -> Iterator[dict[str, object]]:
    """Say once what a group shares, and list its tasks under the numbers that they have in the slip."""
    numbers = count(before + 1)
    for order, group in enumerate(alike, start=before + 1):
        first, standing = group[0], group[0].standings[0]
        (problem,) = _problems(report, first)
        tasks = [matter.task for matter in group if matter.task]
        yield {
            "序号": f"{numeral(order)}、",
            "名称": f"{first.name}等{len(group)}项任务",
            "要求": _asked(tasks[0], first.standings),
            "现状": f"{standing.window.label}{state(standing)}。",
            "问题": problem | {"说明": _without_name(tasks[0], problem["说明"])},
            "任务": [
                {"序号": next(numbers), "名称": task.name, "编号": task.id, "原文": task.quote}
                for task in tasks
            ],
        }


def _matter(report: Report, number: int, matter: Matter) -> dict[str, object]:
    task = matter.task
    return {
        "序号": f"{numeral(number)}、",
        "名称": matter.name,
        "编号": task.id if task else "",
        "原文": task.quote if task else "",
        "要求": _asked(task, matter.standings) if task else "",
        "现状": [f"{subject(standing)}{state(standing)}。" for standing in matter.standings]
        or list(_handed_in(report)),
        "问题": list(_problems(report, matter)),
    }


def _problems(report: Report, matter: Matter) -> Iterator[dict[str, str]]:
    for order, finding in enumerate(matter.findings, start=1):
        yield {
            "序号": f"{order}．" if len(matter.findings) > 1 else "",
            "说明": finding.message,
            "办理": finding.hint or "请核实处理，并说明情况",
            "时限": _deadline(report, matter, finding),
        }
    if not matter.findings:
        in_doubt = any(map(is_in_doubt, matter.standings))
        said = (_IN_DOUBT, _VERIFY) if in_doubt else (_LACKING, _MAKE_UP)
        yield {"序号": "", "说明": said[0], "办理": said[1], "时限": _of_task(matter.standings)}


def _asked(task: Task, standings: Sequence[Standing]) -> str:
    alone = any(standing.unit for standing in standings)
    rest = f"{STRENGTH_WORDS[task.strength]}；{'各单位分别落实' if alone else owner_words(task) + '汇总'}"
    if task.row.target or task.row.items:
        return f"{_when(task)}，{tight(target_words(task))}；{rest}"
    return f"{_when(task)}；{rest}"


def _when(task: Task) -> str:
    return f"{day_words(task.row.by)}前完成" if task.row.by else tight(task.row.when)


def _handed_in(report: Report) -> Iterator[str]:
    for submission in report.submissions:
        if submission.unit == report.scope:
            when = f"（{day_words(submission.submitted)}）" if submission.submitted else ""
            due = f"期限{day_words(submission.due)}"
            yield f"{submission.year}年度报告{handed_in(submission.state)}{when}，{due}。"


def _deadline(report: Report, matter: Matter, finding: Finding) -> str:
    """Derive the deadline from the plan or the policy; where that day is past, leave it to the office."""
    if report.category(finding) is Category.STANDING:
        return _of_task(matter.standings)
    due = [h.due for h in report.submissions if h.unit == report.scope and not h.overdue]
    if due:
        return f"{day_words(max(due))}前（年度报告的报送期限）"
    late = [h.due for h in report.submissions if h.unit == report.scope]
    past = f"报送期限{day_words(max(late))}已过，" if late else ""
    return f"{past}于{BLANK_DAY}前办结"


def _of_task(standings: Sequence[Standing]) -> str:
    ahead = [s for s in standings if s.awaited]
    past = [s for s in standings if s.over and not is_met(s)]
    said = [_ahead(standing) for standing in ahead]
    if past or not said:
        ends = listed(dict.fromkeys(day_words(standing.window.end) for standing in past))
        said.insert(0, f"{f'原定{ends}完成，已经逾期，' if ends else ''}于{BLANK_DAY}前办结")
    return "；".join(said)


def _ahead(standing: Standing) -> str:
    end = f"{day_words(standing.window.end)}前完成"
    if not needed(standing):
        return f"{end}（考核期截止日）"
    return f"{end}（考核期截止日），{needed(standing)}"


def _slip(report: Report, found: Sequence[Matter]) -> Iterator[dict[str, object]]:
    for number, matter in enumerate(found, start=1):
        deadlines = dict.fromkeys(problem["时限"] for problem in _problems(report, matter))
        yield {"序号": number, "事项": matter.name, "时限": "；".join(deadlines)}


FORMAT = Format("docx", ".docx", render, binary=True)
