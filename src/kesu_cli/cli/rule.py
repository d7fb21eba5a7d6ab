"""kesu rule: the rule book, or the manual of one rule."""

from typing import Annotated

import typer

from kesu_cli.cli.shell_completion import rules
from kesu_cli.diagnostic import Refusal
from kesu_cli.rules import EXAMPLE

EXAMPLES = f"""
例：
  kesu rule          列出全部规则
  kesu rule {EXAMPLE}    一条规则的说明
"""


def rule(
    code: Annotated[
        str,
        typer.Argument(metavar="[规则代码]", help=f"如 {EXAMPLE}；不写则列出全部规则", autocompletion=rules),
    ] = "",
) -> None:
    """看规则说明：为什么查、错的什么样、对的什么样、怎么改。"""
    from kesu_cli.cli.console import show, write_text
    from kesu_cli.model.name_similarity import did_you_mean
    from kesu_cli.render.terminal.rule_page import manual, rule_table
    from kesu_cli.rules.book import BY_CODE, RULES

    if not code:
        show(rule_table(RULES))
        return
    by_name = {known.name: known for known in RULES}
    found = BY_CODE.get(code.upper()) or by_name.get(code)
    if found is None:
        raise Refusal(f"没有规则“{code}”；{did_you_mean(code.upper(), BY_CODE)}用 kesu rule 可列出全部规则")
    write_text(manual(found))
