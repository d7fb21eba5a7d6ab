"""Two hundred random edits by record and fix: what was to be mended is, and not a byte besides."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from form_city import FILE, UNIT, lay_out
from kesu_cli.engine.fix import fix_files
from kesu_cli.engine.open_workspace import open_workspace
from kesu_cli.engine.record import NotRecorded, record
from kesu_cli.source.decode import utf16
from kesu_cli.source.progress_as_typed import progress_text
from laid_out import EVIDENCE, Laid, laid_out
from test_cli import kesu
from test_record import TODAY

DIGESTS = {path: hashlib.sha256(content).hexdigest() for path, content in EVIDENCE.items()}
STEPS = st.lists(st.sampled_from(["fix", "12", "１８", "2万"]), min_size=1, max_size=4)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    city = lay_out(tmp_path_factory.mktemp("edits"))
    (city / "佐证").mkdir()
    for path, content in EVIDENCE.items():
        (city / path).write_bytes(content)
    return city


def fixed(city: Path) -> list[str] | None:
    (made,) = fix_files(open_workspace((city,)), (city,))
    (city / FILE).write_bytes(made.after)
    return sorted(repair.code for repair in made.repairs)


def recorded(city: Path, entry: dict[str, Any]) -> bool:
    try:
        made = record(open_workspace((city,)), UNIT, 2024, entry, TODAY)
    except NotRecorded:
        return False
    (city / FILE).write_bytes(made.after)
    return True


def fixed_by_command(city: Path) -> None:
    done = kesu("fix", folder=city)
    assert (done.returncode, done.stderr) == (0, b"")


def recorded_by_command(city: Path, entry: dict[str, Any]) -> bool:
    arguments = [part for key, value in entry.items() for part in (f"--{key}", value)]
    done = kesu("record", "--unit", UNIT, *arguments, folder=city)
    assert done.returncode == (2 if "读不出来" in done.stderr.decode() else 0)
    return done.returncode == 0


Fix = Callable[[Path], list[str] | None]
Record = Callable[[Path, dict[str, Any]], bool]


def edited(city: Path, laid: Laid, steps: list[str], fix: Fix, add: Record) -> None:
    """Do the steps one after the other, and hold the file against what it must be after each."""
    assume(laid.encoding != "utf-16-le" or utf16(laid.before) is not None)
    file = city / FILE
    file.write_bytes(laid.before)
    clean, chunks = False, list[str]()
    for number, step in enumerate(steps):
        before = file.read_bytes()
        if step == "fix":
            codes = fix(city)
            assert codes is None or codes == ([] if clean and not chunks else codes)
            clean = True
            chunks = [chunk.replace("１８", "18") for chunk in chunks]
            assert laid.after.decode() == without(file.read_bytes(), chunks)
            assert fix(city) in (None, [])
            assert laid.after.decode() == without(file.read_bytes(), chunks)
            continue
        entry = {"task": "M06-1", "date": "2024-07-20", "name": f"记录{number}", "value": step}
        if add(city, entry):
            chunks.append(inserted(before, file.read_bytes()))
            old, new = progress_text(before, FILE), progress_text(file.read_bytes(), FILE)
            assert old.written
            assert new.written
            assert (old.written.entries, entry) == (new.written.entries[:-1], new.data["entries"][-1])
        else:
            assert (clean, progress_text(before, FILE).faults != ()) == (False, True)
            assert before == file.read_bytes()


def inserted(before: bytes, after: bytes) -> str:
    """Return what stands in one text and not in the other, in one place."""
    old, new = before.decode(), after.decode()
    start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(old))
    size = len(new) - len(old)
    starts = (at for at in range(start, -1, -1) if new[:at] + new[at + size :] == old)
    at = next(starts, None)
    assert at is not None, f"{old!r} → {new!r}"
    return new[at : at + size]


def without(content: bytes, chunks: list[str]) -> str:
    text = content.decode()
    for chunk in chunks:
        assert chunk in text
        text = text.replace(chunk, "", 1)
    return text


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(laid=laid_out(DIGESTS), steps=STEPS)
def test_two_hundred_edits_keep_every_byte_that_was_not_to_be_touched(
    city: Path, laid: Laid, steps: list[str]
) -> None:
    edited(city, laid, steps, fixed, recorded)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(laid=laid_out(DIGESTS))
def test_every_repair_is_named_once_by_its_rule(city: Path, laid: Laid) -> None:
    assume(laid.encoding != "utf-16-le" or utf16(laid.before) is not None)
    (city / FILE).write_bytes(laid.before)
    assert laid.codes == fixed(city)
    assert laid.after.decode() == (city / FILE).read_bytes().decode()


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(laid=laid_out(DIGESTS), steps=STEPS)
def test_the_commands_do_the_same(city: Path, laid: Laid, steps: list[str]) -> None:
    edited(city, laid, steps, fixed_by_command, recorded_by_command)
