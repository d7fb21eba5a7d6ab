"""Cuts running text into sentences and clauses; brackets and quotation marks hold together."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kesu_cli.drafting.plain import FULL_STOP

_OPENING = dict(zip("（(“‘《〈【[「『", "）)”’》〉】]」』", strict=True))
_SENTENCE_ENDS = "。；！？;!?\n"
_CLAUSE_ENDS = "，,：:"
_ENUMERATOR = re.compile(
    r"\s*(?:[一二三四五六七八九十]+(?:是要?|要)|[（(]?\d{1,2}[）)．.、]|[①-⑳]|第[一二三四五六七八九十]+[，,、])"
)
_MOVES = re.compile(
    "鼓励|支持|引导|动员|提倡|倡导|督促|指导|严禁|禁止"
)  # who is moved to do what is no mere heading
_AND_ALSO = re.compile(r"(?<![合一兼])(?:并且|同时|并)(?![不无非行重举购网轨联发存列轨])")
_LONGEST_HEADING = 14
_SHORTEST = 4  # characters on either side of a 并 that joins two acts


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a text without its end mark; ``start`` and ``end`` are offsets in that text."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=1_000)
def sentences(text: str) -> tuple[Clause, ...]:
    """Cut a text at full stops and semicolons; an enumerator (一是, 1.) in front is left out.

    So is a heading that runs in behind one: 一是完善政策体系。完善…的政策，落实…。
    """
    return tuple(_sentences(text))


def sentence_at(text: str, at: int) -> Clause | None:
    """Return the sentence of a text within which a place lies."""
    return _holding(sentences(text), at)


def clause_at(text: str, at: int) -> Clause | None:
    """Return the clause of a text within which a place lies."""
    sentence = sentence_at(text, at)
    return _holding(clauses(text, sentence), at) if sentence else None


def _holding(stretches: Sequence[Clause], at: int) -> Clause | None:
    index = bisect_right(stretches, at, key=lambda stretch: stretch.start) - 1
    return stretches[index] if index >= 0 and at < stretches[index].end else None


def _sentences(text: str) -> Iterator[Clause]:
    pieces = list(_cut(text, _SENTENCE_ENDS))
    for piece, following in zip(pieces, [*pieces[1:], None], strict=True):
        match = _ENUMERATOR.match(piece.text)
        if match is None:
            yield from _trimmed(text, piece.start, piece.end)
        elif not _is_heading(text, piece, match.end(), following):
            yield from _trimmed(text, piece.start + match.end(), piece.end)


def _is_heading(text: str, piece: Clause, skipped: int, following: Clause | None) -> bool:
    """Whether an enumerated piece only names what the pieces after it say."""
    if _MOVES.match(piece.text, skipped):
        return False
    short = len(piece.text) - skipped <= _LONGEST_HEADING and not re.search("[，、0-9]", piece.text[skipped:])
    closed = text[piece.end : piece.end + 1] == "。"
    more = following is not None and bool(following.text.strip()) and not _ENUMERATOR.match(following.text)
    return short and closed and more and "\n" not in text[piece.end : following.start if following else None]


@lru_cache(maxsize=1_000)
def clauses(text: str, sentence: Clause) -> tuple[Clause, ...]:
    """Cut a sentence of a text at its commas and colons, and where 并 joins two acts; 并 is left out."""
    return tuple(_clauses(text, sentence))


def _clauses(text: str, sentence: Clause) -> Iterator[Clause]:
    for piece in _cut(sentence.text, _CLAUSE_ENDS):
        start = sentence.start + piece.start
        for first, last in _acts(piece.text):
            yield from _trimmed(text, start + first, start + last)


def _acts(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _AND_ALSO.finditer(text):
        is_inside = any(
            text[: match.start()].count(sign) > text[: match.start()].count(_OPENING[sign])
            for sign in _OPENING
        )
        is_opening = not text[start : match.start()].strip()
        if is_opening or (not is_inside and match.start() - start >= _SHORTEST <= len(text) - match.end()):
            yield start, match.start()
            start = match.end()
    yield start, len(text)


def _cut(text: str, ends: str) -> Iterator[Clause]:
    """Cut at marks that stand outside all brackets; a bracket that is never closed holds nothing."""
    start = 0
    closers: list[str] = []
    last = {sign: text.rfind(closer) for sign, closer in _OPENING.items()}
    stops = {match.start() for match in FULL_STOP.finditer(text)} if ends is _SENTENCE_ENDS else set()
    for index, char in enumerate(text):
        if closers and char == closers[-1]:
            closers.pop()
        elif char in _OPENING and last[char] > index:
            closers.append(_OPENING[char])
        elif not closers and (index in stops or (char in ends and not _inside_number(text, index))):
            yield Clause(text[start:index], start, index)
            start = index + 1
    yield Clause(text[start:], start, len(text))


def _inside_number(text: str, index: int) -> bool:
    """Whether a mark stands between two digits, as in 12,000 or 9:30."""
    return (
        text[index] in ",:：" and text[index - 1 : index].isdigit() and text[index + 1 : index + 2].isdigit()
    )


def _trimmed(text: str, start: int, end: int) -> Iterator[Clause]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Clause(text[start:end], start, end)
