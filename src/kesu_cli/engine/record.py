"""Adds one entry to a unit's progress file, if check would have nothing against it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from kesu_cli.diagnostic import Place, Refusal, Severity, Step
from kesu_cli.engine.judged_years import running
from kesu_cli.engine.open_workspace import OpenWorkspace
from kesu_cli.engine.refuse_closed_year import refuse_closed
from kesu_cli.engine.rule_context import judged_reports
from kesu_cli.engine.rule_run import run
from kesu_cli.invisible import unseen
from kesu_cli.loaded import Loaded
from kesu_cli.model.progress import Filing, filing_of
from kesu_cli.model.progress_file import EntryRow, ProgressFile
from kesu_cli.rule import Context, Reach
from kesu_cli.rules.book import BY_CODE, RULES
from kesu_cli.source.progress_as_typed import ProgressText, read_progress_text
from kesu_cli.source.progress_edit import CannotRewrite, rewritten
from kesu_cli.source.validate import fit
from kesu_cli.yamltext.write import Node

Entry = Mapping[str, Any]


class Reason(NamedTuple):
    """What stands against an entry; ``key`` names what to write otherwise, empty for the whole."""

    key: str
    message: str
    hint: str = ""


class NotRecorded(Refusal):
    """The entry was refused; the message is for the user."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__("；".join(dict.fromkeys(said(reason) for reason in reasons)))
        self.reasons = reasons


@dataclass(frozen=True)
class OpenReport:
    """The file that an entry goes into: it can be read and its year is open."""

    office: OpenWorkspace
    unit: str
    year: int
    file: str
    before: ProgressText
    loaded: Loaded


@dataclass(frozen=True)
class Recorded:
    """The file with the new entry, not yet written, and what check will remark on it."""

    file: str
    before: bytes | None
    after: bytes
    is_complete: bool
    remarks: tuple[str, ...]


def said(reason: Reason) -> str:
    """Say a reason and what to do in one sentence."""
    return f"{reason.message}（{reason.hint}）" if reason.hint else reason.message


def opened(office: OpenWorkspace, unit: str, year: int) -> OpenReport:
    """Open the file of a unit and year; raises NotRecorded or YearIsClosed where nothing can be added."""
    if year not in office.terms.plan.years:
        first, last = office.terms.plan.years[0], office.terms.plan.years[-1]
        raise NotRecorded(Reason("date", f"{year} 年不在方案的期限内（{first}—{last} 年）", "请核对日期"))
    loaded = office.reports(year)
    file = office.file_to_write(unit, year, loaded)
    refuse_closed(office, file)
    before = read_progress_text(office.workspace, file)
    if before.faults:
        message = f"{file} 有读不出来的地方，不能在里面添加；请先用 kesu check {file} 查出并改正"
        raise NotRecorded(Reason("", message))
    return OpenReport(office, unit, year, file, before, loaded)


def misshapen(entry: Entry) -> tuple[Reason, ...]:
    """Say what of an entry, or of a part of one, can't be read as what it should be."""
    written = [reason for key, value in entry.items() for reason in _unreadable(key, value)]
    if written:
        return tuple(written)
    _, faults = fit(EntryRow, entry, Place(""))
    return tuple(Reason(_key(fault.place.path), fault.message, fault.hint) for fault in faults)


def objections(to: OpenReport, entry: Entry, today: date) -> tuple[Reason, ...]:
    """Say why check would refuse an entry."""
    return misshapen(entry) or _errors(tuple(_remarks(to, entry, today)))


def record(office: OpenWorkspace, unit: str, year: int, entry: Entry, today: date) -> Recorded:
    """Add an entry; raises NotRecorded where the file or the entry is not sound.

    Raises YearIsClosed where the file may not be changed.
    """
    to = opened(office, unit, year)
    if wrong := misshapen(entry):
        raise NotRecorded(*wrong)
    remarks = tuple(_remarks(to, entry, today))
    if wrong := _errors(remarks):
        raise NotRecorded(*wrong)
    wanted = _with(to, entry)
    after, is_complete = _rewritten(to.before, wanted), _filing(to, wanted).complete
    return Recorded(
        to.file, to.before.content, after, is_complete, tuple(said(reason) for _, reason in remarks)
    )


def _errors(remarks: Sequence[tuple[Severity, Reason]]) -> tuple[Reason, ...]:
    return tuple(reason for severity, reason in remarks if severity is Severity.ERROR)


def _unreadable(key: str, value: Node) -> Iterator[Reason]:
    for text in _texts(value):
        if len(text.splitlines()) > 1:
            yield Reason(key, f"“{text.splitlines()[0][:20]}”后面换了行", "请写成一行")
        elif name := unseen(text):
            yield Reason(key, f"“{text[:20]}”里有看不见的字符 {name}（常见于复制粘贴）", "请重新输入")


def _texts(data: Node) -> Iterator[str]:
    """Return every text of the data."""
    if isinstance(data, str):
        yield data
        return
    for part in data.values() if isinstance(data, Mapping) else data:
        yield from _texts(part)


def _key(path: Sequence[Step]) -> str:
    return str(path[0]) if path else ""


def _with(to: OpenReport, entry: Entry) -> dict[str, Any]:
    """Return the data of the file with the entry at the end of its entries."""
    fresh = {"unit": to.unit, "year": str(to.year), "status": "draft"}
    known = to.before.data if to.before.content is not None else fresh
    return {**known, "entries": [*(known.get("entries") or []), dict(entry)]}


def _filing(to: OpenReport, wanted: Mapping[str, Any]) -> Filing:
    written, wrong = fit(ProgressFile, wanted, Place(to.file))
    if written is None:
        raise NotRecorded(*(Reason("", fault.message, fault.hint) for fault in wrong))
    return filing_of(to.file, written, to.office.terms.units, tuple(range(len(written.entries))))


def _rewritten(before: ProgressText, wanted: Mapping[str, Any]) -> bytes:
    try:
        return rewritten(before, wanted)
    except CannotRewrite as refused:
        message = f"{before.file} 的写法特殊，不重新排版就加不进去；请用编辑器手工添加"
        raise NotRecorded(Reason("", message)) from refused


def _remarks(to: OpenReport, entry: Entry, today: date) -> Iterator[tuple[Severity, Reason]]:
    """Say what the rules have against an entry."""
    filing = _filing(to, _with(to, entry))
    place = Place(to.file) / "entries" / (len(filing.entries) - 1)
    context = _context(to.office, to.loaded, filing, today)
    problems, _ = run(context, (rule for rule in RULES if _is_of_entries(rule.reach)))
    for code, problem in problems:
        is_here = (problem.place.file, problem.place.path[:2]) == (place.file, place.path)
        if is_here or (problem.disputes and place in problem.disputes.entries):
            key = _key(problem.place.path[2:]) if is_here else ""
            reason = Reason(key, f"{code} {problem.message}", problem.hint)
            yield problem.severity or BY_CODE[code].severity, reason


def _is_of_entries(reach: Reach) -> bool:
    return reach is not Reach.AFTER


def _context(office: OpenWorkspace, loaded: Loaded, filing: Filing, today: date) -> Context:
    others = (known for known in loaded.filings if known.file != filing.file)
    filings = (*others, filing)
    evidence = office.workspace.hashed(office.workspace.evidence_of(filings))
    everything = replace(loaded, filings=filings, evidence=evidence)
    return judged_reports(everything, running(today), (filing.year,))
