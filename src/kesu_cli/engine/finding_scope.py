"""What the findings of a check are narrowed to: one unit, some files, or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from kesu_cli.diagnostic import Finding
from kesu_cli.engine.judged_years import Selection
from kesu_cli.loaded import Loaded
from kesu_cli.model.unit import Units
from kesu_cli.standing import Standing


@dataclass(frozen=True)
class Scope:
    """Some files and units; everything where both are empty."""

    files: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    label: str = ""

    def holds(self, finding: Finding) -> bool:
        """Whether a finding belongs to what was asked for."""
        if not self.files and not self.units:
            return True
        whom = {finding.unit, *finding.owners}
        return finding.file in self.files or not whom.isdisjoint(self.units)

    def narrowed(self, findings: Iterable[Finding], standings: Iterable[Standing]) -> tuple[Finding, ...]:
        """Keep what belongs to what was asked for, and what disputes a figure that its units answer for."""
        findings = tuple(findings)
        disputing = self._disputing(standings) if self.units else frozenset()
        return tuple(
            finding
            for finding in findings
            if self.holds(finding) or (finding.code, finding.file, finding.message) in disputing
        )

    def _disputing(self, standings: Iterable[Standing]) -> frozenset[tuple[str, str, str]]:
        return frozenset(
            (doubt.code, doubt.place.file, doubt.message)
            for standing in standings
            if any(standing.task.answered_by(unit) and standing.unit in ("", unit) for unit in self.units)
            for contribution in standing.contributions
            for doubt in contribution.doubts
        )


def scope_of(name: str, selection: Selection, read: Loaded, units: Units) -> Scope:
    """Narrow to the unit of that name (as people write it), else to the files that were selected.

    Raises UnknownUnit.
    """
    if name:
        unit = units.named(name)
        lost = frozenset(report.file for report in read.unread if report.unit == unit)
        own = (filing.file for filing in read.reports if filing.unit == unit)
        files = lost | frozenset(own)
        return Scope(files, frozenset({unit}), unit)
    whose = {filing.unit for filing in read.reports if filing.file in selection.files}
    return Scope(selection.files, frozenset(whose - {""}), "、".join(sorted(selection.files)))
