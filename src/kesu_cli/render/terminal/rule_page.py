"""The rule book for a reader: the list, and the manual of one rule as Markdown."""

from collections.abc import Sequence

from rich.text import Text

from kesu_cli.render.terminal.grid import Grid
from kesu_cli.render.terminal.page_part import SEVERITY_STYLES
from kesu_cli.render.wording import SEVERITY_WORDS
from kesu_cli.rule import Rule


def rule_table(rules: Sequence[Rule]) -> Grid:
    """List the rules with their usual severity."""
    table = Grid("代码", "级别", "查什么", "名称")
    for rule in rules:
        word = Text(SEVERITY_WORDS[rule.severity], style=SEVERITY_STYLES[rule.severity])
        table.add_row(rule.code, word, rule.summary, rule.name)
    return table


def manual(rule: Rule) -> str:
    """Return the manual of a rule as a Markdown page."""
    summary, _, rest = rule.manual.strip().partition("\n")
    level = SEVERITY_WORDS[rule.severity]
    return f"# {rule.code} {rule.name}\n\n{summary}（通常级别：{level}）\n{rest.rstrip()}\n"
