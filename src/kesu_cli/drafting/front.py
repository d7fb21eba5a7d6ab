"""Title, issuer and date: what stands before and behind the text of a plan."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kesu_cli.drafting.label import label_of
from kesu_cli.drafting.signature import (
    DATE_LINE,
    ISSUED,
    ISSUES,
    NUMBER,
    SIGNED,
    UNIT_AND_DATE,
    UNIT_LINE,
    signed,
    texts_of,
)
from kesu_cli.model.document import Block, Paragraph, Table

_WORD = "方案|计划|规划|纲要|意见|要点|办法|措施|行动|清单|任务|安排|分工|细则|部署|工程"
_PLAN = re.compile(rf"(?:{_WORD})(?:表)?(?:[（(\[〔][^（）()]{{1,20}}[）)\]〕])*$")
_NOTICE = re.compile(r"(?:的通知|的函|的决定|的公告|的批复|的通知[（(].*[）)])$")
_HANDED = re.compile(r"现(?:将|予?印发|把)")
_UNDER_TITLE = re.compile(r"[（(]?此件|来源[：:]|发布(?:时间|日期)|成文日期")
_END_MATTER = re.compile(
    r"抄送|主送|[（(]?此件|分享|打印|关闭|相关(?:链接|文档|阅读)|版权|主办[：:]|承办[：:]|.{0,6}ICP|上一篇|下一篇|责任编辑|编辑[：:]|附件?[：:]|扫一扫|来源[：:]"
)
_ATTACHED = re.compile(r"附\s*[件表]\s*[\d一二三四五六七八九]*\s*[：:.．]?")
_LISTED = re.compile(r"附\s*[件表]\s*[\d一二三四五六七八九]*\s*[：:.．]?\s*\S.{0,60}")
_NOISE = re.compile(
    r"[>＞»|｜]|字号|字体|打印|分享|浏览|来源[：:]|发布|索引|首页|收藏|关闭|http|责任编辑|^【"
)
_DECIMAL = re.compile(r"\d{1,2}(?:[.．]\d{1,2})*\s*[\u4e00-\u9fa5]")
_PAGE = re.compile(r"[-—－–·\s]*\d{1,3}[-—－–·\s]*|第\s*\d{1,3}\s*页.{0,10}")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Frame:
    """A document taken apart around its text.

    ``before`` is the notice and title, ``body`` the plan, ``after`` signature and copies, ``annex`` the
    blocks of the annexes.
    """

    title: str
    issuer: str
    issued: date | None
    before: tuple[Block, ...]
    body: tuple[Block, ...]
    after: tuple[Block, ...]
    annex: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring short lines that make up one title."""

    start: int
    end: int
    text: str


def frame_of(blocks: Sequence[Block], name: str) -> Frame:
    """Find title, issuer, date and where the text of the plan begins and ends."""
    runs = [run for run in _runs(blocks) if _PLAN.search(run.text) or _NOTICE.search(run.text)]
    first_label = next((index for index, block in enumerate(blocks) if _is_label(block)), len(blocks))
    runs = _up_to_body(runs, first_label, blocks)
    notice = next((run for run in runs if _NOTICE.search(run.text)), None)
    own = [run for run in runs if _PLAN.search(run.text) and (notice is None or run.start > notice.start)]
    start = own[-1].end if own else (notice.end if notice else 0)
    while start < len(blocks) and _is_under_title(blocks[start]):
        start += 1
    annex_at = _annex(blocks, start)
    body_end = _end(blocks, start, annex_at)
    before, body = tuple(blocks[:start]), tuple(blocks[start:body_end])
    after, annex = tuple(blocks[body_end:annex_at]), tuple(blocks[annex_at:])
    title = _title(own[-1].text if own else "", notice.text if notice else "", before, body) or name
    issuer, issued = signed(notice.text if notice else "", before, after or annex, body)
    return Frame(title, issuer, issued, before, body, after, annex)


