"""Adds one entry to a unit's progress file, if check would have nothing against it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kesu_cli.engine.closed_year import refuse_closed
from kesu_cli.engine.desk import Desk
from kesu_cli.engine.judging import judge
from kesu_cli.engine.selection import running
from kesu_cli.engine.survey import run
from kesu_cli.finding import Place, Severity
from kesu_cli.handover import hand_over
from kesu_cli.model.progress import Filing, filing_of
from kesu_cli.model.progress_file import ProgressFile
from kesu_cli.model.visible import unseen
from kesu_cli.rule import Context, Reach
from kesu_cli.rules import BY_CODE, RULES
from kesu_cli.source.evidence import look_at
from kesu_cli.source.progress import Reading
from kesu_cli.source.progress_text import ProgressText, read_progress_text
from kesu_cli.source.rewriting import CannotRewrite, rewritten
from kesu_cli.source.shape import fit
from kesu_cli.writing import Node


class NotRecorded(Exception):
    """The entry was refused; the message is for the user."""


class Objected(NotRecorded):
    """The rules have an error to report in the entry."""


@dataclass(frozen=True)
class Recorded:
    """The file with the new entry, not yet written, and what check will remark on it."""

    file: str
    before: bytes | None
    after: bytes
    is_complete: bool
    remarks: tuple[str, ...]


def record(desk: Desk, unit: str, year: int, entry: Mapping[str, Any], today: date) -> Recorded:
    """Add an entry; raises NotRecorded where the file or the entry is not sound.

    Raises Objected where a rule says so, and YearIsClosed where the file may not be changed.
    """
    if year not in desk.plan.years:
        first, last = desk.plan.years[0], desk.plan.years[-1]
        raise NotRecorded(f"{year} 年不在方案的期限内（{first}—{last} 年）；请核对日期")
    for text in _texts(entry):
        if len(text.splitlines()) > 1:
            raise NotRecorded(f"“{text.splitlines()[0][:20]}”后面换了行；请写成一行")
        if name := unseen(text):
            raise NotRecorded(f"“{text[:20]}”里有看不见的字符 {name}（常见于复制粘贴）；请重新输入")
    reading = desk.reports(year)
    file = desk.file_of(unit, year, reading)
    refuse_closed(desk, file)
    before = read_progress_text(desk.path_of(file), file)
    if before.faults:
        raise NotRecorded(f"{file} 有读不出来的地方，不能在里面添加；请先用 kesu check {file} 查出并改正")
    fresh = {"unit": unit, "year": str(year), "status": "draft"}
    known = before.data if before.content is not None else fresh
    entries = [*(known.get("entries") or []), dict(entry)]
    wanted = {**known, "entries": entries}
    written, wrong = fit(ProgressFile, wanted, Place(file))
    if written is None:
        raise NotRecorded("；".join(dict.fromkeys(_sentence(fault.message, fault.hint) for fault in wrong)))
    filing = filing_of(file, written, desk.units, tuple(range(len(entries))))
    remarks = tuple(_remarks(desk, reading, filing, today))
    return Recorded(file, before.content, _rewritten(before, wanted), filing.complete, remarks)


def _texts(data: Node) -> Iterator[str]:
    """Return every text of the data."""
    if isinstance(data, str):
        yield data
        return
    for part in data.values() if isinstance(data, Mapping) else data:
        yield from _texts(part)


def _rewritten(before: ProgressText, wanted: Mapping[str, Any]) -> bytes:
    try:
        return rewritten(before, wanted)
    except CannotRewrite as refused:
        message = f"{before.file} 的写法特殊，不重新排版就加不进去；请用编辑器手工添加"
        raise NotRecorded(message) from refused


def _remarks(desk: Desk, reading: Reading, filing: Filing, today: date) -> Iterator[str]:
    """Say what the rules have against the last entry; raises Objected for an error."""
    last = (filing.file, ("entries", len(filing.entries) - 1))
    problems, _ = run(
        _context(desk, reading, filing, today), (rule for rule in RULES if _is_of_entries(rule.reach))
    )
    errors = []
    for code, problem in problems:
        if (problem.place.file, problem.place.path[:2]) != last:
            continue
        words = f"{code} {_sentence(problem.message, problem.hint)}"
        if (problem.severity or BY_CODE[code].severity) is Severity.ERROR:
            errors.append(words)
        else:
            yield words
    if errors:
        raise Objected("；".join(errors))


def _is_of_entries(reach: Reach) -> bool:
    return reach in (Reach.FILE, Reach.WHOLE)


def _context(desk: Desk, reading: Reading, filing: Filing, today: date) -> Context:
    others = (known for known in reading.filings if known.file != filing.file)
    context = Context(
        plan=desk.plan,
        units=desk.units,
        policy=desk.policy,
        as_of=running(today),
        years=(filing.year,),
        filings=(*others, filing),
        unread=reading.unread,
        evidence=look_at([filing], desk.workspace.root),
    )
    return replace(
        context,
        standings=judge(
            desk.plan, context.filings, reading.unread, context.years, context.as_of, desk.policy
        ),
        handovers=hand_over(
            desk.units, context.years, context.filing_of, reading.unread, context.as_of, desk.policy
        ),
    )


def _sentence(message: str, hint: str) -> str:
    return f"{message}（{hint}）" if hint else message
