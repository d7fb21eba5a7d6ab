"""Two writers at once: whatever either of them says it has written is there in the end.

KESU_PAIRS=200 pytest -n0 tests/hostile/test_two_writers.py runs as many rounds of every pair; 2 in the suite.
"""

import fcntl
import os
import re
import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations_with_replacement
from pathlib import Path
from typing import NamedTuple

import pytest

from form_city import FILE, REPORT, UNIT, form_bytes, lay_out
from killed import Server
from test_cli import KESU, kesu

ROUNDS = int(os.environ.get("KESU_PAIRS", "2"))
CLOSED = "progress/2024/.closed.yaml"
LOCK = ".kesu.lock"
AT = 1 << 20
OTHER_NAME = "市全民科学素质工作领导小组办公室"
UNITS = (UNIT, "市教体局")


class Writer(NamedTuple):
    """What is run as the nth of two, and how the folder shows that it was done."""

    arguments: Callable[[int], tuple[str, ...]]
    is_done: Callable[[Path, int], bool]


def _record(nth: int) -> tuple[str, ...]:
    entry = ("--task", "M06-1", "--date", f"2024-08-{nth + 1:02}", "--name", f"记入{nth}", "--value", "12")
    return ("record", "--unit", UNIT, *entry)


def _reopen(nth: int) -> tuple[str, ...]:
    return ("reopen", "2024", "--unit", UNITS[nth], "--reason", "抄错", "--by", "李某")


def _says(file: str, words: str) -> Callable[[Path, int], bool]:
    return lambda city, nth: words.format(nth=nth, unit=UNITS[nth]) in (city / file).read_text("utf-8")


def _is_sealed(city: Path, _: int) -> bool:
    """Whether the closing covers what the files say now: closing again has nothing to add."""
    before = (city / CLOSED).read_bytes()
    again = kesu("close", "2024", "--by", "李某", folder=city)
    return again.returncode == 0 and (city / CLOSED).read_bytes() == before


def _is_there(city: Path, _: int) -> bool:
    return (city / CLOSED).exists()


WRITERS = {
    "record": Writer(_record, _says(FILE, "记入{nth}")),
    "import": Writer(lambda nth: ("form", "import", f"表{nth}.xlsx", "--yes"), _says(FILE, "填表{nth}")),
    "fix": Writer(lambda _: ("fix",), _says(FILE, f"unit: {UNIT}")),
    "close": Writer(lambda _: ("close", "2024", "--by", "李某"), _is_sealed),
    "reopen": Writer(_reopen, _says(CLOSED, "unit: {unit}")),
}
PAIRS = tuple(combinations_with_replacement(WRITERS, 2))


def _ready(folder: Path, pair: Sequence[str]) -> Path:
    """Lay out a workspace in which both writers have something to do."""
    city = lay_out(folder)
    for nth in range(2):
        row = f"  - {{task: M06-1, date: 2024-09-0{nth + 1}, name: 填表{nth}, value: 3}}\n"
        (city / FILE).write_text(REPORT.replace("nothing_to", f"{row}nothing_to"), "utf-8")
        (city / f"表{nth}.xlsx").write_bytes(form_bytes(city))
    text = REPORT.replace(f"unit: {UNIT} ", f"unit: {OTHER_NAME} ") if "fix" in pair else REPORT
    (city / FILE).write_text(text, "utf-8")
    if "reopen" in pair:
        assert kesu("close", "2024", "--by", "李某", folder=city).returncode == 0
    return city


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[Server, Server]]:
    both = Server(), Server()
    yield both
    for server in both:
        server.close()


@pytest.mark.parametrize("pair", PAIRS, ids="/".join)
def test_of_two_writers_at_once_neither_loses_what_it_says_it_wrote(
    pair: tuple[str, str], tmp_path: Path, servers: tuple[Server, Server]
) -> None:
    ready = _ready(tmp_path / "ready", pair)
    before = {path: path.read_bytes() for path in ready.rglob("*") if path.is_file()}
    lost, done = [], 0
    for turn in range(ROUNDS):
        for path in {*ready.rglob("*")} - before.keys():
            path.unlink() if path.is_file() else None
        for path, content in before.items():
            path.write_bytes(content)
        orders = [(name, int(name == pair[0] and nth > 0)) for nth, name in enumerate(pair)]
        for server, (name, nth) in zip(servers, orders, strict=True):
            server.send(WRITERS[name].arguments(nth), ready)
        codes = [server.code() for server in servers]
        assert set(codes) <= {0, 1, 2}
        assert not (ready / LOCK).exists()
        written = [order for order, code in zip(orders, codes, strict=True) if code == 0]
        done += len(written)
        lost += [(turn, name) for name, nth in written if not _was_done(pair, name, nth, ready)]
    assert lost == []
    assert done >= ROUNDS


