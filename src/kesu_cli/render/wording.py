"""How figures, dates and verdicts are put into words, the same in every format."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import ceil, floor

from kesu_cli.diagnostic import Finding, Severity
from kesu_cli.model.amount import PER_CENT, fixed, show_number
from kesu_cli.model.plan import Task
from kesu_cli.model.progress import Entry
from kesu_cli.model.target import Comparator
from kesu_cli.model.task_in_plan_file import Spread, Strength
from kesu_cli.model.window import AsOf, Basis
from kesu_cli.pace import has_pace
from kesu_cli.report import Report, count
from kesu_cli.standing import AWAITED, Standing
from kesu_cli.verdict import Light, Verdict, word_of

DEMO = "演示数据"
RETROACTIVE = "追溯"
_NAMED = 2
NONE = "—"
UNSURE = "有文件读不出来或有规则没有运行，不能确定是否消除"
LEGEND = (
    "硬任务：原文有数字、日期或明确频次；汇总：对外负责这项任务；统称：随“各单位”“各乡（镇）、街道”一类说法承担；"
    "待核实：有条目存疑或者情况不明，算不算它判定不同，核实以前按不利的一头计数、亮灯；"
    "追溯：考核期在方案印发以前就结束了，没有落实的不计入未落实。"
)

_STILL_WELL = (Verdict.ON_PACE, Verdict.OPEN)
_LOWER_BOUNDS = (Comparator.AT_LEAST, Comparator.MORE_THAN)
_UPPER_BOUNDS = (Comparator.AT_MOST, Comparator.LESS_THAN)

SEVERITY_WORDS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}

STRENGTH_WORDS = {Strength.HARD: "硬任务", Strength.FIRM: "一般任务", Strength.SOFT: "鼓励性任务"}

COUNTED_BY_TIMES = "一项任务在一个考核期、由一个单位承担的算一项次。"
LIGHT_WORDS = {Light.GREEN: "绿灯", Light.YELLOW: "黄灯", Light.RED: "红灯", Light.GREY: "不亮灯"}

ROLE_WORDS = {"lead": "牵头", "responsible": "责任"}


def per_cent(share: Fraction | None, places: int = 1) -> str:
    """Print a fraction of one as a percentage."""
    return NONE if share is None else f"{fixed(share * 100, places)}%"


def points(gap: Fraction | None, places: int = 1) -> str:
    """Print a difference of two percentages in percentage points, signed, without the unit."""
    if gap is None:
        return NONE
    text = fixed(gap * 100, places)
    return f"+{text}" if gap > 0 and float(text) else text


def quantity(amount: Fraction | None, unit: str) -> str:
    """Print an amount with its unit of measure."""
    if amount is None:
        return NONE
    return f"{show_number(amount)}{'' if unit == PER_CENT else ' '}{unit}".rstrip()


def forecast_words(standing: Standing) -> str:
    """Print the figure expected at the end: of things that are counted whole ones."""
    expected = forecast_amount(standing)
    if expected is None:
        return NONE
    unit = unit_of_measure(standing.task)
    figure = show_number(expected, 1) + unit if unit == PER_CENT else show_number(expected)
    return f"{figure} {misses}" if (misses := forecast_misses(standing)) else figure


def forecast_amount(standing: Standing) -> Fraction | None:
    """Return the expected figure as it is said: whole where whole things are counted, never as if reached."""
    target = standing.task.row.target
    if standing.forecast is None or target is None:
        return None
    amount = standing.forecast.amount
    if not target.is_counted:
        return amount
    return Fraction(ceil(amount) if target.comparator in _UPPER_BOUNDS else floor(amount))


def forecast_misses(standing: Standing) -> str:
    """Say that what is well today will not reach its target if things go on so; empty otherwise."""
    target = standing.task.row.target
    if standing.forecast is None or target is None or standing.verdict not in _STILL_WELL:
        return ""
    if target.comparator in _LOWER_BOUNDS and standing.forecast.amount < target.amount:
        return "不足"
    return "超出" if target.comparator in _UPPER_BOUNDS and standing.forecast.amount > target.high else ""


def unit_of_measure(task: Task) -> str:
    """Return the unit of measure of a task; parts that must be covered are counted in 项."""
    if task.row.items:
        return "项"
    return task.row.target.unit if task.row.target else "次"


def target_words(task: Task) -> str:
    """Say what a task asks for."""
    if task.row.items:
        return f"{len(task.row.items)} 项各至少 1 次"
    return task.row.target.words if task.row.target else "落实"


_SIGNS = {
    Comparator.AT_LEAST: "≥{amount}",
    Comparator.MORE_THAN: ">{amount}",
    Comparator.AT_MOST: "≤{amount}",
    Comparator.LESS_THAN: "<{amount}",
    Comparator.EQUAL: "={amount}",
    Comparator.ABOUT: "约{amount}",
    Comparator.BETWEEN: "{amount}至{high}",
}


def short_target(task: Task) -> str:
    """Say what a task asks for in a few characters, for a narrow column."""
    if task.row.items:
        return f"{len(task.row.items)}项各≥1次"
    target = task.row.target
    if target is None:
        return "落实"
    amount, high = show_number(target.amount), show_number(target.high)
    return _SIGNS[target.comparator].format(amount=amount, high=high) + target.unit


def day_words(day: date) -> str:
    """Print a day as official documents do."""
    return f"{day.year}年{day.month}月{day.day}日"


def as_of_words(as_of: AsOf) -> str:
    """Say which date is judged by, and where it comes from."""
    if as_of.basis is Basis.TODAY:
        return f"数据截至 {as_of.day}（今天，当天尚未结束）"
    if as_of.basis is Basis.GIVEN:
        return f"数据截至 {as_of.day}（指定日期，含当天）"
    if as_of.basis is Basis.COMMIT:
        return f"数据截至 {as_of.day}（新版提交的那天，当天尚未结束）"
    return f"数据截至 {as_of.day}（该年度最后一天）；报送情况截至 {as_of.reporting}"


def heading(report: Report) -> str:
    """Name the plan a report is about."""
    return f"《{report.plan.title}》" if report.plan else "方案读不出来，没有作出任何判定："


def years_words(report: Report) -> str:
    """Name the years judged."""
    first, last = report.years[0], report.years[-1]
    return f"{first}年" if first == last else f"{first}—{last}年"


def subject(report: Report) -> str:
    """Say what was judged: years and, if narrowed, whom or what."""
    judged = f"{years_words(report)}落实情况" if report.years else "方案检查"
    return f"{judged}（只看 {report.scope}）" if report.scope else judged


def sentence(finding: Finding) -> str:
    """Say what is wrong, that it is waived where it is, and what to do."""
    waived = f"（已豁免：{finding.waiver}）" if finding.waiver else ""
    advice = f" → {finding.advice}" if finding.advice else ""
    return f"{finding.message}{waived}{advice}"


def marked(report: Report, text: str) -> str:
    """Say of a text that is shown by itself that its data is invented, where it is."""
    return f"{text}（{DEMO}）" if report.demo else text


def counts_line(report: Report) -> str:
    """Sum the findings up in one line; of a check without progress, those of the plan."""
    parts = [counted(report.counts if report.years else count(report.plan_findings))]
    if report.waived:
        parts.append(f"已豁免 {report.waived}（不计入以上）")
    if report.plan_findings and report.years:
        parts.append(f"方案本身 {len(report.plan_findings)} 条（见 kesu plan check）")
    if report.skipped and report.years:
        parts.append(f"没有运行的规则 {len(report.skipped)} 条（{skipped_words(report)}）")
    return "；".join(parts)


def since_line(report: Report) -> str:
    """Say in one line what is new, old and gone against the earlier state; empty where there is none."""
    since = report.since
    if since is None:
        return ""
    if since.unjudged:
        return f"无法与 {since.label}比较（{since.unjudged}），以下各条都按新增计"
    known = [finding for finding in report.findings if finding.counts and not report.is_new(finding)]
    changed = sum(finding.fingerprint in report.changed for finding in known)
    new_of_plan = sum(report.is_new(finding) for finding in report.plan_findings)
    of_plan = f"，另有方案本身 {new_of_plan} 条" if new_of_plan else ""
    differing = f"（{changed} 条有变化）" if changed else ""
    unsure = f"；{UNSURE} {len(since.unsure)} 条" if since.unsure else ""
    return (
        f"与 {since.label}相比（按同一日期判定）：新增 {counted(count(report.new))}{of_plan}；"
        f"原有 {len(known)} 条{differing}，不影响退出码；消除 {len(since.gone)} 条{unsure}"
    )


def counted(counts: Mapping[Severity, int]) -> str:
    """Print how many findings there are of each severity."""
    return "，".join(f"{SEVERITY_WORDS[severity]} {number}" for severity, number in counts.items())


def skipped_words(report: Report) -> str:
    """Say why rules did not run."""
    return "、".join(sorted({outcome.why for outcome in report.skipped}))


def verdict_words(standing: Standing, *, with_reason: bool = True) -> str:
    """Print a verdict with its mark; under a waiver also the one it would have been, in doubt the reason."""
    behind = (standing.unwaived.label,) if standing.unwaived else ()
    mark = (RETROACTIVE,) if standing.retroactive else ()
    reason = (doubt_words(standing),) if with_reason and not standing.unwaived else ()
    said = "；".join(words for words in (*behind, *mark, *reason) if words)
    return f"{standing.word}（{said}）" if said else standing.word


def doubt_words(standing: Standing) -> str:
    """Say why a verdict is in doubt; of files that can't be read the top of the page speaks.

    Where the verdict is decided all the same, say how much is in doubt beside it.
    """
    if standing.verdict is not Verdict.UNVERIFIED:
        return f"另有 {in_doubt_words(standing)}{_counted_worse(standing)}" if standing.doubts else ""
    whys = dict.fromkeys(doubt.dispute.why for doubt in standing.doubts)
    silent = _some(list(dict.fromkeys(source.words for source in standing.unknown if not source.file)))
    left_out = ("有条目没有计入",) if any(c.unknown for c in standing.contributions) else ()
    return "；".join((*whys, *left_out, *silent))


def remark_words(standing: Standing) -> str:
    """Say what must stand beside the figure: whose it is, and that the target lies within its error."""
    return "；".join(standing.remarks)


def survey_words(entry: Entry) -> str:
    """Say whose figure an entry gives, where it was taken from, and how well it was measured."""
    survey = entry.survey
    parts = (
        f"{survey.area}的数" if survey.area else "",
        f"引用上级数据：{entry.cited_from}" if entry.cited_from else "",
        f"样本量 {survey.sample}" if survey.sample else "",
        f"误差上下 {show_number(survey.margin)}" if survey.margin is not None else "",
    )
    return "；".join(filter(None, parts))


def _counted_worse(standing: Standing) -> str:
    """Say how a standing counts whose undisputed figure is well and whose worse end is not."""
    is_well = standing.verdict is not Verdict.WAIVED and standing.verdict.is_well
    return f"，核实以前算{at_worst(standing)}" if is_well and not standing.worst.is_well else ""


def _some(words: Sequence[str]) -> Sequence[str]:
    """Name the first of many, and how many there are."""
    return (*words[:_NAMED], f"等 {len(words)} 份报告") if len(words) > _NAMED else words


def in_doubt_words(standing: Standing) -> str:
    """Say how much of a figure is in doubt, or of how many entries where no figure tells it."""
    amount = standing.in_doubt
    if amount is None or standing.task.row.target is None:
        return f"{len(standing.disputed)} 条存疑"
    return f"{quantity(amount, unit_of_measure(standing.task))}存疑"


def figure_words(standing: Standing, unit: str) -> str:
    """Print the undisputed figure, while it is to be verified the two between which it lies: 28～30 名.

    Where something that is not known may add to it, say that it is no less: 28 名以上.
    """
    least, greatest = standing.interval.known_ends
    if not is_range(standing):
        at_least = standing.verdict is Verdict.UNVERIFIED and _may_be_more(standing)
        return f"{quantity(standing.actual, unit)}{'以上' if at_least else ''}"
    sign = PER_CENT if unit == PER_CENT else ""
    low = NONE if least is None else f"{show_number(least)}{sign}"
    return f"{low}～{quantity(greatest, unit)}"


def is_range(standing: Standing) -> bool:
    """Whether two figures are printed: it is to be verified, and they differ."""
    least, greatest = standing.interval.known_ends
    return standing.verdict is Verdict.UNVERIFIED and greatest is not None and least != greatest


def _may_be_more(standing: Standing) -> bool:
    """Whether something that is not known may add to the figure, and nothing take from it."""
    least, greatest, actual = standing.interval.least, standing.interval.greatest, standing.actual
    return actual is not None and isinstance(least, Fraction) and isinstance(greatest, float)


def at_worst(standing: Standing) -> str:
    """Name the verdict at the worse end, by which a standing counts."""
    is_awaited = standing.worst is Verdict.UNREPORTED and not standing.over
    return AWAITED if is_awaited else word_of(standing.worst, standing.task)


def pace_words(standing: Standing, places: int = 1) -> str:
    """Print 序时进度, where time can be held against the figure."""
    is_measured = standing.target is not None and has_pace(standing.task)
    return per_cent(standing.pace, places) if is_measured else NONE


def unread_words(report: Report) -> str:
    """Say which files can't be read and how many verdicts hang on them; empty where there are none."""
    unread = [s for s in report.standings if s.unread and s.verdict is Verdict.UNVERIFIED]
    files = sorted({file for standing in report.standings for file in standing.unread})
    if not files:
        return ""
    left_open = f"，{len(unread)} 项次的判定因此待核实" if unread else ""
    return f"有 {len(files)} 个文件全部或部分读不出来{left_open}：{listed(files)}"


