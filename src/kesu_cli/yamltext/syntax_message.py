"""Syntax errors in words: what libyaml says, and what an officer should write instead."""

from collections.abc import Sequence
from typing import Any

import yaml

from kesu_cli.diagnostic import START_OF_FILE, Span
from kesu_cli.yamltext.typo import Typo, open_quote, outdented, typo_on, typos

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
