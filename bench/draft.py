"""Print how near the draft of a document comes to the plan that people transcribed from it.

    python bench/draft.py --source 方案.txt [--plan plan/]

A task of the transcription is found where a drafted one quotes most of the same words; what is found
is compared field by field. The table goes into docs/drafting.md.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kesu_cli.drafting.chapter_text import ChapterText, chapters
from kesu_cli.drafting.covering import Quoted, quoted
from kesu_cli.drafting.draft import draft
from kesu_cli.drafting.outline import outline
from kesu_cli.finding import Place
from kesu_cli.model.plan_file import WHEN_KEYS, PlanFile, TaskRow
from kesu_cli.source.document import read_document
from kesu_cli.source.plan import load_plan
from kesu_cli.source.tree import read

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
    "kind": lambda row: row.kind.value,
    "strength": lambda row: row.strength.value,
    "time": time_of,
    "target": lambda row: row.target.words if row.target else "",
    "items": lambda row: row.items,
}


def main() -> None:
    """Print the table, and with --rows every difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, required=True)
    parser.add_argument("--plan", type=Path, default=ROOT / "plan")
    parser.add_argument("--rows", action="store_true")
    given = parser.parse_args()
    document = read_document(given.source)
    taken, place = outline(document), Place("measures.yaml")
    folder = load_plan(given.plan, "plan")
    if folder.plan is None:
        raise SystemExit("the plan can't be read")
    data, _ = read(draft(document).measures, place)
    hand = chapters(folder.plan.file, place, taken)
    made = {chapter.prefix: chapter for chapter in chapters(PlanFile.model_validate(data), place, taken)}
    counts: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    hard: Counter[str] = Counter()
    for chapter in hand:
        other = made[chapter.prefix]
        listed = list(pairs(chapter, other))
        spare = extra(chapter, other)
        _count(counts, wrong, hard, listed, rows=given.rows)
        counts["extra"] += len(spare)
        if given.rows:
            for row in spare:
                print("extra", row.id, row.quote)
    _print(counts, wrong, hard)


def _count(
    counts: Counter[str], wrong: Counter[str], hard: Counter[str], listed: list[Pair], *, rows: bool
) -> None:
    used: set[str] = set()
    for pair in listed:
        is_hard = pair.task.strength.value == "hard"
        hard["all"] += is_hard
        own = [row for row in pair.drafted if row.id not in used]
        used.update(row.id for row in pair.drafted)
        state = "missed" if not pair.drafted else "found" if own else "merged"
        counts[state] += 1
        counts["split"] += max(len(own) - 1, 0)
        if rows and (state != "found" or len(own) > 1):
            print(state, pair.task.id, pair.task.quote, "|", [row.quote for row in own])
        if not own:
            continue
        nearest = min(own, key=lambda row: sum(read(row) != read(pair.task) for read in FIELDS.values()))
        different = [name for name, read in FIELDS.items() if read(nearest) != read(pair.task)]
        wrong.update(different)
        hard["same"] += is_hard and not set(different) & {"time", "target", "items", "strength"}
        if rows and different:
            said = [f"{name}: {FIELDS[name](pair.task)} ≠ {FIELDS[name](nearest)}" for name in different]
            print("wrong", pair.task.id, pair.task.quote, "|", "; ".join(said))


def _print(counts: Counter[str], wrong: Counter[str], hard: Counter[str]) -> None:
    total = counts["found"] + counts["merged"] + counts["missed"]
    print("| what | tasks | share |\n|---|---:|---:|")
    for name in ("found", "merged", "missed", "split", "extra"):
        print(f"| {name} | {counts[name]} | {counts[name] / total:.1%} |")
    for name in FIELDS:
        print(f"| found with another {name} | {wrong[name]} | {wrong[name] / counts['found']:.1%} |")
    print(f"| hard tasks with the same time, target and items | {hard['same']} of {hard['all']} | |")


if __name__ == "__main__":
    main()
