"""Writes the chapters of a drafted plan: ids, names and owners of its tasks, chapter by chapter."""

import re
from collections.abc import Iterable, Sequence

from kesu_cli.drafting.chapter_text import deadline_of
from kesu_cli.drafting.drafted import DraftedTask
from kesu_cli.drafting.grouping import owners_of
from kesu_cli.drafting.naming import told_apart
from kesu_cli.drafting.owners import Owners
from kesu_cli.drafting.structure import Action, Measure, Outline, OutlinePassage
from kesu_cli.drafting.subject import subject_names
from kesu_cli.drafting.task_draft import Setting, tasks_of
from kesu_cli.drafting.time_draft import column_time
from kesu_cli.drafting.unit_name import is_group
from kesu_cli.model.task_in_plan_file import Kind, Strength
from kesu_cli.model.window import Days
from kesu_cli.yamltext.write import COMMENT, Node

_MADE = frozenset({Kind.MECHANISM, Kind.DELIVERABLE, Kind.PROGRAMME, Kind.INTEGRATION})
_PEOPLE = re.compile("队伍|人才|群体|大军")
_NO_OWNER = "原文没有写明责任单位，请指定"
_NO_PERIOD = "原文没有写起止日期，这里按方案期限暂填"
_NO_NAME = "待补"
_OF_GROUP = "责任单位取自句首的主语，是统称；各单位各自考核的，请加 spread: each"
_OF_SUBJECT = "责任单位取自句首的主语，请核对"


