"""Titles that run into their text: 标题。正文."""

import re

from kesu_cli.drafting.plain import FULL_STOP

LONGEST_TITLE = 40
_LONGEST_CLAUSES = 24
_FEWEST = 8  # 到2026年 alone names nothing
_TITLE_END = re.compile(rf"[。：:；;]|\s{{2,}}|　|{FULL_STOP.pattern}")
_BRACKETED = re.compile(r"[（(][^（）()]*[）)]")
_COUNTED = re.compile(r"\d\s*[%％‰\u4e00-\u9fa5]")


def split_title(text: str) -> tuple[str, int]:
    """Return the title at the head of a text and where the running text begins.

    A first sentence that counts something or has several clauses is a duty: it names the heading and
    stays in the text; so does one that a semicolon ends.
    """
    stripped = text.strip()
    end = _TITLE_END.search(text.rstrip())
    if end is None or not text[end.end() :].strip():
        whole = stripped.rstrip("。：:；;.．")
        if len(whole) <= LONGEST_TITLE and "，" not in whole and not _counts(whole):
            return whole, len(text)
        return _first_clause(whole), 0
    head = text[: end.start()].strip()
    if (
        end.group() not in "；;"
        and len(head) <= LONGEST_TITLE
        and not (("，" in head or "," in head) and len(head) > _LONGEST_CLAUSES)
        and not _counts(head)
    ):
        return head, end.end()
    return _first_clause(head), 0


def _counts(text: str) -> bool:
    return bool(_COUNTED.search(_BRACKETED.sub("", text)))


def _first_clause(text: str) -> str:
    ends = [match.start() for match in re.finditer(r"[，,。；;：:]|$", text)]
    clause = text[: next(end for end in ends if end >= _FEWEST or end == len(text))]
    return clause[:LONGEST_TITLE]
