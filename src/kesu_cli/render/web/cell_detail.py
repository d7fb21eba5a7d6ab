"""What stands behind each cell, as data for the script: the plan's words, formulas, entries, evidence.

Lists instead of named fields keep a large page small; the script names the positions.
"""

import json
from collections.abc import Sequence
from dataclasses import astuple

from kesu_cli.contribution import Contribution
from kesu_cli.model.amount import show_number
from kesu_cli.model.evidence import ON_PAPER, Evidence
from kesu_cli.model.plan import Task
from kesu_cli.model.progress import Entry
from kesu_cli.render.terminal.explanation_page import TALLY_WORDS, doubts, formulas, remarks
from kesu_cli.render.web.action_year_grid import Board
from kesu_cli.render.web.lights import colour, figure, rank
from kesu_cli.render.web.problem_rows import ProblemRow
from kesu_cli.render.wording import STRENGTH_WORDS, named, target_words, verdict_words
from kesu_cli.report import Report
from kesu_cli.standing import Standing

Data = list[object]


class _Numbers:
    """Texts that come back often, each stored once and named by its number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def of(self, text: str) -> int:
        return self._numbers.setdefault(text, len(self._numbers))

    @property
    def texts(self) -> list[str]:
        return list(self._numbers)


def details(report: Report, board: Board, problems: Sequence[ProblemRow]) -> str:
    """Write the data of the page as JSON that may stand in a script element."""
    words = _Numbers()
    tasks = {standing.task.id: standing.task for standing in report.standings}
    numbers = {task: number for number, task in enumerate(tasks)}
    data = {
        "tasks": [_task(report, task, words) for task in tasks.values()],
        "standings": [_standing(report, s, numbers[s.task.id], words) for s in report.standings],
        "cells": board.cells,
        "problems": [astuple(problem) for problem in problems],
        "words": words.texts,
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _task(report: Report, task: Task, words: _Numbers) -> Data:
    asked = (
        *(target_words(task), task.row.when),
        *(STRENGTH_WORDS[task.strength], TALLY_WORDS[task.tally]),
    )
    return [
        task.id,
        task.name,
        f"{task.chapter.id} {task.chapter.name}",
        task.quote,
        report.line(task.place / "quote"),
        task.row.reading or "",
        "；".join(asked),
        named(task, task.lead),
        named(task, task.responsible),
        task.accountable or "",
        [words.of(unit) for unit in dict.fromkeys((*task.answering(None), *task.lead))],
        [words.of(unit) for unit in task.responsible],
    ]


def _standing(report: Report, standing: Standing, task: int, words: _Numbers) -> Data:
    return [
        task,
        words.of(standing.window.label),
        words.of(standing.unit),
        words.of(standing.verdict.label),
        words.of(colour(standing)),
        words.of(verdict_words(standing)),
        figure(standing),
        rank(standing),
        list(formulas(standing, report.as_of)) if _measured(standing) else [],
        standing.items_missing,
        standing.unread,
        standing.waiver,
        [_entry(report, contribution, words) for contribution in standing.contributions],
        list(doubts(report, standing)),
    ]


def _measured(standing: Standing) -> bool:
    return bool(standing.task.row.target or standing.task.row.items)


def _entry(report: Report, contribution: Contribution, words: _Numbers) -> Data:
    entry = contribution.entry
    return [
        words.of(entry.unit),
        words.of(str(entry.days)),
        entry.name,
        _amount(contribution),
        words.of("；".join(remarks(contribution))),
        report.line(entry.place),
        _remark(entry),
        [_evidence(piece) for piece in entry.evidence],
    ]


def _amount(contribution: Contribution) -> str:
    if contribution.entry.number is None:
        return ""
    return f"{show_number(contribution.entry.number)}{contribution.entry.measured_in}"


def _remark(entry: Entry) -> str:
    joint = f"与{'、'.join(entry.jointly_with)}共同开展" if entry.jointly_with else ""
    cited = f"引用上级数据：{entry.cited_from}" if entry.cited_from else ""
    return "；".join(part for part in (joint, cited) if part)


def _evidence(piece: Evidence) -> list[str]:
    return [piece.kind, piece.where if not piece.archive else f"{ON_PAPER}{piece.archive}"]
