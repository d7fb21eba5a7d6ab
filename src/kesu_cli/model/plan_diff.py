"""What can differ between two versions of a plan."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kesu_cli.model.window import AsOf


class PlanChangeKind(StrEnum):
    """What sort of change it is; of what can go two ways, each has its name."""

    TASK_NEW = "task_new"
    TASK_GONE = "task_gone"
    TASK_RENUMBERED = "task_renumbered"
    TASK_MOVED = "task_moved"
    TARGET_RAISED = "target_raised"
    TARGET_LOWERED = "target_lowered"
    TARGET_CHANGED = "target_changed"
    DEADLINE_EARLIER = "deadline_earlier"
    DEADLINE_LATER = "deadline_later"
    RHYTHM_TIGHTER = "rhythm_tighter"
    RHYTHM_LOOSER = "rhythm_looser"
    TIME_CHANGED = "time_changed"
    LEAD = "lead"
    RESPONSIBLE = "responsible"
    ACCOUNTABLE = "accountable"
    STRENGTH_RAISED = "strength_raised"
    STRENGTH_LOWERED = "strength_lowered"
    SPREAD = "spread"
    TALLY = "tally"
    BASELINE = "baseline"
    INTERIM = "interim"
    STRETCH = "stretch"
    TASK_KIND = "task_kind"
    OPEN_ENDED = "open_ended"
    QUOTE = "quote"
    NAME = "name"
    READING = "reading"
    UNIT_NEW = "unit_new"
    UNIT_GONE = "unit_gone"
    UNIT_RENAMED = "unit_renamed"
    UNIT_CHANGED = "unit_changed"
    ALIAS_NEW = "alias_new"
    ALIAS_GONE = "alias_gone"
    MEMBERS = "members"
    DOCUMENT = "document"
    POLICY = "policy"
    WAIVER = "waiver"

    @property
    def loosens(self) -> bool:
        """Whether the task asks for less than before."""
        return self in _LOOSENING


_LOOSENING = frozenset(
    {
        PlanChangeKind.TASK_GONE,
        PlanChangeKind.TARGET_LOWERED,
        PlanChangeKind.DEADLINE_LATER,
        PlanChangeKind.RHYTHM_LOOSER,
        PlanChangeKind.STRENGTH_LOWERED,
    }
)


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One thing that is no longer as it was.

    ``before`` and ``after`` are values as the files write them, one for most kinds; of units only those
    that went and those that came. ``task`` is the id in the new version (of a task that is gone, in the
    old one), ``subject`` the unit or the part of the document. ``missed`` are the windows in which the
    old version of a task that now asks for less stood missed when it was changed.
    """

    kind: PlanChangeKind
    task: str = ""
    name: str = ""
    subject: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """One of the two versions: as it was asked for, and the commit where it comes from git."""

    label: str
    title: str
    commit: str = ""
    day: date | None = None


@dataclass(frozen=True)
class PlanDiff:
    """All changes from one version to another.

    ``as_of`` is the date of the change, on which the old version was judged by ``reports`` progress
    files (None where nothing asks for less, so that there was nothing to judge); ``demo`` says that
    some of them are invented.
    """

    old: PlanVersion
    new: PlanVersion
    as_of: AsOf
    changes: tuple[PlanChange, ...]
    reports: int | None
    demo: bool
    version: str

    @property
    def excused(self) -> tuple[PlanChange, ...]:
        """The changes that ask for less after it was missed."""
        return tuple(change for change in self.changes if change.missed)
