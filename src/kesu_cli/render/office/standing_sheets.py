"""The sheets of standings: all tasks, and what one unit owes."""

from collections.abc import Iterator, Sequence

from kesu_cli.model.window import Window
from kesu_cli.pace import has_pace
from kesu_cli.render.office.sheet_writer import Colouring, Content, SheetColumn
from kesu_cli.render.office.workbook_cell import WorkbookCell, day, points, quantity, share, text, whole
from kesu_cli.render.tallies import (
    WORDS,
    by_word,
    counted_as,
    counted_word,
    owed_standings,
    own_contribution,
    role_words,
)
from kesu_cli.render.wording import (
    LIGHT_WORDS,
    as_of_words,
    at_worst,
    counts_line,
    doubt_words,
    figure_words,
    heading,
    listed,
    named,
    target_words,
    unit_of_measure,
    verdict_words,
    years_words,
)
from kesu_cli.report import Report
from kesu_cli.standing import Standing
from kesu_cli.verdict import Light, Verdict

LIGHTS = Colouring(
    ("判定", "亮灯"),
    by="亮灯",
    fills={LIGHT_WORDS[light]: light.value for light in (Light.RED, Light.YELLOW, Light.GREEN)},
)
_FIGURES = (
    SheetColumn("目标", 10, "right"),
    SheetColumn("完成", 10, "right"),
    SheetColumn("完成率", 8.5, "right"),
    SheetColumn("序时进度", 9, "right"),
    SheetColumn("进度差\n（百分点）", 9, "right"),
    SheetColumn("判定", 9, "center"),
    SheetColumn("亮灯", 7, "center"),
)
_TASK_COLUMNS = (
    SheetColumn("序号", 5, "center"),
    SheetColumn("所属行动", 12.5),
    SheetColumn("编号", 8, "center"),
    SheetColumn("任务", 20.5),
    SheetColumn("指标", 11),
    SheetColumn("牵头单位", 13),
    SheetColumn("责任单位", 23),
    SheetColumn("考核期", 14, "center"),
    SheetColumn("时限", 10.5, "center"),
    *_FIGURES,
    SheetColumn("备注", 16),
)
_UNIT_COLUMNS = (
    SheetColumn("序号", 5, "center"),
    SheetColumn("编号", 8, "center"),
    SheetColumn("任务", 24),
    SheetColumn("身份", 12.5, "center"),
    SheetColumn("指标", 16),
    SheetColumn("考核期", 14, "center"),
    SheetColumn("时限", 10.5, "center"),
    *_FIGURES,
    SheetColumn("本单位报送", 13, "right"),
    SheetColumn("备注", 24),
)
_DONE = (Verdict.MET, Verdict.ON_PACE)


def task_sheet(report: Report, standings: Sequence[Standing], name: str) -> Content:
    """Put all tasks on a sheet; one that every unit owes by itself takes one row a window."""
    groups: dict[tuple[str, Window], list[Standing]] = {}
    for standing in standings:
        groups.setdefault((standing.task.id, standing.window), []).append(standing)
    rows = [_task_row(number, group) for number, group in enumerate(groups.values(), start=1)]
    return Content(
        name=name,
        title=f"{heading(report)}{years_words(report) if report.years else ''}任务分解与进展台账",
        lines=(as_of_words(report.as_of), f"检查结果：{counts_line(report)}"),
        columns=_TASK_COLUMNS,
        rows=rows,
        colouring=LIGHTS,
        frozen=4,
    )


def unit_sheet(report: Report, unit: str, name: str) -> Content:
    """Put what one unit owes on a sheet."""
    owed = owed_standings(report, unit)
    rows = [_unit_row(number, standing, unit) for number, standing in enumerate(owed, start=1)]
    return Content(
        name=name,
        title=f"{unit}{years_words(report)}任务落实情况",
        lines=(as_of_words(report.as_of), *_handed_in(report, unit)),
        columns=_UNIT_COLUMNS,
        rows=rows,
        colouring=LIGHTS,
        frozen=3,
    )


def _handed_in(report: Report, unit: str) -> Iterator[str]:
    for submission in report.submissions:
        if submission.unit == unit:
            when = f"，报送日期 {submission.submitted}" if submission.submitted else ""
            yield f"{submission.year} 年度报告：{submission.label}{when}，期限 {submission.due}"


def _task_row(number: int, group: Sequence[Standing]) -> tuple[WorkbookCell, ...]:
    task = group[0].task
    lead = named(task, task.lead) if task.lead else "原文未明确"
    if task.accountable and task.accountable not in task.lead[:1]:
        lead += f"（由{task.accountable}汇总）"
    return (
        whole(number),
        text(task.chapter.name),
        text(task.id),
        text(task.name),
        text(target_words(task)),
        text(lead),
        text(named(task, task.responsible) if task.responsible else ""),
        *_when(group[0].window),
        *(_figures(group[0]) if not group[0].unit else _unit_counts(group)),
        text(_remark(group[0]) if not group[0].unit else _by_unit(group)),
    )


def _unit_row(number: int, standing: Standing, unit: str) -> tuple[WorkbookCell, ...]:
    task = standing.task
    return (
        whole(number),
        text(task.id),
        text(task.name),
        text(role_words(task, unit)),
        text(target_words(task)),
        *_when(standing.window),
        *_figures(standing),
        text(own_contribution(standing, unit)),
        text(_remark(standing)),
    )


def _when(window: Window) -> tuple[WorkbookCell, WorkbookCell]:
    return text(window.label), day(window.end)


def _figures(standing: Standing) -> tuple[WorkbookCell, ...]:
    unit = unit_of_measure(standing.task)
    measured = standing.target is not None
    return (
        quantity(standing.target, unit),
        quantity(standing.actual, unit if measured else "条"),
        share(standing.completion),
        share(standing.pace if measured and has_pace(standing.task) else None),
        points(standing.gap),
        text(verdict_words(standing, with_reason=False)),
        text(LIGHT_WORDS[standing.light]),
    )


def _unit_counts(group: Sequence[Standing]) -> tuple[WorkbookCell, ...]:
    """Count the units that are through; what no formula of the arithmetic gives is left blank."""
    worst = min(group, key=lambda standing: (standing.worst.rank, WORDS.index(counted_word(standing))))
    through = sum(counted_as(standing) in _DONE for standing in group)
    return (
        WorkbookCell(float(len(group)), '#,##0" 个单位"'),
        WorkbookCell(float(through), '#,##0" 个单位"'),
        *(WorkbookCell(None),) * 3,
        text(verdict_words(worst, with_reason=False)),
        text(LIGHT_WORDS[worst.light]),
    )


def _by_unit(group: Sequence[Standing]) -> str:
    counted = "，".join(f"{word} {number}" for word, number in reversed(by_word(group).items()) if number)
    short = [standing.unit for standing in group if standing.light in (Light.RED, Light.YELLOW)]
    return f"各单位分别考核：{counted}" + (f"；亮红灯、黄灯的：{listed(short)}" if short else "")


def _remark(standing: Standing) -> str:
    said = []
    if standing.verdict is Verdict.UNVERIFIED and standing.target is not None:
        said.append(
            f"{figure_words(standing, unit_of_measure(standing.task))}，核实以前算{at_worst(standing)}"
        )
    if doubt_words(standing):
        said.append(doubt_words(standing))
    if standing.items_missing and standing.actual is not None:
        said.append(f"还没有覆盖：{listed(standing.items_missing)}")
    if standing.unread:
        said.append(f"有文件读不出来：{listed(standing.unread)}")
    if standing.waiver:
        said.append(f"已豁免：{standing.waiver}")
    return "；".join(said)
