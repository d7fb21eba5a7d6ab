"""Reads git: which commit a revision means, what a folder held in it, and how a branch came about."""

import os
import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from kesu_cli.diagnostic import Refusal
from kesu_cli.source.os_error_wording import why

_CHINA = timezone(timedelta(hours=8))
# the user's own settings (safe.directory may stand in any of them), and where git lies; no other of its
# variables: they name repositories, programs and transports
_KEPT = re.compile(r"GIT_CONFIG_.+|GIT_EXEC_PATH")
# a repository that came by mail brings its own settings, and some of them name programs: each that the
# commands below could come to is set here, where the repository can't overrule it
_SETTINGS = (
    "safe.bareRepository=explicit",
    "protocol.allow=never",
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.sshCommand=false",
    "core.gitProxy=false",
    "core.askPass=false",
    "core.alternateRefsCommand=false",
    "credential.helper=",
    "diff.external=",
    "log.showSignature=false",
    *(f"gpg.{kind}program=false" for kind in ("", "openpgp.", "x509.", "ssh.")),
)
_ALWAYS = {
    "LC_ALL": "C",
    "LANGUAGE": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    # both lay another history over the one that was committed
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    # git before 2.39.4 does not know the line above: no transport is called so
    "GIT_ALLOW_PROTOCOL": "none",
}
_CHANGE = "--format=tformat:%H %ct %P"
_WALK = ("rev-list", "--full-history", "--topo-order")
_COMPARE = ("diff-tree", "-r", "--root", "--raw", "-z", "--no-abbrev", "--no-ext-diff", "--no-textconv")
_EACH_SIDE = (*_COMPARE, "-m", "--no-renames")
_PLAIN_FILES = (b"100644", b"100755")


class GitError(Refusal):
    """Git can't say what was asked; the message is for the user."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: its full hash, the day, in China, on which it was made, and the first line of its message."""

    hash: str
    day: date
    subject: str = ""


def repository_above(folder: Path) -> Path | None:
    """Return the nearest folder, itself or above, that has a .git in it; None where there is none.

    What else looks like a repository is none: anybody can put a bare one among the files of another.
    """
    inside = folder.resolve()
    return next((up for up in (inside, *inside.parents) if (up / ".git").exists()), None)


def top_of(folder: Path) -> Path:
    """Return the top folder of the repository that a folder lies in, once git could read it."""
    _must(folder, "rev-parse", "--git-dir")
    return _located(folder)


def commit_of(repository: Path, revision: str) -> Commit:
    """Return the commit that a branch, a tag, a hash or an expression such as HEAD~3 means."""
    top_of(repository)
    if revision.startswith("-") or not revision.isprintable():
        raise GitError(f"“{revision}”不是版本的写法；请写分支、标签、提交号或 HEAD~3")
    done = _git(repository, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if done.returncode:
        raise GitError(_unknown(repository, revision))
    name = done.stdout.decode("ascii").strip()
    seconds = _must(repository, "rev-list", "--max-count=1", "--timestamp", name).split()[0]
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
    asked = ("rev-list", "--first-parent", "--reverse", "--encoding=UTF-8", "--format=tformat:%H %ct %s")
    told = _must(repository, *asked, tip).decode("utf-8", "replace")
    return tuple(_commit(line) for line in told.split("\n") if line and not line.startswith("commit "))


def _commit(record: str) -> Commit:
    name, seconds, subject = record.split(" ", 2)
    return Commit(name, china_day(seconds), _plain(subject))


def _plain(said: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in said).split())


@dataclass(frozen=True, slots=True)
class GitChange:
    """The commit that changed a file; ``day`` is None where a shallow clone can't tell which it was."""

    hash: str
    day: date | None


