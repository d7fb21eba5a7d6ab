"""Places in a ranking: 进入全省前三, 位列全市第一."""

import re
from collections.abc import Iterator

from kesu_cli.drafting.figure import Nature, Quantity
from kesu_cli.drafting.numeral import read_numeral
from kesu_cli.model.target import Comparator

_PLACES = r"(?:\d+|[一二三四五六七八九十]+)"
_WHERE = (
    "进入|跻身|位居|位列|名列|列居|居于|居|列|排名|排位|保持|稳居|走在"
    "|全国|全省|全市|全区|全县|中部|西部|东部|同类城市"
)
_RANK = re.compile(
    rf"(?:{_WHERE})[^，。；\d第前]{{0,8}}?(?:前(?P<first>{_PLACES})(?:名|位|强|列)?(?!提|后|期|年|往|来|沿|瞻|季度|个月|次|批)"
    rf"|第(?P<at>{_PLACES})(?:名|位)?(?=[，。；、）]|以上|$))"
)
UNIT = "名次"


def ranks(text: str) -> Iterator[Quantity]:
    """Yield the places in a ranking that a plain text asks for."""
    for match in _RANK.finditer(text):
        group = "first" if match["first"] else "at"
        places = read_numeral(match[group])
        if places is not None:
            start, end = match.span(group)
            yield Quantity(
                Comparator.AT_MOST,
                places,
                None,
                UNIT,
                "",
                match.start(),
                match.end(),
                start,
                end,
                Nature.RANK,
            )
