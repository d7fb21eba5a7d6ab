"""通报 as a document: overall, by action, by unit, problems, next steps, and the tables behind them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from kesu_cli.finding import Finding, Severity
from kesu_cli.handover import Handover, Receipt
from kesu_cli.render.document import annex
from kesu_cli.render.document.paper import Paper, filled
from kesu_cli.render.document.phrase import (
    BLANK_DAY,
    BLANK_NUMBER,
    addressed,
    amount,
    as_of,
    counted,
    day_words,
    numeral,
    office,
    per_cent,
    some,
    state,
    subject,
    years,
)
from kesu_cli.render.format import CannotRender, Format
from kesu_cli.render.summary import (
    LACKING,
    UnitTally,
    by_chapter,
    grouped,
    is_figure,
    receipt_words,
    share_met,
    unit_tallies,
)
from kesu_cli.render.wording import SEVERITY_WORDS, heading, listed, unit_of_measure
from kesu_cli.report import Report, count
from kesu_cli.standing import Standing, Verdict

TEMPLATE = "通报.docx"
_KINDS = (
    ("目标任务没有完成或者进度落后", ("KS3",)),
    ("年度报告没有报送、迟报或者没有填完", ("KS401", "KS402", "KS403")),
    ("填报内容和佐证材料不合要求", ("KS404", "KS405", "KS406", "KS407", "KS408", "KS409", "KS410")),
    ("几份材料相互对不上", ("KS5",)),
    ("材料不合格式", ("KS1",)),
    ("豁免手续不全", ("KS6",)),
)
_REPORTING = _KINDS[1][1]


def render(report: Report) -> bytes:
    """Fill the template of the circular; the number and the day are left for the office."""
    if report.plan is None or not report.years:
        raise CannotRender("方案读不出来，写不成通报；请先运行 kesu plan check，按提示修好方案")
    title = f"关于{years(report)}方案任务落实情况的通报"
    return filled(report, Paper(TEMPLATE, title, _fields(report, title)))


def _fields(report: Report, title: str) -> dict[str, object]:
    return {
        "演示": report.demo,
        "标题": title,
        "文号": BLANK_NUMBER,
        "主送": addressed(report),
        "方案": heading(report),
        "年度": years(report),
        "截至": as_of(report.as_of),
        "说明": list(_cautions(report)),
        "总体": list(_overall(report)),
        "行动": [_numbered(number, name, said) for number, (name, said) in enumerate(_actions(report), 1)],
        "单位": list(_units(report)),
        "问题": [_numbered(number, name, said) for number, (name, said) in enumerate(_problems(report), 1)],
        "要求": [_numbered(number, name, said) for number, (name, said) in enumerate(_demands(report), 1)],
        "署名": office(report),
        "日期": BLANK_DAY,
        "指标表": list(annex.figures(report)),
        "行动表": list(annex.actions(report)),
        "单位表": list(annex.units(report)),
        "问题表": list(annex.problems(report)),
    }


def _numbered(number: int, name: str, said: Sequence[str]) -> dict[str, object]:
    return {"序号": f"（{numeral(number)}）", "名称": name, "情况": "".join(said)}


def _cautions(report: Report) -> Iterator[str]:
    """Say what a reader must know before believing the rest."""
    if report.scope:
        yield f"本件所列问题只限于{report.scope}。"
    if report.crashed:
        codes = listed(outcome.code for outcome in report.crashed)
        yield f"检查中有规则运行出错（{codes}），以下结论不完整，核实以前不宜印发。"
    unread = sorted({file for standing in report.standings for file in standing.unread})
    if unread:
        yield f"有{len(unread)}份材料读不出来，有关任务暂列“待核实”：{listed(unread)}。"


def _overall(report: Report) -> Iterator[str]:
    standings = report.standings
    tasks = len({standing.task.id for standing in standings})
    found = Counter(standing.verdict for standing in standings)
    said = counted(((verdict.label, found[verdict]) for verdict in Verdict), "项次")
    yield f"列入考核的任务{tasks}项，按考核期和单位分解为{len(standings)}项次，其中{said}。" + _met(standings)
    hard = [standing for standing in standings if is_figure(standing)]
    if hard:
        found = Counter(standing.verdict for standing in hard)
        said = counted(((verdict.label, found[verdict]) for verdict in Verdict), "项次")
        yield f"有数量和频次要求的硬任务{len(hard)}项次，其中{said}（详见附件1）。"
    for year, handovers in groupby(report.handovers, key=lambda handover: handover.year):
        yield _handed_in(year, list(handovers))
    yield _found(report)


def _met(standings: Sequence[Standing]) -> str:
    share = share_met(standings)
    if share is None:
        return "目前还没有考核期已经结束的任务。"
    over = sum(standing.over for standing in standings)
    return f"考核期已经结束的{over}项次，达标率为{per_cent(share)}。"


def _handed_in(year: int, handovers: Sequence[Handover]) -> str:
    named = {
        receipt: [handover.unit for handover in handovers if handover.receipt is receipt]
        for receipt in (Receipt.LATE, Receipt.DRAFT, Receipt.UNREADABLE, Receipt.MISSING)
    }
    due, in_time = handovers[0], len(handovers) - sum(len(units) for units in named.values())
    pending = "" if due.overdue else "（尚未到期）"
    rest = "".join(f"；{receipt.label}{some(units, '个')}" for receipt, units in named.items() if units)
    return (
        f"{year}年度报告应于{day_words(due.due)}以前报送{pending}，"
        f"应报单位{len(handovers)}个，按期报送{in_time}个{rest}。"
    )


def _found(report: Report) -> str:
    if not report.findings:
        return "检查没有发现问题。"
    said = counted(((SEVERITY_WORDS[s], number) for s, number in report.counts.items()), "个")
    waived = f"经批准豁免{report.waived}个，不计入以上各数。" if report.waived else ""
    total = sum(report.counts.values())
    return f"检查共发现问题{total}个{'，其中' + said if total else ''}（详见附件4）。{waived}"


def _actions(report: Report) -> Iterator[tuple[str, list[str]]]:
    for chapter, standings in by_chapter(report).items():
        yield chapter.name, list(_action(standings))


def _action(standings: Sequence[Standing]) -> Iterator[str]:
    groups = grouped(standings)
    if groups["达标"] == len(standings):
        yield f"考核{len(standings)}项次，全部达标。"
    else:
        yield f"考核{len(standings)}项次，{counted(groups.items(), '项次')}。"
    figures = [standing for standing in standings if is_figure(standing) and not standing.unit]
    for standing in figures:
        yield f"{subject(standing)}{state(standing)}。"
    others = [s for s in standings if s.verdict in LACKING and s not in figures]
    for _, group in groupby(others, key=lambda s: (s.task.id, s.window)):
        yield _short(list(group))


def _short(group: Sequence[Standing]) -> str:
    """Say of a duty that it is not done; of one that every unit has, by whom."""
    first = group[0]
    if not first.unit:
        return f"{subject(first)}{state(first)}。"
    by_verdict = groupby(sorted(group, key=lambda s: s.verdict), key=lambda s: s.verdict)
    said = "，".join(f"{verdict.label}的单位{some([s.unit for s in of], '个')}" for verdict, of in by_verdict)
    return f"{subject(first)}{said}。"


def _units(report: Report) -> Iterator[str]:
    tallies = unit_tallies(report)
    clean = [tally.unit for tally in tallies if tally.clean]
    wrong = [tally for tally in tallies if not tally.clean]
    if clean:
        yield f"没有发现问题的单位{some(clean, '个')}。"
    if wrong:
        yield f"任务没有落实或者材料有问题的单位{len(wrong)}个（各单位情况详见附件3），具体是："
    for number, tally in enumerate(wrong, start=1):
        yield f"{number}．{tally.unit}。{_unit(report, tally)}。"


def _unit(report: Report, tally: UnitTally) -> str:
    said = [f"汇总任务{tally.answers}项次"]
    if tally.answers:
        said.append(f"未落实或者欠进度{tally.short}项次" if tally.short else "没有未落实、欠进度的")
    said.append(f"年度报告{receipt_words(report, tally.late)}")
    found = counted((("错误", tally.errors), ("警告", tally.warnings)), "个")
    return "，".join(said) + (f"；有{found}" if found else "")


def _problems(report: Report) -> Iterator[tuple[str, list[str]]]:
    for kind, codes in _KINDS:
        findings = [f for f in report.findings if f.counts and f.code.startswith(codes)]
        if findings:
            yield kind, list(_kind(report, findings, codes))


def _kind(report: Report, findings: Sequence[Finding], codes: Sequence[str]) -> Iterator[str]:
    severities = ((SEVERITY_WORDS[severity], number) for severity, number in count(findings).items())
    whom = Counter(unit for finding in findings for unit in finding.owners or (finding.unit,) if unit)
    named = listed(f"{unit}{f'（{number}个）' if number > 1 else ''}" for unit, number in whom.items())
    yield f"共{len(findings)}个，{counted(severities, '个')}" + (f"，涉及{named}。" if named else "。")
    if codes == _REPORTING:
        return
    grave = [finding for finding in findings if finding.severity is Severity.ERROR]
    for number, finding in enumerate(grave, start=1):
        yield f"{'其中：' if number == 1 else ''}{number}．{finding.message}{'；' if number < len(grave) else '。'}"


def _demands(report: Report) -> Iterator[tuple[str, list[str]]]:
    makers = (_make_up, _catch_up, _hand_in, _correct, _look_ahead)
    for make in makers:
        made = make(report)
        if made:
            yield made


def _make_up(report: Report) -> tuple[str, list[str]] | None:
    missed = [s for s in report.standings if s.verdict in (Verdict.MISSED, Verdict.UNREPORTED) and s.over]
    if not missed:
        return None
    whom = listed(dict.fromkeys(unit for s in missed for unit in s.task.answering(s.unit)))
    return "补齐没有完成的任务", [
        f"考核期已经结束而没有落实的{len(missed)}项次，由{whom}核对有无漏报，漏报的补报；"
        f"确未完成的，说明原因，提出补救措施和完成时间，于{BLANK_DAY}前报{office(report)}。"
    ]


def _catch_up(report: Report) -> tuple[str, list[str]] | None:
    behind = [standing for standing in report.standings if standing.verdict is Verdict.BEHIND]
    if not behind:
        return None
    return "赶上落后的进度", [_catching_up(standing) for standing in behind]


def _catching_up(standing: Standing) -> str:
    whom = listed(standing.task.answering(standing.unit)) or "有关单位"
    pace = ""
    if standing.remaining_per_month is not None:
        need = amount(standing.remaining_per_month, unit_of_measure(standing.task))
        pace = f"今后平均每月需完成{need}，"
    return f"{whom}要抓紧推进{standing.task.name}，{pace}确保{day_words(standing.window.end)}前完成。"


def _hand_in(report: Report) -> tuple[str, list[str]] | None:
    lacking = [
        handover
        for handover in report.handovers
        if handover.receipt in (Receipt.MISSING, Receipt.DRAFT, Receipt.UNREADABLE)
    ]
    if not lacking:
        return None
    said = []
    for (due, overdue), group in groupby(lacking, key=lambda handover: (handover.due, handover.overdue)):
        units = listed(handover.unit for handover in group)
        when = (
            f"期限{day_words(due)}已过，请于{BLANK_DAY}前补报" if overdue else f"请于{day_words(due)}前报送"
        )
        said.append(f"{units}的年度报告，{when}。")
    return "报齐年度报告", said


def _correct(report: Report) -> tuple[str, list[str]] | None:
    wrong = [f for f in report.findings if f.counts and not f.code.startswith(("KS3", *_REPORTING))]
    if not wrong:
        return None
    return "核实更正填报材料", [
        f"附件4所列填报方面的问题{len(wrong)}个，请有关单位逐条核实更正；经核实无误的，说明情况。"
    ]


def _look_ahead(report: Report) -> tuple[str, list[str]] | None:
    coming = [s for s in report.standings if not s.over and s.verdict is not Verdict.MET and s.task.is_hard]
    if not coming:
        return None
    ordered = sorted(coming, key=lambda s: (s.window.end, s.task.id))
    said = []
    for end, group in groupby(ordered, key=lambda s: s.window.end):
        names = list(dict.fromkeys(standing.task.name for standing in group))
        said.append(f"{day_words(end)}到期、尚未完成的硬任务有{some(names, '项')}。")
    return "抓好将要到期的任务", [*said, "请牵头单位对照目标倒排进度，按期完成。"]


FORMAT = Format("docx", ".docx", render, binary=True)
