"""文件里写的单位或年度，与文件名、文件夹不一致，或不在方案期内。

## 为什么

文件夹说 2024、文件里写 2023，或者文件名是一个单位、里面写的是另一个单位，多半是复制上一份忘了改。
年度不在方案期内的报告，没有可以判定的任务。文件名不是任何单位名称的，只要里面写的单位另有报告，就是多出来的一份，
不计入，也不影响那个单位的判定；多出的一份还在，`kesu record`、`kesu form import` 就不给这个单位写入。
是谁的、哪一年的都说不准，内容就不计入，有关任务的判定待核实；改好以前不再说这个文件的其他问题。

## 错误示例

复制去年的文件，忘了改年度：

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2023  # expect: KS105
status: complete
submitted: 2025-01-08
```

复制别的单位的文件，忘了改单位：

```yaml
# file: progress/2024/团市委.yaml
unit: 市科协  # expect: KS105
year: 2024
status: complete
submitted: 2025-01-08
```

文件名不是单位名，哪怕只多了“(1)”“ - 副本”（复制、从微信保存时常有）：

```yaml
# file: progress/2024/2024年科普工作总结.yaml
unit: 市科协  # expect: KS105
year: 2024
status: complete
submitted: 2025-01-08
```

## 正确示例

文件名用规范名称，或 `plan/units.yaml` 里登记的别称：

```yaml
# file: progress/2024/市教育体育局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-08
```

## 怎么改

核对这份报告到底是哪个单位、哪一年的，改文件里的 `unit`、`year`，或把文件改名、移到对应的年度文件夹。
"""

from collections.abc import Iterator
from pathlib import PurePosixPath

from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.loaded import Loaded, own_file
from kesu_cli.model.progress import Filing
from kesu_cli.model.window import YEARS, year_of
from kesu_cli.rule import PLAN, Category, Context, Rule


def check(context: Context) -> Iterator[Problem]:
    """Report files whose path says another year or unit than they do.

    A file is looked at when its own year or that of its folder is judged: its mistake may have moved it
    from the one to the other.
    """
    for filing in context.loaded.reports:
        folder = _folder_year(filing)
        if filing.year not in context.years and folder not in context.years:
            continue
        if folder is not None and folder != filing.year:
            yield _problem(
                filing,
                "year",
                f"文件夹是 {folder} 年度，文件里写的是 year: {filing.year}",
                f"请把 year 改为 {folder}，或把文件移到 progress/{filing.year}",
            )
        elif filing.year not in context.plan.years:
            yield _problem(
                filing,
                "year",
                f"{filing.year} 年不在方案期（{context.plan.period}）之内，这份报告没有可以判定的任务",
                "请核对年度；属于下一个方案的，用 --plan 指定那份方案",
            )
        yield from _wrong_name(filing, folder, context)


def _folder_year(filing: Filing) -> int | None:
    name = PurePosixPath(filing.file).parent.name
    return int(name) if name.isdecimal() and int(name) in YEARS else None


def _wrong_name(filing: Filing, folder: int | None, context: Context) -> Iterator[Problem]:
    """Compare the file's name with the unit within; outside the year folders any name will do."""
    stem = PurePosixPath(filing.file).stem
    named = context.units.find_one(stem, year_of(folder or filing.year))
    if not filing.unit or named == filing.unit:
        return
    if named:
        message = f"文件名是“{stem}”，文件里写的是 unit: {filing.written_unit}"
        hint = f"请核对：unit 应为 {named}，或文件应改名为 {filing.unit}.yaml"
        yield _problem(filing, "unit", message, hint)
    elif folder is not None:
        own = _report_beside(filing, context.loaded)
        merge = f"{own} 已有一份报告：请把这一份的内容并进去，再删去这一份，不要改名覆盖"
        hint = merge if own else f"请把文件改名为 {filing.unit}.yaml"
        yield _problem(filing, "unit", f"文件名“{stem}”不是单位名称", hint)


def _report_beside(filing: Filing, loaded: Loaded) -> str:
    """Name the report that lies beside a copy of it; empty where there is none."""
    own = own_file(filing.file, filing.unit)
    known = loaded.filing_of.get((filing.unit, filing.year))
    return own if own in loaded.files else known.file if known else ""


def _problem(filing: Filing, key: str, message: str, hint: str) -> Problem:
    owners = (filing.unit,) if filing.unit else ()
    return Problem(filing.place / key, message, hint=hint, owners=owners, subject=key)


RULE = Rule(
    "KS105", "misplaced-file", Severity.ERROR, Category.FILE, PLAN, __doc__ or "", check, waivable=False
)