def without_contents(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Leave out a table of contents: lines under 目录 that come again, and page numbers."""
    kept: list[Block] = []
    headings = Counter(_key(block.text) for block in blocks if isinstance(block, Paragraph))
    is_inside = False
    for block in blocks:
        if not isinstance(block, Paragraph):
            kept.append(block)
            continue
        if re.fullmatch(r"目\s*[录次]", block.text):
            is_inside = True
            continue
        key = _key(block.text)
        is_inside = is_inside and (key != block.text or headings[key] > 1)
        if not is_inside and not _PAGE.fullmatch(block.text):
            kept.append(block)
        headings[key] -= is_inside
    return tuple(kept)


def _key(text: str) -> str:
    """Return a line without the page number behind it."""
    return re.sub(r"(?:[\s.…·—_-]{2,}|\t)\d{1,3}$", "", text).strip()


def _is_under_title(block: Block) -> bool:
    """Whether a line under the title is only number, issuer and date."""
    if not isinstance(block, Paragraph) or _is_label(block):
        return False
    rest = UNIT_AND_DATE.sub("", NUMBER.sub("", block.text))
    return not rest.strip(" 　（）()、") or bool(_UNDER_TITLE.match(block.text))


def _is_label(block: Block) -> bool:
    if not isinstance(block, Paragraph):
        return False
    is_title = _PLAN.search(block.text) or _NOTICE.search(block.text) or UNIT_LINE.fullmatch(block.text)
    is_numbered = label_of(block.text) is not None or _DECIMAL.match(block.text) is not None
    return is_numbered or (block.heading > 0 and not is_title)


def _up_to_body(runs: list[_Run], first_label: int, blocks: Sequence[Block]) -> list[_Run]:
    """Keep the titles before the text; a notice with numbered points of its own is not yet the text."""
    kept = [run for run in runs if run.start <= first_label]
    is_notice_only = bool(kept) and all(_NOTICE.search(run.text) for run in kept)
    later = [run for run in runs if run.start > first_label and _starts_text(run, blocks)]
    return kept + later[:1] if is_notice_only and later else kept


def _starts_text(run: _Run, blocks: Sequence[Block]) -> bool:
    following = [
        label_of(block.text) for block in blocks[run.end : run.end + 8] if isinstance(block, Paragraph)
    ]
    return any(label is not None and label.number == 1 for label in following)


def _runs(blocks: Sequence[Block]) -> Iterator[_Run]:
    held: list[str] = []
    start = 0
    for index, block in enumerate((*blocks, Paragraph("。", 0))):
        if isinstance(block, Paragraph) and _is_title_line(block.text):
            if not held:
                start = index
            held.append(block.text)
            continue
        if held:
            yield from _trimmed(held, start)
        held = []


def _is_title_line(text: str) -> bool:
    if len(text) > _LONGEST or re.search(r"[。；：:;？！]", text) or label_of(text) or _DECIMAL.match(text):
        return False
    return not (
        DATE_LINE.fullmatch(text) or NUMBER.fullmatch(text) or _END_MATTER.match(text) or _NOISE.search(text)
    )


def _trimmed(lines: list[str], start: int) -> Iterator[_Run]:
    """Cut lines in front that name the issuer alone and lines behind that are no title."""
    while lines and not (_PLAN.search(lines[-1]) or _NOTICE.search(lines[-1]) or _is_bracket(lines[-1])):
        lines = lines[:-1]
    for index, line in enumerate(lines[:-1]):
        if _NOTICE.search(line):
            yield _Run(start, start + index + 1, "".join(lines[: index + 1]))
            lines, start = lines[index + 1 :], start + index + 1
            break
    text = "".join(lines)
    if not re.search("关于|印发", text):
        while len(lines) > 1 and UNIT_LINE.fullmatch(lines[0]) and not _PLAN.search(lines[0]):
            lines, start = lines[1:], start + 1
        text = "".join(lines)
    if text:
        yield _Run(start, start + len(lines), text)


def _is_bracket(text: str) -> bool:
    return bool(re.fullmatch(r"[（(\[〔].{2,20}[）)\]〕]", text))


def _title(own: str, notice: str, before: Sequence[Block], body: Sequence[Block]) -> str:
    own = re.sub(r"^.*?(?:关于)?印发(?=《)", "", own)
    own = own.strip("《》") if own.count("《") <= 1 and own.startswith("《") else own
    if own:
        return re.sub(r"[（(](?:征求意见稿|试行|送审稿|草案)[）)]$", "", own)
    issued = ISSUES.match(notice)
    if issued or notice:
        return _unquoted(issued["title"]) if issued else re.sub(r"\s+", "", notice)
    handed = next(
        (text for text in texts_of((*before, *body[:6])) if _HANDED.search(text) and "《" in text), ""
    )
    quoted = quotations(handed)
    return quoted[0] if quoted else ""


def _unquoted(text: str) -> str:
    quoted = quotations(text)
    return quoted[0] if quoted and text.startswith("《") and text.endswith("》") else text


def quotations(text: str) -> list[str]:
    """Return the outermost titles in 《》."""
    found, depth, start = [], 0, 0
    for offset, sign in enumerate(text):
        if sign == "《":
            depth += 1
            start = offset + 1 if depth == 1 else start
        elif sign == "》" and depth:
            depth -= 1
            if depth == 0:
                found.append(text[start:offset])
    return found


def _annex(blocks: Sequence[Block], start: int) -> int:
    """Where the annexes begin: 附件1 on a line of its own, or with its title straight above a table."""
    seen_label = False
    for index in range(start, len(blocks)):
        block = blocks[index]
        if isinstance(block, Table):
            continue
        seen_label |= label_of(block.text) is not None
        if not seen_label:
            continue
        if _ATTACHED.fullmatch(block.text):
            return index
        near = blocks[index + 1 : index + 4]
        if _LISTED.fullmatch(block.text) and any(isinstance(other, Table) for other in near):
            return index
    return len(blocks)


def _end(blocks: Sequence[Block], start: int, stop: int) -> int:
    """Where the text ends: in front of 抄送, or of the signature, the date and other end matter."""
    labels = [index for index in range(start, stop) if _is_label(blocks[index])]
    last = labels[-1] if labels else start
    stop = next((index for index in range(start, stop) if _lists_annexes(blocks, index, stop)), stop)
    for index in range(last, stop):
        block = blocks[index]
        if isinstance(block, Paragraph) and re.match(r"抄送|主题词", block.text):
            stop = index
            break
    while stop > start and _is_end_matter(blocks[stop - 1]):
        stop -= 1
    return stop


def _lists_annexes(blocks: Sequence[Block], start: int, stop: int) -> bool:
    """Whether the text ends here with 附件：1.…, 2.…, in front of the signature."""
    first = blocks[start]
    if not isinstance(first, Paragraph) or not re.match(r"附\s*件\s*[：:]", first.text):
        return False
    return all(len(block.text) <= _LONGEST for block in blocks[start:stop] if isinstance(block, Paragraph))


def _is_end_matter(block: Block) -> bool:
    if isinstance(block, Table):
        return False
    text = block.text
    return bool(
        _END_MATTER.match(text)
        or DATE_LINE.fullmatch(text)
        or SIGNED.fullmatch(text)
        or ISSUED.search(text)
        or (UNIT_LINE.fullmatch(text) and len(text) <= _LONGEST and not text.startswith("各"))
    )
