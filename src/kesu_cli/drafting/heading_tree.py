"""Paragraphs to a tree of headings, with the unit lists read at each."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from kesu_cli.drafting.label import Label, Rank, box_of, dash_of, decimal_of, label_of
from kesu_cli.drafting.owners import Owners, all_owners, without_owners
from kesu_cli.drafting.series import parted
from kesu_cli.drafting.structure import OutlinePassage
from kesu_cli.drafting.title import LONGEST_TITLE, split_title
from kesu_cli.model.document import Block, Paragraph, Table

_MOST_LINES = 6  # over which a unit list in brackets may be broken


@dataclass
class Node:
    """A heading with what stands under it; the root has no label."""

    label: str = ""
    rank: int = -1
    number: int = 0
    title: str = ""
    line: int = 1
    whole: str = ""
    passages: list[OutlinePassage] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)
    owners: Owners | None = None
    owners_apart: bool = False
    tables: list[Table] = field(default_factory=list)

    def walk(self) -> Iterator["Node"]:
        """Yield the node and all below it, in the order of the document."""
        yield self
        for child in self.children:
            yield from child.walk()

    def texts(self) -> Iterator[OutlinePassage]:
        """Yield all passages from here down; those of headings below keep title and units of their own."""
        yield from self.passages
        for child in self.children:
            yield from child.inner_texts()

    def inner_texts(self) -> Iterator[OutlinePassage]:
        """Yield the passages of a heading inside a measure or a section: its title is text."""
        rest = self.passages[1:] if self.passages and self.passages[0].text in self.whole else self.passages
        own = [OutlinePassage(self.whole, self.line), *rest] if self.whole else rest
        for passage in own:
            yield passage if passage.owners else replace(passage, owners=self.owners)
        for child in self.children:
            yield from child.inner_texts()


def tree_of(blocks: Sequence[Block]) -> Node:
    """Hang each paragraph under its heading."""
    builder = _Builder(blocks)
    for block in builder.blocks:
        builder.take(block)
    for child in builder.root.children:
        _lift(child)
    return builder.root


class _Builder:
    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = list(parted(_with_whole_brackets(_unboxed(blocks))))
        self.root = Node()
        self._path = [self.root]
        self._box: Node | None = None
        self._before_box = 0
        paragraphs = [block for block in self.blocks if isinstance(block, Paragraph)]
        decimals = [found for paragraph in paragraphs if (found := decimal_of(paragraph.text))]
        self._has_decimals = sum(depth > 1 for _, depth, _ in decimals) > 1
        labelled = [label.rank for paragraph in paragraphs if (label := label_of(paragraph.text))]
        self._has_chapters = Rank.CHAPTER in labelled
        self._dash_items = not any(rank == Rank.ITEM for rank in labelled)
        ranks = [
            paragraph.heading
            for paragraph in paragraphs
            if paragraph.heading and not label_of(paragraph.text)
        ]
        self._top_heading = min(ranks, default=1)

    @property
    def _here(self) -> Node:
        return self._path[-1]

    def take(self, block: Block) -> None:
        if isinstance(block, Table):
            self._here.tables.append(block)
            return
        label = self._box_label(block) or self._label(block)
        if label and self._is_in_box(label):
            self._here.passages.append(OutlinePassage(block.text, block.line))
            return
        if label is None:
            self._run_on(block)
            return
        while self._path[-1].rank >= label.rank:
            self._path.pop()
        node = Node(label.text, label.rank, label.number, line=block.line)
        is_box = label.text.startswith("专栏")
        siblings = self._here.children
        self._before_box = siblings[-1].number if is_box and siblings else 0
        self._box = node if is_box else None
        self._here.children.append(node)
        self._path.append(node)
        _fill(node, block.text[label.end :], block.line)

    def _box_label(self, block: Paragraph) -> Label | None:
        """Open a box (专栏) beside the headings that it stands among; what is numbered in it is its text."""
        end = box_of(block.text)
        if not end:
            return None
        last = next((node for node in reversed(self._path) if Rank.PART < node.rank <= Rank.ITEM), self.root)
        rank = Rank.SECTION if last.rank <= Rank.CHAPTER else Rank(last.rank)
        return Label(block.text[:end].strip(), rank, 0, end)

    def _is_in_box(self, label: Label) -> bool:
        if self._box is None or label.text.startswith("专栏") or label.rank < Rank.ITEM:
            return False
        return self._box.rank < Rank.ITEM or label.rank > Rank.ITEM or label.number != self._before_box + 1

    def _label(self, block: Paragraph) -> Label | None:
        decimal = decimal_of(block.text) if self._has_decimals else None
        if decimal:
            text, depth, end = decimal
            base = Rank.CHAPTER if self._has_chapters else Rank.PART
            return Label(text, Rank(min(base + depth, Rank.POINT)), int(re.split("[.．]", text)[-1]), end)
        label = label_of(block.text)
        if label and self._has_decimals and label.rank == Rank.ITEM and not self._has_chapters:
            return label._replace(rank=Rank.CHAPTER)
        if label:
            return label
        if block.heading and len(block.text) <= LONGEST_TITLE:
            rank = min(Rank.PART + block.heading - self._top_heading + 1, Rank.POINT)
            return Label("", Rank(rank), 0, 0)
        dash = dash_of(block.text)
        if dash and self._dash_items and self._here.rank >= Rank.CHAPTER:
            return Label("", Rank.ITEM, 0, dash)
        return None

    def _run_on(self, block: Paragraph) -> None:
        found = all_owners(block.text, block.line)
        if len(found) == 1 and not _outside(block.text, found[0]):
            _own(self._here, found[0], apart=True)
        else:
            _append(self._here, block.text, block.line)


def _unboxed(blocks: Iterable[Block]) -> Iterator[Block]:
    """Read a box that is drawn as a table of one column as the paragraphs in it."""
    for block in blocks:
        if isinstance(block, Table) and all(len(set(row)) == 1 for row in block.rows) and _is_box(block):
            for row, line in zip(block.rows, block.lines, strict=True):
                yield from (Paragraph(text.strip(), line) for text in row[0].split("\n") if text.strip())
        else:
            yield block


def _is_box(table: Table) -> bool:
    return bool(table.rows) and box_of(table.rows[0][0].strip().split("\n")[0]) > 0


def _with_whole_brackets(blocks: Iterable[Block]) -> list[Block]:
    """Join a unit list in brackets that was broken over lines."""
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        if isinstance(block, Paragraph) and isinstance(before, Paragraph) and _is_open(before.text):
            joined[-1] = replace(before, text=before.text + "\n" + block.text)
        else:
            joined.append(block)
    return joined


def _is_open(text: str) -> bool:
    start = re.search(r"[（(〔\[【][^（(〔\[【]{0,3}(?:牵头|责任|配合|主办|落实)[^（）()]*$", text[-600:])
    return bool(start) and text.count("\n") < _MOST_LINES


def _outside(text: str, owners: Owners) -> str:
    return (text[: owners.start] + text[owners.end :]).strip(" 。；;")


def _fill(node: Node, text: str, line: int) -> None:
    """Part the title from the text that runs on behind it."""
    found = all_owners(text, line)
    head_end = found[0].start if found else len(text)
    title, rest_at = split_title(text[:head_end])
    node.title = title
    node.whole = without_owners(text, found) if len(found) <= 1 else text[:head_end].strip()
    rest = text[rest_at:]
    if found and not _outside(text[rest_at:], _shifted(found[0], rest_at)) and len(found) == 1:
        _own(node, found[0], apart=False)
        return
    if rest.strip():
        _append(node, rest, line)


def _shifted(owners: Owners, by: int) -> Owners:
    return replace(owners, start=max(owners.start - by, 0), end=max(owners.end - by, 0))


def _append(node: Node, text: str, line: int) -> None:
    """Add running text; each unit list in it closes a passage."""
    found = all_owners(text, line)
    start = 0
    for row in found:
        passage = text[start : row.start].strip()
        if passage:
            is_only = len(found) == 1 and not text[row.end :].strip()
            node.passages.append(OutlinePassage(passage, line, None if is_only else row))
            if is_only:
                _own(node, row, apart=False)
        else:
            _own(node, row, apart=True)
        start = row.end
    rest = text[start:].strip()
    if rest.strip("。；; "):
        node.passages.append(OutlinePassage(rest, line))


def _own(node: Node, owners: Owners, *, apart: bool) -> None:
    node.owners = node.owners.joined(owners) if node.owners else owners
    node.owners_apart = apart


def _lift(node: Node) -> None:
    """Give a unit list that closes a group of headings to the group, the deepest groups first."""
    children = node.children
    for child in children:
        _lift(child)
    named = [index for index, child in enumerate(children) if child.owners]
    if len(children) == 1 or not named:
        return
    last = children[-1]
    if (
        named == [len(children) - 1]
        and node.owners is None
        and (last.owners_apart or _is_leaf_group(children))
    ):
        node.owners, last.owners = last.owners, None
        node.owners_apart = last.owners_apart
        return
    if 2 * len(named) < len(children) and all(children[index].owners_apart for index in named):
        _spread(children)


def _is_leaf_group(children: Sequence[Node]) -> bool:
    return all(child.rank >= Rank.ITEM and not child.children for child in children)


def _spread(children: Sequence[Node]) -> None:
    """Let a list behind several headings that have none hold for all of these."""
    owners: Owners | None = None
    for child in reversed(children):
        if child.owners:
            owners = child.owners
        else:
            child.owners = owners
