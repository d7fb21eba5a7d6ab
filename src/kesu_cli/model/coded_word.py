"""Codes of the files with the Chinese words they are read as."""

from enum import StrEnum
from typing import Self


class CodedWord(StrEnum):
    """A value that is written as a code; ``words`` are what people say for it, the usual one first."""

    words: tuple[str, ...]

    def __new__(cls, code: str, *words: str) -> Self:
        """Make a member from its code and its words."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.words = words
        return member

    @property
    def word(self) -> str:
        """The usual word."""
        return self.words[0]
