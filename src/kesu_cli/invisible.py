"""Characters that nobody can see: they are refused wherever text comes in, so that no output meets them."""

import re

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069]")
UNSEEN = re.compile(f"{CONTROL.pattern}|{INVISIBLE.pattern}")


def unseen(text: str) -> str:
    """Name the first character that can't be seen: U+200B; empty where all can."""
    found = UNSEEN.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""
