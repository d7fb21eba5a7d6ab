"""Repositories that name programs in their settings: whatever kesu is asked there, none of them runs."""

import io
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from form_city import FILE, UNIT, lay_out
from kesu_cli.cli.app import run
from kesu_cli.engine.check import Request, check
from kesu_cli.source.git import GitError, commit_of
from test_git import commit, git

TODAY = date(2024, 12, 1)
CLOSED = "progress/2024/.closed.yaml"
ENTRY = ("--unit", UNIT, "--task", "M06-1", "--date", "2024-07-20", "--name", "二期", "--value", "12")
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("check",),
    ("check", "progress/2024", "--since", "HEAD"),
    ("check", "--since", "HEAD~1"),
    ("report",),
    ("explain", "M06-1", "--year", "2024"),
    ("calendar",),
    ("log",),
    ("plan", "diff", "HEAD~1", "HEAD"),
    ("reopen", "2024", "--unit", UNIT, "--reason", "抄错"),
    ("record", *ENTRY),
    ("fix",),
    ("form", "export", "--year", "2024", "-o", "out"),
    ("form", "import", f"out/2024-{UNIT}.xlsx"),
    ("close", "2024"),
    ("close", "2024", "--by", "李某"),
    ("init", "新区"),
)


def kesu(folder: Path, *command: str) -> tuple[int, str]:
    """Run kesu in this process; return its exit code and all that it said."""
    said = io.BytesIO()
    out, err = (io.TextIOWrapper(said, "utf-8", write_through=True) for _ in range(2))
    with chdir(folder), redirect_stdout(out), redirect_stderr(err):
        code = run(list(command))
    return code, said.getvalue().decode()


@dataclass(frozen=True)
class Trap:
    """A clone of a stranger: the folder to work in, and where its programs would leave their marks."""

    city: Path
    marks: Path

    def program(self, name: str) -> str:
        """Write a program that leaves a mark."""
        path = self.marks.parent / f"{name}.sh"
        path.write_text(f"#!/bin/sh\ntouch '{self.marks}/{name}'\ncat >/dev/null 2>&1 </dev/null\nexit 1\n")
        path.chmod(0o755)
        return str(path)

    def set(self, *pairs: str, config: str = ".git/config") -> None:
        for pair in pairs:
            key, _, value = pair.partition("=")
            git(self.city, "config", "-f", config, "--add", key, value)

    @property
    def sprung(self) -> list[str]:
        return sorted(path.name for path in self.marks.iterdir())


