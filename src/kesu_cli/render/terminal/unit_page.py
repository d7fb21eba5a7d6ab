"""One unit on a page: what it owes, how each task stands, what to mend, what is due, and a form to fill."""

from collections.abc import Iterator, Sequence

from kesu_cli.model.plan import Task
from kesu_cli.render.tallies import (
    is_figure,
    is_lacking,
    is_met,
    owed_standings,
    own_contribution,
    tasks_answered,
)
from kesu_cli.render.terminal.check_page import is_short
from kesu_cli.render.terminal.figure_table import FigureTable
from kesu_cli.render.terminal.grid import Grid
from kesu_cli.render.terminal.page_part import Part, banner, finding_table, light, section, task_cell
from kesu_cli.render.terminal.text_page import TextPage
from kesu_cli.render.terminal.wrapped_text import Prose
from kesu_cli.render.wording import (
    LEGEND,
    NONE,
    STRENGTH_WORDS,
    listed,
    remainder_words,
    target_words,
    years_words,
)
from kesu_cli.report import Report
from kesu_cli.standing import Standing
from kesu_cli.submission import Submission, SubmissionState
from kesu_cli.verdict import Verdict

_SOON = 10


def layout(report: Report) -> TextPage:
    """Lay one unit out; the report has been narrowed to it."""
    return TextPage(_parts(report, report.scope))


def _parts(report: Report, unit: str) -> Iterator[Part]:
    yield from banner(report, f"{unit}：{years_words(report)}落实情况")
    for submission in report.submissions:
        if submission.unit == unit:
            is_in = submission.submitted and submission.state is not SubmissionState.MISSING
            when = f"，报送日期 {submission.submitted}" if is_in else ""
            yield Prose(f"{submission.year} 年度材料：{submission.label}{when}，期限 {submission.due}")
    reporters = _reporters(report, unit)
    if reporters:
        yield Prose(f"{unit}不单独报送：方案写明由它承担的任务，由{listed(reporters)}报送。")
        yield Prose("\n".join(f"请看 kesu report --unit {reporter}" for reporter in reporters))
        return
    owed = owed_standings(report, unit)
    yield _summary(report, owed, unit)
    yield from _mend(report, owed, unit)
    yield from _ahead(owed)
    yield from _owed(owed, unit)


def _reporters(report: Report, unit: str) -> list[str]:
    """Name the units that report in the place of this one."""
    tasks = report.plan.tasks if report.plan else ()
    return sorted({reporter for task in tasks for reporter, body in task.stands_for.items() if body == unit})


def _summary(report: Report, owed: Sequence[Standing], unit: str) -> Prose:
    tasks = {standing.task.id: standing.task for standing in owed}.values()
    answers = tasks_answered(report)[unit]
    leads = sum(unit in task.lead for task in tasks)
    assigned = sum(not task.owners for task in tasks)
    grouped = sum(unit in task.through for task in tasks)
    through = f"（其中随“各单位”一类统称承担 {grouped} 项）" if grouped else ""
    shares = f"牵头 {leads} 项，责任 {len(tasks) - leads - assigned} 项{through}"
    shares += f"，原文没有写单位的 {assigned} 项" if assigned else ""
    return Prose(f"{years_words(report)}承担任务 {len(tasks)} 项：{shares}；其中由本单位汇总 {answers} 项")


def _mend(report: Report, owed: Sequence[Standing], unit: str) -> Iterator[Part]:
    yield from section("一、要处理的问题")
    if report.findings:
        yield finding_table(report.findings, with_file=True)
    else:
        yield Prose("没有。")
    own = [standing for standing in owed if unit in standing.task.answering(standing.unit)]
    missing = [s for s in own if is_lacking(s) and not s.only_declared]
    if not missing and not _has_file(report, unit):
        missing = [standing for standing in own if standing.verdict is Verdict.OPEN][:1]
    if missing and (report.findings or not _has_file(report, unit)):
        yield Prose()
        yield from _fill_in(report, unit, missing)


def _has_file(report: Report, unit: str) -> bool:
    last = report.years[-1]
    return any(h.file for h in report.submissions if h.unit == unit and h.year == last)


def _fill_in(report: Report, unit: str, missing: Sequence[Standing]) -> Iterator[Part]:
    year = report.years[-1]
    file = f"progress/{year}/{unit}.yaml"
    own = next((h for h in report.submissions if h.unit == unit and h.year == year), None)
    if own and own.file:
        yield Prose(f"确有工作而漏报的，把下面的内容补进 {file} 的 entries，冒号后面填上实际情况：")
        yield Prose(snippet(missing))
        yield _when_done(own)
        return
    yield Prose(f"还没有 {file}。新建这个文件，写上下面的内容，冒号后面填上实际情况：")
    yield Prose(f"unit: {unit}\nyear: {year}\nstatus: draft\nentries:\n{snippet(missing)}")
    yield _when_done(own)


