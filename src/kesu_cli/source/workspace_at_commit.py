"""A workspace as it stood in a commit: the same names as on disk, what they hold from git."""

import errno
import hashlib
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kesu_cli.diagnostic import EvidenceFile
from kesu_cli.model.evidence import TINIEST, relative
from kesu_cli.model.progress import Filing
from kesu_cli.source.evidence import equal_in_size, is_kept_in, wanted_by
from kesu_cli.source.git import Commit, contents_of, folders_at, line_of, names_at, sizes_of, top_of
from kesu_cli.source.workspace import PLAN_FILE, Inside, ProgressPath, Workspace

_AT_ONCE = 50
_LARGE_FILE = re.compile(
    rb"version https://git-lfs\.github\.com/spec/v1\n(?:.*\n)*?oid sha256:([0-9a-f]{64})\n"
)


@dataclass(frozen=True)
class Snapshot(Workspace):
    """The workspace in one commit; links and submodules are left out.

    ``names`` are the names that git gives to the contents of files, by the file's name in outputs;
    ``contents`` holds those of the plan and of the progress files, ``home_then`` is where the workspace
    lay in the repository. A plan that lies outside the
    repository is read from the disk.
    """

    repository: Path
    commit: str
    home_then: str
    names: Mapping[str, str]
    contents: Mapping[str, bytes]

    @property
    def home(self) -> str:
        """Where the workspace lay in its repository in that commit."""
        return self.home_then

    @property
    def has_plan(self) -> bool:
        """Whether there was a plan: in the commit, or on the disk outside of the repository."""
        is_outside = _inside(self.plan_dir, self.repository) is None
        return is_outside or f"{self.plan_label}/{PLAN_FILE}" in self.names

    def read(self, file: str) -> bytes:
        """Return what a file held."""
        if file in self.names:
            name = self.names[file]
            return self.contents[name] if name in self.contents else next(self._contents([name]))
        if file.startswith(f"{self.plan_label}/") and _inside(self.plan_dir, self.repository) is None:
            return super().read(file)
        raise OSError(errno.EISDIR if file in self._folders else errno.ENOENT, "not in the commit", file)

    def read_report(self, report: ProgressPath) -> bytes:
        """Return what a progress file of the listing held."""
        return self.read(report.file)

    def within(self, folder: Path) -> list[Inside]:
        """List what lay in a folder."""
        return self._folders.get(_inside(folder, self.root) or "", [])

    def evidence_of(self, filings: Iterable[Filing], *, hashed: bool = True) -> dict[str, EvidenceFile]:
        """Look at every piece of evidence of some reports, as it was in the commit."""
        wanted = wanted_by(filings)
        found = {path: self._evidence(path) for path in wanted}
        sizes = self._sizes([path for path, file in found.items() if file.exists])
        found.update((path, found[path]._replace(size=size)) for path, size in sizes.items())
        asked = (path for path, size in sizes.items() if size <= TINIEST or (hashed and wanted[path]))
        return self._with_digests(found, sorted(asked))

    def hashed(self, found: Mapping[str, EvidenceFile]) -> dict[str, EvidenceFile]:
        """Hash the pieces that may have held the same under two names."""
        return self._with_digests(found, equal_in_size(found))

    def _evidence(self, written: str) -> EvidenceFile:
        path = _normal(written)
        if path is None:
            return EvidenceFile(exists=False, inside=False)
        is_own = is_kept_in(self.root / path, (self.root / self.plan_label, self.progress_dir))
        return EvidenceFile(exists=path in self.names, inside=True, is_own=is_own)

    def _sizes(self, written: Sequence[str]) -> dict[str, int]:
        names = [self.names[_normal(path) or ""] for path in written]
        return dict(zip(written, sizes_of(self.repository, names), strict=True))

    def _with_digests(
        self, found: Mapping[str, EvidenceFile], written: Sequence[str]
    ) -> dict[str, EvidenceFile]:
        """Hash contents, a few files at a time: there may be large ones among them."""
        digested = dict(found)
        for start in range(0, len(written), _AT_ONCE):
            some = written[start : start + _AT_ONCE]
            contents = self._contents([self.names[_normal(path) or ""] for path in some])
            for path, content in zip(some, contents, strict=True):
                digested[path] = found[path]._replace(sha256=_digest(content))
        return digested

    def _contents(self, names: Sequence[str]) -> Iterator[bytes]:
        return contents_of(self.repository, names)

    @cached_property
    def _folders(self) -> dict[str, list[Inside]]:
        found: dict[str, dict[str, bool]] = {}
        for file in self.names:
            folder, name, is_folder = *posixpath.split(file), False
            while name and name not in found.setdefault(folder, {}):
                found[folder][name] = is_folder
                folder, name, is_folder = *posixpath.split(folder), True
        return {
            folder: [Inside(name, is_folder) for name, is_folder in inside.items()]
            for folder, inside in found.items()
        }


