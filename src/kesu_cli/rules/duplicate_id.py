"""编号或单位名称重复。

## 为什么

两项任务同一个编号，条目就不知道算给谁；两个单位同一个名称，报告就不知道是谁的。kesu 遇到重复只认第一个。

## 错误示例

任务编号、措施序号、行动编号重复：

```yaml
# file: plan/measures.yaml
title: 示例市科普工作方案（2021—2025年）
issuer: 示例市人民政府
issued: 2021-03-29
period: {from: 2021-01-01, to: 2025-12-31}
actions:
  - id: A1
    name: 青少年科学素质提升行动
    lead: [市教体局]
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
          - id: M06-1  # expect: KS209
            name: 加强新科技知识培训
            quote: 加强新科技知识和技能培训
            kind: direction
            strength: firm
            throughout: true
      - number: 6  # expect: KS209
        title: 开展科技节活动
        tasks: []
  - id: A1  # expect: KS209
    name: 农民科学素质提升行动
    lead: [市农业农村局]
    measures: []
```

两个单位用同一个别称，单位组与单位同名：

```yaml
# file: plan/units.yaml
units:
  - {name: 市教体局, kind: 政府部门, aliases: [教育局]}
  - name: 市委教育工委
    kind: 党委部门
    aliases:
      - 教育局  # expect: KS209
  - {name: 市科协, kind: 群团组织}
groups:
  - name: 市科协  # expect: KS209
    members: [市教体局, 市委教育工委]
```

## 正确示例

旧名先后属于两个单位的，写明起止日期：

```yaml
# file: plan/units.yaml
units:
  - {name: 市文广新局, kind: 政府部门, aliases: [{name: 市文化局, until: 2019-03-31}]}
  - {name: 市文旅集团, kind: 事业单位, aliases: [{name: 市文化局, from: 2019-04-01}]}
```

## 怎么改

重复的任务另编一个没有用过的编号；已经有条目使用的编号不要改动。别称重复的，去掉一个，或写明各自使用的起止日期。
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kesu_cli.diagnostic import Place, Problem, Related, Severity
from kesu_cli.model.plan import Plan
from kesu_cli.model.unit import AliasRow, Units
from kesu_cli.rule import PLAN, Category, Context, Rule


@dataclass(frozen=True, slots=True)
class _Use:
    """One use of an id or name; ``kind`` is the namespace, ``alias`` the row where it is a dated name."""

    kind: str
    name: str
    place: Place
    alias: AliasRow | None = None

    def clashes(self, other: "_Use") -> bool:
        """Whether the two can't stand beside each other: aliases may where their days are apart."""
        if self.alias is None or other.alias is None:
            return True
        return not (_ends_before(self.alias, other.alias) or _ends_before(other.alias, self.alias))


def check(context: Context) -> Iterator[Problem]:
    """Report every id and name that was used before."""
    seen: dict[tuple[str, str], list[_Use]] = {}
    for use in (*_ids(context.plan), *_names(context.units)):
        earlier = seen.setdefault((use.kind, use.name), [])
        first = next((other for other in earlier if use.clashes(other)), None)
        if first:
            yield Problem(
                use.place,
                f"{use.kind}“{use.name}”重复",
                hint="请改用没有用过的编号或名称",
                subject=f"{use.kind} {use.name}",
                related=(Related(first.place, "已在这里用过"),),
            )
        earlier.append(use)


def _ends_before(one: AliasRow, other: AliasRow) -> bool:
    return one.until is not None and other.since is not None and one.until < other.since


def _ids(plan: Plan) -> Iterator[_Use]:
    file, place = plan.file, plan.place
    for task in plan.tasks:
        yield _Use("任务编号", task.id, task.place / "id")
    for number, action in enumerate(file.actions):
        here = place / "actions" / number
        yield _Use("章节编号", action.id, here / "id")
        for index, measure in enumerate(action.measures):
            yield _Use("措施序号", str(measure.number), here / "measures" / index / "number")
    for index, section in enumerate(file.safeguards):
        yield _Use("章节编号", section.id, place / "safeguards" / index / "id")
    for index, phase in enumerate(file.phases):
        yield _Use("章节编号", phase.id, place / "phases" / index / "id")


def _names(units: Units) -> Iterator[_Use]:
    """Name everything in units.yaml; all kinds of names share one namespace, canonical names come first."""
    file = Place(units.file)
    for number, row in enumerate(units.rows):
        yield _Use("单位名称", row.name, file / "units" / number / "name")
    for number, row in enumerate(units.rows):
        here = file / "units" / number
        yield from _aliases(here, row.aliases)
        for index, role in enumerate(row.roles):
            yield _Use("单位名称", role, here / "roles" / index)
    for number, group in enumerate(units.groups):
        yield _Use("单位名称", group.name, file / "groups" / number / "name")
        yield from _aliases(file / "groups" / number, group.aliases)


def _aliases(place: Place, rows: tuple[AliasRow, ...]) -> Iterator[_Use]:
    for index, alias in enumerate(rows):
        yield _Use("单位名称", alias.name, place / "aliases" / index, alias)


RULE = Rule("KS209", "duplicate-id", Severity.ERROR, Category.PLAN, PLAN, __doc__ or "", check)
