"""Write the example data of progress/: invented reports of every unit and year.

    python tools/make_demo.py [--into DIR]

The reports fulfil whatever plan/ asks for, except where tools/demo_story.py says otherwise; what is
left to chance comes from seeds, so every run writes the same bytes. progress/README.md is written by
hand: it lists the findings that the story leads to.
"""

import argparse
import hashlib
import random
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import demo_story as story
from demo_story import Fact, by_words

from kesu_cli.model.amount import read_amount
from kesu_cli.model.plan import Plan, Task
from kesu_cli.model.task_in_plan_file import Spread
from kesu_cli.model.unit import Units
from kesu_cli.model.window import Days, Precision, Window, month_end, year_of
from kesu_cli.source.plan import terms_at

ROOT = Path(__file__).parent.parent
ATTACHMENTS = "progress/佐证"
FIRST_LINE = "# 演示数据，纯属虚构"
OFFICE = "市全民科学素质工作领导小组办公室"

SHARE_OF_ACCOUNTABLE = 0.55
SHARE_OF_ACCOUNTABLE_HARD = 0.95
SHARE_OF_TOWNS = 0.6
SHARE_JOINT = 0.12
SHARE_MONTHS = 0.08
SHARE_SECOND_PIECE = 0.2
SHARE_PROVEN_UNASKED = 0.06
FEWEST_ENTRIES = (4, 5)
FEW = 9  # a figure up to here is reported one by one
PART = 420  # a larger one in parts of about this size
WORKING_DAYS = 5
HANDED_IN = (4, 29)  # days of January


def dice_for(*what: object) -> random.Random:
    """Return dice that fall the same way whenever the same thing is told."""
    return random.Random("/".join(map(str, what)))


def named(plan: Plan, words: str) -> Task:
    """Return the one task whose quote holds the words."""
    found = [task for task in plan.tasks if words in task.quote]
    if len(found) != 1:
        raise SystemExit(f"{len(found)} tasks hold “{words}”; the story needs exactly one")
    return found[0]


def title_of(task: Task, item: str = "") -> str:
    """Say what the activities of a task are called."""
    return item or by_words(task.quote, story.TITLES, task.name)


def in_hamlets(task: Task) -> bool:
    """Whether the activities of a task are held in villages."""
    return title_of(task).endswith(story.HELD_IN_HAMLETS)


def is_working_day(day: date) -> bool:
    """Whether offices work on that day; feasts that wander are left out of account."""
    return day.weekday() < WORKING_DAYS and (day.month, day.day) not in story.HOLIDAYS


def is_plain(task: Task, year: int) -> bool:
    """Whether anybody who owes the task may report one more activity of the year."""
    row = task.row
    special = row.target or row.items or row.on_event or task.is_hard or row.spread is Spread.EACH
    return not special and any(window.days == year_of(year) for window in task.windows)


