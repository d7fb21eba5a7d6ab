"""The documents that a plan cites, with their numbers."""

import re
from collections.abc import Iterable, Iterator, Sequence

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
    bare = {name: _bare(name) for name in found}
    own = _bare(title)
    others = {name: short for name, short in bare.items() if not _is_own(short, own)}
    return tuple(Cited(name, found[name]) for name in others if not _is_short(bare[name], others.values()))


def _is_own(bare: str, own: str) -> bool:
    return bare in own or own in bare.removesuffix("的通知")


def _is_short(bare: str, others: Iterable[str]) -> bool:
    return len(bare) <= _SHORT and any(bare in other and bare != other for other in others)


def _in(text: str) -> Iterator[tuple[str, str]]:
    position = 0
    for name in quotations(text):
        start = text.index(f"《{name}》", position)
        position = start + len(name) + 2
        before = text[max(0, start - 8) : start]
        number = _NUMBER.match(text, position)
        if _KIND.search(name) and not re.search(r"(?:简称|下称)[：:]?$", before):
            yield name, re.sub(r"\s", "", number[1]) if number else ""


def _bare(name: str) -> str:
    return re.sub(r"[（(〔].*?[）)〕]|[《》〈〉<>\s]", "", name)
