"""Names hold: what the glossary lists is what the code has, and one name stands for one thing."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "src" / "kesu_cli"
GLOSSARY = ROOT / "docs" / "glossary.md"

FACTS = (
    *("contribution.py", "diagnostic.py", "forecast.py", "loaded.py", "rule.py", "standing.py"),
    *("submission.py", "trajectory.py", "verdict.py"),
)
OUTCOMES = ("report.py", "calendar.py", "log.py", "verification.py")
EXPLAINED = (*sorted((HOUSE / "model").glob("*.py")), *(HOUSE / name for name in FACTS + OUTCOMES))

COMMAND = "the command, and what it does"
RECURRING = {
    "calendar.py": ("calendar.py cli/calendar.py engine/calendar.py", f"{COMMAND}, and what comes of it"),
    "check.py": ("cli/check.py engine/check.py", COMMAND),
    "close.py": ("cli/close.py engine/close.py", COMMAND),
    "closing.py": ("model/closing.py source/closing.py", "what a closed year is, and its file read"),
    "evidence.py": ("model/evidence.py source/evidence.py", "what is written of evidence, and what is there"),
    "explain.py": ("cli/explain.py engine/explain.py", COMMAND),
    "fix.py": ("cli/fix.py engine/fix.py source/fix.py", f"{COMMAND}, down to the bytes of one file"),
    "form.py": ("cli/form.py forms/form.py", "the command, and the form it is about"),
    "form_import.py": ("cli/form_import.py engine/form_import.py", COMMAND),
    "init.py": ("cli/init.py engine/init.py", COMMAND),
    "log.py": ("cli/log.py engine/log.py log.py", f"{COMMAND}, and what comes of it"),
    "plan.py": ("cli/plan.py model/plan.py source/plan.py", "the commands about a plan, a plan, its files"),
    "plan_diff.py": (
        "cli/plan_diff.py drafting/plan_diff.py engine/plan_diff.py model/plan_diff.py",
        f"{COMMAND}, the comparing, and what comes of it",
    ),
    "progress.py": ("model/progress.py source/progress.py", "the progress, and its files read"),
    "record.py": ("cli/record.py engine/record.py", COMMAND),
    "report.py": ("cli/report.py report.py", "the command that shows a report, and the report"),
    "rule.py": ("cli/rule.py rule.py", "the command that shows a rule, and what a rule is"),
    "schema.py": ("cli/schema.py rules/schema.py", "the command that writes it, the rule that holds to it"),
    "verification.py": ("drafting/verification.py verification.py", "the verifying, and what comes of it"),
}

_ROW = re.compile(r"^\| ([^|\n]+) \| ([^|\n]*)\| [^|\n]+ \|$", re.MULTILINE)
_CLASS = re.compile(r"\b[A-Z]\w+")


def _public_classes(path: Path) -> Iterator[str]:
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield node.name


def _rows() -> list[tuple[str, str]]:
    """Return term and code of each row; the tables' heads are left out."""
    return [row for row in _ROW.findall(GLOSSARY.read_text("utf-8")) if row[0] != "中文"]


def _in_the_glossary() -> list[str]:
    return [name for _, cell in _rows() for name in _CLASS.findall(cell)]


def _in_the_code() -> dict[str, str]:
    return {name: str(path.relative_to(HOUSE)) for path in EXPLAINED for name in _public_classes(path)}


def test_every_public_class_of_what_is_explained_has_its_row_in_the_glossary() -> None:
    listed = set(_in_the_glossary())
    lacking = [f"{file}: {name}" for name, file in _in_the_code().items() if name not in listed]
    assert lacking == [], "docs/glossary.md lacks a row for each of these"


def test_nothing_in_the_glossary_is_missing_from_the_code() -> None:
    code = _in_the_code()
    assert [name for name in _in_the_glossary() if name not in code] == []


def test_no_class_stands_in_the_glossary_twice() -> None:
    listed = _in_the_glossary()
    assert sorted(set(listed)) == sorted(listed)


def test_no_term_of_the_glossary_stands_for_two_things() -> None:
    terms = [term for term, _ in _rows()]
    assert sorted(set(terms)) == sorted(terms)


def test_no_public_class_name_is_defined_twice() -> None:
    homes = defaultdict(list)
    for path in sorted(HOUSE.rglob("*.py")):
        for name in _public_classes(path):
            homes[name].append(str(path.relative_to(HOUSE)))
    assert {name: files for name, files in homes.items() if len(files) > 1} == {}


def test_a_file_name_recurs_only_for_the_same_thing_on_another_floor() -> None:
    homes = defaultdict(list)
    for path in sorted(HOUSE.rglob("*.py")):
        homes[path.name].append(str(path.relative_to(HOUSE)))
    twice = {name: set(files) for name, files in homes.items() if len(files) > 1 and name != "__init__.py"}
    assert twice == {name: set(files.split()) for name, (files, _) in RECURRING.items()}
