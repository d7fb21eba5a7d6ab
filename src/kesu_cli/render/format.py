"""What a format is: a name, a file suffix, and a pure function from a report to bytes."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kesu_cli.diagnostic import Refusal
from kesu_cli.report import Report

_BREAK = re.compile("[\r\n]+")


class CannotRender(Refusal):
    """A report can't be written in this format; the message is for the user."""


def one_line(text: str) -> str:
    """Put what others wrote on one line, so that no part of it is taken for a line of the output."""
    return _BREAK.sub(" ", text)


def lines(texts: Iterable[str]) -> bytes:
    """Write one text a line, whatever it holds: what others wrote begins no line of its own."""
    return "".join(f"{one_line(text)}\n" for text in texts).encode()


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a report.

    ``for_people`` says that it is read, not parsed; ``located`` that it names the lines of entries;
    ``binary`` that no terminal can show it.
    """

    name: str
    suffix: str
    render: Callable[[Report], bytes]
    for_people: bool = False
    located: bool = False
    binary: bool = False
