"""What a form was exported from, kept as digests: it shows which later work an import would undo."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from kesu_cli.forms.change_wording import HEAD, Data, named, stated, words
from kesu_cli.yamltext.write import flow_text

_USUAL: dict[str, Any] = {"status": "draft"}


def base_of(filing: Data) -> tuple[str, ...]:
    """Return a digest for each thing that a progress file says."""
    return tuple(_digest(text) for text, _ in _things(filing))


def undone(base: Collection[str], before: Data, after: Data) -> Iterator[str]:
    """Name what the file has come to say since the form was exported and would not say any more."""
    known = Counter(base)
    kept = Counter(text for text, _ in _things(after))
    seen: Counter[str] = Counter()
    for text, told in _written(before):
        seen[text] += 1
        if seen[text] > max(known[_digest(text)], kept[text]):
            yield told


def _things(filing: Data) -> Iterator[tuple[str, str]]:
    """Give each thing that a file says, or means where it says nothing."""
    return _written(_USUAL | {key: value for key, value in filing.items() if value})


def _written(filing: Data) -> Iterator[tuple[str, str]]:
    """Give each thing that a file says as plain text, and in the words that people are told."""
    for key, label in HEAD.items():
        if value := filing.get(key):
            yield f"{key}={value}", f"{label}：{words(value)}"
    for entry in filing.get("entries") or ():
        yield flow_text(entry), named(entry)
    for row in filing.get("nothing_to_report") or ():
        yield flow_text(row), stated(row)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
