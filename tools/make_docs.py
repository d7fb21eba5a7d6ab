"""Write the pages that come from code: python tools/make_docs.py [--check]."""

import json
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import file_reference
from command_page import command_page

from kesu_cli.engine.check import Request, check
from kesu_cli.render.json.calendar_v1 import JsonCalendar
from kesu_cli.render.json.explain_v2 import JsonExplanation
from kesu_cli.render.json.finding_lines_v2 import JsonFindingLine
from kesu_cli.render.json.log_v2 import JsonLog
from kesu_cli.render.json.plan_diff_v1 import JsonPlanDiff
from kesu_cli.render.json.report_v2 import JsonReport
from kesu_cli.render.terminal import check_page
from kesu_cli.render.terminal.rule_page import manual
from kesu_cli.render.wording import SEVERITY_WORDS
from kesu_cli.rule import Category
from kesu_cli.rules.book import RULES
from kesu_cli.standing import AWAITED
from kesu_cli.verdict import OPEN_TABLE, OVER_TABLE, Shape, Situation, Verdict, word_for

DOCS = Path(__file__).parent.parent / "docs"

INTRODUCTION = """# 规则

本页由 `python tools/make_docs.py` 从规则的说明生成，请勿手改。命令行里用 `kesu rule <代码>` 看同样的内容。

示例都在测试里实际运行：标有 `# expect: 代码` 的一行必须被查出，正确示例必须通过。
`# file:` 写明文件放在哪里，`# as-of:` 是判定日期，`# encoding:` 是文件编码；
没有列出的文件用 `tests/world/plan/` 里的小方案。
"""


README = DOCS.parent / "README.md"
ARITHMETIC = DOCS / "arithmetic.md"
BEGIN, END = "<!-- made by tools/make_docs.py: begin -->", "<!-- made by tools/make_docs.py: end -->"
AFTER_ANY_DUE_DATE = date(2026, 11, 24)
FALLS_SHORT = tuple(verdict.label for verdict in (Verdict.MISSED, Verdict.BEHIND, Verdict.UNREPORTED))
FINDINGS_SHOWN = 2
LEFT_OUT = "……"

_PART = re.compile(r"^(?=[一二三四五六]、)", re.MULTILINE)

ABOUT_THE_SAMPLE = """# 检查结果的样例

本页由 `python tools/make_docs.py` 生成，请勿手改。下面是在终端里运行 `kesu check progress/2024/` 看到的全文。
数据是仓库自带的演示数据，全部虚构；有意放的毛病列在 [progress/README.md](../progress/README.md)。
"""


def readme(shown: str) -> str:
    """Return the README with an excerpt of what `kesu check progress/2024/` shows."""
    head, _, rest = README.read_text("utf-8").partition(BEGIN)
    tail = rest.partition(END)[2]
    return f"{head}{BEGIN}\n```text\n{excerpt(shown)}\n```\n{END}{tail}"


def arithmetic() -> str:
    """Return the page of the arithmetic with the table of verdicts as the code has it."""
    head, _, rest = ARITHMETIC.read_text("utf-8").partition(BEGIN)
    tail = rest.partition(END)[2]
    return f"{head}{BEGIN}\n" + "\n".join(_verdicts()) + f"\n{END}{tail}"


def _verdicts() -> Iterator[str]:
    """Lay the table of verdicts out: what is asked, open or over, and a column for each situation."""
    yield " | ".join(("| 任务的要求", "考核期", *(where.value for where in Situation))) + " |"
    yield "|---" * (len(Situation) + 2) + "|"
    for shape, row in OPEN_TABLE.items():
        open_words = (_open_word(row.get(where), shape) for where in Situation)
        yield " | ".join((f"| {shape.value}", "没有结束", *open_words)) + " |"
    for shape in (Shape.GROWING, Shape.ON_EVENT):
        asked = shape.value if shape is Shape.ON_EVENT else "其余各种"
        words = (word_for(OVER_TABLE[shape][where], shape) for where in Situation)
        yield " | ".join((f"| {asked}", "结束以后", *words)) + " |"


