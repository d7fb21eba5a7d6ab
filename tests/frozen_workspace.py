"""The workspace that kesu 0.1 left behind: what was printed then, what is printed now, and what moved."""

import io
import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import astuple, dataclass, replace
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Any

from kesu_cli.cli.app import run
from kesu_cli.engine.check import Request, check
from kesu_cli.render.json import explain_v2
from kesu_cli.report import Explanation

ROOT = Path(__file__).parent.parent
FROZEN = ROOT / "tests" / "fixtures" / "workspace-0.1"
UPGRADE = ROOT / "docs" / "upgrade.md"

NONE = "—"
# what an element of a list speaks of: by this it is found again, whatever its place in the list
NAMES = ("code", "kind", "subject", "task", "window", "year", "unit", "file", "day")
# the version, and what is counted from what is compared one by one
LEFT_OUT = {"kesu", "format_version", "counts", "waived", "plan_counts"}
RAN = {"passed", "failed"}
# what JSON version 2 calls otherwise
RENAMED = {"word": "verdict_label", "past_due": "overdue"}
TITLES = {
    "actual": "完成",
    "completion": "完成率",
    "exit_code": "退出码",
    "fingerprint": "标记",
    "gap_points": "进度差",
    "hint": "怎么改",
    "light": "亮灯",
    "message": "说明",
    "pace": "序时进度",
    "severity": "级别",
    "state": "状态",
    "target": "目标",
    "verdict_label": "判定",
}
_OUTPUT = re.compile(r"^\| *`([^`]+)` *\| *`kesu ([^`]+)` *\| *(\d) *\|$", re.MULTILINE)
_TABLE = re.compile(r"^\| *年度 *\|.*\n\|[-|]+\|\n((?:\|.*\n)*)", re.MULTILINE)
_CELL = re.compile(r"(?<!\\)\|")
_YEAR = re.compile(r"(?:progress/|--year )(\d{4})")
_DAY = re.compile(r"--as-of (\S+)")
_MARK = re.compile(r"#([0-9a-f]{7})$")

Thing = Mapping[str, object]
Name = tuple[str, tuple[tuple[str, str], ...], int]


@dataclass(frozen=True)
class Output:
    """What one command printed, and its exit code."""

    name: str
    command: str
    code: int
    content: bytes

    @property
    def year(self) -> str:
        """Say for which year and day the command judged, or which command it was."""
        year, day = _YEAR.search(self.command), _DAY.search(self.command)
        said = (year[1] if year else "", f"截至 {day[1]}" if day else "")
        return " ".join(filter(None, said)) or f"kesu {self.command}"


@dataclass(frozen=True, order=True)
class Move:
    """A verdict or finding that is not what it was: a row of docs/upgrade.md without its reason."""

    year: str
    task: str
    window: str
    unit: str
    before: str
    after: str

    def row(self) -> str:
        cells = (cell.replace("|", r"\|") for cell in (*astuple(self), ""))
        return f"| {' | '.join(cells)} |"


def frozen() -> tuple[Output, ...]:
    """Read what kesu 0.1 printed, by the table of commands in the README of its workspace."""
    rows = _OUTPUT.findall((FROZEN / "README.md").read_text("utf-8"))
    return tuple(
        Output(name, command, int(code), (FROZEN / "outputs" / name).read_bytes())
        for name, command, code in rows
    )


def lay_out(folder: Path) -> Path:
    """Copy the workspace to where no repository is, as it was when it was frozen."""
    return Path(shutil.copytree(FROZEN, folder / "workspace"))


def kesu(workspace: Path, command: str) -> tuple[int, bytes]:
    """Run kesu in this process; return its exit code and what it printed."""
    out = io.TextIOWrapper(kept := io.BytesIO(), "utf-8", newline="")
    err = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with chdir(workspace), redirect_stdout(out), redirect_stderr(err):
        code = run(command.split())
    out.flush()
    return code, kept.getvalue()


def again(then: Output, workspace: Path) -> Output:
    """Run the command of an output anew."""
    code, content = kesu(workspace, then.command)
    year, day = _YEAR.search(then.command), _DAY.search(then.command)
    if b'"kesu-report"' in content and year and day:
        content = _with_entries(json.loads(content), workspace, year[1], date.fromisoformat(day[1]))
    return replace(then, code=code, content=content)


def _with_entries(document: dict[str, Any], workspace: Path, year: str, day: date) -> bytes:
    """Add to each standing what version 1 said there: its entries, now those of explain, and lost files."""
    report = check(Request((workspace / "progress" / year,), day, day), "")
    told = explain_v2.public(Explanation(report, None, None, report.standings, (), {}))
    for row, standing in zip(document["standings"], told.standings, strict=True):
        row["entries"] = [_as_in_version_1(entry) for entry in standing.entries]
        row["unread"] = sorted({source["file"] for source in row["unknown"] if source["file"]})
    return json.dumps(document).encode()


def _as_in_version_1(entry: explain_v2.JsonContribution) -> dict[str, Any]:
    kept = ("file", "entry", "unit", "date", "name", "counted")
    said = {"amount": entry.amount or "0", "why": entry.why or entry.passed_over}
    return {name: getattr(entry, name) for name in kept} | said


