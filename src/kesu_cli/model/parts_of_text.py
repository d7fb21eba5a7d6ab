"""What can be read off the words of a document: stretches between marks, clauses, periods, names."""

import re
from collections.abc import Iterable, Iterator

_TITLE = re.compile(r"《([^《》]+)》")
_QUOTED = re.compile(r"“([^“”]+)”")
_CLAUSE = re.compile(r"[^，。；：！？,;\n]+")
_PERIOD = re.compile(
    r"\d{4}\s*年|[一二三四五六七八九〇零O○]{4}年"
    r"|[每逐分按]\s*(?:半?年|个?月|季|个?学期|周|日|天|届|两年|三年)|年度|季度|半年|学期|月度|年内|年[底末初]|月[底末]|期末"
    r"|[“\"]?十[一二三四五六七八九]?五[”\"]?(?:期间|时期|末)|[一二两三四五六七八九十\d]+\s*(?:个月|年)[之以]?内"
    r"|[一二两三四五六七八九十]年(?![级制期])"
    r"|\d{1,2}\s*月(?:份|\s*\d{1,2}\s*日)"
)


def titles(text: str) -> tuple[str, ...]:
    """Return the titles of documents in a text, without their marks."""
    return tuple(_TITLE.findall(text))


def without_titles(text: str) -> str:
    """Blank out the titles of documents, so that what stands in them is not read as a duty."""
    return _TITLE.sub(lambda match: "《" + " " * len(match[1]) + "》", text) if "《" in text else text


def quoted(text: str) -> tuple[str, ...]:
    """Return the stretches between “ and ”, without spaces around them."""
    return tuple(found.strip() for found in _QUOTED.findall(text)) if "“" in text else ()


def clauses(text: str) -> Iterator[str]:
    """Split a text at its commas, semicolons and full stops."""
    return (match[0].strip() for match in _CLAUSE.finditer(text))


def names_period(text: str) -> bool:
    """Whether a text names a year, a rhythm or another stretch of time; titles are not looked at."""
    return _PERIOD.search(without_titles(text)) is not None


def without_periods(text: str) -> str:
    """Cut the words of time out of a text, a bar in their place."""
    return _PERIOD.sub("|", text)


def occurring(names: Iterable[str], text: str) -> tuple[str, ...]:
    """Return the names that stand somewhere in a text, longer ones first."""
    return tuple(sorted({name for name in names if name in text}, key=lambda name: (-len(name), name)))
