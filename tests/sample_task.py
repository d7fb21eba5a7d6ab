"""Builds tasks, entries and standings for the tests of the arithmetic, the way files are read."""

from collections.abc import Iterable, Mapping
from datetime import date

from kesu_cli.contribution import Doubt, Doubts
from kesu_cli.diagnostic import Dispute, DisputeKind, Place
from kesu_cli.model.plan import Plan, Task, assemble
from kesu_cli.model.plan_file import PlanFile
from kesu_cli.model.policy import Policy
from kesu_cli.model.progress import Entry, Unread, filing_of
from kesu_cli.model.progress_file import ProgressFile
from kesu_cli.model.unit import Units, UnitsFile
from kesu_cli.model.window import AsOf, Basis, Window
from kesu_cli.standing import Declaration, Known, Source, Standing, stand

SEMESTERS = [
    {"name": "春季学期", "from": "02-01", "to": "07-31"},
    {"name": "秋季学期", "from": "08-01", "to": "01-31"},
]
POLICY = {
    "report_due": {"years_after": "1", "day": "01-31"},
    "semesters": SEMESTERS,
    "evidence": {"hard": "1", "firm": "0", "soft": "0"},
}
UNITS = {
    "units": [
        {"name": "市教体局", "kind": "政府部门", "aliases": ["市教育体育局"]},
        {"name": "团市委", "kind": "群团组织"},
        {"name": "市科协", "kind": "群团组织", "roles": ["领导小组办公室"]},
        {"name": "市人民政府", "kind": "政府", "aliases": ["市政府"], "reports": "false"},
        {"name": "市政府办公室", "kind": "政府部门"},
        {"name": "洎阳街道", "kind": "街道"},
        {"name": "塔山街道", "kind": "街道"},
    ],
    "groups": [{"name": "各街道", "members": ["洎阳街道", "塔山街道"]}],
}
PROOF = [{"kind": "签到表", "url": "https://example.invalid/1"}]
AT_LEAST_30 = {"at_least": "30", "unit": "名"}
WHEN = ("by", "during", "every", "throughout", "on_event")


def policy_of(**changes: object) -> Policy:
    """Return the usual policy with some keys changed."""
    return Policy.model_validate(POLICY | changes)


def units_of(data: Mapping[str, object] = UNITS) -> Units:
    """Return the units of a units.yaml."""
    file = UnitsFile.model_validate(data)
    return Units(file.units, file.groups, "plan/units.yaml")


def plan_of(rows: Iterable[Mapping[str, object]] = (), policy: Policy | None = None, **keys: object) -> Plan:
    """Return a plan of one action, led by 市教体局 and 团市委, 市科协 responsible, with the given tasks."""
    measure = {"number": "6", "title": "措施", "tasks": list(rows)}
    action = {
        "id": "A1",
        "name": "行动",
        "lead": ["市教体局", "团市委"],
        "responsible": ["市科协"],
        "measures": [measure],
    }
    written = {
        "title": "方案",
        "issuer": "市人民政府",
        "issued": "2021-03-29",
        "period": {"from": "2021-01-01", "to": "2025-12-31"},
        "actions": [action],
    }
    file = PlanFile.model_validate(written | keys)
    return assemble(file, Place("plan/measures.yaml"), units_of(), policy or policy_of())


def row_of(**keys: object) -> dict[str, object]:
    """Return a task row; without other keys a plain yearly duty."""
    row: dict[str, object] = {"id": "M06-1", "name": "任务", "kind": "quantity", "strength": "firm"}
    when = {} if any(key in keys for key in WHEN) else {"every": "year"}
    return row | when | keys


def task_of(policy: Policy | None = None, /, **keys: object) -> Task:
    """Return a task of measure 6."""
    return plan_of([row_of(**keys)], policy).tasks[0]


def entry_of(
    value: str | None = None,
    day: object = "2024-07-16",
    unit: str = "市教体局",
    position: int = 0,
    **keys: object,
) -> Entry:
    """Return an entry as it would be read from the file of a unit; ``position`` is its place in there."""
    row: dict[str, object] = {"task": "M06-1", "date": day, "name": "条目"}
    if value is not None:
        row["value"] = value
    written = {"unit": unit, "year": "2024", "status": "draft", "entries": [row | keys]}
    file = ProgressFile.model_validate(written)
    return filing_of(f"progress/2024/{unit}.yaml", file, units_of(), (position,)).entries[0]


def as_of(day: str, *, over: bool = True) -> AsOf:
    """Return a judging date, by default one that is over."""
    judged = date.fromisoformat(day)
    return AsOf(judged, over, Basis.GIVEN, judged, over)


def window_of(task: Task, year: int = 2024) -> Window:
    """Return the first window of the task that ends in the year, or its last one."""
    return next((window for window in task.windows if window.end.year == year), task.windows[-1])


def without_proof(*entries: Entry) -> list[Dispute]:
    """Dispute each entry for want of evidence, as the rule about evidence does."""
    return [Dispute(DisputeKind.OUT, (entry.place,), "佐证材料不够") for entry in entries]


def one_fact(*entries: Entry) -> Dispute:
    """Say that entries are one fact, as the rules about double counts do."""
    return Dispute(DisputeKind.ONE_OF, tuple(entry.place for entry in entries), "同一件事计了两次")


def doubts_of(disputes: Iterable[Dispute]) -> Doubts:
    """Say by the place of an entry what disputes it."""
    found: dict[Place, tuple[Doubt, ...]] = {}
    for dispute in disputes:
        for place in dispute.entries:
            doubt = Doubt(dispute, "KS000", dispute.why, place)
            found[place] = (*found.get(place, ()), doubt)
    return found


def standing_of(  # noqa: PLR0913 - one keyword for each thing that a test may vary
    task: Task,
    *entries: Entry,
    on: str = "2024-12-31",
    over: bool = True,
    unit: str = "",
    unread: Iterable[Unread] = (),
    declared: bool = False,
    policy: Policy | None = None,
    sources: Iterable[Source] = (),
    disputes: Iterable[Dispute] = (),
) -> Standing:
    """Judge a task in its window of 2024 (or its only one), by default when 2024 is over."""
    judged = as_of(on, over=over)
    return stand(
        task,
        window_of(task),
        unit,
        entries,
        judged,
        policy or policy_of(),
        Known(
            tuple(unread),
            (Declaration("市教体局", 2024, "没有开展"),) if declared else (),
            tuple(sources),
            doubts_of(disputes),
        ),
    )
