"""How a scalar is laid out, said once: the pattern that reads it, and the one that an editor checks it by.

In a form Y stands for the four digits of a year, M for one or two digits, D for one, T for three, t for up
to three, ~ for what may stand between year and month; every other sign for itself. The reader sees text
whose digits and signs are folded, and takes the numbers out; an editor sees them as they are typed.
"""

DIGITS = "0-9０-９"

_READ = str.maketrans(
    {
        "Y": r"(\d{4})",
        "M": r"(\d{1,2})",
        "D": r"\d",
        "T": r"\d{3}",
        "t": r"\d{1,3}",
        "~": "[-/.]",
        "(": "(?:",
        ".": r"\.",
    }
)
_TYPED = str.maketrans(
    {
        "Y": f"[{DIGITS}]{{4}}",
        "M": f"[{DIGITS}]{{1,2}}",
        "D": f"[{DIGITS}]",
        "T": f"[{DIGITS}]{{3}}",
        "t": f"[{DIGITS}]{{1,3}}",
        "~": "[-－/／.．]",
        "-": "[-－]",
        "/": "[/／]",
        ".": "[.．]",
        ",": "[,，]",
    }
)


def read_pattern(form: str) -> str:
    """Return the pattern of folded text: a group for each number of a date."""
    return form.translate(_READ)


def typed_pattern(form: str) -> str:
    """Return the pattern of text as it is typed; JavaScript and Python read it alike."""
    return form.translate(_TYPED)


def alone(pattern: str) -> str:
    """Return the pattern of a text that holds this and nothing else but blanks around it."""
    return rf"^\s*{pattern}\s*$"


def typed_word(word: str) -> str:
    """Return the pattern of a word as it is typed."""
    return "".join(f"[{sign}{chr(ord(sign) + 0xFEE0)}]" if sign.isascii() else sign for sign in word)
