"""同一份佐证材料用在几件不同的事上。

## 为什么

一张签到表只能证明一场活动。同一个文件、同样的内容（换了文件名也看得出）、同一个网址或存档号出现在两件不同的事后面，
至少有一处需要核实；同一条里列了两遍的，也不能算两件材料。

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
    value: 18
    evidence:
      - {kind: 签到表, path: 佐证/2024/签到表.pdf}
  - task: M06-1
    date: 2024-11-20
    name: 秋季科技辅导员培训班
    value: 12
    evidence:
      - {kind: 签到表, path: 佐证/2024/签到表.pdf}  # expect: KS502
```

一条里把同一份材料列了两遍：

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
    evidence:
      - {kind: 报道, url: "https://example.invalid/1"}
      - {kind: 照片, url: "https://example.invalid/1"}  # expect: KS502
```

内容一样，换了个文件名：

```yaml
# file: 佐证/2024/签到表.txt
2024年科技辅导员培训班签到表
# file: 佐证/2024/秋季签到表.txt
2024年科技辅导员培训班签到表
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
    evidence:
      - {kind: 签到表, path: 佐证/2024/签到表.txt}
  - task: M06-1
    date: 2024-11-20
    name: 秋季科技辅导员培训班
    value: 12
    evidence:
      - {kind: 签到表, path: 佐证/2024/秋季签到表.txt}  # expect: KS502
```

## 正确示例

同一件事报在两项任务下，或由别的单位计数，可以用同一份材料：

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
    evidence:
      - {kind: 签到表, path: 佐证/2024/签到表.pdf}
  - task: M06-2
    date: 2024-07-16
    name: 暑期科技辅导员培训班
    evidence:
      - {kind: 签到表, path: 佐证/2024/签到表.pdf}
# file: progress/2024/市科协.yaml
unit: 市科协
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M06-1
    date: 2024-07-16
    name: 与市教体局合办的辅导员培训
    value: 18
    counted_by: 市教体局
    evidence:
      - {kind: 签到表, path: 佐证/2024/签到表.pdf}
```

## 怎么改

给每件事换上它自己的材料；其实是同一件事的，名称和日期写成一样，由别的单位计数的写上 `counted_by`。
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kesu_cli.diagnostic import EvidenceFile, Problem, Related, Severity
from kesu_cli.model.evidence import Evidence, plain_path
from kesu_cli.model.name_similarity import fold
from kesu_cli.model.progress import Entry
from kesu_cli.rule import PROGRESS, Category, Context, Rule

_Key = tuple[str, str]
_Found = Mapping[str, EvidenceFile]
_Holders = dict[str, dict[str, Entry]]  # path, sha256, url or archive → its value → who used it first


class _Reuse(NamedTuple):
    """A piece of evidence of an entry that has been used before, by another entry or by itself."""

    entry: Entry
    piece: Evidence
    before: Entry
    twin: str


def check(context: Context) -> Iterator[Problem]:
    """Report evidence that stands behind different facts."""
    judged = {filing.file for filing in context.judged}
    first = _nobody()
    for entry in _sharing(context):
        for reuse in _reused(entry, first, context.evidence):
            if entry.from_file in judged:
                yield _problem(reuse)


def _nobody() -> _Holders:
    return {"path": {}, "sha256": {}, "url": {}, "archive": {}}


def _sharing(context: Context) -> list[Entry]:
    """Pick the entries that list a piece listed elsewhere too: few, in the order of the files."""
    holders = _nobody()
    found: dict[tuple[str, int], Entry] = {}
    for entry, (kind, value) in _uses(context):
        if value in holders[kind]:
            other = holders[kind][value]
            found[other.from_file, other.position] = other
            found[entry.from_file, entry.position] = entry
        else:
            holders[kind][value] = entry
    return [found[place] for place in sorted(found)]


def _uses(context: Context) -> Iterator[tuple[Entry, _Key]]:
    for filing in context.loaded.filings:
        for entry in filing.entries:
            for piece in entry.evidence:
                for key in _keys(entry, piece, context.evidence):
                    yield entry, key


def _reused(entry: Entry, first: _Holders, found: _Found) -> Iterator[_Reuse]:
    """Yield what an entry reuses, and remember what it is the first to use."""
    own: set[_Key] = set()
    for piece in entry.evidence:
        keys = _keys(entry, piece, found)
        holders = [entry for key in keys if key in own]
        others = [first[kind][value] for kind, value in keys if value in first[kind]]
        holders += [other for other in others if _are_different(other, entry)]
        if holders:
            yield _Reuse(entry, piece, holders[0], _twin(holders[0], piece, keys, found))
        own.update(keys)
    for kind, value in own:
        first[kind].setdefault(value, entry)


def _keys(entry: Entry, piece: Evidence, found: _Found) -> list[_Key]:
    """Return what identifies a piece: its path, its content, its address, its number in a unit's archive."""
    there = found.get(piece.path)
    named = (
        ("path", plain_path(piece.path) if piece.path else ""),
        ("sha256", piece.sha256.lower()),
        ("sha256", there.sha256 if there else ""),
        ("url", piece.url),
        ("archive", f"{entry.unit} {piece.archive}" if piece.archive else ""),
    )
    return [key for key in dict.fromkeys(named) if key[1]]


def _twin(holder: Entry, piece: Evidence, keys: list[_Key], found: _Found) -> str:
    """Return the other name of the same content; empty where it bears one name."""
    content = {key for key in keys if key[0] == "sha256"}
    alike = (other for other in holder.evidence if content & set(_keys(holder, other, found)))
    other = next(alike, piece)
    return "" if plain_path(other.path) == plain_path(piece.path) else other.path


def _are_different(one: Entry, other: Entry) -> bool:
    """Whether two entries are different facts: of one unit by name or date, of two units by name."""
    differ_by_name = fold(one.name) != fold(other.name)
    if one.unit == other.unit:
        return differ_by_name or one.days[:2] != other.days[:2]
    return differ_by_name and one.counted_by != other.unit and other.counted_by != one.unit


def _problem(reuse: _Reuse) -> Problem:
    entry, piece, before = reuse.entry, reuse.piece, reuse.before
    material = f"{piece.where}（内容与 {reuse.twin} 相同）" if reuse.twin else piece.where
    is_own = before is entry
    said = (
        f"“{entry.name}”把同一份佐证材料 {material} 列了两次"
        if is_own
        else f"“{entry.name}”的佐证材料 {material} 已用于{before.unit}的“{before.name}”（{before.days}）"
    )
    return Problem(
        entry.place / "evidence" / piece.position,
        said,
        hint="请换上这件事自己的材料；其实是同一件事的，名称和日期写成一样，或写明由谁计数",
        write="counted_by: 计数的单位",
        owners=tuple(dict.fromkeys((entry.unit, before.unit))),
        unit=entry.unit,
        task=entry.task,
        subject=f"{entry.name} {entry.days} {piece.where}",
        related=() if is_own else (Related(before.place, f"{before.unit}的“{before.name}”"),),
    )


RULE = Rule("KS502", "shared-evidence", Severity.WARNING, Category.COMPARISON, PROGRESS, __doc__ or "", check)