def _open_word(verdict: Verdict | None, shape: Shape) -> str:
    if verdict is None:
        return "-"
    return AWAITED if verdict is Verdict.UNREPORTED else word_for(verdict, shape)


def sample() -> str:
    """Return what `kesu check progress/2024/` shows on the repository's own data."""
    report = check(Request((DOCS.parent / "progress" / "2024",), AFTER_ANY_DUE_DATE), "README")
    return check_page.render(report).decode().rstrip()


def excerpt(shown: str) -> str:
    """Cut the page down: of part 一 the tasks that fall short, of part 五 the first findings, and the sum."""
    opening, *parts = _PART.split(shown)
    by_number = {part[0]: part.rstrip().splitlines() for part in parts}
    heading, table = _figures(by_number["一"])
    findings = by_number["五"]
    second = [at for at, line in enumerate(findings) if line.startswith("progress/")][FINDINGS_SHOWN]
    summed = next(line for line in by_number["六"] if line.startswith("合计"))
    shown_parts = ([opening.rstrip()], [*heading, *table, LEFT_OUT], [*findings[:second], LEFT_OUT], [summed])
    return "\n\n".join("\n".join(lines) for lines in shown_parts)


def _figures(lines: list[str]) -> tuple[list[str], list[str]]:
    """Part a table of figures: what stands above its rows, and the rows that fall short.

    Of a row the last line holds the figures; it alone is indented.
    """
    (first,) = (at + 1 for at, line in enumerate(lines) if set(line) == {"─"})
    shown: list[str] = []
    row: list[str] = []
    for line in lines[first:]:
        row.append(line)
        if line.startswith("  "):
            shown += row if any(f" {word} " in line for word in FALLS_SHORT) else []
            row = []
    return lines[:first], shown


def pages() -> Iterator[tuple[Path, str]]:
    """Yield every generated page with its text."""
    shown = sample()
    yield README, readme(shown)
    yield ARITHMETIC, arithmetic()
    yield DOCS / "sample.md", f"{ABOUT_THE_SAMPLE}\n```text\n{shown}\n```\n"
    yield DOCS / "commands.md", command_page()
    yield DOCS / "rules" / "README.md", "\n".join([INTRODUCTION, *_index()]) + "\n"
    for rule in RULES:
        yield DOCS / "rules" / f"{rule.code}.md", manual(rule)
    yield DOCS / "files.md", file_reference.page()
    models = (
        ("report-v2", JsonReport),
        ("explain-v2", JsonExplanation),
        ("finding-v2", JsonFindingLine),
        ("log-v2", JsonLog),
        ("plan-diff-v1", JsonPlanDiff),
        ("calendar-v1", JsonCalendar),
    )
    for name, model in models:
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
        yield DOCS / f"{name}.schema.json", json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _index() -> Iterator[str]:
    for category in Category:
        yield f"## {category.title}\n"
        yield "| 代码 | 名称 | 通常级别 | 查什么 |"
        yield "|---|---|---|---|"
        for rule in RULES:
            if rule.category is category:
                link = f"[{rule.code}]({rule.code}.md)"
                yield f"| {link} | {rule.name} | {SEVERITY_WORDS[rule.severity]} | {rule.summary} |"
        yield ""


def main() -> int:
    """Write the pages, or say with --check which of them are stale."""
    wanted = dict(pages())
    found = set((DOCS / "rules").glob("*.md"))
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text("utf-8") != text]
    left_over = sorted(found - set(wanted))
    if "--check" in sys.argv:
        for path in (*stale, *left_over):
            print(f"stale: {path.relative_to(DOCS.parent)}")
        return 1 if stale or left_over else 0
    (DOCS / "rules").mkdir(parents=True, exist_ok=True)
    for path in left_over:
        path.unlink(missing_ok=True)
    for path in stale:
        path.write_text(wanted[path], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
