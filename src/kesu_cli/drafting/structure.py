"""The parts of a plan document, as `outline` finds them."""

from dataclasses import dataclass
from datetime import date

from kesu_cli.drafting.owners import Owners
from kesu_cli.model.window import Days


@dataclass(frozen=True, slots=True)
class OutlinePassage:
    """A paragraph of running text, heading and unit list taken out.

    ``owners`` are those named for this passage alone, where a measure names several.
    """

    text: str
    line: int
    owners: Owners | None = None


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that the plan cites, with its number (国发〔2021〕9号) where one stands behind it."""

    title: str
    number: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A numbered measure.

    ``number`` runs through the document: the printed number where these are unique, otherwise counted.
    ``label`` is the number as printed. ``deadline`` is the text of 完成时限. ``otherwise`` are the units
    that a task table names where the text names others, ``rows`` the lines of its rows in such a table.
    """

    number: int
    title: str
    passages: tuple[OutlinePassage, ...]
    owners: Owners | None
    line: int
    label: str = ""
    deadline: str = ""
    otherwise: Owners | None = None
    rows: tuple[int, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Its title and its passages."""
        return (self.title, *(passage.text for passage in self.passages))


@dataclass(frozen=True, slots=True)
class Action:
    """A group of measures: a 行动 or 工程, a chapter, or the whole plan."""

    number: int
    name: str
    preamble: tuple[OutlinePassage, ...]
    measures: tuple[Measure, ...]
    owners: Owners | None
    line: int


@dataclass(frozen=True, slots=True)
class Section:
    """A titled stretch that is neither an action nor a phase."""

    label: str
    title: str
    passages: tuple[OutlinePassage, ...]
    owners: Owners | None
    line: int


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the period with its own tasks."""

    name: str
    period: Days | None
    passages: tuple[OutlinePassage, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Outline:
    """A plan document taken apart.

    ``others`` are preamble, guiding ideas and the like; ``headings`` are the titles at every level.
    """

    title: str
    issuer: str
    issued: date | None
    period: Days | None
    cites: tuple[Cited, ...]
    goals: tuple[OutlinePassage, ...]
    actions: tuple[Action, ...]
    safeguards: tuple[Section, ...]
    phases: tuple[Phase, ...]
    others: tuple[Section, ...]
    headings: tuple[str, ...] = ()
