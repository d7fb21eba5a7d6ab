"""Full-width and half-width signs made one, without moving a single one of them."""

_FIRST_WIDE, _LAST_WIDE = 0xFF01, 0xFF5E  # ！ to ～
_TO_ASCII = 0xFEE0
_KEPT = "！（），：；？～"  # Chinese punctuation of its own; the rest are digits, letters and signs
_FOLDED = {
    code: chr(code - _TO_ASCII) for code in range(_FIRST_WIDE, _LAST_WIDE + 1) if chr(code) not in _KEPT
}
_FOLDED |= {
    ord("〈"): "《",
    ord("〉"): "》",
    ord("\u3000"): " ",
    ord("\xa0"): " ",
    ord("－"): "-",
    ord("○"): "〇",
}


def plain(text: str) -> str:
    """Fold full-width digits, letters and signs; every code point keeps its offset."""
    return text.translate(_FOLDED)