def last_change(folder: Path, path: str, content: bytes | None, *, is_new: bool) -> GitChange | None:
    """Return the commit that brought a file to its content or took it away; None where that is uncommitted.

    The file is named from the top of the repository; its content is None where it is not there. Merges are
    followed to the side that the content came from, renames that change nothing are passed; of a file that
    is new as such the commit is the one that put it there.
    """
    held = _content_at(folder, f"HEAD:{path}")
    if _same_lines(held) != _same_lines(content):
        return None
    told = _latest(folder, "HEAD", path)
    if not told:
        return None
    if not is_new and held is not None:
        told = _before_renames(folder, path, told)
    name, seconds, *parents = told
    # the boundary of a shallow clone looks like a first commit
    is_known = bool(parents) or not is_shallow(folder)
    return GitChange(name, china_day(seconds) if is_known else None)


def _content_at(folder: Path, name: str) -> bytes | None:
    """Return what a file held in a commit, where a link leads inside it; None where there was none."""
    said = _must(folder, "cat-file", "--batch", "--follow-symlinks", stdin=_lines([name]))
    facts, _, content = said.partition(b"\n")
    *_, kind, size = facts.rsplit(b" ", 2)
    return content[: int(size)] if kind == b"blob" else None


def _same_lines(content: bytes | None) -> bytes | None:
    """Make light of how lines end: a checkout may have changed that."""
    return content if content is None else content.replace(b"\r\n", b"\n")


def _latest(folder: Path, commit: str, path: str) -> list[str]:
    """Return the name, moment and parents of the latest commit that changed a path; [] without one."""
    told = _must(folder, "rev-list", "--max-count=1", _CHANGE, commit, "--", f":(literal){path}")
    return told.decode("ascii").split()[2:]


def _before_renames(folder: Path, path: str, told: list[str]) -> list[str]:
    """Return the commit before the renames that a change consists of; itself where it is none."""
    while len(told) == 3:  # noqa: PLR2004 - a commit with one parent; a merge changed the file itself
        path = _renamed_from(_must(folder, *_COMPARE, "--no-commit-id", "-M100%", told[0]), path)
        if not path:
            break
        told = _latest(folder, told[2], path)
    return told


def _renamed_from(raw: bytes, path: str) -> str:
    """Return the earlier name of a file whose content stayed the same; empty where it was not renamed."""
    records = iter(raw.split(b"\0"))
    for record in filter(None, records):
        name = next(records)
        if record.endswith(b" R100") and next(records) == os.fsencode(path):
            return os.fsdecode(name)
    return ""


def changes(folder: Path, commit: str, *paths: str) -> bytes:
    """Return how paths changed up to a commit, the latest first: a line on the commit, then what changed."""
    named = _must(folder, *_WALK, commit, "--", *paths)
    return _must(folder, *_EACH_SIDE, "--stdin", _CHANGE, "--", *paths, stdin=named)


@contextmanager
def changes_asked(folder: Path, commit: str, *paths: str) -> Iterator[Callable[[], bytes]]:
    """Ask for changes and do not wait: the answer is there once it is called for."""
    with (
        _begun(folder, *_WALK, commit, "--", *paths) as walk,
        _begun(folder, *_EACH_SIDE, "--stdin", _CHANGE, "--", *paths, after=walk) as compared,
    ):

        def told() -> bytes:
            said = compared.communicate()[0]
            # what went wrong is heard by asking once more
            return changes(folder, commit, *paths) if walk.wait() or compared.returncode else said

        yield told


def is_taken_away(folder: Path, commit: str, pattern: str) -> bool:
    """Whether a commit took away a file that a pattern names."""
    return bool(_must(folder, *_EACH_SIDE, "--no-commit-id", "--diff-filter=D", commit, "--", pattern))


def is_unborn(folder: Path) -> bool:
    """Whether nothing was ever committed."""
    on_a_branch = _git(folder, "symbolic-ref", "--quiet", "HEAD").returncode == 0
    known = _git(folder, "for-each-ref", "--count=1")
    return on_a_branch and known.returncode == 0 and not known.stdout


def signature() -> str:
    """Return the name that the user signs commits with; a repository, be it anybody's, is not asked."""
    environment = _environment(Path()) | {"GIT_DIR": os.devnull}
    return _run(Path(), environment, ("config", "user.name")).stdout.decode("utf-8", "replace").strip()


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


