"""What was concluded about a transcription: how the plan and its document cover one another."""

from dataclasses import dataclass
from enum import StrEnum

from kesu_cli.finding import Place


class Doubt(StrEnum):
    """In what a transcription and its document can differ."""

    DOCUMENT = "document"
    HEADING = "heading"
    UNITS = "units"
    QUOTE = "quote"
    NUMBER = "number"
    DATE = "date"
    DUTY = "duty"
    NUMBERING = "numbering"
    WORDS = "words"

    @property
    def label(self) -> str:
        """The word that is printed."""
        return _LABELS[self]


_LABELS = {
    Doubt.DOCUMENT: "原文文件",
    Doubt.HEADING: "标题",
    Doubt.UNITS: "单位",
    Doubt.QUOTE: "引文",
    Doubt.NUMBER: "数字",
    Doubt.DATE: "日期",
    Doubt.DUTY: "未覆盖",
    Doubt.NUMBERING: "编号",
    Doubt.WORDS: "非原文用语",
}


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One difference, with its place in the plan (if any) and its line in the document (0: none)."""

    doubt: Doubt
    message: str
    line: int = 0
    place: Place | None = None
    task: str = ""
    words: str = ""


class Cover(StrEnum):
    """What becomes of a clause of the document."""

    TASK = "task"
    EXCUSED = "excused"
    BARE = "bare"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a passage that is covered in one way: by tasks, by a stated reason, or not at all.

    A bare one asks for something that nothing in the plan takes up; a plain one asks for nothing.
    """

    text: str
    cover: Cover
    tasks: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of the document with the line it stands on, cut into stretches."""

    line: int
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the document that holds duties: a measure, the preamble of an action, a phase …."""

    label: str
    title: str
    passages: tuple[Passage, ...]
    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    done: int
    all: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left over."""
        return self.done == self.all


@dataclass(frozen=True)
class Verification:
    """A plan held against its document; ``names`` gives the name of each task by its id."""

    title: str
    document: str
    parts: tuple[Part, ...]
    names: dict[str, str]
    quotes: Share
    clauses: Share
    numbers: Share
    units: Share
    headings: Share
    discrepancies: tuple[Discrepancy, ...]

    @property
    def holds(self) -> bool:
        """Whether the transcription is faithful and complete."""
        return not self.discrepancies
