"""YAML changed in place: whatever text it is, it reads as wanted and keeps what was not touched."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kesu_cli.diagnostic import Place
from kesu_cli.yamltext.amend import amend
from kesu_cli.yamltext.read import read

NEW = {"task": "M06-1", "date": "2024-07-16", "name": "暑期: 班", "value": "18"}
NEW_LINES = '- task: M06-1\n    date: 2024-07-16\n    name: "暑期: 班"\n    value: 18\n'


def data_of(text: str) -> dict[str, Any]:
    data: dict[str, Any]
    data, faults = read(text, Place(""))
    assert faults == ()
    return data


def with_entry(text: str) -> str:
    data = data_of(text)
    return amend(text, data | {"entries": [*(data.get("entries") or []), NEW]})


ADDED = {
    "no entries yet": ("unit: a\n", f"unit: a\nentries:\n  {NEW_LINES}"),
    "entries left empty": (
        "unit: a\nentries:  # none\nnote: b\n",
        f"unit: a\nentries:  # none\n  {NEW_LINES}note: b\n",
    ),
    "an empty list": ("entries: [] # none\nunit: a\n", f"entries: # none\n  {NEW_LINES}unit: a\n"),
    "comments of the last entry": (
        "entries:\n  - task: b\n    # of b\n# of all\n\nunit: a\n",
        f"entries:\n  - task: b\n    # of b\n  {NEW_LINES}# of all\n\nunit: a\n",
    ),
    "no line break at the end": ("entries:\n  - task: b", f"entries:\n  - task: b\n  {NEW_LINES}"[:-1]),
    "a list in brackets": (
        "entries: [{task: b}, ]  # c\n",
        'entries: [{task: b}, {task: M06-1, date: 2024-07-16, name: "暑期: 班", value: 18}, ]  # c\n',
    ),
    "everything in brackets": (
        "{unit: a}\n",
        '{unit: a, entries: [{task: M06-1, date: 2024-07-16, name: "暑期: 班", value: 18}]}\n',
    ),
    "a text in lines": (
        "entries:\n  - task: b\n    note: |\n      c\n\n      d\n\nunit: a\n",
        f"entries:\n  - task: b\n    note: |\n      c\n\n      d\n\n  {NEW_LINES}unit: a\n",
    ),
    "an end mark": ("---\nentries:\n  - task: b\n...\n", f"---\nentries:\n  - task: b\n  {NEW_LINES}...\n"),
}


@pytest.mark.parametrize("name", ADDED)
def test_an_entry_is_added_where_it_belongs(name: str) -> None:
    text, wanted = ADDED[name]
    assert wanted == with_entry(text)


def test_line_breaks_of_windows_stay() -> None:
    assert f"entries:\n  - task: b\n  {NEW_LINES}".replace("\n", "\r\n") == with_entry(
        "entries:\r\n  - task: b\r\n"
    )


def test_a_value_is_changed_where_it_stands() -> None:
    text = 'unit: a   # who\nentries:\n  - task: "b"  # what\n    # when\n    date: 2024-01-02 # then\n'
    wanted: Any = {
        "unit": "a",
        "entries": [{"task": "b", "date": {"from": "2024-01-02", "to": "2024-01-03"}}],
    }
    assert text.replace("2024-01-02 #", "{from: 2024-01-02, to: 2024-01-03} #") == amend(text, wanted)


def test_an_entry_that_goes_takes_its_lines_along_and_nothing_else() -> None:
    text = "entries:\n  # first\n  - task: a\n    name: b\n  # second\n  - task: c\n    name: d # e\n"
    assert text.replace("  - task: a\n    name: b\n", "") == amend(
        text, {"entries": [{"task": "c", "name": "d"}]}
    )


COMMENTS = st.sampled_from(["", "", "  # 备注", " # a: b", "  #"])
WORDS = st.sampled_from(
    ["a", "暑期班", '"x: y"', "'it''s'", "2024-07", "1,000", "{from: a, to: b}", "[c, d]", "''"]
)
BLANKS = st.sampled_from(["", "", "", "\n", "# 说明\n", "   # deeper\n", "\n# x\n\n"])


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Draw progress files as people lay them out."""
    indent = draw(st.sampled_from(["", "  ", "    "]))
    inner = indent + draw(st.sampled_from(["  ", "  ", "   "]))
    lines = [draw(BLANKS), f"unit: 市科协{draw(COMMENTS)}\n", draw(BLANKS), f"entries:{draw(COMMENTS)}\n"]
    for number in range(draw(st.integers(1, 4))):
        gap = inner[len(indent) + 1 :]
        lines += [draw(BLANKS), f"{indent}-{gap}task: M{number}{draw(COMMENTS)}\n"]
        for key in draw(st.lists(st.sampled_from(["date", "name", "value", "note"]), unique=True)):
            lines += [draw(BLANKS), f"{inner}{key}: {draw(WORDS)}{draw(COMMENTS)}\n"]
        if draw(st.booleans()):
            lines += [
                f"{inner}evidence:\n",
                f"{inner}- {{kind: 照片, url: a}}{draw(COMMENTS)}\n",
                draw(BLANKS),
            ]
        if draw(st.booleans()):
            lines += [
                f"{inner}text: {draw(st.sampled_from(['|', '>-', '|+']))}\n{inner}  一\n\n{inner}  二\n"
            ]
    lines += draw(st.sampled_from([[], ["status: draft\n"], ["\n", "# end\n"]]))
    text = "".join(lines)
    text = text if draw(st.booleans()) else text.removesuffix("\n")
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


def told(data: object) -> str:
    """Write data as text, without the line break that a text at the end of a file gains."""
    return json.dumps(data, sort_keys=True).replace('\\n"', '"')


def is_within(lines: list[str], others: list[str]) -> bool:
    """Whether the lines stand among the others in their order."""
    rest = iter(others)
    return all(line in rest for line in lines)


@settings(max_examples=300, deadline=None)
@given(texts())
def test_whatever_the_text_every_line_stays_when_an_entry_is_added(text: str) -> None:
    changed = with_entry(text)
    assert told([*data_of(text)["entries"], NEW]) == told(data_of(changed)["entries"])
    assert is_within(text.splitlines(), changed.splitlines())
    assert ("\r\n" in text) == ("\r\n" in changed)


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, Any]:
    """Draw a text and what it shall say."""
    text = draw(texts())
    wanted = copy.deepcopy(data_of(text))
    entries = wanted["entries"]
    for entry in entries:
        if draw(st.booleans()):
            entry[draw(st.sampled_from(["date", "name", "value", "other"]))] = draw(
                st.sampled_from(["neu", "x: y", "", {"from": "a", "to": "b"}, ["c", "d"]])
            )
    entries.insert(draw(st.integers(0, len(entries))), NEW)
    return text, wanted


@settings(max_examples=300, deadline=None)
@given(changes())
def test_whatever_is_changed_it_reads_as_wanted_and_the_comment_lines_stay(
    case: tuple[str, Any],
) -> None:
    text, wanted = case
    changed = amend(text, wanted)
    assert told(wanted) == told(data_of(changed))
    comments = [line for line in text.splitlines() if line.lstrip().startswith("#")]
    assert is_within(comments, changed.splitlines())
