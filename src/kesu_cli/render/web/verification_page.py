"""A verification as one web page: the document with every clause in the colour of the task that covers it."""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from kesu_cli.render.verification_wording import conclusion, coverage_line
from kesu_cli.verification import Cover, CoveredPart, CoveredPassage, CoveredStretch, Verification

COLOURS = 6  # neighbouring tasks differ in colour; the id is always printed too


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """A stretch as it is shown: its anchor, and the colour of its first task."""

    stretch: CoveredStretch
    anchor: str
    colour: int

    @property
    def label(self) -> str:
        """What stands beside the words: the ids of the tasks, or what else became of them."""
        if self.stretch.cover is Cover.BARE:
            return "未覆盖"
        return "、".join(self.stretch.tasks)


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """A passage as it is shown."""

    line: int
    pieces: tuple[ShownPiece, ...]


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A part of the document beside its tasks; ``first`` is the anchor of each task's first stretch."""

    part: CoveredPart
    paragraphs: tuple[ShownParagraph, ...]
    first: dict[str, str]


def render(found: Verification) -> bytes:
    """Fill the template; the page loads nothing and runs no script."""
    style = _part("verification_page.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    text: str = _template().render(
        found=found,
        blocks=tuple(_blocks(found)),
        conclusion=conclusion(found),
        coverage=coverage_line(found),
        style=style,
        style_hash=f"'sha256-{digest}'",
    )
    return text.encode()


def _blocks(found: Verification) -> Iterator[ShownBlock]:
    for part in found.parts:
        colours = {task: number % COLOURS for number, task in enumerate(part.tasks)}
        paragraphs = tuple(
            ShownParagraph(passage.line, tuple(_pieces(part, number, passage, colours)))
            for number, passage in enumerate(part.passages)
        )
        yield ShownBlock(part, paragraphs, dict(_first(paragraphs)))


def _pieces(
    part: CoveredPart, paragraph: int, passage: CoveredPassage, colours: dict[str, int]
) -> Iterator[ShownPiece]:
    for number, stretch in enumerate(passage.stretches):
        colour = colours.get(stretch.tasks[0], 0) if stretch.tasks else 0
        yield ShownPiece(stretch, f"c-{part.label}-{paragraph}-{number}", colour)


def _first(paragraphs: Sequence[ShownParagraph]) -> Iterator[tuple[str, str]]:
    """Yield each task with the anchors of its stretches, the first one last, so that a dict keeps it."""
    for paragraph in reversed(paragraphs):
        for piece in reversed(paragraph.pieces):
            for task in piece.stretch.tasks:
                yield task, piece.anchor


@cache
def _template() -> Any:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_part("verification_page.html"))


def _part(name: str) -> str:
    return (files("kesu_cli.render.web") / name).read_text("utf-8")
