"""What sort of duty a clause asks for, told by its object and its verb."""

import re

from kesu_cli.drafting.verb import Verb, Weight, opening, verbs_in
from kesu_cli.model.task_in_plan_file import Kind

_PLACES = re.compile(r"进(?:[^，。；、进]{1,6})(?:[、，和]进[^，。；、进]{1,6})+")

# the object says more than the verb: the first that fits
_BY_OBJECT = (
    (Kind.COVERAGE, _PLACES.pattern),
    (Kind.FUNDING, r"(?:经费|预算|公共投入|投入水平|投入资金|财政支持|专项资金)"),
    (Kind.INTEGRATION, r"[将把].*(?:纳入|列入|融入|导入|作为)|(?:纳入|列入)|深度融合|有机融合"),
    (Kind.POLICY, r"(?:落实|贯彻|执行|完善|出台|兑现).*(?:政策|条例|规定|部署|法规)"),
    (
        Kind.PROGRAMME,
        r"^(?!.*(?:制定|制订|出台|印发|编制|报送).*(?:计划|方案)).*(?:实施|推行|推广|试点|探索|参与|开展).*(?:计划|工程|行动|项目|模式|试点工作|专项|方案)(?:等.{0,4})?$",
    ),
    (
        Kind.MECHANISM,
        r"(?:建立|健全|完善|构建|形成|推行|实行|探索|优化|强化|深化|共建|深入).*(?:机制|制度|体系|共同体|联合体|联结体)",
    ),
    (
        Kind.DELIVERABLE,
        r"(?:推进|推动|加快)[^，]*(?:馆|中心|基地|平台|站|园|场所|队伍|课程)建设$|转化为[^，]*作品",
    ),
)
_OBJECTS = tuple((kind, re.compile(pattern)) for kind, pattern in _BY_OBJECT)
LEFT_TO_OTHERS = frozenset(["鼓励", "支持", "引导", "激励", "提倡", "倡导", "动员"])
_NO_ACTS = LEFT_TO_OTHERS | {"推动", "推进", "促进", "探索", "发展", "利用", "保障", "组织"}


def kind_of(clause: str) -> Kind:
    """Tell the kind of a duty by its object, else by its verb; a plain direction where neither tells."""
    for kind, pattern in _OBJECTS:
        if pattern.search(clause):
            return kind
    verb = _telling_verb(clause)
    return verb.kind if verb else Kind.DIRECTION


def _telling_verb(clause: str) -> Verb | None:
    """Return the verb of the act itself: of 鼓励企业设立科普岗位 it is 设立."""
    how = opening(clause)
    if how.verb is None or how.verb.word in _NO_ACTS or how.weight is Weight.ADJUNCT:
        rest = verbs_in(clause[how.offset + len(how.verb.word if how.verb else "") :])
        acts = [verb for verb in rest if verb.weight is Weight.CONCRETE and verb.word not in _NO_ACTS]
        made = [verb for verb in acts if verb.kind is Kind.DELIVERABLE]
        return next(iter(made or acts), how.verb)
    return how.verb


def places(clause: str) -> tuple[str, ...]:
    """Return the places of a duty that goes into several of them: 进企业、进农村."""
    match = _PLACES.search(clause)
    return tuple(re.findall(r"进[^，。；、和进]+", match[0])) if match else ()
