"""Lets LibreOffice open what kesu writes; where a part of it lacks, the test is skipped and says so.

A part lacks where it can't open a plain file either: found out when a test's own file failed, and kept.
"""

import os
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from client import absent, program

DRIVER = Path(__file__).parent / "clients" / "fill_form.py"
SYSTEM_PYTHON = "/usr/bin/python3"  # Debian's python3-uno is for it alone
CALC, WRITER, UNO = "libreoffice-calc", "libreoffice-writer", "python3-uno"
_PLAIN = {CALC: (".csv", "xlsx"), WRITER: (".txt", "pdf")}
_LONGEST, _LONGEST_OF_PLAIN = 180, 60  # seconds
_lacking: set[str] = set()


class _Ended(NamedTuple):
    """How a program ended, and what it wrote."""

    code: int
    output: str
    said: str


def converted(
    file: Path, kind: str, folder: Path, *options: str, environment: Mapping[str, str] | None = None
) -> Path:
    """Save a file in another format, as LibreOffice names it: ``pdf``, ``xlsx:Calc MS Excel 2007 XML``."""
    part = WRITER if file.suffix == ".docx" else CALC
    _skip_where_lacking(part)
    made, said = _convert(file, kind, folder, options, environment=environment)
    if not made.exists() and not _opens_a_plain_file(part):
        _lacking.add(part)
        absent(part)
    assert made.exists(), said
    return made


def driven(form: Path, folder: Path) -> str:
    """Fill in a form over UNO, into a folder; return what tests/clients/fill_form.py prints."""
    program("soffice")
    _skip_where_lacking(UNO)
    ended = _drive(form, folder)
    if ended.code and not _is_driven():
        _lacking.add(UNO)
        absent(f"{UNO}, or a LibreOffice that it can drive")
    assert ended.code == 0, ended.said
    return ended.output


def _skip_where_lacking(part: str) -> None:
    if part in _lacking:
        absent(part)


def _convert(
    file: Path,
    kind: str,
    folder: Path,
    options: Sequence[str] = (),
    longest: int = _LONGEST,
    environment: Mapping[str, str] | None = None,
) -> tuple[Path, str]:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program("soffice"), profile, "--headless", *options, "--convert-to", kind]
    ended = _run([*command, "--outdir", str(folder), str(file)], longest, environment)
    return folder / f"{file.stem}.{kind.partition(':')[0]}", ended.said


def _opens_a_plain_file(part: str) -> bool:
    suffix, kind = _PLAIN[part]
    with tempfile.TemporaryDirectory() as name:
        plain = Path(name, f"plain{suffix}")
        plain.write_text("1,2\n", "utf-8")
        return _convert(plain, kind, Path(name), longest=_LONGEST_OF_PLAIN)[0].exists()


def _drive(form: Path, folder: Path, *options: str, longest: int = _LONGEST) -> _Ended:
    command = [SYSTEM_PYTHON, str(DRIVER), str(form), str(folder), str(folder / "profile"), *options]
    return _run(command, longest)


def _is_driven() -> bool:
    with tempfile.TemporaryDirectory() as name:
        plain = Path(name, "plain.csv")
        plain.write_text("1,2\n", "utf-8")
        return _drive(plain, Path(name), "--only-open", longest=_LONGEST_OF_PLAIN).code == 0


def _run(command: Sequence[str], longest: int, environment: Mapping[str, str] | None = None) -> _Ended:
    """Run a program to its end, and end with it all that it has started."""
    pipe = subprocess.PIPE
    try:
        process = subprocess.Popen(
            command, env=environment, stdout=pipe, stderr=pipe, text=True, start_new_session=True
        )
    except OSError as error:
        return _Ended(1, "", str(error))
    with process:
        try:
            output, said = process.communicate(timeout=longest)
        except subprocess.TimeoutExpired:
            output, said = "", f"no answer in {longest} seconds"
        finally:
            _end_all(process.pid)
    return _Ended(process.returncode, output, said)


def _end_all(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return
