"""The history of standings as JSON, with types and a version of its own: what scripts may rely on."""

from typing import Literal

from kesu_cli.log import Log, LogCommit, LogLine
from kesu_cli.render.json.json_base import PublicJson, decimal_or_null
from kesu_cli.render.json.standing_v2 import (
    VERSION,
    JsonInterval,
    VerdictCode,
    Weight,
    pace_or_null,
    public_interval,
)
from kesu_cli.standing import Standing


class JsonLogCommit(PublicJson):
    """One commit; ``plan_changed`` names files of the plan, ``unjudged`` says why nothing was judged."""

    commit: str
    day: str
    subject: str
    plan_changed: tuple[str, ...]
    unjudged: str


class JsonLogPoint(PublicJson):
    """How a task stood at one commit; ``moved`` says that it stood otherwise at the one before."""

    moment: int
    target: str | None
    actual: str | None
    interval: JsonInterval
    in_doubt: str | None
    completion: str | None
    pace: str | None
    verdict: VerdictCode
    word: str
    worst: VerdictCode
    weight: Weight | None
    moved: bool


class JsonLogLine(PublicJson):
    """One task in one window (of one unit); commits at which there was no such task have no point."""

    task: str
    name: str
    window: str
    start: str
    end: str
    unit: str
    measured_in: str
    points: tuple[JsonLogPoint, ...]


class JsonLog(PublicJson):
    """The history; ``complete`` is false where the clone lacks older commits."""

    format: Literal["kesu-log"]
    format_version: str
    kesu: str
    demo: bool
    plan: str
    year: int
    subject: str
    by: Literal["commit", "month"]
    complete: bool
    moments: tuple[JsonLogCommit, ...]
    lines: tuple[JsonLogLine, ...]


def public(log: Log) -> JsonLog:
    """Turn a history into its public form."""
    return JsonLog(
        format="kesu-log",
        format_version=VERSION,
        kesu=log.version,
        demo=log.demo,
        plan=log.plan.title,
        year=log.year,
        subject=log.subject,
        by="month" if log.monthly else "commit",
        complete=log.complete,
        moments=tuple(_commit(commit) for commit in log.commits),
        lines=tuple(_line(line) for line in log.lines),
    )


def _commit(commit: LogCommit) -> JsonLogCommit:
    return JsonLogCommit(
        commit=commit.commit,
        day=commit.day.isoformat(),
        subject=commit.subject,
        plan_changed=commit.plan_changed,
        unjudged=commit.unjudged,
    )


def _line(line: LogLine) -> JsonLogLine:
    latest = line.latest
    task, window = latest.task, latest.window
    return JsonLogLine(
        task=task.id,
        name=task.name,
        window=window.label,
        start=window.start.isoformat(),
        end=window.end.isoformat(),
        unit=latest.unit,
        measured_in=task.row.target.unit if task.row.target else "",
        points=tuple(
            _point(number, standing, moved=moved)
            for number, (standing, moved) in enumerate(zip(line.standings, line.moved, strict=True))
            if standing
        ),
    )


def _point(number: int, standing: Standing, *, moved: bool) -> JsonLogPoint:
    return JsonLogPoint(
        moment=number,
        target=decimal_or_null(standing.target),
        actual=decimal_or_null(standing.actual),
        interval=public_interval(standing.interval),
        in_doubt=decimal_or_null(standing.in_doubt),
        completion=decimal_or_null(standing.completion),
        pace=pace_or_null(standing),
        verdict=standing.verdict.value,
        word=standing.word,
        worst=standing.worst.value,
        weight=standing.weight.value if standing.weight else None,
        moved=moved,
    )
