"""Pairs the chapters of a plan with the stretches of the document that they transcribe."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kesu_cli.diagnostic import Place
from kesu_cli.drafting.owners import Owners
from kesu_cli.drafting.structure import Action, Measure, Outline, OutlinePassage, Phase, Section
from kesu_cli.model.plan_file import ActionRow, MeasureRow, PlanFile
from kesu_cli.model.task_in_plan_file import TaskRow
from kesu_cli.model.window import Days


@dataclass(frozen=True, slots=True)
class PlacedTask:
    """A task as written, with its place in the plan file."""

    row: TaskRow
    place: Place


@dataclass(frozen=True)
class ChapterText:
    """A chapter of the plan with its passages of the document (none where the document has no such part).

    ``prefix`` is what its task ids begin with; ``all_clauses`` says that every clause states a duty,
    as in the goals, where a state is named and no act; ``listed`` says that a unit list stands there;
    ``due`` is what its column 完成时限 says, ``owners`` whom the document names there
    (``otherwise``: whom its task table names instead) and ``of_action`` the
    units of the action around it; in a ``background`` only what is measured, dated or laid on a unit asks
    for something.
    """

    label: str
    title: str
    prefix: str
    tasks: tuple[PlacedTask, ...]
    passages: tuple[OutlinePassage, ...]
    period: Days | None = None
    due: str = ""
    all_clauses: bool = False
    listed: bool = False
    background: bool = False
    owners: Owners | None = None
    otherwise: Owners | None = None
    of_action: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        """All passages, a line each."""
        return "\n".join(passage.text for passage in self.passages)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each passage starts in the text."""
        starts, offset = [], 0
        for passage in self.passages:
            starts.append(offset)
            offset += len(passage.text) + 1
        return tuple(starts)

    def deadline(self, offset: int) -> str:
        """Return what the unit list or the row that holds for an offset of the text says of 完成时限."""
        passed = [p for p, start in zip(self.passages, self.starts, strict=True) if start <= offset]
        own = passed[-1].owners if passed else None
        return own.deadline if own and own.deadline else self.due

    def owners_at(self, offset: int) -> Owners | None:
        """Return whom the document names for the passage at an offset of the text."""
        passed = [p for p, start in zip(self.passages, self.starts, strict=True) if start <= offset]
        return (passed[-1].owners if passed else None) or self.owners

    def line(self, offset: int) -> int:
        """Return the line of the document at an offset of the text."""
        before = [
            passage.line for passage, start in zip(self.passages, self.starts, strict=True) if start <= offset
        ]
        return before[-1] if before else 0


def chapters(file: PlanFile, place: Place, outline: Outline) -> tuple[ChapterText, ...]:
    """Pair every chapter of a plan with its part of the document, by number, name or order."""
    return tuple(_chapters(file, place, outline))


def _chapters(file: PlanFile, place: Place, outline: Outline) -> Iterator[ChapterText]:
    goals = file.goals.tasks if file.goals else ()
    yield ChapterText(
        "G", "工作目标", "G", _placed(goals, place / "goals" / "tasks"), outline.goals, all_clauses=True
    )
    measures = {measure.number: measure for action in outline.actions for measure in action.measures}
    for index, row in enumerate(file.actions):
        yield from _of_action(row, place / "actions" / index, _action(outline, index, row.name), measures)
    for index, section in enumerate(file.safeguards):
        found = _named(outline.safeguards, section.title)
        passages = found.passages if found else ()
        tasks = _placed(section.tasks, place / "safeguards" / index / "tasks")
        listed = bool(found and found.owners)
        owners = found.owners if found else None
        yield ChapterText(
            section.id, section.title, section.id, tasks, passages, listed=listed, owners=owners
        )
    for index, phase in enumerate(file.phases):
        printed = _phase(outline.phases, phase.name)
        tasks = _placed(phase.tasks, place / "phases" / index / "tasks")
        passages = printed.passages if printed else ()
        yield ChapterText(phase.id, phase.name, phase.id, tasks, passages, period=phase.period.days)


def _of_action(
    row: ActionRow, place: Place, action: Action | None, measures: dict[int, Measure]
) -> Iterator[ChapterText]:
    preamble = action.preamble if action else ()
    yield ChapterText(row.id, row.name, row.id, _placed(row.tasks, place / "tasks"), preamble, listed=True)
    for index, measure in enumerate(row.measures):
        printed = measures.get(measure.number)
        tasks = _placed(measure.tasks, place / "measures" / index / "tasks")
        passages = printed.passages if printed else ()
        yield ChapterText(
            str(measure.number),
            measure.title,
            prefix_of(measure),
            tasks,
            passages,
            due=deadline_of(printed) if printed else "",
            listed=True,
            owners=printed.owners if printed else None,
            otherwise=printed.otherwise if printed else None,
            of_action=(*row.lead, *row.responsible),
        )


def deadline_of(measure: Measure) -> str:
    """Return what a measure's row or unit list says of 完成时限."""
    return measure.deadline or (measure.owners.deadline if measure.owners else "")


def prefix_of(measure: MeasureRow) -> str:
    """Return what the ids of a measure's tasks begin with: M06."""
    return f"M{measure.number:02d}"


def _placed(rows: Sequence[TaskRow], place: Place) -> tuple[PlacedTask, ...]:
    return tuple(PlacedTask(row, place / index) for index, row in enumerate(rows))


def _action(outline: Outline, index: int, name: str) -> Action | None:
    named = [action for action in outline.actions if action.name == name]
    return named[0] if named else outline.actions[index] if index < len(outline.actions) else None


def _named(sections: Sequence[Section], title: str) -> Section | None:
    return next((section for section in sections if section.title == title), None)


def _phase(phases: Sequence[Phase], name: str) -> Phase | None:
    return next((phase for phase in phases if phase.name == name), None)
