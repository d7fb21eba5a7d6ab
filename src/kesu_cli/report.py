"""What was concluded: the whole outcome of a check, and nothing about how it is shown."""

import posixpath
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from kesu_cli.diagnostic import Finding, Place, Severity, Span
from kesu_cli.model.plan import Plan, Task
from kesu_cli.model.plan_folder import Terms
from kesu_cli.model.unit import Units
from kesu_cli.model.window import AsOf
from kesu_cli.rule import Category, Rule
from kesu_cli.standing import Standing
from kesu_cli.submission import Submission


class Outcome(StrEnum):
    """What became of a rule."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"
    CRASHED = "crashed"


class RuleOutcome(NamedTuple):
    """One rule of the run: ``findings`` says how many it made, ``why`` why it was skipped."""

    rule: Rule
    outcome: Outcome
    findings: int = 0
    why: str = ""

    @property
    def code(self) -> str:
        """The code of the rule."""
        return self.rule.code

    @property
    def name(self) -> str:
        """The name of the rule."""
        return self.rule.name


@dataclass(frozen=True)
class Since:
    """An earlier state that a report is held against, judged on the same date.

    ``known`` are the findings that were there already, at least as grave as now: by fingerprint what they
    said then; ``gone`` the findings of then that are no more, ``unsure`` those that may be missing only
    because a file can't be read now or a rule did not run; ``unjudged`` says why that state could not be
    judged.
    """

    revision: str
    commit: str
    day: date
    known: Mapping[str, str] = field(default_factory=dict)
    gone: tuple[Finding, ...] = ()
    unsure: tuple[Finding, ...] = ()
    unjudged: str = ""

    @property
    def label(self) -> str:
        """Name the revision as it was asked for, with the commit that it means."""
        short = self.commit[:7]
        if self.commit.startswith(self.revision):
            return f"{short}（{self.day}）"
        return f"{self.revision}（{short}，{self.day}）"


@dataclass(frozen=True)
class Report:
    """Everything a check concluded, sorted and complete; renderers read it and nothing else.

    ``inputs`` are the sha256 digests of the files read, by path, empty for one that could not be read.
    ``scope`` is the unit or the files the findings were narrowed to, empty for all. ``plan_findings``
    are the findings about the plan itself: shown by ``kesu plan check``, elsewhere only counted.
    ``spans`` say on which lines the words of the plan and the entries stand, where that was asked for.
    ``templates`` are the office's own documents to fill, by name; where one is missing the one that
    ships with kesu serves. ``since`` is what the report is held against, where it is. ``cited`` are the
    pieces of evidence that the files read point to, as written. ``home`` is the folder of the workspace
    in its repository: empty at the top, or outside of any.
    """

    as_of: AsOf
    years: tuple[int, ...]
    terms: Terms | None
    inputs: dict[str, str]
    outcomes: tuple[RuleOutcome, ...]
    findings: tuple[Finding, ...]
    plan_findings: tuple[Finding, ...]
    standings: tuple[Standing, ...]
    submissions: tuple[Submission, ...]
    demo: bool
    version: str
    scope: str = ""
    spans: Mapping[Place, Span] = field(default_factory=dict)
    templates: Mapping[str, bytes] = field(default_factory=dict)
    since: Since | None = None
    home: str = ""
    cited: frozenset[str] = frozenset()

    @property
    def plan(self) -> Plan | None:
        """The plan that was judged by; None where it could not be read."""
        return self.terms.plan if self.terms else None

    @property
    def units(self) -> Units | None:
        """Its units."""
        return self.terms.units if self.terms else None

    @cached_property
    def counts(self) -> dict[Severity, int]:
        """How many findings of each severity count; waived ones are counted apart."""
        return count(self.findings)

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """The findings asked for, then those about the plan itself."""
        return (*self.findings, *self.plan_findings)

    def is_new(self, finding: Finding) -> bool:
        """Whether a finding was not there before; where nothing is compared all are new."""
        return self.since is None or finding.fingerprint not in self.since.known

    @cached_property
    def changed(self) -> dict[str, str]:
        """What findings said before that say something else now, by fingerprint."""
        known = self.since.known if self.since else {}
        now = {finding.fingerprint: finding.message for finding in self.all_findings}
        return {mark: said for mark, said in known.items() if said != now[mark]}

    @cached_property
    def _categories(self) -> dict[str, Category]:
        return {outcome.code: outcome.rule.category for outcome in self.outcomes}

    def category(self, finding: Finding) -> Category:
        """Return what a finding is about: the category of its rule."""
        return self._categories[finding.code]

    @property
    def new(self) -> tuple[Finding, ...]:
        """The findings asked for that were not there before."""
        return tuple(finding for finding in self.findings if self.is_new(finding))

    @property
    def waived(self) -> int:
        """How many findings a waiver covers."""
        return sum(1 for finding in self.findings if not finding.counts)

    def path_in_repository(self, file: str) -> str:
        """Name a file from the top of its repository."""
        return posixpath.normpath(posixpath.join(self.home, file)) if self.home else file

    def line(self, place: Place) -> str:
        """Name a place as file:line, as file alone where its lines were not asked for."""
        span = self.spans.get(place)
        return f"{place.file}:{span.line}" if span else place.file

    @property
    def crashed(self) -> tuple[RuleOutcome, ...]:
        """The rules that failed of themselves."""
        return tuple(outcome for outcome in self.outcomes if outcome.outcome is Outcome.CRASHED)

    @property
    def skipped(self) -> tuple[RuleOutcome, ...]:
        """The rules that could not run."""
        return tuple(outcome for outcome in self.outcomes if outcome.outcome is Outcome.SKIPPED)


@dataclass(frozen=True)
class Explanation:
    """What there is to say about a task, or about one finding and the task it is about (if any).

    ``rule`` is that of the one finding that is explained; ``spans`` are the lines of all entries.
    """

    report: Report
    task: Task | None
    rule: Rule | None
    standings: tuple[Standing, ...]
    findings: tuple[Finding, ...]
    spans: Mapping[Place, Span]

    def line(self, place: Place) -> str:
        """Name a place as file:line."""
        span = self.spans.get(place)
        return f"{place.file}:{span.line}" if span else place.file


def count(findings: Iterable[Finding]) -> dict[Severity, int]:
    """Count the findings that count, by severity, all severities named."""
    found = Counter(finding.severity for finding in findings if finding.counts)
    return {severity: found[severity] for severity in Severity}
