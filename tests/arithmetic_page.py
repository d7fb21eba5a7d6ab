"""Reads the worked examples of docs/arithmetic.md and works them out with the engine."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from examples import TODAY, WORLD, examples
from kesu_cli.engine.check import Request, check
from kesu_cli.render.wording import (
    LIGHT_WORDS,
    SEVERITY_WORDS,
    forecast_words,
    per_cent,
    points,
    quantity,
    short_target,
    unit_of_measure,
)
from kesu_cli.standing import Standing

PAGE = Path(__file__).parent.parent / "docs" / "arithmetic.md"

_HEADING = re.compile(r"^## ", re.MULTILINE)
_ROW = re.compile(r"^\| (G-\d.*) \|$", re.MULTILINE)


@dataclass(frozen=True)
class Worked:
    """One example: the files it shows, and the rows of figures that follow them."""

    title: str
    files: dict[str, str]
    rows: tuple[str, ...]


def worked_examples() -> Iterator[Worked]:
    """Yield the examples of the page, each with the plan that stands at its head."""
    opening, *sections = _HEADING.split(PAGE.read_text("utf-8"))
    plan = examples(opening)[0].files
    for section in sections:
        shown = examples(section)
        rows = tuple(_ROW.findall(section))
        if shown or rows:
            files = {name: text for example in shown for name, text in example.files.items()}
            yield Worked(section.partition("\n")[0], plan | files, rows)


def lay_out(worked: Worked, folder: Path) -> None:
    """Write the files of an example into a workspace."""
    shutil.copytree(WORLD / "plan", folder / "plan")
    for name, text in worked.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def figured(folder: Path, row: str) -> str:
    """Return the row as the engine has it, for the task, window and date that the row names."""
    task, window, day, *_ = row.split(" | ")
    last = max(path.name for path in (folder / "progress").iterdir())
    year = folder / "progress" / (window[:4] if window.endswith(f"{window[:4]}年") else last)
    report = check(Request((year,), TODAY, date.fromisoformat(day)), "test")
    found = [s for s in report.standings if (_named(s), s.window.label) == (task, window)]
    assert len(found) == 1, f"{task} has {len(found)} standings in {window}"
    columns = row.count(" | ") + 1  # the doubt and the weight stand only in the tables about them
    return " | ".join((task, window, day, *_figures(found[0]))[:columns])


def _named(standing: Standing) -> str:
    return f"{standing.task.id} {standing.unit}".rstrip()


def _figures(standing: Standing) -> Iterator[str]:
    yield short_target(standing.task)
    yield quantity(standing.actual, unit_of_measure(standing.task))
    yield per_cent(standing.completion)
    yield per_cent(standing.pace)
    yield points(standing.gap)
    yield forecast_words(standing)
    yield standing.word
    yield LIGHT_WORDS[standing.light]
    yield quantity(standing.in_doubt, unit_of_measure(standing.task))
    yield SEVERITY_WORDS[standing.weight] if standing.weight else "-"
