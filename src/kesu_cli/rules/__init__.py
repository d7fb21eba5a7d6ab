"""The rule book: one file a rule, all of them listed in ``book``."""

EXAMPLE = "KS301"  # for help, which must not read the whole book in order to name one rule
