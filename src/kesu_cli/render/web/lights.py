"""Lights in words (亮灯): one cell for one standing or for many, the worst on top."""

from collections.abc import Sequence
from dataclasses import dataclass

from kesu_cli.model.amount import PER_CENT, show_number
from kesu_cli.render.tallies import is_figure
from kesu_cli.render.wording import figure_words, unit_of_measure, verdict_words
from kesu_cli.standing import Standing
from kesu_cli.verdict import Light, Verdict

_LIGHTS = (Light.RED, Light.YELLOW, Light.GREY, Light.GREEN)
_VERDICTS = (
    *(Verdict.MISSED, Verdict.UNREPORTED, Verdict.BEHIND, Verdict.UNVERIFIED, Verdict.WAIVED),
    *(Verdict.OPEN, Verdict.UPCOMING, Verdict.ON_PACE, Verdict.MET),
)
_LONGEST = 18


@dataclass(frozen=True, slots=True)
class LightCell:
    """What one cell of a grid shows: the colour, the word, and a line of figures below it."""

    light: str
    words: str
    note: str
    number: int = -1


EMPTY = LightCell("", "", "")


def colour(standing: Standing) -> str:
    """Name the light; a waived standing has one of its own, so that it is neither good nor bad."""
    return "waived" if standing.verdict is Verdict.WAIVED else standing.light.value


def rank(standing: Standing) -> int:
    """Order standings from the worst to the best; where nothing fell due the light says nothing."""
    if standing.over and not standing.concluded:
        return 99
    worst = Light.YELLOW if standing.verdict is Verdict.WAIVED else standing.light
    return 10 * _LIGHTS.index(worst) + _VERDICTS.index(standing.verdict)


def cell_of(standings: Sequence[Standing], number: int = -1) -> LightCell:
    """Show one standing with its figure, of many the worst with how many share its verdict."""
    if not standings:
        return EMPTY
    worst = min(standings, key=rank)
    note = figure(worst) if len(standings) == 1 else _share(standings, worst)
    words = _words(worst, with_reason=len(standings) == 1)
    return LightCell(colour(worst), words, note, number)


def _words(standing: Standing, *, with_reason: bool) -> str:
    """Print the verdict with its reason where that is short; the whole stands beside the figures."""
    words = verdict_words(standing, with_reason=with_reason)
    return words if len(words) <= _LONGEST else verdict_words(standing, with_reason=False)


def figure(standing: Standing) -> str:
    """Print actual and target as they are said in a table: 18/30名; to be verified 28～30/30名."""
    if standing.actual is None or standing.target is None or not is_figure(standing):
        return ""
    unit = unit_of_measure(standing.task)
    done = figure_words(standing, PER_CENT if unit == PER_CENT else "")
    return f"{done}/{show_number(standing.target)}{unit}"


def _share(standings: Sequence[Standing], worst: Standing) -> str:
    same = sum(standing.word == worst.word for standing in standings)
    whom = "个单位" if len({standing.unit for standing in standings}) > 1 else "项"
    return f"{len(standings)}{whom}" if same == len(standings) else f"{same}/{len(standings)}{whom}"
