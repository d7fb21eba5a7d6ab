"""Similarity of names: it suggests, it never binds."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache, reduce
from operator import or_

from kesu_cli.model.amount import normal

_DIGITS = dict(zip("〇零一两二三四五六七八九", "001223456789", strict=True))
_NUMERAL = re.compile(f"[{''.join(_DIGITS)}]")
_SIGN = re.compile(r"[\W_]")
_TENS = re.compile(r"(\d?)十(\d?)")
_NUMBER = re.compile(r"\d+")
_WHOLE = 200  # per cent of half the characters of two names
NEAR = 65  # per cent: 市教育局 offers 市教体局, 市水利局 does not offer 市人社局

_YEAR = re.compile(r"(?<!\d)(?:(?:19|20)\d\d|二[〇零○][〇零○一二三四五六七八九]{2})(?!\d)(?:年度?)?")
_FILLER = re.compile("举办|举行|开展|组织|召开|的")


def suggest(name: str, known: Iterable[str], cutoff: int = NEAR) -> str:
    """Return the most similar known name, or an empty string where none is near."""
    return next((near for near, _ in alike(name, sorted(set(known)), cutoff)), "")


def alike(name: str, known: Iterable[str], cutoff: float) -> list[tuple[str, float]]:
    """Return the known names that are at least so many per cent alike, the most similar first.

    Two names are alike by the characters they have in common, in order: twice their number, in per cent of
    all characters of both.
    """
    places, bits = _places(name), _bits(name)
    found: list[tuple[str, float]] = []
    for other in known:
        total = len(name) + len(other)
        most = min(len(name), len(other) - (_bits(other) & ~bits).bit_count())
        if _WHOLE * most >= cutoff * total:
            rate = 100.0 if other == name else _WHOLE * _common(len(name), other, places) / total
            found.append((other, rate))
    return sorted((pair for pair in found if pair[1] >= cutoff), key=lambda pair: -pair[1])


def _places(name: str) -> dict[str, int]:
    """Return, for each character of a name, where it stands, as bits."""
    places: dict[str, int] = {}
    for place, character in enumerate(name):
        places[character] = places.get(character, 0) | 1 << place
    return places


@lru_cache(maxsize=16_384)
def _bits(name: str) -> int:
    """Mark each character of a name as one bit of 256: a bit that only one of two has is no common one."""
    return reduce(or_, (1 << (ord(character) & 255) for character in name), 0)


def _common(length: int, other: str, places: Mapping[str, int]) -> int:
    """Count the characters in common, in order: Hyyrö's longest common subsequence, a row of bits a step."""
    row = (1 << length) - 1
    for character in other:
        met = row & places.get(character, 0)
        row = (row + met) | (row - met)
    return length - (row & ((1 << length) - 1)).bit_count()


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return a sentence that offers the most similar name, or an empty string."""
    near = suggest(name, known)
    return f"是否应为“{near}”？" if near else ""


@lru_cache(maxsize=16_384)
def fold(name: str) -> str:
    """Strip a name of what is only a way of writing: spaces, punctuation, width, case, Chinese numerals.

    第一期 and 第1期 become the same, 第一期 and 第二期 do not.
    """
    plain = _NUMERAL.sub(_of_numeral, _SIGN.sub("", normal(name).casefold()))
    return _TENS.sub(_of_tens, plain) if "十" in plain else plain


def _of_numeral(match: re.Match[str]) -> str:
    return _DIGITS[match[0]]


@lru_cache(maxsize=16_384)
def gist(name: str) -> str:
    """Fold a name and leave out the year and words that any name may have: 2024年举办的培训班 is 培训班."""
    bare = fold(_YEAR.sub("", normal(name)))
    return _FILLER.sub("", bare) or fold(name)


@lru_cache(maxsize=16_384)
def jumbled(name: str) -> str:
    """Put the characters of a gist in order, so that 暑期辅导员培训 and 辅导员暑期培训 are equal."""
    return "".join(sorted(gist(name)))


def _of_tens(match: re.Match[str]) -> str:
    return str(int(match[1] or 1) * 10 + int(match[2] or 0))


def numbers_in(folded: str) -> tuple[str, ...]:
    """Return the numbers in a folded name: what tells the parts of a series apart."""
    return tuple(_NUMBER.findall(folded))
