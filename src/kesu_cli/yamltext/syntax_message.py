"""Syntax errors in words: what libyaml says, the slip of the keyboard behind it, what to write instead."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import yaml

from kesu_cli.diagnostic import START_OF_FILE, Span


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


_UNCLOSED = ("quoted scalar", "unexpected end of stream")
_MISALIGNED = ("did not find expected key", "did not find expected '-'", "mapping values are not allowed")

_CAUSES = (
    (
        "mapping values are not allowed",
        "这里多了一个冒号，或这一行的缩进与上一行不一致",
        "值里含有“: ”时请给整段文字加英文引号；同一级的各行要左对齐",
    ),
    (
        "did not find expected key",
        "这一行与上面各行没有对齐，或上面的引号、括号没有写完",
        "同一级的各行要左对齐；请检查前一行的引号和括号是否成对",
    ),
    (
        "could not find expected ':'",
        "这一行缺少英文冒号和空格",
        "请写成“键: 值”，冒号用英文的 : ，后面空一格",
    ),
    (
        "found character that cannot start any token",
        "这里有不能放在开头的字符（如制表符、@、` 或 %）",
        "请用空格缩进；文字以特殊字符开头时加英文引号",
    ),
    ("while scanning a quoted scalar", "引号没有配对", "请在文字末尾补上同样的英文引号"),
    (
        "found unexpected end of stream",
        "引号没有配对，文件到末尾也没有结束",
        "请在文字末尾补上同样的英文引号",
    ),
    ("did not find expected ',' or ']'", "方括号里的列表没有写完", "各项之间用英文逗号 , 隔开，末尾补上 ]"),
    ("did not find expected ',' or '}'", "花括号里的内容没有写完", "各项之间用英文逗号 , 隔开，末尾补上 }"),
    ("did not find expected '-' indicator", "列表中这一项没有对齐", "列表每一项都以“- ”开头并左对齐"),
    ("block sequence entries are not allowed", "这里不能写“- ”", "列表要另起一行写在键的下面"),
    ("did not find expected node content", "这里的内容写得不完整", "请检查逗号、括号是否多写或少写"),
    ("unknown escape character", "双引号里的 \\ 有特殊含义", "路径请用正斜杠 / ，或改用英文单引号"),
    ("undefined alias", "以 * 开头的内容有特殊含义", "如果就是要写 * ，请给整段文字加英文引号"),
    ("while scanning an anchor", "以 & 开头的内容有特殊含义", "如果就是要写 & ，请给整段文字加英文引号"),
    ("while scanning an alias", "以 * 开头的内容有特殊含义", "如果就是要写 * ，请给整段文字加英文引号"),
    (
        "while scanning a simple key",
        "这一行缺少英文冒号和空格",
        "请写成“键: 值”，冒号用英文的 : ，后面空一格",
    ),
    ("found a tab character", "这里用了制表符（Tab）缩进", "请改用空格缩进"),
)


def explain_syntax(error: yaml.YAMLError, text: str) -> tuple[str, str, Span]:
    """Say in Chinese what is wrong, what to write instead, and where."""
    lines = text.splitlines()
    mark: Any = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return f"YAML 格式有误（{error}）", "请对照填写说明检查这个文件", START_OF_FILE
    number = min(mark.line, max(len(lines) - 1, 0))
    said = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    slip = _slip(lines, number, said)
    if slip:
        return slip
    span = Span(number + 1, mark.column + 1, number + 1, mark.column + 2)
    for key, message, hint in _CAUSES:
        if key in said:
            return message, hint, span
    return f"YAML 格式有误（{said.strip()}）", "请检查这一行及上一行的冒号、缩进、引号和括号", span


def _slip(lines: Sequence[str], number: int, said: str) -> Typo | None:
    """Look for the slip behind an error: on the line, on the one before, or an open quote further up."""
    if any(words in said for words in _UNCLOSED):
        return open_quote(lines, number) or typo_on(lines, number)
    found = typo_on(lines, number) or typo_on(lines, number - 1) or open_quote(lines, number)
    return found or (outdented(lines, number) if any(words in said for words in _MISALIGNED) else None)


def explain_no_mapping(text: str) -> tuple[str, str, Span]:
    """Say why a text that should hold ``key: value`` lines holds none."""
    slip = next(typos(text.splitlines()), None)
    if slip:
        return slip
    return "文件内容应是一行行的“键: 值”", "例如 unit: 市教体局，冒号用英文的 : ，后面空一格", START_OF_FILE
