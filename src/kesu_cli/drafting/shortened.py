"""Whether a row of a table only shortens a sentence of the text: its words and numbers, in their order."""

import re
from collections.abc import Iterable

from kesu_cli.drafting.clause import Clause, clauses, sentences

_TOKEN = re.compile(r"\d+(?:\.\d+)?|\w")


def is_shortened(text: str, title: str, originals: Iterable[str]) -> bool:
    """Whether each clause of a text leaves out words of one sentence and changes none.

    The words of a title may stand before those of each of its sentences.
    """
    found = [sentence.text for original in originals for sentence in sentences(original)]
    whole = [_tokens(title), *(_tokens(head + sentence) for sentence in found for head in (title, ""))]
    own = [_tokens(clause.text) for clause in clauses(text, Clause(text, 0, len(text)))]
    return all(any(_stand_in(tokens, sentence) for sentence in whole) for tokens in own)


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def _stand_in(tokens: list[str], sentence: list[str]) -> bool:
    rest = iter(sentence)
    return all(token in rest for token in tokens)
