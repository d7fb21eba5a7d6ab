"""Plain text and Markdown to blocks: encodings, invisible characters, lines that a program broke."""

import re
from collections.abc import Iterable, Iterator, Sequence

from kesu_cli.diagnostic import Refusal
from kesu_cli.model.document import Block, Paragraph, Table
from kesu_cli.source.decode import utf16
from kesu_cli.source.documents.broken_lines import BrokenLine, unbroken

_NO_TEXT = "这不是文字文件，或文字的编码认不出；请用记事本打开，确认能看到正文后“另存为” UTF-8 编码的 .txt"
_ODD = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd]")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]"
)
_GAP = re.compile(r"[ \t\u3000]{3,}")
_LINE = re.compile(r"\r\n|\r|\n")
_FRONT = re.compile(r"---\n.*?\n---\n", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*")
_MARK = re.compile(r"(?:>\s?|[-*+]\s+)+")
_ROW = re.compile(r"\|.*\|?|[^|]+(?:\|[^|]*){2,}")
_RULE = re.compile(r"[\s|:\-—]+")
_CELL = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:b|i|u|em|strong|span|font|center|p|div|sup|sub|a)(?:\s[^<>]*)?>", re.IGNORECASE)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_EMPHASIS = re.compile(r"(\*\*|__|~~|\*|`)(?=\S)(.+?)(?<=\S)\1")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")


class NoDocument(Refusal):
    """Why a file is not a document that can be read, and what to do."""


def text_of(content: bytes) -> str:
    """Decode UTF-8, UTF-16 or GBK; raises NoDocument."""
    text = _decoded(content)
    if text is None or len(_ODD.findall(text)) > len(text) // 200:
        raise NoDocument(_NO_TEXT)
    return text


def _decoded(content: bytes) -> str | None:
    for encoding in ("utf-8-sig", "gb18030"):
        found = utf16(content) if encoding == "gb18030" else None
        if found is not None:
            return found
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def clean(text: str) -> str:
    """Take out what can't be seen and trim; a no-break space is a space, a wide gap two."""
    return _GAP.sub("  ", _INVISIBLE.sub("", text).replace("\xa0", " ")).strip()


def blocks_of_text(text: str) -> tuple[Block, ...]:
    """Each line is a paragraph, unless a program broke the lines at a width."""
    return tuple(
        unbroken([BrokenLine(Paragraph(line, number), indented) for number, line, indented in _lines(text)])
    )


def blocks_of_markdown(text: str) -> tuple[Block, ...]:
    """Paragraphs without their marks, # headings with their rank, tables."""
    blocks: list[Block] = []
    rows: list[tuple[int, str]] = []
    for number, line, _ in (*_lines(_without_head(text)), (0, "", False)):
        if _ROW.fullmatch(line) and (rows or line.startswith("|")):
            rows.append((number, line))
            continue
        if rows:
            blocks.append(_table(rows))
            rows = []
        blocks.extend(_marked(line, number))
    paragraphs = [BrokenLine(block) for block in blocks if isinstance(block, Paragraph)]
    joined = {paragraph.line: paragraph for paragraph in unbroken(paragraphs)}
    return tuple(_in_place(blocks, joined))


def _in_place(blocks: Iterable[Block], joined: dict[int, Paragraph]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif block.line in joined:
            yield joined[block.line]


def _lines(text: str) -> Iterator[tuple[int, str, bool]]:
    """Give the number, text and indentation of each line that holds something."""
    for number, line in enumerate(_LINE.split(text), start=1):
        plain = clean(line)
        if plain:
            yield number, plain, line.lstrip("\ufeff")[:1] in {" ", "\t", "\u3000", "\xa0"}


def _without_head(text: str) -> str:
    """Blank out front matter and comments, keeping the count of lines."""
    text = text.replace("\r\n", "\n")
    front = _FRONT.match(text)
    start = front.end() if front else 0
    end = max(text.rfind("-->") + 3, start)  # beyond it every <!-- is sought to the end in vain
    comments = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text[start:end])
    return "\n" * text.count("\n", 0, start) + comments + text[end:]


def _marked(line: str, number: int) -> Iterator[Paragraph]:
    heading = _HEADING.fullmatch(line)
    rank = len(heading[1]) if heading else 0
    text = _unmarked(heading[2] if heading else _MARK.sub("", line, count=1) if _MARK.match(line) else line)
    if text and not re.fullmatch(r"[-=*_]{3,}|```.*", text):
        yield Paragraph(text, number, rank)


def _unmarked(text: str) -> str:
    text = _LINK.sub(r"\1", _TAG.sub("", text))
    for _ in range(2):
        text = _EMPHASIS.sub(r"\2", text)
    return clean(_ESCAPE.sub(r"\1", text))


def _table(rows: Sequence[tuple[int, str]]) -> Table:
    kept = [(number, _cells(line)) for number, line in rows if not _RULE.fullmatch(line)]
    width = max(len(cells) for _, cells in kept) if kept else 0
    filled = tuple(tuple(cells) + ("",) * (width - len(cells)) for _, cells in kept)
    return Table(filled, tuple(number for number, _ in kept) or (rows[0][0],))


def _cells(line: str) -> list[str]:
    return [_unmarked(_BREAK.sub("\n", cell)) for cell in _CELL.split(line.strip().strip("|"))]
