"""Who issued a document and when: notice, signature, last line."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from kesu_cli.drafting.span import day_in
from kesu_cli.model.document import Block, Paragraph

UNIT_END = r"(?:政府|办公室|办公厅|委员会|委|局|厅|领导小组|科协|协会|管委会|部|院|会|中心|办)"
DATE = (
    r"(?:\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
    r"|[二一][〇○OoО0零Ο一二三四五六七八九]{3}\s*年\s*[一二三四五六七八九十]+\s*月\s*[一二三四五六七八九十]+\s*日)"
)
ISSUES = re.compile(
    r"^(?P<issuer>.{0,80}?)(?:关于)?(?:印发|下发|发布|公布|转发|制定)(?P<title>.+?)的(?:通知|函|公告)"
)
UNIT_LINE = re.compile(rf"(?:[\u4e00-\u9fa5（）()、\s]{{3,40}}{UNIT_END}[\s　、]*)+")
DATE_LINE = re.compile(rf"[（(]?\s*{DATE}\s*(?:印发|发布)?\s*[）)]?")
SIGNED = re.compile(rf"(?P<unit>[\u4e00-\u9fa5（）()、\s]{{3,60}}?{UNIT_END})[\s　]*{DATE}(?:印发)?")
ISSUED = re.compile(rf"(?P<unit>[\u4e00-\u9fa5]{{4,30}})?[\s　]*{DATE}\s*印发")
UNIT_AND_DATE = re.compile(
    rf"(?:(?<=[\s　])|^)[\u4e00-\u9fa5]{{3,30}}{UNIT_END}(?=$|[\s　])|{DATE}(?:印发|发布)?"
)
WRITTEN = re.compile(
    r"(?:成文日期|发文日期|印发日期|发布日期|发布时间|公开日期)\s*[：:]?\s*(\d{4}[-/.年]\s*\d{1,2}[-/.月]\s*\d{1,2})"
)
NUMBER = re.compile(r"[\u4e00-\u9fa5]{2,10}[〔\[（(【]\s*\d{4}\s*[〕\]）)】]\s*第?\s*\d+\s*号")


def texts_of(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the paragraphs, and of tables the rows."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            for row in block.rows:
                yield "：".join(dict.fromkeys(cell for cell in row if cell))


def signed(
    notice: str, before: Sequence[Block], after: Sequence[Block], body: Sequence[Block]
) -> tuple[str, date | None]:
    """Issuer and date, from the notice, the signature, or the last line of the document."""
    issuers, dates = [], []
    named = ISSUES.match(notice)
    if named:
        issuers.append(re.sub(r"^.*号", "", named["issuer"]))
    for part in (before, after):
        lines = [block.text for block in part if isinstance(block, Paragraph)]
        unit, day = _signature([NUMBER.sub("", line).strip(" 　") for line in lines])
        issuers.append(unit)
        dates.append(day)
    for text in texts_of((*before, *after)):
        last = ISSUED.search(text)
        if last:
            issuers.append(last["unit"] or "")
            dates.append(day_in(last[0]))
    head = next(
        (text for text in texts_of(before) if UNIT_LINE.fullmatch(text) and not text.startswith("各")), ""
    )
    issuers.append(head)
    for text in texts_of((*before, *body[:1], *after)):
        written = WRITTEN.search(text)
        dates.append(
            day_in(f"{written[1].rstrip('日')}日" if written and "年" in written[1] else written[1])
            if written
            else None
        )
    issuer = next((re.sub(r"\s+", "、", unit.strip()) for unit in issuers if unit.strip()), "")
    return issuer, next((day for day in dates if day), None)


def _signature(texts: Sequence[str]) -> tuple[str, date | None]:
    for index in range(len(texts) - 1, -1, -1):
        text = texts[index]
        signed = SIGNED.fullmatch(text)
        if signed and "印发" not in text:
            return signed["unit"], day_in(text)
        if DATE_LINE.fullmatch(text):
            above = texts[index - 1] if index else ""
            unit = above if UNIT_LINE.fullmatch(above) and not above.startswith("各") else ""
            return unit, day_in(text)
    return "", None
