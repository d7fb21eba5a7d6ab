"""One standing as every page shows it: whose it is, what is asked, the figures, and what is in doubt."""

from dataclasses import dataclass

from kesu_cli.render.wording import (
    NONE,
    figure_words,
    forecast_words,
    lacking_words,
    owner_words,
    pace_words,
    per_cent,
    points,
    short_target,
    target_words,
    unit_of_measure,
    verdict_words,
)
from kesu_cli.standing import Standing


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A task in one window, of the one who owes it, in words.

    ``asked`` is the target in full, ``target`` in a few characters. While it is to be verified ``actual`` is
    both figures between which it lies, else the undisputed one. ``verdict`` is the word with all that stands
    beside it, ``state`` the word with its mark alone; ``besides`` says what is lacking and what is in doubt.
    A figure that is not known, or means nothing here, is a dash.
    """

    task: str
    name: str
    window: str
    owner: str
    asked: str
    target: str
    actual: str
    completion: str
    pace: str
    gap: str
    forecast: str
    verdict: str
    state: str
    besides: str

    @property
    def title(self) -> str:
        """Name the task with its number."""
        return f"{self.task} {self.name}"


def row_of(standing: Standing) -> StandingRow:
    """Put a standing into words."""
    task = standing.task
    return StandingRow(
        task=task.id,
        name=task.name,
        window=standing.window.label,
        owner=standing.unit or owner_words(task),
        asked=target_words(task),
        target=short_target(task),
        actual=figure_words(standing, unit_of_measure(task)) if _is_counted(standing) else NONE,
        completion=per_cent(standing.completion),
        pace=pace_words(standing),
        gap=points(standing.gap),
        forecast=forecast_words(standing),
        verdict=verdict_words(standing),
        state=verdict_words(standing, with_reason=False),
        besides=lacking_words(standing),
    )


def _is_counted(standing: Standing) -> bool:
    """Whether there is anything to count: of a duty that nobody has reported on there is not."""
    return standing.target is not None or bool(standing.actual)
