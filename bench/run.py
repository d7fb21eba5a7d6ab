"""Print kesu's whole-process figures beside its peers' on the same files, in the same run, as ratios.

    pip install . -r bench/requirements.txt && python bench/run.py --write

With --write the tables also replace those in docs/performance.md. The peers check one JSON Schema,
file by file; kesu validates, and judges all files together.
"""

import argparse
import os
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from generate import generate

HERE = Path(__file__).parent
ROOT = HERE.parent
SCHEMA = HERE / "progress.schema.json"
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- bench/run.py --write: begin -->", "<!-- bench/run.py --write: end -->"
# as on anybody's machine: what Python compiled once it need not compile again
SURROUNDINGS = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
SCRIPTS = Path(sysconfig.get_path("scripts"))
YEARS = 5


@dataclass(frozen=True)
class Run:
    """What one command took: seconds of wall time, megabytes of all its processes together; how it ended."""

    seconds: float
    megabytes: float
    code: int


def measure(command: Sequence[str], times: int = 1, folder: Path = ROOT) -> Run:
    """Run a command several times; the median of the times, the most of the memory."""
    runs = [_once(command, folder) for _ in range(times)]  # the median leaves out the first, cold one
    seconds, megabytes = median(run.seconds for run in runs), max(run.megabytes for run in runs)
    return Run(seconds, megabytes, max(run.code for run in runs))


def _once(command: Sequence[str], folder: Path) -> Run:
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=SURROUNDINGS, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    peak = [0.0]
    watcher = threading.Thread(target=_watch, args=(process, peak))
    watcher.start()
    process.wait()
    seconds = time.perf_counter() - started
    watcher.join()
    return Run(seconds, peak[0], process.returncode)


def _watch(process: subprocess.Popen[bytes], peak: list[float]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], _memory(process.pid))
        time.sleep(0.05)


def _memory(pid: int) -> float:
    """Return the proportional share of memory of a process and its children, in megabytes."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0.0
    own = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return own / 1024 + sum(_memory(int(child)) for child in children)


def _sourcemeta() -> str:
    spec = find_spec("sourcemeta_jsonschema")
    if spec is None or spec.origin is None:
        sys.exit("the peers are missing: pip install -r bench/requirements.txt")
    return str(Path(spec.origin).parent / "jsonschema-linux-x86_64")


def start_up() -> Iterator[str]:
    """Compare the start of kesu with that of Python and of the libraries it stands on."""
    kesu, python = str(SCRIPTS / "kesu"), sys.executable
    bare = measure([python, "-c", "pass"], 15)
    libraries = measure([python, "-c", "import typer, yaml, pydantic, rich.table"], 9)
    rows = (
        ("python -c pass", bare, bare),
        ("kesu --version", measure([kesu, "--version"], 9), bare),
        ("kesu --help", measure([kesu, "--help"], 9), bare),
        ("python -c 'import typer, yaml, pydantic, rich.table'", libraries, libraries),
        ("kesu check progress/2024/", measure([kesu, "check", "progress/2024/"], 9), libraries),
    )
    yield from ("| start-up | ms | ratio |", "|---|---:|---:|")
    for name, run, base in rows:
        yield f"| `{name}` | {run.seconds * 1000:.0f} | {run.seconds / base.seconds:.1f} |"


def many_files(count: int, *, slow_peer: bool) -> dict[str, Run]:
    """Check a generated workspace with kesu and its peers."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "city"
        generate(place, count // YEARS, YEARS, 24)
        progress = str(place / "progress")
        runs = {
            "sourcemeta-jsonschema validate": measure(
                [_sourcemeta(), "validate", str(SCHEMA), progress, "--extension", ".yaml"]
            ),
            "kesu check": measure([str(SCRIPTS / "kesu"), "check", progress, "--as-of", "2025-12-31"]),
        }
        if slow_peer:
            paths = [str(path) for path in sorted((place / "progress").rglob("*.yaml"))]
            command = [str(SCRIPTS / "check-jsonschema"), "--schemafile", str(SCHEMA), *paths]
            runs["check-jsonschema"] = measure(command)
    refused = [name for name, run in runs.items() if run.code and name != "kesu check"]
    if refused:
        sys.exit(f"{refused} refused the files or stopped early: what they took says nothing")
    return runs


def table_of(count: int, runs: dict[str, Run]) -> Iterator[str]:
    """Print what many files took, the first row as the measure of the others."""
    yield from (f"| {count:,} files | s | ms a file | MB | ratio |", "|---|---:|---:|---:|---:|")
    base = next(iter(runs.values())).seconds
    for name, run in runs.items():
        each, ratio = run.seconds * 1000 / count, run.seconds / base
        yield f"| `{name}` | {run.seconds:.2f} | {each:.2f} | {run.megabytes:.0f} | {ratio:.2f} |"


def tables(small: int, large: int) -> Iterator[str]:
    """Measure everything; yield the tables as lines of Markdown."""
    yield f"Python {sys.version.split()[0]}, {len(os.sched_getaffinity(0))} cores"
    yield from ("", *start_up())
    few, many = many_files(small, slow_peer=True), many_files(large, slow_peer=False)
    yield from ("", *table_of(small, few), "", *table_of(large, many))
    ratio = (many["kesu check"].seconds / large) / (few["kesu check"].seconds / small)
    yield from ("", f"Time a file at {large:,} against {small:,}: {ratio:.2f}")


def main() -> None:
    """Print the tables, and keep them in the page about performance where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", type=int, default=2_000)
    parser.add_argument("--large", type=int, default=20_000)
    parser.add_argument("--write", action="store_true", help="replace the tables in docs/performance.md")
    given = parser.parse_args()
    text = "\n".join(tables(given.small, given.large))
    print(text)
    if given.write:
        page = PAGE.read_text(encoding="utf-8")
        before, rest = page.split(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
