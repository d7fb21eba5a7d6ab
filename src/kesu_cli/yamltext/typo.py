"""The usual slips of the keyboard, recognised on a line whatever YAML made of it."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kesu_cli.diagnostic import Span


class Typo(NamedTuple):
    """What is wrong on a line, what to write instead, and where."""

    message: str
    hint: str
    span: Span


_KEY = r"[A-Za-z_][A-Za-z_0-9]*"
_ODD_SPACE = "[\u00a0\u2000-\u200a\u202f\u205f\u3000]"
_SLIPS = (
    (re.compile(r"^[ -]*\t"), "这里用了制表符（Tab）缩进", "请改用空格缩进"),
    (re.compile(r"^[ -]*\u3000"), "缩进用了中文（全角）空格", "请删去，改用英文空格缩进"),
    (
        re.compile(rf"^[ -]*{_ODD_SPACE}"),
        "缩进用了网页或文档里的不间断空格，看上去和英文空格一样",
        "请删去，改用英文空格缩进",
    ),
    (
        re.compile(rf"^ *(?:- )? *{_KEY}:{_ODD_SPACE}"),
        "冒号后面是中文（全角）空格或不间断空格",
        "请删去，改用英文空格",
    ),
    (
        re.compile(rf"^.*?｛(?= *{_KEY} *[:：])|^ *(?:- )? *{_KEY}: *［(?= *[{{｛])"),
        "括号是中文（全角）的",
        "请改成英文的 { } 和 [ ]",
    ),
    (
        re.compile(rf"^[^\"']*\{{ *(?:[^{{}}\"']*[,，] *)?{_KEY} *："),
        "花括号里的冒号是中文的“：”",
        "请改成英文冒号 : ，后面空一格",
    ),
    (
        re.compile(rf"^[^\"']*\{{[^{{}}\"']*，(?= *{_KEY} *[:：])"),
        "花括号里的逗号是中文的“，”",
        "请改成英文逗号 , ，后面空一格",
    ),
    (
        re.compile(rf"^[^\"']*\{{[^{{}}\"']*\burl: *[a-z]+://[^\s\"'{{}},]*,(?! |{_KEY}: )"),
        "网址里有逗号，写在花括号里会从逗号处断开",
        '请给整个网址加英文引号，例如 url: "https://www.example.com/1,2"',
    ),
    (
        re.compile(rf"^ *[－—–―‐][ \u3000]*{_KEY} *[:：]"),
        "行首的短横是中文（全角）的",
        "请改成英文的 - ，后面空一格，例如 - task: M06-1",
    ),
    (
        re.compile(rf"^ *-{_KEY} *[:：]"),
        "短横 - 后面没有空格",
        "请在 - 后面空一格，例如 - task: M06-1",
    ),
    (re.compile(rf"^ *(?:- )? *{_KEY} *："), "冒号是中文的“：”", "请改成英文冒号 : ，后面空一格"),
    (
        re.compile(rf"^ *(?:- )? *(?!https?:|file:){_KEY}:(?=[^\s/])"),
        "冒号后面没有空格",
        "请在英文冒号后面空一格，例如 unit: 市教体局",
    ),
)
_OPENING = re.compile(r"(?:^\s*(?:- )?|[:,\[{]\s+|[\[{])\"")


def typo_on(lines: Sequence[str], number: int) -> Typo | None:
    """Return the slip of a line by its number from 0."""
    if not 0 <= number < len(lines):
        return None
    for pattern, message, hint in _SLIPS:
        match = pattern.match(lines[number])
        if match:
            return Typo(message, hint, _at(number, match.end()))
    return None


def typos(lines: Sequence[str]) -> Iterator[Typo]:
    """Yield the slips of all lines."""
    found = (typo_on(lines, number) for number in range(len(lines)))
    yield from (slip for slip in found if slip)


def open_quote(lines: Sequence[str], last: int) -> Typo | None:
    """Find the first line, up to the one where the text broke, on which a quote opens and does not close."""
    for number, line in enumerate(lines[: last + 1]):
        if _quotes(line) % 2 and (match := list(_OPENING.finditer(line))):
            place = _at(number, match[-1].end())
            return Typo("这一行的英文引号没有配对", '请在文字末尾补上同样的引号，例如 name: "培训班"', place)
    return None


def _quotes(line: str) -> int:
    return line.replace('\\"', "").count('"')


def outdented(lines: Sequence[str], number: int) -> Typo | None:
    """Recognise a key that lost its indentation between two lines that agree."""
    for odd in (number, number - 1):
        before, after = _indent(lines, odd - 1), _indent(lines, odd + 1)
        here = _indent(lines, odd)
        key = re.match(rf" *({_KEY}):", lines[odd]) if 0 <= odd < len(lines) else None
        if key and before is not None and here is not None and here < before == (after or before):
            message = f"{key[1]} 这一行的缩进比上一行少"
            return Typo(message, "请在行首补上空格，与上一行的各项左对齐", _at(odd, here + 1))
    return None


def _indent(lines: Sequence[str], number: int) -> int | None:
    """Return the column at which the content of a line begins, behind the dash of a list."""
    if not 0 <= number < len(lines):
        return None
    match = re.match(r" *(?:- +)?(?=\S)", lines[number])
    return match.end() if match else None


def _at(number: int, column: int) -> Span:
    return Span(number + 1, column, number + 1, column + 1)
