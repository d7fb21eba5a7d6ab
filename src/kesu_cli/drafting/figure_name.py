"""Names the tasks of figures: what is counted, from the figures before where the own words lack it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kesu_cli.drafting.counting_verb import VERBS
from kesu_cli.drafting.figure import Nature, Quantity
from kesu_cli.drafting.naming import LONGEST
from kesu_cli.drafting.verb import Weight, verbs_in

_WORDS_ONLY = re.compile(
    r"^[\s，、,.。]*(?:其中|并|且|和|及|到|达到|达|力争|争取|计划|累计|共|完成|实现|确保|保持|占比"
    r"|提高到?|提升到?|增加到?|分别|给予|各|每[年月季]度?|不低于|不少于|至少|不超过)*"
)
_SHORTEST = 4
_VERB = re.compile(rf"(?:{VERBS})+")
_UP_TO_VERB = re.compile(
    rf"^(?:[每各][^，。]{{1,10}}?|[^，。]{{0,4}}(?:财政|政府))?(?:开展|{VERBS})(?:、?(?:开展|{VERBS}))*"
)
_EACH = re.compile(r"(?:人|户|生)均|[每各][个所家名位]?[^，。；]{1,4}(?:（[^）]*）)?")
_WHOLE = re.compile("^(?:全[国省市县区]|我[省市县区]|本[省市县区])")
_SHARED_OUT = re.compile(r"(?P<heads>[^，。；：:\d]+?)(?:占比|比例)?(?:要|应|将)?分别")
_MEASURED = re.compile("(?:率|度|量|数|比例|比重|占比|面积|里程|规模|产值|收入|天数|人次)$")
_JOINTS = re.compile("、|和(?!谐|平)|以及|及(?!时|格|率)|与")


@dataclass(frozen=True, slots=True)
class Counted:
    """A task of a sentence: its figure, if it has one, with the name that it was given."""

    quantity: Quantity | None
    name: str


def figure_name(own: str, piece: str, quantity: Quantity, before: Sequence[Counted], *, goes_on: bool) -> str:
    """Choose a name; ``own`` is what the figure's words give, ``goes_on`` that 、 joins it to the last."""
    figures = [one.quantity for one in before if one.quantity]
    last = before[-1].name if before else ""
    if not _WORDS_ONLY.sub("", own):
        is_rate = quantity.unit == "%" and figures and len(figures[-1].noun) >= _SHORTEST
        return (figures[-1].noun if is_rate else last if figures else "") or piece[:LONGEST]
    same = next((_thing(one) for one in before if one.quantity and one.quantity.unit == quantity.unit), "")
    is_part = (piece.startswith("其中") or quantity.part_of is not None) and len(own) <= _SHORTEST
    if same and (_EACH.fullmatch(own) or is_part or _is_bare(own)):
        return _fitting(own, same) if same not in own else own
    if _EACH.fullmatch(own) and quantity.unit not in own:
        return f"{own}{quantity.unit}"
    if own == last:
        return last
    if _is_bare(own) and (figures or len(own) < _SHORTEST):
        return _fitting(last, f"（{quantity.unit}）") if figures else piece[:LONGEST]
    return _with_verb(own, before, quantity) if goes_on else own


def is_only_figure(piece: str, quantity: Quantity, start: int) -> bool:
    """Whether a piece of a list holds nothing but its figure: the 75% of 分别超过90%、75%."""
    rest = piece[: max(quantity.start - start, 0)] + piece[quantity.end - start :]
    return not _WORDS_ONLY.sub("", rest).strip("，、。； ")


def _is_bare(own: str) -> bool:
    match = _VERB.match(own)
    return match is not None and match.end() == len(own)


def _with_verb(own: str, before: Sequence[Counted], quantity: Quantity) -> str:
    """Let the verb of a list hold for each of its figures: 培训教师100名、校长20名."""
    verb = _VERB.match(before[-1].name) if before else None
    is_act = _VERB.match(own) or any(act.weight is Weight.CONCRETE for act in verbs_in(own, with_object=True))
    if verb is None or is_act or quantity.nature not in {Nature.COUNT, Nature.STOCK}:
        return own
    return own if own.startswith(("每", "各")) else _fitting(verb[0], own)


def _thing(counted: Counted) -> str:
    """Return what an earlier figure counts: its name without the verb."""
    return _WHOLE.sub("", _UP_TO_VERB.sub("", counted.name))


def _fitting(one: str, other: str) -> str:
    return f"{one}{other}" if len(one) + len(other) <= LONGEST else one


def shared_out(words: str, count: int) -> tuple[str, ...]:
    """Return what each of so many figures measures where 分别 deals them out: 普及率、数控化率分别超过…."""
    match = _SHARED_OUT.search(words)
    heads = [head for head in _JOINTS.split(match["heads"]) if head] if match else []
    if len(heads) != count or not all(map(_MEASURED.search, heads)):
        return ()
    return tuple(head[-LONGEST:] for head in heads)
