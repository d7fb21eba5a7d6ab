"""Markdown for a comment on a pull request, and at full length for the summary of a CI step."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from kesu_cli.diagnostic import Finding, Severity
from kesu_cli.render.format import Format
from kesu_cli.render.standing_row import StandingRow, row_of
from kesu_cli.render.tallies import by_kind, shares_words
from kesu_cli.render.wording import (
    DEMO,
    NONE,
    SEVERITY_WORDS,
    UNSURE,
    as_of_words,
    counts_line,
    heading,
    listed,
    since_line,
    subject,
)
from kesu_cli.report import Report, RuleOutcome, Since
from kesu_cli.submission import SubmissionState

COMMENT_LIMIT = 65_000  # GitHub takes 65,536 characters; a bot may want to add a line of its own
SUMMARY_LIMIT = 250_000  # a step summary may have 1 MiB; a character takes at most four bytes
_ROOM_FOR_THE_REST = 200  # the line that counts what was left out, and the end of a fold

_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MARKUP = re.compile(r"[\\`*_\[\]|~$]")
_REFERENCE = re.compile("[@#]")
_FINDING_COLUMNS = ("位置", "规则", "单位", "问题和办法")
_FIGURE_COLUMNS = (
    "任务",
    "考核期",
    "目标",
    "完成",
    "完成率",
    "序时进度",
    "进度差（百分点）",
    "判定",
    "由谁办",
)


@dataclass(frozen=True, slots=True)
class _Section:
    """A table under a title, folded away or not; ``counted`` names its rows where some are left out."""

    title: str
    counted: str
    columns: Sequence[str]
    rows: Sequence[str]
    folded: bool = True


def render(report: Report) -> bytes:
    """Write the comment: the counts and the errors, the rest folded away."""
    return _document(_opening(report), _finding_sections(report), COMMENT_LIMIT)


def summary(report: Report) -> bytes:
    """Write the summary of a step: the comment and all figures."""
    sections = (*_finding_sections(report), *_figure_sections(report))
    counts = (f"{shares_words(report.standings)}\n",) if report.standings else ()
    return _document((*_opening(report), *counts, *_handed_in(report)), sections, SUMMARY_LIMIT)


def escape(text: str) -> str:
    """Make a text mean itself inside a cell: no markup, no tag, no line break, no mention."""
    plain = _MARKUP.sub(r"\\\g<0>", text)
    for char, entity in _HTML.items():
        plain = plain.replace(char, entity)
    plain = _REFERENCE.sub(r"\g<0><!-- -->", plain)
    return "<br>".join(plain.splitlines()) if {*plain} & {*"\r\n"} else plain


def _opening(report: Report) -> Iterator[str]:
    yield f"## {escape(heading(report))}{escape(subject(report))}\n"
    if report.demo:
        yield f"> **{DEMO}**：以下数字均为虚构，不代表任何单位的实际工作\n"
    if report.since:
        yield f"**{escape(since_line(report))}**\n"
        yield f"现有全部问题：{escape(counts_line(report))}\n"
    else:
        yield f"**{escape(counts_line(report))}**\n"
    yield f"{escape(as_of_words(report.as_of))}\n"


def _handed_in(report: Report) -> Iterator[str]:
    for year in sorted({submission.year for submission in report.submissions}):
        submissions = [submission for submission in report.submissions if submission.year == year]
        submissions.sort(key=lambda submission: list(SubmissionState).index(submission.state))
        counted = (f"{label} {number}" for label, number in Counter(h.label for h in submissions).items())
        yield f"{year} 年度报告：应报 {len(submissions)} 个单位，{'，'.join(counted)}\n"


def _finding_sections(report: Report) -> Iterator[_Section]:
    yield _rule_section("运行出错、结论因此不完整的规则", report.crashed, folded=False)
    if report.since:
        yield from _change_sections(report, report.since)
    old = "原有" if report.since else ""
    counting = [finding for finding in report.findings if finding.counts]
    for severity, word in SEVERITY_WORDS.items():
        found = [f for f in counting if f.severity is severity and _is_old(report, f)]
        yield _section(f"{old}{word}", found, folded=bool(old) or severity is not Severity.ERROR)
    yield _section("已豁免", [finding for finding in report.findings if not finding.counts])
    yield _section(f"方案本身{old}", [f for f in report.plan_findings if _is_old(report, f)])
    yield _rule_section("没有运行的规则", report.skipped)


def _change_sections(report: Report, since: Since) -> Iterator[_Section]:
    """Open with what changed: of the new the gravest first, then what is gone."""
    new = sorted((f for f in report.new if f.counts), key=lambda finding: finding.severity.rank)
    for severity, word in SEVERITY_WORDS.items():
        found = [finding for finding in new if finding.severity is severity]
        yield _section(f"新增{word}", found, folded=severity is Severity.NOTE)
    yield _section("方案本身新增", [f for f in report.plan_findings if report.is_new(f)], folded=False)
    changed = [f for f in report.all_findings if f.counts and f.fingerprint in report.changed]
    yield _section("原有而有变化", changed, folded=False, before=report.changed)
    yield _section("消除", since.gone, folded=False)
    yield _section(UNSURE, since.unsure)


def _is_old(report: Report, finding: Finding) -> bool:
    """Whether no section of changes shows a finding; where nothing is compared there are none."""
    is_news = report.is_new(finding) or finding.fingerprint in report.changed
    return report.since is None or not is_news


def _section(
    word: str,
    findings: Sequence[Finding],
    *,
    folded: bool = True,
    before: Mapping[str, str] = MappingProxyType({}),
) -> _Section:
    rows = [_finding_row(finding, before.get(finding.fingerprint, "")) for finding in findings]
    return _Section(f"{word} {len(rows)} 条", word, _FINDING_COLUMNS, rows, folded)


def _rule_section(word: str, outcomes: Sequence[RuleOutcome], *, folded: bool = True) -> _Section:
    rows = [_row((outcome.code, outcome.rule.summary, outcome.why)) for outcome in outcomes]
    return _Section(f"{word} {len(rows)} 条", word, ("规则", "查什么", "原因"), rows, folded)


def _finding_row(finding: Finding, before: str) -> str:
    waived = f"（已豁免：{finding.waiver}）" if finding.waiver else ""
    said = escape(f"{finding.message}{waived}")
    if before:
        said += f"<br>此前：{escape(before)}"
    if finding.advice:
        said += f"<br>→ {escape(finding.advice)}"
    place = escape(f"{finding.file}:{finding.span.line}")
    whom = escape(listed(finding.owners) or finding.unit or NONE)
    return f"| {place} | {finding.code} | {whom} | {said} |"


def _figure_sections(report: Report) -> Iterator[_Section]:
    for word, standings in by_kind(report.standings).items():
        rows = [_figure_row(row_of(standing)) for standing in standings]
        yield _Section(f"{word}完成情况 {len(rows)} 项次", word, _FIGURE_COLUMNS, rows)


def _figure_row(row: StandingRow) -> str:
    figures = (row.asked, row.actual, row.completion, row.pace, row.gap)
    return _row((row.title, row.window, *figures, row.verdict, row.owner))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(escape(cell) for cell in cells)} |"


def _document(opening: Iterable[str], sections: Iterable[_Section], limit: int) -> bytes:
    """Put the parts together; what does not fit is left out from the end, and counted."""
    text = "".join(f"{line}\n" for line in opening)
    left_out: list[str] = []
    for section in sections:
        if not section.rows:
            continue
        head, foot = _frame(section)
        room = limit - len(text) - len(head) - len(foot) - _ROOM_FOR_THE_REST
        rows = [] if left_out else _fitting(section.rows, room)
        if rows:
            text += head + "".join(f"{row}\n" for row in rows) + foot
        if len(rows) < len(section.rows):
            left_out.append(f"{section.counted} {len(section.rows) - len(rows)}")
    if left_out:
        text += f"篇幅所限没有列出的：{'，'.join(left_out)}；全部内容用 kesu check 查看\n"
    return text.encode()


def _frame(section: _Section) -> tuple[str, str]:
    head = f"{_row(section.columns)}\n|{'---|' * len(section.columns)}\n"
    if section.folded:
        return f"<details><summary>{section.title}</summary>\n\n{head}", "\n</details>\n\n"
    return f"### {section.title}\n\n{head}", "\n"


def _fitting(rows: Sequence[str], room: int) -> list[str]:
    """Return the first rows that fit into so many characters."""
    taken: list[str] = []
    for row in rows:
        room -= len(row) + 1
        if room < 0:
            break
        taken.append(row)
    return taken


FORMAT = Format("markdown", ".md", render)
