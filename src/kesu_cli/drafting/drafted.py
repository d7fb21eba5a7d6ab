"""What a draft is made of: rows as they will be written, with what a person must decide about each."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pydantic import ValidationError

from kesu_cli.model.task_in_plan_file import Kind, Strength, TaskRow
from kesu_cli.yamltext.write import COMMENT, Node


@dataclass(frozen=True, slots=True)
class DraftedTask:
    """A task before it has its id; ``when`` is one of the five keys with its value.

    ``name_from`` is what the name was made of; ``reviews`` are the questions left to a person,
    ``reading`` says how unclear words were taken.
    """

    quote: str
    name: str
    kind: Kind
    strength: Strength
    when: tuple[str, str]
    line: int
    target: dict[str, Node] = field(default_factory=dict)
    tally: str = ""
    spread: str = ""
    items: tuple[str, ...] = ()
    lead: tuple[str, ...] | None = None
    responsible: tuple[str, ...] | None = None
    reading: str = ""
    reviews: tuple[str, ...] = ()

    def owned_by(
        self, lead: tuple[str, ...], responsible: tuple[str, ...] | None, review: str
    ) -> "DraftedTask":
        """Return the task with units of its own, and the question they leave."""
        reviews = (*self.reviews, review) if review else self.reviews
        return replace(self, lead=lead, responsible=responsible, reviews=reviews)

    def read_as(self, reading: str) -> "DraftedTask":
        """Return the task with one more word on how it was read."""
        return replace(self, reading="；".join(part for part in (self.reading, reading) if part))

    def as_sound(self) -> "DraftedTask":
        """Return the task; where its target is none (30至20名), without it and with the question."""
        wrong = self._what_is_wrong() if self.target else ""
        if not wrong:
            return self
        question = f"原文的数没有读成指标（{wrong}），请核对原文，补上 target，改 kind"
        reviews = (*self.reviews, question)
        return replace(self, target={}, tally="", spread="", kind=Kind.QUALITATIVE, reviews=reviews)

    def _what_is_wrong(self) -> str:
        row = self.row("M01-1", self.name or self.quote)
        try:
            TaskRow.model_validate({key: value for key, value in row.items() if not key.startswith(COMMENT)})
        except ValidationError as error:
            said = (fault.get("ctx", {}).get("error") for fault in error.errors())
            return next((str(one) for one in said if one), "写法不对")
        return ""

    def row(self, identifier: str, name: str) -> dict[str, Node]:
        """Return the mapping to write, keys in the order of a task."""
        reviews: dict[str, Node] = (
            {COMMENT: "\n".join(f"review: {review}" for review in self.reviews)} if self.reviews else {}
        )
        texts = {
            "id": identifier,
            "name": name,
            "quote": self.quote,
            "kind": self.kind,
            "strength": self.strength,
        }
        extras: dict[str, Node] = {
            "target": self.target,
            self.when[0]: self.when[1],
            "tally": self.tally,
            "spread": self.spread,
            "items": list(self.items),
            **_lists(self.lead, self.responsible),
            "reading": self.reading,
        }
        kept = {key: value for key, value in extras.items() if value or key in ("lead", "responsible")}
        return {**reviews, **{key: str(text) for key, text in texts.items()}, **kept}


def _lists(lead: Sequence[str] | None, responsible: Sequence[str] | None) -> dict[str, Node]:
    given = {"lead": lead, "responsible": responsible}
    return {key: list(names) for key, names in given.items() if names is not None}
