"""佐证材料与登记的校验值不符。

## 为什么

`sha256` 是填报时文件内容的校验值。对不上，说明文件在填报以后被改过或换过，原来的核实不再有效。

## 错误示例

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
        sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  # expect: KS408
```

校验值少写了几位，无法核对：

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
        sha256: 5656009127bc9f13  # expect: KS408
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
        sha256: 5656009127BC9F135248C2B76F1A9C859236CF4A1614DACCB796EEF3BE67128E
```

## 怎么改

内容被误改的，恢复原来的文件；确需更换的，重新核实后写上新的校验值
（`sha256sum 文件`，Windows 用 `certutil -hashfile 文件 SHA256`）。
"""

import re
from collections.abc import Iterator

from kesu_cli.diagnostic import Dispute, DisputeKind, EvidenceFile, FixKind, Problem, Severity
from kesu_cli.model.evidence import Evidence
from kesu_cli.rule import PROGRESS, Category, Context, Reach, Rule

_SHA256 = re.compile(r"[0-9a-f]{64}")


def check(context: Context) -> Iterator[Problem]:
    """Report the evidence whose content is not what was registered, and registrations that are no digest."""
    for filing, entry in context.reported_entries():
        for piece in entry.evidence:
            fault = _fault(piece, context.evidence.get(piece.path))
            if fault:
                yield Problem(
                    entry.place / "evidence" / piece.position / "sha256",
                    f"“{entry.name}”的佐证材料 {piece.path} {fault}",
                    hint="请恢复原文件，或重新核实后写上新的校验值",
                    owners=(filing.unit,),
                    unit=filing.unit,
                    task=entry.task,
                    subject=f"{entry.name} {entry.days} {piece.path}",
                    disputes=Dispute(DisputeKind.OUT, (entry.place,), "佐证材料被改过"),
                )


def _fault(piece: Evidence, found: EvidenceFile | None) -> str:
    registered = piece.sha256.lower()
    if not registered:
        return ""
    if not _SHA256.fullmatch(registered):
        return "的校验值不是 64 位十六进制数，无法核对"
    if found and found.exists and found.sha256.lower() != registered:
        return f"与登记的校验值不符（现在是 {found.sha256[:12]}…）"
    return ""


RULE = Rule(
    "KS408",
    "evidence-changed",
    Severity.ERROR,
    Category.ENTRY,
    PROGRESS,
    __doc__ or "",
    check,
    Reach.FILE,
    disputes=True,
    fix=FixKind.DIGEST,
)
