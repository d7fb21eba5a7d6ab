"""Print where the processor time of a large check goes: each stage alone, on one core, best of three.

python bench/stages.py --files 2000
"""

import argparse
import gc
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

from generate import generate
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs hide the C parser

from kesu_cli.diagnostic import Place
from kesu_cli.engine.filing_codec import pack, unpack
from kesu_cli.engine.judged_years import running
from kesu_cli.engine.rule_context import context_of
from kesu_cli.engine.rule_run import run
from kesu_cli.engine.standings import judge
from kesu_cli.loaded import Loaded
from kesu_cli.model.progress import filing_of
from kesu_cli.model.progress_file import ProgressFile
from kesu_cli.rule import Context, Reach, Rule
from kesu_cli.rules.book import RULES
from kesu_cli.source.decode import decode
from kesu_cli.source.plan import terms_at
from kesu_cli.source.workspace import find_workspace
from kesu_cli.yamltext.read import read

YEARS = (2021, 2022, 2023, 2024, 2025)
NOWHERE = Place("x.yaml")
Made = TypeVar("Made")


def timed(stage: Callable[[], Made]) -> tuple[float, Made]:
    """Run a stage three times; the least processor time, and what it made."""
    times = []
    for _ in range(3):
        started = time.process_time()
        made = stage()
        times.append(time.process_time() - started)
    return min(times), made


def events(text: str) -> int:
    """Count the events of a text: what libyaml and PyYAML take before kesu does anything."""
    parser, count = CParser(text), 0
    while parser.get_event():
        count += 1
    return count


def checked(context: Context, reach: Reach) -> Callable[[], object]:
    """Return the running of all rules of one reach."""
    rules: tuple[Rule, ...] = tuple(rule for rule in RULES if rule.reach is reach)
    return lambda: run(context, rules)


def stages(folder: Path) -> Iterator[tuple[str, float]]:
    """Yield every stage with its seconds; what is contained in an earlier one is taken off."""
    workspace = find_workspace((folder,))
    terms = terms_at(workspace.plan_dir, workspace.plan_label).readable_terms()
    units = terms.units
    seconds, (listed, _) = timed(workspace.listing)
    yield "列出文件", seconds
    seconds, texts = timed(lambda: [decode(item.path.read_bytes(), NOWHERE).text or "" for item in listed])
    yield "读盘、解码", seconds
    parsing, _ = timed(lambda: [events(text) for text in texts])
    yield "YAML 解析（PyYAML 的 C 事件）", parsing
    seconds, trees = timed(lambda: [read(text, NOWHERE)[0] for text in texts])
    yield "事件变成数据，并查重复键等", seconds - parsing
    seconds, written = timed(lambda: [ProgressFile.model_validate(tree) for tree in trees])
    yield "按格式校验（Pydantic）", seconds
    pairs = list(zip(listed, written, strict=True))
    seconds, filings = timed(
        lambda: [filing_of(item.file, file, units, tuple(range(len(file.entries)))) for item, file in pairs]
    )
    yield "单位、数量、日期变成模型", seconds
    as_of = running(date(2025, 12, 31))
    loaded = Loaded(terms, tuple(filings))
    context = context_of(loaded, as_of, YEARS)
    seconds, _ = timed(checked(context, Reach.FILE))
    yield "逐文件的规则", seconds
    seconds, parcel = timed(lambda: pack(filings))
    yield "进程之间：打包", seconds
    seconds, _ = timed(lambda: unpack(parcel))
    yield "进程之间：拆包 *", seconds
    seconds, _ = timed(lambda: judge(loaded, YEARS, as_of))
    yield "判定完成情况 *", seconds
    seconds, _ = timed(checked(context, Reach.WHOLE))
    yield "跨文件的规则 *", seconds


def main() -> None:
    """Print the stages as a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=2_000)
    count = parser.parse_args().files
    gc.disable()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "city"
        generate(place, count // len(YEARS), len(YEARS), 24)
        found = list(stages(place / "progress"))
    whole = sum(seconds for _, seconds in found)
    print("| 阶段 | 每个文件，毫秒 | 占比 |\n|---|---:|---:|")
    for name, seconds in found:
        print(f"| {name} | {seconds * 1000 / count:.3f} | {seconds / whole:.0%} |")
    print(f"| 合计 | {whole * 1000 / count:.3f} | 100% |")


if __name__ == "__main__":
    main()
