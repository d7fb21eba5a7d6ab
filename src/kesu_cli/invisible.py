"""Characters that nobody can see: they are refused wherever text comes in, so that no output meets them."""

import re

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
INVISIBLE = re.compile(
    "[\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
UNSEEN = re.compile(f"{CONTROL.pattern}|{INVISIBLE.pattern}")
_NO_NAME = re.compile(f"[\t\n\r]|{UNSEEN.pattern}")


def unseen(text: str) -> str:
    """Name the first character that can't be seen: U+200B; empty where all can."""
    found = UNSEEN.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def unseen_in_name(name: str) -> str:
    """Name the first character that can't stand in the name of a file: U+202E; empty where all can."""
    found = _NO_NAME.search(name)
    return f"U+{ord(found[0]):04X}" if found else ""


def shown(name: str) -> str:
    """Return the name of a file with what can't be seen in it written as an escape."""
    return _NO_NAME.sub(lambda found: ascii(found[0])[1:-1], name)
