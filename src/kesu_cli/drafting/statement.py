"""Flattens what stands in the files of a plan outside its tasks and units into named statements."""

from collections.abc import Iterator
from functools import singledispatch

from kesu_cli.model.amount import Amount, show_number
from kesu_cli.model.field import FileRow
from kesu_cli.model.plan_file import PlanFile
from kesu_cli.model.policy import Policy
from kesu_cli.model.unit import AliasRow
from kesu_cli.model.waiver import Waiver

_EXACT = 6
_POLICY_WORDS = {
    "report_due": "年度报告期限",
    "lights": "亮灯",
    "evidence": "佐证材料件数",
    "semesters": "学期",
    "throughout": "持续任务的考核频次",
    "about_within": "“左右”的幅度",
    "due_soon_days": "提前提醒天数",
    "same_fact_similarity": "疑似同一件事的相似度",
    "jump_factor": "疑似差错的倍数",
    "accountable": "共同牵头时由谁汇总",
    "accountable_for": "指定的汇总单位",
    "reports_through": "代为报送",
}


def of_document(file: PlanFile) -> dict[str, str]:
    """Return what the document says of itself and of its parts."""
    return dict(_of_document(file))


def _of_document(file: PlanFile) -> Iterator[tuple[str, str]]:
    yield "方案名称", file.title
    yield "印发机关", file.issuer
    yield "印发日期", str(file.issued)
    yield "方案期", str(file.period.days)
    if file.source:
        yield "原文", f"{file.source.file} {file.source.sha256}"
    for action in file.actions:
        yield f"行动 {action.id}", action.name
        yield f"行动 {action.id} 的“等单位”", written(action.open_ended)
        for measure in action.measures:
            yield f"措施 {measure.number}", measure.title
    for section in file.safeguards:
        yield f"保障 {section.id}", section.title
    for phase in file.phases:
        yield f"阶段 {phase.id}", f"{phase.name}，{phase.period.days}，{phase.quote or ''}".rstrip("，")
    for cited in file.cites:
        yield f"引用《{cited.title}》", cited.number or "已引用"
    for number in file.not_targets:
        yield f"不作指标的“{number.text}”（{number.quote}）", number.reason


def of_policy(policy: Policy) -> dict[str, str]:
    """Return what the office decided, rule by rule."""
    fields = Policy.model_fields
    return {_POLICY_WORDS.get(name, name): written(getattr(policy, name)) for name in fields}


def of_waivers(waivers: tuple[Waiver, ...]) -> dict[str, str]:
    """Return what is waived, for whom."""
    return {
        f"{waiver.row.unit} {waiver.subject}": f"{waiver.label}（{waiver.row.reason}）" for waiver in waivers
    }


@singledispatch
def written(value: object) -> str:
    """Write a value much as the files do; nothing where there is none."""
    return str(value)


@written.register
def _(_value: None) -> str:
    return ""


@written.register
def _(value: bool) -> str:
    return "是" if value else ""


@written.register
def _(value: Amount) -> str:
    return show_number(value.number, _EXACT) + value.unit


@written.register
def _(value: AliasRow) -> str:
    since = f"{value.since} 起" if value.since else ""
    until = f"{value.until} 止" if value.until else ""
    said = "，".join(part for part in (since, until) if part)
    return f"{value.name}（{said}）" if said else value.name


@written.register
def _(value: FileRow) -> str:
    fields = type(value).model_fields.items()
    return "，".join(f"{info.alias or name} {written(getattr(value, name))}" for name, info in fields)


@written.register
def _(value: dict) -> str:  # type: ignore[type-arg]  # singledispatch takes bare classes only
    return "，".join(f"{name}：{written(inner)}" for name, inner in value.items())


@written.register
def _(value: tuple) -> str:  # type: ignore[type-arg]
    if value and all(isinstance(part, int) for part in value):
        return "-".join(f"{part:02}" for part in value)  # a month and a day
    return "；".join(written(part) for part in value)
