"""The policy of a drafted plan: the one that ships, without what names a unit or a task."""

import re

_NAMES_UNITS = frozenset(
    {
        "accept_area",
        "accountable_for",
        "approvers",
        "area",
        "baselines",
        "interims",
        "reports_through",
        "source_of_record",
        "unowned_by",
    }
)
_KEY = re.compile(r"^([a-z_]+):", re.MULTILINE)


def policy_text(shipped: str) -> str:
    """Leave out of a policy file the paragraphs whose keys name units or tasks of one city."""
    head, *paragraphs = re.split(r"\n{2,}", shipped.strip())
    kept = [text for text in paragraphs if not _NAMES_UNITS.intersection(_KEY.findall(text))]
    return "\n\n".join((head, *kept)) + "\n"
