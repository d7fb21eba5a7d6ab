"""The ends of the output: full, closed or left by its reader, a command ends honestly, in a line or none."""

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from test_cli import KESU, kesu

HERE = Path(__file__).parents[1]
PRINTING = (
    "check progress/2024",
    "check progress/2024 --format json",
    "check progress/2024 --format xlsx",
    "report --unit 市教体局",
    "explain M06-1",
    "rule KS301",
    "plan show",
    "calendar --format ics",
    "schema progress",
    "schema",
    "--help",
    "--version",
    "check --help",
    "",
)
STARTED = """
import gc, os, sys
sys.argv = ["kesu", *sys.argv[1:]]
from kesu_cli.cli import main
disable = gc.disable
gc.disable = lambda: (os.write(2, b"."), disable())  # what main does once it heeds Ctrl-C
main()
"""


@pytest.fixture
def city(tmp_path: Path) -> Path:
    shutil.copytree(HERE / "world" / "plan", tmp_path / "plan")
    shutil.copytree(HERE / "sample" / "progress", tmp_path / "progress")
    return tmp_path


def shell(city: Path, command: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of bash in which kesu stands for the program."""
    line = command.replace("kesu", str(KESU), 1)
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line}"], cwd=city, capture_output=True, timeout=60, check=False
    )


def is_quiet(said: bytes) -> bool:
    """Whether it is a line or none, neither a traceback nor an excuse."""
    words = said.decode()
    return len(words.splitlines()) <= 1 and not any(
        word in words for word in ("Traceback", "内部出错", "Exception ignored", "Error")
    )


@pytest.mark.parametrize("command", PRINTING)
@pytest.mark.parametrize("end", [">/dev/full", ">&-"])
def test_what_could_not_be_written_is_no_verdict(command: str, end: str, city: Path) -> None:
    done = shell(city, f"kesu {command} {end}")
    assert (done.returncode, is_quiet(done.stderr)) == (2, True), done.stderr.decode()
    assert "写不了标准输出" in done.stderr.decode()


@pytest.mark.parametrize("command", PRINTING[:8])
def test_a_reader_that_leaves_is_told_nothing(command: str, city: Path) -> None:
    done = shell(city, f"kesu {command} | true")
    assert (done.returncode, done.stderr) in ((2, b""), (kesu(*command.split(), folder=city).returncode, b""))
    held = shell(city, f"(sleep 0.6; kesu {command}) | true")
    assert (held.returncode, held.stderr) == (2, b"")


@pytest.mark.parametrize("lines", [0, 1, 3])
def test_the_first_lines_of_much_can_be_had(lines: int, city: Path) -> None:
    done = shell(city, f"kesu check progress/2024 --format json | head -n {lines}")
    assert (done.returncode, done.stderr) in ((2, b""), (1, b""))
    assert len(done.stdout.splitlines()) == lines


@pytest.mark.parametrize("end", ["2>&-", "2>/dev/full", "2>&- <&-"])
def test_a_verdict_needs_nobody_to_hear_the_remarks(end: str, city: Path) -> None:
    for command, expected in (("check progress/2024", 1), ("check 没有", 2), ("rule KS301", 0)):
        heard = kesu(*command.split(), folder=city)
        done = shell(city, f"kesu {command} {end}")
        assert (done.returncode, done.stdout) == (expected, heard.stdout)


def test_with_every_stream_closed_the_files_asked_for_are_whole(city: Path) -> None:
    before = (city / "progress/2024/市教体局.yaml").read_bytes()
    done = shell(city, "kesu check progress/2024 -o json=a.json <&- >&- 2>&-")
    assert done.returncode == 2
    kesu("check", "progress/2024", "-o", "json=b.json", folder=city)
    assert (city / "a.json").read_bytes() == (city / "b.json").read_bytes()
    assert before == (city / "progress/2024/市教体局.yaml").read_bytes()


def interrupted(
    city: Path, command: str, moment: float, ended: Callable[["subprocess.Popen[bytes]"], None]
) -> tuple[int, bytes]:
    started = [sys.executable, "-c", STARTED, *command.split()]
    with subprocess.Popen(started, cwd=city, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as run:
        assert run.stderr is not None
        assert run.stderr.read(1) == b"."
        time.sleep(moment)
        ended(run)
        return run.wait(), run.stderr.read()


def once(run: "subprocess.Popen[bytes]") -> None:
    run.send_signal(signal.SIGINT)


def twice(run: "subprocess.Popen[bytes]") -> None:
    run.send_signal(signal.SIGINT)
    time.sleep(0.002)
    run.send_signal(signal.SIGINT)


@pytest.mark.parametrize("command", ["check progress/2024", "report", "check progress -o xlsx=a.xlsx"])
@pytest.mark.parametrize("ended", [once, twice])
def test_ctrl_c_ends_in_silence_at_any_moment(
    command: str, ended: Callable[["subprocess.Popen[bytes]"], None], city: Path
) -> None:
    chance = random.Random(command)
    for moment in (0, 0.002, *(chance.uniform(0, 0.7) for _ in range(10))):
        code, said = interrupted(city, command, moment, ended)
        assert code in (130, kesu(*command.split(), folder=city).returncode), moment
        assert is_quiet(said), said.decode()
        assert not [path for path in city.iterdir() if path.name.startswith(".a")]


def test_ctrl_c_that_is_ignored_stays_ignored(city: Path) -> None:
    line = f"trap '' INT; {KESU} check progress/2024 >a.txt & sleep 0.1; kill -INT $!; wait $!"
    done = subprocess.run(["bash", "-c", line], cwd=city, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    assert (city / "a.txt").read_bytes() == kesu("check", "progress/2024", folder=city).stdout


def test_a_slow_reader_gets_all(city: Path) -> None:
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    command = [str(KESU), "check", "progress/2024", "--format", "json"]
    with subprocess.Popen(command, cwd=city, stdout=writing, stderr=subprocess.PIPE) as run:
        os.close(writing)
        time.sleep(1)
        with open(reading, "rb") as stream:  # noqa: PTH123 - a descriptor
            content = stream.read()
        assert run.wait() == 1
    assert content == kesu("check", "progress/2024", "--format", "json", folder=city).stdout


LIVE = "\n::stop-commands::t"
PLACES = {
    "the title of the plan": ("plan/measures.yaml", r"^title: (.*)$"),
    "the issuer": ("plan/measures.yaml", r"^issuer: (.*)$"),
    "the name of an action": ("plan/measures.yaml", r"^ *name: (青少年.*)$"),
    "the name of a task": ("plan/measures.yaml", r"^ *name: (培训科技辅导员)$"),
    "the name of a unit": ("plan/units.yaml", r"^ *- \{name: (市科协)"),
    "the name of an entry": ("progress/2024/市教体局.yaml", r"^ *name: (.*)$"),
    "a wrong date": ("progress/2024/市教体局.yaml", r"^ *- ?date: (.*)$|^ *date: (.*)$"),
    "a wrong unit": ("progress/2024/市教体局.yaml", r"^unit: (.*)$"),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("character", ["\n", "\r", "\r\n"])
def test_what_others_wrote_begins_no_line(place: str, character: str, city: Path) -> None:
    make_live(city, *PLACES[place], character)
    no_line_is_live(
        city,
        *(f"check progress/2024 --format {form}" for form in ("text", "table", "github", "markdown")),
        *("report", "report --unit 市教体局", "explain M06-1", "plan show", "plan units", "calendar"),
    )


IN_PLAN = {
    "a unit of measure": r"unit: (名)\}",
    "an item": r"items: \[([^,\]]+)",
    "words of the document": r"^ *quote: (每年培训.*)$",
    "a leading unit": r"lead: \[([^,\]]+)",
}


@pytest.mark.parametrize("place", IN_PLAN)
def test_what_stands_in_a_list_of_the_plan_begins_no_line(place: str, city: Path) -> None:
    make_live(city, "plan/measures.yaml", IN_PLAN[place], "\n")
    no_line_is_live(
        city, "check progress/2024 --format table", "report", "plan show A1", "plan show A9", "plan check"
    )


def make_live(city: Path, name: str, pattern: str, character: str) -> None:
    """Have a text of a file go on on a line that is an order to a workflow."""
    text = (city / name).read_text("utf-8")
    found = re.search(pattern, text, re.MULTILINE)
    assert found is not None
    group = next(number for number in range(1, len(found.groups()) + 1) if found[number])
    live = json.dumps(found[group] + LIVE.replace("\n", character), ensure_ascii=False)
    (city / name).write_text(text[: found.start(group)] + live + text[found.end(group) :], "utf-8")


def no_line_is_live(city: Path, *commands: str) -> None:
    for command in commands:
        done = kesu(*command.split(), folder=city)
        for line in (done.stdout + done.stderr).decode().replace("\r", "\n").split("\n"):
            assert not line.lstrip().startswith("::stop-commands"), (command, line)
