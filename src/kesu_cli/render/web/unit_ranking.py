"""Units ranked by what they owe."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kesu_cli.render.tallies import UnitTally, unit_tallies
from kesu_cli.render.wording import listed
from kesu_cli.report import Report
from kesu_cli.submission import Submission


@dataclass(frozen=True, slots=True)
class RankedUnit:
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
class UnitRanking:
    """The units that owe something, the most first, and those that owe nothing."""

    owing: tuple[RankedUnit, ...]
    clean: tuple[str, ...]


def ranking(report: Report) -> UnitRanking:
    """Rank the units; equal debts share a rank, in the order of the list of units."""
    receipts = _receipts(report.submissions, several=len(report.years) > 1)
    rows = [_row(tally, receipts.get(tally.unit, ())) for tally in unit_tallies(report)]
    owing = sorted((row for row in rows if any(row.owes) or row.receipt), key=_most_first)
    ranks: dict[tuple[int, ...], int] = {}
    for position, row in enumerate(owing, 1):
        ranks.setdefault(row.owes, position)
    clean = tuple(row.unit for row in rows if not any(row.owes) and not row.receipt)
    return UnitRanking(tuple(replace(row, rank=ranks[row.owes]) for row in owing), clean)


def _most_first(row: RankedUnit) -> tuple[int, ...]:
    return tuple(-owed for owed in row.owes)


def _row(tally: UnitTally, receipts: Sequence[str]) -> RankedUnit:
    return RankedUnit(
        rank=0,
        unit=tally.unit,
        answers=tally.answers,
        unfulfilled=tally.short,
        behind=tally.behind,
        unverified=tally.unverified,
        errors=tally.errors,
        warnings=tally.warnings,
        receipt=listed(receipts),
    )


def _receipts(submissions: Iterable[Submission], *, several: bool) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for submission in submissions:
        if submission.is_amiss:
            year = f"{submission.year}年" if several else ""
            found.setdefault(submission.unit, []).append(f"{year}{submission.state.label}")
    return found
