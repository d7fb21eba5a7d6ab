"""A small city in a git repository, written commit by commit."""

import shutil
from pathlib import Path

from test_git import commit, git

WORLD = Path(__file__).parent / "world"


def founded(top: Path, home: str = "") -> Path:
    """Make a repository that holds nothing but the plan, not committed yet; return the workspace."""
    folder = top / home
    folder.mkdir(parents=True)
    git(top, "init", "-q", "-b", "main")
    shutil.copytree(WORLD / "plan", folder / "plan")
    return folder


def report(folder: Path, unit: str, *values: int, file: str = "", year: int = 2024, extra: str = "") -> Path:
    """Write the report of a unit: so many trained in as many courses, one a month."""
    entries = "".join(
        f"  - task: M06-1\n    date: {year}-{month:02}-05\n    name: {unit}第{month}期培训班\n"
        f"    value: {value}\n"
        f'    evidence:\n      - {{kind: 签到表, url: "https://demo.invalid/{unit}/{month}"}}\n'
        for month, value in enumerate(values, 1)
    )
    path = folder / "progress" / str(year) / f"{file or unit}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    body = f"entries:\n{entries}" if entries else "entries: []\n"
    path.write_text(f"unit: {unit}\nyear: {year}\nstatus: draft\ndemo: true\n{body}{extra}", encoding="utf-8")
    return path


def committed(folder: Path, message: str, day: str) -> str:
    """Commit everything at noon of a day in China."""
    return commit(folder, message, f"{day}T12:00:00+08:00")
