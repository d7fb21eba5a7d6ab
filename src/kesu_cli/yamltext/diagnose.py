"""Faults looked at again in the text: slips and comments that the data no longer shows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kesu_cli.diagnostic import Fault, FaultKind, Span
from kesu_cli.yamltext.chinese_colon import Keys, lines_with_colon
from kesu_cli.yamltext.locate import last_line, locate
from kesu_cli.yamltext.syntax_message import typo_on, typos
from kesu_cli.yamltext.tree import tree_of

_COMMENT = re.compile(r":\s+#\s*(\S.*)$")


def diagnosed(faults: Sequence[Fault], text: str, left_empty: str) -> tuple[Fault, ...]:
    """Say what the text shows of faults that were found in the data made from it.

    ``left_empty`` are the words with which it is said that a value is missing.
    """
    return tuple(_told_better(faults, text, left_empty)) if faults else ()


def on_each_line(faults: Sequence[Fault], text: str, keys: Keys) -> tuple[Fault, ...]:
    """Name every line with the Chinese colon that stopped the reading on one of them."""
    first = faults[0] if len(faults) == 1 and faults[0].kind is FaultKind.SYNTAX else None
    if first is None or first.span is None:
        return tuple(faults)
    lines = text.split("\n")
    found = [slip for number in lines_with_colon(text, keys) if (slip := typo_on(lines, number - 1))]
    if not any(slip.span == first.span for slip in found):
        return tuple(faults)
    return tuple(replace(first, message=slip.message, hint=slip.hint, span=slip.span) for slip in found)


def _told_better(faults: Sequence[Fault], text: str, left_empty: str) -> Iterator[Fault]:
    tree, lines = tree_of(text), text.splitlines()
    slipped, said = list(typos(lines)), set[Span]()
    for fault in faults:
        span = locate(tree, fault.place.path)
        last = last_line(tree, fault.place.path)
        slip = next((slip for slip in slipped if span.line <= slip.span.line <= last), None)
        if slip and slip.span in said:
            continue
        if slip:
            said.add(slip.span)
            yield replace(fault, message=slip.message, hint=slip.hint, span=slip.span)
        elif fault.message.endswith(left_empty):
            yield _with_comment(fault, lines, span)
        else:
            yield fault


def _with_comment(fault: Fault, lines: Sequence[str], span: Span) -> Fault:
    """Point out that what was written is a comment: # begins one."""
    match = _COMMENT.search(lines[span.line - 1]) if span.line <= len(lines) else None
    if match is None:
        return fault
    hint = f'以 # 开头的是注释，不算填写；就是要写 # 的，请加英文引号，例如 "#{match[1]}"'
    return replace(fault, message=f"{fault.message}（后面的“#{match[1]}”成了注释）", hint=hint)
