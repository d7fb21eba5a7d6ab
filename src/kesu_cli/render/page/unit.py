"""Units ranked by what they owe."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kesu_cli.finding import Finding, Severity
from kesu_cli.handover import Handover, Receipt
from kesu_cli.render.page.light import UNFULFILLED
from kesu_cli.render.wording import listed
from kesu_cli.report import Report
from kesu_cli.standing import Verdict


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit: its rank, what it answers for, what of that is short, and how its reports came in."""

    rank: int
    unit: str
    answers: int
    unfulfilled: int
    behind: int
    unverified: int
    errors: int
    warnings: int
    receipt: str

    @property
    def owes(self) -> tuple[int, ...]:
        """What the ranking goes by, the gravest first."""
        return (self.unfulfilled, self.behind, self.errors, self.unverified, self.warnings)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The units that owe something, the most first, and those that owe nothing."""

    owing: tuple[UnitRow, ...]
    clean: tuple[str, ...]


def ranking(report: Report) -> Ranking:
    """Rank the units; equal debts share a rank, in the order of the list of units."""
    counts = _Counts(report)
    rows = [_row(unit, counts) for unit in counts.units]
    owing = sorted((row for row in rows if any(row.owes) or row.receipt), key=_most_first)
    ranks: dict[tuple[int, ...], int] = {}
    for position, row in enumerate(owing, 1):
        ranks.setdefault(row.owes, position)
    clean = tuple(row.unit for row in rows if not any(row.owes) and not row.receipt)
    return Ranking(tuple(replace(row, rank=ranks[row.owes]) for row in owing), clean)


def _most_first(row: UnitRow) -> tuple[int, ...]:
    return tuple(-owed for owed in row.owes)


class _Counts:
    """What is counted for each unit."""

    def __init__(self, report: Report) -> None:
        self.answers: Counter[str] = Counter()
        self.verdicts: dict[Verdict, Counter[str]] = {verdict: Counter() for verdict in Verdict}
        for standing in report.standings:
            for unit in standing.task.answering(standing.unit):
                self.answers[unit] += 1
                if standing.verdict is not Verdict.UNREPORTED or standing.over:
                    self.verdicts[standing.verdict][unit] += 1
        self.findings = _by_owner(report.findings)
        self.receipts = _receipts(report.handovers, several=len(report.years) > 1)
        reporting = report.units.reporting if report.units else ()
        self.units = tuple(dict.fromkeys((*reporting, *self.answers)))


def _row(unit: str, counts: _Counts) -> UnitRow:
    return UnitRow(
        rank=0,
        unit=unit,
        answers=counts.answers[unit],
        unfulfilled=sum(counts.verdicts[verdict][unit] for verdict in UNFULFILLED),
        behind=counts.verdicts[Verdict.BEHIND][unit],
        unverified=counts.verdicts[Verdict.UNVERIFIED][unit],
        errors=counts.findings[Severity.ERROR][unit],
        warnings=counts.findings[Severity.WARNING][unit],
        receipt=listed(counts.receipts.get(unit, ())),
    )


def _by_owner(findings: Iterable[Finding]) -> dict[Severity, Counter[str]]:
    found: dict[Severity, Counter[str]] = {severity: Counter() for severity in Severity}
    for finding in findings:
        if finding.counts:
            found[finding.severity].update({finding.unit, *finding.owners})
    return found


def _receipts(handovers: Iterable[Handover], *, several: bool) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for handover in handovers:
        if handover.overdue and handover.receipt is not Receipt.COMPLETE:
            year = f"{handover.year}年" if several else ""
            found.setdefault(handover.unit, []).append(f"{year}{handover.receipt.label}")
    return found
