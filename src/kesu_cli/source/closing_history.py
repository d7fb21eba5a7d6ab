"""Reads what git remembers of the closings of years: the versions there were, and what took one away."""

import hashlib
import os
import posixpath
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from kesu_cli.diagnostic import Place
from kesu_cli.model.closing import CLOSED, ClosingFile
from kesu_cli.source.git import GitChange, GitError, begun, china_day, contents_of, output_of
from kesu_cli.source.plan import fitted
from kesu_cli.source.workspace import PLAN_FILE, Workspace
from kesu_cli.source.workspace_at_commit import Snapshot

_SAID = ("--raw", "--no-abbrev", "--no-renames", "-z", "-m", "--no-show-signature", "--no-color")
_ASKED = ("log", "--full-history", "--topo-order", *_SAID, "--format=tformat:%H %ct %P")
_SHOWN = ("show", *_SAID, "--format=")


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
    """What git remembers of closings, the latest first; asked while other work is done, read when needed."""

    def __init__(self, workspace: Workspace, asked: "subprocess.Popen[bytes] | None") -> None:
        self._workspace = workspace
        self._asked = asked
        self._steps: tuple[Step, ...] | None = None

    def told(self) -> tuple[Step, ...]:
        """Return all that is known; nothing outside a repository, or where git can't read it."""
        if self._steps is None:
            said = self._asked.communicate()[0] if self._asked else b""
            is_answer = self._asked is not None and self._asked.returncode == 0
            self._steps = tuple(_steps(said)) if is_answer else ()
        return self._steps

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
        moved = (*_SHOWN, "--diff-filter=D", commit, "--", f":(top,glob)**/plan/{PLAN_FILE}")
        try:
            is_moved = output_of(root, *moved)
            asked = (*_ASKED, commit, "--", f":(top,glob)**/{CLOSED}")
            return tuple(_steps(output_of(root, *asked))) if is_moved else ()
        except GitError:
            return ()


@contextmanager
def remembering(workspace: Workspace, years: Iterable[int]) -> Iterator[Memory]:
    """Ask git about the closings of some years, once; not at all where there is no repository."""
    commit = workspace.commit if isinstance(workspace, Snapshot) else "HEAD"
    paths = [*(path_of(workspace, year) for year in sorted(years)), _plan_of(workspace)]
    literal = (f":(top,literal){path}" for path in paths)
    asked = begun(workspace.root, *_ASKED, commit, "--", *literal) if workspace.is_versioned else None
    with asked or nullcontext():
        memory = Memory(workspace, asked)
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


def versions(
    workspace: Workspace, steps: Sequence[Step], unit_of: Callable[[str], str]
) -> tuple[Version, ...]:
    """Read what a closing has been, the oldest first; what kesu can't have written is passed over."""
    held: dict[str, Step] = {}
    for step in reversed(steps):
        if step.content:
            held.setdefault(step.content, step)
    try:
        contents = tuple(contents_of(workspace.root, tuple(held)))
    except GitError:
        return ()
    accepted: list[Version] = []
    for step, content in zip(held.values(), contents, strict=True):
        file, _ = fitted(content, ClosingFile, Place(step.path))
        if file and file.is_sealed and not any(file.breach(known, unit_of) for _, known in accepted):
            accepted.append((step, file))
    return tuple(accepted)
