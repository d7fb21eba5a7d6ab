"""Print how near the draft of a document comes to the plan that people transcribed from it.

    python bench/draft.py --source 方案.txt [--plan plan/]

A task of the transcription is found where a drafted one quotes most of the same words; what is found
is compared field by field. The table goes into docs/drafting.md.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kesu_cli.diagnostic import Place
from kesu_cli.drafting.chapter_text import ChapterText, chapters
from kesu_cli.drafting.covering import Quoted, quoted
from kesu_cli.drafting.draft import draft
from kesu_cli.drafting.outline import outline
from kesu_cli.model.plan_file import PlanFile
from kesu_cli.model.task_in_plan_file import WHEN_KEYS, TaskRow
from kesu_cli.source.documents.document_reader import read_document
from kesu_cli.source.plan import terms_at
from kesu_cli.yamltext.read import read

ROOT = Path(__file__).parent.parent
MOSTLY = 0.6


@dataclass(frozen=True)
class Pair:
    """A transcribed task with the drafted ones that quote most of the same words."""

    task: TaskRow
    drafted: tuple[TaskRow, ...]


def same_words(one: Quoted, other: Quoted) -> bool:
    """Whether two quotes share most of the words of the shorter one."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared >= MOSTLY * min(one.end - one.start, other.end - other.start)


def pairs(hand: ChapterText, drafted: ChapterText) -> Iterator[Pair]:
    """Pair the tasks of one chapter."""
    found = quoted(drafted)
    for task in quoted(hand):
        yield Pair(task.task.row, tuple(other.task.row for other in found if same_words(task, other)))


def extra(hand: ChapterText, drafted: ChapterText) -> list[TaskRow]:
    """Return the drafted tasks that quote what nobody transcribed as a task."""
    known = quoted(hand)
    return [task.task.row for task in quoted(drafted) if not any(same_words(task, other) for other in known)]


def time_of(row: TaskRow) -> str:
    """Return the key and value of a task's time."""
    return next(f"{key} {getattr(row, key)}" for key in WHEN_KEYS if getattr(row, key))


FIELDS: dict[str, Callable[[TaskRow], object]] = {
    "类型": lambda row: row.kind.value,
    "强度": lambda row: row.strength.value,
    "时限": time_of,
    "指标": lambda row: row.target.words if row.target else "",
    "分项": lambda row: row.items,
}


def compare(source: Path, plan: Path) -> Iterator[tuple[list[Pair], list[TaskRow]]]:
    """Yield, chapter by chapter, the pairs and the spare drafted tasks."""
    document = read_document(source)
    taken, place = outline(document), Place("measures.yaml")
    whole = terms_at(plan, "plan").readable_terms().plan
    data, _ = read(draft(document).measures, place)
    made = {chapter.prefix: chapter for chapter in chapters(PlanFile.model_validate(data), place, taken)}
    for chapter in chapters(whole.file, place, taken):
        other = made[chapter.prefix]
        yield list(pairs(chapter, other)), extra(chapter, other)


@dataclass
class Score:
    """Counts while the chapters go by; ``lines`` say every difference."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    hard: int = 0
    hard_same: int = 0
    lines: list[str] = field(default_factory=list)

    def add(self, listed: list[Pair], spare: list[TaskRow]) -> None:
        """Add one chapter."""
        used: set[str] = set()
        for pair in listed:
            own = [row for row in pair.drafted if row.id not in used]
            used.update(row.id for row in pair.drafted)
            self._add(pair, own)
        self.counts["extra"] += len(spare)
        self.lines += [f"extra {row.id} {row.quote}" for row in spare]

    def _add(self, pair: Pair, own: list[TaskRow]) -> None:
        state = "missed" if not pair.drafted else "found" if own else "merged"
        self.counts[state] += 1
        self.counts["split"] += max(len(own) - 1, 0)
        is_hard = pair.task.strength.value == "hard"
        self.hard += is_hard
        if state != "found" or len(own) > 1:
            self.lines.append(f"{state} {pair.task.id} {pair.task.quote} | {[row.quote for row in own]}")
        if own:
            different = min((_different(pair.task, row) for row in own), key=len)
            self.wrong.update(different)
            self.hard_same += is_hard and not {"时限", "指标", "分项", "强度"}.intersection(different)
            if different:
                self.lines.append(f"wrong {pair.task.id} {pair.task.quote} | {different}")

    def table(self) -> str:
        """Return the table for the documentation."""
        total = self.counts["found"] + self.counts["merged"] + self.counts["missed"]
        rows = [("找到", "found"), ("找到，但与相邻的合成一项", "merged"), ("漏掉", "missed")]
        rows += [("多拆出的", "split"), ("多出的（转录时认为不是任务）", "extra")]
        lines = [f"| 起草的任务与转录的 {total} 项相比 | 项 | 占比 |", "|---|---:|---:|"]
        lines += [f"| {name} | {self.counts[key]} | {self.counts[key] / total:.1%} |" for name, key in rows]
        found = self.counts["found"]
        lines += [
            f"| 找到的里{name}不同 | {self.wrong[name]} | {self.wrong[name] / found:.1%} |" for name in FIELDS
        ]
        same = f"{self.hard_same}（共 {self.hard}） | {self.hard_same / self.hard:.1%}"
        lines.append(f"| 硬任务中时限、指标、分项、强度都相同 | {same} |")
        return "\n".join(lines)


def _different(task: TaskRow, row: TaskRow) -> list[str]:
    return [name for name, value in FIELDS.items() if value(row) != value(task)]


def score(source: Path, plan: Path) -> Score:
    """Compare the draft of a document with the plan transcribed from it."""
    whole = Score()
    for listed, spare in compare(source, plan):
        whole.add(listed, spare)
    return whole


def main() -> None:
    """Print the table, and with --rows every difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, required=True)
    parser.add_argument("--plan", type=Path, default=ROOT / "plan")
    parser.add_argument("--rows", action="store_true")
    given = parser.parse_args()
    whole = score(given.source, given.plan)
    if given.rows:
        print("\n".join(whole.lines))
    print(whole.table())


if __name__ == "__main__":
    main()
