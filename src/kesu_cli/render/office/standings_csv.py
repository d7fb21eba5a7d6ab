"""Standings as CSV for spreadsheets: numbers are numbers, and no text turns into a formula."""

import csv
import io
import re
from collections.abc import Iterator
from fractions import Fraction

from kesu_cli.contribution import Doubt
from kesu_cli.model.amount import show_number
from kesu_cli.pace import Bound
from kesu_cli.render.format import Format
from kesu_cli.render.wording import (
    DEMO,
    LIGHT_WORDS,
    SEVERITY_WORDS,
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
    *("目标值", "完成值", "最少", "最多", "存疑", "完成率（%）", "序时进度（%）", "进度差（百分点）"),
    *("预计完成", "每月还需", "判定", "判定的轻重", "豁免前判定", "亮灯", "追溯", "未覆盖的项", "存疑的原因"),
    *("情况不明的报告", "完成值的说明", "豁免", "判定日期", "数据性质"),
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
    yield _bound(standing.interval.least, "无下限")
    yield _bound(standing.interval.greatest, "无上限")
    yield _number(standing.in_doubt)
    yield _number(_hundredfold(standing.completion))
    yield _number(_hundredfold(standing.pace) if standing.is_paced else None)
    yield _number(_hundredfold(standing.gap))
    yield _number(standing.forecast.amount if standing.forecast else None)
    yield _number(standing.remaining_per_month)


def _hundredfold(share: Fraction | None) -> Fraction | None:
    return None if share is None else share * 100


def _number(number: Fraction | None) -> str:
    return "" if number is None else show_number(number, EXACT)


def _bound(bound: Bound | None, without: str) -> str:
    return without if isinstance(bound, float) else _number(bound)


def _how(standing: Standing) -> Iterator[str]:
    yield standing.word
    yield SEVERITY_WORDS[standing.weight] if standing.weight else ""
    yield standing.unwaived.label if standing.unwaived else ""
    yield LIGHT_WORDS[standing.light]
    yield "追溯" if standing.retroactive else ""
    yield listed(standing.items_missing)
    yield "；".join(dict.fromkeys(_doubt(doubt) for doubt in standing.doubts))
    yield "；".join(source.words for source in standing.unknown)
    yield "；".join(standing.remarks)
    yield standing.waiver


def _doubt(doubt: Doubt) -> str:
    return f"{doubt.dispute.why}（{doubt.code} {doubt.place.file}）"


FORMAT = Format("csv", ".csv", render)
