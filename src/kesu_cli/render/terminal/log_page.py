"""The history of standings as tables for a terminal, or as sparklines, one line a task."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from kesu_cli.log import Log, LogCommit, LogLine
from kesu_cli.model.amount import PER_CENT, show_number
from kesu_cli.model.plan import Chapter
from kesu_cli.pace import ONE, ZERO
from kesu_cli.render.tallies import WORDS, by_word, is_figure
from kesu_cli.render.terminal.git_commit_table import SHORT_HASH, moment_table
from kesu_cli.render.terminal.grid import Fitting, Grid
from kesu_cli.render.terminal.page_part import Part, light, section, task_cell
from kesu_cli.render.terminal.text_page import TextPage
from kesu_cli.render.terminal.wrapped_text import Prose
from kesu_cli.render.wording import (
    DEMO,
    NONE,
    per_cent,
    points,
    short_target,
    unit_of_measure,
    verdict_words,
)
from kesu_cli.standing import Standing
from kesu_cli.verdict import Verdict

_BARS = "▁▂▃▄▅▆▇█"
_NOTHING = "·"
_IN_DETAIL = 6
_LEGEND = (
    "走势：完成率从 ▁（0）到 █（100% 及以上）；没有数量的任务，达标为 █，其余为 ▁；· 是那时没有这项考核。"
)
_WIDEST = 40
_NARROW = 20


def layout(log: Log) -> TextPage:
    """Lay the history out: a few tasks commit by commit, many summed up, those of the city by action."""
    return TextPage(_parts(log))


def sparklines(log: Log) -> TextPage:
    """Draw 完成率 over time, one line a task and window; of the whole city the actions in sum."""
    drawn = (_courses(_present(log), _WIDEST),) if log.subject else _city(log, _WIDEST)
    return TextPage((*_opening(log), Prose(), *drawn, *_closing(log)))


def _parts(log: Log) -> Iterator[Part]:
    yield from _opening(log)
    if len(log.lines) <= _IN_DETAIL:
        for line in log.lines:
            yield from _detail(log.commits, line)
    else:
        yield from section("各次的判定（项次）")
        yield _tallies(log)
        yield from _moving(log) if log.subject else _city(log, _NARROW)
    yield from _closing(log)


def _moving(log: Log) -> Iterator[Part]:
    yield from section("有变化的任务")
    present = _present(log)
    moving = [line for line in present if sum(line.moved) > 1]
    if moving:
        yield _courses(moving, _NARROW)
    still = len(present) - len(moving)
    if still:
        yield Prose(f"另有 {still} 项次没有变化" if moving else f"没有：{still} 项次的完成数和判定都没有变化")
    if len(present) < len(log.lines):
        yield Prose(f"另有 {len(log.lines) - len(present)} 项次，现在的方案里已经没有，不列", style="dim")


def _city(log: Log, width: int) -> Iterator[Part]:
    """Show the figures one by one, the rest by action."""
    present = _present(log)
    figures = [line for line in present if is_figure(line.latest)]
    if figures:
        yield from section("有数量和频次要求的任务")
        yield _courses(figures, width)
    yield from section("各项行动")
    yield _by_chapter(present, width)
    yield Prose(
        "行动的走势是其中达标的占几成。其他任务用 --task 任务编号 看一项，用 --unit 单位 看一个单位的。",
        style="dim",
    )


def _present(log: Log) -> list[LogLine]:
    """Return the lines that the last commit that could be judged still has."""
    judged = (n for n in reversed(range(len(log.commits))) if any(x.standings[n] for x in log.lines))
    last = next(judged)
    return [line for line in log.lines if line.standings[last]]


def _by_chapter(lines: Sequence[LogLine], width: int) -> Grid:
    """Draw for each part of the plan the share of its standings that are met."""
    chapters: dict[Chapter, list[LogLine]] = {}
    for line in lines:
        chapters.setdefault(line.latest.task.chapter, []).append(line)
    table = Grid("行动", "走势", "达标", right=("达标",))
    for chapter, members in chapters.items():
        commits = list(zip(*(line.standings for line in members), strict=True))
        met = sum(line.latest.verdict is Verdict.MET for line in members)
        course = "".join(_picked([_share_bar(commit) for commit in commits], width))
        table.add_row(f"{chapter.id} {chapter.name}", course, f"{met}/{len(members)}")
    return table


def _share_bar(standings: Sequence[Standing | None]) -> str:
    known = [standing for standing in standings if standing]
    met = sum(standing.verdict is Verdict.MET for standing in known)
    return _height(Fraction(met, len(known))) if known else _NOTHING


def _opening(log: Log) -> Iterator[Part]:
    yield Prose(f"《{log.plan.title}》", style="bold")
    yield Prose(f"{log.subject or '全市'}：{log.year}年完成情况的变化", style="bold")
    first, last = log.commits[0].day, log.commits[-1].day
    each = "每月最后一次提交" if log.monthly else "每次提交"
    counted = f"{first} 至 {last}，共 {len(log.commits)} 次"
    yield Prose(f"{each}按当时的方案、截至提交那天判定（当天尚未结束）；{counted}")
    if log.demo:
        yield Prose(f"{DEMO}：以下数字均为虚构，不代表任何单位的实际工作", style="bold magenta")


def _closing(log: Log) -> Iterator[Part]:
    yield Prose(_LEGEND, style="dim")
    if any(commit.plan_changed for commit in log.commits):
        yield Prose("方案有改动的，用 kesu plan diff 改动前的提交 改动后的提交 看改了什么", style="dim")
    if not log.complete:
        first = log.commits[0]
        yield Prose(
            f"这是浅克隆，{first.commit[:SHORT_HASH]}（{first.day}）以前的历史不在本机；"
            "请先运行 git fetch --unshallow，再看更早的变化",
            style="bold red",
        )


def _detail(commits: Sequence[LogCommit], line: LogLine) -> Iterator[Part]:
    """Show the commits at which one line moved."""
    latest = line.latest
    whom = f" {latest.unit}" if latest.unit else ""
    yield from section(f"{task_cell(latest)}（{latest.window.label}）{whom}")
    yield Prose(f"走势 {spark(line, _WIDEST)}  {_now(latest)}")
    numbers = ("目标", "完成", "完成率", "序时进度", "进度差")
    told = [
        (commit, tuple(_row(standing)))
        for commit, standing, moved in zip(commits, line.standings, line.moved, strict=True)
        if moved or commit.plan_changed or commit.unjudged
    ]
    yield moment_table((*numbers, "判定"), numbers, told)
    left_out = len(commits) - len(told)
    if left_out:
        yield Prose(f"另有 {left_out} 次提交，完成数和判定没有变化", style="dim")


def _row(standing: Standing | None) -> Iterator[str | Prose]:
    if standing is None:
        yield from (NONE,) * 6
        return
    yield short_target(standing.task)
    yield _amount(standing)
    yield from (per_cent(standing.completion), per_cent(standing.pace), points(standing.gap))
    yield Prose(verdict_words(standing, with_reason=False), style=light(standing).style)


def _amount(standing: Standing) -> str:
    if standing.actual is None:
        return NONE
    sign = PER_CENT if unit_of_measure(standing.task) == PER_CENT else ""
    return f"{show_number(standing.actual)}{sign}"


def _tallies(log: Log) -> Fitting:
    """Count verdicts commit by commit, where the counts changed."""
    counts = [
        by_word(standing for line in log.lines if (standing := line.standings[number]))
        for number in range(len(log.commits))
    ]
    words = [word for word in WORDS if any(count[word] for count in counts)]
    rows = [
        (commit, [str(count[word]) if any(count.values()) else NONE for word in words])
        for commit, count, before in zip(log.commits, counts, (None, *counts), strict=False)
        if count != before or commit.plan_changed or commit.unjudged
    ]
    return moment_table(words, words, rows)


def _courses(lines: Sequence[LogLine], width: int) -> Grid:
    table = Grid("任务", "考核期", "走势", "最近", "判定")
    for line in lines:
        latest = line.latest
        whom = f" {latest.unit}" if latest.unit else ""
        cells = (f"{task_cell(latest)}{whom}", latest.window.label, spark(line, width))
        table.add_row(*cells, per_cent(latest.completion), light(latest))
    return table


def _now(standing: Standing) -> str:
    return f"{_amount(standing)}，{per_cent(standing.completion)}，{standing.word}"


def spark(line: LogLine, width: int) -> str:
    """Draw 完成率, or without a number whether it is met; of many commits the last of each stretch."""
    return "".join(_picked([_bar(standing) for standing in line.standings], width))


def _picked(bars: Sequence[str], width: int) -> Sequence[str]:
    count = len(bars)
    if count <= width:
        return bars
    return [bars[(number + 1) * count // width - 1] for number in range(width)]


def _bar(standing: Standing | None) -> str:
    if standing is None:
        return _NOTHING
    if standing.completion is None:
        return _BARS[-1] if standing.verdict is Verdict.MET else _BARS[0]
    return _height(standing.completion)


def _height(share: Fraction) -> str:
    return _BARS[int(min(max(share, ZERO), ONE) * (len(_BARS) - 1))]
