"""The table of commits: what there was at each, its subject beside or above it."""

from collections.abc import Sequence

from rich.console import Console, ConsoleOptions, RenderResult

from kesu_cli.chronicle import Moment
from kesu_cli.render.grid import Grid
from kesu_cli.render.prose import Prose

SHORT_HASH = 7
_SHOWN_FILES = {
    "measures.yaml": "任务",
    "units.yaml": "单位",
    "policy.yaml": "办公室的规定",
    "waivers.yaml": "豁免",
}


class MomentTable:
    """What there is to say of moments; on a narrow page the subject of a commit has a line of its own."""

    def __init__(
        self,
        names: Sequence[str],
        right: Sequence[str],
        rows: Sequence[tuple[Moment, Sequence[str | Prose]]],
    ) -> None:
        self._names, self._right, self._rows = names, right, rows

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw the table for the width that there is."""
        wide = self._wide()
        yield wide if wide.fits(options.max_width) else self._narrow()

    def _wide(self) -> Grid:
        table = Grid("日期", "提交", *self._names, "说明", right=self._right)
        for moment, cells in self._rows:
            table.add_row(moment.day.isoformat(), moment.commit[:SHORT_HASH], *cells, _remark(moment))
        return table

    def _narrow(self) -> Grid:
        table = Grid(*self._names, right=self._right)
        for moment, cells in self._rows:
            head = f"{moment.day} {moment.commit[:SHORT_HASH]} {_remark(moment)}"
            table.add_row(*cells, head=head)
        return table


def _remark(moment: Moment) -> str:
    changed = "、".join(_SHOWN_FILES[name] for name in moment.plan_changed)
    remarks = (moment.unjudged, f"方案有改动（{changed}）" if changed else "", moment.subject)
    return "；".join(filter(None, remarks))
