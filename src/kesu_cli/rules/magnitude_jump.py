"""数值与同一任务的其他各条相差十倍以上。

## 为什么

多写、漏写一个零，或把“万”写了两次，一条就能让全市的合计失真。以本单位同一任务历年其他各条的中位数为参照，
至少要有三条；相差多少倍提醒由 `plan/policy.yaml` 的 `jump_factor` 决定。

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

from kesu_cli.finding import Problem, Severity
from kesu_cli.model.amount import show_number
from kesu_cli.model.plan_file import Tally
from kesu_cli.model.progress import Entry
from kesu_cli.rule import PROGRESS, Context, Rule
from kesu_cli.standing import weigh

FEWEST_OTHERS = 3  # a median of fewer says nothing

_TOO_MUCH = {10: "像是多写了一个零", 100: "像是多写了两个零", 10_000: "像是“万”写了两次或单位已含“万”"}
_TOO_LITTLE = {10: "像是少写了一个零", 100: "像是少写了两个零", 10_000: "像是漏写了“万”"}


def check(context: Context) -> Iterator[Problem]:
    """Report the judged values that lie a whole magnitude off what the unit else reports for the task."""
    judged = {filing.file for filing in context.judged}
    factor = context.policy.jump_factor
    for series in _series(context):
        numbers = sorted(number for _, number in series)
        for entry, number in series:
            if entry.from_file in judged:
                usual = _median_of_others(numbers, number)
                if usual and (number >= factor * usual or number * factor <= usual):
                    yield _problem(entry, number, usual, len(series) - 1)


def _series(context: Context) -> Iterator[list[tuple[Entry, Fraction]]]:
    """Put together what each unit reports for each figure that is summed; zero is a statement, no slip."""
    tasks = context.plan.by_id.values()
    summed = {task.id: task for task in tasks if task.row.target and task.tally is Tally.SUM}
    found: dict[tuple[str, str], list[tuple[Entry, Fraction]]] = {}
    for filing in context.filings:
        for entry in filing.entries:
            task = summed.get(entry.task)
            if task and entry.number and weigh(task, entry).counted:
                found.setdefault((entry.task, entry.unit), []).append((entry, entry.number))
    yield from (series for series in found.values() if len(series) > FEWEST_OTHERS)


def _median_of_others(numbers: Sequence[Fraction], number: Fraction) -> Fraction:
    """Return the median of sorted numbers without one of them."""
    left_out = bisect_left(numbers, number)
    count = len(numbers) - 1
    low, high = (count - 1) // 2, count // 2
    return (numbers[low + (low >= left_out)] + numbers[high + (high >= left_out)]) / 2


def _problem(entry: Entry, number: Fraction, usual: Fraction, others: int) -> Problem:
    is_more = number > usual
    ratio = number / usual if is_more else usual / number
    share = f"的 {show_number(ratio, 1)} 倍" if is_more else f"的 1/{show_number(ratio, 1)}"
    return Problem(
        entry.place / "value",
        f"“{entry.name}”的数值 {show_number(number)} 是本单位同一任务其他 {others} 条中位数 "
        f"{show_number(usual)} {share}{_slip(ratio, _TOO_MUCH if is_more else _TOO_LITTLE)}",
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


RULE = Rule("KS505", "magnitude-jump", Severity.WARNING, PROGRESS, __doc__ or "", check)
