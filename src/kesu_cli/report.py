"""What was concluded: the whole outcome of a check, and nothing about how it is shown."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from kesu_cli.finding import Finding, Place, Severity, Span
from kesu_cli.handover import Handover
from kesu_cli.model.calendar import AsOf
from kesu_cli.model.plan import Plan, Task
from kesu_cli.model.unit import Units
from kesu_cli.rule import Rule
from kesu_cli.standing import Standing


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
class Report:
    """Everything a check concluded, sorted and complete; renderers read it and nothing else.

    ``inputs`` are the sha256 digests of the files read, by path. ``scope`` is the unit or the files
    the findings were narrowed to, empty for all. ``plan_findings`` are the findings about the plan
    itself: shown by ``kesu plan check``, elsewhere only counted. ``spans`` say on which lines the words
    of the plan and the entries stand, where that was asked for. ``templates`` are the office's own
    documents to fill, by name; where one is missing the one that ships with kesu serves.
    """

    as_of: AsOf
    years: tuple[int, ...]
    plan: Plan | None
    units: Units | None
    inputs: dict[str, str]
    outcomes: tuple[RuleOutcome, ...]
    findings: tuple[Finding, ...]
    plan_findings: tuple[Finding, ...]
    standings: tuple[Standing, ...]
    handovers: tuple[Handover, ...]
    demo: bool
    version: str
    scope: str = ""
    spans: Mapping[Place, Span] = field(default_factory=dict)
    templates: Mapping[str, bytes] = field(default_factory=dict)

    @cached_property
    def counts(self) -> dict[Severity, int]:
        """How many findings of each severity count; waived ones are counted apart."""
        return count(self.findings)

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """The findings asked for, then those about the plan itself."""
        return (*self.findings, *self.plan_findings)

    @property
    def waived(self) -> int:
        """How many findings a waiver covers."""
        return sum(1 for finding in self.findings if not finding.counts)

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
