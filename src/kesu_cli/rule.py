"""What a rule is: a pure function from a context to problems, with its code, name and manual."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cached_property
from pathlib import PurePosixPath

from kesu_cli.diagnostic import (
    Crash,
    EvidenceFile,
    Fault,
    FaultKind,
    FixKind,
    Place,
    Problem,
    Related,
    Severity,
)
from kesu_cli.loaded import Loaded
from kesu_cli.model.amount import show_number
from kesu_cli.model.plan import Plan, Task
from kesu_cli.model.plan_folder import Terms, blank_terms
from kesu_cli.model.policy import Policy
from kesu_cli.model.progress import Entry, Filing
from kesu_cli.model.task_in_plan_file import Strength
from kesu_cli.model.unit import Units
from kesu_cli.model.waiver import Waiver
from kesu_cli.model.window import AsOf
from kesu_cli.standing import Standing
from kesu_cli.submission import Submission
from kesu_cli.verdict import Verdict


@dataclass(frozen=True)
class Context:
    """All that a rule may look at.

    ``loaded`` holds the reports of every year up to the last one judged, ``years`` are the years that
    findings are asked for. Of terms that could not be read nothing is asked, and the rules that need them
    do not run. ``codes`` are those of the whole rule book; ``used_waivers`` and ``crashes`` are known only
    to the rules that run after all others.
    """

    loaded: Loaded
    as_of: AsOf
    years: tuple[int, ...]
    standings: tuple[Standing, ...] = ()
    submissions: tuple[Submission, ...] = ()
    used_waivers: frozenset[Place] = frozenset()
    crashes: tuple[Crash, ...] = ()
    codes: tuple[str, ...] = ()

    @property
    def evidence(self) -> Mapping[str, EvidenceFile]:
        """What was found where the evidence points, by its paths as written."""
        return self.loaded.evidence

    @cached_property
    def terms(self) -> Terms:
        """What is judged by."""
        return self.loaded.terms or blank_terms()

    @cached_property
    def plan(self) -> Plan:
        """The plan in force."""
        return self.terms.plan

    @cached_property
    def units(self) -> Units:
        """The units it names."""
        return self.terms.units

    @cached_property
    def policy(self) -> Policy:
        """What the office decided."""
        return self.terms.policy

    @property
    def waivers(self) -> tuple[Waiver, ...]:
        """The waivers that could be read."""
        return self.terms.waivers or ()

    @cached_property
    def judged(self) -> tuple[Filing, ...]:
        """The reports of the years that findings are asked for, as far as the plan covers them."""
        years = frozenset(self.years) & frozenset(self.plan.years)
        return tuple(filing for filing in self.loaded.filings if filing.year in years)

    @property
    def policy_place(self) -> Place:
        """The policy file, which lies beside the plan's."""
        return Place(str(PurePosixPath(self.plan.place.file).with_name("policy.yaml")))

    @cached_property
    def reported(self) -> tuple[Filing, ...]:
        """The reports of every year of the plan that was read: what is judged may rest on any of them."""
        return tuple(filing for filing in self.loaded.filings if filing.year in self.plan.years)

    def reported_entries(self) -> Iterator[tuple[Filing, Entry]]:
        """Every entry of those reports with the report it stands in."""
        for filing in self.reported:
            for entry in filing.entries:
                yield filing, entry

    def judged_entries(self) -> Iterator[tuple[Filing, Entry]]:
        """Every entry of the judged reports with the report it stands in."""
        for filing in self.judged:
            for entry in filing.entries:
                yield filing, entry


class Need(StrEnum):
    """An input that a rule can't do without."""

    PLAN = "plan"
    PROGRESS = "progress"
    WAIVERS = "waivers"


class Reach(StrEnum):
    """How much a rule must see at once.

    One file after another; the entries of all files, before anything is judged; everything; or what the
    others found.
    """

    FILE = "file"
    ENTRIES = "entries"
    WHOLE = "whole"
    AFTER = "after"


class Category(Enum):
    """What a rule is about, in the order of the rule book, with its Chinese title.

    Pages group by it, never by the digits of a code: those say only when a rule was written.
    """

    TOOL = "工具本身"
    FILE = "文件"
    PLAN = "方案"
    STANDING = "任务的完成情况"
    SUBMISSION = "报送"
    ENTRY = "填报内容和佐证"
    COMPARISON = "几份材料对照"
    WAIVER = "豁免"
    CLOSING = "封存"

    @property
    def title(self) -> str:
        """Its heading in the rule book."""
        return self.value


@dataclass(frozen=True)
class Rule:
    """One rule: ``check`` is pure; ``manual`` is the docstring of its module, in Chinese.

    ``about_a_verdict`` says that a finding tells why a standing falls short: what excuses the one excuses
    the other. ``fix`` is the repair of ``kesu fix`` that serves the rule. ``disputes`` says that its
    problems dispute entries: no waiver covers them, and it looks at every year that a figure may come from.
    """

    code: str
    name: str
    severity: Severity
    category: Category
    needs: frozenset[Need]
    manual: str
    check: Callable[[Context], Iterator[Problem]]
    reach: Reach = Reach.WHOLE
    waivable: bool = True
    about_a_verdict: bool = False
    fix: FixKind | None = None
    disputes: bool = False

    @property
    def summary(self) -> str:
        """The first line of the manual."""
        return self.manual.strip().splitlines()[0]

    def part(self, heading: str) -> str:
        """Return what the manual says under one of its headings."""
        _, _, rest = self.manual.partition(f"\n## {heading}\n")
        return rest.partition("\n## ")[0].strip()


