"""The questions that a draft leaves to a person: comments in its files, one a line."""

import re

_QUESTION = re.compile(r"^ *# *review:", re.MULTILINE)


def open_questions(text: str) -> int:
    """Count the questions in a file of a plan."""
    return len(_QUESTION.findall(text))
