"""Mends the progress files that paths select, each by itself."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from kesu_cli.diagnostic import Place
from kesu_cli.engine.judged_years import NothingToCheck, select
from kesu_cli.engine.open_workspace import OpenWorkspace
from kesu_cli.rules.book import RULES
from kesu_cli.source.fix import FixedFile, fixed, left_as_it_is
from kesu_cli.source.fix_value import FixBasis
from kesu_cli.source.plan import unreadable
from kesu_cli.source.progress import badly_named


def fix_files(office: OpenWorkspace, paths: Sequence[Path]) -> Iterator[FixedFile]:
    """Mend file after file; raises NothingToCheck where the paths select none."""
    listed, _ = office.workspace.reports()
    chosen = select(office.workspace, paths, listed).chosen
    if not chosen:
        raise NothingToCheck("没有找到进展文件（progress/<年度>/<单位>.yaml）；请核对路径")
    basis = fix_basis(office)
    for report in chosen:
        if report.unseen:
            yield left_as_it_is(badly_named(report))
            continue
        try:
            content = office.workspace.read_report(report)
        except OSError as error:
            yield left_as_it_is(unreadable(Place(report.file), error))
            continue
        yield fixed(content, report.file, basis)


def fix_basis(office: OpenWorkspace) -> FixBasis:
    """Say what repairs are judged by, and which rules they serve."""
    codes = {rule.fix: rule.code for rule in RULES if rule.fix}
    return FixBasis(office.terms.units, frozenset(office.terms.plan.by_id), office.workspace.root, codes)
