"""One unit on a page: what it owes, how each task stands, what to mend, what is due, and a form to fill."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from rich.console import Group, RenderableType
from rich.text import Text

from kesu_cli.render.summary import LACKING, is_figure, owed_standings, own_contribution, role_words
from kesu_cli.render.table import (
    SHORT,
    banner,
    figure_table,
    finding_table,
    grid,
    light,
    section,
    task_cell,
)
from kesu_cli.render.wording import (
    STRENGTH_WORDS,
    listed,
    quantity,
    target_words,
    unit_of_measure,
    years_words,
)
from kesu_cli.report import Report
from kesu_cli.standing import Standing, Verdict

_SOON = 10


def layout(report: Report) -> Group:
    """Lay one unit out; the report has been narrowed to it."""
    return Group(*_parts(report, report.scope))


def _parts(report: Report, unit: str) -> Iterator[RenderableType]:
    yield from banner(report, f"{unit}：{years_words(report)}落实情况")
    for handover in report.handovers:
        if handover.unit == unit:
            when = f"，报送日期 {handover.submitted}" if handover.submitted else ""
            yield Text(f"{handover.year} 年度材料：{handover.receipt.label}{when}，期限 {handover.due}")
    owed = owed_standings(report, unit)
    yield _summary(owed, unit)
    yield from _mend(report, owed, unit)
    yield from _ahead(owed)
    yield from _owed(owed, unit)


def _summary(owed: Sequence[Standing], unit: str) -> Text:
    tasks = {standing.task.id: standing.task for standing in owed}.values()
    answers = sum(unit in task.answering("") for task in tasks)
    leads = sum(unit in task.lead for task in tasks)
    grouped = sum(unit in task.through for task in tasks)
    through = f"（其中随“各单位”一类统称承担 {grouped} 项）" if grouped else ""
    shares = f"牵头 {leads} 项，责任 {len(tasks) - leads} 项{through}"
    return Text(f"承担任务 {len(tasks)} 项：{shares}；由本单位汇总 {answers} 项")


def _mend(report: Report, owed: Sequence[Standing], unit: str) -> Iterator[RenderableType]:
    if not report.findings:
        yield from section("一、要处理的问题")
        yield Text("没有。")
        return
    yield from section("一、要处理的问题")
    yield finding_table(report.findings, with_file=True)
    missing = [s for s in owed if s.verdict in LACKING and unit in s.task.answering(s.unit)]
    if missing:
        yield Text()
        yield from _fill_in(report, unit, missing)


def _fill_in(report: Report, unit: str, missing: Sequence[Standing]) -> Iterator[RenderableType]:
    year = report.years[-1]
    file = f"progress/{year}/{unit}.yaml"
    has_file = any(h.unit == unit and h.year == year and h.file for h in report.handovers)
    if has_file:
        yield Text(f"确有工作而漏报的，把下面的内容补进 {file} 的 entries，冒号后面填上实际情况：")
        yield Text(snippet(missing))
        return
    yield Text(f"还没有 {file}。新建这个文件，写上下面的内容，冒号后面填上实际情况：")
    yield Text(f"unit: {unit}\nyear: {year}\nstatus: draft\nentries:\n{snippet(missing)}")


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
    if standing.target is None or standing.items_missing:
        return ""
    lacking = standing.target - (standing.actual or Fraction(0))
    return f"，还差 {quantity(lacking, unit_of_measure(standing.task))}" if lacking > 0 else ""


def _ahead(owed: Sequence[Standing]) -> Iterator[RenderableType]:
    coming = sorted(
        (
            s
            for s in owed
            if not s.over and s.verdict is not Verdict.MET and (s.task.is_hard or s.task.has_deadline)
        ),
        key=lambda s: (s.window.end, s.task.id),
    )
    if not coming:
        return
    yield from section("二、接下来到期的任务")
    table = grid("到期日", "任务", "要求", "状态")
    for s in coming[:_SOON]:
        table.add_row(s.window.end.isoformat(), task_cell(s), target_words(s.task), light(s))
    yield table
    if len(coming) > _SOON:
        yield Text(f"另有 {len(coming) - _SOON} 项，到期日与上面相同或更晚")


def _owed(owed: Sequence[Standing], unit: str) -> Iterator[RenderableType]:
    yield from section("三、承担的全部任务")
    figures = [standing for standing in owed if is_figure(standing)]
    if figures:
        yield figure_table(figures)
        yield Text()
    table = grid("任务", "考核期", "要求", "本单位报送", "状态", "身份", right=("本单位报送",))
    quiet = [standing for standing in owed if _is_settled_by_others(standing, unit)]
    for standing in sorted((s for s in owed if s not in quiet), key=lambda s: _first_what_matters(s, unit)):
        table.add_row(
            task_cell(standing),
            standing.window.label,
            STRENGTH_WORDS[standing.task.strength],
            own_contribution(standing, unit),
            light(standing),
            role_words(standing.task, unit),
        )
    yield table
    if quiet:
        ids = listed(dict.fromkeys(standing.task.id for standing in quiet))
        yield Text(f"\n另有 {len(quiet)} 项由其他单位汇总、已经达标、本单位没有报送条目：{ids}")


def _is_settled_by_others(standing: Standing, unit: str) -> bool:
    """Whether nothing is left to say to the unit: met, answered for by another, without its entries."""
    task = standing.task
    own = unit in task.answering(standing.unit) or any(c.entry.unit == unit for c in standing.contributions)
    return standing.verdict is Verdict.MET and not own


def _first_what_matters(standing: Standing, unit: str) -> tuple[bool, bool, bool]:
    task = standing.task
    return standing.verdict not in SHORT, not task.is_hard, unit not in task.answering(standing.unit)
