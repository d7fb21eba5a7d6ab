"""What a chapter of a document says for all the tasks drafted from it."""

from dataclasses import dataclass

from kesu_cli.drafting.time_draft import DraftedTime
from kesu_cli.model.window import Days


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for all tasks of a passage.

    ``period`` is that of the plan or the phase, ``states`` says that the chapter names states to reach
    rather than acts (the goals), ``lead`` and ``responsible`` are None where the action's own hold,
    ``column`` is what the column 完成时限 says.
    """

    period: Days
    states: bool = False
    lead: tuple[str, ...] | None = None
    responsible: tuple[str, ...] | None = None
    column: DraftedTime | None = None