NOTHING: frozenset[Need] = frozenset()
PLAN = frozenset({Need.PLAN})
PROGRESS = frozenset({Need.PLAN, Need.PROGRESS})
WAIVERS = frozenset({Need.PLAN, Need.WAIVERS})


def problems_of(faults: tuple[Fault, ...], kind: FaultKind) -> Iterator[Problem]:
    """Turn the faults of one kind into problems, as the rules about reading do."""
    for fault in faults:
        if fault.kind is kind:
            yield Problem(
                fault.place,
                fault.message,
                hint=fault.hint,
                owners=fault.owners,
                subject=fault.message,
                related=fault.related,
                span=fault.span,
            )


_BY_STRENGTH = {Strength.HARD: Severity.ERROR, Strength.FIRM: Severity.WARNING, Strength.SOFT: Severity.NOTE}


def severity_of(task: Task) -> Severity:
    """How grave a miss is: an error for hard words, a warning for a plain duty, a note for encouragement."""
    return _BY_STRENGTH[task.strength]


def while_open(task: Task) -> Severity:
    """How grave it is to lag while the window is still open: never an error, there is time to catch up."""
    return Severity.NOTE if task.strength is Strength.SOFT else Severity.WARNING


def shortfall(context: Context, standing: Standing, message: str, hint: str) -> Problem:
    """Build the problem of a standing that falls short: in the file of whoever answers for it.

    Where that unit has no file yet, the place is the plan's own line.
    """
    task = standing.task
    answering = task.answering(standing.unit)
    of_plan = task.place / "target" if task.row.target else task.place
    place = _report_of(context, standing, answering) or of_plan
    words = Related(of_plan, f"原文：{task.quote}" if task.quote else task.name)
    return Problem(
        place,
        f"{task.id} {task.name}：{message}",
        hint=hint,
        owners=answering,
        unit=standing.unit,
        task=task.id,
        window=standing.window.label,
        related=(words,),
        severity=severity_of(task),
    )


def beside(standing: Standing) -> str:
    """Say what stands beside the undisputed figure: how much is in doubt, and of whom nothing is known."""
    doubtful = standing.in_doubt
    said = []
    if standing.doubts and doubtful is not None and standing.task.row.target:
        said.append(f"另有 {show_number(doubtful)} {standing.task.row.target.unit}存疑")
    elif standing.doubts:
        said.append(f"另有 {len(standing.disputed)} 条存疑")
    if standing.verdict is Verdict.UNVERIFIED:
        said += [source.words for source in standing.unknown]
        said.append(f"{standing.review_due} 以前核定，核定以前暂按{standing.worst.label}提示")
    return "".join(f"，{words}" for words in dict.fromkeys(said))


def why_undone(context: Context, standing: Standing) -> str:
    """Say why nothing counts for a duty that is not done.

    Nothing was reported, what was reported can't be read, is in dispute or can't be counted, or it was
    declared that there is nothing.
    """
    if standing.unread:
        return f"报告读不出来（{'、'.join(standing.unread)}）"
    if standing.disputed:
        whys = dict.fromkeys(doubt.dispute.why for doubt in standing.doubts)
        return f"报送的 {len(standing.disputed)} 条存疑（{'；'.join(whys)}）"
    refused = dict.fromkeys(c.why for c in standing.contributions if c.why)
    if refused:
        return f"报送的 {len(standing.contributions)} 条都不能计入（{'；'.join(refused)}）"
    reasons = dict.fromkeys(_declared(context, standing))
    return f"已声明无可报送（{'；'.join(reasons)}）" if reasons else "没有报送任何条目"


def remedy(standing: Standing, hint: str) -> str:
    """Say what is left to do, first what is in dispute; why there is nothing need not be asked again."""
    if standing.only_declared:
        return "原因已经写明，不必再报；请报送补救办法，确实不需要开展的，请办公室按程序办理豁免"
    if standing.doubts:
        whys = "、".join(dict.fromkeys(doubt.dispute.why for doubt in standing.doubts))
        return f"先核实存疑的条目（{whys}）；{hint}"
    return hint


def _declared(context: Context, standing: Standing) -> Iterator[str]:
    for unit in standing.task.answering(standing.unit):
        for year in range(standing.window.start.year, standing.window.end.year + 1):
            filing = context.loaded.filing_of.get((unit, year))
            for row in filing.nothing if filing else ():
                if row.task == standing.task.id:
                    yield row.reason


def _report_of(context: Context, standing: Standing, answering: tuple[str, ...]) -> Place | None:
    years = range(standing.window.end.year, standing.window.start.year - 1, -1)
    for unit in answering[:1]:
        for year in years:
            filing = context.loaded.filing_of.get((unit, year))
            if filing and year in context.years:
                return filing.place / "entries"
    return None
