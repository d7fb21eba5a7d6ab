"""The console: terminal or pipe, colours, width, progress."""

import os
import sys
from collections.abc import Callable
from typing import Any

from kesu_cli.diagnostic import Refusal
from kesu_cli.render.format import Format
from kesu_cli.report import Report

PIPE_WIDTH = 100


def is_terminal() -> bool:
    """Whether a person is looking at the output."""
    return sys.stdout.isatty()


def automatic() -> str:
    """Choose the format where none is asked for: by who reads the output."""
    if os.environ.get("GITHUB_ACTIONS") == "true":
        return "github"
    return "table" if is_terminal() else "text"


def show(layout: Any) -> None:
    """Print a layout: as wide as the terminal, plain and complete in a pipe."""
    if not is_terminal():
        from kesu_cli.render.terminal.layout_to_text import to_text

        write_text(to_text(layout, PIPE_WIDTH))
        return
    from rich.console import Console

    console = Console(color_system=None if os.environ.get("NO_COLOR") else "auto", legacy_windows=False)
    console.print(layout, highlight=False, markup=False, emoji=False)


def write_text(text: str) -> None:
    """Print text in the encoding of the stream; what it can't encode becomes a question mark."""
    sys.stdout.write(text)
    sys.stdout.flush()


def write(output_format: Format, report: Report) -> None:
    """Print a report in a format; what is meant for machines is UTF-8 whatever the locale."""
    if output_format.binary and is_terminal():
        raise Refusal(
            f"{output_format.name} 不是文字，终端显示不了；请用 -o 存成文件，如 -o {_example(output_format)}"
        )
    content = output_format.render(report)
    if output_format.for_people:
        write_text(content.decode())
        return
    write_bytes(content)


def write_bytes(content: bytes) -> None:
    """Print what is meant for machines, whatever the locale."""
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def _example(output_format: Format) -> str:
    file = f"报告{output_format.suffix}"
    return f"{output_format.name}={file}（kesu report 写 -o {file}）"


def _draw_nothing(_done: int, _total: int) -> None:
    """Nobody is looking."""


def may_ask() -> bool:
    """Whether a person is there to answer."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def progress(label: str = "读取进展文件") -> Callable[[int, int], None]:
    """Return a callback that draws a progress bar on a terminal's stderr, for long work only."""
    if not sys.stderr.isatty():
        return _draw_nothing
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(console=Console(stderr=True), transient=True)
    task = bar.add_task(label, total=None)

    def tick(done: int, total: int) -> None:
        bar.start()
        bar.update(task, completed=done, total=total)
        if done >= total:
            bar.stop()

    return tick
