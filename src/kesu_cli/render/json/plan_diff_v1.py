"""The difference of two plans as JSON, with types and a version of its own: what scripts may rely on."""

from collections import Counter
from typing import Literal

from kesu_cli.model.plan_diff import PlanChange, PlanDiff, PlanVersion
from kesu_cli.render.json.json_base import PublicJson, day_or_null
from kesu_cli.render.terminal.plan_diff_page import KIND_WORDS, mark_words

VERSION = "1"


class JsonPlanVersion(PublicJson):
    """One of the two versions; commit and day are null where it is a folder."""

    label: str
    title: str
    commit: str | None
    day: str | None


class JsonPlanChange(PublicJson):
    """One change; ``missed`` are the windows missed before a task was made to ask for less."""

    kind: str
    kind_label: str
    task: str
    name: str
    subject: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    loosens: bool
    missed: tuple[str, ...]
    mark: str


class JsonJudged(PublicJson):
    """The date and the number of progress files by which it was judged what had been missed."""

    day: str
    over: bool
    basis: str
    reports: int


class JsonPlanDiff(PublicJson):
    """All changes; ``judged`` is null where nothing asks for less."""

    format: Literal["kesu-plan-diff"]
    format_version: str
    kesu: str
    demo: bool
    old: JsonPlanVersion
    new: JsonPlanVersion
    judged: JsonJudged | None
    counts: dict[str, int]
    excused: int
    changes: tuple[JsonPlanChange, ...]


def public(difference: PlanDiff) -> JsonPlanDiff:
    """Turn a difference into its public form."""
    counts = Counter(change.kind.value for change in difference.changes)
    return JsonPlanDiff(
        format="kesu-plan-diff",
        format_version=VERSION,
        kesu=difference.version,
        demo=difference.demo,
        old=_version(difference.old),
        new=_version(difference.new),
        judged=_judged(difference),
        counts={kind.value: counts[kind.value] for kind in KIND_WORDS if counts[kind.value]},
        excused=len(difference.excused),
        changes=tuple(_change(change) for change in difference.changes),
    )


def _version(version: PlanVersion) -> JsonPlanVersion:
    return JsonPlanVersion(
        label=version.label,
        title=version.title,
        commit=version.commit or None,
        day=day_or_null(version.day),
    )


def _judged(difference: PlanDiff) -> JsonJudged | None:
    if difference.reports is None:
        return None
    as_of = difference.as_of
    return JsonJudged(
        day=as_of.day.isoformat(), over=as_of.over, basis=as_of.basis, reports=difference.reports
    )


def _change(change: PlanChange) -> JsonPlanChange:
    return JsonPlanChange(
        kind=change.kind,
        kind_label=KIND_WORDS[change.kind],
        task=change.task,
        name=change.name,
        subject=change.subject,
        before=change.before,
        after=change.after,
        loosens=change.kind.loosens,
        missed=change.missed,
        mark=mark_words(change),
    )
