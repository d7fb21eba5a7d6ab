"""What stands before a place of a text, back to where its clause or its sentence begins."""

import re

_CLAUSE = re.compile("[，。；;：:\n]")
_SENTENCE = re.compile("[。；;\n]")
_FARTHEST = 300  # code points; nobody governs a number from farther away


def clause_before(text: str, end: int) -> str:
    """Return the words of the clause that stand before a place."""
    return _CLAUSE.split(text[max(0, end - _FARTHEST) : end])[-1]


def sentence_before(text: str, end: int) -> str:
    """Return the words of the sentence that stand before a place."""
    return _SENTENCE.split(text[max(0, end - _FARTHEST) : end])[-1]


def sentence_behind(text: str, start: int) -> str:
    """Return the words of the sentence that stand behind a place."""
    return _SENTENCE.split(text[start : start + _FARTHEST])[0]


def has_break(text: str) -> bool:
    """Whether a clause ends in a stretch of text."""
    return _CLAUSE.search(text) is not None
