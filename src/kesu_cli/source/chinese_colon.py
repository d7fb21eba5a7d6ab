"""Chinese colons and commas around the keys of a progress file, where they keep it from being read."""

import re
from collections.abc import Iterable, Iterator, Sequence

from kesu_cli.diagnostic import FaultKind, Place
from kesu_cli.model.progress_file import EntryRow, EvidenceRow, NothingRow, ProgressFile
from kesu_cli.yamltext.line import column_of, has_only_returns, line_of
from kesu_cli.yamltext.marked import Marked, MarkedList, MarkedMapping, marked
from kesu_cli.yamltext.tree import read_mapping

_ROWS = (ProgressFile, EntryRow, EvidenceRow, NothingRow)
_KEYS = "|".join(sorted({key for row in _ROWS for key in row.model_fields}))
_COLON = re.compile(rf"({_KEYS}) *：[ \u3000]*")
_BRACES = re.compile(r"\{[^{}\"']*\}")
_COMMA = re.compile(rf"，[ \u3000]*({_KEYS}) *[:：][ \u3000]*(?=\S)")
_LINE = re.compile(rf" *(?:- +)*(?={_COLON.pattern})")


def with_colons(text: str) -> tuple[str, tuple[int, ...]]:
    """Replace the Chinese colons at which reading stops or that are read as part of a key.

    Returns the new text and the line of each; only if the whole text then reads and no colon stood
    within a text, otherwise nothing is replaced.
    """
    if has_only_returns(text):
        changed, numbers = with_colons(text.replace("\r", "\n"))
        return changed.replace("\n", "\r"), numbers
    changed = text
    lines: list[int] = []
    keys: set[tuple[int, int]] = set()
    while (start := _next(changed)) is not None:
        match = _COLON.match(changed, start)
        if match is None:
            break
        rest = changed[match.end() :]
        colon = ": " if rest.partition("\n")[0].strip() else ":"
        changed = changed[: match.end(1)] + colon + rest
        lines.append(line_of(changed, start))
        keys.add((lines[-1], column_of(changed, start)))
    if not lines or read_mapping(changed, Place(""))[1] or not keys <= _places_of_keys(changed):
        return text, ()
    return changed, tuple(lines)


def lines_with_colon(text: str) -> tuple[int, ...]:
    """Return every line that begins with a key and a Chinese colon, if each of them is surely a slip.

    It is where the text reads with English ones and each then stands behind a key, not within a text.
    """
    lines = text.split("\n")
    starts = [(at, match.end()) for at, line in enumerate(lines) if (match := _LINE.match(line))]
    everywhere = _with_english(lines, starts)
    if not starts or read_mapping(everywhere, Place(""))[1]:
        return ()
    keys = _places_of_keys(everywhere)
    sure = [(at, column) for at, column in starts if (at + 1, column) in keys]
    changed = _with_english(lines, sure)
    return () if read_mapping(changed, Place(""))[1] else tuple(at + 1 for at, _ in sure)


def _with_english(lines: Sequence[str], starts: Iterable[tuple[int, int]]) -> str:
    changed = list(lines)
    for at, column in starts:
        changed[at] = lines[at][:column] + _COLON.sub(r"\1: ", lines[at][column:], count=1)
    return "\n".join(changed)


def with_commas(text: str) -> tuple[str, tuple[int, ...]]:
    """Part the values in braces at Chinese commas that stand before a key; returns the line of each."""
    lines = text.split("\n")
    changed = [_BRACES.sub(lambda braces: _COMMA.sub(r", \1: ", braces[0]), line) for line in lines]
    numbers = (
        number for number, pair in enumerate(zip(lines, changed, strict=True), 1) if pair[0] != pair[1]
    )
    return "\n".join(changed), tuple(numbers)


def _next(text: str) -> int | None:
    """Find the key before the next Chinese colon."""
    faults = read_mapping(text, Place(""))[1] if text else ()
    if not faults:
        return next((start for start in _key_starts(text) if _COLON.match(text, start)), None)
    span = faults[0].span if faults[0].kind is FaultKind.SYNTAX else None
    if span is None:
        return None
    lines = text.split("\n")[: span.line]
    above = (
        (number, match) for number in range(len(lines), 0, -1) if (match := _LINE.match(lines[number - 1]))
    )
    return next(
        (sum(len(line) + 1 for line in lines[: number - 1]) + match.end() for number, match in above), None
    )


def _places_of_keys(text: str) -> set[tuple[int, int]]:
    return {(line_of(text, start), column_of(text, start)) for start in _key_starts(text)}


def _key_starts(text: str) -> Iterator[int]:
    return _starts_in(marked(text)) if text else iter(())


def _starts_in(node: Marked) -> Iterator[int]:
    if isinstance(node, MarkedMapping):
        for key, value in node.pairs:
            yield key.start
            yield from _starts_in(value)
    elif isinstance(node, MarkedList):
        for item in node.items:
            yield from _starts_in(item)
