"""Two versions of a plan side by side: what was added, dropped, raised, lowered, postponed."""

from collections import Counter
from collections.abc import Iterator, Sequence

from kesu_cli.model.difference import Change, ChangeKind, PlanDifference, Version
from kesu_cli.render.explanation import TALLY_WORDS
from kesu_cli.render.grid import Grid
from kesu_cli.render.part import Part, section
from kesu_cli.render.prose import Prose
from kesu_cli.render.sheet import Sheet
from kesu_cli.render.wording import DEMO, NONE, STRENGTH_WORDS, as_of_words, listed

KIND_WORDS = {
    ChangeKind.TASK_NEW: "新增",
    ChangeKind.TASK_GONE: "取消",
    ChangeKind.TASK_RENUMBERED: "改编号",
    ChangeKind.TASK_MOVED: "移到别处",
    ChangeKind.TARGET_RAISED: "指标上调",
    ChangeKind.TARGET_LOWERED: "指标下调",
    ChangeKind.TARGET_CHANGED: "指标改变",
    ChangeKind.DEADLINE_EARLIER: "期限提前",
    ChangeKind.DEADLINE_LATER: "期限推迟",
    ChangeKind.RHYTHM_TIGHTER: "频次提高",
    ChangeKind.RHYTHM_LOOSER: "频次降低",
    ChangeKind.TIME_CHANGED: "时限改变",
    ChangeKind.LEAD: "牵头单位",
    ChangeKind.RESPONSIBLE: "责任单位",
    ChangeKind.ACCOUNTABLE: "汇总单位",
    ChangeKind.STRENGTH_RAISED: "要求加强",
    ChangeKind.STRENGTH_LOWERED: "要求减弱",
    ChangeKind.SPREAD: "统计范围",
    ChangeKind.TALLY: "累计方式",
    ChangeKind.BASELINE: "基数",
    ChangeKind.INTERIM: "阶段目标",
    ChangeKind.STRETCH: "力争目标",
    ChangeKind.TASK_KIND: "任务类型",
    ChangeKind.OPEN_ENDED: "“等单位”",
    ChangeKind.QUOTE: "原文",
    ChangeKind.NAME: "名称",
    ChangeKind.READING: "理解",
    ChangeKind.UNIT_NEW: "新增单位",
    ChangeKind.UNIT_GONE: "撤去单位",
    ChangeKind.UNIT_RENAMED: "单位改名",
    ChangeKind.UNIT_CHANGED: "单位性质",
    ChangeKind.ALIAS_NEW: "新增别称",
    ChangeKind.ALIAS_GONE: "撤去别称",
    ChangeKind.MEMBERS: "组内成员",
    ChangeKind.DOCUMENT: "方案文字",
    ChangeKind.POLICY: "办公室规定",
    ChangeKind.WAIVER: "豁免",
}

_MARKS = {
    ChangeKind.TASK_GONE: "未达标后取消",
    ChangeKind.TARGET_LOWERED: "未达标后下调",
    ChangeKind.DEADLINE_LATER: "逾期后推迟",
    ChangeKind.RHYTHM_LOOSER: "未达标后降低",
    ChangeKind.STRENGTH_LOWERED: "未达标后减弱",
}

_SPREAD_WORDS = {"total": "全市合计", "each": "各单位各算", "any": "任一单位的最新数"}
_VALUE_WORDS: dict[ChangeKind, dict[str, str]] = {
    ChangeKind.STRENGTH_RAISED: {strength.value: word for strength, word in STRENGTH_WORDS.items()},
    ChangeKind.STRENGTH_LOWERED: {strength.value: word for strength, word in STRENGTH_WORDS.items()},
    ChangeKind.SPREAD: _SPREAD_WORDS,
    ChangeKind.TALLY: {tally.value: word for tally, word in TALLY_WORDS.items()},
}

