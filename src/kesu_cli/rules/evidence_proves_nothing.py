"""佐证材料是空文件，或是 kesu 自己的文件。

## 为什么

空文件里什么也没有；进展文件和方案写的是要证明的话，不是证明。这样的一件不算佐证材料，
件数因此不够的，达标的任务停在“待核实”。

## 错误示例

```yaml
# file: 佐证/2024/签到表.txt

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
      - {kind: 报道, url: "https://example.invalid/1"}
      - {kind: 签到表, path: 佐证/2024/签到表.txt}  # expect: KS414
      - {kind: 统计表, path: progress/2024/市教体局.yaml}  # expect: KS414
```

## 正确示例

```yaml
# file: 佐证/2024/签到表.txt
2024年暑期科技辅导员培训班签到表
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
      - {kind: 签到表, path: 佐证/2024/签到表.txt}
      - {kind: 名册, archive: 2024-市教体局-017}
```

## 怎么改

换上这件事真正的材料：签到表、照片、通知等。只有纸质材料的，写 `archive`（存档号）。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Dispute, DisputeKind, Problem, Severity
from kesu_cli.model.evidence import proves_nothing
from kesu_cli.rule import PROGRESS, Category, Context, Reach, Rule


def check(context: Context) -> Iterator[Problem]:
    """Report the files that are given as evidence and prove nothing, whatever they are called."""
    for filing, entry in context.reported_entries():
        for piece in entry.evidence:
            why = proves_nothing(context.evidence.get(piece.path))
            if why:
                yield Problem(
                    entry.place / "evidence" / piece.position / "path",
                    f"“{entry.name}”的佐证材料 {piece.path} {why}",
                    hint="请换上这件事自己的材料；只有纸质材料的写存档号",
                    write="archive: 2024-市教体局-017",
                    owners=(filing.unit,),
                    unit=filing.unit,
                    task=entry.task,
                    subject=f"{entry.name} {entry.days} {piece.path}",
                    disputes=Dispute(DisputeKind.OUT, (entry.place,), "佐证材料不能证明"),
                )


RULE = Rule(
    "KS414",
    "evidence-proves-nothing",
    Severity.ERROR,
    Category.ENTRY,
    PROGRESS,
    __doc__ or "",
    check,
    Reach.FILE,
    disputes=True,
)
