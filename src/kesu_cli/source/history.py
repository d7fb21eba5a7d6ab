"""Reads files as they stood in git: which commit a revision means, and what a folder held in it."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

_CHINA = timezone(timedelta(hours=8))
_OF_THE_CALLER = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"}
_PLAIN_FILES = (b"100644", b"100755")


class HistoryError(Exception):
    """Git can't say what was asked; the message is for the user."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: its full hash and the day, in China, on which it was made."""

    hash: str
    day: date


def top_of(folder: Path) -> Path:
    """Return the top folder of the repository that a folder lies in."""
    done = _git(folder, "rev-parse", "--show-toplevel")
    if done.returncode:
        raise HistoryError(_no_repository(folder, done.stderr))
    return Path(os.fsdecode(done.stdout.rstrip(b"\r\n")))


def commit_of(repository: Path, revision: str) -> Commit:
    """Return the commit that a branch, a tag, a hash or an expression such as HEAD~3 means."""
    top_of(repository)
    if revision.startswith("-") or not revision.isprintable():
        raise HistoryError(f"“{revision}”不是版本的写法；请写分支、标签、提交号或 HEAD~3")
    done = _git(repository, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if done.returncode:
        raise HistoryError(_unknown(repository, revision))
    name = done.stdout.decode("ascii").strip()
    seconds = int(_must(repository, "show", "--no-patch", "--format=%ct", name).split()[-1])
    return Commit(name, datetime.fromtimestamp(seconds, _CHINA).date())


def files_at(repository: Path, revision: str, folder: str = "") -> dict[str, bytes]:
    """Return the files below a folder in a commit, by their path inside it; none where there is no folder.

    The folder is named from the top of the repository. Links and submodules are left out.
    """
    commit = commit_of(repository, revision).hash
    where = (f"{folder.strip('/')}/",) if folder.strip("/") not in ("", ".") else ()
    listing = _must(repository, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *where)
    found = dict(_entries(listing))
    contents = _contents(repository, tuple(found.values()))
    skipped = len(where[0]) if where else 0
    return {path[skipped:]: content for path, content in zip(found, contents, strict=True)}


def _entries(listing: bytes) -> Iterator[tuple[str, bytes]]:
    """Read ``mode type hash<TAB>path`` records: ended by NUL, so that no path is quoted."""
    for record in filter(None, listing.split(b"\0")):
        facts, _, path = record.partition(b"\t")
        mode, _, name = facts.split(b" ")
        if mode in _PLAIN_FILES:
            yield os.fsdecode(path), name


def _contents(repository: Path, names: Sequence[bytes]) -> Iterator[bytes]:
    """Read objects, all with one process."""
    if not names:
        return
    output = _must(repository, "cat-file", "--batch", stdin=b"\n".join(names) + b"\n")
    start = 0
    for _ in names:
        end = output.index(b"\n", start)
        facts = output[start:end].split(b" ")
        if facts[-1] == b"missing":
            raise _failure("cat-file", output[start:end])
        size = int(facts[-1])
        yield output[end + 1 : end + 1 + size]
        start = end + size + 2


def _must(repository: Path, *arguments: str, stdin: bytes = b"") -> bytes:
    done = _git(repository, *arguments, stdin=stdin)
    if done.returncode:
        raise _failure(arguments[0], done.stderr)
    return done.stdout


def _failure(command: str, said: bytes) -> HistoryError:
    words = " ".join(said.decode("utf-8", "replace").split())
    return HistoryError(f"git {command} 没有成功：{words}；请检查仓库是否完整（git fsck）")


def _git(folder: Path, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder: in English whatever the locale, whatever repository a hook was called for."""
    inherited = {name: value for name, value in os.environ.items() if name not in _OF_THE_CALLER}
    plain = {"LC_ALL": "C", "LANGUAGE": "C", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        return subprocess.run(  # noqa: S603 - a fixed program, arguments never reach a shell
            ["git", "--no-pager", "-C", str(folder), *arguments],  # noqa: S607 - wherever git is installed
            input=stdin,
            env=inherited | plain,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise HistoryError("没有找到 git；请先安装 git，或直接比较两个文件夹") from None


def _no_repository(folder: Path, said: bytes) -> str:
    if b"dubious ownership" in said:
        return f"{folder} 所在的 git 仓库属于别的用户，git 不肯读；请按 git 的提示把它加进 safe.directory"
    return f"{folder} 不在 git 仓库里，不能按版本比较；请直接比较两个文件夹"


def _unknown(repository: Path, revision: str) -> str:
    """Say that a revision is not known; in a shallow clone it may only not have been fetched."""
    if _git(repository, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true":
        hint = "这是浅克隆，较早的版本不在本机，请先运行 git fetch --unshallow"
    else:
        hint = "用 git log 可查看有哪些版本"
    return f"git 里没有版本“{revision}”；{hint}"
