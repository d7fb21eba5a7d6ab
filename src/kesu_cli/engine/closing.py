"""Closes a year and lets a unit in again; what is written is not yet on disk."""

from dataclasses import dataclass
from datetime import date

from kesu_cli.engine.desk import Desk
from kesu_cli.model.closing import ClosedRow, ClosingFile, ReopenedRow
from kesu_cli.source.closing import closed_file, closing_text, digests_of, read_closing
from kesu_cli.source.progress import load_progress


class NotClosed(Exception):
    """The year can't be closed or reopened; the message is for the user."""


@dataclass(frozen=True)
class Closed:
    """The closing to be written over what was read, and what the office should know."""

    file: str
    before: bytes | None
    after: bytes
    count: int
    gaps: tuple[str, ...]


def close(desk: Desk, year: int, who: str, day: date) -> Closed:
    """Close a year, or close it again; gaps are named, what can't be read is refused."""
    listed, stray = desk.workspace.reports()
    paths = tuple(path for path in listed if path.year == year)
    if not paths:
        raise NotClosed(f"没有 {year} 年度的进展文件；请核对年度")
    reading = load_progress(paths, desk.units)
    wrong = [*(f.place.file for f in reading.faults), *(f.file for f in reading.misplaced)]
    wrong += [found.file for found in stray if found.year == year]
    if wrong or reading.unread:
        named = "、".join(sorted({*wrong, *(lost.file for lost in reading.unread)}))
        raise NotClosed(f"{named} 读不出来或放错了位置，不能封存；请先用 kesu check 查出并改正")
    reported = {filing.unit: filing.complete for filing in reading.filings}
    gaps = tuple(
        f"{unit}{'还没有报送' if unit not in reported else '标为草稿'}"
        for unit in desk.units.reporting
        if not reported.get(unit)
    )
    before, known = _known(desk, year)
    digests = digests_of(desk.workspace, year, listed)
    rows = tuple(ClosedRow(file=name, sha256=digest) for name, digest in sorted(digests.items()))
    past = known.reopened if known else ()
    if known and known.files == rows and known.is_sealed and not known.open_again:
        return Closed(closed_file(desk.workspace, year), before, before or b"", len(rows), gaps)
    again = tuple(_closed_again(row, day) for row in past)
    return _written(desk, year, before, _file(who, day, rows, again), gaps)


def reopen(desk: Desk, year: int, row: tuple[str, str, str], day: date) -> Closed:
    """Let a unit change its files of a closed year: ``row`` is the unit, the reason and who allows it."""
    unit, reason, who = row
    before, known = _known(desk, year)
    if known is None:
        raise NotClosed(f"{year} 年还没有封存，不用重新开放")
    if not known.is_sealed:
        raise NotClosed(f"{closed_file(desk.workspace, year)} 被手工改过；请先恢复它")
    if unit in known.open_again:
        raise NotClosed(f"{year} 年已经对{unit}重新开放；改完请运行 kesu close {year}")
    new = _row(unit, reason, who, day)
    after = _file(known.closed_by, known.closed_on, known.files, (*known.reopened, new))
    return _written(desk, year, before, after, ())


def _known(desk: Desk, year: int) -> tuple[bytes | None, ClosingFile | None]:
    name = closed_file(desk.workspace, year)
    known, faults = read_closing(desk.workspace, year)
    if faults:
        raise NotClosed(f"{name} 读不出来：{faults[0].message}；请先恢复它")
    return (desk.workspace.read(name) if known else None), known


def _closed_again(row: ReopenedRow, day: date) -> ReopenedRow:
    return row.model_copy(update={"closed_again": row.closed_again or day})


def _row(unit: str, reason: str, who: str, day: date) -> ReopenedRow:
    said = {"unit": unit, "reason": reason, "reopened_by": who, "reopened_on": day.isoformat()}
    return ReopenedRow.model_validate(said)


def _file(who: str, day: date, rows: tuple[ClosedRow, ...], reopened: tuple[ReopenedRow, ...]) -> ClosingFile:
    said = {"closed_by": who, "closed_on": day.isoformat(), "seal": "-", "files": rows, "reopened": reopened}
    return ClosingFile.model_validate(said)


def _written(desk: Desk, year: int, before: bytes | None, file: ClosingFile, gaps: tuple[str, ...]) -> Closed:
    after = closing_text(file).encode()
    return Closed(closed_file(desk.workspace, year), before, after, len(file.files), gaps)