def listed(page: str) -> list[tuple[Move, str]]:
    """Read the moves that docs/upgrade.md lists, each with its reason."""
    table = _TABLE.search(page)
    assert table, "the page has no table of what moved"
    rows = [
        [cell.strip().replace(r"\|", "|") for cell in _CELL.split(row)[1:-1]] for row in table[1].splitlines()
    ]
    return [(Move(*row), reason) for *row, reason in rows]


def moves(pairs: Sequence[tuple[Output, Output]]) -> set[Move]:
    """Say what moved from what was printed then to what is printed now; each finding that moved once."""
    found: set[Move] = set()
    marks: set[str] = set()
    for then, now in sorted(pairs, key=lambda pair: not pair[0].name.endswith(".json")):
        for move, moved in _moved(then, now):
            of = {str(thing["fingerprint"])[:7] for thing in moved if "fingerprint" in thing}
            if then.name.endswith(".json") or not of & marks:
                found.add(move)
            marks |= of
    return found | {move for then, now in pairs for move in _moved_lines(then, now, marks)}


def _moved(then: Output, now: Output) -> Iterator[tuple[Move, tuple[Thing, Thing]]]:
    before, after = _things(then), _things(now)
    known = {field for field, _, _ in before} - {"rules"}
    for name in before.keys() | {name for name in after if name[0] in known}:
        old, new = before.get(name, {}), after.get(name, {})
        was, became = _told(old, new)
        if was != became:
            about = dict(name[1])
            year = "方案" if name[0] == "plan_findings" else then.year
            where = (about.get("task", ""), about.get("window", ""), about.get("unit", ""))
            yield Move(year, *where, was, became), (old, new)


def _moved_lines(then: Output, now: Output, marks: set[str]) -> Iterator[Move]:
    """Compare texts line by line, but for the lines of findings that moved and for the totals of these."""
    if then.name.endswith(".txt"):
        before, after = (
            [line for line in output.content.decode().splitlines() if not _follows(line, marks)]
            for output in (then, now)
        )
        old, new = (
            list((Counter(one) - Counter(other)).elements())
            for one, other in ((before, after), (after, before))
        )
        for was, became in zip_longest(old, new, fillvalue=NONE):
            yield Move(then.year, "", "", "", was.strip(), became.strip())


def _follows(line: str, marks: set[str]) -> bool:
    mark = _MARK.search(line)
    return (mark[1] in marks) if mark else (bool(marks) and line.startswith("# 错误"))


def _told(old: Thing, new: Thing) -> tuple[str, str]:
    """Say what a thing was and what it became, as far as that differs; a new field is no difference."""
    if not (old and new):
        return _summary(old), _summary(new)
    differ = [key for key in old if old[key] != new.get(key, NONE) and not _means_nothing(key, new)]
    return _fields(old, differ), _fields(new, differ)


def _means_nothing(key: str, new: Thing) -> bool:
    """Whether it is a pace that version 2 no longer tells, because no figure is held against it."""
    return key == "pace" and key in new and new[key] is None


def _fields(thing: Thing, keys: Sequence[str]) -> str:
    return "；".join(f"{TITLES.get(key, key)} {thing.get(key, NONE)}" for key in keys)


def _summary(thing: Thing) -> str:
    said = [
        str(thing[key]) for key in ("code", "severity", "message", "verdict_label", "what") if key in thing
    ]
    return " ".join(said) or (_fields(thing, list(thing)) if thing else NONE)


def _things(output: Output) -> dict[Name, Thing]:
    """Take an output apart: each element of its lists by what it speaks of, and the rest one by one."""
    things: dict[Name, Thing] = {}
    met: Counter[tuple[str, tuple[tuple[str, str], ...]]] = Counter()
    for field, row in _rows(output):
        about = tuple((name, str(row[name])) for name in NAMES if row.get(name))
        met[field, about] += 1
        things[field, about, met[field, about]] = _flat(row)
    return things


def _rows(output: Output) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for field, row in _as_written(output):
        yield field, {RENAMED.get(key, key): value for key, value in row.items()}


def _as_written(output: Output) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield "", {"exit_code": output.code}
    if output.name.endswith(".jsonl"):
        for line in output.content.decode().splitlines():
            yield "findings", json.loads(line)
    if output.name.endswith(".json"):
        for key, value in json.loads(output.content).items():
            if isinstance(value, list) and value and isinstance(value[0], dict):
                yield from ((key, _rule(row) if key == "rules" else row) for row in value)
            elif key not in LEFT_OUT:
                yield key, {key: value}


def _rule(row: Mapping[str, Any]) -> dict[str, Any]:
    """Leave of a rule whether it ran: what it found stands among the findings."""
    outcome = "ran" if row["outcome"] in RAN else row["outcome"]
    return {"code": row["code"], "outcome": outcome, "why": row["why"]}


def _flat(value: Any, path: str = "") -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Name every value within by its path; of a list its length too, so that it may not grow unseen."""
    if not isinstance(value, (dict, list)):
        return {path: value}
    flat = {path: len(value)} if isinstance(value, list) else {}
    for key, part in value.items() if isinstance(value, dict) else enumerate(value):
        flat |= _flat(part, f"{path}.{key}" if path else str(key))
    return flat
