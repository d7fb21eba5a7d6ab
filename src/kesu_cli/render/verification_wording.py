"""What a verification found, in words."""

from kesu_cli.verification import Share, Verification


def coverage_line(found: Verification) -> str:
    """Sum up how far plan and document cover one another."""
    return (
        f"引文 {share(found.quotes)}，分句 {share(found.clauses)}，数字 {share(found.numbers)}，"
        f"单位 {share(found.units)}，标题和日期 {share(found.headings)}"
    )


def share(part: Share) -> str:
    """Print so many of so many."""
    return f"{part.done}/{part.all}"


def conclusion(found: Verification) -> str:
    """Say in a sentence whether the transcription holds."""
    if found.holds:
        return "转录与原文一致：引文逐字相符，数字和单位全部对上，没有遗漏的任务"
    return f"转录与原文有 {len(found.discrepancies)} 处不一致，请逐条核对"
