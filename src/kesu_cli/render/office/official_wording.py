"""How an official document words dates, amounts, shares and standings."""

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from kesu_cli.model.amount import fixed, show_number
from kesu_cli.model.window import AsOf, Basis
from kesu_cli.render.wording import (
    at_worst,
    day_words,
    figure_words,
    in_doubt_words,
    is_range,
    listed,
    target_words,
    unit_of_measure,
    verdict_words,
)
from kesu_cli.report import Report
from kesu_cli.standing import Standing
from kesu_cli.submission import SubmissionState
from kesu_cli.verdict import Verdict

BLANK_DAY = "××××年×月×日"
BLANK_NUMBER = "×××〔××××〕×号"
BLANK_OFFICE = "××××××"

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_SPACE_BY_NUMBER = re.compile(r"(?<=[^\x00-\x7f]) (?=[\d.])|(?<=[\d%]) (?=[^\x00-\x7f])")


def numeral(number: int) -> str:
    """Write a number below 10,000 as headings count: 一、十二、一百零三."""
    text = ""
    for place, digit in enumerate(reversed(str(number))):
        if digit != "0":
            text = _DIGITS[int(digit)] + _PLACES[place] + text
        elif text and not text.startswith("零"):
            text = f"零{text}"
    return text.removeprefix("一") if text.startswith("一十") else text


def years(report: Report) -> str:
    """Name the years."""
    first, last = report.years[0], report.years[-1]
    return f"{first}年度" if first == last else f"{first}—{last}年度"


def as_of(day: AsOf) -> str:
    """Say by which dates it was judged."""
    if day.basis is Basis.TODAY:
        return f"数据截至{day_words(day.day)}（当天尚未结束）"
    if day.basis is Basis.GIVEN:
        return f"数据截至{day_words(day.day)}"
    return f"数据截至{day_words(day.day)}，报送情况截至{day_words(day.reporting)}"


def tight(words: str) -> str:
    """Take out the spaces beside numbers that the screen shows and print does not."""
    return _SPACE_BY_NUMBER.sub("", words)


def amount(number: Fraction, unit: str) -> str:
    """Write an amount with its unit of measure."""
    return f"{show_number(number)}{unit}"


def per_cent(share: Fraction) -> str:
    """Write a share."""
    return f"{fixed(share * 100, 1)}%"


def against_pace(gap: Fraction) -> str:
    """Say how far a standing is from its pace, in percentage points."""
    far = fixed(abs(gap) * 100, 1)
    if not float(far):
        return "与序时进度持平"
    return f"{'高于' if gap > 0 else '低于'}序时进度{far}个百分点"


def counted(pairs: Iterable[tuple[str, int]], measure: str) -> str:
    """Write counts in a row, those that are nothing left out."""
    return "，".join(f"{name}{number}{measure}" for name, number in pairs if number)


def office(report: Report) -> str:
    """Name the office that signs: by its role in units.yaml, if there is only one that has one."""
    roles = [row.roles[0] for row in report.units.rows if row.roles] if report.units else []
    return roles[0] if len(roles) == 1 else BLANK_OFFICE


def addressed(report: Report) -> str:
    """Name whom a circular goes to: the groups of units.yaml that hold all who report, else everybody."""
    if report.units is None:
        return "各有关单位"
    left, chosen = set(report.units.reporting), []
    groups = [(group.name, set(report.units.expand((group.name,)))) for group in report.units.groups]
    for name, members in sorted(groups, key=lambda group: -len(group[1])):
        if members & left:
            chosen.append(name)
            left -= members
    return "，".join(chosen) if chosen and not left else "各有关单位"


def subject(standing: Standing) -> str:
    """Name a task with its window and what it asks for."""
    asked = tight(target_words(standing.task))
    asked = f"，{asked}" if standing.target is not None else ""
    return f"{standing.task.name}（{standing.window.label}{asked}）"


def state(standing: Standing) -> str:
    """Say how a task stands."""
    if standing.verdict is Verdict.UPCOMING:
        return "考核期还没有开始"
    if standing.verdict is Verdict.UNREPORTED:
        return ("没有报送" if standing.over else "暂未报送") + ("（追溯）" if standing.retroactive else "")
    return f"{_done(standing)}，{tight(verdict_words(standing))}{_weighs(standing)}"


def _weighs(standing: Standing) -> str:
    """Say of what is still to be verified how it counts until then."""
    in_doubt = standing.verdict is Verdict.UNVERIFIED
    return f"，核实以前暂按{at_worst(standing)}计" if in_doubt else ""


def _done(standing: Standing) -> str:
    if standing.only_declared:
        return f"已声明无可报送（{listed(dict.fromkeys(said.reason for said in standing.declarations))}）"
    if standing.actual is None:
        doubtful = f"，另有{tight(in_doubt_words(standing))}" if standing.doubts else ""
        return f"没有可以计入的数{doubtful}"
    if standing.target is None:
        return f"报送{show_number(standing.actual)}条" if standing.actual else "没有可以计入的条目"
    return _figures(standing)


def _figures(standing: Standing) -> str:
    said = [f"完成{done(standing)}"]
    if standing.verdict is Verdict.UNVERIFIED and standing.doubts:
        said.append(f"{'其中' if is_range(standing) else '另有'}{tight(in_doubt_words(standing))}")
    said += [tight(remark) for remark in standing.remarks]
    if standing.completion is not None:
        said.append(f"完成率{per_cent(standing.completion)}")
    if standing.gap is not None and not standing.over:
        said.append(against_pace(standing.gap))
    if standing.items_missing:
        said.append(f"没有覆盖{quoted(standing.items_missing)}")
    return "，".join(said)


def done(standing: Standing) -> str:
    """Write the figure, while it is to be verified the two between which it lies."""
    return tight(figure_words(standing, unit_of_measure(standing.task)))


def quoted(names: Sequence[str]) -> str:
    """Name things in quotation marks, side by side."""
    return "".join(f"“{name}”" for name in names)


def needed(standing: Standing) -> str:
    """Say how much a month is needed from now on, empty where that can't be said."""
    target, more = standing.task.row.target, standing.remaining_per_month
    return f"今后平均每月需完成{tight(target.more(more))}" if target and more is not None else ""


def handed_in(receipt: SubmissionState) -> str:
    """Say how a report came in."""
    return "仍为草稿" if receipt is SubmissionState.DRAFT else receipt.label


def some(names: Sequence[str], measure: str) -> str:
    """Count names and list them: 2个，为甲、乙."""
    return f"{len(names)}{measure}，为{listed(names)}"