def _digest(content: bytes) -> str:
    """Return the digest of a file; of one kept by git-lfs the digest that stands in its place."""
    large = _LARGE_FILE.match(content)
    return large[1].decode("ascii") if large else hashlib.sha256(content).hexdigest()


def _normal(written: str) -> str | None:
    """Return a path inside the workspace in its shortest form; None where it leads out."""
    path = relative(written)
    plain = posixpath.normpath(path) if path else ".."
    return None if plain == ".." or plain.startswith("../") else plain


def _inside(path: Path, folder: Path) -> str | None:
    """Name a path from a folder that it lies in ("" for the folder itself); None where it lies elsewhere."""
    if not path.resolve().is_relative_to(folder.resolve()):
        return None
    name = path.resolve().relative_to(folder.resolve()).as_posix()
    return "" if name == "." else name


class Past:
    """The commits of a workspace; what several of them hold is read once.

    Raises GitError outside a repository.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._contents: dict[str, bytes] = {}
        self.repository = top_of(workspace.root)

    def line(self, revision: str) -> tuple[Commit, ...]:
        """Return the commits that brought the workspace to a revision, oldest first.

        Those that changed neither its plan nor its progress files are left out.
        """
        commits = line_of(self.repository, revision)
        workspace = self._workspace
        folders = [
            _inside(folder, self.repository) for folder in (workspace.plan_dir, workspace.progress_dir)
        ]
        held = folders_at(self.repository, commits, [folder for folder in folders if folder is not None])
        states = [
            frozenset(inside if all(inside) else self._held(commit))
            for commit, inside in zip(commits, held, strict=True)
        ]
        before = (frozenset(), *states)
        return tuple(
            commit for commit, *pair in zip(commits, states, before, strict=False) if pair[0] != pair[1]
        )

    def _held(self, commit: Commit) -> Iterator[str]:
        """Name all that a commit holds of the workspace, where its folders were called otherwise."""
        folders = self._folders
        for file, name in _names(self._workspace, self.repository, commit)[1].items():
            if file.startswith(folders):
                yield f"{name} {file}"

    @property
    def _folders(self) -> tuple[str, ...]:
        """How the names of the files that are judged begin."""
        workspace = self._workspace
        return f"{workspace.plan_label}/", _inside(workspace.progress_dir, workspace.root) or ""

    def at(self, commit: Commit) -> Snapshot:
        """Find the workspace in a commit, be it that its folder was called otherwise then."""
        workspace = self._workspace
        home, names = _names(workspace, self.repository, commit)
        folders = self._folders
        read = {name for file, name in names.items() if file.startswith(folders) and file.endswith(".yaml")}
        missing = sorted(read - self._contents.keys())
        self._contents.update(zip(missing, contents_of(self.repository, missing), strict=True))
        return Snapshot(
            root=workspace.root,
            plan_dir=workspace.plan_dir,
            plan_label=workspace.plan_label,
            progress_dir=workspace.progress_dir,
            repository=self.repository,
            commit=commit.hash,
            home_then=home,
            names=names,
            contents={name: self._contents[name] for name in read},
        )


def _names(workspace: Workspace, repository: Path, commit: Commit) -> tuple[str, dict[str, str]]:
    """Return the folder of the workspace in a commit, and what its files held."""
    home = _inside(workspace.root, repository) or ""
    plan = _inside(workspace.plan_dir, repository)
    found = names_at(repository, commit.hash, home)
    if plan is not None and plan == posixpath.join(home, "plan") and f"plan/{PLAN_FILE}" not in found:
        home = _home_in(repository, commit, home)
        found = names_at(repository, commit.hash, home)
    if plan is not None and f"{workspace.plan_label}/{PLAN_FILE}" not in found:
        of_plan = names_at(repository, commit.hash, plan)
        found |= {f"{workspace.plan_label}/{file}": name for file, name in of_plan.items()}
    return home, found


def _home_in(repository: Path, commit: Commit, otherwise: str) -> str:
    """Return the folder of the only workspace in a commit; another where there are none or several."""
    ending = f"plan/{PLAN_FILE}"
    files = [file for file in names_at(repository, commit.hash) if f"/{file}".endswith(f"/{ending}")]
    return files[0].removesuffix(ending).rstrip("/") if len(files) == 1 else otherwise
