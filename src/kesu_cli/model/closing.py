"""The closing of a year: what its files held, who closed it, and which units were let in again."""

import hashlib
from collections.abc import Callable
from typing import NamedTuple

from kesu_cli.diagnostic import Place
from kesu_cli.model.field import Day, FileRow, Text

CLOSED = ".closed.yaml"


class ClosedRow(FileRow):
    """One file of the year and its digest."""

    file: Text
    sha256: Text


class ReopenedRow(FileRow):
    """A unit that may change its files again; ``closed_again`` ends that."""

    unit: Text
    reason: Text
    reopened_by: Text
    reopened_on: Day
    closed_again: Day | None = None

    def goes_on_from(self, earlier: "ReopenedRow") -> bool:
        """Whether it is the same reopening, at most ended since."""
        ended = earlier.model_copy(update={"closed_again": self.closed_again})
        return self in (earlier, ended) and earlier.closed_again in (None, self.closed_again)


class ClosingFile(FileRow):
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

    @property
    def digests(self) -> dict[str, str]:
        """The digests by file."""
        return {row.file: row.sha256 for row in self.files}

    def breach(self, earlier: "ClosingFile", unit_of: Callable[[str], str]) -> str:
        """Say why kesu can't have made it out of an earlier version; empty where it can.

        A reopening once recorded stays; only the files of a unit that was let in change.
        """
        rest = list(self.reopened)
        for row in earlier.reopened:
            same = next((mine for mine in rest if mine.goes_on_from(row)), None)
            if same is None:
                return f"少了 {row.reopened_on} 对{row.unit}的重新开放"
            rest.remove(same)
        let_in = {*earlier.open_again, *(row.unit for row in rest)}
        then, now = earlier.digests, self.digests
        for name in sorted(then.keys() | now.keys()):
            if then.get(name) != now.get(name) and unit_of(name) not in let_in:
                return f"{name} 的校验值变了，却没有重新开放"
        return ""


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


class ClosingGap(NamedTuple):
    """Why git can't tell what became of closings, and what to do; ``place`` is where the latest would be."""

    place: Place
    reason: str
    remedy: str
