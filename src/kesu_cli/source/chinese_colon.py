"""Chinese colons behind the keys of a progress file, where they keep it from being read."""

import re
from collections.abc import Iterator

from kesu_cli.finding import Place
from kesu_cli.model.progress_file import EntryRow, EvidenceRow, NothingRow, ProgressFile
from kesu_cli.rule import FaultKind
from kesu_cli.source.marked import Marked, MarkedList, MarkedMapping, marked
from kesu_cli.source.tree import read_mapping

_ROWS = (ProgressFile, EntryRow, EvidenceRow, NothingRow)
_KEYS = "|".join(sorted({key for row in _ROWS for key in row.model_fields}))
_CHINESE_COLON = re.compile(rf"( *(?:- +)*)({_KEYS}) *：[ \u3000]*")


def with_colons(text: str) -> tuple[str, tuple[int, ...]]:
    """Replace the Chinese colons at which reading stops; returns the new text and the lines.

    Only if the whole text then reads and no colon stood within a text; otherwise nothing is replaced.
    """
    lines = text.splitlines(keepends=True)
    columns: dict[int, int] = {}
    while (number := _stops_at("".join(lines))) is not None and number not in columns:
        match = _CHINESE_COLON.match(lines[number - 1])
        if match is None:
            break
        rest = lines[number - 1][match.end() :]
        lines[number - 1] = f"{match[1]}{match[2]}:{' ' if rest.strip() else ''}{rest}"
        columns[number] = len(match[1])
    changed = "".join(lines)
    if not columns or read_mapping(changed, Place(""))[1]:
        return text, ()
    keys = {sum(map(len, lines[: number - 1])) + column for number, column in columns.items()}
    return (changed, tuple(columns)) if keys <= set(_key_starts(marked(changed))) else (text, ())


def _stops_at(text: str) -> int | None:
    """Return the line at which reading stops by a slip of the pen."""
    faults = read_mapping(text, Place(""))[1] if text else ()
    span = faults[0].span if faults and faults[0].kind is FaultKind.SYNTAX else None
    return span.line if span else None


def _key_starts(node: Marked) -> Iterator[int]:
    if isinstance(node, MarkedMapping):
        for key, value in node.pairs:
            yield key.start
            yield from _key_starts(value)
    elif isinstance(node, MarkedList):
        for item in node.items:
            yield from _key_starts(item)
