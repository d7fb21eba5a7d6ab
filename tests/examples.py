"""Reads the examples in the manuals of the rules and lays them out as workspaces.

An example is a fenced block; ``# file:`` opens a file, ``# as-of:`` sets the date, ``# encoding:`` the
encoding of the file above it, and ``# expect: CODE`` ends the line that must be hit. Files that an
example does not name come from tests/world.
"""

import re
import shutil
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kesu_cli.engine.check import Request, check, check_plan
from kesu_cli.report import Report

WORLD = Path(__file__).parent / "world"
TODAY = date(2026, 11, 24)

_SECTION = re.compile(r"^## +(.+?)\s*$", re.MULTILINE)
_FENCE = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_DIRECTIVE = re.compile(r"^# (file|as-of|encoding): *(.+?)\s*$")
_EXPECT = re.compile(r"# expect: (KS\d{3})\s*$")


@dataclass
class Example:
    """One example: its files as text, and the lines that must be hit."""

    files: dict[str, str] = field(default_factory=dict)
    encodings: dict[str, str] = field(default_factory=dict)
    as_of: date | None = None
    expected: set[tuple[str, int, str]] = field(default_factory=set)


def sections(manual: str) -> dict[str, str]:
    """Split a manual at its headings."""
    parts = _SECTION.split(manual)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def examples(text: str) -> list[Example]:
    """Read the examples of one section."""
    return [_example(block) for block in _FENCE.findall(text)]


def _example(block: str) -> Example:
    example = Example()
    lines: dict[str, list[str]] = {}
    current = ""
    for line in block.splitlines():
        directive = _DIRECTIVE.match(line)
        if not directive:
            lines.setdefault(current, []).append(line)
        elif directive[1] == "file":
            current = directive[2]
        elif directive[1] == "encoding":
            example.encodings[current] = directive[2]
        else:
            example.as_of = date.fromisoformat(directive[2])
    assert set(lines) - {""}, f"no file is named in the example:\n{block}"
    for name, content in lines.items():
        for number, line in enumerate(content, 1):
            example.expected.update((name, number, code) for code in _EXPECT.findall(line))
        example.files[name] = "\n".join(content) + "\n"
    return example


def run_example(example: Example, folder: Path) -> Report:
    """Lay the example out in a folder and judge the last year that it has files of."""
    shutil.copytree(WORLD / "plan", folder / "plan")
    for name, text in example.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode(example.encodings.get(name, "utf-8")))
    years = sorted(path for path in (folder / "progress").glob("*") if path.is_dir())
    if not years:
        return check_plan(Request((folder,), TODAY, example.as_of), "test")
    return check(Request((years[-1],), TODAY, example.as_of), "test")


def hits(report: Report, code: str) -> set[tuple[str, int, str]]:
    """Return the lines at which a code was found."""
    found = (*report.findings, *report.plan_findings)
    return {(finding.file, finding.span.line, finding.code) for finding in found if finding.code == code}