class PlanWriter:
    """Drafts the tasks of one plan; keeps those drafted, so that no quote is used twice."""

    def __init__(self, outline: Outline, period: Days) -> None:
        self._outline = outline
        self._period = period
        self.tasks: list[DraftedTask] = []

    def chapters(self) -> dict[str, Node]:
        """Return goals, actions, safeguards and phases as they are written."""
        goals = self._rows("G", [task for passage in self._outline.goals for task in self._goal(passage)])
        return {
            **({"goals": {"tasks": goals}} if goals else {}),
            "actions": [
                self._action(number, action) for number, action in enumerate(self._outline.actions, 1)
            ],
            **self._safeguards(),
            **self._phases(),
        }

    def _goal(self, passage: OutlinePassage) -> list[DraftedTask]:
        """Draft the goals of a passage; they have the units that it names, else none."""
        lead, responsible = _lists(passage.owners) if passage.owners else ((), None)
        column = column_time(passage.owners.deadline, self._period) if passage.owners else None
        setting = Setting(self._period, states=True, lead=lead, responsible=responsible, column=column)
        return self._drafted([passage], setting)

    def _action(self, number: int, action: Action) -> Node:
        owners = owners_of(action)
        found = self._drafted(action.preamble, Setting(self._period))
        preamble = self._rows(f"A{number}", (task for task in found if _stands_alone(task)))
        return {
            **_comment(
                [
                    *_unnamed(action.name),
                    *([] if owners and owners.lead else ["原文没有写明牵头单位，请核对"]),
                ]
            ),
            "id": f"A{number}",
            "name": action.name or _NO_NAME,
            "lead": list(owners.lead) if owners else [],
            "responsible": list(owners.responsible) if owners else [],
            **({"tasks": preamble} if preamble else {}),
            "measures": [self._measure(measure, owners) for measure in action.measures],
        }

    def _measure(self, measure: Measure, of_action: Owners | None) -> Node:
        tasks: list[DraftedTask] = []
        unread: set[str] = set()
        for passage in measure.passages:
            own = passage.owners or measure.owners
            differs = own is not None and (of_action is None or _lists(own) != _lists(of_action))
            lead, responsible = _lists(own) if own and differs else (None, None)
            due = (passage.owners.deadline if passage.owners else "") or deadline_of(measure)
            column = column_time(due, self._period)
            setting = Setting(self._period, lead=lead, responsible=responsible, column=column)
            found = self._drafted([passage], setting)
            if due and column is None:
                unread.add(due)
                found = [task.read_as(f"完成时限一栏写的是“{due}”") for task in found]
            tasks += found
        deadline = [f"完成时限写的是“{due}”，请定各任务的时限" for due in sorted(unread)]
        if measure.otherwise:
            names = "、".join(measure.otherwise.names)
            deadline.append(f"任务分工表写的单位是“{names}”，与正文不同，请核对")
        return {
            **_comment([*_unnamed(measure.title), *deadline]),
            "number": str(measure.number),
            "title": measure.title or _NO_NAME,
            "tasks": self._rows(f"M{measure.number:02d}", tasks),
        }

    def _safeguards(self) -> dict[str, Node]:
        sections: list[Node] = []
        for number, section in enumerate(self._outline.safeguards, 1):
            tasks = self._owned(section.passages, Setting(self._period), section.owners)
            sections.append(
                {
                    **_comment(_unnamed(section.title)),
                    "id": f"S{number}",
                    "title": section.title or _NO_NAME,
                    "tasks": self._rows(f"S{number}", tasks),
                }
            )
        return {"safeguards": sections} if sections else {}

    def _phases(self) -> dict[str, Node]:
        phases: list[Node] = []
        for number, phase in enumerate(self._outline.phases, 1):
            period = phase.period or self._period
            tasks = self._owned(phase.passages, Setting(period), None)
            phases.append(
                {
                    **_comment([*_unnamed(phase.name), *([] if phase.period else [_NO_PERIOD])]),
                    "id": f"P{number}",
                    "name": phase.name or _NO_NAME,
                    "period": {"from": period.start.isoformat(), "to": period.end.isoformat()},
                    "tasks": self._rows(f"P{number}", tasks),
                }
            )
        return {"phases": phases} if phases else {}

    def _owned(
        self, passages: Sequence[OutlinePassage], setting: Setting, owners: Owners | None
    ) -> list[DraftedTask]:
        """Draft tasks whose owners no action names: those listed, else those the sentence begins with."""
        found = []
        for passage in passages:
            own = passage.owners or owners
            for task in self._drafted([passage], setting):
                if own:
                    lead, responsible = _lists(own)
                    found.append(task.owned_by(lead, responsible, ""))
                    continue
                names = subject_names(passage.text, passage.text.find(task.quote))
                review = _OF_GROUP if any(map(is_group, names)) else _OF_SUBJECT if names else _NO_OWNER
                found.append(task.owned_by(names, None, review))
        return found

    def _drafted(self, passages: Sequence[OutlinePassage], setting: Setting) -> list[DraftedTask]:
        return [task for passage in passages for task in tasks_of(passage, setting)]

    def _rows(self, prefix: str, tasks: Iterable[DraftedTask]) -> list[Node]:
        """Give the tasks of a chapter ids and names; words that were quoted before are not quoted again."""
        quoted = {task.quote for task in self.tasks}
        new = (task.as_sound() for task in tasks if task.quote not in quoted)
        fresh = list({(task.quote, str(task.target)): task for task in new}.values())
        self.tasks += fresh
        names = told_apart([task.name for task in fresh])
        return [
            task.row(f"{prefix}-{number}", name)
            for number, (task, name) in enumerate(zip(fresh, names, strict=True), 1)
        ]


def _stands_alone(task: DraftedTask) -> bool:
    """Whether a duty of a preamble is more than what the measures below it spell out."""
    is_made = task.kind in _MADE and not _PEOPLE.search(task.quote)
    return task.strength is Strength.HARD or is_made


def _lists(owners: Owners) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return owners.lead, owners.responsible


def _unnamed(name: str) -> list[str]:
    return [] if name else ["原文这里只有序号，没有名称，名称是暂填的，请改正"]


def _comment(reviews: Sequence[str]) -> dict[str, Node]:
    return {COMMENT: "\n".join(f"review: {review}" for review in reviews)} if reviews else {}
