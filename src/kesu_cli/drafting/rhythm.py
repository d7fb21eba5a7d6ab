"""Which words of a clause say that its duty comes round: 每年 does, 定期 only in front of the verb."""

import re
from dataclasses import replace

from kesu_cli.drafting.verb import opening
from kesu_cli.drafting.when import When, times
from kesu_cli.model.window import Rhythm

_YEARLY = re.compile(r"(?:列入|纳入|制定|编制|形成|提交|报送|公布)[^，。；]{0,4}?(?P<words>年度)")
_REGULAR = "定期"


def rhythm_of(clause: str) -> When | None:
    """Return the rhythm that a clause puts on its duty, or None.

    列入年度工作计划 asks for one every year; 定期更新机制 asks for a mechanism, and for nothing regular.
    """
    for time in times(clause):
        if time.every or time.cycle:
            return time
        if time.words.startswith(_REGULAR) and time.start_at <= opening(clause).offset:
            return replace(time, is_recurring=True)
    match = _YEARLY.search(clause)
    if match is None:
        return None
    start, end = match.span("words")
    return When(words=match["words"], start_at=start, end_at=end, every=Rhythm.YEAR)
