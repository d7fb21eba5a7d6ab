"""Closes a year and lets a unit in again; what is written is not yet on disk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kesu_cli.diagnostic import Refusal
from kesu_cli.engine.open_workspace import OpenWorkspace
from kesu_cli.loaded import Loaded
from kesu_cli.model.closing import ClosedRow, ClosingFile, ReopenedRow
from kesu_cli.source.closing import closing_text, digests_of, read_closing, unit_of
from kesu_cli.source.closing_history import closed_file
from kesu_cli.source.progress import load_progress


class NotClosed(Refusal):
    """The year can't be closed or reopened; the message is for the user."""


@dataclass(frozen=True)
class Closed:
    """The closing to be written over what was read; which units did not report, or only a draft."""

    file: str
    before: bytes | None
    after: bytes
    closing: ClosingFile
    missing: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()


def close(office: OpenWorkspace, year: int, who: str, day: date) -> Closed:
    """Close a year, or close it again; what can't be read or was changed without leave is refused."""
    _refuse_year(office, year, day)
    listed, stray = office.workspace.reports()
    paths = tuple(path for path in listed if path.year == year)
    if not paths:
        raise NotClosed(f"没有 {year} 年度的进展文件；请核对年度")
    loaded = load_progress(paths, office.terms.units, office.workspace.read_report)
    _refuse_unread(loaded, [found.file for found in stray if found.year == year])
    before, known = _known(office, year)
    digests = digests_of(office.workspace, year, listed)
    if known:
        _refuse_changed(office, year, known, digests)
    made = known if known and _holds(known, digests) else _closing(known, who, day, digests)
    is_new = made is not known
    after = closing_text(made).encode() if is_new else before or b""
    reported = {filing.unit: filing.complete for filing in loaded.filings}
    units = office.terms.units.reporting
    missing = tuple(unit for unit in units if unit not in reported)
    drafts = tuple(unit for unit in units if reported.get(unit) is False)
    return Closed(closed_file(office.workspace, year), before, after, made, missing, drafts)


def _refuse_year(office: OpenWorkspace, year: int, day: date) -> None:
    if year not in office.terms.plan.years:
        raise NotClosed(f"方案期是 {office.terms.plan.period}，没有 {year} 年度；请核对年度")
    if day.year <= year:
        raise NotClosed(f"{year} 年还没有过完，不能封存；请到 {year + 1} 年各单位报送完毕后再封存")


def _refuse_unread(loaded: Loaded, stray: Sequence[str]) -> None:
    wrong = [
        *(f.place.file for f in loaded.faults),
        *(f.file for f in (*loaded.misplaced, *loaded.copies)),
        *stray,
    ]
    if wrong or loaded.unread:
        named = "、".join(sorted({*wrong, *(lost.file for lost in loaded.unread)}))
        raise NotClosed(f"{named} 读不出来、放错了位置或多出一份，不能封存；请先用 kesu check 查出并改正")


def _refuse_changed(office: OpenWorkspace, year: int, known: ClosingFile, now: Mapping[str, str]) -> None:
    """Raise NotClosed where closing again would cover up a change that nobody was let in for."""
    then, file = known.digests, closed_file(office.workspace, year)
    if not known.is_sealed:
        raise NotClosed(f"{file} 被手工改过；请先恢复它")
    for name in sorted(then.keys() | now.keys()):
        unit = unit_of(name, year, office.terms.units)
        if then.get(name) != now.get(name) and unit not in known.open_again:
            raise NotClosed(
                f"{name} 在封存以后有变化，没有重新开放，不能再次封存；误改的请恢复，"
                f"确需更正的请先运行 kesu reopen {year} --unit {unit or '单位'} --reason 理由"
            )


def _holds(known: ClosingFile, now: Mapping[str, str]) -> bool:
    return known.digests == now and not known.open_again


def _closing(known: ClosingFile | None, who: str, day: date, digests: Mapping[str, str]) -> ClosingFile:
    rows = tuple(ClosedRow(file=name, sha256=digest) for name, digest in sorted(digests.items()))
    past = known.reopened if known else ()
    return _file(who, day, rows, tuple(_closed_again(row, day) for row in past))


def reopen(office: OpenWorkspace, year: int, unit: str, reason: str, who: str, day: date) -> Closed:
    """Let a unit change its files of a closed year, for a reason and by somebody's leave."""
    before, known = _known(office, year)
    if known is None:
        raise NotClosed(f"{year} 年还没有封存，不用重新开放")
    if not known.is_sealed:
        raise NotClosed(f"{closed_file(office.workspace, year)} 被手工改过；请先恢复它")
    if unit in known.open_again:
        raise NotClosed(f"{year} 年已经对{unit}重新开放；改完请运行 kesu close {year}")
    new = _row(unit, reason, who, day)
    after = _file(known.closed_by, known.closed_on, known.files, (*known.reopened, new))
    return Closed(closed_file(office.workspace, year), before, closing_text(after).encode(), after)


def _known(office: OpenWorkspace, year: int) -> tuple[bytes | None, ClosingFile | None]:
    name = closed_file(office.workspace, year)
    known, faults = read_closing(office.workspace, year)
    if faults:
        raise NotClosed(f"{name} 读不出来：{faults[0].message}；请先恢复它")
    return (office.workspace.read(name) if known else None), known


def _closed_again(row: ReopenedRow, day: date) -> ReopenedRow:
    return row.model_copy(update={"closed_again": row.closed_again or day})


def _row(unit: str, reason: str, who: str, day: date) -> ReopenedRow:
    said = {"unit": unit, "reason": reason, "reopened_by": who, "reopened_on": day.isoformat()}
    return ReopenedRow.model_validate(said)


def _file(who: str, day: date, rows: tuple[ClosedRow, ...], reopened: tuple[ReopenedRow, ...]) -> ClosingFile:
    said = {"closed_by": who, "closed_on": day.isoformat(), "seal": "-", "files": rows, "reopened": reopened}
    return ClosingFile.model_validate(said)
