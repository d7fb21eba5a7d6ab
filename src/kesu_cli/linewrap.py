"""Where a line of Chinese text may break: never inside a word, number, date or path, nor before a comma."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import pairwise

CLOSING = "，。、；：？！）》〉】』」”’…—·％%,.;:?!)]}"
OPENING = "（《〈【『「“‘([{"

_WHOLE = re.compile(
    r"[\w<>.=-]{1,80}(?:/[\w<>.=-]{1,80})*\.[a-z]{2,5}(?::\d+)*"  # a file, its path, its line
    r"|[+-]?\d[\d.,]* (?:人次|个百分点|[项个条名次天件场处])"  # a number with what it counts
    r"|[!-~]+"  # a word, a code, a date, a number
    r"|.",
    re.DOTALL,
)


def cells(text: str) -> int:
    """Return how many terminal cells a text takes."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def pieces(text: str) -> list[str]:
    """Cut a line into the pieces that are kept whole; blanks stay with the piece before them."""
    found: list[str] = []
    for part in _WHOLE.findall(text):
        if found and (part.isspace() or part[0] in CLOSING or _opens(found[-1])):
            found[-1] += part
        else:
            found.append(part)
    return found


def _opens(piece: str) -> bool:
    words = piece.rstrip()
    return not words or words[-1] in OPENING


def breaks(text: str, width: int, measure: Callable[[str], int] = cells) -> list[int]:
    """Return the offsets at which a line is cut so that no part is wider than the width.

    A piece that is wider than a whole line is cut where it must be.
    """
    offsets: list[int] = []
    start = end = 0
    for piece in _fitting(pieces(text), width, measure):
        if end > start and measure(text[start : end + len(piece)].rstrip()) > width:
            offsets.append(end)
            start = end
        end += len(piece)
    return offsets


def _fitting(whole: list[str], width: int, measure: Callable[[str], int]) -> Iterator[str]:
    for piece in whole:
        if measure(piece.rstrip()) <= width:
            yield piece
        else:
            yield from _cut(piece, width, measure)


def _cut(piece: str, width: int, measure: Callable[[str], int]) -> Iterator[str]:
    """Cut a piece that fits no line, if it can be helped neither before a comma nor after a bracket."""
    start = 0
    while measure(piece[start : start + width + 1].rstrip()) > width or start + width + 1 < len(piece):
        rest = piece[start : start + width + 1]
        most = max((n for n in range(1, len(rest)) if measure(rest[:n]) <= width), default=1)
        good = (n for n in range(most, 0, -1) if rest[n] not in CLOSING and rest[n - 1] not in OPENING)
        cut = next(good, most)
        yield rest[:cut]
        start += cut
    yield piece[start:]


def wrap(text: str, width: int, measure: Callable[[str], int] = cells) -> list[str]:
    """Break a line into lines of a width, blanks at the breaks left out."""
    offsets = [0, *breaks(text, width, measure), len(text)]
    return [text[start:end].rstrip() for start, end in pairwise(offsets)]
