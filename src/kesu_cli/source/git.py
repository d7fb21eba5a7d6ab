"""Reads git: which commit a revision means, what a folder held in it, and how a branch came about."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from kesu_cli.diagnostic import Refusal

_CHINA = timezone(timedelta(hours=8))
_OF_THE_CALLER = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"}
_LOG = ("log", "--first-parent", "--reverse", "-z", "--encoding=UTF-8", "--no-show-signature", "--no-color")
_CHANGE = "--format=tformat:%H %ct %P"
_PLAIN_FILES = (b"100644", b"100755")


class GitError(Refusal):
    """Git can't say what was asked; the message is for the user."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: its full hash, the day, in China, on which it was made, and the first line of its message."""

    hash: str
    day: date
    subject: str = ""


def top_of(folder: Path) -> Path:
    """Return the top folder of the repository that a folder lies in."""
    done = _git(folder, "rev-parse", "--show-toplevel")
    if done.returncode:
        raise GitError(_no_repository(folder, done.stderr))
    return Path(os.fsdecode(done.stdout.rstrip(b"\r\n")))


def commit_of(repository: Path, revision: str) -> Commit:
    """Return the commit that a branch, a tag, a hash or an expression such as HEAD~3 means."""
    top_of(repository)
    if revision.startswith("-") or not revision.isprintable():
        raise GitError(f"“{revision}”不是版本的写法；请写分支、标签、提交号或 HEAD~3")
    done = _git(repository, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if done.returncode:
        raise GitError(_unknown(repository, revision))
    name = done.stdout.decode("ascii").strip()
    seconds = _must(repository, "show", "--no-patch", "--format=%ct", name).split()[-1]
    return Commit(name, china_day(seconds.decode("ascii")))


def files_at(repository: Path, revision: str, folder: str = "") -> dict[str, bytes]:
    """Return the files below a folder in a commit, by their path inside it; none where there is no folder.

    The folder is named from the top of the repository. Links and submodules are left out.
    """
    found = names_at(repository, commit_of(repository, revision).hash, folder)
    contents = contents_of(repository, tuple(found.values()))
    return dict(zip(found, contents, strict=True))


def names_at(repository: Path, commit: str, folder: str = "") -> dict[str, str]:
    """Return the files below a folder in a commit: the names of their contents, by path inside the folder."""
    where = (f"{folder.strip('/')}/",) if folder.strip("/") not in ("", ".") else ()
    listing = _must(repository, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *where)
    skipped = len(where[0]) if where else 0
    return {path[skipped:]: name for path, name in _entries(listing)}


def line_of(repository: Path, revision: str) -> tuple[Commit, ...]:
    """Return the commits that a branch went through, oldest first: of a merge the side it was merged into.

    What came in by a merge was not the state of the branch before it.
    """
    tip = commit_of(repository, revision).hash
    told = _must(repository, *_LOG, "--format=tformat:%H %ct %s", tip).decode("utf-8", "replace")
    return tuple(_commit(record) for record in told.split("\0") if record)


def _commit(record: str) -> Commit:
    name, seconds, subject = record.split(" ", 2)
    plain = "".join(char if char.isprintable() else " " for char in subject)
    return Commit(name, china_day(seconds), " ".join(plain.split()))


@dataclass(frozen=True, slots=True)
class GitChange:
    """The commit that changed a file; ``day`` is None where a shallow clone can't tell which it was."""

    hash: str
    day: date | None


def last_change(folder: Path, path: str, *, is_new: bool) -> GitChange | None:
    """Return the commit that brought a file to its content or took it away; None where that is uncommitted.

    Merges are followed to the side that the content came from, renames that change nothing are passed;
    of a file that is new as such the commit is the one that put it there.
    """
    top_of(folder)
    literal = f":(literal){path}"
    if _must(folder, "status", "--porcelain", "-z", "--untracked-files=all", "--", literal):
        return None
    told = _must(folder, "log", "-1", _CHANGE, "--no-show-signature", "--", literal).decode("ascii").split()
    if not told:
        return None
    if not is_new and _must(folder, "ls-files", "-z", "--", literal):
        told = _before_renames(folder, path, told)
    name, seconds, *parents = told
    # the boundary of a shallow clone looks like a first commit
    is_known = bool(parents) or not is_shallow(folder)
    return GitChange(name, china_day(seconds) if is_known else None)


def _before_renames(folder: Path, path: str, told: list[str]) -> list[str]:
    """Return the commit before the renames that a change consists of; itself where it is none."""
    asked = ("log", "--follow", _CHANGE, "--raw", "--no-abbrev", "--no-show-signature", "--", path)
    commit, is_first = told, True
    for line in filter(None, _must(folder, *asked).decode("utf-8", "replace").splitlines()):
        if not line.startswith(":"):
            commit = line.split()
            if is_first and commit[0] != told[0]:
                return told  # a merge that changed the file itself
            is_first = False
        elif line.split()[4] != "R100":
            return commit
    return commit


def signature(folder: Path) -> str:
    """Return the name that git signs commits with in a folder; empty where none is set."""
    return _git(folder, "config", "user.name").stdout.decode("utf-8", "replace").strip()


def is_shallow(repository: Path) -> bool:
    """Whether the clone lacks older commits."""
    return _git(repository, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"


def folders_at(
    repository: Path, commits: Sequence[Commit], folders: Sequence[str]
) -> Iterator[tuple[str, ...]]:
    """Return for every commit the names of what some folders hold in it; empty where there is none."""
    asked = [f"{commit.hash}:{folder}" for commit in commits for folder in folders]
    said = _must(repository, "cat-file", "--batch-check=%(objectname) %(objecttype)", stdin=_lines(asked))
    names = [name if kind == b"tree" else b"" for name, _, kind in _facts(said)]
    for start in range(0, len(names), len(folders)):
        yield tuple(name.decode("ascii") for name in names[start : start + len(folders)])


def _facts(said: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    return (line.rpartition(b" ") for line in said.splitlines())


def _lines(asked: Sequence[str]) -> bytes:
    return b"".join(os.fsencode(line) + b"\n" for line in asked)


def china_day(seconds: str) -> date:
    """Return the day in China of a moment that git tells."""
    return datetime.fromtimestamp(int(seconds), _CHINA).date()


def _entries(listing: bytes) -> Iterator[tuple[str, str]]:
    """Read ``mode type hash<TAB>path`` records: ended by NUL, so that no path is quoted."""
    for record in filter(None, listing.split(b"\0")):
        facts, _, path = record.partition(b"\t")
        mode, _, name = facts.split(b" ")
        if mode in _PLAIN_FILES:
            yield os.fsdecode(path), name.decode("ascii")


def contents_of(repository: Path, names: Sequence[str]) -> Iterator[bytes]:
    """Read contents by their names, all with one process."""
    if not names:
        return
    output = _must(repository, "cat-file", "--batch", stdin=_lines(names))
    start = 0
    for _ in names:
        end = output.index(b"\n", start)
        facts = output[start:end].split(b" ")
        if facts[-1] == b"missing":
            raise _failure("cat-file", output[start:end])
        size = int(facts[-1])
        yield output[end + 1 : end + 1 + size]
        start = end + size + 2


def output_of(repository: Path, *arguments: str) -> bytes:
    """Return what git says; raises HistoryError where it can't."""
    return _must(repository, *arguments)


def _must(repository: Path, *arguments: str, stdin: bytes = b"") -> bytes:
    done = _git(repository, *arguments, stdin=stdin)
    if done.returncode:
        raise _failure(arguments[0], done.stderr)
    return done.stdout


def _failure(command: str, said: bytes) -> GitError:
    words = " ".join(said.decode("utf-8", "replace").split())
    return GitError(f"git {command} 没有成功：{words}；请检查仓库是否完整（git fsck）")


def _git(folder: Path, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder, to its end."""
    try:
        return subprocess.run(  # noqa: S603 - a fixed program, arguments never reach a shell
            _command(folder, arguments), input=stdin, env=_environment(), capture_output=True, check=False
        )
    except FileNotFoundError:
        raise GitError("没有找到 git，读不了历史版本；请先安装 git") from None


def begun(folder: Path, *arguments: str) -> "subprocess.Popen[bytes] | None":
    """Begin to run git in a folder and do not wait; None where there is no git."""
    try:
        return subprocess.Popen(  # noqa: S603 - the same
            _command(folder, arguments),
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        return None


def _command(folder: Path, arguments: Sequence[str]) -> list[str]:
    return ["git", "--no-pager", "-C", str(folder), *arguments]


def _environment() -> dict[str, str]:
    """Ask for English whatever the locale, whatever repository a hook was called for."""
    inherited = {name: value for name, value in os.environ.items() if name not in _OF_THE_CALLER}
    return inherited | {"LC_ALL": "C", "LANGUAGE": "C", "GIT_OPTIONAL_LOCKS": "0"}


def _no_repository(folder: Path, said: bytes) -> str:
    if b"dubious ownership" in said:
        return f"{folder} 所在的 git 仓库属于别的用户，git 不肯读；请按 git 的提示把它加进 safe.directory"
    return (
        f"{folder} 不在 git 仓库里，没有历史版本；请到 git 仓库里的文件夹运行，方案也可以直接比较两个文件夹"
    )


def _unknown(repository: Path, revision: str) -> str:
    """Say that a revision is not known; in a shallow clone it may only not have been fetched."""
    if is_shallow(repository):
        hint = "这是浅克隆，较早的版本不在本机，请先运行 git fetch --unshallow"
    else:
        hint = "用 git log 可查看有哪些版本"
    return f"git 里没有版本“{revision}”；{hint}"
