"""单位名称没有登记。

## 为什么

认不出的名称不知道是谁：报告无处归属，联合开展和代为统计也无法核对。kesu 只认 `plan/units.yaml` 里登记的
名称、别称和职务名称，长得像的只作提示，不替人认定。

## 错误示例

报送单位、联合单位、统计单位写错：

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教育局  # expect: KS106
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M06-1
    date: 2024-07-16
    name: 暑期科技辅导员培训班
    value: 18
    jointly_with: [团市委, 市科技协会]  # expect: KS106
  - task: M30-5
    date: 2024-05-12
    name: 防灾减灾日宣传
    items: [防灾减灾日]
    counted_by: 各街道  # expect: KS106
```

用了已经停用的旧名：

```yaml
# file: progress/2024/市农业农村局.yaml
unit: 市农业局  # expect: KS106
year: 2024
status: complete
submitted: 2025-01-08
```

方案、单位组、规定和豁免里的名称：

```yaml
# file: plan/units.yaml
units:
  - {name: 市教体局, kind: 政府部门}
  - {name: 市科协, kind: 群团组织}
  - {name: 洎阳街道, kind: 街道}
groups:
  - name: 各街道
    members:
      - 洎阳街道
      - 塔山街道  # expect: KS106
# file: plan/policy.yaml
report_due: {years_after: 1, day: 01-31}
accountable_for:
  M06-1: 市教委  # expect: KS106
source_of_record:
  M06-1: 市教育局  # expect: KS106
unowned_by: 科普办  # expect: KS106
reports_through:
  市人民政府: 市科协  # expect: KS106
# file: plan/measures.yaml
title: 示例市科普工作方案（2021—2025年）
issuer: 示例市人民政府
issued: 2021-03-29
period: {from: 2021-01-01, to: 2025-12-31}
actions:
  - id: A1
    name: 青少年科学素质提升行动
    lead: [市教体局]
    responsible:
      - 市科技馆  # expect: KS106
    measures:
      - number: 6
        title: 实施教师科学素质提升工程
        tasks:
          - id: M06-1
            name: 培训科技辅导员
            quote: 每年培训30名科技辅导员
            kind: quantity
            strength: hard
            target: {at_least: 30, unit: 名}
            every: year
            tally: sum
# file: plan/waivers.yaml
waivers:
  - task: M06-1
    unit: 市教委  # expect: KS106
    reason: 暑期防汛，培训顺延
    document: 乐科素办〔2024〕12号
    approved_by: 市人民政府
    until: 2026-12-31
```

## 正确示例

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M06-1
    date: 2024-07-16
    name: 暑期科技辅导员培训班
    value: 18
    jointly_with: [团市委, 市科协]
  - task: M30-5
    date: 2024-05-12
    name: 防灾减灾日宣传
    items: [防灾减灾日]
    jointly_with: [各街道]
    counted_by: 市科协
```

旧名在停用以前的年度仍然有效：

```yaml
# file: progress/2022/市农业局.yaml
unit: 市农业局
year: 2022
status: complete
submitted: 2023-01-08
```

## 怎么改

照提示写登记的名称；`kesu plan units` 列出全部单位。
名称没有写错、确需新增单位或别称的，由办公室修改 `plan/units.yaml`。
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from kesu_cli.diagnostic import Place, Problem, Severity
from kesu_cli.model.progress import Entry, Filing, Unread
from kesu_cli.model.unit import AliasRow, Units, Via
from kesu_cli.rule import PLAN, Category, Context, Rule


@dataclass(frozen=True, slots=True)
class _Naming:
    """A name as it is written somewhere; ``single`` where it must mean one unit, ``unit`` who wrote it."""

    place: Place
    name: str
    unit: str = ""
    task: str = ""
    subject: str = ""
    single: bool = True


def check(context: Context) -> Iterator[Problem]:
    """Report the names that mean nobody, and those that mean several where one is asked for."""
    units = context.units
    for filing in context.judged:
        if not filing.unit:
            naming = _Naming(filing.place / "unit", filing.written_unit, subject=f"{filing.year}年")
            yield _problem(naming, units)
    for lost in context.loaded.unread:
        if lost.written_unit and units.find_one(lost.written_unit) is None and _is_judged(context, lost):
            naming = _Naming(Place(lost.file) / "unit", lost.written_unit, subject=f"{lost.year}年")
            yield _problem(naming, units)
    for naming in chain(_in_progress(context), _in_plan(context)):
        match = units.find(naming.name)
        if match is None or (naming.single and match.via is Via.GROUP):
            yield _problem(naming, units)


def _is_judged(context: Context, lost: Unread) -> bool:
    return not lost.year or lost.year in context.years


def _in_progress(context: Context) -> Iterator[_Naming]:
    for filing, entry in context.judged_entries():
        if entry.jointly_with or entry.counted_by:
            yield from _in_entry(filing, entry)


def _in_entry(filing: Filing, entry: Entry) -> Iterator[_Naming]:
    subject = f"{entry.name} {entry.days}"
    for index, name in enumerate(entry.jointly_with):
        place = entry.place / "jointly_with" / index
        yield _Naming(place, name, filing.unit, entry.task, subject, single=False)
    if entry.counted_by:
        yield _Naming(entry.place / "counted_by", entry.counted_by, filing.unit, entry.task, subject)


def _in_plan(context: Context) -> Iterator[_Naming]:
    for mention in context.plan.mentions:
        is_single = mention.place.path[-1] == "accountable"
        yield _Naming(mention.place, mention.name, single=is_single)
    for number, group in enumerate(context.units.groups):
        members = Place(context.units.file) / "groups" / number / "members"
        for index, name in enumerate(group.members):
            yield _Naming(members / index, name, single=False)
    policy = context.policy_place
    for task, name in context.policy.accountable_for.items():
        yield _Naming(policy / "accountable_for" / task, name, task=task)
    for task, name in context.policy.source_of_record.items():
        yield _Naming(policy / "source_of_record" / task, name, task=task)
    if context.policy.unowned_by:
        yield _Naming(policy / "unowned_by", context.policy.unowned_by)
    for name, other in context.policy.reports_through.items():
        yield _Naming(policy / "reports_through" / name, name)
        yield _Naming(policy / "reports_through" / name, other)
    for waiver in context.waivers:
        yield _Naming(waiver.place / "unit", waiver.row.unit, task=waiver.row.task or "")


def _problem(naming: _Naming, units: Units) -> Problem:
    message, hint = _said(naming.name, units)
    return Problem(
        naming.place,
        message,
        hint=hint,
        owners=(naming.unit,) if naming.unit else (),
        unit=naming.unit,
        task=naming.task,
        subject=f"{naming.subject} {naming.name}",
    )


def _said(name: str, units: Units) -> tuple[str, str]:
    aliases = [alias for row in units.rows for alias in row.aliases if alias.name == name]
    if aliases:
        owner = units.find_one(name)
        used = "、".join(_in_use(alias) for alias in aliases)
        return f"“{name}”这个名称在本年度没有使用（{used}）", f"请写当时的名称，例如 {owner}"
    if name in units.spellings and units.find(name) is None:
        return f"单位组“{name}”里没有一个登记的单位", "请在 plan/units.yaml 里补上它的成员"
    if name in units.spellings:
        return f"“{name}”是一个单位组，这里要写一个单位", "请写组里的一个单位；kesu plan units 可列出全部单位"
    near = units.did_you_mean(name)
    return f"没有登记单位“{name}”" + (f"；{near}" if near else ""), "kesu plan units 可列出全部单位"


def _in_use(alias: AliasRow) -> str:
    since = f"{alias.since} 起" if alias.since else ""
    until = f"{alias.until} 止" if alias.until else ""
    return f"{since}{until}" or "一直使用"


RULE = Rule(
    "KS106", "unknown-unit", Severity.ERROR, Category.FILE, PLAN, __doc__ or "", check, waivable=False
)