def lacking_words(standing: Standing) -> str:
    """Say what a standing lacks: the evidence, the named parts, or the amount; and whose its figure is."""
    lacking = "" if standing.verdict is Verdict.UNVERIFIED else remainder_words(standing)
    return "，".join(words for words in (lacking, doubt_words(standing), remark_words(standing)) if words)


def remainder_words(standing: Standing) -> str:
    """Say what is left to do, as far as a figure tells it: of what is not known nothing."""
    if standing.verdict in (Verdict.MET, Verdict.UPCOMING):
        return ""
    if standing.items_missing and standing.actual is not None:
        return f"缺：{listed(standing.items_missing)}"
    target, actual = standing.task.row.target, standing.actual
    if target is None or actual is None or target.comparator not in _LOWER_BOUNDS:
        return ""
    lacking = Fraction(target.amount) - actual
    return f"还差 {target.more(lacking)}" if lacking > 0 else ""


def owner_words(task: Task) -> str:
    """Name the unit that answers for a task."""
    return task.accountable or "、".join(task.lead) or "原文未明确"


def answering_words(task: Task) -> str:
    """Say who puts a task together."""
    if task.row.spread is Spread.EACH:
        return "各单位各自负责"
    if task.accountable and not task.owners:
        return f"{task.accountable}（原文没有写单位，由办公室指定）"
    return task.accountable or "没有明确由谁汇总"


def named(task: Task, units: Iterable[str]) -> str:
    """Name units as the plan does: those that came in by a group under the group's name, once."""
    return listed(dict.fromkeys(_name_in_plan(task, unit) for unit in units)) or NONE


def _name_in_plan(task: Task, unit: str) -> str:
    if unit in task.stands_for:
        return f"{task.stands_for[unit]}（由{unit}报送）"
    return task.through.get(unit, unit)


def listed(names: Iterable[str]) -> str:
    """Join names as Chinese text does."""
    return "、".join(names)
