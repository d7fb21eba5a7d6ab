"""Where lines of a text begin and end, by character."""


def line_start(text: str, offset: int) -> int:
    """Return where the line of an offset begins."""
    return text.rfind("\n", 0, offset) + 1


def column_of(text: str, offset: int) -> int:
    """Return how many characters stand before an offset on its line."""
    return offset - line_start(text, offset)


def line_end(text: str, offset: int) -> int:
    """Return where the line ends, its break not included; a block scalar ends on the line before."""
    if offset and text[offset - 1] == "\n":
        return offset - (2 if text[offset - 2 : offset] == "\r\n" else 1)
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    return end - 1 if end and text[end - 1] == "\r" else end


def line_after(text: str, offset: int) -> int:
    """Return where the line below begins; what ends with a line break ends on the line above it."""
    if offset and text[offset - 1] == "\n":
        return offset
    end = text.find("\n", offset)
    return len(text) if end < 0 else end + 1


def line_of(text: str, offset: int) -> int:
    """Return the number of the line of an offset, the first being 1."""
    return text.count("\n", 0, offset) + 1


def has_only_returns(text: str) -> bool:
    """Whether the lines break by a carriage return alone, as on very old machines."""
    return "\r" in text and "\n" not in text
