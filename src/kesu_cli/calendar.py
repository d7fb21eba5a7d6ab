"""What falls due in the days to come: tasks, yearly reports, waivers."""

from dataclasses import dataclass
from datetime import date

from kesu_cli.model.plan import Plan, Task
from kesu_cli.model.waiver import Waiver
from kesu_cli.model.window import AsOf, Window
from kesu_cli.standing import Standing


@dataclass(frozen=True, slots=True)
class DueTask:
    """A task whose window ends, with the standings that are not met; none before it is judged."""

    task: Task
    window: Window
    standings: tuple[Standing, ...]

    @property
    def day(self) -> date:
        """The last day."""
        return self.window.end


@dataclass(frozen=True, slots=True)
class DueReport:
    """The reports of one year that have not been handed in."""

    day: date
    year: int
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EndingWaiver:
    """A waiver that holds for the last time; ``unit`` is the canonical name."""

    day: date
    waiver: Waiver
    unit: str


Due = DueTask | DueReport | EndingWaiver


@dataclass(frozen=True)
class Calendar:
    """What falls due from the judging date to ``until``, both included, by day; first what is overdue.

    ``settled`` counts the windows that end in these days and are met already. ``notice`` is how many days
    ahead the policy reminds. ``inputs`` are the digests of the files read, by path, ``cited`` the evidence
    that they point to.
    """

    plan: Plan
    unit: str
    as_of: AsOf
    until: date
    items: tuple[Due, ...]
    settled: int
    notice: int
    demo: bool
    version: str
    inputs: dict[str, str]
    cited: frozenset[str]

    def days_left(self, due: Due) -> int:
        """Count the days from the judging date on; negative for what is overdue."""
        return (due.day - self.as_of.day).days
