"""What was concluded: the whole outcome of a check, and nothing about how it is shown."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from kesu_cli.finding import Finding, Place, Severity, Span
from kesu_cli.handover import Handover
from kesu_cli.model.calendar import AsOf
from kesu_cli.model.plan import Plan, Task
from kesu_cli.model.unit import Units
from kesu_cli.standing import Standing


class Outcome(StrEnum):
    """What became of a rule."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"
    CRASHED = "crashed"


class RuleOutcome(NamedTuple):
    """One rule of the run: ``why`` says why it was skipped, ``findings`` how many it made."""

    code: str
    name: str
    outcome: Outcome
    findings: int = 0
    why: str = ""


@dataclass(frozen=True)
class Report:
    """Everything a check concluded, sorted and complete; renderers read it and nothing else.

    ``inputs`` are the sha256 digests of the files read, by path. ``scope`` is the unit or the files
    the findings were narrowed to, empty for all. ``plan_findings`` are the findings about the plan
    itself: shown by ``kesu plan check``, elsewhere only counted.
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

    @cached_property
    def counts(self) -> dict[Severity, int]:
        """How many findings of each severity count; waived ones are counted apart."""
        return count(self.findings)

    @property
    def waived(self) -> int:
        """How many findings a waiver covers."""
        return sum(1 for finding in self.findings if not finding.counts)

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
    """What there is to say about one task: its standings, its findings, and the lines of all entries."""

    report: Report
    task: Task
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