def _was_done(pair: Sequence[str], name: str, nth: int, city: Path) -> bool:
    """Whether it can be seen; of a closing that may have been reopened since only that it is there."""
    is_open_again = name == "close" and "reopen" in pair
    return _is_there(city, nth) if is_open_again else WRITERS[name].is_done(city, nth)


def test_a_lock_that_is_held_is_waited_for_and_its_holder_named(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    with (city / LOCK).open("w+") as held:
        held.write("4321 wang-pc 2026-11-30 09:15:00")
        held.flush()
        fcntl.lockf(held, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, AT)
        done = kesu(*_record(0), folder=city)
    assert (done.returncode, (city / FILE).read_text("utf-8")) == (2, REPORT)
    assert done.stderr.decode() == (
        "错误：另一个 kesu（进程 4321，主机 wang-pc，2026-11-30 09:15:00 起）正在写这个工作区，"
        "等了 10 秒还没有写完，没有写入；请等它结束以后再运行\n"
    )


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("4321 wang-pc 2026-11-30 09:15:00", "（进程 4321，主机 wang-pc，2026-11-30 09:15:00 起）"),
        ("4321 wang", ""),
        ("\x1b[31m\u202e::stop-commands::x\n", ""),
    ],
)
def test_a_lock_left_behind_is_named_and_cleared(text: str, who: str, tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    (city / LOCK).write_text(text, "utf-8")
    done = kesu(*_record(0), folder=city)
    said = f"上一次运行的 kesu{who}中途停止，留下的锁已清除；请核对它要写的写进去没有\n"
    assert (0, said) == (done.returncode, done.stderr.decode())
    assert "记入0" in (city / FILE).read_text("utf-8")
    assert not (city / LOCK).exists()


def test_a_writer_killed_while_it_waits_or_writes_keeps_nobody_out(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    with (city / LOCK).open("w+") as held:
        fcntl.lockf(held, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, AT)
        waiting = subprocess.Popen([KESU, *_record(0)], cwd=city, stderr=subprocess.DEVNULL)
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(timeout=3)
        waiting.send_signal(signal.SIGKILL)
        waiting.wait()
    assert kesu(*_record(1), folder=city).returncode == 0


@pytest.mark.parametrize("kind", ["link", "dangling link", "second name", "folder", "pipe"])
def test_a_lock_that_is_no_plain_file_is_refused_and_what_it_leads_to_stays(
    kind: str, tmp_path: Path
) -> None:
    city, outside = lay_out(tmp_path / "city"), tmp_path / "outside"
    outside.write_text("别人的\n", "utf-8")
    make: dict[str, Callable[[Path], object]] = {
        "link": lambda lock: lock.symlink_to(outside),
        "dangling link": lambda lock: lock.symlink_to(tmp_path / "nowhere"),
        "second name": lambda lock: lock.hardlink_to(outside),
        "folder": Path.mkdir,
        "pipe": os.mkfifo,
    }
    make[kind](city / LOCK)
    done = kesu(*_record(0), folder=city)
    assert (done.returncode, (city / FILE).read_text("utf-8")) == (2, REPORT)
    assert re.fullmatch(r"错误：.*\.kesu\.lock.*\n", done.stderr.decode())
    assert outside.read_text("utf-8") == "别人的\n"
    assert not (tmp_path / "nowhere").exists()


def test_a_lock_is_no_file_of_the_year_for_check_and_closing(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    plain = kesu("check", "progress/2024", "--as-of", "2025-02-28", folder=city).stdout
    (city / LOCK).write_text("1 a 2026-11-30 09:15:00", "utf-8")
    assert plain == kesu("check", "progress/2024", "--as-of", "2025-02-28", folder=city).stdout
    assert kesu("close", "2024", "--by", "李某", folder=city).returncode == 0
    assert LOCK not in (city / CLOSED).read_text("utf-8")
