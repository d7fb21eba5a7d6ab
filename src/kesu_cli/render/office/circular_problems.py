"""What a circular complains of and asks for: the problems by kind, the next steps."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from kesu_cli.diagnostic import Finding, Severity
from kesu_cli.render.office.official_wording import BLANK_DAY, counted, needed, office, some
from kesu_cli.render.tallies import is_behind, is_in_doubt, is_unfulfilled
from kesu_cli.render.wording import SEVERITY_WORDS, day_words, listed
from kesu_cli.report import Report, count
from kesu_cli.rule import Category
from kesu_cli.standing import Standing
from kesu_cli.submission import SubmissionState

Point = tuple[str, Sequence[str]]

KINDS = {
    Category.STANDING: "目标任务没有完成或者进度落后",
    Category.SUBMISSION: "年度报告没有报送、迟报或者没有填完",
    Category.ENTRY: "填报内容和佐证材料不合要求",
    Category.COMPARISON: "几份材料相互对不上",
    Category.FILE: "材料不合格式",
    Category.WAIVER: "豁免手续不全",
    Category.CLOSING: "已经封存的年度有改动",
    Category.PLAN: "方案的问题",
    Category.TOOL: "其他问题",
}


def problems(report: Report) -> Iterator[Point]:
    """Say kind by kind what is wrong and whom it concerns; reminders are left to the list of problems."""
    named = [f for f in report.findings if f.counts and f.severity is not Severity.NOTE]
    for category, kind in KINDS.items():
        found = [finding for finding in named if report.category(finding) is category]
        if found:
            yield kind, tuple(_kind(report, found, category))


def _kind(report: Report, findings: Sequence[Finding], category: Category) -> Iterator[str]:
    severities = ((SEVERITY_WORDS[severity], number) for severity, number in count(findings).items())
    whom = Counter(unit for finding in findings for unit in finding.owners or (finding.unit,) if unit)
    named = listed(f"{unit}（{number}个）" if number > 1 else unit for unit, number in whom.items())
    yield f"共{len(findings)}个，其中{counted(severities, '个')}" + (f"，涉及{named}。" if named else "。")
    if category is Category.STANDING:
        yield from _unfinished(report, findings)
    elif category is not Category.SUBMISSION:
        yield from _worded([f.message for f in findings if f.severity is Severity.ERROR])


def _unfinished(report: Report, findings: Sequence[Finding]) -> Iterator[str]:
    """Name the tasks, by unit: how each stands is said above."""
    tasks = report.plan.by_id if report.plan else {}
    for said, severity in (("错误涉及的任务", Severity.ERROR), ("警告涉及的任务", Severity.WARNING)):
        named: dict[str, list[str]] = {}
        for finding in findings:
            if finding.severity is severity and finding.task in tasks:
                named.setdefault(listed(finding.owners), []).append(tasks[finding.task].name)
        if named:
            yield f"{said}：{'；'.join(f'{unit}{listed(dict.fromkeys(n))}' for unit, n in named.items())}。"


def _worded(messages: Sequence[str]) -> Iterator[str]:
    numbered = (f"{number}．{message}" for number, message in enumerate(messages, start=1))
    if messages:
        yield f"错误有：{'；'.join(numbered) if len(messages) > 1 else messages[0]}。"


def demands(report: Report) -> Iterator[Point]:
    """Say what is to be done: only what follows from the report."""
    makers = (_make_up, _catch_up, _verify, _hand_in, _correct, _look_ahead)
    for make in makers:
        made = make(report)
        if made:
            yield made


def _make_up(report: Report) -> Point | None:
    missed = [standing for standing in report.standings if is_unfulfilled(standing)]
    if not missed:
        return None
    whom = listed(dict.fromkeys(unit for s in missed for unit in s.task.answering(s.unit)))
    said = (
        f"考核期已经结束而没有落实的{len(missed)}项次，由{whom}核对有无漏报，漏报的补报；"
        f"确未完成的，说明原因，提出补救措施和完成时间，于{BLANK_DAY}前报{office(report)}。"
    )
    return "补齐没有完成的任务", (said,)


def _catch_up(report: Report) -> Point | None:
    behind = [standing for standing in report.standings if is_behind(standing)]
    if not behind:
        return None
    return "赶上落后的进度", [_catching_up(standing) for standing in behind]


def _catching_up(standing: Standing) -> str:
    whom = listed(standing.task.answering(standing.unit)) or "有关单位"
    pace = f"{needed(standing)}，" if needed(standing) else ""
    return f"{whom}要抓紧推进{standing.task.name}，{pace}确保{day_words(standing.window.end)}前完成。"


def _verify(report: Report) -> Point | None:
    """Ask whoever answers for what is in doubt to settle it."""
    in_doubt = [standing for standing in report.standings if is_in_doubt(standing)]
    if not in_doubt:
        return None
    by_name: dict[str, list[str]] = {}
    for standing in in_doubt:
        by_name.setdefault(standing.task.name, []).extend(standing.task.answering(standing.unit))
    named = "；".join(f"“{name}”由{listed(dict.fromkeys(units))}" for name, units in by_name.items())
    said = (
        f"待核实的{len(in_doubt)}项次，{named}会同有关单位补齐佐证、核对重复计数，"
        f"于{BLANK_DAY}前把核实结果报{office(report)}；核实以前按不利的一头计。"
    )
    return "核实存疑的数", (said,)


def _hand_in(report: Report) -> Point | None:
    lacking = [
        submission
        for submission in report.submissions
        if submission.state in (SubmissionState.MISSING, SubmissionState.DRAFT, SubmissionState.UNREADABLE)
    ]
    if not lacking:
        return None
    said = []
    for (due, overdue), group in groupby(
        lacking, key=lambda submission: (submission.due, submission.overdue)
    ):
        units = listed(submission.unit for submission in group)
        when = (
            f"期限{day_words(due)}已过，请于{BLANK_DAY}前补报" if overdue else f"请于{day_words(due)}前报送"
        )
        said.append(f"{units}的年度报告，{when}。")
    return "报齐年度报告", said


def _correct(report: Report) -> Point | None:
    elsewhere = (Category.STANDING, Category.SUBMISSION)
    wrong = [f for f in report.findings if f.counts and report.category(f) not in elsewhere]
    if not wrong:
        return None
    return "核实更正填报材料", [
        f"附件4所列填报方面的问题{len(wrong)}个，请有关单位逐条核实更正；经核实无误的，说明情况。"
    ]


def _look_ahead(report: Report) -> Point | None:
    coming = [s for s in report.standings if s.awaited and s.task.is_hard]
    if not coming:
        return None
    ordered = sorted(coming, key=lambda s: (s.window.end, s.task.id))
    said = []
    for end, group in groupby(ordered, key=lambda s: s.window.end):
        names = list(dict.fromkeys(standing.task.name for standing in group))
        said.append(f"{day_words(end)}到期、尚未完成的硬任务有{some(names, '项')}。")
    return "抓好将要到期的任务", [*said, "请牵头单位对照目标倒排进度，按期完成。"]
