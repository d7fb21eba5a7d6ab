"""Full-width and half-width signs made one, and spaces inside sentences left out, with the way back."""

import re
from dataclasses import dataclass

_FIRST_WIDE, _LAST_WIDE = 0xFF01, 0xFF5E  # ！ to ～
_TO_ASCII = 0xFEE0
_KEPT = "！（），：；？～"  # Chinese punctuation of its own; the rest are digits, letters and signs
_FOLDED = {
    code: chr(code - _TO_ASCII) for code in range(_FIRST_WIDE, _LAST_WIDE + 1) if chr(code) not in _KEPT
}
_FOLDED |= {ord(sign): to for sign, to in zip("〈〉－○();\u3000\xa0\t", "《》-〇（）；   ", strict=True)}
_BETWEEN_WORDS = re.compile(r"(?<![\dA-Za-z]) +| +(?![\dA-Za-z])")
FULL_STOP = re.compile(
    r"(?<=[一-龥）)】”\"%])(?<![一二三四五六七八九十])[.．](?![A-Za-z.．])"
)  # 达到60%.建成…
_PUNCTUATION = re.compile(r"(?<!\d)[,:]|[,:](?!\d)")  # 12,000 and 1:15 keep theirs
_WIDE = {",": "，", ":": "："}


@dataclass(frozen=True, slots=True)
class PlainText:
    """A text to read in, and where each of its code points stands in the text that was given."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the plain text stands in the text that was given."""
        return self.places[start], self.places[end - 1] + 1


def plain(text: str) -> PlainText:
    """Fold full-width digits, letters and signs, and leave out the spaces of 到 2025 年."""
    folded = text.translate(_FOLDED)
    left_out = {place for match in _BETWEEN_WORDS.finditer(folded) for place in range(*match.span())}
    places = tuple(place for place in range(len(folded)) if place not in left_out)
    kept = "".join(folded[place] for place in places)
    marked = FULL_STOP.sub("。", kept)
    return PlainText(_PUNCTUATION.sub(lambda match: _WIDE[match.group()], marked), places)
