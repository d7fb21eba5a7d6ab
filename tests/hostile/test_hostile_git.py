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
    ("form", "import", f"out/{UNIT}2024年填报表.xlsx"),
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


# --- settings that name a program, each with what git would have to be asked to run it ---------------------


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


@pytest.mark.parametrize(("lay", "asked"), SETTINGS, ids=[lay.__name__ for lay, _ in SETTINGS])
def test_no_command_runs_what_the_settings_of_a_repository_name(
    lay: Callable[[Trap], None], asked: tuple[str, ...], trap: Trap
) -> None:
    lay(trap)
    for command in COMMANDS:
        touched(trap.city)
        code, said = kesu(trap.city, *command)
        assert (command, []) == (command, trap.sprung)
        assert (command, True) == (command, code in (0, 1, 2))
        assert "内部出错" not in said
    touched(trap.city)
    springs(trap.city, asked)
    assert trap.sprung, "the trap was not live"
