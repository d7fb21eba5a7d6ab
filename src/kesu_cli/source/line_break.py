"""Joins the lines of a text that a program broke at a fixed width, in the middle of sentences."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kesu_cli.model.document import Paragraph

_FINISHED = re.compile(r"[。！？；：:;!?…）)”’》】〕]$")
_BEGINS = re.compile(
    r"[一二三四五六七八九十〇百]+[、是]|[（(][一二三四五六七八九十\d]+[）)]|\d{1,3}[．.、](?!\d)|第.{1,3}[章节条阶部]"
    r"|附件|附表|[（(〔]?(?:牵头|责任|配合|完成)"
)
_SHORTEST = 40  # a line of 20 characters: what is narrower is a title, not running text
_WIDEST = 130
_SLACK = 4  # a line ends early where a mark may not stand at the start of the next
_FEWEST = 8
_SHARE = 0.5


def unbroken(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Join what was broken; a text whose lines are paragraphs stays as it is."""
    width = _breaking_width(paragraphs)
    held: Paragraph | None = None
    before = ""
    for paragraph in paragraphs:
        if held and width and _goes_on(before, paragraph, width):
            held = replace(held, text=held.text + paragraph.text)
        else:
            if held:
                yield held
            held = paragraph
        before = paragraph.text
    if held:
        yield held


def _goes_on(before: str, after: Paragraph, width: int) -> bool:
    return (
        _width(before) >= width - _SLACK
        and not after.heading
        and not _BEGINS.match(after.text)
        and not (_FINISHED.search(before) and _width(before) < width - 2)
    )


def _breaking_width(paragraphs: Sequence[Paragraph]) -> int:
    """The width at which the lines were broken, 0 where they were not."""
    long = [width for paragraph in paragraphs if (width := _width(paragraph.text)) >= _SHORTEST]
    if len(long) < _FEWEST or max(long) > _WIDEST:
        return 0
    counted = Counter(long)
    full = max(long)
    near = sum(count for width, count in counted.items() if width >= full - _SLACK)
    unfinished = sum(
        _width(paragraph.text) >= full - _SLACK and not _FINISHED.search(paragraph.text)
        for paragraph in paragraphs
    )
    return full if near >= _SHARE * len(long) and 2 * unfinished >= near else 0


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)
