"""What one room knows, no other room knows by heart."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import kesu_cli
from kesu_cli.rules import EXAMPLE

SOURCE = Path(kesu_cli.__file__).parent
CODE = re.compile(r"KS\d+")
# a waiver shows how its rule is written, to editors and in messages; the model lies below the book
SHOWS_THE_EXAMPLE = SOURCE / "model" / "waiver.py"


def modules() -> Iterator[Path]:
    """Return every module but those of the rule book and the one that shows its example."""
    outside = (path for path in SOURCE.rglob("*.py") if path.parent != SOURCE / "rules")
    return (path for path in outside if path != SHOWS_THE_EXAMPLE)


def test_no_code_of_a_rule_is_written_outside_the_rule_book() -> None:
    found = [
        f"{path.relative_to(SOURCE)}:{node.lineno} {node.value}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.search(node.value)
    ]
    assert found == []


def test_what_a_waiver_shows_is_the_example_of_the_book() -> None:
    assert set(CODE.findall(SHOWS_THE_EXAMPLE.read_text("utf-8"))) == {EXAMPLE}


def test_no_comment_outside_the_rule_book_names_a_code() -> None:
    lines = ((path, line) for path in modules() for line in path.read_text("utf-8").splitlines())
    assert [f"{path.name}: {line}" for path, line in lines if CODE.search(line)] == []


def test_help_reads_neither_the_rules_nor_a_format_nor_the_models() -> None:
    script = "import sys; from kesu_cli.cli.app import run; run(['--help']); print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
    heavy = {
        "kesu_cli.rules.book",
        "kesu_cli.render.format_table",
        "kesu_cli.rule",
        "pydantic",
        "rich",
        "yaml",
    }
    assert heavy & set(done.stdout.decode().split()) == set()
