"""Reads the progress files and runs the rules that look at one file at a time, on all cores."""

import gc
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from kesu_cli.diagnostic import Crash, Fault, Problem
from kesu_cli.engine.filing_codec import PackedFilings, pack, unpack
from kesu_cli.model.plan import Plan
from kesu_cli.model.policy import Policy
from kesu_cli.model.progress import Filing, Unread
from kesu_cli.model.unit import Units
from kesu_cli.model.window import AsOf
from kesu_cli.rule import Context, Reach, Rule
from kesu_cli.rules.book import RULES
from kesu_cli.source.progress import Reading, load_progress
from kesu_cli.source.workspace import ProgressPath, Workspace

CHUNK = 200
WORTH_A_POOL = 400

Tick = Callable[[int, int], None]


@dataclass(frozen=True)
class Survey:
    """What the files hold, and what the file rules say of them, by rule code."""

    filings: tuple[Filing, ...] = ()
    misplaced: tuple[Filing, ...] = ()
    unread: tuple[Unread, ...] = ()
    faults: tuple[Fault, ...] = ()
    digests: tuple[tuple[str, str], ...] = ()
    problems: tuple[tuple[str, Problem], ...] = ()
    crashes: tuple[Crash, ...] = ()


@dataclass(frozen=True)
class Ground:
    """What every chunk is judged against."""

    plan: Plan
    units: Units
    policy: Policy
    as_of: AsOf
    years: tuple[int, ...] | None
    workspace: Workspace

    def context(self, survey: Survey, years: tuple[int, ...]) -> Context:
        """Build the context of the rules from what has been read."""
        return Context(
            plan=self.plan,
            units=self.units,
            policy=self.policy,
            as_of=self.as_of,
            years=years,
            filings=survey.filings,
            misplaced=survey.misplaced,
            unread=survey.unread,
            faults=survey.faults,
        )


def survey(paths: Sequence[ProgressPath], ground: Ground, tick: Tick) -> Survey:
    """Read all files and run the file rules; the outcome does not depend on how the work is split."""
    if len(paths) < WORTH_A_POOL or _workers() == 1:
        return _survey_chunk(paths, ground)
    chunks = [paths[start : start + CHUNK] for start in range(0, len(paths), CHUNK)]
    parts: list[Survey] = []
    with _pool(ground) as pool:
        # map lets go of each parcel once it is unpacked; a list of futures would keep them all
        for parcel, part in pool.map(_survey_here, chunks):
            parts.append(replace(part, filings=unpack(parcel)))
            tick(min(len(parts) * CHUNK, len(paths)), len(paths))
    return joined(parts)


def _workers() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _pool(ground: Ground) -> Executor:
    """Start the workers; imported here, because a small check pays 10 ms for it and never uses it."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    return ProcessPoolExecutor(_workers(), context, initializer=_remember, initargs=(ground,))


_here: list[Ground] = []


def _remember(ground: Ground) -> None:
    """Keep what every chunk is judged against in the worker, so that it travels once."""
    gc.disable()  # a worker builds trees and throws them away; there are no cycles to collect
    _here[:] = [ground]


def _survey_here(paths: Sequence[ProgressPath]) -> tuple[PackedFilings, Survey]:
    part = _survey_chunk(paths, _here[0])
    return pack(part.filings), replace(part, filings=())


def _survey_chunk(paths: Sequence[ProgressPath], ground: Ground) -> Survey:
    read = survey_of(load_progress(paths, ground.units, ground.workspace.read_report))
    years = ground.years or tuple(sorted({filing.year for filing in (*read.filings, *read.misplaced)}))
    context = ground.context(read, years)
    context = replace(context, evidence=ground.workspace.evidence_of(context.judged))
    problems, crashes = run(context, (rule for rule in RULES if rule.reach is Reach.FILE))
    return replace(read, problems=problems, crashes=crashes)


def survey_of(reading: Reading) -> Survey:
    """Take what came of reading files, no rule run on it yet."""
    digests = tuple(reading.digests.items())
    return Survey(reading.filings, reading.misplaced, reading.unread, reading.faults, digests)


def joined(parts: Sequence[Survey]) -> Survey:
    """Put the parts together in their order."""
    return Survey(
        filings=tuple(filing for part in parts for filing in part.filings),
        misplaced=tuple(filing for part in parts for filing in part.misplaced),
        unread=tuple(lost for part in parts for lost in part.unread),
        faults=tuple(fault for part in parts for fault in part.faults),
        digests=tuple(digest for part in parts for digest in part.digests),
        problems=tuple(problem for part in parts for problem in part.problems),
        crashes=tuple(crash for part in parts for crash in part.crashes),
    )


Said = tuple[tuple[tuple[str, Problem], ...], tuple[Crash, ...]]


def run(context: Context, rules: Iterable[Rule]) -> Said:
    """Run rules one after another; one that crashes is named, the others go on."""
    problems: list[tuple[str, Problem]] = []
    crashes: list[Crash] = []
    for rule in rules:
        try:
            problems.extend(_checked(rule, context))
        except Exception as error:  # noqa: BLE001 - whatever a rule does wrong must not stop the others
            crashes.append(Crash(rule.code, f"{type(error).__name__}: {error}"))
    return tuple(problems), tuple(crashes)


def _checked(rule: Rule, context: Context) -> Iterator[tuple[str, Problem]]:
    for problem in rule.check(context):
        yield rule.code, problem
