"""The closing of a year: what its files held, who closed it, and which units were let in again."""

import hashlib
from typing import NamedTuple

from kesu_cli.finding import Place
from kesu_cli.model.field import Day, Row, Text

CLOSED = ".closed.yaml"


class ClosedRow(Row):
    """One file of the year and its digest."""

    file: Text
    sha256: Text


class ReopenedRow(Row):
    """A unit that may change its files again; ``closed_again`` ends that."""

    unit: Text
    reason: Text
    reopened_by: Text
    reopened_on: Day
    closed_again: Day | None = None


class ClosingFile(Row):
    """The shape of progress/<year>/.closed.yaml; ``seal`` is the digest of the rest of it."""

    closed_by: Text
    closed_on: Day
    seal: Text
    files: tuple[ClosedRow, ...] = ()
    reopened: tuple[ReopenedRow, ...] = ()

    @property
    def open_again(self) -> dict[str, ReopenedRow]:
        """The reopenings that still hold, by unit."""
        return {row.unit: row for row in self.reopened if row.closed_again is None}

    @property
    def is_sealed(self) -> bool:
        """Whether the file says what kesu wrote."""
        return self.seal == seal_of(self)


def seal_of(file: ClosingFile) -> str:
    """Return the digest of what a closing says."""
    said = [f"{file.closed_by} {file.closed_on}"]
    said += [f"{row.file} {row.sha256}" for row in file.files]
    said += [
        f"{row.unit} {row.reason} {row.reopened_by} {row.reopened_on} {row.closed_again}"
        for row in file.reopened
    ]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


class Later(NamedTuple):
    """A change after the closing: at a place, by a unit, as a sentence; who did it, in words."""

    place: Place
    unit: str
    said: str
    by: str


class Closing(NamedTuple):
    """A closed year as it is now."""

    year: int
    place: Place
    file: ClosingFile
    later: tuple[Later, ...]