PARTS: dict[str, tuple[ChangeKind, ...]] = {
    "任务的增减": (
        ChangeKind.TASK_NEW,
        ChangeKind.TASK_GONE,
        ChangeKind.TASK_RENUMBERED,
        ChangeKind.TASK_MOVED,
    ),
    "指标、时限和要求": (
        ChangeKind.TARGET_RAISED,
        ChangeKind.TARGET_LOWERED,
        ChangeKind.TARGET_CHANGED,
        ChangeKind.DEADLINE_EARLIER,
        ChangeKind.DEADLINE_LATER,
        ChangeKind.RHYTHM_TIGHTER,
        ChangeKind.RHYTHM_LOOSER,
        ChangeKind.TIME_CHANGED,
        ChangeKind.STRENGTH_RAISED,
        ChangeKind.STRENGTH_LOWERED,
        ChangeKind.STRETCH,
        ChangeKind.BASELINE,
        ChangeKind.INTERIM,
    ),
    "由谁办": (ChangeKind.LEAD, ChangeKind.RESPONSIBLE, ChangeKind.ACCOUNTABLE, ChangeKind.OPEN_ENDED),
    "怎样计算和文字": (
        ChangeKind.SPREAD,
        ChangeKind.TALLY,
        ChangeKind.TASK_KIND,
        ChangeKind.QUOTE,
        ChangeKind.NAME,
        ChangeKind.READING,
    ),
    "单位": (
        ChangeKind.UNIT_NEW,
        ChangeKind.UNIT_GONE,
        ChangeKind.UNIT_RENAMED,
        ChangeKind.UNIT_CHANGED,
        ChangeKind.ALIAS_NEW,
        ChangeKind.ALIAS_GONE,
        ChangeKind.MEMBERS,
    ),
    "方案其他内容、办公室规定和豁免": (ChangeKind.DOCUMENT, ChangeKind.POLICY, ChangeKind.WAIVER),
}
_NUMERALS = "一二三四五六"


def layout(difference: PlanDifference) -> Sheet:
    """Lay the difference out."""
    return Sheet(_sections(difference))


def _sections(difference: PlanDifference) -> Iterator[Part]:
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


def _of_kinds(changes: Sequence[Change], kinds: Sequence[ChangeKind]) -> list[Change]:
    return [change for change in changes if change.kind in kinds]


def _banner(difference: PlanDifference) -> Iterator[Part]:
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


def _named(version: Version) -> str:
    return f"{version.label}（{version.commit[:7]}，{version.day}）" if version.commit else version.label


def _table(changes: Sequence[Change]) -> Grid:
    """List changes; one that several tasks of an action share, as with its units, takes one row."""
    rows: dict[tuple[object, ...], list[Change]] = {}
    for change in changes:
        alone = "" if change.kind in PARTS["由谁办"] else change.task
        rows.setdefault((change.kind, alone, change.subject, change.before, change.after), []).append(change)
    table = Grid("哪一项", "变化", "原来", "现在")
    for same in rows.values():
        first = same[0]
        table.add_row(_what(same), _kind(first), _values(first, first.before), _values(first, first.after))
    return table


def _what(changes: Sequence[Change]) -> str:
    first = changes[0]
    if len(changes) > 1:
        return " ".join(change.task for change in changes)
    return f"{first.task} {first.name}" if first.task else first.subject


def _kind(change: Change) -> Prose:
    text = Prose(KIND_WORDS[change.kind])
    if change.missed:
        text.append(f"\n{mark_words(change)}", style="bold red")
        text.append("".join(f"\n  {window}" for window in change.missed), style="dim")
    return text


def mark_words(change: Change) -> str:
    """Say that a change asks for less after it was missed; nothing where it does not."""
    return _MARKS[change.kind] if change.missed else ""


def _values(change: Change, values: Sequence[str]) -> str:
    words = _VALUE_WORDS.get(change.kind, {})
    return listed(words.get(value, value) for value in values) or NONE


def counts_words(difference: PlanDifference) -> str:
    """Count the changes by kind."""
    counts = Counter(change.kind for change in difference.changes)
    said = (f"{KIND_WORDS[kind]} {counts[kind]}" for kind in KIND_WORDS if counts[kind])
    return "，".join(said) or "没有差别"
