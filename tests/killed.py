"""Runs kesu in a process that kills itself at the nth moment of its writing."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from test_cli import KESU

# Python runs sitecustomize before anything else. Moments are: each event of the interpreter that changes the
# disk below the folder, before and after fsync and replace, and a write that ends half-way (by the limit of
# a file's size).
SITE = """
import os, resource, signal, sys
folder, wanted, seen = os.environ["KILLED_BELOW"], int(os.environ["KILLED_AT"]), 0
def step():
    global seen
    seen += 1
    if seen == wanted:
        os.kill(os.getpid(), signal.SIGKILL)
def is_write(event, args):
    if event == "open":
        mode, flags = args[1], args[2]
        return bool(set(mode or "") & set("wax+")) or bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
    return event in ("os.rename", "os.remove", "os.mkdir", "os.chmod", "os.truncate", "os.link", "os.symlink")
def hook(event, args):
    if not args or not isinstance(args[0], (str, bytes, os.PathLike)):
        return
    if is_write(event, args) and os.path.abspath(os.fsdecode(args[0])).startswith(folder):
        if event == "open":
            half()
        step()
def half():
    global seen
    seen += 1
    if seen == wanted:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20))
def around(name):
    real = getattr(os, name)
    def call(*args, **more):
        step()
        done = real(*args, **more)
        step()
        return done
    setattr(os, name, call)
around("fsync")
around("replace")
sys.addaudithook(hook)
"""


def killed_at(moment: int, arguments: tuple[str, ...], folder: Path, site: Path) -> bool:
    """Run kesu until the moment; says whether it came to it. A run that ended by itself has succeeded."""
    (site / "sitecustomize.py").write_text(SITE, "utf-8")
    ours = {"KILLED_AT": str(moment), "KILLED_BELOW": f"{folder.resolve()}{os.sep}", "PYTHONPATH": str(site)}
    done = subprocess.run(
        [sys.executable, "-B", KESU, *arguments],
        cwd=folder,
        env=os.environ | ours | {"NO_COLOR": "1"},
        capture_output=True,
        timeout=60,
        check=False,
    )
    if done.returncode in (-signal.SIGKILL, -signal.SIGXFSZ):
        return True
    assert done.returncode in (0, 1), done.stderr.decode()
    return False
