"""A verification as plain lines: one a difference, then how much is covered."""

from collections.abc import Iterator

from kesu_cli.render.verification_wording import conclusion, coverage_line
from kesu_cli.verification import Discrepancy, Verification


def text(found: Verification) -> str:
    """Write a verification for a terminal or a pipe."""
    return "".join(f"{line}\n" for line in _lines(found))


def _lines(found: Verification) -> Iterator[str]:
    yield f"《{found.title}》对照 {found.document}"
    for discrepancy in found.discrepancies:
        yield f"{_where(discrepancy)} {discrepancy.doubt.label}：{discrepancy.message}"
    yield conclusion(found)
    yield f"覆盖情况：{coverage_line(found)}"


def _where(discrepancy: Discrepancy) -> str:
    parts = [f"原文第 {discrepancy.line} 行"] if discrepancy.line else []
    if discrepancy.place:
        parts.append(f"{discrepancy.place.file} {_path(discrepancy)}")
    return "，".join(parts)


def _path(discrepancy: Discrepancy) -> str:
    """Name the place by its task where it has one, else by its keys."""
    if discrepancy.task:
        return f"任务 {discrepancy.task}"
    steps = discrepancy.place.path if discrepancy.place else ()
    return ".".join(str(step + 1 if isinstance(step, int) else step) for step in steps)
