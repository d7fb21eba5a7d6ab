"""Runs rules on a context: what each has to say, and which failed of themselves."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kesu_cli.diagnostic import Crash, Problem
from kesu_cli.rule import Context, Rule


class RuleRun(NamedTuple):
    """What rules said: their problems by code, and those that failed of themselves."""

    problems: tuple[tuple[str, Problem], ...] = ()
    crashes: tuple[Crash, ...] = ()

    def with_(self, other: "RuleRun") -> "RuleRun":
        """Put two runs together."""
        return RuleRun((*self.problems, *other.problems), (*self.crashes, *other.crashes))


def run(context: Context, rules: Iterable[Rule]) -> RuleRun:
    """Run rules one after another; one that crashes is named, the others go on."""
    problems: list[tuple[str, Problem]] = []
    crashes: list[Crash] = []
    for rule in rules:
        try:
            problems.extend(_checked(rule, context))
        except Exception as error:  # noqa: BLE001 - whatever a rule does wrong must not stop the others
            crashes.append(Crash(rule.code, f"{type(error).__name__}: {error}"))
    return RuleRun(tuple(problems), tuple(crashes))


def _checked(rule: Rule, context: Context) -> Iterator[tuple[str, Problem]]:
    for problem in rule.check(context):
        yield rule.code, problem
