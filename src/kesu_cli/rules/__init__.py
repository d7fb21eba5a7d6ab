"""The rule book: an explicit list, one file a rule. Codes are never reused."""

from kesu_cli.rule import Rule
from kesu_cli.rules import (
    entry_outside_year,
    rule_crashed,
    target_missed,
    yaml_syntax,
)

RULES: tuple[Rule, ...] = (
    rule_crashed.RULE,
    yaml_syntax.RULE,
    target_missed.RULE,
    entry_outside_year.RULE,
)

BY_CODE = {rule.code: rule for rule in RULES}
