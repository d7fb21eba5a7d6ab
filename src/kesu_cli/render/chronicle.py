"""The history of standings as tables for a terminal, or as sparklines, one line a task."""

from collections import Counter
from collections.abc import Iterator, Sequence

from kesu_cli.chronicle import Chronicle, Line, Moment
from kesu_cli.model.amount import PER_CENT, show_number
from kesu_cli.render.grid import Grid
from kesu_cli.render.part import Part, light, section, task_cell
from kesu_cli.render.prose import Prose
from kesu_cli.render.sheet import Sheet
from kesu_cli.render.wording import DEMO, NONE, per_cent, points, short_target, unit_of_measure, verdict_words
from kesu_cli.standing import ONE, ZERO, Standing, Verdict

_BARS = "▁▂▃▄▅▆▇█"
_NOTHING = "·"
_IN_DETAIL = 6
_LEGEND = (
    "走势：完成率从 ▁（0）到 █（100% 及以上）；没有数量的任务，达标为 █，其余为 ▁；· 是那时没有这项考核。"
)
_WIDEST = 40
_NARROW = 20
_SHORT_HASH = 7
_SHOWN_FILES = {
    "measures.yaml": "任务",
    "units.yaml": "单位",
    "policy.yaml": "办公室的规定",
    "waivers.yaml": "豁免",
}


def layout(chronicle: Chronicle) -> Sheet:
    """Lay the history out: a few tasks moment by moment, many summed up."""
    return Sheet(_parts(chronicle))


def sparklines(chronicle: Chronicle) -> Sheet:
    """Draw 完成率 over time, one line a task and window."""
    return Sheet((*_opening(chronicle), Prose(), _courses(chronicle.lines, _WIDEST), *_closing(chronicle)))


def _parts(chronicle: Chronicle) -> Iterator[Part]:
    yield from _opening(chronicle)
    if len(chronicle.lines) <= _IN_DETAIL:
        for line in chronicle.lines:
            yield from _detail(chronicle.moments, line)
    else:
        yield from section("各次的状态（项次）")
        yield _tallies(chronicle)
        yield from section("有变化的任务")
        moving = [line for line in chronicle.lines if sum(line.moved) > 1]
        yield _courses(moving, _NARROW)
        if len(moving) < len(chronicle.lines):
            yield Prose(f"另有 {len(chronicle.lines) - len(moving)} 项次没有变化")
    yield from _closing(chronicle)


def _opening(chronicle: Chronicle) -> Iterator[Part]:
    yield Prose(f"《{chronicle.plan.title}》", style="bold")
    yield Prose(f"{chronicle.subject or '全市'}：{chronicle.year}年完成情况的变化", style="bold")
    first, last = chronicle.moments[0].day, chronicle.moments[-1].day
    each = "每月最后一次提交" if chronicle.monthly else "每次提交"
    counted = f"{first} 至 {last}，共 {len(chronicle.moments)} 次"
    yield Prose(f"{each}按当时的方案、截至提交那天判定（当天尚未结束）；{counted}")
    if chronicle.demo:
        yield Prose(f"{DEMO}：以下数字均为虚构，不代表任何单位的实际工作", style="bold magenta")


def _closing(chronicle: Chronicle) -> Iterator[Part]:
    yield Prose(_LEGEND, style="dim")
    if any(moment.plan_changed for moment in chronicle.moments):
        yield Prose("方案有改动的，用 kesu plan diff 改动前的提交 改动后的提交 看改了什么", style="dim")
    if not chronicle.complete:
        first = chronicle.moments[0]
        yield Prose(
            f"这是浅克隆，{first.commit[:_SHORT_HASH]}（{first.day}）以前的历史不在本机；"
            "请先运行 git fetch --unshallow，再看更早的变化",
            style="bold red",
        )


def _detail(moments: Sequence[Moment], line: Line) -> Iterator[Part]:
    """Show the moments at which one line moved."""
    latest = line.latest
    whom = f" {latest.unit}" if latest.unit else ""
    yield from section(f"{task_cell(latest)}（{latest.window.label}）{whom}")
    yield Prose(f"走势 {spark(line, _WIDEST)}  {_now(latest)}")
    numbers = ("目标", "完成", "完成率", "序时进度", "进度差")
    table = Grid("日期", "提交", *numbers, "状态", "说明", right=numbers)
    left_out = 0
    for moment, standing, moved in zip(moments, line.standings, line.moved, strict=True):
        if moved or moment.plan_changed or moment.unjudged:
            table.add_row(*_row(moment, standing))
        else:
            left_out += 1
    yield table
    if left_out:
        yield Prose(f"另有 {left_out} 次提交，完成数和状态没有变化", style="dim")


def _row(moment: Moment, standing: Standing | None) -> Iterator[str | Prose]:
    yield from (moment.day.isoformat(), moment.commit[:_SHORT_HASH])
    if standing is None:
        yield from (NONE,) * 6
    else:
        yield short_target(standing.task)
        yield _amount(standing)
        yield from (per_cent(standing.completion), per_cent(standing.pace), points(standing.gap))
        yield Prose(verdict_words(standing, with_reason=False), style=light(standing).style)
    yield _remark(moment)


def _amount(standing: Standing) -> str:
    if standing.actual is None:
        return NONE
    sign = PER_CENT if unit_of_measure(standing.task) == PER_CENT else ""
    return f"{show_number(standing.actual)}{sign}"


def _remark(moment: Moment) -> str:
    changed = "、".join(_SHOWN_FILES[name] for name in moment.plan_changed)
    remarks = (moment.unjudged, f"方案有改动（{changed}）" if changed else "", moment.subject)
    return "；".join(filter(None, remarks))


def _tallies(chronicle: Chronicle) -> Grid:
    """Count verdicts moment by moment, where the counts changed."""
    counts = [
        Counter(standing.word for line in chronicle.lines if (standing := line.standings[number]))
        for number in range(len(chronicle.moments))
    ]
    words = list(dict.fromkeys(word for count in counts for word in count))
    table = Grid("日期", "提交", *words, "说明", right=words)
    for moment, count, before in zip(chronicle.moments, counts, (None, *counts), strict=False):
        if count != before or moment.plan_changed or moment.unjudged:
            numbers = (str(count[word]) if count else NONE for word in words)
            table.add_row(moment.day.isoformat(), moment.commit[:_SHORT_HASH], *numbers, _remark(moment))
    return table


def _courses(lines: Sequence[Line], width: int) -> Grid:
    table = Grid("任务", "考核期", "走势", "最近", "状态")
    for line in lines:
        latest = line.latest
        whom = f" {latest.unit}" if latest.unit else ""
        cells = (f"{task_cell(latest)}{whom}", latest.window.label, spark(line, width))
        table.add_row(*cells, per_cent(latest.completion), light(latest))
    return table


def _now(standing: Standing) -> str:
    return f"{_amount(standing)}，{per_cent(standing.completion)}，{standing.word}"


def spark(line: Line, width: int) -> str:
    """Draw 完成率, or without a number whether it is met; of many moments the last of each stretch."""
    count = len(line.standings)
    if count > width:
        picked = [line.standings[(number + 1) * count // width - 1] for number in range(width)]
    else:
        picked = list(line.standings)
    return "".join(map(_bar, picked))


def _bar(standing: Standing | None) -> str:
    if standing is None:
        return _NOTHING
    if standing.completion is None:
        return _BARS[-1] if standing.verdict is Verdict.MET else _BARS[0]
    return _BARS[int(min(max(standing.completion, ZERO), ONE) * (len(_BARS) - 1))]
