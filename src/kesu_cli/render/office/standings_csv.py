"""Standings as CSV for spreadsheets: numbers are numbers, and no text turns into a formula."""

import csv
import io
import re
from collections.abc import Iterator
from fractions import Fraction

from kesu_cli.model.amount import show_number
from kesu_cli.render.format import Format
from kesu_cli.render.wording import (
    DEMO,
    LIGHT_WORDS,
    STRENGTH_WORDS,
    listed,
    owner_words,
    target_words,
    unit_of_measure,
)
from kesu_cli.report import Report
from kesu_cli.standing import Standing

EXACT = 6
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_COLUMNS = (
    *("任务编号", "任务", "要求性质", "考核期", "起", "止", "单位", "牵头", "目标", "计量单位"),
    *("目标值", "完成值", "完成率（%）", "序时进度（%）", "进度差（百分点）", "预计完成", "每月还需"),
    *("状态", "豁免前状态", "亮灯", "未覆盖的项", "读不出来的文件", "豁免", "判定日期", "数据性质"),
)


def render(report: Report) -> bytes:
    """Write one row a standing, UTF-8 with a BOM, lines ended as RFC 4180 says."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    writer.writerows(tuple(_row(report, standing)) for standing in report.standings)
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _row(report: Report, standing: Standing) -> Iterator[str]:
    yield from (harmless(text) for text in _what(standing))
    yield from _figures(standing)
    yield from (harmless(text) for text in _how(standing))
    yield report.as_of.day.isoformat()
    yield DEMO if report.demo else ""


def harmless(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula.

    A text that already has apostrophes there gets one more, so that taking one away gives the text back.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def _what(standing: Standing) -> Iterator[str]:
    task, window = standing.task, standing.window
    yield from (task.id, task.name, STRENGTH_WORDS[task.strength], window.label)
    yield from (window.start.isoformat(), window.end.isoformat())
    yield from (standing.unit, owner_words(task), target_words(task), unit_of_measure(task))


def _figures(standing: Standing) -> Iterator[str]:
    yield _number(standing.target)
    yield _number(standing.actual)
    yield _number(_hundredfold(standing.completion))
    yield _number(_hundredfold(standing.pace))
    yield _number(_hundredfold(standing.gap))
    yield _number(standing.forecast.amount if standing.forecast else None)
    yield _number(standing.remaining_per_month)


def _hundredfold(share: Fraction | None) -> Fraction | None:
    return None if share is None else share * 100


def _number(number: Fraction | None) -> str:
    return "" if number is None else show_number(number, EXACT)


def _how(standing: Standing) -> Iterator[str]:
    yield standing.word
    yield standing.unwaived.label if standing.unwaived else ""
    yield LIGHT_WORDS[standing.light]
    yield from (listed(standing.items_missing), listed(standing.unread), standing.waiver)


FORMAT = Format("csv", ".csv", render)
