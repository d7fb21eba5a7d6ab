"""The documents that a plan cites, with their numbers."""

import re
from collections.abc import Iterator, Sequence

from kesu_cli.drafting.front import quotations
from kesu_cli.drafting.structure import Cited
from kesu_cli.model.document import Block, Paragraph

_KIND = re.compile(
    r"(?:通知|方案|纲要|规划|条例|规定|办法|意见|计划|法|决定|细则|标准|指南|要点|目录|清单|报告|规范|准则|章程|公约|措施|制度|规程|任务书|分工|若干政策|安排)"
    r"(?:[（(〔][^（）()]*[）)〕])*$"
)
_SHORT = 8  # signs: 实施方案, 科学素质纲要
_NUMBER = re.compile(r"[（(]\s*([\u4e00-\u9fa5]{2,12}\s*[〔\[（(【]\s*\d{4}\s*[〕\]）)】]\s*第?\s*\d+\s*号)")


def cited_in(blocks: Sequence[Block], title: str) -> tuple[Cited, ...]:
    """List the documents cited in 《》, each once, without the plan itself and without short forms."""
    found: dict[str, str] = {}
    for text in (block.text for block in blocks if isinstance(block, Paragraph)):
        for name, number in _in(text):
            found[name] = found.get(name) or number
    return tuple(Cited(name, number) for name, number in found.items() if not _is_short(name, title, found))


def _in(text: str) -> Iterator[tuple[str, str]]:
    position = 0
    for name in quotations(text):
        start = text.index(f"《{name}》", position)
        position = start + len(name) + 2
        before = text[max(0, start - 8) : start]
        number = _NUMBER.match(text, position)
        if _KIND.search(name) and not re.search(r"(?:简称|下称)[：:]?$", before):
            yield name, re.sub(r"\s", "", number[1]) if number else ""


def _is_short(name: str, title: str, found: dict[str, str]) -> bool:
    bare = _bare(name)
    if bare in _bare(title) or _bare(title) in bare.removesuffix("的通知"):
        return True
    return any(bare != _bare(other) and bare in _bare(other) and len(bare) <= _SHORT for other in found)


def _bare(name: str) -> str:
    return re.sub(r"[（(〔].*?[）)〕]|[《》〈〉<>\s]", "", name)
