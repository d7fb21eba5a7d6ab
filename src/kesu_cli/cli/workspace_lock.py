"""One kesu at a time changes a workspace: a lock held from reading to renaming."""

import os
import re
import socket
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import typer

from kesu_cli.diagnostic import Refusal
from kesu_cli.source.os_error_wording import why

NAME = ".kesu.lock"
PATIENCE = 10.0  # seconds to wait for another kesu
_PAUSE = 0.05
_SIGNED = re.compile(r"(\d{1,10}) ([\w.-]{1,64}) ([\d-]{10} [\d:]{8})")
_OPEN = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)

# What locks is the system's lock on one byte of the file, not that the file is there. The system lets go of
# it however a process ends, on this host or another, so nobody has to guess from a process number or an age
# whether a lock is stale, and two that wait can't both clear the same one away. Locks on bytes are what
# Windows has and what NFS and SMB carry to other hosts. The byte lies far behind the text, because Windows
# lets nobody read a byte that is locked. Where the lock is free and there is text, its writer was killed.
_BYTE = 1 << 20

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        os.lseek(handle, _BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _BYTE)


@contextmanager
def alone_in(root: Path) -> Iterator[None]:
    """Hold the lock of a workspace; raises Refusal, saying who has it, where it is not free in time."""
    file = root / NAME
    handle = _locked(file)
    try:
        if left := _text(handle):
            typer.echo(
                f"上一次运行的 kesu{_who(left)}中途停止，留下的锁已清除；请核对它要写的写进去没有", err=True
            )
        _sign(handle)
        yield
    finally:
        _let_go(handle, file)


def _locked(file: Path) -> int:
    """Wait for the lock, and return the handle that holds it."""
    until = time.monotonic() + PATIENCE
    while True:
        handle = _opened(file)
        try:
            if _is_taken(handle, file):
                return handle
            holder = _text(handle)
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)
        if time.monotonic() > until:
            raise Refusal(
                f"另一个 kesu{_who(holder)}正在写这个工作区，等了 {PATIENCE:.0f} 秒还没有写完，没有写入；"
                "请等它结束以后再运行"
            )
        time.sleep(_PAUSE)


def _opened(file: Path) -> int:
    try:
        if file.is_symlink():
            raise _odd(file)
        handle = os.open(file, _OPEN, 0o666)
    except OSError as error:
        raise Refusal(f"写不了 {file}（{why(error)}）；请核对文件夹是否存在、有没有写入权限") from error
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
        os.close(handle)
        raise _odd(file)
    return handle


def _odd(file: Path) -> Refusal:
    return Refusal(f"{file} 应是 kesu 自己建的文件，现在是链接或别的东西，没有写入；请删去它")


def _is_taken(handle: int, file: Path) -> bool:
    """Take the lock if it is free; one of a file that was removed meanwhile is none."""
    try:
        _take(handle)
    except (BlockingIOError, PermissionError):
        return False
    except OSError as error:
        raise Refusal(
            f"{file.parent} 所在的盘不能加锁（{why(error)}），没有写入；请把工作区放到本机的盘上再运行"
        ) from error
    try:
        return os.path.samestat(os.fstat(handle), file.stat())
    except OSError:
        return False


def _text(handle: int) -> str:
    with suppress(OSError):
        os.lseek(handle, 0, os.SEEK_SET)
        return os.read(handle, 200).decode("utf-8", "replace")
    return ""


def _who(text: str) -> str:
    """Say who signed a lock; nothing where the text is not what kesu writes."""
    signed = _SIGNED.fullmatch(text)
    return "（进程 {}，主机 {}，{} 起）".format(*signed.groups()) if signed else ""


def _sign(handle: int) -> None:
    """Write who holds the lock, as a courtesy to those who wait: a full disk is no reason to stop here."""
    host = re.sub(r"[^\w.-]", "", socket.gethostname())[:64] or "localhost"
    signed = f"{os.getpid()} {host} {time.strftime('%Y-%m-%d %H:%M:%S')}"
    with suppress(OSError):
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, signed.encode())


def _let_go(handle: int, file: Path) -> None:
    """Remove the file and let go of it: POSIX while it is locked, Windows can only once it is closed."""
    with suppress(OSError):
        os.ftruncate(handle, 0)
    if sys.platform != "win32":
        file.unlink(missing_ok=True)
    os.close(handle)
    if sys.platform == "win32":
        with suppress(OSError):
            file.unlink()
