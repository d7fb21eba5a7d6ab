"""How standings moved through the history of a repository: commits, and how things stood at each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kesu_cli.model.plan import Plan
from kesu_cli.standing import Standing


@dataclass(frozen=True, slots=True)
class LogCommit:
    """One commit, judged as of its own day.

    ``plan_changed`` names the files of the plan that it changed since the commit before; ``unjudged``
    says why nothing could be judged.
    """

    commit: str
    day: date
    subject: str
    plan_changed: tuple[str, ...] = ()
    unjudged: str = ""
    demo: bool = False


@dataclass(frozen=True, slots=True)
class LogLine:
    """One task in one window (of one unit), with a standing for every commit; None where there was none."""

    standings: tuple[Standing | None, ...]

    @property
    def latest(self) -> Standing:
        """The last standing there was."""
        return next(standing for standing in reversed(self.standings) if standing)

    @property
    def moved(self) -> Iterator[bool]:
        """Whether figures or verdict are others than at the commit before, commit by commit."""
        figures = [_figures(standing) for standing in self.standings]
        yield from (now != before for now, before in zip(figures, (None, *figures), strict=False))


def _figures(standing: Standing | None) -> tuple[object, ...]:
    if standing is None:
        return ()
    return standing.actual, standing.completion, standing.target, standing.word


@dataclass(frozen=True)
class Log:
    """All that a history says; ``complete`` is False where the clone lacks older commits.

    ``subject`` is the task or the unit that was asked for; empty for all.
    """

    plan: Plan
    year: int
    subject: str
    monthly: bool
    commits: tuple[LogCommit, ...]
    lines: tuple[LogLine, ...]
    complete: bool
    version: str

    @property
    def demo(self) -> bool:
        """Whether invented data is in it."""
        return any(commit.demo for commit in self.commits)