class Author:
    """Invents facts until every task is fulfilled and no report is thin."""

    def __init__(self, plan: Plan, units: Units) -> None:
        self.plan = plan
        self.units = units
        self.facts: list[Fact] = []
        self._load: Counter[tuple[str, int]] = Counter()
        self._used: dict[str, set[int]] = defaultdict(set)
        self._taken: dict[str, set[date]] = defaultdict(set)
        self._hamlet = {
            row.name: story.HAMLET_KINDS[row.kind] for row in units.rows if row.kind in story.HAMLET_KINDS
        }

    def tell(self) -> list[Fact]:
        """Invent everything."""
        for words in story.ONE_TASK_EACH:
            named(self.plan, words)
        by_hand = {named(self.plan, words).id: facts for words, facts in story.TOLD_BY_HAND.items()}
        enough = {named(self.plan, words).id for words in (*story.TOLD_ENOUGH, *story.NEVER_DONE)}
        for task in self.plan.tasks:
            for fact in by_hand.get(task.id, ()):
                self._add(task, fact)
            if task.id not in enough:
                self._fulfil(task)
        for year in self.plan.years:
            for unit in self.units.reporting:
                self._fill_up(unit, year)
        return self.facts

    def _fulfil(self, task: Task) -> None:
        figures = by_words(task.quote, story.FIGURES, ())
        for year, figure in zip(self.plan.years, figures, strict=False):
            for number, value in enumerate(self._parts(task, year, figure)):
                self._invent(task, year_of(year), dice_for(task.id, year, number), value=value)
        for window in () if figures else task.windows:
            for unit in task.owners if task.row.spread is Spread.EACH else ("",):
                for item in task.row.items or ("",):
                    self._meet(task, window, unit, item)

    def _parts(self, task: Task, year: int, figure: int | str) -> tuple[str, ...]:
        """Split a figure into parts, written as people write them; a level and a few things stay whole."""
        if isinstance(figure, str):
            return (figure,)
        if figure <= FEW:
            return ("1",) * figure
        dice = dice_for(task.id, year)
        number = max(2, figure // min(PART, 100 + figure // 10))
        parts: list[int] = []
        while len(parts) < number - 1:
            part = round(figure / number * dice.uniform(0.75, 1.25))
            if part not in self._used[task.id]:  # the same figure twice would look copied
                self._used[task.id].add(part)
                parts.append(part)
        unit = task.row.target.unit if task.row.target else ""
        return tuple(dice.choice((f"{n}", f"{n}", f"{n}{unit}")) for n in (*parts, figure - sum(parts)))

    def _meet(self, task: Task, window: Window, unit: str, item: str) -> None:
        if any(words in task.quote and [window.label, item] == gap for words, *gap in story.LEFT_OUT):
            return
        dice = dice_for(task.id, window.label, unit, item)
        years = [year for year in self._years(task, window) if (unit, year) not in story.ABSENT]
        if years:
            days = year_of(dice.choice(years))
            self._invent(task, _shared(days, window.days), dice, unit=unit, item=item)

    def _years(self, task: Task, window: Window) -> Sequence[int]:
        """Name the years in which to report: a single duty once the plan is issued, a goal at the end."""
        first, last = window.start.year, window.end.year
        if not task.has_deadline or first == last:
            return (first,)
        return range(self.plan.file.issued.year, last + 1) if task.owners else (last,)

    def _fill_up(self, unit: str, year: int) -> None:
        """Give a report that is still thin a few more entries."""
        dice = dice_for(unit, year)
        owed = [
            task for task in self.plan.tasks if task.owners and task.owed_by(unit) and is_plain(task, year)
        ]
        if unit in self._hamlet:
            owed = [task for task in owed if in_hamlets(task)] or owed
        for task in dice.choices(owed, k=dice.randint(*FEWEST_ENTRIES) - self._load[unit, year]):
            if (unit, year) not in story.ABSENT:
                self._invent(task, year_of(year), dice, unit=unit)

    def _invent(
        self, task: Task, days: Days, dice: random.Random, *, unit: str = "", item: str = "", value: str = ""
    ) -> None:
        """Add one fact in the given days of one year."""
        year = days.start.year
        unit = unit or self._reporter(task, year, dice)
        fact = Fact(
            unit,
            year,
            self._days(task, item, days, dice),
            self._name(task, item, unit, dice),
            value=value,
            items=(item,) if item else (),
            jointly_with=self._partners(task, unit, dice),
            cited_from=by_words(task.quote, story.SOURCES, ""),
            area=by_words(task.quote, story.AREAS, ""),
        )
        self._add(task, fact)

    def _reporter(self, task: Task, year: int, dice: random.Random) -> str:
        """Choose who reports: who answers for the task, or whoever has the least to report so far."""
        accountable = task.accountable or self.units.find_one(OFFICE) or ""
        others = [unit for unit in task.owners if unit != accountable and (unit, year) not in story.ABSENT]
        towns = [unit for unit in others if unit in self._hamlet]
        if in_hamlets(task) and towns and dice.random() < SHARE_OF_TOWNS:
            return self._idlest(towns, year, dice)
        offices = [unit for unit in others if unit not in self._hamlet]
        share = SHARE_OF_ACCOUNTABLE_HARD if task.is_hard else SHARE_OF_ACCOUNTABLE
        if not offices or dice.random() < share:
            return accountable
        return self._idlest(offices, year, dice)

    def _idlest(self, units: Sequence[str], year: int, dice: random.Random) -> str:
        return min(units, key=lambda unit: (self._load[unit, year], dice.random()))

    def _days(self, task: Task, item: str, days: Days, dice: random.Random) -> Days:
        """Choose a working day, or now and then a whole month, in which nothing else is told of the task."""
        taken = self._taken[task.id]
        months = by_words(item or task.quote, story.SEASONS, range(3, 13))
        free = [day for day in _each(days) if is_working_day(day) and day not in taken]
        day = dice.choice([day for day in free if day.month in months] or free)
        month = Days(day.replace(day=1), month_end(day), Precision.MONTH)
        may_be_month = not task.is_hard and not any(month.contains(other) for other in taken)
        return month if may_be_month and dice.random() < SHARE_MONTHS else Days(day, day, Precision.DAY)

    def _name(self, task: Task, item: str, unit: str, dice: random.Random) -> str:
        title = title_of(task, item)
        action = task.chapter.name
        if unit in self._hamlet and in_hamlets(task):
            topics = by_words(action, story.TOPICS, story.ANY_TOPICS)
            return f"{dice.choice(story.HAMLETS)}{self._hamlet[unit]}{title}（{dice.choice(topics)}）"
        form = dice.choice(by_words(task.quote, story.FORMS_OF, story.FORMS[task.row.kind]))
        return title + form.format(place=dice.choice(by_words(action, story.PLACES, story.ANY_PLACES)))

    def _partners(self, task: Task, unit: str, dice: random.Random) -> tuple[str, ...]:
        others = [other for other in task.owners if other != unit and other not in self._hamlet]
        alone = task.row.spread is Spread.EACH or unit in self._hamlet or not others
        return () if alone or dice.random() > SHARE_JOINT else (dice.choice(others),)

    def _add(self, task: Task, fact: Fact) -> None:
        self._load[fact.unit, fact.year] += 1
        self._taken[task.id].update(_each(fact.days))
        self.facts.append(replace(fact, task=task.id, evidence=_evidence(task, fact)))


def _each(days: Days) -> list[date]:
    return [days.start + timedelta(days=n) for n in range(days.length)]


def _shared(days: Days, others: Days) -> Days:
    return Days(max(days.start, others.start), min(days.end, others.end))


def _evidence(task: Task, fact: Fact) -> tuple[str, ...]:
    """Invent the pieces of evidence of a fact as they are written: each at an address of its own."""
    dice = dice_for(task.id, fact.unit, fact.days, fact.items)
    unproven = any(words in task.quote and fact.year == year for words, year in story.UNPROVEN)
    if unproven or not (task.is_hard or dice.random() < SHARE_PROVEN_UNASKED):
        return ()
    if is_signed(task, fact):
        path, text = attachment(fact)
        return (f"{{kind: 签到表, path: {path}, sha256: {hashlib.sha256(text.encode()).hexdigest()}}}",)
    kinds = story.EVIDENCE.get(task.row.kind, story.ANY_EVIDENCE)
    number = 2 if dice.random() < SHARE_SECOND_PIECE else 1
    address = f"https://demo.invalid/{fact.days.start:%Y%m%d}/{task.id}"
    return tuple(f'{{kind: {kind}, url: "{address}/{n}"}}' for n, kind in enumerate(kinds[:number], 1))


def is_signed(task: Task, fact: Fact) -> bool:
    """Whether the list of those who came lies beside the reports."""
    return any(words in task.quote and fact.year == year for words, year in story.SIGNED)


def attachment(fact: Fact) -> tuple[str, str]:
    """Return the path and the text of an invented list of those who came to a course."""
    dice = dice_for(fact.name, fact.days)
    names = (dice.choice(story.SURNAMES) + "某某" for _ in range(int(read_amount(fact.value).number)))
    rows = [f"{number},{name},{dice.choice(story.SCHOOLS)}" for number, name in enumerate(names, 1)]
    path = f"{ATTACHMENTS}/{fact.year}/{fact.days.start:%m%d}签到表.csv"
    return path, "\n".join((f"{fact.name}（演示数据，纯属虚构）,,", "序号,姓名,单位", *rows)) + "\n"


def report_text(unit: str, year: int, facts: Sequence[Fact], nothing: Sequence[str]) -> str:
    """Write one progress file the way a person would."""
    head = [FIRST_LINE, f"unit: {story.WRITTEN_AS.get((unit, year), unit)}", f"year: {year}"]
    if (unit, year) in story.DRAFTS:
        head += ["status: draft"]
    else:
        handed_in = date(year + 1, 1, dice_for(unit, year).randint(*HANDED_IN))
        head += ["status: complete", f"submitted: {story.LATE.get((unit, year), handed_in)}"]
    body = [line for fact in sorted(facts, key=_order) for line in _entry_lines(fact)]
    tail = ["nothing_to_report:", *nothing] if nothing else []
    return "\n".join((*head, "demo: true", "entries:", *body, *tail)) + "\n"


def _order(fact: Fact) -> tuple[Days, str, str]:
    return fact.days, fact.task, fact.name


def _entry_lines(fact: Fact) -> Iterator[str]:
    yield f"  - task: {fact.task}"
    whole = fact.days.precision is Precision.RANGE
    yield f"    date: {f'{{from: {fact.days.start}, to: {fact.days.end}}}' if whole else fact.days}"
    yield f"    name: {fact.name}"
    lists = {"items": fact.items, "jointly_with": fact.jointly_with}
    words = {key: getattr(fact, key) for key in ("value", "counted_by", "cited_from", "area")}
    yield from (f"    {key}: {word}" for key, word in words.items() if word)
    yield from (f"    {key}: [{', '.join(listed)}]" for key, listed in lists.items() if listed)
    if fact.evidence:
        yield "    evidence:"
        yield from (f"      - {piece}" for piece in fact.evidence)


def nothing_lines(plan: Plan, facts: Sequence[Fact]) -> dict[tuple[str, int], list[str]]:
    """Say by unit and year which duties had no occasion."""
    lines: dict[tuple[str, int], list[str]] = defaultdict(list)
    told = {(fact.task, fact.year) for fact in facts}
    for words, reason in story.NOTHING_TO_REPORT.items():
        task = named(plan, words)
        for year in plan.years:
            if (task.id, year) not in told:
                lines[task.accountable or "", year].append(f"  - {{task: {task.id}, reason: {reason}}}")
    return lines


def demo_files(plan: Plan, units: Units) -> dict[str, str]:
    """Return the text of every file by its path in the workspace."""
    facts = Author(plan, units).tell()
    nothing = nothing_lines(plan, facts)
    reports: dict[tuple[str, int], list[Fact]] = defaultdict(list)
    for fact in facts:
        reports[fact.unit, fact.year].append(fact)
    texts = {
        f"progress/{year}/{unit}.yaml": report_text(unit, year, reports[unit, year], nothing[unit, year])
        for year in plan.years
        for unit in units.reporting
        if (unit, year) not in story.ABSENT
    }
    signed = (fact for fact in facts if is_signed(plan.by_id[fact.task], fact))
    return texts | dict(map(attachment, signed))


def main() -> None:
    """Write the files in place of those of an earlier run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=ROOT, help="the workspace to write to")
    workspace: Path = parser.parse_args().into
    terms = terms_at(ROOT / "plan", "plan").readable_terms()
    for year in (*terms.plan.years, "佐证"):
        shutil.rmtree(workspace / "progress" / str(year), ignore_errors=True)
    for path, text in demo_files(terms.plan, terms.units).items():
        (workspace / path).parent.mkdir(parents=True, exist_ok=True)
        (workspace / path).write_bytes(text.encode())


if __name__ == "__main__":
    main()
