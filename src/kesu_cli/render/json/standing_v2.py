"""A standing as JSON, the same in every document: the word with its weight, the figures, what is in doubt."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Literal

from kesu_cli.contribution import Doubt, Interval
from kesu_cli.diagnostic import Finding, Place
from kesu_cli.model.amount import fixed
from kesu_cli.pace import Bound
from kesu_cli.render.json.json_base import PublicJson, decimal, decimal_or_null
from kesu_cli.standing import Standing

VERSION = "2"  # of every document that holds standings or findings

VerdictCode = Literal[
    "unreported", "missed", "behind", "open", "upcoming", "on_pace", "late", "met", "unverified", "waived"
]
Weight = Literal["error", "warning", "note"]
FoundBy = Mapping[tuple[str, str, Place], Finding]


class JsonInterval(PublicJson):
    """Between which figures the total lies.

    An end is null where there is no figure; ``least_unbounded`` and ``greatest_unbounded`` say that it is
    null because what is not known leaves it without a bound.
    """

    least: str | None
    greatest: str | None
    least_unbounded: bool
    greatest_unbounded: bool


class JsonEntryPlace(PublicJson):
    """Which entry: the file, and its place among the entries there, from 0."""

    file: str
    entry: int


class JsonDispute(PublicJson):
    """Why entries may not count: each of them should not (out), or of all of them only one (one_of).

    ``code``, ``message`` and ``file`` are those of the finding behind it; ``line`` and ``fingerprint`` are
    null where the document does not hold that finding.
    """

    kind: Literal["out", "one_of"]
    why: str
    code: str
    message: str
    file: str
    line: int | None
    fingerprint: str | None
    entries: tuple[JsonEntryPlace, ...]


class JsonUnknown(PublicJson):
    """A report that the figure hangs on and of which something is not known.

    ``unit`` is empty and ``year`` null where a file does not say whose report it is; ``file`` is empty where
    there is none or it is only not finished.
    """

    unit: str
    year: int | None
    why: str
    file: str


class JsonStanding(PublicJson):
    """How one task stands in one window; shares are fractions of one, numbers exact decimals as text.

    ``actual`` is the undisputed figure, ``in_doubt`` what lies between it and the greatest one. ``worst`` is
    the verdict at the worse end, ``weight`` how grave that is, whatever the ``word``. ``pace`` and
    ``gap_points`` are null where time can't be held against the figure. ``over`` says that the window has
    ended, ``due`` that it should be known by now what was done. ``remarks`` must stand beside the figure:
    whose it is, and how sure.
    """

    task: str
    name: str
    window: str
    start: str
    end: str
    unit: str
    accountable: str
    strength: Literal["hard", "firm", "soft"]
    measured_in: str
    target: str | None
    actual: str | None
    interval: JsonInterval
    in_doubt: str | None
    completion: str | None
    pace: str | None
    gap_points: str | None
    forecast: str | None
    needed_per_month: str | None
    verdict: VerdictCode
    word: str
    worst: VerdictCode
    weight: Weight | None
    unwaived: VerdictCode | None
    light: Literal["green", "yellow", "red", "grey"]
    over: bool
    due: bool
    retroactive: bool
    items_missing: tuple[str, ...]
    remarks: tuple[str, ...]
    disputes: tuple[JsonDispute, ...]
    unknown: tuple[JsonUnknown, ...]
    waiver: str


def found_by(findings: Iterable[Finding]) -> FoundBy:
    """Index findings by what a doubt knows of the one behind it."""
    return {(f.code, f.message, Place(f.file, f.path)): f for f in findings}


def public_standing(standing: Standing, behind: FoundBy) -> JsonStanding:
    """Turn a standing into its public form; ``behind`` are the findings that the document holds."""
    task, gap, forecast = standing.task, standing.gap, standing.forecast
    return JsonStanding(
        task=task.id,
        name=task.name,
        window=standing.window.label,
        start=standing.window.start.isoformat(),
        end=standing.window.end.isoformat(),
        unit=standing.unit,
        accountable=task.accountable or "",
        strength=task.strength.value,
        measured_in=task.row.target.unit if task.row.target else "",
        target=decimal_or_null(standing.target),
        actual=decimal_or_null(standing.actual),
        interval=public_interval(standing.interval),
        in_doubt=decimal_or_null(standing.in_doubt),
        completion=decimal_or_null(standing.completion),
        pace=pace_or_null(standing),
        gap_points=None if gap is None else fixed(gap * 100, 1),
        forecast=decimal_or_null(forecast.amount if forecast else None),
        needed_per_month=decimal_or_null(standing.remaining_per_month),
        verdict=standing.verdict.value,
        word=standing.word,
        worst=standing.worst.value,
        weight=standing.weight.value if standing.weight else None,
        unwaived=standing.unwaived.value if standing.unwaived else None,
        light=standing.light.value,
        over=standing.over,
        due=standing.due,
        retroactive=standing.retroactive,
        items_missing=standing.items_missing,
        remarks=standing.remarks,
        disputes=tuple(public_dispute(doubt, behind) for doubt in standing.doubts),
        unknown=_unknown(standing),
        waiver=standing.waiver,
    )


def public_interval(interval: Interval) -> JsonInterval:
    """Turn an interval into its public form."""
    return JsonInterval(
        least=_end(interval.least),
        greatest=_end(interval.greatest),
        least_unbounded=isinstance(interval.least, float),
        greatest_unbounded=isinstance(interval.greatest, float),
    )


def _end(bound: Bound | None) -> str | None:
    return decimal(bound) if isinstance(bound, Fraction) else None


def pace_or_null(standing: Standing) -> str | None:
    """Write 序时进度 where it can be held against a figure."""
    return decimal(standing.pace) if standing.is_paced else None


def public_dispute(doubt: Doubt, behind: FoundBy) -> JsonDispute:
    """Turn a doubt into its public form."""
    finding = behind.get((doubt.code, doubt.message, doubt.place))
    return JsonDispute(
        kind=doubt.dispute.kind.value,
        why=doubt.dispute.why,
        code=doubt.code,
        message=doubt.message,
        file=doubt.place.file,
        line=finding.span.line if finding else None,
        fingerprint=finding.fingerprint if finding else None,
        entries=tuple(_entry(place) for place in doubt.dispute.entries),
    )


def _entry(place: Place) -> JsonEntryPlace:
    _, position = place.path
    return JsonEntryPlace(file=place.file, entry=int(position))


def _unknown(standing: Standing) -> tuple[JsonUnknown, ...]:
    return tuple(
        JsonUnknown(unit=source.unit, year=source.year or None, why=source.unknown, file=source.file)
        for source in standing.unknown
    )
