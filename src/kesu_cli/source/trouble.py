"""Syntax errors in words: what libyaml says, and what an officer should write instead."""

import re
from typing import Any

import yaml

from kesu_cli.finding import START_OF_FILE, Span

_FULL_WIDTH_COLON = re.compile(r"^\s*(?:- )?\s*[A-Za-z_]+\s*：")
_NO_SPACE = re.compile(r"^\s*(?:- )?\s*[A-Za-z_]+:(?=[^\s])")
_TAB = re.compile(r"^[ -]*\t")

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
    for candidate in (number, number - 1):
        seen = _seen_in(lines[candidate]) if 0 <= candidate < len(lines) else None
        if seen:
            message, hint, column = seen
            return message, hint, Span(candidate + 1, column, candidate + 1, column + 1)
    span = Span(number + 1, mark.column + 1, number + 1, mark.column + 2)
    said = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    for key, message, hint in _CAUSES:
        if key in said:
            return message, hint, span
    return f"YAML 格式有误（{said.strip()}）", "请检查这一行及上一行的冒号、缩进、引号和括号", span


def explain_no_mapping(text: str) -> tuple[str, str, Span]:
    """Say why a text that should hold ``key: value`` lines holds none."""
    for number, line in enumerate(text.splitlines(), 1):
        seen = _seen_in(line)
        if seen:
            message, hint, column = seen
            return message, hint, Span(number, column, number, column + 1)
    return "文件内容应是一行行的“键: 值”", "例如 unit: 市教体局，冒号用英文的 : ，后面空一格", START_OF_FILE


def _seen_in(line: str) -> tuple[str, str, int] | None:
    """Recognise the usual slips of a line, whatever libyaml made of them."""
    match = _FULL_WIDTH_COLON.match(line)
    if match:
        return "冒号是中文的“：”", "请改成英文冒号 : ，后面空一格", match.end()
    match = _TAB.match(line)
    if match:
        return "这里用了制表符（Tab）缩进", "请改用空格缩进", match.end()
    match = _NO_SPACE.match(line)
    if match and "://" not in line[: match.end() + 2]:
        return "冒号后面没有空格", "请在英文冒号后面空一格，例如 unit: 市教体局", match.end()
    return None
