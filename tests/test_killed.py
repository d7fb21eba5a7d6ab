"""Killed at any moment of its writing, a command leaves each file as it was or as it was to be."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from form_city import FILE, REPORT, UNIT, form_bytes, lay_out
from kesu_cli.source.workspace import find_workspace
from killed import Server
from test_cli import kesu
from test_record import GIVEN

FORM = "表.xlsx"


class Writer(NamedTuple):
    """A command that writes, what the folder holds before it, and which moments are tried: every nth."""

    arguments: tuple[str, ...]
    prepare: Callable[[Path], None]
    every: int = 1


def _nothing(_: Path) -> None:
    pass


def _alias(city: Path) -> None:
    text = REPORT.replace(f"unit: {UNIT} ", "unit: 市全民科学素质工作领导小组办公室 ")
    (city / FILE).write_bytes(text.encode("gb18030"))


def _closed(city: Path) -> None:
    assert kesu("close", "2024", "--by", "李某", folder=city).returncode == 0


def _form(city: Path) -> None:
    (city / FORM).write_bytes(form_bytes(city))
    (city / FILE).unlink()


def _old_output(city: Path) -> None:
    (city / "报告.json").write_text("旧的\n", "utf-8")


CHECK = ("check", "progress/2024", "--as-of", "2025-02-28")
WRITERS = {
    "record": Writer(("record", *GIVEN), _nothing),
    "record, the first entry": Writer(("record", *GIVEN), lambda city: (city / FILE).unlink()),
    "fix": Writer(("fix",), _alias),
    "close": Writer(("close", "2024", "--by", "李某"), _nothing),
    "reopen": Writer(("reopen", "2024", "--unit", UNIT, "--reason", "抄错", "--by", "李某"), _closed),
    "form import": Writer(("form", "import", FORM, "--yes"), _form),
    "form export": Writer(("form", "export", "--year", "2024", "--unit", UNIT, "-o", "填报表"), _nothing),
    "init": Writer(("init", "新城", "--plan", "plan"), _nothing, 17),
    "schema": Writer(("schema", "progress", "-o", "a.json"), _nothing),
    "check": Writer((*CHECK, "-o", "json=报告.json"), _old_output),
    "check, two outputs": Writer((*CHECK, "-o", "json=报告.json", "-o", "xlsx=报告.xlsx"), _nothing),
}


def shown(folder: Path) -> dict[str, bytes]:
    """Return every file but the hidden ones that a killed command leaves."""
    files = (path for path in folder.rglob("*") if path.is_file())
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    return {name: content for name, content in found.items() if not _is_left_over(name)}


def _is_left_over(name: str) -> bool:
    """Whether it is the lock, or a hidden file whose name ends in some letters: .市科协.yaml.x1y2z3_4."""
    return re.fullmatch(r"\..+\.[a-z0-9_]{8}|\.kesu\.lock", name.rpartition("/")[2]) is not None


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.mark.parametrize("name", WRITERS)
def test_killed_at_every_moment_it_leaves_the_old_or_the_new(
    name: str, tmp_path: Path, server: Server
) -> None:
    writer = WRITERS[name]
    ready = lay_out(tmp_path / "ready")
    writer.prepare(ready)
    old = shown(ready)
    new = _run_whole(server, ready, tmp_path / "whole", writer.arguments)
    assert new != old
    seen, gone_on = set[bool](), set[object]()
    for moment in range(1, 500, writer.every):
        city = shutil.copytree(ready, tmp_path / "city" / str(moment))
        was_killed = server.killed_at(moment, writer.arguments, city)
        now = shown(city)
        assert all(now.get(file) in (old.get(file), new.get(file)) for file in old.keys() | new.keys())
        assert now.keys() <= old.keys() | new.keys()
        if not was_killed:
            assert new == now
            break
        seen.add(now == new)
        state = (frozenset(now.items()), sum(path.is_file() for path in city.rglob("*")))
        if state not in gone_on:
            _goes_on(server, city, writer.arguments, new)
        gone_on.add(state)
    assert (moment > 5, False in seen) == (True, True)


def _run_whole(server: Server, ready: Path, folder: Path, arguments: tuple[str, ...]) -> dict[str, bytes]:
    shutil.copytree(ready, folder)
    assert server.run(arguments, folder) in (0, 1)
    return shown(folder)


def _goes_on(server: Server, city: Path, arguments: tuple[str, ...], new: dict[str, bytes]) -> None:
    """Whatever was left behind is no report, and the command run again does what it did not come to."""
    listed, stray = find_workspace((city,)).listing()
    assert ({path.file for path in listed} | {path.file for path in stray}) <= new.keys()
    if shown(city) != new:
        assert server.run(arguments, city) in (0, 1)
    assert new == shown(city)
