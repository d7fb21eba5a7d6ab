"""Edits of a text: what is put where, and that what stands around it keeps its bytes."""

import re
from collections.abc import Sequence
from typing import NamedTuple


class CannotAmend(Exception):
    """The text is laid out in a way that can't be changed in place."""


class Edit(NamedTuple):
    """A text that takes the place of what stands between two offsets."""

    start: int
    end: int
    text: str


def applied(text: str, edits: Sequence[Edit]) -> str:
    """Return the text with its edits, in the order of their offsets; raises CannotAmend where two overlap."""
    newline = "\r\n" if "\r\n" in text else "\n"
    parts: list[str] = []
    done = 0
    for edit in edits:
        if edit.start < done:
            raise CannotAmend
        parts += (text[done : edit.start], edit.text.replace("\n", newline))
        done = edit.end
    return "".join((*parts, text[done:]))


def lines_behind(text: str, end: int, lines: Sequence[str], deeper_than: int | None = None) -> Edit:
    """Insert lines below the line on which something ends, and below the comments that belong to it."""
    offset = line_after(text, end)
    while deeper_than is not None and (match := _COMMENT_LINE.match(text, offset)):
        if len(match[1]) <= deeper_than:
            break
        offset = match.end()
    body = "".join(f"{line}\n" for line in lines)
    if offset and text[offset - 1] != "\n":
        return Edit(offset, offset, f"\n{body}".removesuffix("\n"))
    return Edit(offset, offset, body)


_COMMENT_LINE = re.compile(r"( *)#[^\n]*(?:\n|\Z)")


def line_start(text: str, offset: int) -> int:
    """Return where the line of an offset begins."""
    return text.rfind("\n", 0, offset) + 1


def column_of(text: str, offset: int) -> int:
    """Return how many characters stand before an offset on its line."""
    return offset - line_start(text, offset)


def line_end(text: str, offset: int) -> int:
    """Return where the line ends, its break not included; a block scalar ends on the line before."""
    if offset and text[offset - 1] == "\n":
        return offset - (2 if text[offset - 2 : offset] == "\r\n" else 1)
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    return end - 1 if end and text[end - 1] == "\r" else end


def line_after(text: str, offset: int) -> int:
    """Return where the line below begins; what ends with a line break ends on the line above it."""
    if offset and text[offset - 1] == "\n":
        return offset
    end = text.find("\n", offset)
    return len(text) if end < 0 else end + 1


def line_of(text: str, offset: int) -> int:
    """Return the number of the line of an offset, the first being 1."""
    return text.count("\n", 0, offset) + 1


def has_only_returns(text: str) -> bool:
    """Whether the lines break by a carriage return alone, as on very old machines."""
    return "\r" in text and "\n" not in text
