"""Two versions of a plan side by side: what was added, dropped, raised, lowered, postponed."""

from collections import Counter
from collections.abc import Iterator, Sequence

from kesu_cli.model.plan_diff import PlanChange, PlanChangeKind, PlanDiff, PlanVersion
from kesu_cli.render.terminal.explanation_page import TALLY_WORDS
from kesu_cli.render.terminal.grid import Grid
from kesu_cli.render.terminal.page_part import Part, section
from kesu_cli.render.terminal.text_page import TextPage
from kesu_cli.render.terminal.wrapped_text import Prose
from kesu_cli.render.wording import DEMO, NONE, STRENGTH_WORDS, as_of_words, listed

KIND_WORDS = {
    PlanChangeKind.TASK_NEW: "新增",
    PlanChangeKind.TASK_GONE: "取消",
    PlanChangeKind.TASK_RENUMBERED: "改编号",
    PlanChangeKind.TASK_MOVED: "移到别处",
    PlanChangeKind.TARGET_RAISED: "指标上调",
    PlanChangeKind.TARGET_LOWERED: "指标下调",
    PlanChangeKind.TARGET_CHANGED: "指标改变",
    PlanChangeKind.DEADLINE_EARLIER: "期限提前",
    PlanChangeKind.DEADLINE_LATER: "期限推迟",
    PlanChangeKind.RHYTHM_TIGHTER: "频次提高",
    PlanChangeKind.RHYTHM_LOOSER: "频次降低",
    PlanChangeKind.TIME_CHANGED: "时限改变",
    PlanChangeKind.LEAD: "牵头单位",
    PlanChangeKind.RESPONSIBLE: "责任单位",
    PlanChangeKind.ACCOUNTABLE: "汇总单位",
    PlanChangeKind.STRENGTH_RAISED: "要求加强",
    PlanChangeKind.STRENGTH_LOWERED: "要求减弱",
    PlanChangeKind.SPREAD: "统计范围",
    PlanChangeKind.TALLY: "累计方式",
    PlanChangeKind.BASELINE: "基数",
    PlanChangeKind.INTERIM: "阶段目标",
    PlanChangeKind.STRETCH: "力争目标",
    PlanChangeKind.TASK_KIND: "任务类型",
    PlanChangeKind.OPEN_ENDED: "“等单位”",
    PlanChangeKind.QUOTE: "原文",
    PlanChangeKind.NAME: "名称",
    PlanChangeKind.READING: "理解",
    PlanChangeKind.UNIT_NEW: "新增单位",
    PlanChangeKind.UNIT_GONE: "撤去单位",
    PlanChangeKind.UNIT_RENAMED: "单位改名",
    PlanChangeKind.UNIT_CHANGED: "单位性质",
    PlanChangeKind.ALIAS_NEW: "新增别称",
    PlanChangeKind.ALIAS_GONE: "撤去别称",
    PlanChangeKind.MEMBERS: "组内成员",
    PlanChangeKind.DOCUMENT: "方案文字",
    PlanChangeKind.POLICY: "办公室规定",
    PlanChangeKind.WAIVER: "豁免",
}

_MARKS = {
    PlanChangeKind.TASK_GONE: "未达标后取消",
    PlanChangeKind.TARGET_LOWERED: "未达标后下调",
    PlanChangeKind.DEADLINE_LATER: "逾期后推迟",
    PlanChangeKind.RHYTHM_LOOSER: "未达标后降低",
    PlanChangeKind.STRENGTH_LOWERED: "未达标后减弱",
}

_SPREAD_WORDS = {"total": "全市合计", "each": "各单位各算", "any": "任一单位的最新数"}
_VALUE_WORDS: dict[PlanChangeKind, dict[str, str]] = {
    PlanChangeKind.STRENGTH_RAISED: {strength.value: word for strength, word in STRENGTH_WORDS.items()},
    PlanChangeKind.STRENGTH_LOWERED: {strength.value: word for strength, word in STRENGTH_WORDS.items()},
    PlanChangeKind.SPREAD: _SPREAD_WORDS,
    PlanChangeKind.TALLY: {tally.value: word for tally, word in TALLY_WORDS.items()},
}