def _when_done(own: Submission | None) -> Prose:
    """Say what to change when the report is finished."""
    day = f"，例如 submitted: {own.due}（期限 {own.due}）" if own else ""
    return Prose(
        "没有用到的行整行删去。status: draft 表示还在填报；全部填好、核对无误后改成 status: complete，"
        f"并另起一行写上实际报送的日期{day}。"
    )


def snippet(standings: Sequence[Standing]) -> str:
    """Return YAML entries to fill in, one for each task that is short."""
    return "\n".join(_entry(standing) for standing in standings)


def _entry(standing: Standing) -> str:
    task = standing.task
    lines = [
        f"  - task: {task.id}  # {task.name}（{standing.window.label}）{_lacking(standing)}",
        "    date:",
        "    name:",
    ]
    if task.row.target and task.tally.value != "count":
        lines.append(f"    value:  # 单位：{task.row.target.unit}")
    if standing.items_missing:
        lines.append(f"    items: [{', '.join(standing.items_missing)}]")
    lines.append("    evidence:")
    lines.append("      - {kind: , path: }")
    return "\n".join(lines)


def _lacking(standing: Standing) -> str:
    lacking = "" if standing.items_missing else remainder_words(standing)
    return f"，{lacking}" if lacking else ""


def _ahead(owed: Sequence[Standing]) -> Iterator[Part]:
    coming = sorted(
        (s for s in owed if s.awaited and s.task.is_dated),
        key=lambda s: (s.window.end, s.task.id),
    )
    if not coming:
        return
    yield from section("二、接下来到期的任务")
    table = Grid("到期日", "任务", "要求", "判定")
    for s in coming[:_SOON]:
        table.add_row(s.window.end.isoformat(), task_cell(s), target_words(s.task), light(s))
    yield table
    if len(coming) > _SOON:
        yield Prose(f"另有 {len(coming) - _SOON} 项，到期日与上面相同或更晚")


def _owed(owed: Sequence[Standing], unit: str) -> Iterator[Part]:
    own = [standing for standing in owed if standing.task.answered_by(unit)]
    others = [standing for standing in owed if not standing.task.answered_by(unit)]
    if own:
        yield from section("三、本单位负责汇总的任务")
        yield from _tasks(own, unit)
    if others:
        yield from section("四、参与的、由别的单位汇总的任务")
        yield from _tasks([s for s in others if not _is_settled_by_others(s, unit)], unit)
        yield from _settled([s for s in others if _is_settled_by_others(s, unit)])
    yield Prose()
    yield Prose(LEGEND, style="dim")


def _tasks(standings: Sequence[Standing], unit: str) -> Iterator[Part]:
    """Show the figures with a table of their own, then the plain duties, what is short first."""
    figures = [standing for standing in standings if is_figure(standing)]
    duties = [standing for standing in standings if not is_figure(standing)]
    if figures:
        yield FigureTable(figures, lambda standing: _own_words(standing, unit))
    if figures and duties:
        yield Prose()
    if not duties:
        return
    table = Grid("任务", "考核期", "要求", "本单位报送", "判定", "身份", right=("本单位报送",))
    for standing in sorted(duties, key=_first_what_matters):
        table.add_row(
            task_cell(standing),
            standing.window.label,
            STRENGTH_WORDS[standing.task.strength],
            own_contribution(standing, unit),
            light(standing),
            _role(standing.task, unit),
        )
    yield table


def _settled(quiet: Sequence[Standing]) -> Iterator[Part]:
    if quiet:
        ids = list(dict.fromkeys(standing.task.id for standing in quiet))
        yield Prose(f"\n另有 {len(ids)} 项已经达标、本单位没有报送条目：{listed(ids)}")


def _is_settled_by_others(standing: Standing, unit: str) -> bool:
    """Whether nothing is left to say to the unit: met, and without its entries."""
    own = any(c.entry.unit == unit for c in standing.contributions)
    return is_met(standing) and not own


def _first_what_matters(standing: Standing) -> tuple[bool, bool]:
    return not is_short(standing), not standing.task.is_hard


def _own_words(standing: Standing, unit: str) -> str:
    own = own_contribution(standing, unit)
    return "" if own == NONE else f"本单位报送 {own}"


def _role(task: Task, unit: str) -> str:
    role = "牵头" if unit in task.lead else "责任"
    return f"{role}（统称）" if unit in task.through else role
