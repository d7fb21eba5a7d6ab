"""Reads the progress files and runs the rules that look at one file at a time, on all cores."""

import gc
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from itertools import chain

from kesu_cli.engine.filing_codec import PackedFilings, pack, unpack
from kesu_cli.engine.rule_context import context_of
from kesu_cli.engine.rule_run import RuleRun, run
from kesu_cli.loaded import Loaded, joined
from kesu_cli.model.plan_folder import Terms
from kesu_cli.model.window import AsOf
from kesu_cli.rule import Reach
from kesu_cli.rules.book import RULES
from kesu_cli.source.progress import read_progress, without_copies
from kesu_cli.source.workspace import ProgressPath, Workspace

CHUNK = 200
WORTH_A_POOL = 400

Tick = Callable[[int, int], None]


@dataclass(frozen=True)
class LoadBasis:
    """What every report is looked at by; without ``years`` each for the year that it says itself."""

    terms: Terms
    as_of: AsOf
    years: tuple[int, ...] | None
    workspace: Workspace


def load_reports(paths: Sequence[ProgressPath], basis: LoadBasis, tick: Tick) -> tuple[Loaded, RuleRun]:
    """Read all files and run the file rules; the outcome does not depend on how the work is split."""
    if len(paths) < WORTH_A_POOL or _workers() == 1:
        read, ran = _load_chunk(paths, basis)
        return _whole(read, basis), ran
    chunks = [paths[start : start + CHUNK] for start in range(0, len(paths), CHUNK)]
    parts: list[Loaded] = []
    said: list[RuleRun] = []
    with _pool(basis) as pool:
        # map lets go of each parcel once it is unpacked; a list of futures would keep them all
        for packed, part, run in pool.map(_load_here, chunks):
            parts.append(replace(part, filings=unpack(packed)))
            said.append(run)
            tick(min(len(parts) * CHUNK, len(paths)), len(paths))
    return _whole(joined(parts), basis), RuleRun(
        *(tuple(chain.from_iterable(column)) for column in zip(*said, strict=True))
    )


def _whole(read: Loaded, basis: LoadBasis) -> Loaded:
    """Hold the reports against each other: the copies among them, and evidence that may be the same."""
    return replace(without_copies(read), evidence=basis.workspace.hashed(read.evidence))


def _workers() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _pool(basis: LoadBasis) -> Executor:
    """Start the workers; imported here, because a small check pays 10 ms for it and never uses it."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    return ProcessPoolExecutor(_workers(), context, initializer=_remember, initargs=(basis,))


_here: list[LoadBasis] = []


def _remember(basis: LoadBasis) -> None:
    """Keep what every chunk is looked at by in the worker, so that it travels once."""
    gc.disable()  # a worker builds trees and throws them away; there are no cycles to collect
    _here[:] = [basis]


def _load_here(paths: Sequence[ProgressPath]) -> tuple[PackedFilings, Loaded, RuleRun]:
    part, run = _load_chunk(paths, _here[0])
    return pack(part.filings), replace(part, filings=()), run


def _load_chunk(paths: Sequence[ProgressPath], basis: LoadBasis) -> tuple[Loaded, RuleRun]:
    read = read_progress(paths, basis.terms.units, basis.workspace.read_report)
    loaded = replace(read, evidence=basis.workspace.evidence_of(read.filings))
    years = basis.years or tuple(sorted({filing.year for filing in loaded.reports}))
    context = context_of(replace(loaded, terms=basis.terms), basis.as_of, years)
    return loaded, run(context, (rule for rule in RULES if rule.reach is Reach.FILE))
