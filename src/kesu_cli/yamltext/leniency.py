"""What libyaml lets pass although YAML forbids it, or reads otherwise than YAML says: refused at its place.

Other programs refuse such a file or read it in another way, so nobody may rest on what libyaml makes of it.
"""

import re
from collections.abc import Iterator
from typing import Any

from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs hide the C parser
from yaml.tokens import (
    FlowMappingEndToken,
    FlowMappingStartToken,
    FlowSequenceEndToken,
    FlowSequenceStartToken,
    KeyToken,
    ScalarToken,
)

from kesu_cli.diagnostic import FaultKind, Span
from kesu_cli.yamltext.tree import NotTaken

# each begins with a letter that is searched for fast; nearly no text of a workspace holds any of them
_SUSPECTS = (
    re.compile(r"#(?<=\S#)"),
    re.compile(r"\?(?<=[\[{,\s]\?)\S"),
    re.compile(r"-(?<=[\[{,\s]-)\s*[,\]}]"),
    (_TAB := re.compile(r"\t(?<=[\n\r]\t)[ \t]*[^\s#]")),
)
_BREAK = re.compile(r"\r\n?|\n")
_HEADER = re.compile(r"[|>][-+0-9]*(?=#)")
_OPENING = (FlowSequenceStartToken, FlowMappingStartToken)
_CLOSING = (FlowSequenceEndToken, FlowMappingEndToken)

_COMMENT = ("# 前面没有空格", "要写注释的，请在 # 前面空一格；就是要写 # 的，请给整段文字加英文引号")
_QUESTION = ("以 ? 开头的内容有特殊含义", "如果就是要写 ? ，请给整段文字加英文引号")
_DASH = ("括号里单独写了一个 -", "如果就是要写 - ，请给它加英文引号；没有内容的，请删去")
_INDENT = ("这里用了制表符（Tab）缩进", "请改用空格缩进")


def refuse_leniency(text: str) -> None:
    """Raise NotTaken at the first thing in a text, one that libyaml has read, that is none of YAML."""
    if any(suspect.search(text) for suspect in _SUSPECTS):
        for offset, words in _found(text):
            lines = _BREAK.split(text[:offset])
            line, column = len(lines), len(lines[-1]) + 1
            raise NotTaken(FaultKind.SYNTAX, *words, Span(line, column, line, column + 1))


def _found(text: str) -> Iterator[tuple[int, tuple[str, str]]]:
    depth, behind = 0, 0
    for token in _tokens(text):
        start, end = token.start_mark.index, token.end_mark.index
        is_quoted = isinstance(token, ScalarToken) and token.style in ("'", '"')
        tab = _TAB.search(text, start if not depth else behind, end) if depth or is_quoted else None
        if tab:
            yield tab.start(), _INDENT
        if isinstance(token, ScalarToken) and token.style in ("|", ">"):
            header = _HEADER.match(text, start)
            yield from [(header.end(), _COMMENT)] if header else []
        elif end > start and text[end : end + 1] == "#":
            yield end, _COMMENT
        if isinstance(token, KeyToken) and end > start and text[end : end + 1].strip():
            yield start, _QUESTION
        if depth and isinstance(token, ScalarToken) and token.plain and token.value == "-":
            yield start, _DASH
        depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
        behind = end


def _tokens(text: str) -> Iterator[Any]:
    parser = CParser(text)
    while (token := parser.get_token()) is not None:
        yield token