PARTS: dict[str, tuple[PlanChangeKind, ...]] = {
    "任务的增减": (
        PlanChangeKind.TASK_NEW,
        PlanChangeKind.TASK_GONE,
        PlanChangeKind.TASK_RENUMBERED,
        PlanChangeKind.TASK_MOVED,
    ),
    "指标、时限和要求": (
        PlanChangeKind.TARGET_RAISED,
        PlanChangeKind.TARGET_LOWERED,
        PlanChangeKind.TARGET_CHANGED,
        PlanChangeKind.DEADLINE_EARLIER,
        PlanChangeKind.DEADLINE_LATER,
        PlanChangeKind.RHYTHM_TIGHTER,
        PlanChangeKind.RHYTHM_LOOSER,
        PlanChangeKind.TIME_CHANGED,
        PlanChangeKind.STRENGTH_RAISED,
        PlanChangeKind.STRENGTH_LOWERED,
        PlanChangeKind.STRETCH,
        PlanChangeKind.BASELINE,
        PlanChangeKind.INTERIM,
    ),
    "由谁办": (
        PlanChangeKind.LEAD,
        PlanChangeKind.RESPONSIBLE,
        PlanChangeKind.ACCOUNTABLE,
        PlanChangeKind.OPEN_ENDED,
    ),
    "怎样计算和文字": (
        PlanChangeKind.SPREAD,
        PlanChangeKind.TALLY,
        PlanChangeKind.TASK_KIND,
        PlanChangeKind.QUOTE,
        PlanChangeKind.NAME,
        PlanChangeKind.READING,
    ),
    "单位": (
        PlanChangeKind.UNIT_NEW,
        PlanChangeKind.UNIT_GONE,
        PlanChangeKind.UNIT_RENAMED,
        PlanChangeKind.UNIT_CHANGED,
        PlanChangeKind.ALIAS_NEW,
        PlanChangeKind.ALIAS_GONE,
        PlanChangeKind.MEMBERS,
    ),
    "方案其他内容、办公室规定和豁免": (PlanChangeKind.DOCUMENT, PlanChangeKind.POLICY, PlanChangeKind.WAIVER),
}
_NUMERALS = "一二三四五六"


def layout(difference: PlanDiff) -> TextPage:
    """Lay the difference out."""
    return TextPage(_sections(difference))


def _sections(difference: PlanDiff) -> Iterator[Part]:
    yield from _banner(difference)
    parts = ((title, _of_kinds(difference.changes, kinds)) for title, kinds in PARTS.items())
    for numeral, (title, changes) in zip(_NUMERALS, (part for part in parts if part[1]), strict=False):
        yield from section(f"{numeral}、{title}")
        yield _table(changes)
    yield Prose()
    yield Prose(f"合计：{counts_words(difference)}")
    if difference.excused:
        tasks = listed(dict.fromkeys(change.task for change in difference.excused))
        yield Prose(f"没有完成就放宽的 {len(difference.excused)} 处：{tasks}", style="bold red")


def _of_kinds(changes: Sequence[PlanChange], kinds: Sequence[PlanChangeKind]) -> list[PlanChange]:
    return [change for change in changes if change.kind in kinds]


def _banner(difference: PlanDiff) -> Iterator[Part]:
    yield Prose(f"《{difference.new.title}》", style="bold")
    yield Prose("两个版本的差别", style="bold")
    yield Prose(f"原版：{_named(difference.old)}")
    yield Prose(f"新版：{_named(difference.new)}")
    if difference.reports:
        by = f"按原版和 {difference.reports} 份进展文件判断放宽之前有没有完成"
        yield Prose(f"{as_of_words(difference.as_of)}；{by}")
    elif difference.reports is not None:
        yield Prose("没有进展文件，没有判断放宽之前有没有完成", style="yellow")
    if difference.demo:
        yield Prose(f"{DEMO}：进展中的数字均为虚构，不代表任何单位的实际工作", style="bold magenta")


def _named(version: PlanVersion) -> str:
    return f"{version.label}（{version.commit[:7]}，{version.day}）" if version.commit else version.label


def _table(changes: Sequence[PlanChange]) -> Grid:
    """List changes; one that several tasks of an action share, as with its units, takes one row."""
    rows: dict[tuple[object, ...], list[PlanChange]] = {}
    for change in changes:
        alone = "" if change.kind in PARTS["由谁办"] else change.task
        rows.setdefault((change.kind, alone, change.subject, change.before, change.after), []).append(change)
    table = Grid("哪一项", "变化", "原来", "现在")
    for same in rows.values():
        first = same[0]
        table.add_row(_what(same), _kind(first), _values(first, first.before), _values(first, first.after))
    return table


def _what(changes: Sequence[PlanChange]) -> str:
    first = changes[0]
    if len(changes) > 1:
        return " ".join(change.task for change in changes)
    return f"{first.task} {first.name}" if first.task else first.subject


def _kind(change: PlanChange) -> Prose:
    text = Prose(KIND_WORDS[change.kind])
    if change.missed:
        text.append(f"\n{mark_words(change)}", style="bold red")
        text.append("".join(f"\n  {window}" for window in change.missed), style="dim")
    return text


def mark_words(change: PlanChange) -> str:
    """Say that a change asks for less after it was missed; nothing where it does not."""
    return _MARKS[change.kind] if change.missed else ""


def _values(change: PlanChange, values: Sequence[str]) -> str:
    words = _VALUE_WORDS.get(change.kind, {})
    return listed(words.get(value, value) for value in values) or NONE


def counts_words(difference: PlanDiff) -> str:
    """Count the changes by kind."""
    counts = Counter(change.kind for change in difference.changes)
    said = (f"{KIND_WORDS[kind]} {counts[kind]}" for kind in KIND_WORDS if counts[kind])
    return "，".join(said) or "没有差别"
