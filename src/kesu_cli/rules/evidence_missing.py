"""条目的佐证材料不够。

## 为什么

没有佐证的数字无法核实，达标的任务会因此停在“待核实”。每条要几件由 `plan/policy.yaml` 的 `evidence` 决定。
本来就不计入的条目（未办结、由别的单位计数、还没有发生）不要求佐证。

## 错误示例

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M06-1  # expect: KS406
    date: 2024-07-16
    name: 暑期科技辅导员培训班
    value: 30
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
    value: 30
    evidence:
      - {kind: 签到表, url: "https://example.invalid/1"}
  - task: M06-1
    date: 2024-08-20
    name: 市科协承办的辅导员研修
    value: 12
    counted_by: 市科协
```

## 怎么改

在 `evidence` 里写上材料的种类和 `path`（仓库内的文件）、`url`（网址）或 `archive`（纸质材料的存档号），
如签到表、通知、照片、报道。空文件等证明不了什么的（KS414）不算。
"""

from collections.abc import Iterator

from kesu_cli.contribution import evidence_needed, has_happened, set_aside
from kesu_cli.diagnostic import Dispute, DisputeKind, Problem, Severity
from kesu_cli.model.evidence import proves_nothing
from kesu_cli.rule import PROGRESS, Category, Context, Reach, Rule


def check(context: Context) -> Iterator[Problem]:
    """Report the entries with fewer pieces of evidence than the policy asks for."""
    needed = {task.id: evidence_needed(task, context.policy) for task in context.plan.by_id.values()}
    for filing, entry in context.reported_entries():
        task = context.plan.by_id.get(entry.task)
        held = sum(not proves_nothing(context.evidence.get(piece.path)) for piece in entry.evidence)
        if task is None or held >= needed[task.id]:
            continue
        if has_happened(entry, context.as_of) and not set_aside(task, entry):
            yield Problem(
                entry.place / "evidence",
                f"“{entry.name}”的佐证材料有 {held} 件，{task.id} 的条目每条至少要 {needed[task.id]} 件",
                hint="请附上材料，写明种类和文件或网址",
                write="evidence: [{kind: 签到表, path: 文件}]",
                owners=(filing.unit,),
                unit=filing.unit,
                task=task.id,
                subject=f"{entry.name} {entry.days}",
                disputes=Dispute(DisputeKind.OUT, (entry.place,), "佐证材料不够"),
            )


RULE = Rule(
    "KS406",
    "evidence-missing",
    Severity.WARNING,
    Category.ENTRY,
    PROGRESS,
    __doc__ or "",
    check,
    Reach.FILE,
    disputes=True,
)
