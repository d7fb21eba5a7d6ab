"""Parts a paragraph into which several numbered ones, （一） and （二）, ran together."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kesu_cli.drafting.label import Label, label_of
from kesu_cli.model.document import Block, Paragraph

_LABEL = re.compile(r"[。；;！](?=\s*(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[．.、](?!\d)))\s*")


def parted(blocks: Iterable[Block]) -> Iterator[Block]:
    """Give each numbered item a paragraph of its own."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from (replace(block, text=text) for text in _parts(block.text))
        else:
            yield block


def _parts(text: str) -> Iterator[str]:
    start = 0
    label = label_of(text)
    for match in _LABEL.finditer(text):
        inner = label_of(text[match.end() :])
        if inner and (_follows(label, inner) or _begins_series(text[match.end() :], inner)):
            yield text[start : match.end()].strip()
            start, label = match.end(), inner
    yield text[start:].strip()


def _follows(label: Label | None, inner: Label) -> bool:
    return label is not None and inner.rank == label.rank and inner.number == label.number + 1


def _begins_series(text: str, first: Label) -> bool:
    later = (label_of(text[match.end() :]) for match in _LABEL.finditer(text))
    return first.number == 1 and any(label is not None and _follows(first, label) for label in later)
