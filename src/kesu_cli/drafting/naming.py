"""Names drafted tasks: a few words of the clause, so that a table row can be told from its neighbours."""

import re
from collections.abc import Callable, Sequence

from kesu_cli.drafting.counting_verb import VERBS
from kesu_cli.drafting.kind import LEFT_TO_OTHERS
from kesu_cli.drafting.verb import Verb, Weight, opening, verbs_in

LONGEST = 20
_SHORTEST = 6

_PLACES = r"(?!(?:市|区|镇|乡|街道|社区)[、,，）)])"  # 各乡（镇） keeps its bracket
_BRACKETED = re.compile(rf"（{_PLACES}[^（）]*）|\({_PLACES}[^()]*\)")
_EDGES = re.compile(
    "^(?:其中|的|力争|争取|并|且|计划)+(?=.{2})|(?:分别|(?<![人户生校])均|都|要|应|将|达|为|在|至少|共|以?内|(?:不低于|不少于|不超过|按照?)?每[百千万]?[人生户位名])+$"
)
_QUOTED = re.compile(r"“[^”]*”|《[^》]*》|（[^）]*）")
_BREAKS = "、和与及的，”》"
_HIDDEN = "\ue000"  # stands for one character of a quotation while the text around it is cut
_EACH_BUILDS = re.compile(f"[每各][^，。的]{{1,6}}?(?:{VERBS})+")
_NUMERALS = "一二三四五六七八九十"


def name_of(clause: str, cut_out: Sequence[tuple[int, int]] = ()) -> str:
    """Name a duty by its main clause, without the stretches to cut out (numbers, rhythms) and its adverbs."""
    kept = list(clause)
    for start, end in cut_out:
        kept[start:end] = [""] * (end - start)
    text = _EDGES.sub("", _BRACKETED.sub("", "".join(kept)).strip("，、,：:.． "))
    how = opening(text)
    text = text[how.offset :] if how.verb else text
    for shorter in _SHORTER:
        if len(text) > LONGEST:
            text = shorter(text)
    return text if len(text) <= LONGEST else _cut(text)


def _the_act_itself(text: str) -> str:
    """Leave out who is moved to act: of 支持合作社通过田间学校开展科技示范 keep 开展科技示范."""
    verb = opening(text).verb
    acts = [act.word for act in verbs_in(_hidden(text), with_object=True) if act.weight is Weight.CONCRETE]
    if verb is None or verb.word not in LEFT_TO_OTHERS or not acts:
        return text
    act = text[_hidden(text).rfind(acts[-1]) :]
    return act if len(act) >= _SHORTEST else text


def _act(text: str) -> Verb | None:
    """Return the verb a text opens with; of 加快更新老旧电梯 it is 更新."""
    verb = opening(text).verb
    following = opening(text[len(verb.word) :]) if verb and text.startswith(verb.word) else None
    if (
        verb is None
        or verb.weight is not Weight.GENERAL
        or not following
        or not following.verb
        or following.offset
    ):
        return verb
    return Verb(verb.word + following.verb.word, verb.weight, verb.kind)


def _first_of_list(text: str) -> str:
    """Of a list keep the first: 举办技能大赛、网络竞赛等活动 becomes 举办技能大赛等活动."""
    hidden = re.sub(f"{_HIDDEN}(?=[“《])", "、", _hidden(text))
    first = next((index for index, sign in enumerate(hidden) if sign == "、"), -1)
    if first < 0:
        return text
    head = text[: first + 1].rstrip("、")
    last = hidden.rfind("等")
    return f"{head}等{text[last + 1 :] if last > first else ''}"


def _without_modifier(text: str) -> str:
    """Leave out what stands before 的: 构建服务素质提升的科技馆体系 becomes 构建科技馆体系."""
    head = _head(text)
    cut = _hidden(text).rfind("的")
    return f"{head}{text[cut + 1 :]}" if head and len(head) <= cut < len(text) - 2 else text


def _head(text: str) -> str:
    """Return what a text opens with up to its verb: 构建, 每个街道建成."""
    verb = _act(text)
    if verb and text.startswith(verb.word):
        return verb.word
    return match[0] if (match := _EACH_BUILDS.match(text)) else ""


_SHORTER: tuple[Callable[[str], str], ...] = (_the_act_itself, _without_modifier, _first_of_list)


def _hidden(text: str) -> str:
    """Put placeholders for what stands in quotation marks, the opening mark left in place."""
    return _QUOTED.sub(lambda match: match[0][0] + _HIDDEN * (len(match[0]) - 1), text)


def _cut(text: str) -> str:
    cut = max(text.rfind(mark, LONGEST // 2, LONGEST) for mark in _BREAKS)
    short = text[: cut + 1 if cut > 0 else LONGEST].rstrip("、和与及的，")
    return (
        re.sub("[“”《》]", "", short)
        if _QUOTED.sub("", short).strip("“《") != _QUOTED.sub("", short)
        else short
    )


def told_apart(names: Sequence[str]) -> tuple[str, ...]:
    """Tell apart names that occur more than once: from the second on they are numbered."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name}（{_numeral(seen[name])}）")
    return tuple(found)


def _numeral(number: int) -> str:
    return _NUMERALS[number - 1] if number <= len(_NUMERALS) else str(number)
