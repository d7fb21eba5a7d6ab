"""The tutorials are run as they stand: every command, its exit code and what is shown of its output."""

import re
import shlex
import shutil
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

from test_cli import kesu

ROOT = Path(__file__).parent.parent
TUTORIALS = sorted((ROOT / "docs").glob("tutorial-*.md"))

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


def _do(step: Step, folder: Path) -> None:
    if step.file and step.content:
        (folder / step.file).write_text(step.content, "utf-8")
    elif step.form and step.cells:
        _fill(folder / step.form, step.cells)
    else:
        _run(step, folder)


def _fill(form: Path, cells: str) -> None:
    book = openpyxl.load_workbook(form)
    for name, value in _CELL.findall(cells):
        book["台账"][name] = value
    book.save(form)


def _run(step: Step, folder: Path) -> None:
    for command in (step.commands or "").splitlines():
        program, *arguments = shlex.split(command)
        assert program == "kesu"
        done = kesu(*arguments, folder=folder)
        said = done.stdout.decode()
        assert (int(step.exit or 0), "") == (done.returncode, _missing(step.shown or "", said)), command


def _missing(shown: str, said: str) -> str:
    return "\n".join(line for line in shown.splitlines() if line not in said)


@pytest.mark.parametrize("page", TUTORIALS, ids=lambda page: page.stem)
def test_a_tutorial_does_what_it_says(page: Path, tmp_path: Path) -> None:
    for name in ("plan", "progress"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "tests" / "fixtures" / "documents", tmp_path / "documents")
    for step in steps(page):
        _do(step, tmp_path)


def test_no_command_of_the_tutorials_is_left_out() -> None:
    for page in TUTORIALS:
        commands = sum(bool(step.commands) for step in steps(page))
        assert page.read_text("utf-8").count("```sh\n") == commands > 0