@pytest.fixture(scope="session")
def closed_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay out a city with a closed year, changed afterwards and committed: its history is asked for names."""
    city = lay_out(tmp_path_factory.mktemp("git") / "city")
    git(city, "init", "-q", "-b", "main")
    commit(city, "one")
    assert kesu(city, "close", "2024", "--by", "李某")[0] == 0
    commit(city, "two")
    text = (city / FILE).read_text("utf-8")
    (city / FILE).write_text(text.replace("value: 18", "value: 19"), "utf-8")
    commit(city, "three")
    return city


@pytest.fixture
def trap(closed_city: Path, tmp_path: Path) -> Trap:
    (tmp_path / "marks").mkdir()
    return Trap(Path(shutil.copytree(closed_city, tmp_path / "city")), tmp_path / "marks")


# --- settings that name a program, each with what git would have to be asked to run it


def monitor(trap: Trap) -> None:
    trap.set(f"core.fsmonitor={trap.program('monitor')}")


def included_monitor(trap: Trap) -> None:
    trap.set(f"core.fsmonitor={trap.program('monitor')}", config="../more.config")
    trap.set("include.path=../../more.config")


def monitor_included_on_condition(trap: Trap) -> None:
    trap.set(f"core.fsmonitor={trap.program('monitor')}", config="../more.config")
    trap.set(f"includeIf.gitdir:{trap.city}/.path=../../more.config")


def monitor_of_the_worktree(trap: Trap) -> None:
    trap.set("core.repositoryFormatVersion=1", "extensions.worktreeConfig=true")
    trap.set(f"core.fsmonitor={trap.program('monitor')}", config=".git/config.worktree")


def clean_filter(trap: Trap) -> None:
    (trap.city / ".gitattributes").write_text("* filter=evil\n")
    trap.set(f"filter.evil.clean={trap.program('clean')}")


def filter_process(trap: Trap) -> None:
    (trap.city / ".gitattributes").write_text("* filter=evil\n")
    trap.set(f"filter.evil.process={trap.program('process')}", "filter.evil.required=true")


def filter_of_its_own_attributes(trap: Trap) -> None:
    (trap.city / ".git" / "info").mkdir(exist_ok=True)
    (trap.city / ".git" / "info" / "attributes").write_text("*.yaml filter=evil\n")
    trap.set(f"filter.evil.clean={trap.program('clean')}")


def included_filter(trap: Trap) -> None:
    (trap.city / ".gitattributes").write_text("* filter=evil\n")
    trap.set(f"filter.evil.clean={trap.program('clean')}", config="../more.config")
    trap.set("include.path=../../more.config")


def _signed(trap: Trap, kind: str) -> None:
    body = subprocess.run(
        ["git", "cat-file", "commit", "HEAD"], cwd=trap.city, capture_output=True, check=True
    ).stdout
    head, _, message = body.partition(b"\n\n")
    seal = f"-----BEGIN {kind}-----\n \n x\n -----END {kind}-----"
    signed = head + f"\ngpgsig {seal}\n\n".encode() + message
    made = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin"],
        cwd=trap.city,
        input=signed,
        capture_output=True,
        check=True,
    )
    git(trap.city, "reset", "-q", "--soft", made.stdout.decode().strip())


def signature(trap: Trap) -> None:
    _signed(trap, "PGP SIGNATURE")
    trap.set("log.showSignature=true", f"gpg.program={trap.program('gpg')}")


def signature_of_ssh(trap: Trap) -> None:
    _signed(trap, "SSH SIGNATURE")
    (trap.city.parent / "signers").write_text("x\n")
    trap.set(
        "log.showSignature=true",
        "gpg.format=ssh",
        f"gpg.ssh.program={trap.program('ssh-keygen')}",
        f"gpg.ssh.allowedSignersFile={trap.city.parent / 'signers'}",
    )


def signature_of_a_certificate(trap: Trap) -> None:
    _signed(trap, "SIGNED MESSAGE")
    trap.set("log.showSignature=true", f"gpg.x509.program={trap.program('gpgsm')}")


def hooks_elsewhere(trap: Trap) -> None:
    shutil.copy(trap.program("hook"), trap.city.parent / "post-index-change")
    trap.set(f"core.hooksPath={trap.city.parent}")


def hook_of_the_index(trap: Trap) -> None:
    (trap.city / ".git" / "hooks").mkdir(exist_ok=True)
    shutil.copy(trap.program("hook"), trap.city / ".git" / "hooks" / "post-index-change")


def included_hooks(trap: Trap) -> None:
    shutil.copy(trap.program("hook"), trap.city.parent / "post-index-change")
    trap.set(f"core.hooksPath={trap.city.parent}", config="../more.config")
    trap.set("include.path=../../more.config")


def external_diff(trap: Trap) -> None:
    trap.set(f"diff.external={trap.program('diff')}")


def diff_driver(trap: Trap) -> None:
    (trap.city / ".git" / "info").mkdir(exist_ok=True)
    (trap.city / ".git" / "info" / "attributes").write_text("* diff=evil\n")
    trap.set(f"diff.evil.command={trap.program('diff')}")


def textconv(trap: Trap) -> None:
    (trap.city / ".git" / "info").mkdir(exist_ok=True)
    (trap.city / ".git" / "info" / "attributes").write_text("* diff=evil\n")
    trap.set(f"diff.evil.textconv={trap.program('textconv')}")


def _lost(trap: Trap) -> None:
    """Take an object away that git would fetch, as a partial clone may."""
    for name in ("HEAD~1:plan/measures.yaml", f"HEAD~1:{CLOSED}", f"HEAD~1:{FILE}"):
        lost = git(trap.city, "rev-parse", name)
        (trap.city / ".git" / "objects" / lost[:2] / lost[2:]).unlink(missing_ok=True)
    trap.set(
        "core.repositoryFormatVersion=1", "extensions.partialClone=origin", "remote.origin.promisor=true"
    )


def lazy_by_a_command(trap: Trap) -> None:
    _lost(trap)
    trap.set(
        f"remote.origin.url=ext::{trap.program('ext')}", "protocol.ext.allow=always", "protocol.allow=always"
    )


def lazy_by_ssh(trap: Trap) -> None:
    _lost(trap)
    trap.set("remote.origin.url=ssh://host.invalid/x", f"core.sshCommand={trap.program('ssh')}")


def lazy_by_a_proxy(trap: Trap) -> None:
    _lost(trap)
    trap.set("remote.origin.url=git://host.invalid/x", f"core.gitProxy={trap.program('proxy')}")


def lazy_by_a_pack_program(trap: Trap) -> None:
    _lost(trap)
    trap.set(f"remote.origin.url={trap.city}", f"remote.origin.uploadpack={trap.program('pack')}")


STATUS, LOG, DIFF = ("status",), ("log", "-1"), ("diff", "HEAD~1", "HEAD")
FETCH = ("cat-file", "-p", "HEAD~1:plan/measures.yaml")
SETTINGS: tuple[tuple[Callable[[Trap], None], tuple[str, ...]], ...] = (
    (monitor, STATUS),
    (included_monitor, STATUS),
    (monitor_included_on_condition, STATUS),
    (monitor_of_the_worktree, STATUS),
    (clean_filter, STATUS),
    (filter_process, STATUS),
    (filter_of_its_own_attributes, STATUS),
    (included_filter, STATUS),
    (signature, LOG),
    (signature_of_ssh, LOG),
    (signature_of_a_certificate, LOG),
    (hooks_elsewhere, STATUS),
    (hook_of_the_index, STATUS),
    (included_hooks, STATUS),
    (external_diff, DIFF),
    (diff_driver, DIFF),
    (textconv, DIFF),
    (lazy_by_a_command, FETCH),
    (lazy_by_ssh, FETCH),
    (lazy_by_a_proxy, FETCH),
    (lazy_by_a_pack_program, FETCH),
)


def touched(folder: Path) -> None:
    """Give every file another moment, so that git would have to look at it again."""
    for path in folder.rglob("*"):
        if path.is_file() and ".git" not in path.parts:
            os.utime(path, (1_700_000_000, 1_700_000_000))


def springs(folder: Path, asked: Sequence[str]) -> None:
    """Ask git itself, so that it is seen that the trap is live; the settings of the user play no part."""
    plain = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_NO_LAZY_FETCH": "0"}
    subprocess.run(
        ["git", *asked], cwd=folder, env=os.environ | plain, capture_output=True, check=False, timeout=60
    )


def nothing_runs(trap: Trap, folder: Path) -> None:
    for command in COMMANDS:
        touched(trap.city)
        code, said = kesu(folder, *command)
        assert (command, []) == (command, trap.sprung)
        assert (command, True) == (command, code in (0, 1, 2))
        assert "内部出错" not in said


@pytest.mark.parametrize(("lay", "asked"), SETTINGS, ids=[lay.__name__ for lay, _ in SETTINGS])
def test_no_command_runs_what_the_settings_of_a_repository_name(
    lay: Callable[[Trap], None], asked: tuple[str, ...], trap: Trap
) -> None:
    lay(trap)
    nothing_runs(trap, trap.city)
    touched(trap.city)
    springs(trap.city, asked)
    assert trap.sprung, "the trap was not live"


# --- repositories that lie where none should ----------------------------------


def _bare(trap: Trap, folder: Path) -> Path:
    """Make a folder a bare repository with a worktree of its own, as can be committed into another."""
    shutil.copytree(trap.city / "plan", folder / "plan")
    shutil.copytree(trap.city / "progress", folder / "progress")
    for name in ("HEAD", "objects", "refs", "index"):
        source = trap.city / ".git" / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    (folder / "config").write_text(
        f"[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n"
        f"\tfsmonitor = {trap.program('monitor')}\n"
    )
    return folder


def in_a_clone(trap: Trap) -> Path:
    return _bare(trap, trap.city / "sub")


def deep_in_a_clone(trap: Trap) -> Path:
    return _bare(trap, trap.city / "资料" / "旧" / "sub")


def in_no_clone(trap: Trap) -> Path:
    return _bare(trap, trap.city.parent / "sub")


def beside_an_empty_git_folder(trap: Trap) -> Path:
    folder = _bare(trap, trap.city / "sub")
    (folder / ".git").mkdir()
    return folder


def named_by_a_git_file(trap: Trap) -> Path:
    folder = _bare(trap, trap.city / "sub")
    (folder / ".git").write_text("gitdir: .\n")
    return folder


def named_from_another_folder(trap: Trap) -> Path:
    _bare(trap, trap.city / "sub")
    folder = Path(shutil.copytree(trap.city / "sub" / "plan", trap.city.parent / "other" / "plan")).parent
    shutil.copytree(trap.city / "progress", folder / "progress")
    (folder / ".git").write_text(f"gitdir: {trap.city / 'sub'}\n")
    return folder


def linked(trap: Trap) -> Path:
    folder = _bare(trap, trap.city / "sub")
    (folder / ".git").symlink_to("../sub")
    return folder


@pytest.mark.parametrize(
    "lay",
    [
        in_a_clone,
        deep_in_a_clone,
        in_no_clone,
        beside_an_empty_git_folder,
        named_by_a_git_file,
        named_from_another_folder,
        linked,
    ],
)
def test_a_repository_among_the_files_of_another_runs_nothing(
    lay: Callable[[Trap], Path], trap: Trap
) -> None:
    folder = lay(trap)
    nothing_runs(trap, folder)
    springs(folder, STATUS)
    assert trap.sprung, "the trap was not live"


@pytest.mark.parametrize("lay", [in_a_clone, deep_in_a_clone])
def test_the_repository_around_is_read_and_not_the_bare_one_inside(
    lay: Callable[[Trap], Path], trap: Trap
) -> None:
    folder = lay(trap)
    outer = commit(trap.city, "four")
    assert outer == commit_of(folder, "HEAD").hash


def test_a_bare_repository_in_no_other_is_no_repository(trap: Trap) -> None:
    with pytest.raises(GitError, match="不在 git 仓库里"):
        commit_of(in_no_clone(trap), "HEAD")


def test_a_work_tree_elsewhere_changes_nothing(trap: Trap) -> None:
    before = kesu(trap.city, "check")
    trap.set("core.worktree=../elsewhere")
    assert before == kesu(trap.city, "check")


# --- settings that hide history, and what the caller's environment names ------


@pytest.mark.parametrize(
    "setting",
    ["log.showRoot=false", "log.follow=true", "diff.renames=copies", "log.diffMerges=off", "log.date=raw"],
)
def test_no_setting_changes_what_is_said_of_a_closing(setting: str, trap: Trap) -> None:
    expected = kesu(trap.city, "check")
    trap.set(setting)
    assert expected == kesu(trap.city, "check")


def replaced_by_another(trap: Trap) -> None:
    """Lay the commit before the closing over the one that has it."""
    git(trap.city, "replace", "-f", "HEAD~1", "HEAD~2")


def grafted(trap: Trap) -> None:
    """Say that the last commit has no forefather."""
    (trap.city / ".git" / "info").mkdir(exist_ok=True)
    (trap.city / ".git" / "info" / "grafts").write_text(f"{git(trap.city, 'rev-parse', 'HEAD')}\n")


def replaced_in_its_content(trap: Trap) -> None:
    """Lay what a file says now over what it said when the year was closed."""
    git(trap.city, "replace", f"HEAD~1:{CLOSED}", f"HEAD~1:{FILE}")


@pytest.mark.parametrize("lay", [replaced_by_another, grafted, replaced_in_its_content])
def test_no_history_laid_over_another_hides_a_closing(lay: Callable[[Trap], None], trap: Trap) -> None:
    taken(trap)
    expected = kesu(trap.city, "check", "progress/2024")
    assert "封存记录被删除" in expected[1]
    git(trap.city, "tag", "old", "HEAD~1")
    git(trap.city, "checkout", "-q", "-B", "main", "HEAD")
    lay(trap)
    assert expected == kesu(trap.city, "check", "progress/2024")


def test_the_name_under_a_closing_is_not_taken_from_the_settings_of_a_repository(
    trap: Trap, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    trap.set("user.name=市长")
    reopen = ("reopen", "2024", "--unit", UNIT, "--reason", "抄错")
    code, said = kesu(trap.city, *reopen)
    assert (code, "请写 --by 姓名" in said) == (2, True)
    own = trap.marks.parent / "own"
    own.write_text("[user]\n\tname = 李某\n", "utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(own))
    assert kesu(trap.city, *reopen)[0] == 0
    assert "reopened_by: 李某" in (trap.city / CLOSED).read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GIT_EXTERNAL_DIFF", "{program}"),
        ("GIT_SSH_COMMAND", "{program}"),
        ("GIT_ICASE_PATHSPECS", "1"),
        ("GIT_LITERAL_PATHSPECS", "1"),
        ("GIT_DIR", "{folder}/elsewhere"),
        ("GIT_INDEX_FILE", "{folder}/elsewhere"),
        ("GIT_OBJECT_DIRECTORY", "{folder}/elsewhere"),
        ("GIT_SHALLOW_FILE", "{folder}/elsewhere"),
        ("GIT_CEILING_DIRECTORIES", "{folder}"),
    ],
)
def test_what_git_was_called_for_elsewhere_changes_nothing(
    name: str, value: str, trap: Trap, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = kesu(trap.city, "check", "--since", "HEAD~2")
    monkeypatch.setenv(name, value.format(program=trap.program("caller"), folder=trap.city.parent))
    assert expected == kesu(trap.city, "check", "--since", "HEAD~2")
    assert trap.sprung == []


# --- what git can't tell is said ----------------------------------------------


def untraced(folder: Path) -> list[str]:
    found = check(Request((folder / "progress" / "2024",), TODAY), "test").findings
    return [f"{it.message}；{it.hint}" for it in found if it.code == "KS608"]


def taken(trap: Trap) -> None:
    """Take the closing away and commit it: git alone knows of it."""
    (trap.city / CLOSED).unlink()
    commit(trap.city, "four")


def object_of(trap: Trap, name: str) -> Path:
    lost = git(trap.city, "rev-parse", name)
    return trap.city / ".git" / "objects" / lost[:2] / lost[2:]


def without_its_head(trap: Trap) -> None:
    (trap.city / ".git" / "HEAD").unlink()


def without_a_commit(trap: Trap) -> None:
    object_of(trap, "HEAD~1").unlink()


def without_a_tree(trap: Trap) -> None:
    object_of(trap, "HEAD~1^{tree}").unlink()


def without_the_closing(trap: Trap) -> None:
    object_of(trap, f"HEAD~1:{CLOSED}").unlink()


def without_its_branch(trap: Trap) -> None:
    git(trap.city, "branch", "other")
    (trap.city / ".git" / "refs" / "heads" / "main").unlink()


def with_a_broken_object(trap: Trap) -> None:
    path = object_of(trap, "HEAD~1")
    path.chmod(0o644)
    path.write_bytes(b"x")


def with_settings_that_are_none(trap: Trap) -> None:
    (trap.city / ".git" / "config").write_text("[core\n")


def with_a_git_file_that_leads_nowhere(trap: Trap) -> None:
    shutil.rmtree(trap.city / ".git")
    (trap.city / ".git").write_text("gitdir: ../nowhere\n")


@pytest.mark.parametrize(
    "damage",
    [
        without_its_head,
        without_a_commit,
        without_a_tree,
        without_the_closing,
        without_its_branch,
        with_a_broken_object,
        with_settings_that_are_none,
        with_a_git_file_that_leads_nowhere,
    ],
)
def test_in_a_damaged_repository_nothing_found_is_not_said_to_be_nothing_changed(
    damage: Callable[[Trap], None], trap: Trap
) -> None:
    taken(trap)
    assert untraced(trap.city) == []
    damage(trap)
    assert ["git fsck" in line for line in untraced(trap.city)] == [True]


def test_what_a_partial_clone_left_out_is_said_and_not_fetched(trap: Trap) -> None:
    taken(trap)
    lazy_by_a_command(trap)
    object_of(trap, "HEAD~1:progress").unlink()
    assert ["部分克隆" in line for line in untraced(trap.city)] == [True]
    assert trap.sprung == []


@pytest.mark.parametrize("is_closed", [True, False])
def test_without_git_it_is_said_that_closings_leave_no_trace(
    is_closed: bool, trap: Trap, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not is_closed:
        taken(trap)
    monkeypatch.setenv("PATH", str(trap.marks))
    assert ["没有找到 git" in line for line in untraced(trap.city)] == [True]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a repository away")
@pytest.mark.parametrize("is_closed", [True, False])
def test_of_a_repository_of_another_user_the_right_reason_is_given(
    is_closed: bool, trap: Trap, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not is_closed:
        taken(trap)
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    for path in (trap.city, trap.city / ".git"):
        os.chown(path, 12345, 12345)
    assert ["safe.directory" in line for line in untraced(trap.city)] == [True]
    said = kesu(trap.city, "check")[1]
    assert "不在 git 仓库里" not in said
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "safe.directory")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", str(trap.city))
    assert untraced(trap.city) == []


def test_a_shallow_clone_is_named_where_years_are_closed(trap: Trap, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{trap.city}", "clone")
    assert ["--unshallow" in line for line in untraced(tmp_path / "clone")] == [True]
    taken(trap)
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{trap.city}", "later")
    assert untraced(tmp_path / "later") == []


def test_nothing_is_said_in_no_repository_and_before_the_first_commit(tmp_path: Path) -> None:
    city = lay_out(tmp_path / "city")
    assert untraced(city) == []
    git(city, "init", "-q")
    assert untraced(city) == []
    commit(city, "one")
    assert untraced(city) == []
