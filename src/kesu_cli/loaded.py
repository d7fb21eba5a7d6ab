"""What was loaded for a command: the terms, the reports, the closings, and whatever could not be read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kesu_cli.diagnostic import Fault, Refusal
from kesu_cli.model.closing import Closing, ClosingGap
from kesu_cli.model.plan_folder import Terms
from kesu_cli.model.progress import Filing, Unread


class PlanUnreadable(Refusal):
    """A plan that is needed can't be read."""


@dataclass(frozen=True)
class Loaded:
    """All that was read of a workspace, or the part of it that a command asks for.

    ``terms`` is None where they could not be read. ``closing_gap`` is there where git could
    not tell what became of closings. ``misplaced`` are reports whose path says another
    unit or year than they do: nothing in them is counted. ``digests`` are the sha256 of the files read.
    """

    terms: Terms | None = None
    filings: tuple[Filing, ...] = ()
    misplaced: tuple[Filing, ...] = ()
    unread: tuple[Unread, ...] = ()
    faults: tuple[Fault, ...] = ()
    closings: tuple[Closing, ...] = ()
    closing_gap: ClosingGap | None = None
    digests: Mapping[str, str] = field(default_factory=dict)

    def readable_terms(self) -> Terms:
        """Return the terms; raises PlanUnreadable where there are none to go by."""
        if self.terms is None:
            raise PlanUnreadable("方案读不出来；请先运行 kesu plan check")
        return self.terms

    @cached_property
    def filing_of(self) -> dict[tuple[str, int], Filing]:
        """Reports by unit and year; of two, the first by file name."""
        ordered = sorted(self.filings, key=lambda filing: filing.file, reverse=True)
        return {(filing.unit, filing.year): filing for filing in ordered if filing.unit}

    @property
    def reports(self) -> Iterator[Filing]:
        """Every report that was read, be it that nothing in it counts."""
        yield from self.filings
        yield from self.misplaced

    @property
    def demo(self) -> bool:
        """Whether any of the reports is invented."""
        return any(filing.demo for filing in self.filings)


def joined(parts: Sequence[Loaded]) -> Loaded:
    """Put the reports of several parts together, in their order."""
    return Loaded(
        filings=tuple(filing for part in parts for filing in part.filings),
        misplaced=tuple(filing for part in parts for filing in part.misplaced),
        unread=tuple(lost for part in parts for lost in part.unread),
        faults=tuple(fault for part in parts for fault in part.faults),
        digests={file: digest for part in parts for file, digest in part.digests.items()},
    )
