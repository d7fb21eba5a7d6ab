"""Collects what is wrong while a form is read, and remembers which cell each value came from."""

from dataclasses import dataclass, field
from typing import Any

from kesu_cli.forms.form_fault import FormFault
from kesu_cli.forms.layout import cell_name

Path = tuple[str | int, ...]


@dataclass
class Found:
    """What has been read so far: the faults, and the cell behind each value of the progress data."""

    faults: list[FormFault] = field(default_factory=list)
    cells: dict[Path, tuple[str, str]] = field(default_factory=dict)
    _unreadable: set[tuple[str, tuple[int, int]]] = field(default_factory=set)

    def fault(self, sheet: str, at: tuple[int, int], message: str, hint: str = "") -> None:
        """Note that something is wrong in a cell, unless it holds nothing that can be read anyway."""
        if (sheet, at) not in self._unreadable:
            self.faults.append(FormFault(sheet, cell_name(*at), message, hint))

    def unreadable(self, sheet: str, at: tuple[int, int], message: str, hint: str) -> None:
        """Note that a cell holds nothing that can be read; all else that is wrong there follows from it."""
        self.fault(sheet, at, message, hint)
        self._unreadable.add((sheet, at))

    def of_form(self, message: str, hint: str) -> None:
        """Note that something is wrong with the form as a whole, or with what nobody sees of it."""
        self.faults.append(FormFault("", "", message, hint))

    def came_from(self, path: Path, sheet: str, at: tuple[int, int]) -> None:
        """Note which cell a value was read from."""
        self.cells[path] = (sheet, cell_name(*at))

    def cell_of(self, path: Path) -> tuple[str, str]:
        """Return the cell behind a value, or behind the nearest thing around it."""
        while path and path not in self.cells:
            path = path[:-1]
        return self.cells.get(path, ("", ""))


@dataclass(frozen=True)
class Taken:
    """A form as it was read: who and when, the progress data, and what is wrong.

    ``base`` tells what the progress file said when the form was exported.
    """

    unit: str
    year: int
    digest: str
    data: dict[str, Any]
    found: Found
    base: tuple[str, ...] = ()
