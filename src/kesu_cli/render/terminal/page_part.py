"""The parts that pages for people are made of."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from rich.console import RenderableType
from rich.text import Text

from kesu_cli.diagnostic import Finding, Severity
from kesu_cli.render.format import one_line
from kesu_cli.render.terminal.grid import Grid
from kesu_cli.render.terminal.text_page import Title
from kesu_cli.render.terminal.wrapped_text import Prose
from kesu_cli.render.wording import DEMO, SEVERITY_WORDS, as_of_words, heading, unread_words, verdict_words
from kesu_cli.report import Report
from kesu_cli.standing import Standing
from kesu_cli.verdict import Light

_LIGHT_STYLES = {Light.GREEN: "green", Light.YELLOW: "yellow", Light.RED: "bold red", Light.GREY: "dim"}
SEVERITY_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
Part = RenderableType | Title


def banner(report: Report, title: str) -> Iterator[Part]:
    """Open a page: what it is about, the date, and what must be known before reading on."""
    yield Prose(heading(report), style="bold")
    yield Prose(title, style="bold")
    yield Prose(as_of_words(report.as_of))
    if report.demo:
        yield Prose(f"{DEMO}：以下数字均为虚构，不代表任何单位的实际工作", style="bold magenta")
    unread = unread_words(report)
    if unread:
        yield Prose(unread, style="bold red")


def section(title: str) -> Iterator[Part]:
    """Open a section with an empty line and its title."""
    yield Prose()
    yield Title(title)


def pairs() -> Grid:
    """Start a list of names and what they stand for, without borders."""
    return Grid("", "", gap=1, header=False, first="dim")


def light(standing: Standing) -> Text:
    """Print a verdict in the colour of its light, the word always beside it."""
    return Text(verdict_words(standing), style=_LIGHT_STYLES[standing.light])


def bare_light(standing: Standing) -> Text:
    """Print a verdict without its reason, where that is said beside it."""
    return Text(verdict_words(standing, with_reason=False), style=_LIGHT_STYLES[standing.light])


def task_cell(standing: Standing) -> str:
    """Name a task."""
    return f"{standing.task.id} {standing.task.name}"


def finding_table(
    findings: Iterable[Finding], *, with_file: bool = False, before: Mapping[str, str] = MappingProxyType({})
) -> Grid:
    """List findings with place, rule, and what to do; ``before`` is what they said then, by fingerprint."""
    table = Grid("", "", "", "", gap=1, header=False, floor=6)
    for finding in findings:
        table.add_row(
            f"{finding.span.line}:{finding.span.column}",
            finding.code,
            Text(SEVERITY_WORDS[finding.severity], style=SEVERITY_STYLES[finding.severity]),
            _message(finding, before.get(finding.fingerprint, ""), with_file),
        )
    return table


def _message(finding: Finding, before: str, with_file: bool) -> Text:
    text = Text(f"{finding.file}\n" if with_file else "", style="dim")
    text.append(one_line(finding.message), style="not dim").append(
        f" #{finding.fingerprint[:7]}", style="dim"
    )
    if finding.waiver:
        text.append(f"（已豁免：{finding.waiver}）", style="dim")
    if before:
        text.append(f"\n此前：{one_line(before)}", style="dim")
    if finding.advice:
        text.append(f"\n→ {one_line(finding.advice)}", style="dim")
    return text
