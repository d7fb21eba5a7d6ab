"""Runs kesu as the base install runs it: the libraries of the extras can't be imported.

One process, which forks for each command, so that the modules are imported once.
"""

import importlib
import json
import os
import pkgutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, NoReturn

import kesu_cli
from kesu_cli.cli.refusal import EXTRAS


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    output: str
    said: str


class Hidden:
    """Finds none of the libraries of the extras."""

    def find_spec(self, name: str, *_: object) -> None:
        if name.partition(".")[0] in EXTRAS:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def run_all(folder: Path, commands: Iterable[Sequence[str]]) -> list[Ended]:
    """Run commands one after the other in a folder."""
    done = subprocess.run(
        [sys.executable, __file__],
        cwd=folder,
        input=json.dumps([list(command) for command in commands]).encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return [Ended(*ended) for ended in json.loads(done.stdout)]


def _import_what_can_be() -> None:
    """Import every module that the base can import; a command finds out again about the others."""
    for module in pkgutil.walk_packages(kesu_cli.__path__, "kesu_cli."):
        if not module.name.startswith("kesu_cli.workspace") and not module.name.endswith("__main__"):
            with suppress(ModuleNotFoundError):
                importlib.import_module(module.name)


def _run(arguments: list[str]) -> Ended:
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as said:
        child = os.fork()
        if not child:
            os.dup2(output.fileno(), 1)
            os.dup2(said.fileno(), 2)
            _end(arguments)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        texts = [os.pread(file.fileno(), os.fstat(file.fileno()).st_size, 0) for file in (output, said)]
    return Ended(code, *(text.decode(errors="replace") for text in texts))


def _end(arguments: list[str]) -> NoReturn:
    from kesu_cli.cli.app import run

    code = run(arguments)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    sys.meta_path.insert(0, Hidden())
    _import_what_can_be()
    json.dump([_run(command) for command in json.load(sys.stdin)], sys.stdout)
