"""Runs kesu in a process that kills itself at the nth moment of its writing.

A server imports everything once; each run is a fork of it, as fresh as an interpreter of its own.
"""

import importlib
import json
import os
import pkgutil
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
LAZY = ("rich.console", "rich.progress", "jinja2", "lxml.etree", "xlsxwriter", "python_calamine", "difflib")
_WRITES = ("os.rename", "os.remove", "os.mkdir", "os.chmod", "os.truncate", "os.link", "os.symlink")


class Moments:
    """Counts the moments of a process and ends it at one of them.

    Moments are: each event of the interpreter that changes the disk below the folder, before and after fsync
    and replace, and a write that ends half-way (by the limit of a file's size).
    """

    def __init__(self, wanted: int, folder: str) -> None:
        self._wanted = wanted
        self._folder = folder
        self._seen = 0

    def watch(self) -> None:
        for name in ("fsync", "replace"):
            setattr(os, name, self._around(getattr(os, name)))
        sys.addaudithook(self._hear)

    def _step(self) -> None:
        self._seen += 1
        if self._seen == self._wanted:
            os.kill(os.getpid(), signal.SIGKILL)

    def _half(self) -> None:
        self._seen += 1
        if self._seen == self._wanted:
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20))

    def _hear(self, event: str, args: tuple[Any, ...]) -> None:
        if not args or not isinstance(args[0], (str, bytes, os.PathLike)) or not _is_write(event, args):
            return
        if os.path.abspath(os.fsdecode(args[0])).startswith(self._folder):  # noqa: PTH100 - no more events
            if event == "open":
                self._half()
            self._step()

    def _around(self, real: Callable[P, T]) -> Callable[P, T]:
        def call(*args: P.args, **more: P.kwargs) -> T:
            self._step()
            done = real(*args, **more)
            self._step()
            return done

        return call


def _is_write(event: str, args: tuple[Any, ...]) -> bool:
    if event == "open":
        mode, flags = args[1], args[2]
        return bool(set(mode or "") & set("wax+")) or bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
    return event in _WRITES


class Server:
    """Runs kesu as often as asked, in forks of one process that has imported everything."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-B", __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"NO_COLOR": "1"},
            text=True,
        )

    def run(self, arguments: Sequence[str], folder: Path, moment: int = 0) -> int:
        """Run kesu until a moment, or to its end; returns the exit code, that of a signal negative."""
        self.send(arguments, folder, moment)
        return self.code()

    def send(self, arguments: Sequence[str], folder: Path, moment: int = 0) -> None:
        """Start a run, without waiting for its end."""
        assert self._process.stdin
        print(json.dumps([moment, str(folder.resolve()), *arguments]), file=self._process.stdin, flush=True)

    def code(self) -> int:
        """Wait for the run that was started, and return its exit code."""
        assert self._process.stdout
        return int(self._process.stdout.readline())

    def killed_at(self, moment: int, arguments: Sequence[str], folder: Path) -> bool:
        """Run kesu until the moment; says whether it came to it. A run that ended by itself has succeeded."""
        code = self.run(arguments, folder, moment)
        assert code in (0, 1, -signal.SIGKILL, -signal.SIGXFSZ)
        return code < 0

    def close(self) -> None:
        self._process.communicate()


def _serve() -> None:
    import kesu_cli

    for module in pkgutil.walk_packages(kesu_cli.__path__, "kesu_cli."):
        if not module.name.startswith("kesu_cli.workspace") and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in LAZY:
        importlib.import_module(name)
    for line in sys.stdin:
        moment, folder, *arguments = json.loads(line)
        child = os.fork()
        if not child:
            _run(moment, folder, arguments)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(f"{code}\n")
        sys.stdout.flush()


def _run(moment: int, folder: str, arguments: list[str]) -> NoReturn:
    from kesu_cli.cli import main

    os.chdir(folder)
    sys.argv = ["kesu", *arguments]
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    if moment:
        Moments(moment, f"{folder}{os.sep}").watch()
    try:
        main()
    except SystemExit as ended:
        os._exit(int(ended.code or 0))
    os._exit(70)


if __name__ == "__main__":
    _serve()
