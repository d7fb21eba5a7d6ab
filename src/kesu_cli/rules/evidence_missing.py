"""条目的佐证材料不够。

## 为什么

没有佐证的数字无法核实，达标的任务会因此停在“待核实”。每条要几件由 `plan/policy.yaml` 的 `evidence` 决定，
可以按任务另定件数和种类。
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

办公室规定这项任务要有签到表：

```yaml
# file: plan/policy.yaml
report_due: {years_after: 1, day: 01-31}
evidence:
  tasks:
    M06-1: {at_least: 2, kinds: [签到表]}
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
    evidence:  # expect: KS406
      - {kind: 照片, url: "https://example.invalid/1"}
      - {kind: 报道, url: "https://example.invalid/2"}
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

from collections.abc import Iterator, Sequence

from kesu_cli.contribution import EvidenceNeed, evidence_needed, has_happened, set_aside
from kesu_cli.diagnostic import Dispute, DisputeKind, Problem, Severity
from kesu_cli.model.evidence import Evidence, proves_nothing
from kesu_cli.model.plan import Task
from kesu_cli.rule import PROGRESS, Category, Context, Reach, Rule


def check(context: Context) -> Iterator[Problem]:
    """Report the entries with fewer pieces of evidence than the policy asks for."""
    needed = {task.id: evidence_needed(task, context.policy) for task in context.plan.by_id.values()}
    for filing, entry in context.reported_entries():
        task = context.plan.by_id.get(entry.task)
        if task is None:
            continue
        sound = tuple(p for p in entry.evidence if not proves_nothing(context.evidence.get(p.path)))
        if needed[task.id].is_met(sound):
            continue
        if has_happened(entry, context.as_of) and not set_aside(task, entry):
            yield Problem(
                entry.place / "evidence",
                f"“{entry.name}”{_lack(task, sound, needed[task.id])}",
                hint="请附上材料，写明种类和文件或网址",
                write=f"evidence: [{{kind: {_next_kind(sound, needed[task.id])}, path: 文件}}]",
                owners=(filing.unit,),
                unit=filing.unit,
                task=task.id,
                subject=f"{entry.name} {entry.days}",
                disputes=Dispute(DisputeKind.OUT, (entry.place,), "佐证材料不够"),
            )


def _lack(task: Task, sound: Sequence[Evidence], need: EvidenceNeed) -> str:
    lacking = "、".join(need.kinds_lacking(sound))
    if len(sound) >= need.number:
        return f"的佐证材料里没有{lacking}，{task.id} 的条目每条都要有"
    missing = f"，还缺{lacking}" if lacking else ""
    return f"的佐证材料有 {len(sound)} 件，{task.id} 的条目每条至少要 {need.number} 件{missing}"


def _next_kind(sound: Sequence[Evidence], need: EvidenceNeed) -> str:
    return next(iter(need.kinds_lacking(sound)), "签到表")


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
