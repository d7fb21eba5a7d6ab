"""数值与同一任务的其他各条相差十倍以上，或一条就达到全部目标。

## 为什么

多写、漏写一个零，或把“万”写了两次，一条就能让全市的合计失真。先以本单位同一任务历年其他各条的中位数为参照，
再以各单位其他各条中最大的为参照，都至少要有三条；没有参照的，看是不是目标的很多倍。
相差多少倍提醒由 `plan/policy.yaml` 的 `jump_factor` 决定。

几个单位用几年共同完成的总数，一条就达到的，也提醒核对。

## 错误示例

```yaml
# file: progress/2023/市农业农村局.yaml
unit: 市农业农村局
year: 2023
status: complete
submitted: 2024-01-08
entries:
  - {task: M08-3, date: 2023-04-11, name: 春季农技培训, value: 180}
  - {task: M08-3, date: 2023-10-19, name: 秋季农技培训, value: 210}
# file: progress/2024/市农业农村局.yaml
unit: 市农业农村局
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - {task: M08-3, date: 2024-04-12, name: 春季农技培训, value: 200}
  - task: M08-3
    date: 2024-10-18
    name: 秋季农技培训
    value: 190万  # expect: KS505
```

第一次报送，没有可以参照的：

```yaml
# file: progress/2024/塔山街道.yaml
unit: 塔山街道
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M08-3
    date: 2024-10-18
    name: 秋季农技培训
    value: 300万  # expect: KS505
```

## 正确示例

```yaml
# file: progress/2023/市农业农村局.yaml
unit: 市农业农村局
year: 2023
status: complete
submitted: 2024-01-08
entries:
  - {task: M08-3, date: 2023-04-11, name: 春季农技培训, value: 180}
  - {task: M08-3, date: 2023-10-19, name: 秋季农技培训, value: 210}
# file: progress/2024/市农业农村局.yaml
unit: 市农业农村局
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - {task: M08-3, date: 2024-04-12, name: 春季农技培训, value: 200}
  - {task: M08-3, date: 2024-10-18, name: 秋季农技培训, value: 190}
```

## 怎么改

对照原始材料核对数值和“万”“亿”；数值确实如此的，附上能说明规模的佐证，这条提醒不影响计数。
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from fractions import Fraction

from kesu_cli.contribution import weigh
from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.model.amount import show_number
from kesu_cli.model.plan import Task
from kesu_cli.model.progress import Entry
from kesu_cli.model.target import Comparator
from kesu_cli.model.task_in_plan_file import Spread, Tally
from kesu_cli.rule import PROGRESS, Category, Context, Rule

FEWEST_OTHERS = 3  # a median of fewer says nothing

_LOWER_BOUNDS = (Comparator.AT_LEAST, Comparator.MORE_THAN, Comparator.ABOUT)
_TOO_MUCH = {10: "像是多写了一个零", 100: "像是多写了两个零", 10_000: "像是“万”写了两次或单位已含“万”"}
_TOO_LITTLE = {10: "像是少写了一个零", 100: "像是少写了两个零", 10_000: "像是漏写了“万”"}

_Figures = list[tuple[Entry, Fraction]]


def check(context: Context) -> Iterator[Problem]:
    """Report the judged values that lie a whole magnitude off what is usual or what is asked for."""
    judged = {filing.file for filing in context.judged}
    factor = context.policy.jump_factor
    for task, figures in _figures(context):
        everybody = sorted(number for _, number in figures)
        own = _by_unit(figures)
        for entry, number in figures:
            if entry.from_file in judged:
                doubt = (
                    _unlike_own(own[entry.unit], number, factor)
                    or _beyond_all(everybody, number, factor)
                    or _beyond_target(task, number, factor)
                )
                if doubt:
                    yield _problem(entry, f"“{entry.name}”的数值 {show_number(number)} {doubt}")


def _figures(context: Context) -> Iterator[tuple[Task, _Figures]]:
    """Put together what is reported for each figure that is summed; zero is a statement, no slip."""
    tasks = context.plan.by_id.values()
    summed = {task.id: task for task in tasks if task.row.target and task.tally is Tally.SUM}
    found: dict[str, _Figures] = {name: [] for name in summed}
    for filing in context.loaded.filings:
        for entry in filing.entries:
            task = summed.get(entry.task)
            if task and entry.number and weigh(task, entry).counted:
                found[task.id].append((entry, entry.number))
    yield from ((summed[name], figures) for name, figures in found.items())


def _by_unit(figures: _Figures) -> dict[str, list[Fraction]]:
    """Return the numbers of each unit, sorted."""
    found: dict[str, list[Fraction]] = {}
    for entry, number in figures:
        found.setdefault(entry.unit, []).append(number)
    return {unit: sorted(numbers) for unit, numbers in found.items()}


def _unlike_own(numbers: Sequence[Fraction], number: Fraction, factor: int) -> str:
    """Hold a number against what the same unit usually reports."""
    if len(numbers) <= FEWEST_OTHERS:
        return ""
    usual = _median_of_others(numbers, number)
    if number < factor * usual and number * factor > usual:
        return ""
    is_more = number > usual
    ratio = number / usual if is_more else usual / number
    share = f"的 {show_number(ratio, 1)} 倍" if is_more else f"的 1/{show_number(ratio, 1)}"
    slip = _slip(ratio, _TOO_MUCH if is_more else _TOO_LITTLE)
    return f"是本单位同一任务其他 {len(numbers) - 1} 条中位数 {show_number(usual)} {share}{slip}"


def _median_of_others(numbers: Sequence[Fraction], number: Fraction) -> Fraction:
    """Return the median of sorted numbers without one of them."""
    left_out = bisect_left(numbers, number)
    count = len(numbers) - 1
    low, high = (count - 1) // 2, count // 2
    return (numbers[low + (low >= left_out)] + numbers[high + (high >= left_out)]) / 2


def _beyond_all(numbers: Sequence[Fraction], number: Fraction, factor: int) -> str:
    """Hold a number against the greatest that any unit reports besides."""
    if len(numbers) <= FEWEST_OTHERS or number < numbers[-1] or number < factor * numbers[-2]:
        return ""
    ratio = number / numbers[-2]
    said = f"是各单位同一任务其他 {len(numbers) - 1} 条中最大的 {show_number(numbers[-2])} 的"
    return f"{said} {show_number(ratio, 1)} 倍{_slip(ratio, _TOO_MUCH)}"


def _beyond_target(task: Task, number: Fraction, factor: int) -> str:
    """Hold a number against the whole target; what many units reach in years no one entry should."""
    target = task.row.target
    if target is None or target.comparator not in _LOWER_BOUNDS or not target.amount:
        return ""
    ratio = number / Fraction(target.amount)
    if ratio >= factor:
        slip = _slip(ratio, _TOO_MUCH)
        return f"是全部目标（{target.words}）的 {show_number(ratio, 1)} 倍{slip}"
    is_shared = task.row.spread is Spread.TOTAL and 1 < len(task.owners) < target.amount
    if ratio >= 1 and is_shared and task.has_deadline:
        return f"一条就达到了 {len(task.owners)} 个单位共同的全部目标（{target.words}）"
    return ""


def _problem(entry: Entry, message: str) -> Problem:
    return Problem(
        entry.place / "value",
        message,
        hint="请对照原始材料核对数值，以及“万”“亿”有没有多写或漏写",
        owners=(entry.unit,),
        unit=entry.unit,
        task=entry.task,
        subject=f"{entry.name} {entry.days}",
    )


def _slip(ratio: Fraction, slips: dict[int, str]) -> str:
    """Name the slip of the pen that a ratio looks like: one within half and double of the power."""
    likely = (words for power, words in slips.items() if power <= 2 * ratio and ratio <= 2 * power)
    words = next(likely, "")
    return f"，{words}" if words else ""


RULE = Rule("KS505", "magnitude-jump", Severity.WARNING, Category.COMPARISON, PROGRESS, __doc__ or "", check)
