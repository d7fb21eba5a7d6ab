"""What a form is read against: the plan in force, its units, and the year that is asked for."""

from typing import NamedTuple

from kesu_cli.model.amount import normal
from kesu_cli.model.name_similarity import did_you_mean
from kesu_cli.model.plan import Task
from kesu_cli.model.plan_folder import Terms


class FormContext(NamedTuple):
    """The terms in force; ``year`` is 0 where any will do."""

    terms: Terms
    year: int = 0

    def task(self, written: str) -> Task | None:
        """Return the task that a cell chooses: by its id, alone or followed by its very name."""
        id_, _, name = normal(written).partition(" ")
        task = self.terms.plan.by_id.get(id_.upper())
        return task if task and (not name or name.strip() == normal(task.name)) else None

    def nearest_task(self, written: str) -> str:
        """Return a sentence that offers the most similar choice."""
        return did_you_mean(written, (f"{task.id} {task.name}" for task in self.terms.plan.by_id.values()))
