"""From the names that a document lists to a draft of units.yaml."""

import re
from collections.abc import Iterable, Sequence

from kesu_cli.drafting.unit_name import aliases, is_group
from kesu_cli.yamltext.write import COMMENT, Node

_KINDS = (
    (
        "群团组织",
        re.compile(r"团[市县区省]委|科协|妇联|总?工会|文联|社联|社科联|残联|工商联|关工委|红十字|侨联"),
    ),
    ("党委部门", re.compile(r"[市县区省州旗]委(?!员会)|党校|纪委")),
    ("街道", re.compile(r"街道(?:办事处|办)?$")),
    ("镇", re.compile(r"镇(?:人民政府|政府)?$")),
    ("乡", re.compile(r"乡(?:人民政府|政府)?$")),
    ("园区", re.compile(r"园区|开发区|高新区|管委会")),
    ("政府", re.compile(r"(?:人民)?政府$")),
    ("政府部门", re.compile(r"局|委|办公室|办$|厅")),
)


def kind_of_unit(name: str) -> str:
    """Guess the sort of a unit from its name; 单位 where it does not tell."""
    return next((kind for kind, pattern in _KINDS if pattern.search(name)), "单位")


def units_data(names: Iterable[str], expanded: Iterable[str]) -> dict[str, Node]:
    """Return the content of units.yaml: every name once, groups apart, questions as comments."""
    known = tuple(dict.fromkeys(names))
    single = [name for name in known if not is_group(name)]
    near = {one: other for pair in aliases(single) for one, other in (pair, pair[::-1])}
    completed = frozenset(expanded)
    data: dict[str, Node] = {
        COMMENT: "方案中的单位 / the units the document names\n每个单位写一个规范名称，其他叫法写进 aliases",
        "units": [_unit(name, near.get(name, ""), name in completed) for name in single],
    }
    groups = [_group(name) for name in known if is_group(name)]
    return {**data, "groups": groups} if groups else data


def _unit(name: str, near: str, is_completed: bool) -> dict[str, Node]:
    reviews = []
    if near:
        reviews.append(f"review: 与“{near}”相近；如果是同一个单位，请合为一条，另一个写进 aliases")
    if is_completed:
        reviews.append("review: 原文省写了前面的字，这里是补全的，请核对")
    comments: dict[str, Node] = {COMMENT: "\n".join(reviews)} if reviews else {}
    return {**comments, "name": name, "kind": kind_of_unit(name)}


def _group(name: str) -> dict[str, Node]:
    members: Sequence[str] = []
    return {COMMENT: "review: 统称，请在 members 里列出它包括的单位", "name": name, "members": members}
