"""Makes the rules' context of what was loaded: one way for every command."""

from collections.abc import Sequence
from dataclasses import replace

from kesu_cli.engine.standings import judge
from kesu_cli.loaded import Loaded
from kesu_cli.model.window import AsOf
from kesu_cli.rule import Context
from kesu_cli.rules.book import BY_CODE
from kesu_cli.submission import submissions


def context_of(loaded: Loaded, as_of: AsOf, years: Sequence[int]) -> Context:
    """Build what rules look at that ask about files, not about how things stand."""
    return Context(loaded, as_of, tuple(years), codes=tuple(BY_CODE))


def judged(context: Context) -> Context:
    """Add how every task stands and who has reported; of terms that could not be read nothing."""
    loaded, years, as_of = context.loaded, context.years, context.as_of
    if loaded.terms is None:
        return context
    return replace(
        context, standings=judge(loaded, years, as_of), submissions=submissions(loaded, years, as_of)
    )
