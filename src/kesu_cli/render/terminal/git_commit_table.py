"""The table of commits: what there was at each, its subject beside or above it."""

from collections.abc import Sequence

from kesu_cli.log import LogCommit
from kesu_cli.render.terminal.grid import Fitting, Grid
from kesu_cli.render.terminal.wrapped_text import Prose

SHORT_HASH = 7
_SHOWN_FILES = {
    "measures.yaml": "任务",
    "units.yaml": "单位",
    "policy.yaml": "办公室的规定",
    "waivers.yaml": "豁免",
}


def moment_table(
    names: Sequence[str], right: Sequence[str], rows: Sequence[tuple[LogCommit, Sequence[str | Prose]]]
) -> Fitting:
    """Say what there is to say of commits; on a narrow page the subject of a commit has a line of its own."""
    wide, narrow = Grid("日期", "提交", *names, "说明", right=right), Grid(*names, right=right)
    for commit, cells in rows:
        day, short = commit.day.isoformat(), commit.commit[:SHORT_HASH]
        wide.add_row(day, short, *cells, _remark(commit))
        narrow.add_row(*cells, head=f"{day} {short} {_remark(commit)}")
    return Fitting(wide, narrow)


def _remark(commit: LogCommit) -> str:
    changed = "、".join(_SHOWN_FILES[name] for name in commit.plan_changed)
    remarks = (commit.unjudged, f"方案有改动（{changed}）" if changed else "", commit.subject)
    return "；".join(filter(None, remarks))