def sizes_of(repository: Path, names: Sequence[str]) -> Iterator[int]:
    """Return the sizes of contents by their names, -1 for what a clone has left out."""
    if names:
        asked = _lines(names)
        said = _must(repository, "cat-file", "--batch-check=%(objectname) %(objectsize)", stdin=asked)
        for _, _, size in (line.rpartition(b" ") for line in said.splitlines()):
            yield int(size) if size.isdigit() else -1


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
            raise _failure(repository, "cat-file", output[start:end])
        size = int(facts[-1])
        yield output[end + 1 : end + 1 + size]
        start = end + size + 2


def _must(folder: Path, *arguments: str, stdin: bytes = b"") -> bytes:
    done = _git(folder, *arguments, stdin=stdin)
    if done.returncode:
        raise _failure(folder, arguments[0], done.stderr)
    return done.stdout


def _failure(folder: Path, command: str, said: bytes) -> GitError:
    if b"dubious ownership" in said:
        remedy = "请按 git 的提示把它加进 safe.directory"
        return GitError(f"{folder} 所在的 git 仓库属于别的用户，git 不肯读；{remedy}")
    words = _plain(said.decode("utf-8", "replace"))
    if _is_partial(folder):
        remedy = "请重新克隆，git clone 不带 --filter"
        return GitError(f"git {command} 没有成功：{words}；这是部分克隆，缺的内容 kesu 不联网取，{remedy}")
    return GitError(f"git {command} 没有成功：{words}；请检查仓库是否完整（git fsck）")


def _is_partial(folder: Path) -> bool:
    """Whether the clone was told to leave out what it could fetch later."""
    pattern = r"^(extensions\.partialclone|remote\..*\.promisor)$"
    return _git(folder, "config", "--get-regexp", pattern).returncode == 0


def _git(folder: Path, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run git on the repository that a folder lies in, to its end."""
    top = _located(folder)
    return _run(top, _environment(top), arguments, stdin)


def _run(
    folder: Path, environment: dict[str, str], arguments: Sequence[str], stdin: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    with _able():
        return subprocess.run(  # noqa: S603 - a fixed program, arguments never reach a shell
            _command(folder, arguments), input=stdin, env=environment, capture_output=True, check=False
        )


def _begun(
    folder: Path, *arguments: str, after: "subprocess.Popen[bytes] | None" = None
) -> "subprocess.Popen[bytes]":
    """Begin to run git and do not wait; it reads what another git writes."""
    top = _located(folder)
    with _able():
        begun = subprocess.Popen(  # noqa: S603 - the same
            _command(top, arguments),
            env=_environment(top),
            stdin=after.stdout if after else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    if after and after.stdout:
        after.stdout.close()
    return begun


@contextmanager
def _able() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise GitError("没有找到 git，读不了历史版本；请先安装 git") from None
    except OSError as error:
        raise GitError(f"git 运行不了：{why(error)}；请检查 git 是否装好") from None


def _command(folder: Path, arguments: Sequence[str]) -> list[str]:
    settings = (part for setting in _SETTINGS for part in ("-c", setting))
    return ["git", "--no-pager", *settings, "-C", str(folder), *arguments]


def _environment(top: Path) -> dict[str, str]:
    """Ask for English whatever the locale, of this repository and none above, whatever git was called for."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or _KEPT.fullmatch(name)
    }
    # the folder is named to git as its own, so that core.worktree can't name another; the repository is not:
    # git would no longer ask whose it is
    return inherited | _ALWAYS | {"GIT_CEILING_DIRECTORIES": str(top.parent), "GIT_WORK_TREE": str(top)}


def _located(folder: Path) -> Path:
    top = repository_above(folder)
    if top is None:
        raise GitError(
            f"{folder} 不在 git 仓库里，没有历史版本；"
            "请到 git 仓库里的文件夹运行，方案也可以直接比较两个文件夹"
        )
    return top


def _unknown(repository: Path, revision: str) -> str:
    """Say that a revision is not known; in a shallow clone it may only not have been fetched."""
    if is_shallow(repository):
        hint = "这是浅克隆，较早的版本不在本机，请先运行 git fetch --unshallow"
    else:
        hint = "用 git log 可查看有哪些版本"
    return f"git 里没有版本“{revision}”；{hint}"
