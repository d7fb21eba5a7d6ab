"""Names tasks that a figure makes: what is counted, taken from the figures before it where its own words lack it."""

import re
from collections.abc import Sequence

from kesu_cli.drafting.counting_verb import VERBS
from kesu_cli.drafting.figure import Nature, Quantity
from kesu_cli.drafting.naming import LONGEST

_WORDS_ONLY = re.compile(
    r"^[\s，、,.。]*(?:其中|并|且|和|及|到|达到|达|力争|争取|计划|累计|共|完成|实现|确保|保持|占比|提高到?|提升到?|增加到?|分别|给予|各)*"
)
_SHORTEST = 4
_VERB = re.compile(rf"(?:{VERBS})+")
_EACH = re.compile("[每各][^，。；]{1,10}$")
_SHARED_OUT = re.compile(r"(?P<heads>[^，。；：:\d]+?)(?:占比|比例)?(?:要|应|将)?分别")
_MEASURED = re.compile("(?:率|度|量|数|比例|比重|占比|面积|里程|规模|产值|收入|天数|人次)$")
_JOINTS = re.compile("、|和(?!谐|平)|以及|及(?!时|格|率)|与")


def figure_name(own: str, quantity: Quantity, before: Sequence[Quantity], first: str, last: str) -> str:
    """Choose a name: ``own`` is what the figure's words give, ``first`` and ``last`` name those before it."""
    if not _WORDS_ONLY.sub("", own):
        is_rate = quantity.unit == "%" and before and len(before[-1].noun) >= _SHORTEST
        return (before[-1].noun if is_rate else last) or own
    if not before:
        return own
    if _EACH.fullmatch(own) and before[-1].unit == quantity.unit and before[-1].noun:
        return _fitting(own, _noun(before[-1]))
    verb = _VERB.match(first)
    if quantity.nature not in {Nature.COUNT, Nature.STOCK} or verb is None or own.startswith(("每", "各", "其中")):
        return own
    acts = _VERB.match(own)
    if acts is None:
        return _fitting(verb[0], own)
    is_bare = acts.end() == len(own) and before[0].unit == quantity.unit
    return _fitting(own, _noun(before[0])) if is_bare else own


def _noun(quantity: Quantity) -> str:
    return re.sub(rf"^(?:{VERBS}|、)+", "", quantity.noun)


def _fitting(one: str, other: str) -> str:
    return f"{one}{other}" if len(one) + len(other) <= LONGEST else one


def shared_out(words: str, count: int) -> tuple[str, ...]:
    """Return what each of so many figures measures where 分别 deals them out: 普及率、数控化率分别超过…."""
    match = _SHARED_OUT.search(words)
    heads = [head for head in _JOINTS.split(match["heads"]) if head] if match else []
    if len(heads) != count or not all(map(_MEASURED.search, heads)):
        return ()
    return tuple(head[-LONGEST:] for head in heads)
