"""佐证材料的文件找不到。

## 为什么

写了路径而文件不在，等于没有佐证；多半是文件没有一起提交，或名称写错了一个字。

## 错误示例

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
      - kind: 签到表
        path: 佐证/2024/签到表.txt  # expect: KS407
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
      - kind: 签到表
        path: 佐证/2024/签到表.txt
```

## 怎么改

路径从工作区根目录写起，用正斜杠，区分大小写，连扩展名一起写；文件要提交到仓库里。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Dispute, DisputeKind, Problem, Severity
from kesu_cli.rule import PROGRESS, Category, Context, Reach, Rule


def check(context: Context) -> Iterator[Problem]:
    """Report the evidence that is not where its path says."""
    for filing, entry in context.reported_entries():
        for piece in entry.evidence:
            found = context.evidence.get(piece.path)
            if found and found.inside and not found.exists:
                slashes = "；路径请用正斜杠 /" if "\\" in piece.path else ""
                yield Problem(
                    entry.place / "evidence" / piece.position / "path",
                    f"“{entry.name}”的佐证材料 {piece.path} 找不到",
                    hint=f"请核对路径和扩展名（从工作区根目录写起），并确认文件已提交{slashes}",
                    owners=(filing.unit,),
                    unit=filing.unit,
                    task=entry.task,
                    subject=f"{entry.name} {entry.days} {piece.path}",
                    disputes=Dispute(DisputeKind.OUT, (entry.place,), "佐证材料找不到"),
                )


RULE = Rule(
    "KS407",
    "evidence-not-found",
    Severity.ERROR,
    Category.ENTRY,
    PROGRESS,
    __doc__ or "",
    check,
    Reach.FILE,
    disputes=True,
)
