"""The standard streams: closed, full or without a reader, they end a command in a sentence or in silence."""

import codecs
import io
import os
import select
import sys
from collections.abc import Callable
from typing import Any

from kesu_cli.diagnostic import Refusal
from kesu_cli.source.os_error_wording import why


class OutputError(Refusal):
    """What was to be printed could not be; the message is empty where nobody reads it any more."""


class _Output(io.FileIO):
    """The standard output: the first failure is told, what follows is dropped."""

    is_gone = False

    def write(self, data: Any) -> int:
        """Write, and wait where the reader is slow."""
        if self.is_gone:
            return len(data)
        try:
            return self._written(data)
        except BrokenPipeError:
            self.is_gone = True
            raise OutputError from None
        except OSError as error:
            self.is_gone = True
            raise OutputError(f"写不了标准输出（{why(error)}），结果没有全部输出") from error

    def _written(self, data: Any) -> int:
        while (count := super().write(data)) is None:
            select.select([], [self], [])
        return count


class _Messages(io.FileIO):
    """The standard error: what nobody can be told changes no verdict."""

    def write(self, data: Any) -> int:
        """Write if it can be done."""
        try:
            return super().write(data) or 0
        except OSError:
            return len(data)


def guard_streams() -> None:
    """Put streams in place that fail as a command should; no file gets the number of a closed one."""
    if sys.stdin is None:
        sys.stdin = open(os.open(os.devnull, os.O_RDONLY), encoding="utf-8")  # noqa: SIM115, PTH123
    # a descriptor that can only be read: whatever is printed fails, as it does on a closed one
    sys.stdout = _guarded(sys.stdout, _Output, os.O_RDONLY)
    sys.stderr = _guarded(sys.stderr, _Messages, os.O_WRONLY)


def _guarded(stream: Any, made: Callable[..., io.FileIO], mode: int) -> Any:
    if stream is None:
        handle = os.open(os.devnull, mode)
        return _text(made(handle, "wb"), "utf-8", by_line=False)
    raw = getattr(stream.buffer, "raw", stream.buffer)
    if not isinstance(raw, io.FileIO):  # a console of Windows, a test
        stream.reconfigure(encoding=_encoding_of(stream), errors="replace")
        return stream
    return _text(made(raw.fileno(), "wb", closefd=False), _encoding_of(stream), by_line=stream.line_buffering)


def _text(raw: io.FileIO, encoding: str, *, by_line: bool) -> io.TextIOWrapper:
    buffered = io.BufferedWriter(raw)
    return io.TextIOWrapper(buffered, encoding=encoding, errors="replace", line_buffering=by_line)


def _encoding_of(stream: Any) -> str:
    """Return the encoding of a stream; one that can hold no Chinese becomes UTF-8."""
    return "utf-8" if codecs.lookup(stream.encoding).name == "ascii" else str(stream.encoding)
