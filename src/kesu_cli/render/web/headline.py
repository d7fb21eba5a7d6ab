"""What the page says first: the state of things in one sentence, and the key figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kesu_cli.diagnostic import Severity
from kesu_cli.render.tallies import (
    EACH,
    by_kind,
    by_word,
    due_of,
    is_behind,
    is_figure,
    is_in_doubt,
    is_met,
    is_unfulfilled,
    share_met,
)
from kesu_cli.render.wording import day_words, listed, per_cent
from kesu_cli.report import Report
from kesu_cli.standing import Standing
from kesu_cli.submission import SubmissionState


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
    kinds = by_kind(report.standings)
    parts = (*(_kind(kind, found) for kind, found in kinds.items()), *_reports(report))
    told = (*parts, _short(report.standings), _figures(report.standings))
    return f"截至{day_words(report.as_of.day)}，{'；'.join(part for part in told if part)}。"


def _kind(kind: str, standings: Sequence[Standing]) -> str:
    """Say of one kind of task how many are due and met: no rate mixes two kinds."""
    due, name = due_of(standings), f"{kind}的任务" if kind == EACH else kind
    if not due:
        return f"{name}{len(standings)}项都没有到期" if not any(s.over for s in standings) else ""
    if all(map(is_met, due)):
        return f"{name}到期{len(due)}项全部达标"
    return f"{name}到期{len(due)}项，达标{sum(map(is_met, due))}项，达标率{per_cent(share_met(due))}"


def _reports(report: Report) -> Iterator[str]:
    if report.submissions:
        in_time = sum(submission.state is SubmissionState.COMPLETE for submission in report.submissions)
        yield f"年度报告应报{len(report.submissions)}份，按期报送{in_time}份"


def _short(standings: Sequence[Standing]) -> str:
    kinds = {
        "未落实": [standing for standing in standings if is_unfulfilled(standing)],
        "欠进度": [standing for standing in standings if is_behind(standing)],
        "待核实": [standing for standing in standings if is_in_doubt(standing)],
    }
    found = {word: f"{word}{len(of)}项" for word, of in kinds.items() if of}
    in_doubt = found.pop("待核实", "")
    said = "、".join(found.values())
    said += (f"（其中{in_doubt}）" if said else in_doubt) if in_doubt else ""
    owing = dict.fromkeys(u for of in kinds.values() for s in of for u in s.task.answering(s.unit))
    return f"{said}，涉及{_some(list(owing), '个单位')}" if owing else said


def _some(names: Sequence[str], counted: str, shown: int = 3) -> str:
    return listed(names) if len(names) <= shown else f"{listed(names[:shown])}等{len(names)}{counted}"


def _figures(standings: Sequence[Standing]) -> str:
    """Name the number targets that were not reached, and those that lag."""
    hard = [standing for standing in standings if is_figure(standing)]
    certain = [standing for standing in hard if not is_in_doubt(standing)]
    kinds = {
        "没有达到要求": (s for s in certain if is_unfulfilled(s)),
        "落后于序时进度": (s for s in certain if is_behind(s)),
        "还待核实": (s for s in hard if is_in_doubt(s)),
    }
    named = {words: list(dict.fromkeys(f"“{s.task.name}”" for s in of)) for words, of in kinds.items()}
    said = "，".join(f"{_some(names, '项')}{words}" for words, names in named.items() if names)
    return f"有数量和频次要求的任务中，{said}" if said else ""


def key_figures(report: Report) -> tuple[KeyFigure, ...]:
    """Return the figures a leader asks for first: a rate for each kind of task, what came in, what lacks."""
    standings = report.standings
    rates = (_rate(kind, found) for kind, found in by_kind(standings).items())
    unfulfilled = [standing for standing in standings if is_unfulfilled(standing)]
    behind = [standing for standing in standings if is_behind(standing)]
    counts = by_word(unfulfilled)
    split = "，".join(f"{word} {number}" for word, number in counts.items() if number) or "没有"
    return (
        *rates,
        _handed_in(report),
        _lacking("未落实", unfulfilled, split),
        _lacking("欠进度", behind, "落后于序时进度"),
        _problems(report),
    )


def _rate(kind: str, standings: Sequence[Standing]) -> KeyFigure:
    due = due_of(standings)
    said = f"到期 {len(due)} 项达标 {sum(map(is_met, due))} 项" if due else "没有到期的"
    name = f"{kind.removeprefix('各单位')}达标率"
    return KeyFigure(name, per_cent(share_met(due)), f"{said}，共 {len(standings)} 项")


def _lacking(name: str, standings: Sequence[Standing], said: str) -> KeyFigure:
    in_doubt = sum(map(is_in_doubt, standings))
    note = f"{said}；其中待核实 {in_doubt}" if in_doubt else said
    return KeyFigure(name, str(len(standings)), note, alarming=bool(standings))


def _handed_in(report: Report) -> KeyFigure:
    in_time = sum(submission.state is SubmissionState.COMPLETE for submission in report.submissions)
    late = [submission for submission in report.submissions if submission.is_amiss]
    said = f"逾期 {len(late)} 份" if late else "没有逾期"
    return KeyFigure("按期报送", f"{in_time}/{len(report.submissions)}", said, alarming=bool(late))


def _problems(report: Report) -> KeyFigure:
    counts = report.counts
    said = f"错误 {counts[Severity.ERROR]}，警告 {counts[Severity.WARNING]}"
    return KeyFigure("要处理的问题", str(sum(counts.values())), said, alarming=bool(counts[Severity.ERROR]))
