"""What the page says first: the state of things in one sentence, and the key figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from kesu_cli.diagnostic import Severity
from kesu_cli.render.tallies import is_figure, share_met
from kesu_cli.render.web.lights import UNFULFILLED, verdicts
from kesu_cli.render.wording import day_words, listed, per_cent
from kesu_cli.report import Report
from kesu_cli.standing import Standing
from kesu_cli.submission import SubmissionState
from kesu_cli.verdict import Verdict


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A figure in large type, what it counts, what it is made of, and whether it calls for attention."""

    name: str
    value: str
    note: str
    alarming: bool = False


def headline(report: Report) -> str:
    """Sum the report up in one sentence."""
    if report.plan is None:
        return "方案读不出来，本次没有作出任何判定，请先修好方案文件。"
    if not report.standings:
        return "所查年度内没有考核事项。"
    parts = (_due(report.standings), _short(report.standings), _figures(report.standings))
    return f"截至{day_words(report.as_of.day)}，{'；'.join(part for part in parts if part)}。"


def _due(standings: Sequence[Standing]) -> str:
    due = [standing for standing in standings if standing.concluded]
    met = verdicts(due)[Verdict.MET]
    running = sum(not standing.over for standing in standings)
    rest = f"，另有{running}项考核期还没有结束" if running else ""
    if not due:
        return f"{len(standings)}项考核事项的考核期都还没有结束"
    if met == len(due):
        return f"已到期的{len(due)}项考核事项全部达标{rest}"
    return f"已到期的{len(due)}项考核事项中达标{met}项，达标率{per_cent(share_met(due))}{rest}"


def _short(standings: Sequence[Standing]) -> str:
    kinds = {
        "未落实": [s for s in standings if s.overdue],
        "欠进度": [s for s in standings if s.verdict is Verdict.BEHIND],
        "待核实": [s for s in standings if s.verdict is Verdict.UNVERIFIED],
    }
    said = "、".join(f"{word}{len(found)}项" for word, found in kinds.items() if found)
    owing = dict.fromkeys(u for found in kinds.values() for s in found for u in s.task.answering(s.unit))
    return f"{said}，涉及{_some(list(owing), '个单位')}" if owing else said


def _some(names: Sequence[str], counted: str, shown: int = 3) -> str:
    return listed(names) if len(names) <= shown else f"{listed(names[:shown])}等{len(names)}{counted}"


def _figures(standings: Sequence[Standing]) -> str:
    """Name the number targets that were not reached, and those that lag."""
    hard = [standing for standing in standings if is_figure(standing)]
    missed = dict.fromkeys(f"“{s.task.name}”" for s in hard if s.overdue)
    behind = dict.fromkeys(f"“{s.task.name}”" for s in hard if s.verdict is Verdict.BEHIND)
    said = (
        f"{_some(list(missed), '项')}没有达到要求" if missed else "",
        f"{_some(list(behind), '项')}落后于序时进度" if behind else "",
    )
    return f"有数量和频次要求的任务中，{'，'.join(part for part in said if part)}" if any(said) else ""


def key_figures(report: Report) -> tuple[KeyFigure, ...]:
    """Return the figures a leader asks for first."""
    tally = verdicts(report.standings)
    due = [standing for standing in report.standings if standing.concluded]
    unfulfilled = [s for s in due if s.verdict in UNFULFILLED]
    split = verdicts(unfulfilled)
    return (
        KeyFigure("考核事项", str(len(report.standings)), f"已到期 {len(due)} 项"),
        KeyFigure("达标率", per_cent(share_met(due)), f"到期达标 {verdicts(due)[Verdict.MET]} 项"),
        KeyFigure(
            "未落实",
            str(len(unfulfilled)),
            f"未达标 {split[Verdict.MISSED]}，未报送 {split[Verdict.UNREPORTED]}",
            alarming=bool(unfulfilled),
        ),
        KeyFigure(
            "欠进度", str(tally[Verdict.BEHIND]), "落后于序时进度", alarming=bool(tally[Verdict.BEHIND])
        ),
        KeyFigure("待核实", str(tally[Verdict.UNVERIFIED]), f"另有已豁免 {tally[Verdict.WAIVED]} 项"),
        _handed_in(report),
        _problems(report),
    )


def _handed_in(report: Report) -> KeyFigure:
    in_time = sum(submission.state is SubmissionState.COMPLETE for submission in report.submissions)
    late = [h for h in report.submissions if h.overdue and h.state is not SubmissionState.COMPLETE]
    said = f"逾期 {len(late)} 份" if late else "没有逾期"
    return KeyFigure("按期报送", f"{in_time}/{len(report.submissions)}", said, alarming=bool(late))


def _problems(report: Report) -> KeyFigure:
    counts = report.counts
    said = f"错误 {counts[Severity.ERROR]}，警告 {counts[Severity.WARNING]}"
    return KeyFigure("要处理的问题", str(sum(counts.values())), said, alarming=bool(counts[Severity.ERROR]))
