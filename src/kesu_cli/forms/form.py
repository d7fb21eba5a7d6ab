"""What a form is made of: the unit and year, its tasks in words, and what it has reported so far."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task in one window as the form shows it, all in words.

    ``unit`` is the unit of measure of the target, empty where there is none; what is counted by
    entries needs no value.
    """

    id: str
    name: str
    quote: str
    reading: str
    role: str
    window: str
    target: str
    before: str
    this_year: str
    verdict: str
    unit: str
    items: tuple[str, ...]
    needs_value: bool
    needs_evidence: bool

    @property
    def choice(self) -> str:
        """The text by which the task is chosen."""
        return f"{self.id} {self.name}"


@dataclass(frozen=True)
class Form:
    """A form before it is a workbook.

    ``filing`` is the unit's progress file as plain data, empty where there is none; ``names`` are the
    names of all tasks by id, ``units`` the units that may be named; ``as_of`` is the day that the
    verdicts are about. ``demo`` says whether any report behind the form is invented, ``filing_is_demo``
    whether the unit's own is.
    """

    plan: str
    digest: str
    unit: str
    year: int
    due: date
    as_of: date
    tasks: tuple[TaskLine, ...]
    names: dict[str, str]
    units: tuple[str, ...]
    filing: dict[str, Any]
    demo: bool
    filing_is_demo: bool

    def choice(self, task: str) -> str:
        """Return the text by which a task is chosen; of an unknown one the id."""
        name = self.names.get(task)
        return f"{task} {name}" if name else task
