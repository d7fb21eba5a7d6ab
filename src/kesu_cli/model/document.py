"""A written document as its blocks stand on the page: paragraphs and tables, each with its line."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, stripped of what can't be seen.

    ``line`` is the 1-based line of a text file, of a Word document the running number of the paragraph.
    ``heading`` is the rank that the file itself gives it (Markdown #, HTML h1, Word 标题 1), 0 where it
    gives none.
    """

    text: str
    line: int
    heading: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table, all rows equally long; a merged cell stands in each place that it covers."""

    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]

    @property
    def line(self) -> int:
        """The line of its first row."""
        return self.lines[0]


Block: TypeAlias = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A file read whole: its name, the digest of its bytes, its blocks in order.

    ``notes`` are what stands outside the running text (footnotes, page headers, diagrams), ``aside`` what
    a web page shows beside it; their lines are 0.
    """

    name: str
    sha256: str
    blocks: tuple[Block, ...]
    notes: tuple[Paragraph, ...] = ()
    aside: tuple[Paragraph, ...] = ()
