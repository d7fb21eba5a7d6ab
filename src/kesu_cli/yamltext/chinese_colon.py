"""Chinese colons and commas around the keys of a file, where they keep it from being read."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from kesu_cli.diagnostic import FaultKind, Place
from kesu_cli.yamltext.read import read_mapping
from kesu_cli.yamltext.text_edit import column_of, has_only_returns, line_of
from kesu_cli.yamltext.tree import ListNode, MappingNode, TreeNode, tree_of

_BRACES = re.compile(r"\{[^{}\"']*\}")

Keys = tuple[str, ...]


class _Signs(NamedTuple):
    """A key with a Chinese colon, one behind a Chinese comma, and a line that begins with the former."""

    colon: re.Pattern[str]
    comma: re.Pattern[str]
    line: re.Pattern[str]


@lru_cache
def _signs(keys: Keys) -> _Signs:
    known = "|".join(keys)
    colon = rf"({known}) *：[ \u3000]*"
    comma = rf"，[ \u3000]*({known}) *[:：][ \u3000]*(?=\S)"
    return _Signs(re.compile(colon), re.compile(comma), re.compile(rf" *(?:- +)*(?={colon})"))


def with_colons(text: str, keys: Keys) -> tuple[str, tuple[int, ...]]:
    """Replace the Chinese colons at which reading stops or that are read as part of a key.

    Returns the new text and the line of each; only if the whole text then reads and no colon stood
    within a text, otherwise nothing is replaced.
    """
    if has_only_returns(text):
        changed, numbers = with_colons(text.replace("\r", "\n"), keys)
        return changed.replace("\n", "\r"), numbers
    changed = text
    lines: list[int] = []
    places: set[tuple[int, int]] = set()
    signs = _signs(keys)
    while (start := _next(changed, signs)) is not None:
        match = signs.colon.match(changed, start)
        if match is None:
            break
        rest = changed[match.end() :]
        colon = ": " if rest.partition("\n")[0].strip() else ":"
        changed = changed[: match.end(1)] + colon + rest
        lines.append(line_of(changed, start))
        places.add((lines[-1], column_of(changed, start)))
    if not lines or read_mapping(changed, Place(""))[1] or not places <= _places_of_keys(changed):
        return text, ()
    return changed, tuple(lines)


def lines_with_colon(text: str, keys: Keys) -> tuple[int, ...]:
    """Return every line that begins with a key and a Chinese colon, if each of them is surely a slip.

    It is where the text reads with English ones and each then stands behind a key, not within a text.
    """
    lines = text.split("\n")
    signs = _signs(keys)
    starts = [(at, match.end()) for at, line in enumerate(lines) if (match := signs.line.match(line))]
    everywhere = _with_english(lines, starts, signs)
    if not starts or read_mapping(everywhere, Place(""))[1]:
        return ()
    places = _places_of_keys(everywhere)
    sure = [(at, column) for at, column in starts if (at + 1, column) in places]
    changed = _with_english(lines, sure, signs)
    return () if read_mapping(changed, Place(""))[1] else tuple(at + 1 for at, _ in sure)


def _with_english(lines: Sequence[str], starts: Iterable[tuple[int, int]], signs: _Signs) -> str:
    changed = list(lines)
    for at, column in starts:
        changed[at] = lines[at][:column] + signs.colon.sub(r"\1: ", lines[at][column:], count=1)
    return "\n".join(changed)


def with_commas(text: str, keys: Keys) -> tuple[str, tuple[int, ...]]:
    """Part the values in braces at Chinese commas that stand before a key; returns the line of each."""
    lines = text.split("\n")
    comma = _signs(keys).comma
    changed = [_BRACES.sub(lambda braces: comma.sub(r", \1: ", braces[0]), line) for line in lines]
    numbers = (
        number for number, pair in enumerate(zip(lines, changed, strict=True), 1) if pair[0] != pair[1]
    )
    return "\n".join(changed), tuple(numbers)


def _next(text: str, signs: _Signs) -> int | None:
    """Find the key before the next Chinese colon."""
    faults = read_mapping(text, Place(""))[1] if text else ()
    if not faults:
        return next((start for start in _key_starts(text) if signs.colon.match(text, start)), None)
    span = faults[0].span if faults[0].kind is FaultKind.SYNTAX else None
    if span is None:
        return None
    lines = text.split("\n")[: span.line]
    above = (
        (number, match)
        for number in range(len(lines), 0, -1)
        if (match := signs.line.match(lines[number - 1]))
    )
    return next(
        (sum(len(line) + 1 for line in lines[: number - 1]) + match.end() for number, match in above), None
    )


def _places_of_keys(text: str) -> set[tuple[int, int]]:
    return {(line_of(text, start), column_of(text, start)) for start in _key_starts(text)}


def _key_starts(text: str) -> Iterator[int]:
    root = tree_of(text)
    return _starts_in(root) if root else iter(())


def _starts_in(node: TreeNode) -> Iterator[int]:
    if isinstance(node, MappingNode):
        for key, value in node.pairs:
            yield key.start
            yield from _starts_in(value)
    elif isinstance(node, ListNode):
        for item in node.items:
            yield from _starts_in(item)
