"""The progress that units report: filings (one unit, one year) and their dated entries."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import count
from sys import intern
from typing import NamedTuple

from kesu_cli.diagnostic import Place
from kesu_cli.model.amount import PER_CENT, REMEMBERED, combine
from kesu_cli.model.evidence import Evidence
from kesu_cli.model.progress_file import EntryRow, FilingStatus, Progress, ProgressFile
from kesu_cli.model.unit import Units
from kesu_cli.model.window import Days, year_of

_NONE: frozenset[int] = frozenset()
_NOTHING_LEFT_OUT: Mapping[int, frozenset[int]] = {}


class Survey(NamedTuple):
    """Whose figure an entry gives and how well it was measured; ``area`` is empty where it is our own.

    ``sample`` is how many were asked, 0 where that is not said; ``margin`` the error either way.
    """

    area: str
    sample: int
    margin: Fraction | None


NO_SURVEY = Survey("", 0, None)


class Entry(NamedTuple):
    """One dated fact that a unit reports for a task (台账条目).

    ``number`` is exact, 万 and 亿 resolved, None where no value is written; ``measured_in`` is empty
    where the entry names no unit of measure; ``from_file`` and ``position`` say where it is written.
    """

    from_file: str
    position: int
    unit: str
    task: str
    days: Days
    name: str
    number: Fraction | None
    measured_in: str
    factor: int
    items: tuple[str, ...]
    done: bool
    jointly_with: tuple[str, ...]
    counted_by: str
    cited_from: str
    survey: Survey
    evidence: tuple[Evidence, ...]

    @property
    def place(self) -> Place:
        """Where the entry is written."""
        return Place(self.from_file, ("entries", self.position))


class Nothing(NamedTuple):
    """A unit's statement that it has nothing to report for a task, and why."""

    task: str
    reason: str


class Filing(NamedTuple):
    """One unit's report of one year, with names resolved; ``unit`` is empty where it is unknown."""

    file: str
    unit: str
    written_unit: str
    year: int
    complete: bool
    submitted: date | None
    demo: bool
    entries: tuple[Entry, ...]
    nothing: tuple[Nothing, ...]

    @property
    def place(self) -> Place:
        """The file as a whole."""
        return Place(self.file)


class Unread(NamedTuple):
    """A report, or some entries of it, that could not be read.

    ``tasks`` is empty where the whole report is lost: then no conclusion about the unit's tasks holds.
    ``written_unit`` is the unit as a lost report names it, where that line at least can be read.
    """

    file: str
    unit: str
    year: int
    tasks: frozenset[str]
    written_unit: str = ""


def filing_of(
    file: str,
    written: ProgressFile,
    units: Units,
    positions: tuple[int, ...],
    left_out: Mapping[int, frozenset[int]] = _NOTHING_LEFT_OUT,
) -> Filing:
    """Resolve the names of a progress file; ``positions`` say where each entry stands in the file.

    ``left_out`` are by entry the places of the pieces of evidence that are none.
    """
    unit = units.find_one(written.unit, year_of(written.year)) or ""
    entries = tuple(
        _entry(file, position, unit, row, units, left_out.get(position, _NONE))
        for position, row in zip(positions, written.entries, strict=True)
    )
    return Filing(
        file=file,
        unit=unit,
        written_unit=written.unit,
        year=written.year,
        complete=written.status is FilingStatus.COMPLETE,
        submitted=written.submitted,
        demo=written.demo,
        entries=entries,
        nothing=tuple(Nothing(row.task, row.reason) for row in written.nothing_to_report),
    )


def _entry(
    file: str, position: int, unit: str, row: EntryRow, units: Units, left_out: frozenset[int]
) -> Entry:
    number, measured_in, factor = _quantity(row)
    return Entry(
        from_file=file,
        position=position,
        unit=unit,
        task=intern(row.task),
        days=row.date,
        name=row.name,
        number=number,
        measured_in=measured_in,
        factor=factor,
        items=row.items,
        done=row.status is Progress.DONE,
        jointly_with=tuple(units.find_one(name) or name for name in row.jointly_with),
        counted_by=(units.find_one(row.counted_by) or row.counted_by) if row.counted_by else "",
        cited_from=row.cited_from or "",
        survey=_survey(row),
        evidence=tuple(_evidence(row, left_out)),
    )


def _evidence(row: EntryRow, left_out: frozenset[int]) -> Iterator[Evidence]:
    """Yield the pieces of an entry with the places where they stand among all that are written."""
    places = (place for place in count() if place not in left_out)
    for place, piece in zip(places, row.evidence, strict=False):
        where = piece.path or "", piece.url or "", piece.archive or ""
        yield Evidence(intern(piece.kind), *where, piece.sha256 or "", place)


def _survey(row: EntryRow) -> Survey:
    if row.area is None and row.sample is None and row.margin is None:
        return NO_SURVEY
    margin = None if row.margin is None else _exact(row.margin.number)
    return Survey(row.area or "", row.sample or 0, margin)


def _quantity(row: EntryRow) -> tuple[Fraction | None, str, int]:
    if row.numerator is not None and row.denominator is not None:
        share = Fraction(row.numerator.number) / Fraction(row.denominator.number)
        return share * 100, PER_CENT, 1
    if row.value is None:
        return None, row.measured_in or "", 1
    amount = combine(row.value, row.measured_in or "")
    return _exact(amount.number), amount.unit, amount.factor


@lru_cache(maxsize=REMEMBERED)
def _exact(number: Decimal) -> Fraction:
    return Fraction(number)
