"""Similarity of names: it suggests, it never binds."""

import re
from collections.abc import Iterable
from functools import lru_cache

from kesu_cli.model.amount import normal

_DIGITS = dict(zip("〇零一两二三四五六七八九", "001223456789", strict=True))
_NUMERAL = re.compile(f"[{''.join(_DIGITS)}]")
_SIGN = re.compile(r"[\W_]")
_TENS = re.compile(r"(\d?)十(\d?)")
_NUMBER = re.compile(r"\d+")
NEAR = 65  # per cent: 市教育局 offers 市教体局, 市水利局 does not offer 市人社局

_YEAR = re.compile(r"(?<!\d)(?:(?:19|20)\d\d|二[〇零○][〇零○一二三四五六七八九]{2})(?!\d)(?:年度?)?")
_FILLER = re.compile("举办|举行|开展|组织|召开|的")


def suggest(name: str, known: Iterable[str], cutoff: int = NEAR) -> str:
    """Return the most similar known name, or an empty string where none is near."""
    from rapidfuzz import fuzz, process

    best = process.extractOne(name, sorted(set(known)), scorer=fuzz.ratio, score_cutoff=cutoff)
    return best[0] if best else ""


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
