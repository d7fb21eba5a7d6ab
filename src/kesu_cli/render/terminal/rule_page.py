"""The rule book for a reader: the list, and the manual of one rule as Markdown."""

from collections.abc import Sequence

from rich.text import Text

from kesu_cli.render.terminal.grid import Grid
from kesu_cli.render.terminal.page_part import SEVERITY_STYLES
from kesu_cli.render.wording import SEVERITY_WORDS
from kesu_cli.rule import Category, Rule


def rule_table(rules: Sequence[Rule]) -> Grid:
    """List the rules with their usual severity, by what they are about."""
    table = Grid("代码", "级别", "查什么", "名称")
    for category in Category:
        of_category = [rule for rule in rules if rule.category is category]
        if of_category:
            table.add_head(Text(category.title, style="bold"))
        for rule in of_category:
            word = Text(SEVERITY_WORDS[rule.severity], style=SEVERITY_STYLES[rule.severity])
            table.add_row(rule.code, word, rule.summary, rule.name)
    return table


def manual(rule: Rule) -> str:
    """Return the manual of a rule as a Markdown page."""
    summary, _, rest = rule.manual.strip().partition("\n")
    level = SEVERITY_WORDS[rule.severity]
    return f"# {rule.code} {rule.name}\n\n{summary}（通常级别：{level}）\n{rest.rstrip()}\n"
