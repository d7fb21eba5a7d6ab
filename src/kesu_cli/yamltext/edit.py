"""Edits of a text: what is put where, and that what stands around it keeps its bytes."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from kesu_cli.yamltext.line import line_after


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
