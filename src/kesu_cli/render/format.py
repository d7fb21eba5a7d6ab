"""What a format is: a name, a file suffix, and a pure function from a report to bytes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kesu_cli.diagnostic import Refusal
from kesu_cli.report import Report


class CannotRender(Refusal):
    """A report can't be written in this format; the message is for the user."""


def lines(texts: Iterable[str]) -> bytes:
    """Write one text a line."""
    return "".join(f"{text}\n" for text in texts).encode()


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
