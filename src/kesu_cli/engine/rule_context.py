"""Makes the rules' context of what was loaded: one way for every command."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kesu_cli.contribution import Doubt, Doubts
from kesu_cli.diagnostic import Place, Problem, Severity
from kesu_cli.engine.rule_run import RuleRun, run
from kesu_cli.engine.standings import judge
from kesu_cli.loaded import Loaded
from kesu_cli.model.window import AsOf
from kesu_cli.rule import Context, Reach, Rule
from kesu_cli.rules.book import BY_CODE, RULES
from kesu_cli.submission import submissions


def context_of(loaded: Loaded, as_of: AsOf, years: Sequence[int]) -> Context:
    """Build what rules look at that ask about files, not about how things stand."""
    return Context(loaded, as_of, tuple(years), codes=tuple(BY_CODE))


def judged_reports(loaded: Loaded, as_of: AsOf, years: Sequence[int]) -> Context:
    """Build the context of reports that are judged outside a check, with all that the check knows of them."""
    return judged(context_of(loaded, as_of, years))[0]


def judged(context: Context, file_run: RuleRun | None = None) -> tuple[Context, RuleRun]:
    """Add how every task stands and who has reported; of terms that could not be read nothing.

    What the rules about entries find disputes the figures, so they run first: those that look at one
    file here too, unless ``file_run`` holds what they said. Returned is all that was said.
    """
    loaded, years, as_of = context.loaded, context.years, context.as_of
    if loaded.terms is None:
        return context, file_run or RuleRun()
    of_files = file_run or run(context, _disputing(Reach.FILE))
    said = of_files.with_(run(context, _disputing(Reach.ENTRIES)))
    standings = judge(loaded, years, as_of, doubts_of(said.problems))
    return replace(context, standings=standings, submissions=submissions(loaded, years, as_of)), said


def _disputing(reach: Reach) -> Iterable[Rule]:
    return (rule for rule in RULES if rule.reach is reach and rule.disputes)


def heard(context: Context, problems: Iterable[tuple[str, Problem]]) -> list[tuple[str, Problem]]:
    """Leave out what disputes entries of other years, unless what is judged rests on them.

    Where a hard task is concerned a dispute is an error, whatever its rule.
    """
    judged_files = {filing.file for filing in context.judged}
    resting = {c.entry.place for standing in context.standings for c in standing.contributions if c.doubts}
    return [
        (code, _graver(context, problem))
        for code, problem in problems
        if problem.disputes is None
        or problem.place.file in judged_files
        or not resting.isdisjoint(problem.disputes.entries)
    ]


def _graver(context: Context, problem: Problem) -> Problem:
    task = context.plan.by_id.get(problem.task)
    is_grave = problem.disputes is not None and task is not None and task.is_hard
    return replace(problem, severity=Severity.ERROR) if is_grave else problem


def doubts_of(problems: Iterable[tuple[str, Problem]]) -> Doubts:
    """Say by the place of an entry what disputes it."""
    found: dict[Place, tuple[Doubt, ...]] = {}
    for code, problem in problems:
        if problem.disputes is not None:
            doubt = Doubt(problem.disputes, code, problem.message, problem.place)
            for place in problem.disputes.entries:
                found[place] = (*found.get(place, ()), doubt)
    return found
