"""kesu record: one more entry in a unit's progress file."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from kesu_cli.cli.clock import today
from kesu_cli.cli.completion import tasks, units
from kesu_cli.cli.exit_code import FOUND
from kesu_cli.cli.failure import said_plainly, usage_error

EXAMPLES = """
例：
  kesu record --unit 市教体局 --task M06-1 --date 2024-07-16 --name 暑期科技辅导员培训班 --value 18 \\
      --evidence 签到表=佐证/2024/签到表.pdf
  kesu record                      在终端里逐项询问

退出码：
  0  已记入
  1  没有记入：记进去 check 会判为错误
  2  没有记入：参数不对、文件读不出来或不能改
"""
_KIND = "材料"
_WEB = ("http://", "https://")


def record(
    unit: Annotated[str, typer.Option(metavar="单位", help="哪个单位报的", autocompletion=units)] = "",
    task: Annotated[str, typer.Option(metavar="任务", help="任务编号，如 M06-1", autocompletion=tasks)] = "",
    date: Annotated[
        str,
        typer.Option(
            metavar="日期", help="2024-07-16；只知道月份写 2024-07；跨几天写“2024-07-01 至 2024-07-05”"
        ),
    ] = "",
    name: Annotated[str, typer.Option(metavar="名称", help="做了什么")] = "",
    value: Annotated[str, typer.Option(metavar="数值", help="这一次的数，如 18、2万、15.4%")] = "",
    item: Annotated[
        list[str] | None, typer.Option(metavar="部分", help="任务分几个部分的，这次覆盖的部分；可写多次")
    ] = None,
    evidence: Annotated[
        list[str] | None,
        typer.Option(metavar="[种类=]文件或网址", help="佐证材料，如 签到表=佐证/签到表.pdf；可写多次"),
    ] = None,
) -> None:
    """在单位的进展文件里加一条；原有的文字和注释一个字节也不动，check 会判为错误的不写入。"""
    from kesu_cli.cli import console
    from kesu_cli.cli.output import replace_progress
    from kesu_cli.engine import recording
    from kesu_cli.engine.closed_year import YearIsClosed
    from kesu_cli.engine.desk import NotOnTheDesk, desk_to_write

    given = {"unit": unit, "task": task, "date": date, "name": name, "value": value}
    with said_plainly(NotOnTheDesk, YearIsClosed, recording.NotRecorded):
        office = desk_to_write()
        given = _completed(office, given)
        year, entry = _entry(office, given, item or _asked_items(office, given["task"]), evidence or [])
        try:
            made = recording.record(office, office.unit(given["unit"]), year, entry, today())
        except recording.Objected as refused:
            typer.echo(f"错误：{refused}", err=True)
            raise typer.Exit(FOUND) from refused
    replace_progress(made.after, office.path_of(made.file), made.before)
    state = "（这份材料已标为报送完毕）" if made.is_complete else ""
    lines = [f"已记入 {made.file}{state}", *(f"  提示：{remark}" for remark in made.remarks)]
    console.write_text("".join(f"{line}\n" for line in lines))


_ASKED = {"unit": "单位", "task": "任务编号", "date": "日期", "name": "名称"}


def _completed(office: Any, given: dict[str, str]) -> dict[str, str]:
    """Ask for what is missing; where nobody can answer, say what it is."""
    from kesu_cli.cli import console

    missing = [key for key in _ASKED if not given[key]]
    if missing and not console.may_ask():
        usage_error(f"缺少 {'、'.join(f'--{key}（{_ASKED[key]}）' for key in missing)}")
    for key in missing:
        given[key] = _asked(_ASKED[key], _check_of(office, key))
    if missing and not given["value"] and _wants_value(office, given["task"]):
        given["value"] = typer.prompt("数值", err=True)
    return given


def _asked_items(office: Any, task: str) -> list[str]:
    """Ask which of its named parts an entry covers, where the task has some and somebody can answer."""
    from kesu_cli.cli import console
    from kesu_cli.forms.ledger import parted

    found = office.plan.by_id.get(task.upper())
    if found is None or not found.row.items or not console.may_ask():
        return []
    return parted(typer.prompt(f"覆盖哪一部分（{'、'.join(found.row.items)}）", err=True))


def _check_of(office: Any, key: str) -> Callable[[str], object]:
    from kesu_cli.engine.desk import NotOnTheDesk
    from kesu_cli.model.calendar import read_days

    def known_unit(text: str) -> object:
        try:
            return office.unit(text)
        except NotOnTheDesk as unknown:
            raise ValueError(str(unknown)) from unknown

    def known_task(text: str) -> object:
        if text.upper() not in office.plan.by_id:
            raise ValueError(f"方案里没有任务“{text}”；用 kesu plan show 可列出全部任务")
        return text

    checks: dict[str, Callable[[str], object]] = {"unit": known_unit, "task": known_task, "date": read_days}
    return checks.get(key, str)


def _asked(label: str, check: Callable[[str], object]) -> str:
    while True:
        answer: str = typer.prompt(label, err=True).strip()
        try:
            check(answer)
        except ValueError as wrong:
            typer.echo(str(wrong), err=True)
        else:
            return answer


def _wants_value(office: Any, task: str) -> bool:
    found = office.plan.by_id.get(task.upper())
    return found is not None and found.row.target is not None and found.tally.value != "count"


def _entry(
    office: Any, given: dict[str, str], items: list[str], evidence: list[str]
) -> tuple[int, dict[str, Any]]:
    from kesu_cli.model.calendar import read_day, read_days

    first, _, last = (part.strip() for part in given["date"].partition("至"))
    try:
        days = read_days(first)
        end = read_day(last) if last else days.end
    except ValueError as wrong:
        usage_error(f"--date：{wrong}")
    entry = {
        "task": given["task"].upper(),
        "date": {"from": days.start.isoformat(), "to": end.isoformat()} if last else str(days),
        "name": given["name"],
        "value": given["value"],
        "items": items,
        "evidence": [_piece(office, text) for text in evidence],
    }
    return end.year, {key: part for key, part in entry.items() if part}


def _piece(office: Any, written: str) -> dict[str, str]:
    """Read one --evidence: with its kind in front or without, a web address or a file to be hashed."""
    from kesu_cli.source.evidence import NoEvidence, evidence_at

    kind, _, where = written.partition("=")
    if not where or kind.startswith(_WEB) or Path(written).exists():
        kind, where = _KIND, written
    if where.startswith(_WEB):
        return {"kind": kind, "url": where}
    try:
        return {"kind": kind, **evidence_at(Path(where), office.workspace.root)}
    except NoEvidence as refused:
        usage_error(str(refused))
