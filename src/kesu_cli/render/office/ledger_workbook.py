"""任务分解与进展台账 as a workbook (xlsx): the same report gives the same bytes."""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time

import xlsxwriter

from kesu_cli.render.format import Format
from kesu_cli.render.office.overview_sheets import finding_sheet, overview_sheet
from kesu_cli.render.office.sheet_writer import Content, SheetStyles, write
from kesu_cli.render.office.standing_sheets import task_sheet, unit_sheet
from kesu_cli.render.tallies import owed_standings
from kesu_cli.render.wording import DEMO, heading, subject
from kesu_cli.report import Report

TASKS, FINDINGS, UNITS = "任务台账", "问题清单", "单位汇总"
_LONGEST_NAME = 31
_ILLEGAL = str.maketrans("[]:*?/\\", "［］：＊？／＼")
_RESERVED = "history"
_AS_WRITTEN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def render(report: Report) -> bytes:
    """Write the workbook; its only formulas are the sums of the sheet of units."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, **_AS_WRITTEN}) as book:
        book.set_properties(_properties(report))
        styles = SheetStyles(book)
        for content in _sheets(report):
            write(book.add_worksheet(content.name), styles, content, demo=report.demo)
    return stream.getvalue()


def _properties(report: Report) -> dict[str, object]:
    """Describe the workbook; it is dated by the judging date, no clock is read."""
    return {
        "title": f"{heading(report)}{subject(report)}",
        "comments": DEMO if report.demo else "",
        "created": datetime.combine(report.as_of.day, time()),
    }


def _sheets(report: Report) -> Iterator[Content]:
    units = _units(report)
    names = sheet_names(units)
    alone = len(units) == 1 and report.scope == units[0]
    standings = owed_standings(report, units[0]) if alone else report.standings
    yield task_sheet(report, standings, TASKS)
    yield finding_sheet(report, FINDINGS)
    if units and not alone:
        yield overview_sheet(report, UNITS, names)
    for unit in units:
        yield unit_sheet(report, unit, names[unit])


def _units(report: Report) -> Sequence[str]:
    """Name the units that get a sheet: the one asked for, or all that report."""
    if report.units is None or not report.years:
        return ()
    return (report.scope,) if report.scope in report.units.names else report.units.reporting


def sheet_names(units: Iterable[str]) -> dict[str, str]:
    """Give every unit a name that a sheet may bear: legal, short enough, and of no other sheet."""
    taken = {TASKS, FINDINGS, UNITS, _RESERVED}
    names: dict[str, str] = {}
    for unit in units:
        names[unit] = _free(_legal(unit), taken)
        taken.add(names[unit].casefold())
    return names


def _legal(unit: str) -> str:
    return re.sub(r"\s", " ", unit).translate(_ILLEGAL).strip("' ") or "单位"


def _free(name: str, taken: set[str]) -> str:
    chosen, number = _cut(name, _LONGEST_NAME), 1
    while chosen.casefold() in taken:
        number += 1
        ending = f"（{number}）"
        chosen = _cut(name, _LONGEST_NAME - len(ending)) + ending
    return chosen


def _cut(name: str, units: int) -> str:
    """Cut a name to so many UTF-16 units, in which Excel counts."""
    return name.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore").rstrip("' ")


FORMAT = Format("xlsx", ".xlsx", render, binary=True)
