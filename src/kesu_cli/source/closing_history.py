"""Reads what git remembers of the closings of years: the versions there were, and what took one away."""

import hashlib
import os
import posixpath
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from kesu_cli.diagnostic import Place
from kesu_cli.model.closing import CLOSED, ClosingFile
from kesu_cli.source.git import (
    GitChange,
    GitError,
    changes,
    changes_asked,
    china_day,
    contents_of,
    is_shallow,
    is_taken_away,
    is_unborn,
)
from kesu_cli.source.plan import fitted
from kesu_cli.source.workspace import PLAN_FILE, Workspace
from kesu_cli.source.workspace_at_commit import Snapshot


def folder_of(workspace: Workspace, year: int) -> Path:
    """Say where the files of a year lie."""
    folder = workspace.progress_dir
    return folder if folder.name == str(year) else folder / str(year)


def closed_file(workspace: Workspace, year: int) -> str:
    """Name the file that closes a year."""
    return (folder_of(workspace, year) / CLOSED).relative_to(workspace.root).as_posix()


class Step(NamedTuple):
    """One commit's change of a closing: ``content`` is the name of what it then held, empty where it went."""

    change: GitChange
    is_merge: bool
    has_parent: bool
    path: str
    content: str


class Memory:
    """What git remembers of closings, the latest first; asked while other work is done, read when needed.

    ``gap`` says why git can't tell, and what to do; empty where it can, and outside a repository.
    """

    def __init__(self, workspace: Workspace, told: Callable[[], bytes] | None, gap: str = "") -> None:
        self._workspace = workspace
        self._told = told
        self._steps: tuple[Step, ...] | None = None
        self.gap = gap

    def told(self) -> tuple[Step, ...]:
        """Return all that is known; nothing outside a repository, or where git can't read it."""
        if self._steps is None:
            self._steps = self._heard(self._told) if self._told else ()
        return self._steps

    def _heard(self, told: Callable[[], bytes]) -> tuple[Step, ...]:
        try:
            return tuple(_steps(told()))
        except GitError as error:
            if self.gap or not is_unborn(self._workspace.root):
                self.gap = str(error)
            return ()

    @property
    def has_an_end(self) -> bool:
        """Whether it goes back to where a shallow clone was cut, and no further."""
        return self._told is not None and not self.gap and is_shallow(self._workspace.root)

    def of(self, path: str) -> tuple[Step, ...]:
        """Return what happened to one closing, named from the top of the repository."""
        return tuple(step for step in self.told() if step.path == path)

    @cached_property
    def elsewhere(self) -> tuple[Step, ...]:
        """What happened to closings in any folder, where the workspace was moved to the one it is in."""
        arrived = self.of(_plan_of(self._workspace))[-1:]
        if not any(step.has_parent for step in arrived):
            return ()
        root, commit = self._workspace.root, arrived[0].change.hash
        if not self._heard_of_a_move(root, commit):
            return ()
        return self._heard(lambda: changes(root, commit, f":(top,glob)**/{CLOSED}"))

    def _heard_of_a_move(self, root: Path, commit: str) -> bool:
        try:
            return is_taken_away(root, commit, f":(top,glob)**/plan/{PLAN_FILE}")
        except GitError as error:
            self.gap = str(error)
            return False

    def versions(self, steps: Sequence[Step], unit_of: Callable[[str], str]) -> "tuple[Version, ...]":
        """Read what a closing has been, the oldest first; what kesu can't have written is passed over."""
        held: dict[str, Step] = {}
        for step in reversed(steps):
            if step.content:
                held.setdefault(step.content, step)
        try:
            contents = tuple(contents_of(self._workspace.root, tuple(held)))
        except GitError as error:
            self.gap = str(error)
            return ()
        return _accepted(zip(held.values(), contents, strict=True), unit_of)


@contextmanager
def remembering(workspace: Workspace, years: Iterable[int]) -> Iterator[Memory]:
    """Ask git about the closings of some years, once; not at all where there is no repository."""
    commit = workspace.commit if isinstance(workspace, Snapshot) else "HEAD"
    paths = [*(path_of(workspace, year) for year in sorted(years)), _plan_of(workspace)]
    literal = (f":(top,literal){path}" for path in paths)
    with ExitStack() as stack:
        memory = Memory(workspace, None)
        if workspace.is_versioned:
            try:
                told = stack.enter_context(changes_asked(workspace.root, commit, *literal))
                memory = Memory(workspace, told)
            except GitError as error:
                memory = Memory(workspace, None, str(error))
        yield memory
        memory.told()


def path_of(workspace: Workspace, year: int) -> str:
    """Name the closing of a year from the top of the repository."""
    return posixpath.join(workspace.home, closed_file(workspace, year))


def _plan_of(workspace: Workspace) -> str:
    return posixpath.join(workspace.home, "plan", PLAN_FILE)


def _steps(told: bytes) -> Iterator[Step]:
    """Read the records: a commit, then pairs of what changed and the path; a merge once for each parent."""
    commit: list[str] = []
    records = iter(told.split(b"\0"))
    for record in records:
        line = os.fsdecode(record.strip(b"\n"))
        if not line.startswith(":"):
            commit = line.split() or commit
            continue
        content = line.split()[3]
        change = GitChange(commit[0], china_day(commit[1]))
        is_gone = not content.strip("0")
        _, _, *parents = commit
        yield Step(
            change, len(parents) > 1, bool(parents), os.fsdecode(next(records)), "" if is_gone else content
        )


def taken_by(steps: Sequence[Step]) -> GitChange | None:
    """Return the commit that took a closing away; None where the last of them did not.

    A merge is named only where it took away by itself what neither side had.
    """
    if not steps or steps[0].content:
        return None
    first = next((step for step in steps if not step.is_merge), steps[0])
    return steps[0].change if first.content else first.change


def name_of(content: bytes) -> str:
    """Return the name that git gives to a content."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


Version = tuple[Step, ClosingFile]


def _accepted(known: Iterable[tuple[Step, bytes]], unit_of: Callable[[str], str]) -> tuple[Version, ...]:
    accepted: list[Version] = []
    for step, content in known:
        file, _ = fitted(content, ClosingFile, Place(step.path))
        if file and file.is_sealed and not any(file.breach(known, unit_of) for _, known in accepted):
            accepted.append((step, file))
    return tuple(accepted)
