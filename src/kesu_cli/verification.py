"""What was concluded about a transcription: how the plan and its document cover one another."""

from dataclasses import dataclass
from enum import StrEnum

from kesu_cli.diagnostic import Place


class Aspect(StrEnum):
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
    Aspect.DOCUMENT: "原文文件",
    Aspect.HEADING: "标题",
    Aspect.UNITS: "单位",
    Aspect.QUOTE: "引文",
    Aspect.NUMBER: "数字",
    Aspect.DATE: "日期",
    Aspect.DUTY: "未覆盖",
    Aspect.NUMBERING: "编号",
    Aspect.WORDS: "非原文用语",
}


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One difference, with its place in the plan (if any) and its line in the document (0: none)."""

    doubt: Aspect
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
class CoveredStretch:
    """A stretch of a passage that is covered in one way: by tasks, by a stated reason, or not at all.

    A bare one asks for something that nothing in the plan takes up; a plain one asks for nothing.
    """

    text: str
    cover: Cover
    tasks: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CoveredPassage:
    """A paragraph of the document with the line it stands on, cut into stretches."""

    line: int
    stretches: tuple[CoveredStretch, ...]


@dataclass(frozen=True, slots=True)
class CoveredPart:
    """A part of the document that holds duties: a measure, the preamble of an action, a phase …."""

    label: str
    title: str
    passages: tuple[CoveredPassage, ...]
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
    parts: tuple[CoveredPart, ...]
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
