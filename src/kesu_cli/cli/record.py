"""kesu record: one more entry in a unit's progress file."""

from typing import Annotated

import typer

from kesu_cli.cli.clock import today
from kesu_cli.cli.record_answers import Answers
from kesu_cli.cli.shell_completion import tasks, units

EXAMPLES = """
例：
  kesu record --unit 市教体局 --task M06-1 --date 2024-07-16 --name 暑期科技辅导员培训班 --value 18 \\
      --evidence 签到表=佐证/2024/签到表.pdf
  kesu record                      在终端里逐项询问

退出码：
  0  已记入
  2  没有记入，什么也没有写：参数不对、文件读不出来或不能改，或者记进去 check 会判为错误
"""


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
        typer.Option(
            metavar="[种类=]文件、网址或存档号",
            help="佐证材料，如 签到表=佐证/签到表.pdf，纸质的写 签到表=存档：编号；"
            "不写种类的按文件名，看不出的记“其他”；可写多次",
        ),
    ] = None,
) -> None:
    """在单位的进展文件里加一条；原有的文字和注释一个字节也不动，check 会判为错误的不写入。"""
    _record(Answers(unit, task, date, name, value, tuple(item or ()), tuple(evidence or ())))


def _record(given: Answers) -> None:
    """Ask for what is missing, and write."""
    from kesu_cli.cli import console
    from kesu_cli.cli.output_file import replace_progress
    from kesu_cli.cli.record_interview import Interview, nothing_written_when_stopped, refusals_said
    from kesu_cli.cli.workspace_lock import alone_in
    from kesu_cli.engine.open_workspace import workspace_to_write
    from kesu_cli.engine.record import record

    with refusals_said(), nothing_written_when_stopped():
        office = workspace_to_write()
        interview = Interview(office, today())
        answers = interview.completed(given)
    with alone_in(
        office.workspace.root
    ):  # nobody is asked any more; what was read while asking is read again
        with refusals_said(), nothing_written_when_stopped():
            made = record(
                office,
                office.terms.units.named_to_report(answers.unit),
                interview.year(answers),
                interview.entry(answers),
                today(),
            )
        replace_progress(made.after, office.path_of(made.file), made.before)
    state = "（这份材料已标为报送完毕）" if made.is_complete else ""
    lines = [f"已记入 {made.file}{state}", *(f"  提示：{remark}" for remark in made.remarks)]
    console.write_text("".join(f"{line}\n" for line in lines))
