"""The tutorials are run as they stand: every command, its exit code and what is shown of its output."""

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

import client
from test_cli import kesu

ROOT = Path(__file__).parent.parent
PAGES = [*sorted((ROOT / "docs").glob("tutorial-*.md")), ROOT / "docs" / "officer.md"]
PROGRAMS = ("kesu", "git", "sed")

_STEP = re.compile(
    r"(?:<!-- exit (?P<exit>\d) -->\n)?```sh\n(?P<commands>.*?)```(?:\n\n```text\n(?P<shown>.*?)```)?"
    r"|<!-- file (?P<file>\S+) -->\n```yaml\n(?P<content>.*?)```"
    r"|<!-- fill (?P<form>\S+) -->\n\n(?P<cells>(?:\|[^\n]*\n)+)",
    re.DOTALL,
)
_CELL = re.compile(r"^\| ([A-Z]+\d+) \| .*? \| (.*) \|$", re.MULTILINE)


class Step(NamedTuple):
    """One thing that the reader of a tutorial does."""

    exit: str | None
    commands: str | None
    shown: str | None
    file: str | None
    content: str | None
    form: str | None
    cells: str | None


def steps(page: Path) -> list[Step]:
    return [Step(**found.groupdict()) for found in _STEP.finditer(page.read_text("utf-8"))]


def _do(step: Step, folder: Path) -> Path:
    """Do a step in a folder; return where the reader stands afterwards."""
    if step.file and step.content:
        (folder / step.file).write_text(step.content, "utf-8")
    elif step.form and step.cells:
        _fill(folder / step.form, step.cells)
    else:
        return _run(step, folder)
    return folder


def _fill(form: Path, cells: str) -> None:
    book = openpyxl.load_workbook(form)
    for name, value in _CELL.findall(cells):
        book["台账"][name] = value
    book.save(form)


def _run(step: Step, folder: Path) -> Path:
    """Run the commands of a step; the exit code is that of the last, all others succeed."""
    said = ""
    commands = (step.commands or "").splitlines()
    for number, command in enumerate(commands, 1):
        program, *arguments = shlex.split(command)
        if program == "cd":
            folder /= arguments[0]
            continue
        assert program in PROGRAMS
        done = kesu(*arguments, folder=folder) if program == "kesu" else _other(program, arguments, folder)
        said += done.stdout.decode()
        expected = int(step.exit or 0) if number == len(commands) else 0
        assert expected == done.returncode, f"{command}\n{done.stdout.decode()}{done.stderr.decode()}"
    assert _missing(step.shown or "", said) == ""
    return folder


def _other(program: str, arguments: list[str], folder: Path) -> subprocess.CompletedProcess[bytes]:
    who = {
        f"GIT_{role}_{key}": "kesu@example.com"
        for role in ("AUTHOR", "COMMITTER")
        for key in ("NAME", "EMAIL")
    }
    return subprocess.run(
        [client.program(program), *arguments],
        cwd=folder,
        env=os.environ | who,
        capture_output=True,
        timeout=60,
        check=False,
    )


def _missing(shown: str, said: str) -> str:
    return "\n".join(
        line
        for line in shown.splitlines()
        if not re.search(".*".join(map(re.escape, line.split("……"))), said)
    )


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_tutorial_does_what_it_says(page: Path, tmp_path: Path) -> None:
    for name in ("plan", "progress"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "tests" / "fixtures" / "documents", tmp_path / "documents")
    folder = tmp_path
    for step in steps(page):
        folder = _do(step, folder)


def test_no_command_of_the_tutorials_is_left_out() -> None:
    for page in PAGES:
        commands = sum(bool(step.commands) for step in steps(page))
        assert page.read_text("utf-8").count("```sh\n") == commands > 0
