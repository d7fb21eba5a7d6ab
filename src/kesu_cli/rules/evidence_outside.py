"""佐证材料的路径指到了工作区外面。

## 为什么

绝对路径和带 `..` 的路径只在填报人的电脑上有效，别人打不开，也无从核实。

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
        path: D:/科普/签到表.pdf  # expect: KS409
      - kind: 照片
        path: ../照片/合影.jpg  # expect: KS409
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

把材料复制到工作区里再提交，路径从工作区根目录写起。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Dispute, DisputeKind, Problem, Severity
from kesu_cli.rule import PROGRESS, Category, Context, Reach, Rule


def check(context: Context) -> Iterator[Problem]:
    """Report the evidence that lies outside the workspace."""
    for filing, entry in context.reported_entries():
        for piece in entry.evidence:
            found = context.evidence.get(piece.path)
            if found and not found.inside:
                yield Problem(
                    entry.place / "evidence" / piece.position / "path",
                    f"“{entry.name}”的佐证材料 {piece.path} 不在工作区里",
                    hint="请把文件复制到工作区，路径从工作区根目录写起，例如 佐证/2024/签到表.pdf",
                    owners=(filing.unit,),
                    unit=filing.unit,
                    task=entry.task,
                    subject=f"{entry.name} {entry.days} {piece.path}",
                    disputes=Dispute(DisputeKind.OUT, (entry.place,), "佐证材料在工作区外"),
                )


RULE = Rule(
    "KS409",
    "evidence-outside",
    Severity.ERROR,
    Category.ENTRY,
    PROGRESS,
    __doc__ or "",
    check,
    Reach.FILE,
    disputes=True,
)
