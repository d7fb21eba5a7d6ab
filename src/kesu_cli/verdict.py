"""The word that a standing gets (判定): one table of what is asked, whether it is over, and how far it is."""

from enum import Enum, StrEnum
from fractions import Fraction

from kesu_cli.diagnostic import Severity
from kesu_cli.model.plan import Task
from kesu_cli.model.policy import Policy
from kesu_cli.model.task_in_plan_file import Strength, Tally
from kesu_cli.model.window import AsOf, Window
from kesu_cli.pace import RANGES, UPPER_BOUNDS, Bound, completion_of, has_pace, pace_of, reaches


class Verdict(StrEnum):
    """How a task stands in a window on a date."""

    MET = "met"
    ON_PACE = "on_pace"
    BEHIND = "behind"
    MISSED = "missed"
    UNREPORTED = "unreported"
    OPEN = "open"
    UPCOMING = "upcoming"
    UNVERIFIED = "unverified"
    WAIVED = "waived"

    @property
    def label(self) -> str:
        """The word that is printed."""
        return _VERDICT_LABELS[self]

    @property
    def rank(self) -> int:
        """How bad it is, 0 the worst; 待核实 and 已豁免 have the rank of the verdict behind them."""
        return _RANKS[self]

    @property
    def is_well(self) -> bool:
        """Whether nothing need be done about it as things stand."""
        return self.rank > Verdict.BEHIND.rank


_VERDICT_LABELS = {
    Verdict.MET: "达标",
    Verdict.ON_PACE: "达进度",
    Verdict.BEHIND: "欠进度",
    Verdict.MISSED: "未达标",
    Verdict.UNREPORTED: "未报送",
    Verdict.OPEN: "进行中",
    Verdict.UPCOMING: "未到期",
    Verdict.UNVERIFIED: "待核实",
    Verdict.WAIVED: "已豁免",
}
_RANKS = {
    Verdict.UNREPORTED: 0,
    Verdict.MISSED: 0,
    Verdict.BEHIND: 1,
    Verdict.OPEN: 2,
    Verdict.UPCOMING: 2,
    Verdict.ON_PACE: 3,
    Verdict.MET: 5,
}
_LIMIT_LABELS = {Verdict.ON_PACE: "限内", Verdict.BEHIND: "已超出"}
_MISS = {Strength.HARD: Severity.ERROR, Strength.FIRM: Severity.WARNING, Strength.SOFT: Severity.NOTE}


