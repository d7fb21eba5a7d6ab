"""Print how many clauses of real plans are read as a careful officer reads them.

    python bench/clauses.py

The first file is a sample from documents of many cities, the others are our own; the last was written
before the grammar and never used to tune it. Period and deadline are compared as far as the clause
itself tells them: what only its chapter says cannot be read from it, and must not be invented.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kesu_cli.drafting.plain import plain
from kesu_cli.drafting.row_form import row_form

FIXTURES = Path(__file__).parent.parent / "tests" / "fixtures"
FILES = {
    "clauses.tsv": "样例（各地文件）",
    "clauses-own.tsv": "自拟条款（调试时用过）",
    "clauses-held.tsv": "自拟条款（程序写成之前拟好）",
}
CELLS = ("comparator", "low", "high", "unit")
_TOLD = {
    "annual": "每年|逐年|学年|年度|年均|年培训|全年|一年|年接待",
    "semester": "学期",
    "quarterly": "季",
    "monthly": "每月|一月",
    "ten-day": "每旬",
    "week": "每周",
    "day": "每天|每日",
    "half-year": "每半年",
    "every 2y": "两年",
    "unspecified": "定期|常态|持续",
}


class Clause(NamedTuple):
    """One row of a file of clauses."""

    must: str
    form: str
    text: str
    comparator: str
    low: str
    high: str
    unit: str
    period: str
    deadline: str
    note: str = ""


def clauses(name: str) -> tuple[Clause, ...]:
    """Read a file of clauses; lines with # and the heading are passed over."""
    lines = (FIXTURES / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return tuple(Clause(*(row + [""] * 10)[:10]) for row in rows)


def disagreements(clause: Clause) -> tuple[str, ...]:
    """Say in which cells kesu reads a clause differently."""
    read = row_form(clause.text)
    wrong = [cell for cell in CELLS if not _same(getattr(clause, cell), getattr(read, cell))]
    told = _is_told(clause)
    if not _same(clause.period if told else "", read.period):
        wrong.append("period")
    if not _same(_deadline(clause) if told else "", read.deadline):
        wrong.append("deadline")
    return tuple(f"{cell}: {getattr(clause, cell)!r} / {getattr(read, cell)!r}" for cell in wrong)


def _deadline(clause: Clause) -> str:
    """Of a length without dates (5y) only the chapter knows the deadline."""
    return "" if re.fullmatch(r"\d+[yd]", clause.period) else clause.deadline


def _is_told(clause: Clause) -> bool:
    text = plain(clause.text).text
    rhythm = clause.period.partition("/")[0]
    if rhythm in _TOLD:
        return bool(re.search(_TOLD[rhythm], text))
    length = re.fullmatch(r"(\d+)[yd]", clause.period)
    if length:
        return bool(re.search(rf"(?:{length[1]}个?|[一两二三五])(?:年|日|天|工作日)", text))
    year = re.search(r"\d{4}", clause.deadline)
    return bool(year and re.search(rf"{year[0]}|十.五|二[〇零]", text))


def _same(expected: str, actual: str) -> bool:
    return _folded(expected) == _folded(actual)


def _folded(cell: str) -> str:
    """2025 is the same as 2025-12-31, ㎡ as 平方米, (none) as nothing."""
    year_end = re.sub(r"(\d{4})-12-31", r"\1", cell)
    return year_end.replace("平方米", "㎡").replace("(none)", "")


def table() -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    yield "| 条款 | 必须读对 | 其余 |"
    yield "|---|---|---|"
    for name, title in FILES.items():
        rows = clauses(name)
        shares = [_share([row for row in rows if row.must == must]) for must in ("yes", "no")]
        yield f"| {title} | {shares[0]} | {shares[1]} |"


def _share(rows: list[Clause]) -> str:
    if not rows:
        return "—"
    right = sum(not disagreements(row) for row in rows)
    return f"{right}/{len(rows)}（{100 * right / len(rows):.0f}%）"


if __name__ == "__main__":
    print("\n".join(table()))
