"""通报 as a document: overall, by action, by unit, problems, next steps, and the tables behind them."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import groupby

from kesu_cli.render.format import CannotRender, Format
from kesu_cli.render.office import circular_annex
from kesu_cli.render.office.circular_problems import Point, demands, problems
from kesu_cli.render.office.docx_template import DocxTemplate, filled
from kesu_cli.render.office.official_wording import (
    BLANK_DAY,
    BLANK_NUMBER,
    addressed,
    as_of,
    counted,
    handed_in,
    numeral,
    office,
    per_cent,
    some,
    state,
    subject,
    years,
)
from kesu_cli.render.tallies import (
    EACH,
    UnitTally,
    by_chapter,
    by_kind,
    by_word,
    due_of,
    is_figure,
    is_in_doubt,
    is_lacking,
    is_met,
    unit_tallies,
)
from kesu_cli.render.wording import SEVERITY_WORDS, day_words, heading, listed, verdict_words
from kesu_cli.report import Report
from kesu_cli.standing import Standing
from kesu_cli.submission import Submission, SubmissionState

TEMPLATE = "通报.docx"


def render(report: Report) -> bytes:
    """Fill the template of the circular; the number and the day are left for the office."""
    if report.plan is None or not report.years:
        raise CannotRender("方案读不出来，写不成通报；请先运行 kesu plan check，按提示修好方案")
    title = f"关于{years(report)}方案任务落实情况的通报"
    return filled(report, DocxTemplate(TEMPLATE, title, _fields(report, title)))


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
        "行动": list(_numbered(_actions(report))),
        "单位": list(_units(report)),
        "问题": list(_numbered(problems(report))),
        "要求": list(_numbered(demands(report))),
        "署名": office(report),
        "日期": BLANK_DAY,
        "指标表": list(circular_annex.figures(report)),
        "行动表": list(circular_annex.actions(report)),
        "单位表": list(circular_annex.units(report)),
        "问题表": list(circular_annex.problems(report)),
    }


def _numbered(points: Iterable[Point]) -> Iterator[dict[str, object]]:
    for number, (name, sentences) in enumerate(points, start=1):
        yield {"序号": f"（{numeral(number)}）", "名称": name, "情况": "".join(sentences)}


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
    """Say how each kind of task stands, then the reports, then what was found: none of them mixed."""
    for kind, standings in by_kind(report.standings).items():
        yield _kind(kind, standings)
    for year, submissions in groupby(report.submissions, key=lambda submission: submission.year):
        yield _handed_in(year, list(submissions))
    yield _found(report)


def _kind(kind: str, standings: Sequence[Standing]) -> str:
    tasks = len({standing.task.id for standing in standings})
    by = "考核期和单位" if kind == EACH else "考核期"
    annex = "（有数量和频次要求的详见附件1）" if any(map(is_figure, standings)) else ""
    named = f"{kind}的任务" if kind == EACH else kind
    said = f"{named}{tasks}项{annex}，按{by}分解为{len(standings)}项次，其中{_counted(standings)}。"
    return said + _met(standings)


def _counted(standings: Sequence[Standing]) -> str:
    """Count by the verdict that each counts as, and how many of all are to be verified."""
    in_doubt = sum(map(is_in_doubt, standings))
    besides = f"（以上待核实{in_doubt}项次，核实以前按没有落实计入）" if in_doubt else ""
    return counted(by_word(standings).items(), "项次") + besides


def _met(standings: Sequence[Standing]) -> str:
    due, ended = due_of(standings), [standing for standing in standings if standing.over]
    if not due:
        return "" if ended else "考核期都还没有结束。"
    quiet, early = len(ended) - sum(s.concluded for s in ended), sum(s.retroactive for s in ended)
    left = [f"“有事即报”而没有发生的{quiet}项次" if quiet else "", f"追溯的{early}项次" if early else ""]
    besides = f"（{'、'.join(filter(None, left))}不计）" if any(left) else ""
    met = sum(map(is_met, due))
    share = per_cent(Fraction(met, len(due)))
    return f"考核期已经结束的{len(due)}项次{besides}中达标{met}项次，达标率为{share}。"


def _handed_in(year: int, submissions: Sequence[Submission]) -> str:
    named = {
        receipt: [submission.unit for submission in submissions if submission.state is receipt]
        for receipt in (
            SubmissionState.LATE,
            SubmissionState.DRAFT,
            SubmissionState.UNREADABLE,
            SubmissionState.MISSING,
        )
    }
    due, in_time = submissions[0], len(submissions) - sum(len(units) for units in named.values())
    pending = "" if due.overdue else "（尚未到期）"
    rest = "".join(f"；{handed_in(receipt)}{some(units, '个')}" for receipt, units in named.items() if units)
    return (
        f"{year}年度报告应于{day_words(due.due)}以前报送{pending}，"
        f"应报单位{len(submissions)}个，按期报送{in_time}个{rest}。"
    )


def _found(report: Report) -> str:
    if not report.findings:
        return "检查没有发现问题。"
    said = counted(((SEVERITY_WORDS[s], number) for s, number in report.counts.items()), "个")
    waived = f"经批准豁免{report.waived}个，不计入以上各数。" if report.waived else ""
    total = sum(report.counts.values())
    return f"检查共发现问题{total}个{'，其中' + said if total else ''}（详见附件4）。{waived}"


def _actions(report: Report) -> Iterator[Point]:
    for chapter, standings in by_chapter(report).items():
        yield chapter.name, list(_action(standings))


def _action(standings: Sequence[Standing]) -> Iterator[str]:
    for kind, of in by_kind(standings).items():
        yield f"{kind}{len(of)}项次，{'全部达标' if all(map(is_met, of)) else _counted(of)}。"
    figures = [standing for standing in standings if is_figure(standing) and not standing.unit]
    for standing in figures:
        yield f"{subject(standing)}{state(standing)}。"
    others = [s for s in standings if (is_lacking(s) or is_in_doubt(s)) and s not in figures]
    for _, group in groupby(others, key=lambda s: (s.task.id, s.window)):
        yield _short(list(group))


def _short(group: Sequence[Standing]) -> str:
    """Say of a duty that it is not done; of one that every unit has, by whom."""
    first = group[0]
    if not first.unit:
        return f"{subject(first)}{state(first)}。"
    alike = groupby(sorted(group, key=_word), key=_word)
    said = "，".join(f"{word}的单位{some([s.unit for s in of], '个')}" for word, of in alike)
    return f"{subject(first)}{said}。"


def _word(standing: Standing) -> str:
    return verdict_words(standing)


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
    said = [f"汇总任务{tally.answers}项" if tally.answers else "没有由其汇总的任务"]
    if tally.short or tally.behind:
        said.append(f"其中{tally.short + tally.behind}项次未落实或者欠进度")
    many = len(report.years) > 1
    late = (
        submission
        for submission in report.submissions
        if submission.unit == tally.unit and submission.is_amiss
    )
    said += [f"{h.year if many else ''}年度报告{handed_in(h.state)}" for h in late]
    if tally.unverified:
        said.append(f"待核实{tally.unverified}项次")
    found = counted((("错误", tally.errors), ("警告", tally.warnings)), "个")
    return "，".join(said) + (f"；有{found}" if found else "")


FORMAT = Format("docx", ".docx", render, binary=True)