class Light(StrEnum):
    """亮灯: colour beside the word."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"

    @property
    def badness(self) -> int:
        """How much it asks for: nothing where it is not lit."""
        return (Light.GREY, Light.GREEN, Light.YELLOW, Light.RED).index(self)


class Shape(Enum):
    """What a target asks of its figure, which decides what can be said of it while there is time."""

    GROWING = "下限，数会积累"
    LEVEL = "下限，水平值"
    PACED_LEVEL = "有基数或分期目标的水平值"
    CEILING = "上限，数会积累"
    CEILING_LEVEL = "上限，水平值"
    RANGE = "区间或等于，数会积累"
    RANGE_LEVEL = "区间或等于，水平值"
    DUTY = "没有数量的任务"
    ON_EVENT = "有事即报"


class Situation(Enum):
    """Where one figure lies: at what is asked, short of it, beyond it, or nowhere."""

    SILENT = "没有人报"
    NO_FIGURE = "没有可以计入的数"
    SHORT = "不够，慢于序时进度或没有进度可比"
    KEEPING_UP = "不够，不慢于序时进度"
    REACHED = "够了"
    BEYOND = "超出"


_Row = dict[Situation, Verdict]

_OVER: _Row = {
    Situation.SILENT: Verdict.UNREPORTED,
    Situation.NO_FIGURE: Verdict.MISSED,
    Situation.SHORT: Verdict.MISSED,
    Situation.KEEPING_UP: Verdict.MISSED,
    Situation.REACHED: Verdict.MET,
    Situation.BEYOND: Verdict.MISSED,
}
_WHILE_OPEN: _Row = {Situation.SILENT: Verdict.UNREPORTED, Situation.NO_FIGURE: Verdict.OPEN}
_NO_PACE: _Row = {**_WHILE_OPEN, Situation.SHORT: Verdict.OPEN, Situation.KEEPING_UP: Verdict.OPEN}
_PACED: _Row = {**_WHILE_OPEN, Situation.SHORT: Verdict.BEHIND, Situation.KEEPING_UP: Verdict.ON_PACE}
_LIMIT: _Row = {**_NO_PACE, Situation.REACHED: Verdict.ON_PACE, Situation.BEYOND: Verdict.MISSED}
_LIMIT_OF_LEVEL: _Row = {**_LIMIT, Situation.BEYOND: Verdict.BEHIND}
_EVENT: _Row = {**dict.fromkeys(Situation, Verdict.OPEN), Situation.REACHED: Verdict.MET}

OPEN_TABLE: dict[Shape, _Row] = {
    Shape.GROWING: {**_PACED, Situation.REACHED: Verdict.MET},
    Shape.LEVEL: {**_NO_PACE, Situation.REACHED: Verdict.ON_PACE},
    Shape.PACED_LEVEL: {**_PACED, Situation.REACHED: Verdict.ON_PACE},
    Shape.CEILING: _LIMIT,
    Shape.CEILING_LEVEL: _LIMIT_OF_LEVEL,
    Shape.RANGE: _LIMIT,
    Shape.RANGE_LEVEL: _LIMIT_OF_LEVEL,
    Shape.DUTY: {**_NO_PACE, Situation.SILENT: Verdict.OPEN, Situation.REACHED: Verdict.MET},
    Shape.ON_EVENT: _EVENT,
}
"""What is said of a figure while its window is open."""

OVER_TABLE: dict[Shape, _Row] = dict.fromkeys(Shape, _OVER) | {Shape.ON_EVENT: _EVENT}
"""What is said of a figure when its window is over."""


def shape_of(task: Task) -> Shape:
    """Say what a task asks of its figure."""
    if task.row.on_event:
        return Shape.ON_EVENT
    if task.row.target is None:
        return Shape.DUTY
    is_level = task.tally is Tally.LATEST
    if is_level and has_pace(task):
        return Shape.PACED_LEVEL
    if task.row.target.comparator in UPPER_BOUNDS:
        return Shape.CEILING_LEVEL if is_level else Shape.CEILING
    if task.row.target.comparator in RANGES:
        return Shape.RANGE_LEVEL if is_level else Shape.RANGE
    return Shape.LEVEL if is_level else Shape.GROWING


def verdict_at(
    task: Task, window: Window, figure: Bound | None, as_of: AsOf, policy: Policy, *, silent: bool
) -> Verdict:
    """Say how a task would stand at one figure; without one, whether anybody has reported decides."""
    if as_of.day < window.start:
        return Verdict.UPCOMING
    table = OVER_TABLE if as_of.has_ended(window.end) else OPEN_TABLE
    if figure is None:
        where = Situation.SILENT if silent else Situation.NO_FIGURE
    else:
        where = _situation(task, window, figure, as_of, policy)
    return table[shape_of(task)][where]


def _situation(task: Task, window: Window, figure: Bound, as_of: AsOf, policy: Policy) -> Situation:
    if reaches(task, figure, policy):
        return Situation.REACHED
    target, shape = task.row.target, shape_of(task)
    if target is None:
        return Situation.SHORT
    is_limit = target.comparator in (*UPPER_BOUNDS, *RANGES)
    if shape is not Shape.PACED_LEVEL and is_limit:
        return Situation.BEYOND if figure >= target.high else Situation.SHORT
    completion = completion_of(task, figure)
    keeps_up = completion is not None and pace_of(task, window, as_of.day) <= completion <= 1
    return Situation.KEEPING_UP if keeps_up else Situation.SHORT


def word_of(verdict: Verdict, task: Task) -> str:
    """Return the word for a verdict: of what must stay within a limit it is said whether it does."""
    return word_for(verdict, shape_of(task))


def word_for(verdict: Verdict, shape: Shape) -> str:
    """Return the word for a verdict on what has that shape."""
    is_limit = shape in (Shape.CEILING, Shape.CEILING_LEVEL, Shape.RANGE, Shape.RANGE_LEVEL)
    return _LIMIT_LABELS.get(verdict, verdict.label) if is_limit else verdict.label


def weight_of(verdict: Verdict, task: Task, *, due: bool) -> Severity | None:
    """Say how grave a verdict is: a miss by the strength of the words, a lag as a warning where they bind."""
    if verdict is Verdict.MISSED or (verdict is Verdict.UNREPORTED and due):
        return _MISS[task.strength]
    if verdict is Verdict.BEHIND:
        return Severity.NOTE if task.strength is Strength.SOFT else Severity.WARNING
    return None


def light_of(verdict: Verdict, completion: Bound | None, pace: Bound, *, due: bool, policy: Policy) -> Light:
    """Return the colour of a verdict; of a lag by how far it lags, of a limit that is passed yellow."""
    if verdict in (Verdict.MET, Verdict.ON_PACE):
        return Light.GREEN
    if verdict is Verdict.MISSED or (verdict is Verdict.UNREPORTED and due):
        return Light.RED
    if verdict is not Verdict.BEHIND:
        return Light.GREY
    allowed = Fraction(policy.lights.yellow_within.number) / 100
    return Light.YELLOW if completion is None or pace - completion <= allowed else Light.RED
